//! A line of a menu: it does something, and the menu closes.

use leptos::prelude::*;

use super::popover::ClosePopover;
use crate::commands::Command;
use crate::state::use_state;

/// The line.
#[component]
pub fn MenuItem(
    /// What it does
    #[prop(into)]
    label: Signal<String>,
    /// Test id; default none
    #[prop(optional, into)]
    testid: String,
    /// A few words at its end, such as a key or a size; default none
    #[prop(optional, into)]
    note: Signal<String>,
    /// It is what is in force; default not a choice
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// It cannot be done now; default no
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Does it
    on_press: Callback<()>,
) -> impl IntoView {
    let panel = ClosePopover::around();
    let press = move |_| {
        if let Some(panel) = panel {
            panel.close();
        }
        on_press.run(());
    };
    view! {
        <button
            class="menu_item"
            type="button"
            data-testid=(!testid.is_empty()).then_some(testid)
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=move || disabled.get()
            on:click=press
        >
            <span>{move || label.get()}</span>
            {move || Some(note.get()).filter(|n| !n.is_empty()).map(|n| view! { <span class="menu_item-note">{n}</span> })}
        </button>
    }
}

/// A line that does a command, with its key.
#[component]
pub fn CommandItem(
    /// The command
    command: &'static Command,
    /// Test id
    testid: &'static str,
) -> impl IntoView {
    let state = use_state();
    view! {
        <MenuItem
            label=Signal::stored(command.label.to_owned())
            testid
            note=Signal::stored(command.key.to_owned())
            on_press=Callback::new(move |()| (command.run)(state))
        />
    }
}
