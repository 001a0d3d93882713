//! What kind of window the page is in.

use leptos::prelude::{GetUntracked as _, RwSignal, Set as _, window};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Whether a media query matches, kept up to date for as long as the page is there.
pub fn matches(query: &str) -> RwSignal<bool> {
    let matches = RwSignal::new(false);
    if let Ok(Some(list)) = window().match_media(query) {
        matches.set(list.matches());
        let asked = list.clone();
        let told: Closure<dyn FnMut()> = Closure::new(move || {
            if asked.matches() != matches.get_untracked() {
                matches.set(asked.matches());
            }
        });
        list.add_event_listener_with_callback("change", told.as_ref().unchecked_ref()).ok();
        told.forget();
    }
    matches
}
