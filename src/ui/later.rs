//! Drawing a long page in pieces, so that the browser answers in between.

use std::time::Duration;

use leptos::children::ChildrenFn;
use leptos::prelude::*;

/// Draws what is inside a moment later, in a task of its own.
#[component]
pub fn Later(
    /// Place in the order of drawing, from 1
    turn: u64,
    /// What is drawn
    children: ChildrenFn,
) -> impl IntoView {
    let due = RwSignal::new(false);
    let draw = move || {
        // The page may be gone by then.
        due.try_set(true);
    };
    set_timeout(draw, Duration::from_millis(turn));
    let children = StoredValue::new(children);
    move || due.get().then(|| children.with_value(|c| c()))
}
