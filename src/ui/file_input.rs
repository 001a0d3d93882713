//! The one real file input of the document, hidden; the buttons and the keys click it.

use leptos::prelude::*;

use crate::platform::files;
use crate::state::use_state;

/// The hidden input. It is always in the document, so that scripts and tests can set files on it.
#[component]
pub fn FileInput() -> impl IntoView {
    let state = use_state();
    view! {
        <input
            node_ref=state.picker
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            aria-hidden="true"
            data-testid="file-input"
            on:change=move |ev| state.open_chosen(files::chosen(&ev))
        />
    }
}
