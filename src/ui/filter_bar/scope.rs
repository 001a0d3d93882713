//! How many of how many clicks are in view, of what, in which zone.

use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::{ZonePicker, words};

/// "6 of 129 clicks · 1 file", and the zone.
#[component]
pub fn Scope() -> impl IntoView {
    let state = use_state();
    let text = move || {
        let dashboard = state.dashboard.read();
        let Some(d) = dashboard.as_ref() else {
            let failed = state.failure.read().is_some();
            return if failed { "not counted" } else { "Counting …" }.to_owned();
        };
        format!("{} · {}", words::in_view(d), words::counted(u64::from(d.files), "file", "files"))
    };
    view! {
        <div class="scope">
            <p data-testid="scope" role="status">{text}</p>
            <ZonePicker/>
        </div>
    }
}
