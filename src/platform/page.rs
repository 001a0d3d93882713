//! The page as a whole: title, keys, focus, scrolling to a place.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::{IntoView, document, window, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, EventTarget, FocusOptions, HtmlDialogElement, HtmlElement, Node, ScrollBehavior,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};
pub use web_sys::{FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};

/// Names the page in its tab and in print.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Gives the stylesheet a text as the custom property of this name, or takes it away. What would end the text early is
/// left out.
pub fn set_style_text(name: &str, text: Option<&str>) {
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let Some(style) = root.map(|root| root.style()) else { return };
    let plain =
        |text: &str| text.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect::<String>();
    match text {
        Some(text) => style.set_property(name, &format!("\"{}\"", plain(text))).ok(),
        None => style.remove_property(name).ok().map(drop),
    };
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

/// Puts the focus on the first element inside that matches, of the first selector that one does.
pub fn focus_first(inside: &Element, selectors: &[&str]) {
    let find = |selector: &&str| inside.query_selector(selector).ok().flatten()?.dyn_into().ok();
    if let Some(element) = selectors.iter().find_map(find) {
        focus(&element);
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

/// Scrolls what lies around an element no further than it takes to see it.
pub fn reveal(selector: &str) {
    if let Some(element) = document().query_selector(selector).ok().flatten() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static GUARDS: Cell<bool> = const { Cell::new(false) };
}

/// Asks before the page is left while something is not saved, or no longer.
pub fn guard_leaving(is_guarded: bool) {
    GUARDED.set(is_guarded);
    if !GUARDS.replace(true) {
        window_event_listener(ev::beforeunload, |event| {
            if GUARDED.get() {
                event.prevent_default();
                event.set_return_value("unsaved");
            }
        });
    }
}

/// How far the page is scrolled, in pixels.
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the page to a height, in pixels.
pub fn scroll_to_height(pixels: f64) {
    window().scroll_to_with_x_and_y(0.0, pixels);
}

/// Puts the focus on the element of this id.
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        focus(&element);
    }
}

/// Puts the focus on the element with this `data-testid`.
pub fn focus_testid(testid: &str) {
    if let Some(element) = by_testid(testid) {
        focus(&element);
    }
}

/// The same of several: the one at this place, or the last.
pub fn focus_one_of(testid: &str, place: u32) {
    let Ok(all) = document().query_selector_all(&format!("[data-testid=\"{testid}\"]")) else { return };
    let one = all.get(place.min(all.length().saturating_sub(1)));
    if let Some(element) = one.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        focus(&element);
    }
}

fn by_testid(testid: &str) -> Option<HtmlElement> {
    document().query_selector(&format!("[data-testid=\"{testid}\"]")).ok().flatten()?.dyn_into().ok()
}

/// Presses the button with this `data-testid`, as a finger would.
pub fn press(testid: &str) {
    if let Some(button) = by_testid(testid) {
        button.focus().ok();
        button.click();
    }
}

/// Whether an element has this id.
pub fn is_there(id: &str) -> bool {
    document().get_element_by_id(id).is_some()
}

/// Whether the element of this id has the focus.
pub fn has_focus(id: &str) -> bool {
    document().active_element().is_some_and(|element| element.id() == id)
}

/// Whether the focus is nowhere: what had it is gone.
pub fn has_no_focus() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Whether the target of an event lies in an element.
pub fn is_inside(element: &Element, target: Option<EventTarget>) -> bool {
    target.and_then(|t| t.dyn_into::<Node>().ok()).is_some_and(|node| element.contains(Some(&node)))
}

/// Shows a dialog over the page, with the focus kept inside.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if dialog.open() {
        return;
    }
    if dialog.show_modal().is_err() {
        dialog.set_open(true);
    }
    // The first thing in it that takes the focus may be its last line.
    dialog.set_scroll_top(0);
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

/// Where the pointer is, in pixels of the window.
pub fn place_of(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Just below the element of this id, in pixels of the window.
pub fn below(id: &str) -> Option<(f64, f64)> {
    document().get_element_by_id(id).map(|element| under(&element))
}

/// Just below an element, in pixels of the window.
pub fn under(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.left(), rect.bottom())
}

/// Whether the last pixels of the element that matches were clicked, so many of them.
pub fn is_at_end_of(event: &MouseEvent, selector: &str, pixels: f64) -> bool {
    let right = closest(event, selector).map(|element| element.get_bounding_client_rect().right());
    right.is_some_and(|right| f64::from(event.client_x()) > right - pixels)
}

/// Sends every further event of a pointer to the element it is on, until it is lifted.
pub fn keep_pointer(event: &PointerEvent) {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if let Some(element) = target {
        element.set_pointer_capture(event.pointer_id()).ok();
    }
}

/// Width and height of the window in pixels.
pub fn window_size() -> (f64, f64) {
    let pixels =
        |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|l| l.as_f64()).unwrap_or_default();
    (pixels(window().inner_width()), pixels(window().inner_height()))
}

/// Gives a length to the stylesheet.
pub fn set_length(name: &str, pixels: f64) {
    if let Some(root) = document().document_element().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        root.style().set_property(name, &format!("{pixels:.0}px")).ok();
    }
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
