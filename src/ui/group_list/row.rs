//! One group: its name, and its numbers, each a door to what it counts.

use clicks::model::{Field, Untrusted};
use clicks::query::Table;
use leptos::prelude::*;
use serde_json::Value;

use super::ListState;
use super::columns::{Column, measures};
use crate::ui::scrolled::Slot;
use crate::ui::{Url, is_url, words};

/// The name of a group as the export has it; empty for the clicks without one. None: it has not come.
pub fn name(slot: &Slot<Vec<Table>>) -> Option<Untrusted> {
    let name = cells(slot)?.first()?;
    Some(name.as_str().unwrap_or_default().into())
}

/// What a group is called on screen.
pub fn label(list: ListState, name: &Untrusted) -> String {
    match name.original() {
        "" if list.def.field == Field::Group => "in no group of the directory".to_owned(),
        "" => format!("no {} in the record", list.def.words.0),
        text => words::value_label(list.def.field.name(), text),
    }
}

fn cells(slot: &Slot<Vec<Table>>) -> Option<&Vec<Value>> {
    slot.answer.as_ref()?.first()?.rows.get(slot.at)
}

/// Id of a cell in the document.
pub fn cell_id(row: u32, column: usize) -> String {
    format!("group-{row}-{column}")
}

/// A measure of a group.
pub fn number(list: ListState, slot: &Slot<Vec<Table>>, measure: &str) -> Option<u64> {
    let place = measures(list.def).position(|name| name == measure)?;
    cells(slot)?.get(place + 1)?.as_u64()
}

/// The row. Its clicks are handled by the body of the list.
#[component]
pub fn Row(
    /// Signals of the list
    list: ListState,
    /// What is known of it
    known: Slot<Vec<Table>>,
) -> impl IntoView {
    let index = known.index;
    let active =
        move || Some(list.rows.active.get()).filter(|(row, _)| *row == index).map(|(_, column)| column);
    let label = name(&known).map_or_else(|| "…".to_owned(), |name| label(list, &name));
    let url = name(&known).filter(|name| is_url(list.def.field) && !name.is_empty());
    let column = move |(at, column): (usize, &'static Column)| {
        let n = number(list, &known, column.measure);
        // Among clicks chosen by what came of them a rate says nothing.
        let of = column.of.filter(|_| list.has_rates.get_untracked());
        let of = of.and_then(|(of, _)| number(list, &known, of));
        view! { <Number list index at=at + 1 column n of/> }
    };
    let numbers = list.def.columns.iter().enumerate().map(column).collect_view();
    view! {
        <tr class="group_list-row" data-testid="group" data-row=index data-active=active aria-rowindex=u64::from(index) + 2>
            <th id=cell_id(index, 0) scope="row" data-column="0">
                {match url {
                    Some(value) => view! { <Url value field=list.def.field class="value"/> }.into_any(),
                    None => view! { <span class="value" title=label.clone()>{label.clone()}</span> }.into_any(),
                }}
            </th>
            {numbers}
        </tr>
    }
}

/// One number; none of a warning that nobody was shown, and none where no export can tell.
#[component]
fn Number(
    /// Signals of the list
    list: ListState,
    /// Row, from 0
    index: u32,
    /// Place in the row
    at: usize,
    /// What it is
    column: &'static Column,
    /// The number, once it has come
    n: Option<u64>,
    /// What it is a part of
    of: Option<u64>,
) -> impl IntoView {
    let tone = if n.unwrap_or(0) > 0 { column.tone } else { "none" };
    let cannot_tell = move || list.app.dashboard.read().as_ref().is_some_and(|d| column.is_partial(d));
    let text = move || match (n, of) {
        (None, _) => "…".to_owned(),
        (Some(_), Some(0)) => "–".to_owned(),
        (Some(0), _) if cannot_tell() => "–".to_owned(),
        (Some(n), _) => words::number(n),
    };
    let part = of.filter(|of| *of > 0).zip(n);
    let part = part.map(|(of, n)| format!("of {} · {}", words::number(of), words::percent(n, of)));
    let word = if n == Some(1) { column.one } else { column.label };
    let class = if n.unwrap_or(0) > 0 { "value" } else { "fixed" };
    view! {
        <td id=cell_id(index, at) data-column=at class=tone data-label=word>
            <span class=class>{text}</span>
            {part.map(|part| view! { <span class="group_list-of">{part}</span> })}
        </td>
    }
}
