//! Drawing a long page in pieces, so that the browser answers, lays out and paints in between.

use std::time::Duration;

use std::sync::Arc;

use clicks::query::Dashboard;
use leptos::children::ChildrenFn;
use leptos::prelude::*;

use crate::state::use_state;

/// One frame of a screen: what is drawn in another frame is also laid out and painted in another task.
const FRAME: Duration = Duration::from_millis(16);

/// The dashboard a moment after it has come, in a task of its own: one task for all panels would freeze the page.
pub fn dashboard_later(turn: u32) -> RwSignal<Option<Arc<Dashboard>>> {
    let newest = use_state().dashboard;
    let here = RwSignal::new(newest.get_untracked());
    Effect::new(move |before: Option<()>| {
        newest.track();
        if before.is_some() {
            let take = move || {
                // The panel may be gone by then, and an even newer dashboard there.
                if let Some(newest) = newest.try_get_untracked() {
                    here.try_set(newest);
                }
            };
            set_timeout(take, FRAME * turn);
        }
    });
    here
}

/// What a panel without any number says: that none is in view, or that the numbers have not come.
pub fn nothing(dashboard: RwSignal<Option<Arc<Dashboard>>>) -> &'static str {
    if dashboard.read().is_some() { "no click in view" } else { NOT_YET }
}

/// Said until there is an answer.
pub const NOT_YET: &str = "…";

/// Draws what is inside a moment later, in a task of its own.
#[component]
pub fn Later(
    /// Place in the order of drawing, from 1
    turn: u32,
    /// What is drawn
    children: ChildrenFn,
) -> impl IntoView {
    let due = RwSignal::new(false);
    let draw = move || {
        // The page may be gone by then.
        due.try_set(true);
    };
    set_timeout(draw, FRAME * turn);
    let children = StoredValue::new(children);
    move || due.get().then(|| children.with_value(|c| c()))
}
