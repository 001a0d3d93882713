//! System, light, dark: one button that goes round.

use leptos::prelude::*;

use crate::platform::theme::Theme;
use crate::state::use_state;

/// The button; its word is the theme in force.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let state = use_state();
    let word = move || match state.theme.get() {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    view! {
        <button
            class="btn"
            type="button"
            data-testid="theme-toggle"
            title="Colours: as the system, light, dark"
            aria-label=move || format!("{} colours. Change", word())
            on:click=move |_| state.theme.update(|t| *t = t.next())
        >
            {word}
        </button>
    }
}
