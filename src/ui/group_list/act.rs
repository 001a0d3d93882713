//! What a click or a key does to a cell: it opens what the cell counts.

use clicks::model::{Field, Untrusted};
use clicks::query::Key;
use insights::narrowed;
use leptos::prelude::*;

use super::{ListState, row};
use crate::platform::clipboard;
use crate::platform::page;
use crate::state::{PageId, ValueMenu};
use crate::ui::rescue_focus_at;
use crate::ui::scrolled::step_of;

/// A click on a name opens its page, on a number what it counts; with Shift it leaves the group out.
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
        "m" if !command => menu_of_active(list),
        "ContextMenu" => menu_of_active(list),
        "F10" if event.shift_key() => menu_of_active(list),
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

/// What is behind a cell: of a name its page, where there is one, of a number the clicks or people that it counts.
fn open(list: ListState, row: u32, column: usize, exclude: bool) {
    let slot = list.rows.pages.read_untracked().slot(row);
    let Some(name) = row::name(&slot) else { return };
    let (counted, page) = match column.checked_sub(1).and_then(|at| list.def.columns.get(at)) {
        Some(column) if row::number(list, &slot, column.measure).is_none_or(|n| n == 0) => return,
        Some(column) => (column.counted, Some(column.opens)),
        None if list.def.has_profile() && !name.is_empty() => (&[][..], None),
        None => (&[][..], Some(PageId::CLICKS)),
    };
    let (key, value) = asked(list, name);
    if exclude {
        list.app.pick(key, &value, true);
        return;
    }
    list.app.refine(|f| {
        match page {
            Some(_) if list.def.counts_people() => list.app.narrow_to_people(f),
            Some(PageId::PEOPLE) => list.app.count_everybody(f),
            _ => {}
        }
        f.set(key, &value);
        *f = narrowed(f, counted);
        if counted.iter().any(|(what, _)| *what == Key::Is(Field::Attempt)) {
            // Of an attempt the click counts that reached the page, not the warning before it.
            *f = narrowed(f, &[(Key::Reached, "yes")]);
        }
    });
    match page {
        Some(page) => list.app.go(page),
        // The list goes; what tells about the name has come.
        None => rescue_focus_at("profile-close"),
    }
}

/// What a filter asks for a group by: clicks without a value by the name of the field.
fn asked(list: ListState, name: Untrusted) -> (Key, String) {
    let field = list.def.field;
    match name.into_original() {
        empty if empty.is_empty() => (Key::Without, field.name().to_owned()),
        value => (Key::Is(field), value),
    }
}

/// The menu of the name in the row under the pointer; with text selected the browser's own.
pub fn on_context_menu(list: ListState, event: &page::MouseEvent) {
    let row = page::closest_number(event, "[data-row]", "data-row");
    if let (Some(row), false) = (row, page::has_selection() || event.shift_key()) {
        event.prevent_default();
        list.rows.active.update(|active| active.0 = row);
        menu(list, row, page::place_of(event));
    }
}

/// The menu of the row's name.
fn menu(list: ListState, row: u32, at: (f64, f64)) {
    let slot = list.rows.pages.read_untracked().slot(row);
    let Some(name) = row::name(&slot) else { return };
    list.app.value_menu.set(Some(ValueMenu {
        at,
        field: list.def.field,
        value: Some(name).filter(|name| !name.is_empty()),
        open: None,
        in_column: false,
        back: Callback::new(move |()| list.rows.take_focus()),
    }));
}

fn menu_of_active(list: ListState) {
    let (row, column) = list.rows.active.get_untracked();
    if let Some(at) = page::below(&row::cell_id(row, column)) {
        menu(list, row, at);
    }
}
