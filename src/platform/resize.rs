//! The size of an element, whenever it changes.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

/// Watches an element until it is dropped.
#[derive(Debug)]
pub struct Watch {
    observer: Option<ResizeObserver>,
    /// The observer calls it: it lives as long.
    _called: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Calls with the inner height of the element, as soon as it is laid out and whenever it changes. Asking for
/// it at once would make the browser lay out a page that is still being drawn.
pub fn on_resize(element: &Element, changed: impl Fn(f64) + 'static) -> Watch {
    let called = Closure::new(move |entries: Array| {
        let entry = entries.get(0).dyn_into::<ResizeObserverEntry>().ok();
        if let Some(entry) = entry {
            changed(f64::from(entry.target().client_height()));
        }
    });
    let observer = ResizeObserver::new(called.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    Watch { observer, _called: called }
}
