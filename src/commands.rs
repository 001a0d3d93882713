//! What can be done from anywhere, each with its name and its key. The keyboard, the menus, the palette and the help all
//! read this table.
//!
//! Owns which there are. Must not know pages: their keys are the digits, in the order of the navigation.

use clicks::query::Filter;
use leptos::prelude::*;

use crate::platform::engine::ExportFormat;
use crate::platform::page::{self, KeyboardEvent};
use crate::platform::paper;
use crate::state::{AppState, Dialog, PageId};

/// Something that can be done.
pub struct Command {
    /// What it is called.
    pub label: &'static str,
    /// Its key as a reader is told: `Ctrl K`, `/`. Empty without one.
    pub key: &'static str,
    /// It is about what is open.
    pub needs_data: bool,
    /// Does it.
    pub run: fn(AppState),
}

/// Opens [`Dialog::Palette`].
pub const PALETTE: Command = Command {
    label: "Go to, filter, do …",
    key: "Ctrl K",
    needs_data: true,
    run: |state| state.dialog.set(Some(Dialog::Palette)),
};

/// Adds to what is open.
pub const ADD: Command =
    Command { label: "Add files", key: "", needs_data: true, run: |state| state.pick_more_files() };

/// Prints the page.
pub const PRINT: Command =
    Command { label: "Print, or save as PDF", key: "", needs_data: true, run: |_| paper::print() };

/// Opens [`Dialog::Help`].
pub const HELP: Command = Command {
    label: "Keys and words",
    key: "?",
    needs_data: false,
    run: |state| state.dialog.set(Some(Dialog::Help)),
};

/// All of them, in the order of the palette.
pub const COMMANDS: [&Command; 10] = [
    &PALETTE,
    &Command { label: "Open files", key: "Ctrl O", needs_data: false, run: |state| state.pick_files() },
    &ADD,
    &Command { label: "Search", key: "/", needs_data: true, run: search },
    &Command {
        label: "Export",
        key: "e",
        needs_data: true,
        run: |state| page::press(if state.room.is_phone.get_untracked() { "more" } else { "export" }),
    },
    &Command {
        label: "Save clicks as CSV",
        key: "",
        needs_data: true,
        run: |state| state.save_clicks(ExportFormat::Csv),
    },
    &Command {
        label: "Save clicks as JSON",
        key: "",
        needs_data: true,
        run: |state| state.save_clicks(ExportFormat::Json),
    },
    &PRINT,
    &Command {
        label: "Clear all filters",
        key: "",
        needs_data: true,
        run: |state| state.refine(Filter::clear),
    },
    &HELP,
];

/// Goes to the field of the search: on a narrow screen it is behind a button, and a page without filters has none.
fn search(state: AppState) {
    page::focus_id("search");
    if page::has_focus("search") {
        return;
    }
    if page::is_there("search") {
        page::press("filters-button");
    } else {
        state.go(PageId::CLICKS);
    }
    set_timeout(|| page::focus_id("search"), std::time::Duration::from_millis(80));
}

/// The command of a key that was pressed, where it can be done now.
pub fn of_key(state: AppState, event: &KeyboardEvent, in_text: bool) -> Option<&'static Command> {
    let ctrl = event.ctrl_key() || event.meta_key();
    let is = |command: &&&Command| match command.key.strip_prefix("Ctrl ") {
        Some(key) => ctrl && !event.shift_key() && !event.alt_key() && event.key().eq_ignore_ascii_case(key),
        None => !command.key.is_empty() && !ctrl && !in_text && event.key() == command.key,
    };
    let found = COMMANDS.iter().find(is).copied()?;
    (!found.needs_data || state.data().is_some()).then_some(found)
}
