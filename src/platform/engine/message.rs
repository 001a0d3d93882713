//! What goes between page and worker: plain objects, text for the parts that are data.

use clicks::engine::DataToken;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// A message being written.
pub struct Message {
    /// What it is.
    pub kind: &'static str,
    object: Object,
    /// Buffers that are handed over instead of copied.
    pub transfer: Array,
}

impl Message {
    /// A message of a kind.
    pub fn new(kind: &'static str) -> Message {
        Message { kind, object: Object::new(), transfer: Array::new() }.with("kind", &kind.into())
    }

    /// Adds a member.
    pub fn with(self, name: &str, value: &JsValue) -> Message {
        // Setting a member of a plain object cannot fail.
        Reflect::set(&self.object, &name.into(), value).ok();
        self
    }

    /// Says which question it belongs to.
    pub fn id(self, id: u32) -> Message {
        self.with("id", &id.into())
    }

    /// Says which data it is about; for a load, what the data will be called.
    pub fn about(self, data: DataToken) -> Message {
        self.with("about", &data.0.into())
    }

    /// Adds data as JSON.
    pub fn body(self, body: &str) -> Message {
        self.with("body", &body.into())
    }

    /// Adds files.
    pub fn files(self, files: &[File]) -> Message {
        let list: Array = files.iter().map(JsValue::from).collect();
        self.with("files", &list)
    }

    /// The object to post.
    pub fn object(&self) -> &Object {
        &self.object
    }
}

/// A message that came.
pub struct Received {
    /// What it is.
    pub kind: String,
    /// Which question it belongs to.
    pub id: u32,
    /// Which data it is about; the first token of all, which no data has, where it does not say.
    pub about: DataToken,
    /// Data as JSON.
    pub body: String,
    /// An exported file.
    pub blob: JsValue,
    value: JsValue,
}

impl Received {
    /// Reads a message.
    pub fn read(value: JsValue) -> Received {
        let text = |name: &str| member(&value, name).as_string().unwrap_or_default();
        Received {
            kind: text("kind"),
            id: member(&value, "id").as_f64().unwrap_or(0.0) as u32,
            about: DataToken(member(&value, "about").as_f64().unwrap_or(0.0) as u32),
            body: text("body"),
            blob: member(&value, "blob"),
            value,
        }
    }

    /// The message as it came.
    pub fn value(&self) -> &JsValue {
        &self.value
    }

    /// A member of it.
    pub fn get(&self, name: &str) -> JsValue {
        member(&self.value, name)
    }

    /// A text of it.
    pub fn text(&self, name: &str) -> String {
        self.get(name).as_string().unwrap_or_default()
    }

    /// A number of it.
    pub fn number(&self, name: &str) -> f64 {
        self.get(name).as_f64().unwrap_or(0.0)
    }

    /// The files that came with it.
    pub fn files(&self) -> Vec<File> {
        let list = self.get("files");
        let list = list.dyn_ref::<Array>().map(|l| l.iter().collect::<Vec<JsValue>>()).unwrap_or_default();
        list.into_iter().filter_map(|f| f.dyn_into().ok()).collect()
    }
}

fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
