//! What a click or a key does to a cell: shows its click, or opens the menu of its value.

use clicks::model::{Field, Untrusted};
use leptos::prelude::*;

use super::TableState;
use super::{cell, row};
use crate::platform::page;
use crate::state::{OpenedClick, Place, ValueMenu};
use crate::ui::scrolled::PAGE;
use crate::ui::value_menu::filter_by;

/// Pixels at the end of a cell that open its menu; the stylesheet shows three dots there.
const DOTS: f64 = 22.0;

/// A click shows the row's click beside the table, three dots the menu of a value. What ends with text selected was
/// no click.
pub fn on_click(table: TableState, event: &page::MouseEvent) {
    let Some(row) = page::closest_number(event, "[data-row]", "data-row") else {
        return;
    };
    if page::has_selection() {
        return;
    }
    let column = page::closest_number(event, "[data-column]", "data-column").map(|c| c as usize);
    table.rows.active.update(|active| *active = (row, column.unwrap_or(active.1)));
    match column {
        Some(column) if page::is_at_end_of(event, "[data-column]", DOTS) => {
            menu(table, row, column, page::place_of(event));
        }
        // On a phone it covers the table.
        _ => show(table, row, column.is_none() || table.app.room.is_phone.get_untracked()),
    }
}

/// The menu of the cell under the pointer; with text selected the browser's own.
pub fn on_context_menu(table: TableState, event: &page::MouseEvent) {
    let row = page::closest_number(event, "[data-row]", "data-row");
    let column = page::closest_number(event, "[data-column]", "data-column");
    if let (Some(row), Some(column), false) = (row, column, page::has_selection() || event.shift_key()) {
        event.prevent_default();
        table.rows.active.set((row, column as usize));
        menu(table, row, column as usize, page::place_of(event));
    }
}

/// Shows every field of a row's click.
pub fn show(table: TableState, row: u32, takes_focus: bool) {
    let slot = table.rows.pages.read_untracked().slot(row);
    let id = row::id(&slot);
    table.wanted.set(Some((row, takes_focus)).filter(|_| id.is_none()));
    if let Some(id) = id {
        let total = table.rows.window.read_untracked().total;
        table.app.detail.set(Some(OpenedClick { row: id, place: Place::At(row, total), takes_focus }));
    }
}

/// Looks for the click that is open among the first rows of a list that is another. Where these are all, it is there or
/// nowhere.
pub fn find_place(table: TableState) {
    let Some(open) = table.app.detail.get_untracked().filter(|open| open.place == Place::Unknown) else {
        return;
    };
    let total = table.rows.window.read_untracked().total;
    let pages = table.rows.pages.read_untracked();
    let has_come = |row: u32| row::id(&pages.slot(row)).is_some();
    let found = (0..total.min(PAGE)).find(|row| row::id(&pages.slot(*row)) == Some(open.row));
    let are_all = pages.is_known() && total <= PAGE && (0..total).all(has_come);
    drop(pages);
    let place = match found {
        Some(row) => Place::At(row, total),
        None if are_all => Place::Nowhere(total),
        None => return,
    };
    if let Place::At(row, _) = place {
        table.rows.active.update(|active| active.0 = row);
    }
    table.app.detail.set(Some(OpenedClick { place, ..open }));
}

/// Moves by some rows with the detail open: it follows.
pub fn follow(table: TableState) {
    let is_open = table.app.detail.get_untracked().is_some();
    if is_open {
        show(table, table.rows.active.get_untracked().0, false);
    }
}

/// Opens the menu of a cell.
pub fn menu(table: TableState, row: u32, column: usize, at: (f64, f64)) {
    let Some(&field) = table.columns.read_untracked().get(column) else { return };
    table.app.value_menu.set(Some(ValueMenu {
        at,
        field,
        value: value_at(table, row, column).map(|(_, value)| value),
        open: Some(Callback::new(move |()| show(table, row, true))),
        in_column: true,
        back: Callback::new(move |()| table.rows.take_focus()),
    }));
}

/// Opens the menu of the active cell, under it.
pub fn menu_of_active(table: TableState) {
    let (row, column) = table.rows.active.get_untracked();
    if let Some(at) = page::below(&cell::id(row, column)) {
        menu(table, row, column, at);
    }
}

/// Column and value of a cell.
pub fn value_at(table: TableState, row: u32, at: usize) -> Option<(Field, Untrusted)> {
    let column = table.columns.read_untracked().get(at).copied()?;
    let slot = table.rows.pages.read_untracked().slot(row);
    Some((column, cell::raw(slot.answer.as_deref()?, slot.at, column)?))
}

/// Only the clicks with the value of this cell, or all but them.
pub fn filter(table: TableState, row: u32, at: usize, exclude: bool) {
    if let Some((column, value)) = value_at(table, row, at) {
        filter_by(table.app, column, &value, exclude);
    }
}
