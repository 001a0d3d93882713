//! One cell: what it shows.

use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::RowsAnswer;
use leptos::prelude::*;
use serde_json::Value;

use crate::ui::marks::{ActionTag, VerdictMark};
use crate::ui::{Url, words};

/// What a cell shows.
pub enum Content {
    /// A value: class, text.
    Text(&'static str, String),
    /// A URL or a host.
    Url(Untrusted),
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

/// Texts of so many bytes fit into every column.
const SHORT: usize = 12;

/// Id of a cell in the document.
pub fn id(row: u32, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// A cell of a row that has not come yet.
pub const fn waiting() -> Content {
    Content::Waiting
}

/// The value of a cell as the export has it; none when empty or not in the export.
pub fn raw(answer: &RowsAnswer, at: usize, column: Field) -> Option<Untrusted> {
    let place = answer.columns.iter().position(|c| c == column.name())?;
    match answer.rows.get(at)?.get(place)? {
        Value::String(text) if !text.is_empty() => Some(text.as_str().into()),
        Value::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}

/// What a cell shows.
pub fn content(answer: &RowsAnswer, at: usize, column: Field, tz: &str) -> Content {
    let Some(value) = raw(answer, at, column) else {
        let file = answer.files.get(at).and_then(|f| answer.absent.get(*f as usize));
        let absent = file.is_some_and(|names| names.iter().any(|n| n == column.name()));
        return if absent { Content::Absent } else { Content::Empty };
    };
    let verdict =
        || raw(answer, at, Field::Verdict).and_then(|v| Verdict::from_word(v.original())).unwrap_or_default();
    match column {
        Field::Time => Content::Text("num", words::time_in(value.original(), tz)),
        Field::Url | Field::Host => Content::Url(value),
        Field::Automation | Field::Attempt | Field::Campaign => {
            Content::Text("", words::value_text(column, &value, tz))
        }
        Field::Ip => Content::Text("num", value.shown()),
        Field::MessageId | Field::ReportId => Content::Text("mono", value.shown()),
        Field::Verdict => Verdict::from_word(value.original())
            .map_or_else(|| Content::Text("", value.shown()), Content::Verdict),
        Field::Action => Action::from_word(value.original())
            .map_or_else(|| Content::Text("", value.shown()), |action| Content::Action(action, verdict())),
        _ => Content::Text("", value.shown()),
    }
}

/// A cell.
#[component]
pub fn Cell(
    /// Row, from 0
    index: u32,
    /// Column, from 0
    at: usize,
    /// What the column is
    column: Field,
    /// What it shows
    content: Content,
) -> impl IntoView {
    let inside = match content {
        Content::Text(class, text) => {
            // Only what can be cut short needs to be told again.
            let title = (text.len() > SHORT).then(|| text.clone());
            view! { <span class=class title=title>{text}</span> }.into_any()
        }
        Content::Url(url) => view! { <Url value=url field=column/> }.into_any(),
        Content::Verdict(verdict) => view! { <VerdictMark verdict/> }.into_any(),
        Content::Action(action, verdict) => view! { <ActionTag action verdict/> }.into_any(),
        Content::Empty => view! { <span class="empty" title="empty in this row">"–"</span> }.into_any(),
        Content::Absent => view! { <span class="absent">"not in this export"</span> }.into_any(),
        Content::Waiting => view! { <span class="waiting">"…"</span> }.into_any(),
    };
    // Every attribute counts while somebody scrolls: in a grid a cell has its role without being told.
    let pinned = (column == Field::User).then_some("pinned");
    view! { <td id=id(index, at) data-column=at class=pinned>{inside}</td> }
}
