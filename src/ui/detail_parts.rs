//! The parts of a click in full: its fields, the redirects, the record of the file.

use clicks::model::text::shown;
use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::{DetailField, FieldState};
use leptos::prelude::*;

use super::marks::{ActionTag, VerdictMark};
use super::{CopyButton, words};
use crate::platform::zone;
use crate::state::use_state;

/// Columns of a record that are shown, of those with a value and of those without. A file can be made to have
/// hundreds of thousands, and a page of so many would not answer any more.
const SHOWN: usize = 200;

/// One field, in one of its three states.
#[component]
pub fn Field(
    /// The field
    field: DetailField,
    /// Verdict of the click
    verdict: Verdict,
) -> impl IntoView {
    let state = use_state();
    let column = Field::column_of_name(&field.name);
    let is_url = matches!(column, Some(Field::Url | Field::Host)) || field.value.original().contains("://");
    let value = StoredValue::new(field.value);
    let text =
        move || {
            let value = value.get_value();
            match column {
                Some(Field::Time) => in_zone(value.original(), &state.zone()),
                Some(Field::Verdict) => Verdict::from_word(value.original())
                    .map_or_else(|| value.shown(), |v| v.label().to_owned()),
                Some(Field::Action) => Action::from_word(value.original())
                    .map_or_else(|| value.shown(), |a| a.label().to_owned()),
                Some(Field::Url | Field::Host) => value.shown_url(),
                _ => words::defanged_inside(value.original()),
            }
        };
    let action = value.with_value(|v| Action::from_word(v.original()));
    let marked = match (column, action) {
        (Some(Field::Verdict), _) => Some(view! { <VerdictMark verdict/> }.into_any()),
        (Some(Field::Action), Some(action)) => Some(view! { <ActionTag action verdict/> }.into_any()),
        _ => None,
    };
    let body = match field.state {
        FieldState::Value => view! {
            <span class="detail-value" class:url=is_url>{marked.unwrap_or_else(|| text.into_any())}</span>
            <CopyButton safe=Signal::derive(text) original=value.get_value().into_original()/>
        }
        .into_any(),
        FieldState::Empty => view! { <span class="empty">"empty in this row"</span> }.into_any(),
        FieldState::Absent => view! { <span class="absent">"not in this export"</span> }.into_any(),
    };
    view! {
        <div>
            <dt>{shown(&field.label)}</dt>
            <dd>{body} {field.note.map(|n| view! { <p class="detail-note">{n.shown()}</p> })}</dd>
        </div>
    }
}

/// A time in the zone of the page, and in UTC when that is another.
fn in_zone(value: &str, tz: &str) -> String {
    let ms = zone::unix_ms(value);
    if !ms.is_nan() && !value.ends_with('Z') {
        return format!("{}, a local time of the export", zone::date_time(ms, "UTC"));
    }
    match (ms.is_nan(), tz == "UTC") {
        (true, _) => shown(value),
        (false, true) => format!("{} UTC", zone::date_time(ms, "UTC")),
        (false, false) => {
            format!("{} {} ({} UTC)", zone::date_time(ms, tz), shown(tz), zone::date_time(ms, "UTC"))
        }
    }
}

/// From the link to the page it ends on, step by step.
#[component]
pub fn Chain(
    /// The steps
    chain: Vec<Untrusted>,
    /// What it is when there are none
    state: FieldState,
) -> impl IntoView {
    let last = chain.len().saturating_sub(1);
    let steps = chain.into_iter().enumerate().map(|(at, url)| {
        let safe = url.shown_url();
        let role = match at {
            0 => "link",
            _ if at == last => "landing page",
            _ => "redirect",
        };
        view! {
            <li>
                <span class="detail-step">{role}</span>
                <span class="detail-value url">{safe.clone()}</span>
                <CopyButton safe=Signal::stored(safe) original=url.into_original()/>
            </li>
        }
    });
    let steps = steps.collect_view();
    let none = match (steps.is_empty(), state) {
        (false, _) => None,
        (true, FieldState::Absent) => Some(("absent", "not in this export")),
        (true, _) => Some(("empty", "empty in this row")),
    };
    view! {
        <section class="detail-section">
            <h3>"URL chain"</h3>
            {none.map(|(class, text)| view! { <p class=class>{text}</p> })}
            <ol class="detail-chain">{steps}</ol>
        </section>
    }
}

/// The record as it stands in the file.
#[component]
pub fn Raw(
    /// Header and cell
    record: Vec<(Untrusted, Untrusted)>,
    /// Why it is not here
    missing: Option<Untrusted>,
) -> impl IntoView {
    let original = record
        .iter()
        .map(|(name, value)| format!("{}: {}", name.original(), value.original()))
        .collect::<Vec<_>>()
        .join("\n");
    let safe = record
        .iter()
        .map(|(name, value)| format!("{}: {}", name.shown(), words::defanged_inside(value.original())))
        .collect::<Vec<_>>();
    let safe = safe.join("\n");
    let there = !record.is_empty();
    // A union of tables has a hundred columns, most of them empty here: those are named, not listed.
    let (empty, filled): (Vec<_>, Vec<_>) = record.into_iter().partition(|(_, value)| value.is_empty());
    let (left_out, no_more_names) = (filled.len().saturating_sub(SHOWN), empty.len().saturating_sub(SHOWN));
    let rows = filled.into_iter().take(SHOWN).map(|(name, value)| {
        view! { <tr><th scope="row">{name.shown()}</th><td>{words::defanged_inside(value.original())}</td></tr> }
    });
    let mut empty: Vec<String> = empty.iter().take(SHOWN).map(|(name, _)| name.shown()).collect();
    if no_more_names > 0 {
        empty.push(format!("{} more", words::number(no_more_names as u64)));
    }
    view! {
        <details class="detail-section" open>
            <summary>"Record in the file"</summary>
            {missing.map(|m| view! { <p class="absent">{m.shown()}</p> })}
            {there.then(|| view! { <CopyButton safe=Signal::stored(safe) original/> })}
            <table class="detail-raw"><tbody>{rows.collect_view()}</tbody></table>
            {(left_out > 0).then(|| view! {
                <p class="detail-note" data-testid="record-more">
                    {words::number(left_out as u64)} " more columns; copying takes them all"
                </p>
            })}
            {(!empty.is_empty()).then(|| view! {
                <p class="detail-note">"Empty in this row: " {empty.join(", ")}</p>
            })}
        </details>
    }
}
