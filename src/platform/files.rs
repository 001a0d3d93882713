//! Files, however they come: chosen, dropped or pasted.

use js_sys::Array;
use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsCast;
pub use web_sys::File;
use web_sys::{DataTransfer, Event, EventTarget, FileList, HtmlInputElement, HtmlTextAreaElement};

/// What a drag over the window means.
#[derive(Clone, Debug)]
pub enum Drag {
    /// Files are over the window.
    Over,
    /// They left again.
    Away,
    /// They were let go.
    Dropped(Vec<File>),
}

/// The files that were chosen in an input. The input is emptied, so that the same file can be chosen again.
pub fn chosen(event: &Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map(|list| listed(&list)).unwrap_or_default();
    input.set_value("");
    files
}

/// The text of a small file; none when it cannot be read.
pub async fn text_of(file: &File) -> Option<String> {
    let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok()?;
    text.as_string()
}

/// Calls for files that are dragged over the window, anywhere on it.
pub fn on_drag(called: impl Fn(Drag) + Clone + 'static) {
    let (over, away, dropped) = (called.clone(), called.clone(), called);
    window_event_listener(ev::dragover, move |event| {
        if event.data_transfer().is_some_and(|d| has_files(&d)) {
            event.prevent_default();
            over(Drag::Over);
        }
    });
    window_event_listener(ev::dragleave, move |event| {
        // Without a related target the pointer left the window itself.
        if event.related_target().is_none() {
            away(Drag::Away);
        }
    });
    window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        let files = event.data_transfer().and_then(|d| d.files()).map(|list| listed(&list));
        dropped(Drag::Dropped(files.unwrap_or_default()));
    });
}

/// Calls for files or text that are pasted outside of a text field.
pub fn on_paste(called: impl Fn(Vec<File>) + 'static) {
    window_event_listener(ev::paste, move |event| {
        if event.target().as_ref().is_some_and(takes_text) {
            return;
        }
        let Some(data) = event.clipboard_data() else {
            return;
        };
        let mut files = data.files().map(|list| listed(&list)).unwrap_or_default();
        if files.is_empty() {
            let text = data.get_data("text/plain").unwrap_or_default();
            files.extend(file_of_text(&text));
        }
        if !files.is_empty() {
            event.prevent_default();
            called(files);
        }
    });
}

/// A pasted text as a file, named for what it looks like; none for blank text.
pub fn file_of_text(text: &str) -> Option<File> {
    let start = text.trim_start().chars().next()?;
    let name = if matches!(start, '{' | '[') { "pasted.json" } else { "pasted.csv" };
    File::new_with_str_sequence(&Array::of1(&text.into()), name).ok()
}

fn listed(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|i| list.get(i)).collect()
}

fn has_files(data: &DataTransfer) -> bool {
    data.types().iter().any(|t| t.as_string().as_deref() == Some("Files"))
}

/// Whether the target is a field that text is written into.
pub fn takes_text(target: &EventTarget) -> bool {
    target.dyn_ref::<HtmlTextAreaElement>().is_some()
        || target
            .dyn_ref::<HtmlInputElement>()
            .is_some_and(|input| !matches!(input.type_().as_str(), "checkbox" | "radio" | "file"))
}
