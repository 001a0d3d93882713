//! That a file was removed, and the way back: over the page, for what moves under a pointer is pressed by mistake.

use leptos::prelude::*;

use super::{rescue_focus, words};
use crate::state::use_state;

/// The notice, until somebody closes it or opens something else.
#[component]
pub fn RemovalNotice() -> impl IntoView {
    let state = use_state();
    let close = move |_| {
        state.outcome.update(|outcome| outcome.removed = None);
        rescue_focus();
    };
    view! {
        <div class="removal_notice-place" role="status" data-testid="removal-notice">
            {move || state.outcome.get().removed.map(|removed| view! {
                <p class="removal_notice">
                    <span>
                        <b>{words::defanged_inside(&removed.name)}</b> " was removed."
                        {(removed.closed > 0).then(|| format!(
                            " No other file has a click: {} closed too.",
                            words::counted(removed.closed, "file was", "files were")
                        ))}
                    </span>
                    <button class="btn" type="button" data-testid="undo-removal" on:click=move |_| state.take_back_removal()>"Undo"</button>
                    <button class="link" type="button" aria-label="Close" title="Close (Esc)" on:click=close>"×"</button>
                </p>
            })}
        </div>
    }
}
