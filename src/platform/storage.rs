//! What the browser remembers between visits. Nothing depends on it: a file opened from disk or a strict
//! setting may have no storage at all.

use leptos::prelude::window;

/// What was remembered under a name.
pub fn get(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Remembers a text under a name, where that is possible.
pub fn set(name: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Full or refused: then it is forgotten.
        storage.set_item(name, text).ok();
    }
}
