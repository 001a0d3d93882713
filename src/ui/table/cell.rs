//! One cell: what it shows, and which filter its value stands for.

use clicks::model::text::{defanged, shown};
use clicks::model::{Action, Column, Verdict};
use clicks::protocol::RowsAnswer;
use clicks::query::{Filter, Key};
use leptos::prelude::*;
use serde_json::Value;

use super::TableState;
use crate::platform::{page, zone};
use crate::ui::marks::{ActionTag, VerdictMark};

/// What a cell shows.
pub enum Content {
    /// A value: class, text.
    Text(&'static str, String),
    /// A verdict.
    Verdict(Verdict),
    /// An action, beside the verdict.
    Action(Action, Verdict),
    /// The export has the column, the cell is empty.
    Empty,
    /// The export has no such column.
    Absent,
    /// The row has not come yet.
    Waiting,
}

/// Id of a cell in the document.
pub fn id(row: u32, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// A cell of a row that has not come yet.
pub const fn waiting() -> Content {
    Content::Waiting
}

/// The value of a cell as the export has it; none when empty or not in the export.
pub fn raw(answer: &RowsAnswer, at: usize, column: Column) -> Option<String> {
    let place = answer.columns.iter().position(|c| Column::from_name(c) == Some(column))?;
    match answer.rows.get(at)?.get(place)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What a cell shows.
pub fn content(answer: &RowsAnswer, at: usize, column: Column, tz: &str) -> Content {
    let Some(value) = raw(answer, at, column) else {
        let file = answer.files.get(at).and_then(|f| answer.absent.get(*f as usize));
        let absent = file.is_some_and(|names| names.iter().any(|n| Column::from_name(n) == Some(column)));
        return if absent { Content::Absent } else { Content::Empty };
    };
    let verdict = || raw(answer, at, Column::Verdict).and_then(|v| Verdict::from_word(&v)).unwrap_or_default();
    match column {
        Column::Time => Content::Text("num", time(&value, tz)),
        Column::Url => Content::Text("url", defanged(&value)),
        Column::Host => Content::Text("url", defanged(&value)),
        Column::Ip => Content::Text("num", shown(&value)),
        Column::MessageId | Column::ReportId => Content::Text("mono", shown(&value)),
        Column::Verdict => Verdict::from_word(&value).map_or_else(|| Content::Text("", shown(&value)), Content::Verdict),
        Column::Action => Action::from_word(&value)
            .map_or_else(|| Content::Text("", shown(&value)), |action| Content::Action(action, verdict())),
        _ => Content::Text("", shown(&value)),
    }
}

/// A time of the data in the zone of the page.
pub fn time(value: &str, tz: &str) -> String {
    let ms = value.parse::<f64>().unwrap_or_else(|_| zone::unix_ms(value));
    if ms.is_nan() { shown(value) } else { zone::date_time(ms, tz) }
}

/// A cell. The value inside is what a click filters by; the rest of it opens the row.
#[component]
pub fn Cell(
    /// Row, from 0
    index: u32,
    /// Column, from 0
    at: usize,
    /// What it shows
    content: Content,
    /// The keys act on it
    active: Signal<bool>,
) -> impl IntoView {
    let inside = match content {
        Content::Text(class, text) => {
            let title = text.clone();
            view! { <span class=format!("value {class}") title=title>{text}</span> }.into_any()
        }
        Content::Verdict(verdict) => view! { <span class="value"><VerdictMark verdict/></span> }.into_any(),
        Content::Action(action, verdict) => {
            view! { <span class="value"><ActionTag action verdict/></span> }.into_any()
        }
        Content::Empty => view! { <span class="empty" title="empty in this row">"–"</span> }.into_any(),
        Content::Absent => view! { <span class="absent">"not in this export"</span> }.into_any(),
        Content::Waiting => view! { <span class="waiting">"…"</span> }.into_any(),
    };
    view! {
        <td id=id(index, at) role="gridcell" aria-colindex=at + 2 class:active=move || active.get() data-column=at>
            {inside}
        </td>
    }
}

/// A click on a value filters by it, with Shift leaves it out; a click beside it opens the row.
pub fn on_click(table: TableState, event: &page::MouseEvent) {
    let Some(row) = page::closest_number(event, "[data-row]", "data-row") else { return };
    let column = page::closest_number(event, "[data-column]", "data-column");
    if let Some(column) = column {
        table.active.set((row, column as usize));
    }
    match column {
        Some(column) if page::is_on(event, ".value") => filter(table, row, column as usize, event.shift_key()),
        _ => open(table, row),
    }
}

/// A double click opens the row wherever it falls.
pub fn on_double_click(table: TableState, event: &page::MouseEvent) {
    if let Some(row) = page::closest_number(event, "[data-row]", "data-row") {
        open(table, row);
    }
}

/// Opens every field of a row.
pub fn open(table: TableState, row: u32) {
    let slot = table.pages.read_untracked().slot(row);
    if slot.id().is_some() {
        table.app.detail.set(slot.id());
    }
}

/// Column and value of a cell.
pub fn value_at(table: TableState, row: u32, at: usize) -> Option<(Column, String)> {
    let column = table.columns.read_untracked().get(at).copied()?;
    let slot = table.pages.read_untracked().slot(row);
    Some((column, raw(slot.answer.as_deref()?, slot.at, column)?))
}

/// Only the clicks with the value of this cell, or all but them.
pub fn filter(table: TableState, row: u32, at: usize, exclude: bool) {
    let Some((column, value)) = value_at(table, row, at) else { return };
    let zone = table.app.zone();
    table.app.refine(|f| apply(f, column, &value, exclude, &zone));
}

/// Puts a cell's value into the filter.
fn apply(filter: &mut Filter, column: Column, value: &str, exclude: bool, zone: &str) {
    let (key, value) = match column {
        Column::Time => {
            let day = time(value, zone);
            let day = day.get(..10).unwrap_or_default();
            filter.set_span(day, &crate::ui::date_range::shifted(day, 1).unwrap_or_default());
            return;
        }
        Column::User => (Key::User, value.to_owned()),
        Column::Url => (Key::Url, value.to_owned()),
        Column::Host => (Key::Host, value.to_owned()),
        Column::Source => (Key::Source, value.to_lowercase()),
        Column::Ip => (Key::Ip, value.to_owned()),
        Column::Tenant => (Key::Tenant, value.to_owned()),
        Column::RawAction => (Key::RawAction, value.to_owned()),
        Column::Threat => (Key::Threat, value.split(',').next().unwrap_or(value).trim().to_lowercase()),
        Column::Verdict => (Key::Verdict, Verdict::from_word(value).map_or_else(|| value.to_owned(), Verdict::token)),
        Column::Action => (Key::Action, Action::from_word(value).map_or_else(|| value.to_owned(), Action::token)),
        Column::Device | Column::Subject | Column::Sender | Column::MessageId | Column::ReportId => {
            (Key::Text, value.to_owned())
        }
    };
    if exclude { filter.toggle_exclude(key, &value) } else { filter.toggle(key, &value) }
}
