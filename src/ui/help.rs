//! What the keys do.

use leptos::html;
use leptos::prelude::*;

use crate::platform::page;
use crate::state::{Dialog, use_state};

const KEYS: [(&str, &str); 11] = [
    ("Ctrl O", "open files"),
    ("Ctrl V", "open what is on the clipboard"),
    ("/", "search"),
    ("?", "this help"),
    ("Esc", "close what is open"),
    ("← ↑ → ↓", "move in the table"),
    ("Page, Home, End", "move further; with Ctrl to the first or last click"),
    ("Enter", "every field of the click"),
    ("Space", "only clicks with this value; with Shift all but them"),
    ("Ctrl C", "copy the cell, defanged"),
    ("Shift click", "leave a value out; on a heading, add a sort key"),
];

/// The dialog.
#[component]
pub fn Help() -> impl IntoView {
    let state = use_state();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(element) = dialog.get() else { return };
        if state.dialog.get() == Some(Dialog::Help) {
            page::show_modal(&element);
        } else {
            element.close();
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label="Keys"
            on:close=move |_| state.dialog.maybe_update(|d| (*d == Some(Dialog::Help)).then(|| *d = None).is_some())
        >
            <h2>"Keys"</h2>
            <dl class="help">
                {KEYS.map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> }).collect_view()}
            </dl>
            <p class="dialog-foot">
                <span>"On a Mac, Cmd in place of Ctrl. Nothing leaves this page: its policy forbids every load from a network."</span>
                <button class="btn primary" type="button" on:click=move |_| state.dialog.set(None)>"Close"</button>
            </p>
        </dialog>
    }
}
