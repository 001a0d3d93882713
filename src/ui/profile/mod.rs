//! Everything known about one person, host or campaign, above the list that it was chosen from: its story, its clicks on a
//! line of time, and what they have in common with others. It has the address of the list with its value in the filter.

mod picture;

use clicks::import::Gap;
use clicks::model::{Field, Untrusted};
use clicks::query::{AskQuery, Filter, Key, QueryParams, Table};
use insights::{AskStory, Story};
use leptos::prelude::*;
use serde_json::Value;

use self::picture::{Curve, Timeline};
use super::{Bar, Bars, Panel, Tone, Url, is_url, rescue_focus_at, words};
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

/// The one value of a field that the filter asks for: there is a page about it.
pub fn chosen(state: AppState, field: Field) -> Option<String> {
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
    let table = move |at: usize| parts.read().as_ref().and_then(|tables| tables.get(at).cloned());
    let part = move |(at, (part, title)): (usize, (Field, &'static str))| {
        let bars = Memo::new(move |_| table(at).map_or_else(Vec::new, |table| bars_of(&table, part)));
        let all = move || all_of(state, part, table(at)?.total);
        view! {
            <Show when=move || !bars.read().is_empty()>
                <Panel title testid=format!("profile-{}", part.name()) place="third" tools=move || all.into_any()>
                    <Bars key=Key::Is(part) bars=bars.into() none="none in view"/>
                </Panel>
            </Show>
        }
    };
    let name = Untrusted::from(value);
    let title = match is_url(field) || field == Field::Campaign {
        true => view! { <Url value=name field=Field::Host/> }.into_any(),
        false => words::defanged_inside(name.original()).into_any(),
    };
    let close = move |_| {
        state.refine(|f| f.remove_key(Key::Is(field)));
        rescue_focus_at("group-grid");
    };
    let all = move |_| {
        if counts_people(field) {
            state.refine(|f| state.narrow_to_people(f));
        }
        state.go(PageId::CLICKS);
    };
    view! {
        <section class="profile" data-testid="profile" aria-label=format!("About this {}", words::field_word(field))>
            <div class="panel profile-story">
                <div class="panel-head">
                    <h2>{title}</h2>
                    <div class="panel-tools">
                        <button class="link" type="button" on:click=all>"All these clicks"</button>
                        <button class="link" type="button" data-testid="profile-close" on:click=close>"Close"</button>
                    </div>
                </div>
                <p class="panel-sub">{move || story.read().as_ref().and_then(|story| period(state, story))}</p>
                <Numbers field/>
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

/// Whether the numbers of a list, and of a page about one of it, are those of people: machines are left out.
pub const fn counts_people(field: Field) -> bool {
    matches!(field, Field::User | Field::Campaign)
}

/// The numbers of its line in the list, counted like that.
#[component]
fn Numbers(
    /// What it is of
    field: Field,
) -> impl IntoView {
    let state = use_state();
    const MEASURES: [&str; 7] =
        ["reachedBad", "exposed", "overriddenAttempts", "warnedAttempts", "malicious", "people", "clicks"];
    let table = kept(state, move |filter| {
        let filter = if counts_people(field) { state.filter_of_people().to_string() } else { filter };
        let measures = MEASURES.map(str::to_owned).to_vec();
        AskQuery { queries: vec![QueryParams { filter, measures, ..QueryParams::default() }] }
    });
    let numbers = move || {
        let tables = table.get()?;
        let row = tables.first()?.rows.first()?;
        let n = |at: usize| row.get(at).and_then(Value::as_u64).unwrap_or_default();
        let dashboard = state.dashboard.read();
        let lacks = |gaps: &[Gap]| dashboard.as_ref().is_some_and(|d| gaps.iter().any(|gap| d.lacks(*gap)));
        // Of what an export cannot tell no zero is stated, as in the list.
        let told =
            |n: u64, gaps: &[Gap]| if n == 0 && lacks(gaps) { "–".to_owned() } else { words::number(n) };
        let reached = match n(1) {
            0 => told(n(0), &[Gap::Threats, Gap::Action]),
            later => format!("{} · {} bad later", words::number(n(0)), words::number(later)),
        };
        let overrides = match (n(2), n(3)) {
            (_, 0) => "no warning".to_owned(),
            (0, _) if lacks(&[Gap::ClickThrough]) => "–".to_owned(),
            // Among clicks chosen by what came of them a rate says nothing.
            (past, _) if state.filter.read().bends_rates() => words::number(past),
            (past, of) => {
                format!("{} of {} · {}", words::number(past), words::number(of), words::percent(past, of))
            }
        };
        let mut told = vec![
            (if n(0) > 0 { "bad" } else { "" }, "Reached, as known today", reached),
            ("", "Past a warning", overrides),
            ("", "Malicious clicks", told(n(4), &[Gap::Threats])),
        ];
        if field != Field::User {
            told.push(("", "People", words::number(n(5))));
        }
        told.push(("", "Clicks", words::number(n(6))));
        let one = |(class, what, text)| view! { <div class=class><dt>{what}</dt><dd>{text}</dd></div> };
        Some(told.into_iter().map(one).collect_view())
    };
    view! { <dl class="profile-numbers" data-testid="profile-numbers">{numbers}</dl> }
}

/// How many values there are, where not all are shown; the list of them, where there is one.
fn all_of(state: AppState, part: Field, total: u64) -> Option<AnyView> {
    let of = format!("{VALUES} of {}", words::number(total));
    (total > VALUES.into()).then(|| match PageId::of_list(part) {
        Some(page) => view! {
            <button class="link" type="button" on:click=move |_| state.go(page)>{format!("{of} · all")}</button>
        }
        .into_any(),
        None => view! { <span class="panel-sub">{of}</span> }.into_any(),
    })
}

/// The values with most clicks; clicks without one are no value.
fn query(filter: &str, part: Field) -> QueryParams {
    let mut filter = Filter::parse(filter);
    filter.add(Key::Without, part.name(), true);
    QueryParams {
        filter: filter.to_string(),
        group_by: vec![part.name().to_owned()],
        measures: ["clicks", "reachedBad"].map(str::to_owned).to_vec(),
        order_by: ["-clicks", "-reachedBad"].map(str::to_owned).to_vec(),
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
            is_unbent: false,
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
        false => format!("First click {}, last {}", at(first), at(last)),
    })
}
