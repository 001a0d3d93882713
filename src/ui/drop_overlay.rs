//! The whole window takes files: what shows while some are held over it.

use leptos::prelude::*;

use crate::platform::files::{self, Drag};
use crate::state::use_state;

/// Listens to the window, and covers it while files are over it.
#[component]
pub fn DropOverlay() -> impl IntoView {
    let state = use_state();
    let over = RwSignal::new(false);
    files::on_drag(move |drag| match drag {
        Drag::Over => over.maybe_update(|o| !std::mem::replace(o, true)),
        Drag::Away => over.set(false),
        Drag::Dropped(files) => {
            over.set(false);
            state.open_in_background(files);
        }
    });
    view! {
        <Show when=move || over.get()>
            <div class="drop_overlay" aria-hidden="true">
                <div class="drop_overlay-frame">
                    <strong>"Drop to open"</strong>
                    <span>"Read here, on this machine. Nothing leaves this page."</span>
                </div>
            </div>
        </Show>
    }
}
