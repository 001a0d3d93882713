//! What became of the engine: that it does not answer, or that it was started again.

use leptos::prelude::*;

use super::FailureMessage;
use crate::state::use_state;

/// The notices, while there are any.
#[component]
pub fn EngineNotice() -> impl IntoView {
    let state = use_state();
    view! {
        <Show when=move || state.silent.get()>
            <div class="engine_notice" role="alert" data-testid="engine-silent">
                <p>
                    <b>"The engine has not answered for half a minute. "</b>
                    "It may be busy with something large: then waiting helps. Starting it again reads the same files once more."
                </p>
                <button
                    class="btn"
                    type="button"
                    data-testid="engine-restart"
                    on:click=move |_| state.restart_engine()
                >
                    "Start it again"
                </button>
            </div>
        </Show>
        <div class="engine_notice-restarted" data-testid="engine-restarted">
            {move || state.restarted.get().map(|failure| view! {
                <FailureMessage failure on_close=Callback::new(move |()| state.restarted.set(None))/>
            })}
        </div>
    }
}
