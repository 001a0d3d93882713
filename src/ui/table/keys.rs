//! The keys inside the table.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{TableState, act, cell};
use crate::platform::clipboard;
use crate::platform::page::KeyboardEvent;

/// Moves, opens, filters, copies.
pub fn on_key(table: TableState, event: &KeyboardEvent) {
    let (row, column) = table.active.get_untracked();
    let command = event.ctrl_key() || event.meta_key();
    let page = i64::from(table.window.read_untracked().fits().max(2)) - 1;
    let (rows, columns) = match event.key().as_str() {
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        "PageDown" => (page, 0),
        "PageUp" => (-page, 0),
        "Home" if command => (i64::MIN, 0),
        "End" if command => (i64::MAX, 0),
        "Home" => (0, i64::MIN),
        "End" => (0, i64::MAX),
        "Enter" => return done(event, || act::open(table, row)),
        " " => {
            return done(event, || act::filter(table, row, column, event.shift_key()));
        }
        "c" if command => return copy(table, event, row, column),
        _ => return,
    };
    done(event, || go(table, rows, columns));
}

fn done(event: &KeyboardEvent, action: impl FnOnce()) {
    event.prevent_default();
    action();
}

/// Moves the active cell and brings its row into sight.
fn go(table: TableState, rows: i64, columns: i64) {
    let (row, column) = table.active.get_untracked();
    let last_row = i64::from(table.window.read_untracked().total) - 1;
    let last_column = table.columns.read_untracked().len() as i64 - 1;
    let row = i64::from(row).saturating_add(rows).clamp(0, last_row.max(0));
    let column = (column as i64).saturating_add(columns).clamp(0, last_column.max(0));
    let row = u32::try_from(row).unwrap_or_default();
    table.active.set((row, usize::try_from(column).unwrap_or_default()));
    let scroll = table.window.try_update(|w| w.reveal(row)).flatten();
    if let (Some(scroll), Some(element)) = (scroll, table.scroller.get_untracked()) {
        element.set_scroll_top(scroll as i32);
    }
}

/// Copies the active cell as it is shown: defanged. A selected text is left to the browser.
fn copy(table: TableState, event: &KeyboardEvent, row: u32, column: usize) {
    if crate::platform::page::has_selection() {
        return;
    }
    let Some((column, value)) = act::value_at(table, row, column) else {
        return;
    };
    event.prevent_default();
    let text = match column {
        clicks::model::Field::Url | clicks::model::Field::Host => value.shown_url(),
        clicks::model::Field::Time => cell::time(value.original(), &table.app.zone()),
        _ => value.shown(),
    };
    spawn_local(async move {
        clipboard::copy(&text).await;
    });
}
