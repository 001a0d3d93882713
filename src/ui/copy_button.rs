//! Copying: what is shown first, the original as a deliberate second action.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::clipboard;

/// "Copy" for the safe text; "Copy original" beside it when that is another text.
#[component]
pub fn CopyButton(
    /// What is shown
    safe: Signal<String>,
    /// What the export has; default nothing else than what is shown
    #[prop(optional, into)]
    original: String,
) -> impl IntoView {
    let said = RwSignal::new("");
    let copy = move |text: String| {
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            said.try_set(if done { "copied" } else { "not allowed here" });
            let clear = move || {
                said.try_set("");
            };
            set_timeout(clear, std::time::Duration::from_millis(1500));
        });
    };
    let original = StoredValue::new(original);
    let differs = move || original.with_value(|o| !o.is_empty() && *o != *safe.read());
    view! {
        <span class="copy_button">
            <button type="button" on:click=move |_| copy(safe.get_untracked())>"Copy"</button>
            <Show when=differs>
                <button
                    type="button"
                    title="As in the export: may be a live link"
                    on:click=move |_| copy(original.get_value())
                >
                    "Copy original"
                </button>
            </Show>
            <span role="status">{said}</span>
        </span>
    }
}
