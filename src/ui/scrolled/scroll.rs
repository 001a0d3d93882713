//! Scrolling without freezing the page.

use leptos::prelude::*;

use super::{Page, Scrolled};

/// Does something in a task of its own. What the browser calls while it lays out a frame is part of that task,
/// which is long enough without new rows.
pub fn apart<T>(work: impl FnOnce() -> T + 'static) {
    set_timeout(move || drop(work()), std::time::Duration::ZERO);
}

/// Takes in where the browser has scrolled to; many steps between two tasks are one.
pub fn on_scroll<A: Page>(list: Scrolled<A>) {
    if list.due.get_value() {
        return;
    }
    list.due.set_value(true);
    apart(move || {
        list.due.try_set_value(false);
        if let Some(element) = list.scroller.try_get_untracked().flatten() {
            list.window.try_update(|w| w.scrolled(f64::from(element.scroll_top())));
        }
    });
}
