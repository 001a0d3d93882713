//! How much room there is, and how much of it a row takes.

use leptos::prelude::*;

use super::AppState;
use crate::platform::{media, storage};

const STORED_AS: &str = "clickglass.rows";

/// Signals of the room.
#[derive(Clone, Copy)]
pub struct Room {
    /// A phone: rows are cards, menus are sheets. The stylesheet has the same width.
    pub is_phone: RwSignal<bool>,
    /// The detail has a place of its own beside the page. The stylesheet has the same width.
    pub has_dock: RwSignal<bool>,
    /// At their usual widths the columns up to the action would not fit, with the dock or without.
    pub is_tight: RwSignal<bool>,
    /// Rows are easier to hit and to read, and fewer.
    pub is_roomy: RwSignal<bool>,
}

impl Room {
    pub(super) fn new() -> Room {
        Room {
            is_phone: media::matches("(max-width: 900px)"),
            has_dock: media::matches("(min-width: 1280px)"),
            is_tight: media::matches("(max-width: 1100px), (min-width: 1280px) and (max-width: 1400px)"),
            is_roomy: RwSignal::new(storage::get(STORED_AS).as_deref() == Some("roomy")),
        }
    }

    /// Height of a row of a table in pixels.
    pub fn row(&self) -> f64 {
        if self.is_roomy.get() { 32.0 } else { 24.0 }
    }

    /// Changes how much room a row takes, and remembers it.
    pub fn set_roomy(&self, roomy: bool) {
        self.is_roomy.set(roomy);
        storage::set(STORED_AS, if roomy { "roomy" } else { "dense" });
    }
}

impl AppState {
    /// Rows are drawn as cards: on a phone, but not on paper.
    pub fn has_cards(&self) -> bool {
        self.room.is_phone.get() && !self.printing.get()
    }
}
