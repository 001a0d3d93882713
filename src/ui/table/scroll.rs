//! Scrolling without freezing the page.

use leptos::prelude::*;

use super::TableState;

/// Does something in a task of its own. What the browser calls while it lays out a frame is part of that task,
/// which is long enough without new rows.
pub fn apart<T>(work: impl FnOnce() -> T + 'static) {
    set_timeout(move || drop(work()), std::time::Duration::ZERO);
}

/// Takes in where the browser has scrolled to; many steps between two tasks are one.
pub fn on_scroll(table: TableState, due: StoredValue<bool>) {
    if due.get_value() {
        return;
    }
    due.set_value(true);
    apart(move || {
        due.try_set_value(false);
        if let Some(element) = table.scroller.try_get_untracked().flatten() {
            table.window.try_update(|w| w.scrolled(f64::from(element.scroll_top())));
        }
    });
}
