//! The keys inside the table.

use leptos::prelude::*;

use super::{TableState, act};
use crate::platform::clipboard;
use crate::platform::page::{self, KeyboardEvent};
use crate::ui::scrolled::step_of;
use crate::ui::words;

/// Moves, opens, filters, copies.
pub fn on_key(table: TableState, event: &KeyboardEvent) {
    let (row, column) = table.rows.active.get_untracked();
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Enter" => act::show(table, row, true),
        " " => act::filter(table, row, column, event.shift_key()),
        "c" if command => return copy(table, event, row, column),
        "m" if !command => act::menu_of_active(table),
        "ContextMenu" => act::menu_of_active(table),
        "F10" if event.shift_key() => act::menu_of_active(table),
        key => {
            // As in a mail program, and while nothing is open too.
            let key = match key {
                "j" if !command => "ArrowDown",
                "k" if !command => "ArrowUp",
                key => key,
            };
            let fits = table.rows.window.read_untracked().fits();
            let Some(step) = step_of(key, command, fits) else { return };
            table.rows.go(step, table.columns.read_untracked().len());
            act::follow(table);
        }
    }
    event.prevent_default();
}

/// Copies the active cell as it is shown: defanged. A selected text is left to the browser.
fn copy(table: TableState, event: &KeyboardEvent, row: u32, column: usize) {
    let Some((field, value)) = act::value_at(table, row, column).filter(|_| !page::has_selection()) else {
        return;
    };
    event.prevent_default();
    clipboard::copy_unsaid(words::value_text(field, &value, &table.app.zone()));
}
