//! What a click or a key does to a cell: it opens what the cell counts.

use clicks::model::Field;
use clicks::query::Key;
use leptos::prelude::*;

use super::{ListState, row};
use crate::platform::clipboard;
use crate::platform::page;
use crate::state::PageId;
use crate::ui::scrolled::step_of;

/// A click on a value opens its clicks; with Shift it leaves the group out.
pub fn on_click(list: ListState, event: &page::MouseEvent) {
    let row = page::closest_number(event, "[data-row]", "data-row");
    let column = page::closest_number(event, "[data-column]", "data-column");
    let (Some(row), Some(column)) = (row, column) else { return };
    list.rows.active.set((row, column as usize));
    // All of a cell with a number is its door; of a name only the name, for beside it text is selected.
    if page::is_on(event, ".value, td") && (event.shift_key() || !page::has_selection()) {
        open(list, row, column as usize, event.shift_key());
    }
}

/// Moves, opens, copies.
pub fn on_key(list: ListState, event: &page::KeyboardEvent) {
    let (row, column) = list.rows.active.get_untracked();
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Enter" => open(list, row, column, event.shift_key()),
        "c" if command && !page::has_selection() => copy(list, row),
        key => {
            let fits = list.rows.window.read_untracked().fits();
            let Some(step) = step_of(key, command, fits) else { return };
            list.rows.go(step, list.def.columns.len() + 1);
        }
    }
    event.prevent_default();
}

fn copy(list: ListState, row: u32) {
    let slot = list.rows.pages.read_untracked().slot(row);
    if let Some(name) = row::name(&slot) {
        clipboard::copy_unsaid(row::label(list, &name));
    }
}

/// What is behind a cell: the clicks of the group, with what else the number counts, or their people.
fn open(list: ListState, row: u32, column: usize, exclude: bool) {
    let slot = list.rows.pages.read_untracked().slot(row);
    let Some(name) = row::name(&slot) else { return };
    let (counted, page) = match column.checked_sub(1).and_then(|at| list.def.columns.get(at)) {
        Some(column) if row::number(list, &slot, column.measure).is_none_or(|n| n == 0) => return,
        Some(column) => (column.counted, column.opens),
        None => (None, PageId::CLICKS),
    };
    let field = list.def.field;
    // Clicks without a value are asked for by the name of the field.
    let (key, value) = match name.into_original() {
        empty if empty.is_empty() => (Key::Without, field.name().to_owned()),
        value => (Key::Is(field), value),
    };
    if exclude {
        list.app.pick(key, &value, true);
        return;
    }
    list.app.refine(|f| {
        match page {
            PageId::PEOPLE => list.app.count_everybody(f),
            _ if list.def.counts_people() => list.app.narrow_to_people(f),
            _ => {}
        }
        f.set(key, &value);
        if let Some((what, of)) = counted {
            // Of what the filter asks for already nothing more is let in.
            let asks = f.terms(what).any(|term| !term.exclude);
            let wanted: Vec<&str> = of
                .split(',')
                .filter(|one| (!asks || f.includes(what, one)) && !f.excludes(what, one))
                .collect();
            f.remove_key(what);
            wanted.into_iter().for_each(|one| f.add(what, one, false));
            if what == Key::Is(Field::Attempt) {
                // Of an attempt the click counts that reached the page, not the warning before it.
                f.set(Key::Reached, "yes");
            }
        }
    });
    list.app.go(page);
}
