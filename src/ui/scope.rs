//! How many of how many clicks are in view, of what, in which zone.

use leptos::prelude::*;

use super::words;
use crate::state::use_state;

/// "6 of 129 clicks · 1 file · UTC".
#[component]
pub fn Scope() -> impl IntoView {
    let state = use_state();
    let text = move || {
        let dashboard = state.dashboard.read();
        let Some(d) = dashboard.as_ref() else {
            let failed = state.failure.read().is_some();
            return if failed { "not counted" } else { "Counting …" }.to_owned();
        };
        format!(
            "{} of {} · {} · {}",
            words::number(d.totals.clicks),
            words::counted(d.all_clicks, "click", "clicks"),
            words::counted(u64::from(d.files), "file", "files"),
            clicks::model::text::shown(&d.zone),
        )
    };
    view! { <p class="scope" data-testid="scope" role="status">{text}</p> }
}
