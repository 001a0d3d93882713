//! `window.clickglass`: the engine for scripts. Documented in `docs/api.md`.

use clicks::api;
use clicks::ask::Ask;
use clicks::engine::DataToken;
use clicks::query::{AskQuery, AskTrust};
use clicks::{Failure, FailureKind};
use js_sys::{Array, JSON, JsString, Object, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Blob, File, FileList};

use super::download;
use super::engine::{EngineClient, too_large};

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
    let insights = insights::api::METHODS.map(|(name, _)| name);
    for method in
        ["report", "topUrls", "topUsers", "query", "rows", "dashboard", "trust"].into_iter().chain(insights)
    {
        let call = move |params: JsValue| -> Promise {
            future_to_promise(async move { ask(engine, method, &params).await.map_err(|f| thrown(&f)) })
        };
        set(&object, method, &function(call));
    }
    let call = move |params: JsValue| -> Promise {
        future_to_promise(async move { export(engine, &params).await.map_err(|f| thrown(&f)) })
    };
    set(&object, "export", &function(call));
    let call = move |files: JsValue| match files_of(&files) {
        Some(files) => open(files),
        None => Promise::reject(&thrown(&Failure::bad_request(
            "open() takes a File, or a list of files such as the files of an input.".to_owned(),
        ))),
    };
    set(&object, "open", &function(call));
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
    let is_list = params.is_array();
    let params = json_value(params)?;
    let question = insights::api::question(method, &params)?;
    if method == AskTrust::NAME {
        let trust = about_what_is_open(engine, |data| engine.ask(data, &AskTrust {})).await?;
        return Ok(script_value(&serde_json::json!(trust)));
    }
    // Tables may be large; the text goes straight to the browser's own reader.
    let asked = async |data| {
        let text = engine.ask_text(data, &question).await?;
        // A text that is not JSON was too long to be read: the engine writes nothing else.
        JSON::parse(&text).map_err(|_refused| too_large())
    };
    let answer = about_what_is_open(engine, asked).await?;
    // One query has one table, a list of them a list.
    let is_one_of_many = method == AskQuery::NAME && !is_list;
    Ok(if is_one_of_many { Array::from(&answer).get(0) } else { answer })
}

/// Asks about what is open now, and once more when other files took its place before the engine answered.
async fn about_what_is_open<T>(
    engine: EngineClient,
    asked: impl AsyncFn(DataToken) -> Result<T, Failure>,
) -> Result<T, Failure> {
    engine.ready().await;
    let data = engine.data()?;
    match asked(data).await {
        Err(failure) if failure.kind == FailureKind::NoData && engine.data()? != data => {
            asked(engine.data()?).await
        }
        answer => answer,
    }
}

/// `{format, filter, columns, orderBy, defang, download}` → `{name, format, text}`; `download: true` also
/// saves the file.
async fn export(engine: EngineClient, params: &JsValue) -> Result<JsValue, Failure> {
    let params = json_value(params)?;
    let api::ExportOrder { order, download, ignored } = api::export_order(&params)?;
    let format = &order.format;
    let (name, blob) = about_what_is_open(engine, |data| engine.export(data, &order)).await?;
    if download {
        download::save(&name, &blob);
    }
    let answer = Object::new();
    set(&answer, "name", &name.into());
    set(&answer, "format", &format.as_str().into());
    if !ignored.is_empty() {
        set(&answer, "ignored", &script_value(&serde_json::json!(ignored)));
    }
    set(&answer, "text", &text_of(&blob, format).await?);
    Ok(answer.into())
}

/// The text of an export, byte for byte: browsers drop the mark at its beginning, which a spreadsheet needs.
async fn text_of(blob: &Blob, format: &str) -> Result<JsValue, Failure> {
    let text = JsFuture::from(blob.text()).await.map_err(|_refused| too_large())?;
    let text: JsString = text.dyn_into().map_err(|_other| too_large())?;
    if format != "csv" {
        return Ok(text.into());
    }
    Ok(JsString::from("\u{feff}").concat(&text).into())
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a member of a plain object cannot fail.
    Reflect::set(object, &name.into(), value).ok();
}

fn function(call: impl Fn(JsValue) -> Promise + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue) -> Promise>::new(call).into_js_value()
}

/// One file, or a list of nothing but files; none for anything else.
fn files_of(files: &JsValue) -> Option<Vec<File>> {
    if let Some(file) = files.dyn_ref::<File>() {
        return Some(vec![file.clone()]);
    }
    if !Array::is_array(files) && !files.is_instance_of::<FileList>() {
        return None;
    }
    let files: Vec<File> = Array::from(files).iter().map(JsValue::dyn_into).collect::<Result<_, _>>().ok()?;
    (!files.is_empty()).then_some(files)
}

fn json_value(value: &JsValue) -> Result<Value, Failure> {
    if value.is_undefined() || value.is_null() {
        return Ok(Value::Null);
    }
    check_plain(value, "The parameters", 0)?;
    let text = JSON::stringify(value).ok().and_then(|t| t.as_string()).unwrap_or_default();
    serde_json::from_str(&text)
        .map_err(|e| Failure::bad_request(format!("The parameters are no plain JSON: {e}.")))
}

/// Deeper than this no parameter goes.
const DEEPEST: u32 = 8;

/// Fails for what writing as JSON would leave out or empty: a filter that is not there asks for everything.
fn check_plain(value: &JsValue, name: &str, depth: u32) -> Result<(), Failure> {
    let refuse = |what: &str| Err(Failure::bad_request(format!("{name}: {what}.")));
    if value.is_undefined() {
        return refuse("this is undefined; leave it out, or give a value");
    }
    if value.is_function() || value.is_symbol() {
        return refuse("this is no plain value");
    }
    let Some(object) = value.dyn_ref::<Object>() else { return Ok(()) };
    // A plain object stands directly on what all objects stand on, whatever window it is of.
    let parent = Object::get_prototype_of(object);
    let is_plain = parent.is_null() || Object::get_prototype_of(&parent).is_null();
    if !Array::is_array(value) && !is_plain {
        return refuse("this is no plain object, but one of a class, such as a Map or URLSearchParams");
    }
    if depth >= DEEPEST {
        return refuse("this goes too deep");
    }
    for entry in Object::entries(object) {
        let entry = Array::from(&entry);
        let inner = entry.get(0).as_string().unwrap_or_default();
        check_plain(&entry.get(1), &inner, depth + 1)?;
    }
    Ok(())
}

fn script_value(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL)
}

/// A failure as an `Error` that carries its members.
fn thrown(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(failure.message.original());
    if let Ok(members) = serde_json::to_value(failure)
        && let Some(members) = members.as_object()
    {
        for (name, value) in members {
            set(error.as_ref(), name, &script_value(value));
        }
    }
    error.into()
}
