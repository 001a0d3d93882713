//! Opening the text of an export from the clipboard.

use leptos::html;
use leptos::prelude::*;

use crate::platform::{files, page};
use crate::state::{Dialog, use_state};

/// The dialog: a field to paste into, which needs no permission.
#[component]
pub fn PasteDialog() -> impl IntoView {
    let state = use_state();
    let dialog = NodeRef::<html::Dialog>::new();
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move || {
        let (Some(element), Some(field)) = (dialog.get(), field.get()) else {
            return;
        };
        if state.dialog.get() == Some(Dialog::Paste) {
            field.set_value("");
            page::show_modal(&element);
        } else {
            element.close();
        }
    });
    let open = move |_| {
        let text = field.get_untracked().map(|f| f.value()).unwrap_or_default();
        if let Some(file) = files::file_of_text(&text) {
            state.dialog.set(None);
            state.open_in_background(vec![file]);
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label="Paste an export"
            on:close=move |_| state.dialog.maybe_update(|d| (*d == Some(Dialog::Paste)).then(|| *d = None).is_some())
        >
            <h2>"Paste an export"</h2>
            <p>"The text of a CSV or JSON export, with its header."</p>
            <textarea
                node_ref=field
                class="paste_dialog-text"
                rows="10"
                spellcheck="false"
                autofocus
                aria-label="Text of the export"
                data-testid="paste-text"
            ></textarea>
            <p class="dialog-foot">
                <button class="btn" type="button" on:click=move |_| state.dialog.set(None)>"Close"</button>
                <button class="btn primary" type="button" data-testid="paste-open" on:click=open>"Open this text"</button>
            </p>
        </dialog>
    }
}
