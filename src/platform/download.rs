//! Saving a file: an object URL and a link that exists for one click.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
pub use web_sys::Blob;
use web_sys::{HtmlAnchorElement, Url};

/// Saves a blob under a file name. Says whether the browser was asked to.
pub fn save(name: &str, blob: &Blob) -> bool {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return false;
    };
    let link = document().create_element("a").ok().and_then(|a| a.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link else { return false };
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken the blob when the click returns, but some read it later: a minute is plenty.
    leptos::prelude::set_timeout(
        move || {
            Url::revoke_object_url(&url).ok();
        },
        std::time::Duration::from_secs(60),
    );
    true
}

/// Saves a text under a file name. Says whether the browser was asked to.
pub fn save_text(name: &str, text: &str, media_type: &str) -> bool {
    text_blob(text, media_type).is_some_and(|blob| save(name, &blob))
}

/// A text as a file in memory.
pub fn text_blob(text: &str, media_type: &str) -> Option<Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options).ok()
}
