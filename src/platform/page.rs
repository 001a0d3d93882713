//! The page as a whole: title, print, keys, scrolling to a place.

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::{IntoView, document, window, window_event_listener};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, EventTarget, FocusOptions, HtmlDialogElement, HtmlElement, Node, ScrollBehavior,
    ScrollIntoViewOptions,
};
pub use web_sys::{KeyboardEvent, MouseEvent};

/// Names the page in its tab and in print.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Opens the browser's print dialog.
pub fn print() {
    if window().print().is_err() {
        leptos::logging::warn!("this browser does not print");
    }
}

/// Calls before and after the page is printed, or shown as if it were, with whether it is.
pub fn on_print(changed: impl Fn(bool) + Clone + 'static) {
    let (begins, ends) = (changed.clone(), changed.clone());
    window_event_listener(ev::beforeprint, move |_| begins(true));
    window_event_listener(ev::afterprint, move |_| ends(false));
    // A preview in the developer tools says so in this way alone.
    if let Ok(Some(query)) = window().match_media("print") {
        let asked = query.clone();
        let told: Closure<dyn FnMut()> = Closure::new(move || changed(asked.matches()));
        query.add_event_listener_with_callback("change", told.as_ref().unchecked_ref()).ok();
        told.forget();
    }
}

/// Calls for every key pressed, with whether it goes into a text field.
pub fn on_key(pressed: impl Fn(&KeyboardEvent, bool) + 'static) {
    window_event_listener(ev::keydown, move |event| {
        let in_text = event.target().as_ref().is_some_and(super::files::takes_text);
        pressed(&event, in_text);
    });
}

/// Moves the focus to the next or the one before among what matches inside an element, and stays at the ends.
pub fn step_focus(inside: &Element, selector: &str, by: isize) {
    let found = js_sys::Reflect::get(inside, &"querySelectorAll".into())
        .and_then(JsCast::dyn_into::<js_sys::Function>)
        .and_then(|f| f.call1(inside, &selector.into()));
    let found = found.map_or_else(|_| Vec::new(), |list| js_sys::Array::from(&list).to_vec());
    let active = document().active_element();
    let at = found.iter().position(|e| e.dyn_ref::<Element>() == active.as_ref());
    let next = at.map_or(Some(0), |at| at.checked_add_signed(by));
    if let Some(element) = next.and_then(|i| found.get(i)?.dyn_ref::<HtmlElement>()) {
        element.focus().ok();
    }
}

/// Scrolls until the element of this id is at the top.
pub fn scroll_to(id: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    let options = ScrollIntoViewOptions::new();
    let calm =
        window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|q| q.matches());
    options.set_behavior(if calm { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts the focus on the element of this id.
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        focus(&element);
    }
}

/// Whether the target of an event lies in an element.
pub fn is_inside(element: &Element, target: Option<EventTarget>) -> bool {
    target.and_then(|t| t.dyn_into::<Node>().ok()).is_some_and(|node| element.contains(Some(&node)))
}

/// Shows a dialog over the page, with the focus kept inside.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if !dialog.open() && dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
}

/// Mounts a view in the element `app`, or the body without one, in place of what is there.
pub fn mount_in_app<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) {
    let document = document();
    let Some(place) = document.get_element_by_id("app").or_else(|| document.body().map(Into::into)) else {
        return;
    };
    place.set_text_content(None);
    leptos::mount::mount_to(place.unchecked_into(), view).forget();
}

/// Calls for every press of a pointer, with what it hit. Remove the handle when it is no longer needed.
pub fn on_press(pressed: impl Fn(Option<EventTarget>) + 'static) -> WindowListenerHandle {
    window_event_listener(ev::pointerdown, move |event| pressed(event.target()))
}

/// Whether an element lies more to the right than to the left of the window.
pub fn is_in_right_half(element: &Element) -> bool {
    let rect = element.get_bounding_client_rect();
    let width = window().inner_width().ok().and_then(|w| w.as_f64()).unwrap_or_default();
    rect.left() + rect.right() > width
}

/// The nearest element around what was clicked that matches a selector.
fn closest(event: &MouseEvent, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// A number that is written on the nearest element around what was clicked.
pub fn closest_number(event: &MouseEvent, selector: &str, attribute: &str) -> Option<u32> {
    closest(event, selector)?.get_attribute(attribute)?.parse().ok()
}

/// Whether what was clicked is inside an element that matches.
pub fn is_on(event: &MouseEvent, selector: &str) -> bool {
    closest(event, selector).is_some()
}

/// Whether some text is selected.
pub fn has_selection() -> bool {
    let selection = js_sys::Reflect::get(&window(), &"getSelection".into())
        .ok()
        .and_then(|f| f.dyn_into::<js_sys::Function>().ok())
        .and_then(|f| f.call0(&window()).ok());
    selection.and_then(|s| js_sys::Reflect::get(&s, &"isCollapsed".into()).ok()).is_some_and(|c| c.is_falsy())
}

/// Puts the focus on an element, without scrolling to it.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).ok();
}
