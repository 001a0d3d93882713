//! Printing: asking for it, and knowing that it happens.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::{request_animation_frame, window, window_event_listener};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

thread_local! {
    /// Not every engine answers the media query `print` while it prints: Firefox prints a copy of the document.
    static ON_PAPER: Cell<bool> = const { Cell::new(false) };
}

/// Whether the page is being printed.
pub fn is_on_paper() -> bool {
    ON_PAPER.get()
}

/// Opens the browser's print dialog, with the page as it goes on paper: what a browser tells from within its own call
/// is drawn too late.
pub fn print() {
    tell("beforeprint");
    request_animation_frame(|| {
        request_animation_frame(|| {
            if window().print().is_err() {
                leptos::logging::warn!("this browser does not print");
                tell("afterprint");
            }
        });
    });
}

fn tell(event: &str) {
    drop(Event::new(event).map(|event| window().dispatch_event(&event)));
}

/// Somebody presses something: where the page is still said to be on paper and is not, nobody said that it was not
/// printed.
fn end_what_was_forgotten() {
    let is_print = || window().match_media("print").ok().flatten().is_some_and(|query| query.matches());
    if is_on_paper() && !is_print() {
        tell("afterprint");
    }
}

/// Calls before and after the page is printed, or shown as if it were, with whether it is. To be called before anything
/// that draws asks [`is_on_paper`].
pub fn on_print(changed: impl Fn(bool) + Clone + 'static) {
    let changed = move |now| {
        ON_PAPER.set(now);
        changed(now);
    };
    let (begins, ends) = (changed.clone(), changed.clone());
    window_event_listener(ev::beforeprint, move |_| begins(true));
    window_event_listener(ev::afterprint, move |_| ends(false));
    window_event_listener(ev::pointerdown, |_| end_what_was_forgotten());
    window_event_listener(ev::keydown, |_| end_what_was_forgotten());
    // A preview in the developer tools says so in this way alone.
    if let Ok(Some(query)) = window().match_media("print") {
        let asked = query.clone();
        let told: Closure<dyn FnMut()> = Closure::new(move || changed(asked.matches()));
        query.add_event_listener_with_callback("change", told.as_ref().unchecked_ref()).ok();
        told.forget();
    }
}
