//! Everything known about one person, host or campaign, above the list that it was chosen from: its story, its clicks on a
//! line of time, and what they have in common with others. It has the address of the list with its value in the filter.

mod picture;

use clicks::model::{Field, Untrusted};
use clicks::query::{AskQuery, Key, QueryParams, Table};
use insights::{AskStory, Story};
use leptos::prelude::*;
use serde_json::Value;

use self::picture::{Curve, Timeline};
use super::{Bar, Bars, Panel, Tone, Url, is_url, rescue_focus, words};
use crate::state::asked::kept;
use crate::state::{AppState, PageId, use_state};

/// Fields whose most frequent values a profile shows, each with its heading.
const PARTS: [(Field, &str); 6] = [
    (Field::Campaign, "Campaigns"),
    (Field::User, "People"),
    (Field::Host, "Hosts"),
    (Field::Group, "Groups"),
    (Field::Source, "Click sources"),
    (Field::Ip, "Addresses"),
];

/// Values of each.
const VALUES: u32 = 6;

/// The one value of a field that the filter asks for.
fn chosen(state: AppState, field: Field) -> Option<String> {
    let filter = state.filter.read();
    let mut terms = filter.terms(Key::Is(field));
    let first = terms.next().filter(|term| !term.exclude)?;
    terms.next().is_none().then(|| first.value.to_string())
}

/// The profile, where the filter asks for exactly one value of the field.
#[component]
pub fn Profile(
    /// What it is of
    field: Field,
) -> impl IntoView {
    let state = use_state();
    let value = Memo::new(move |_| chosen(state, field));
    move || value.get().map(|value| view! { <Known field value/> })
}

/// What is known.
#[component]
fn Known(
    /// Of which field
    field: Field,
    /// Of which value
    value: String,
) -> impl IntoView {
    let state = use_state();
    let story = kept(state, |filter| AskStory { filter });
    let shown = move || PARTS.into_iter().filter(move |(part, _)| *part != field);
    let parts = kept(state, move |filter| AskQuery {
        queries: shown().map(|(part, _)| query(&filter, part)).collect(),
    });
    let bars = move |at: usize, part: Field| {
        let parts = parts.read();
        parts.as_ref().and_then(|tables| tables.get(at)).map_or_else(Vec::new, |table| bars_of(table, part))
    };
    let part = move |(at, (part, title)): (usize, (Field, &'static str))| {
        let bars = Memo::new(move |_| bars(at, part));
        view! {
            <Show when=move || !bars.read().is_empty()>
                <Panel title testid=format!("profile-{}", part.name()) place="third">
                    <Bars key=Key::Is(part) bars=bars.into() none="none in view"/>
                </Panel>
            </Show>
        }
    };
    let name = Untrusted::from(value);
    let title = match is_url(field) || field == Field::Campaign {
        true => view! { <Url value=name field=Field::Host/> }.into_any(),
        false => name.shown().into_any(),
    };
    let close = move |_| {
        state.refine(|f| f.remove_key(Key::Is(field)));
        rescue_focus();
    };
    view! {
        <section class="profile" data-testid="profile" aria-label=format!("About this {}", words::field_word(field))>
            <div class="panel profile-story">
                <div class="panel-head">
                    <h2>{title}</h2>
                    <div class="panel-tools">
                        <button class="link" type="button" on:click=move |_| state.go(PageId::CLICKS)>"All these clicks"</button>
                        <button class="link" type="button" data-testid="profile-close" on:click=close>"Close"</button>
                    </div>
                </div>
                <p class="panel-sub">{move || story.read().as_ref().and_then(|story| period(state, story))}</p>
                <ul class="profile-said">
                    {move || story.read().as_ref().map(|story| {
                        story.sentences.iter().map(|said| view! { <li>{said.clone()}</li> }).collect_view()
                    })}
                </ul>
                <Timeline story/>
                <Curve story/>
            </div>
            {shown().enumerate().map(part).collect_view()}
        </section>
    }
}

fn query(filter: &str, part: Field) -> QueryParams {
    QueryParams {
        filter: filter.to_owned(),
        group_by: vec![part.name().to_owned()],
        measures: ["clicks", "reachedBad"].map(str::to_owned).to_vec(),
        order_by: ["-reachedBad", "-clicks"].map(str::to_owned).to_vec(),
        limit: Some(VALUES),
        ..QueryParams::default()
    }
}

/// The values of a part; none where nothing but clicks without one is there.
fn bars_of(table: &Table, part: Field) -> Vec<Bar> {
    let bar = |row: &Vec<Value>| {
        let value = row.first()?.as_str()?;
        let number = |at: usize| row.get(at).and_then(Value::as_u64).unwrap_or_default();
        let (clicks, reached) = (number(1), number(2));
        Some(Bar {
            value: value.to_owned(),
            label: words::value_label(part.name(), value),
            n: clicks,
            length: clicks,
            note: if reached > 0 { format!("{} reached", words::number(reached)) } else { String::new() },
            tone: if reached > 0 { Tone::Bad } else { Tone::Plain },
            also: None,
        })
    };
    table.rows.iter().filter_map(bar).collect()
}

/// First and last click.
fn period(state: AppState, story: &Story) -> Option<String> {
    let (first, last) = story.span?;
    let at = |ms: i64| words::time_in(&ms.to_string(), &state.zone());
    Some(match first == last {
        true => format!("One click, {}", at(first)),
        false => format!(
            "First click {}, last {} · {}",
            at(first),
            at(last),
            words::counted(story.people, "person", "people")
        ),
    })
}
