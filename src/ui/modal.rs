//! A dialog over the page, with the focus kept inside.

use leptos::html;
use leptos::prelude::*;

use crate::platform::page;
use crate::state::{Dialog, use_state};

/// The dialog; it shows itself while it is the one that is open. What is inside stays when it closes.
#[component]
pub fn Modal(
    /// Which one it is
    dialog: Dialog,
    /// What it is for
    label: &'static str,
    /// A class beside its own; default none
    #[prop(optional)]
    class: &'static str,
    /// What is inside
    children: Children,
) -> impl IntoView {
    let state = use_state();
    let whole = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(element) = whole.get() else { return };
        if state.dialog.get() == Some(dialog) {
            page::show_modal(&element);
        } else {
            element.close();
        }
    });
    // Closed by the browser, as Escape does.
    let closed =
        move |_| state.dialog.maybe_update(|open| (*open == Some(dialog)).then(|| *open = None).is_some());
    view! {
        <dialog class=format!("dialog {class}") node_ref=whole aria-label=label on:close=closed>
            {children()}
        </dialog>
    }
}
