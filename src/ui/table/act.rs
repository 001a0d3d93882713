//! What a click or a key does to a cell: opens its row, or filters by its value.

use clicks::model::{Action, Field, Untrusted, Verdict};
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
pub fn value_at(table: TableState, row: u32, at: usize) -> Option<(Field, Untrusted)> {
    let column = table.columns.read_untracked().get(at).copied()?;
    let slot = table.pages.read_untracked().slot(row);
    Some((column, raw(slot.answer.as_deref()?, slot.at, column)?))
}

/// Only the clicks with the value of this cell, or all but them.
pub fn filter(table: TableState, row: u32, at: usize, exclude: bool) {
    let Some((column, value)) = value_at(table, row, at) else {
        return;
    };
    let value = value.into_original();
    if column == Field::Time {
        let day = time(&value, &table.app.zone());
        let day = day.get(..10).unwrap_or_default();
        let after = shifted(day, 1).unwrap_or_default();
        table.app.refine(|f| f.set_span(day, &after));
    } else if let Some((key, value)) = term_of(column, &value) {
        table.app.pick(key, &value, exclude);
    }
}

/// Whether a value of this column can be filtered by.
pub fn is_filter(column: Field) -> bool {
    column == Field::Time || term_of(column, "-").is_some()
}

/// The filter that a cell's value stands for; the day for a time.
fn term_of(column: Field, value: &str) -> Option<(Key, String)> {
    let same = || value.to_owned();
    Some(match column {
        Field::User => (Key::Is(Field::User), same()),
        Field::Url => (Key::Is(Field::Url), same()),
        Field::Host => (Key::Is(Field::Host), same()),
        Field::Source => (Key::Is(Field::Source), value.to_lowercase()),
        Field::Ip => (Key::Is(Field::Ip), same()),
        Field::Tenant => (Key::Is(Field::Tenant), same()),
        Field::RawAction => (Key::Is(Field::RawAction), same()),
        // A click may have several.
        Field::Threat => (Key::Is(Field::Threat), value.split(',').next()?.trim().to_lowercase()),
        Field::Verdict => {
            (Key::Is(Field::Verdict), Verdict::from_word(value).map_or_else(same, Verdict::token))
        }
        Field::Action => (Key::Is(Field::Action), Action::from_word(value).map_or_else(same, Action::token)),
        Field::Subject | Field::Sender => (Key::Text, same()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_written_as_a_filter_takes_them() {
        let term = |column, value| term_of(column, value).map(|(key, value)| (key.name(), value));
        assert_eq!(term(Field::Action, "User override"), Some(("action", "useroverride".to_owned())));
        assert_eq!(term(Field::Threat, "Phish, Malware"), Some(("threat", "phish".to_owned())));
        assert_eq!(term(Field::ReportId, "a"), None);
        assert!(is_filter(Field::Time) && !is_filter(Field::Device));
    }
}
