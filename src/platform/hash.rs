//! The hash of the address, and its history.

use leptos::ev;
use leptos::prelude::{window, window_event_listener};
use wasm_bindgen::JsValue;

/// The hash without its `#`; empty without one.
pub fn current() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// A new entry in the history. It is marked as one that the page made.
pub fn push(hash: &str) {
    let done =
        window().history().and_then(|h| h.push_state_with_url(&JsValue::TRUE, "", Some(&address(hash))));
    if done.is_err() {
        fall_back(hash);
    }
}

/// The same entry in the history, under another address; marked as well.
pub fn replace(hash: &str) {
    let done =
        window().history().and_then(|h| h.replace_state_with_url(&JsValue::TRUE, "", Some(&address(hash))));
    if done.is_err() {
        fall_back(hash);
    }
}

/// Calls when somebody goes back or forward, or edits the address.
pub fn on_change(changed: impl Fn() + Clone + 'static) {
    let again = changed.clone();
    window_event_listener(ev::popstate, move |_| changed());
    window_event_listener(ev::hashchange, move |_| again());
}

/// Whether the entry at hand is one that the page made: somebody went back or forward to it. One that somebody wrote by
/// hand is not marked.
pub fn is_of_page() -> bool {
    window().history().and_then(|h| h.state()).is_ok_and(|state| state.is_truthy())
}

/// The page's own address with this hash: an empty one is left out, as `#` alone scrolls to the top.
fn address(hash: &str) -> String {
    if hash.is_empty() {
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        path + &location.search().unwrap_or_default()
    } else {
        format!("#{hash}")
    }
}

/// Some engines refuse history entries for files; setting the hash always works.
fn fall_back(hash: &str) {
    if window().location().set_hash(hash).is_err() {
        leptos::logging::warn!("the address of this view cannot be kept");
    }
}
