//! `window.clickglass`: the engine for scripts. Documented in `docs/api.md`.

use clicks::api;
use clicks::protocol::{Failure, Request, Response};
use js_sys::{Array, JSON, Object, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Blob, File};

use super::download;
use super::engine::EngineClient;

/// Opens files as a drop does.
pub type Opener = std::rc::Rc<dyn Fn(Vec<File>) -> Promise>;

/// Puts the API on the window. `open` is what a drop does.
pub fn install(engine: EngineClient, open: Opener) {
    let object = Object::new();
    let ready = future_to_promise(async move {
        engine.ready().await;
        Ok(JsValue::TRUE)
    });
    set(&object, "ready", &ready);
    for method in ["report", "topUrls", "topUsers", "query", "rows", "dashboard", "trust"] {
        let call = move |params: JsValue| -> Promise {
            future_to_promise(async move { ask(engine, method, &params).await.map_err(|f| thrown(&f)) })
        };
        set(&object, method, &function(call));
    }
    let call = move |params: JsValue| -> Promise {
        future_to_promise(async move { export(engine, &params).await.map_err(|f| thrown(&f)) })
    };
    set(&object, "export", &function(call));
    set(&object, "open", &function(move |files: JsValue| open(files_of(&files))));
    set(&js_sys::global(), "clickglass", &object);
}

/// A result or a failure as a promise of plain JSON.
pub fn promised<T: serde::Serialize + 'static>(
    work: impl Future<Output = Result<T, Failure>> + 'static,
) -> Promise {
    future_to_promise(async move {
        let value = work.await.map_err(|f| thrown(&f))?;
        Ok(script_value(&serde_json::json!(value)))
    })
}

async fn ask(engine: EngineClient, method: &str, params: &JsValue) -> Result<JsValue, Failure> {
    let params = json_value(params)?;
    let request = api::request(method, &params)?;
    if request == Request::Trust {
        return match engine.ask(request).await? {
            Response::Trust(trust) => Ok(script_value(&serde_json::json!(trust))),
            _ => Err(Failure::default()),
        };
    }
    // Tables may be large; the text goes straight to the browser's own reader.
    let text = engine.ask_text(&request).await?;
    let answer = JSON::parse(&text).unwrap_or(JsValue::NULL);
    let member = |name: &str| Reflect::get(&answer, &name.into()).unwrap_or(JsValue::NULL);
    match member("answer").as_string().as_deref() {
        Some("failed") => Err(serde_json::from_str(&text).unwrap_or_default()),
        Some("tables") if params.is_array() => Ok(member("tables")),
        Some("tables") => Ok(Array::from(&member("tables")).get(0)),
        _ => {
            let object: &Object = answer.unchecked_ref();
            Reflect::delete_property(object, &"answer".into()).ok();
            Ok(answer)
        }
    }
}

/// `{format, filter, columns, orderBy, defang, download}` → `{name, format, text}`; `download: true` also
/// saves the file.
async fn export(engine: EngineClient, params: &JsValue) -> Result<JsValue, Failure> {
    let params = json_value(params)?;
    let format = params.get("format").and_then(Value::as_str).unwrap_or("csv").to_owned();
    let defang = params.get("defang").and_then(Value::as_bool).unwrap_or(true);
    let (name, blob) = engine.export_as(&format, api::rows_params(&params)?, defang).await?;
    if params.get("download").and_then(Value::as_bool) == Some(true) {
        download::save(&name, &blob);
    }
    let answer = Object::new();
    set(&answer, "name", &name.into());
    set(&answer, "format", &format.into());
    set(&answer, "text", &text_of(&blob).await);
    Ok(answer.into())
}

async fn text_of(blob: &Blob) -> JsValue {
    JsFuture::from(blob.text()).await.unwrap_or(JsValue::NULL)
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a member of a plain object cannot fail.
    Reflect::set(object, &name.into(), value).ok();
}

fn function(call: impl Fn(JsValue) -> Promise + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue) -> Promise>::new(call).into_js_value()
}

fn files_of(files: &JsValue) -> Vec<File> {
    if let Some(file) = files.dyn_ref::<File>() {
        return vec![file.clone()];
    }
    let list = Array::from(files);
    list.iter().filter_map(|f| f.dyn_into().ok()).collect()
}

fn json_value(value: &JsValue) -> Result<Value, Failure> {
    if value.is_undefined() || value.is_null() {
        return Ok(Value::Null);
    }
    let text = JSON::stringify(value).ok().and_then(|t| t.as_string()).unwrap_or_default();
    serde_json::from_str(&text)
        .map_err(|e| clicks::engine::bad_request(format!("The parameters are no plain JSON: {e}.")))
}

fn script_value(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL)
}

/// A failure as an `Error` that carries its members.
fn thrown(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    if let Ok(members) = serde_json::to_value(failure)
        && let Some(members) = members.as_object()
    {
        for (name, value) in members {
            set(error.as_ref(), name, &script_value(value));
        }
    }
    error.into()
}
