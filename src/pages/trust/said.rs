//! What somebody said of the files, wherever it came from, and how to take it back.

use clicks::import::ReadAs;
use clicks::model::{Action, Field, Verdict};
use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::{rescue_focus_at, words};

/// One thing that was said: in words, and what is left without it.
type Said = (String, ReadAs);

/// The list; nothing where nothing was said.
#[component]
pub fn WhatWasSaid() -> impl IntoView {
    let state = use_state();
    let line = move |(text, without): Said| {
        let forget = move |_| {
            state.forget_said(without.clone(), || rescue_focus_at("file-row"));
        };
        view! {
            <li>
                <span>{words::defanged_inside(&text)}</span>
                <button class="link" type="button" aria-label=format!("Forget: {}", words::defanged_inside(&text)) on:click=forget>"Forget"</button>
            </li>
        }
    };
    view! {
        <Show when=move || !state.read_as.read().is_empty()>
            <section class="panel trust-said" data-testid="said">
                <div class="panel-head">
                    <h2>"Read as you said"</h2>
                    <span class="panel-sub">"It is part of the address of the page, and holds for every file that it fits."</span>
                </div>
                <ul>{move || said(&state.read_as.read()).into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}

fn said(all: &ReadAs) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    // All parts: one that is not listed could not be taken back.
    let ReadAs { columns, day_first, zone, meanings, tenants } = all;
    for (place, mapping) in columns.iter().enumerate() {
        let mut without = all.clone();
        without.columns.remove(place);
        let pairs: Vec<String> = mapping
            .0
            .iter()
            .map(|(field, column)| {
                format!("{} is {column}", Field::of_name(field).map_or(field.as_str(), |field| field.label()))
            })
            .collect();
        said.push((format!("Columns: {}", pairs.join(", ")), without));
    }
    if let Some(day_first) = *day_first {
        let order = if day_first { "day before month" } else { "month before day" };
        said.push((format!("Dates that read both ways: {order}"), ReadAs { day_first: None, ..all.clone() }));
    }
    if !zone.is_empty() {
        let without = ReadAs { zone: String::new(), ..all.clone() };
        said.push((format!("Times without a zone: the clock of {zone}"), without));
    }
    for (place, meant) in meanings.iter().enumerate() {
        let mut without = all.clone();
        without.meanings.remove(place);
        let word = if meant.word.trim().is_empty() { "clicks without a word" } else { meant.word.as_str() };
        let what = [meant.verdict.map(Verdict::label), meant.action.map(Action::label)];
        let what: Vec<&str> = what.into_iter().flatten().collect();
        said.push((format!("{word}: {}", what.join(", ")), without));
    }
    for (place, of) in tenants.iter().enumerate() {
        let mut without = all.clone();
        without.tenants.remove(place);
        let which = if of.nth > 1 { format!(" (number {} of that name)", of.nth) } else { String::new() };
        said.push((format!("{}{which}: the tenant {}", of.file, of.tenant), without));
    }
    said
}
