//! What a click or a key does to a cell: opens its row, or filters by its value.

use clicks::model::{Action, Column, Verdict};
use clicks::query::Key;
use leptos::prelude::*;

use super::TableState;
use super::cell::{raw, time};
use crate::platform::page;
use crate::ui::date_range::shifted;

/// A click on a value filters by it, with Shift leaves it out; a click beside it opens the row.
pub fn on_click(table: TableState, event: &page::MouseEvent) {
    let Some(row) = page::closest_number(event, "[data-row]", "data-row") else {
        return;
    };
    let column = page::closest_number(event, "[data-column]", "data-column");
    if let Some(column) = column {
        table.active.set((row, column as usize));
    }
    match column {
        Some(column) if page::is_on(event, ".value") => {
            filter(table, row, column as usize, event.shift_key());
        }
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
    let Some((column, value)) = value_at(table, row, at) else {
        return;
    };
    if column == Column::Time {
        let day = time(&value, &table.app.zone());
        let day = day.get(..10).unwrap_or_default();
        let after = shifted(day, 1).unwrap_or_default();
        table.app.refine(|f| f.set_span(day, &after));
    } else if let Some((key, value)) = term_of(column, &value) {
        table.app.pick(key, &value, exclude);
    }
}

/// Whether a value of this column can be filtered by.
pub fn is_filter(column: Column) -> bool {
    column == Column::Time || term_of(column, "-").is_some()
}

/// The filter that a cell's value stands for; the day for a time.
fn term_of(column: Column, value: &str) -> Option<(Key, String)> {
    let same = || value.to_owned();
    Some(match column {
        Column::User => (Key::User, same()),
        Column::Url => (Key::Url, same()),
        Column::Host => (Key::Host, same()),
        Column::Source => (Key::Source, value.to_lowercase()),
        Column::Ip => (Key::Ip, same()),
        Column::Tenant => (Key::Tenant, same()),
        Column::RawAction => (Key::RawAction, same()),
        // A click may have several.
        Column::Threat => (Key::Threat, value.split(',').next()?.trim().to_lowercase()),
        Column::Verdict => (Key::Verdict, Verdict::from_word(value).map_or_else(same, Verdict::token)),
        Column::Action => (Key::Action, Action::from_word(value).map_or_else(same, Action::token)),
        Column::Subject | Column::Sender => (Key::Text, same()),
        Column::Time | Column::Device | Column::MessageId | Column::ReportId => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_written_as_a_filter_takes_them() {
        let term = |column, value| term_of(column, value).map(|(key, value)| (key.name(), value));
        assert_eq!(term(Column::Action, "User override"), Some(("action", "useroverride".to_owned())));
        assert_eq!(term(Column::Threat, "Phish, Malware"), Some(("threat", "phish".to_owned())));
        assert_eq!(term(Column::ReportId, "a"), None);
        assert!(is_filter(Column::Time) && !is_filter(Column::Device));
    }
}
