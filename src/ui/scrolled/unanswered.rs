//! What stands in a list whose first question has failed.

use leptos::prelude::*;

use super::{Page, Scrolled};
use crate::state::use_state;

/// One sentence; nothing while rows are there or on their way.
#[component]
pub fn Unanswered<A: Page>(
    /// The list
    rows: Scrolled<A>,
    /// Class of the place
    class: &'static str,
) -> impl IntoView {
    let state = use_state();
    let is_left_empty = Memo::new(move |_| state.failure.read().is_some() && !rows.pages.read().is_known());
    view! {
        <Show when=move || is_left_empty.get()>
            <p class=class>"Nothing is listed: the question could not be answered. What to do stands above."</p>
        </Show>
    }
}
