//! Why nothing is in view: how many clicks there would be without each part of the filter.

use clicks::query::{AskQuery, Filter, Key, QueryParams};
use leptos::prelude::*;

use super::words;
use crate::state::asked::Newest;
use crate::state::use_state;

/// Parts that are tried, at the most.
const TRIED: usize = 12;

/// A part of the filter, the filter without it, and how many clicks pass that.
#[derive(Clone)]
struct Part {
    said: String,
    without: Filter,
    clicks: u64,
}

/// One line a part that alone keeps clicks away; a press takes it out.
#[component]
pub fn WhyZero() -> impl IntoView {
    let state = use_state();
    let parts = RwSignal::new(None::<Vec<Part>>);
    let is_all = RwSignal::new(true);
    let newest = Newest::default();
    Effect::new(move || {
        let filter = state.filter.get();
        parts.set(None);
        let Some(data) = state.load.read().askable() else { return };
        let mut tried: Vec<(String, Filter)> = parts_of(&filter);
        is_all.set(tried.len() <= TRIED);
        tried.truncate(TRIED);
        let queries = tried
            .iter()
            .map(|(_, without)| QueryParams {
                filter: without.to_string(),
                measures: vec!["clicks".to_owned()],
                ..QueryParams::default()
            })
            .collect();
        newest.ask(state, data.token, &AskQuery { queries }, move |answer| {
            let Ok(tables) = answer else { return };
            let clicks = |at: usize| tables.get(at)?.rows.first()?.first()?.as_u64();
            let found = tried.into_iter().enumerate().map(|(at, (said, without))| Part {
                said,
                without,
                clicks: clicks(at).unwrap_or(0),
            });
            parts.try_set(Some(found.filter(|part| part.clicks > 0).collect()));
        });
    });
    let line = move |part: Part| {
        let Part { said, without, clicks } = part;
        view! {
            <li>
                <button class="link" type="button" on:click=move |_| state.refine(|f| *f = without.clone())>
                    "Without " <b>{said}</b> ": " {words::counted(clicks, "click", "clicks")}
                </button>
            </li>
        }
    };
    view! {
        {move || parts.get().map(|parts| match parts.is_empty() {
            true if is_inverted(&state.filter.read()) => view! {
                <p class="why_zero-none">"The span of time ends before it begins."</p>
            }.into_any(),
            true => is_all.get().then(|| view! { <p class="why_zero-none">"No part of the filter alone keeps them away."</p> }).into_any(),
            false => view! { <ul class="why_zero" data-testid="why-zero">{parts.into_iter().map(line).collect_view()}</ul> }.into_any(),
        })}
    }
}

/// The span of time of a filter ends before it begins.
fn is_inverted(filter: &Filter) -> bool {
    matches!((&filter.from, &filter.to), (Some(from), Some(to)) if to <= from)
}

/// The parts of a filter, each with the filter without it. The time is one.
fn parts_of(filter: &Filter) -> Vec<(String, Filter)> {
    let mut parts = Vec::new();
    if filter.limits_time() {
        let mut without = filter.clone();
        without.set_span("", "");
        parts.push(("the span of time".to_owned(), without));
    }
    for key in Key::all() {
        let alternatives = filter.terms(key).filter(|term| !term.exclude).count();
        let mut without = filter.clone();
        // Values of one key are alternatives: only all of them keep clicks away.
        if alternatives > 1 {
            without.remove_key(key);
            parts.push((format!("{}: {alternatives} values", words::key_label(key.name())), without));
        }
        for chip in filter.chips().into_iter().filter(|chip| chip.key == key.name()) {
            if chip.exclude || alternatives == 1 {
                let mut without = filter.clone();
                without.remove_chip(&chip);
                parts.push((words::chip_text(&chip), without));
            }
        }
    }
    parts
}
