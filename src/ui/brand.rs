//! Name and sign.

use leptos::prelude::*;

/// The name with its sign: a lens over a pointer.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <span class="brand">
            <svg class="brand-sign" viewBox="0 0 20 20" fill="none" aria-hidden="true">
                <circle cx="8.5" cy="8.5" r="5.8" stroke="currentColor" stroke-width="1.7"/>
                <path d="M12.9 12.9 18 18" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>
                <path d="M6.5 5.4v6l1.6-1.4 1.1 2.3 1.2-.6-1.1-2.2h2.1z" fill="currentColor"/>
            </svg>
            <span class="brand-name">"Clickglass"</span>
        </span>
    }
}
