//! Writing to the clipboard. Reading happens in paste events alone.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlTextAreaElement;

/// Copies a text; says whether that worked.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // A page served over plain http has no clipboard object.
    let there = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object());
    if there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// Copies a text, where nobody is told whether that worked.
pub fn copy_unsaid(text: String) {
    spawn_local(async move {
        copy(&text).await;
    });
}

/// The way before there was a clipboard object: select a text field and copy the selection.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = document();
    let field = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    field.set_class_name("visually-hidden");
    field.set_value(text);
    document.body()?.append_child(&field).ok()?;
    field.select();
    let exec = Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into::<Function>().ok();
    let done = exec.and_then(|f| f.call1(&document, &"copy".into()).ok()).is_some_and(|v| v.is_truthy());
    field.remove();
    Some(done)
}
