//! What the keys do, and what the words mean.

use leptos::prelude::*;

use crate::commands::COMMANDS;
use crate::state::{Dialog, use_state};
use crate::ui::Modal;

/// What keys do where the focus is; those that work anywhere are [`COMMANDS`] and the pages.
const KEYS: [(&str, &str); 12] = [
    ("Ctrl V", "open what is on the clipboard"),
    ("Esc", "close what is open; stop loading"),
    ("← ↑ → ↓", "move in a table or list"),
    ("Page, Home, End", "move further; with Ctrl to the first or last"),
    ("j, k", "the next click, the one before; also while one is open"),
    ("Enter", "every field of the click; in a list, what the number counts"),
    ("Shift Enter", "in a list, all but this one"),
    ("m", "the menu of the value: filter, copy, sort, widen"),
    ("Space", "only clicks with this value; with Shift all but them"),
    ("Ctrl C", "copy the cell, defanged"),
    ("Shift click", "leave a value out; on a heading, add a sort key"),
    ("Enter in a filter", "the first value that was found"),
];

/// The words of the field as this page uses them; in full in `docs/words.md`.
const WORDS: [(&str, &str); 18] = [
    ("click", "one record of an export that is a click; duplicates count once"),
    (
        "verdict",
        "what the scan said when the link was clicked: Malicious, Block list, Pending, Safe, Unknown",
    ),
    ("block list", "a verdict: on a block list of the tenant; no threat was named"),
    ("action", "what happened then: Allowed, Blocked, User override, Error or waiting page, Unknown"),
    ("raw action", "the export's own word for it"),
    ("user override", "clicked through a warning or waiting page"),
    ("reached", "Allowed or user override: the page was opened"),
    (
        "reached, not safe",
        "reached, and the verdict is Malicious, Block list or Pending: the number to act on",
    ),
    ("attempt", "what one person did with one link: block, override, retry"),
    ("override rate", "attempts with an override, of attempts that were shown a warning or waiting page"),
    (
        "gravest first",
        "reached and Malicious, reached and Blocked or Pending, then what was not reached, then Unknown and Safe",
    ),
    ("in view", "what passes the filters"),
    ("not in this export", "the file has no such column: nothing can be said, and nothing is guessed"),
    ("defanged", "written so that nothing makes it a link: hxxps://evil[.]example"),
    ("UPN", "the account name; it may differ from the mail address"),
    ("refused", "a record that should have been used and could not be"),
    ("skipped", "a record of another table, a repeated header, a scan that nobody clicked"),
    (
        "duplicate",
        "a record of a click that another record was counted for: repeated, or told of by another export",
    ),
];

/// The dialog.
#[component]
pub fn Help() -> impl IntoView {
    let state = use_state();
    let line = |key: &'static str, what: &'static str| {
        view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> }
    };
    let pages = view! {
        <div><dt><kbd>"1 – 9"</kbd></dt><dd>"the first nine pages of the bar at the top"</dd></div>
    };
    view! {
        <Modal dialog=Dialog::Help label="Keys and words">
            <h2>"Keys"</h2>
            <dl class="help">
                {COMMANDS.into_iter().filter(|c| !c.key.is_empty()).map(|c| line(c.key, c.label)).collect_view()}
                {pages}
                {KEYS.map(|(key, what)| line(key, what)).collect_view()}
            </dl>
            <h2 class="help-words">"Words"</h2>
            <dl class="help">
                {WORDS.map(|(word, means)| view! { <div><dt>{word}</dt><dd>{means}</dd></div> }).collect_view()}
            </dl>
            <p class="dialog-foot">
                <span>"On a Mac, Cmd in place of Ctrl. Nothing leaves this page: its policy forbids every load from a network."</span>
                <button class="btn primary" type="button" on:click=move |_| state.dialog.set(None)>"Close"</button>
            </p>
        </Modal>
    }
}
