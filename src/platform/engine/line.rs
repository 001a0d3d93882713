//! One worker: made from the text that the page carries, and ended for good.
//!
//! Must not know what is said over it.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

use super::message::{Message, Received};

/// A worker that runs the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Line(Worker);

impl Line {
    /// Makes a worker and gives it the compiled program. `told` gets its messages, `failed` what it said when it
    /// stopped; each with the line that it came over.
    pub fn open(
        told: impl Fn(&Line, Received) + 'static,
        failed: impl Fn(&Line, &str) + 'static,
    ) -> Result<Line, JsValue> {
        let carried = Reflect::get(&js_sys::global(), &"__clickglass".into())?;
        let source = Reflect::get(&carried, &"workerSource".into())?;
        let module = Reflect::get(&carried, &"module".into())?;
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source), &options)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let line = Line(Worker::new(&url)?);
        let (from, on) = (line.clone(), line.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            told(&from, Received::read(event.data()));
        });
        let on_error =
            Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| failed(&on, &event.message()));
        line.0.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        line.0.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // Both live as long as the page: a new worker is made only after one has failed.
        on_message.forget();
        on_error.forget();
        line.0.post_message(Message::new("program").with("module", &module).object())?;
        Ok(line)
    }

    /// Posts a message.
    pub fn post(&self, message: &Message) {
        // Posting fails only for values that cannot be cloned; ours are text, numbers, files and buffers.
        self.0.post_message_with_transfer(message.object(), &message.transfer).ok();
    }

    /// Ends the worker at once, whatever it does, and gives its memory back.
    pub fn close(&self) {
        self.0.set_onmessage(None);
        self.0.set_onerror(None);
        self.0.terminate();
    }
}
