//! Opening the text of an export from the clipboard.

use leptos::html;
use leptos::prelude::*;

use super::Modal;
use crate::platform::files;
use crate::state::{Dialog, LoadState, use_state};

/// The dialog: a field to paste into, which needs no permission.
#[component]
pub fn PasteDialog() -> impl IntoView {
    let state = use_state();
    let field = NodeRef::<html::Textarea>::new();
    // What could not be opened stays, to be mended.
    Effect::new(move || {
        let is_open = matches!(*state.load.read(), LoadState::Ready(_));
        if let (true, Some(field)) = (is_open, field.get()) {
            field.set_value("");
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
        <Modal dialog=Dialog::Paste label="Paste an export">
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
        </Modal>
    }
}
