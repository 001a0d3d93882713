//! The colours that the stylesheet has in force, and word when they change.

use charts::{Look, RGBColor};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CssStyleDeclaration, EventTarget, HtmlElement, MutationObserver, MutationObserverInit};

use super::paper::is_on_paper;

/// The colours of the custom properties `--ink`, `--allowed`, … as they are for this element now. A property
/// that is missing keeps the value of the light theme.
pub fn look_of(element: &HtmlElement) -> Look {
    let mut look = Look::light();
    // Paper is light, whatever the screen is.
    if is_on_paper() {
        return look;
    }
    let Some(computed) = window().get_computed_style(element).ok().flatten() else { return look };
    let slots: [(&str, &mut RGBColor); 12] = [
        ("--ink", &mut look.ink),
        ("--ink2", &mut look.ink2),
        ("--ink3", &mut look.ink3),
        ("--line", &mut look.line),
        ("--panel", &mut look.panel),
        ("--allowed", &mut look.allowed),
        ("--blocked", &mut look.blocked),
        ("--override", &mut look.override_),
        ("--pending", &mut look.pending),
        ("--unknown", &mut look.unknown),
        ("--reached", &mut look.reached),
        ("--bad", &mut look.bad),
    ];
    for (name, slot) in slots {
        read(element, &computed, name, slot);
    }
    for (at, slot) in look.heat.iter_mut().enumerate() {
        read(element, &computed, &format!("--h{at}"), slot);
    }
    look
}

/// The colours of the page.
pub fn page_look() -> Look {
    document().body().map_or_else(Look::light, |body| look_of(&body))
}

fn read(element: &HtmlElement, computed: &CssStyleDeclaration, name: &str, slot: &mut RGBColor) {
    let Ok(written) = computed.get_property_value(name) else { return };
    let color = Look::color_from_css(&written).or_else(|| resolved(element, computed, name));
    if let Some(color) = color {
        *slot = color;
    }
}

/// The colour of a property that is written as a function, such as `light-dark()`: the browser works it out
/// when the element has it as its own colour.
fn resolved(element: &HtmlElement, computed: &CssStyleDeclaration, name: &str) -> Option<RGBColor> {
    let own = element.style();
    own.set_property("color", &format!("var({name})")).ok()?;
    let color = computed.get_property_value("color").ok()?;
    own.remove_property("color").ok()?;
    Look::color_from_css(&color)
}

/// Watches for other colours until it is dropped.
#[derive(Debug)]
pub struct ThemeWatch {
    observer: Option<MutationObserver>,
    /// What is listened to, and to which of its events.
    heard: Vec<(EventTarget, &'static str)>,
    called: Closure<dyn FnMut()>,
}

impl Drop for ThemeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        for (target, event) in &self.heard {
            target.remove_event_listener_with_callback(event, self.called.as_ref().unchecked_ref()).ok();
        }
    }
}

/// Calls whenever the page's colours may have changed: the reader chose a theme, the system changed it, or
/// the page is about to be printed.
pub fn on_theme_change(changed: impl FnMut() + 'static) -> ThemeWatch {
    let called: Closure<dyn FnMut()> = Closure::new(changed);
    let observer = MutationObserver::new(called.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(root)) = (&observer, document().document_element()) {
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_attribute_filter(&js_sys::Array::of1(&"data-theme".into()));
        observer.observe_with_options(&root, &options).ok();
    }
    let media =
        ["(prefers-color-scheme: dark)", "print"].map(|media| window().match_media(media).ok().flatten());
    let mut heard: Vec<(EventTarget, &'static str)> =
        media.into_iter().flatten().map(|query| (query.into(), "change")).collect();
    heard.extend(["beforeprint", "afterprint"].map(|event| (window().into(), event)));
    for (target, event) in &heard {
        target.add_event_listener_with_callback(event, called.as_ref().unchecked_ref()).ok();
    }
    ThemeWatch { observer, heard, called }
}
