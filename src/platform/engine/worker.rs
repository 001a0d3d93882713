//! The worker's side of the link: messages in, messages out.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use clicks::ask::PROTOCOL;
use clicks::import::Progress;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::host::Host;
use super::message::{Message, Received};
use super::reading::AskPage;
use super::{serve, warm};

/// Slices that the page has been asked for, by number.
type Asked = Rc<RefCell<HashMap<u32, Function>>>;

/// Whether this is a worker.
pub fn is_here() -> bool {
    !Reflect::has(&js_sys::global(), &"document".into()).unwrap_or(true)
}

/// Runs the engine in this worker.
pub fn run() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let asked = Asked::default();
    let host = Rc::new(Host::new(Some(ask_page(scope.clone(), asked.clone()))));
    let to_page = scope.clone();
    let to_warm = host.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Received::read(event.data());
        if message.kind == "ping" {
            return post(&to_page, &Message::new("pong"));
        }
        if message.kind == "bytes" {
            let waiting = asked.borrow_mut().remove(&message.id);
            if let Some(resolve) = waiting {
                // A promise that is resolved twice ignores the second.
                resolve.call1(&JsValue::UNDEFINED, &message.get("bytes")).ok();
            }
            return;
        }
        spawn_local(serve(host.clone(), to_page.clone(), message));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    post(&scope, &Message::new("ready").with("protocol", &PROTOCOL.into()));
    spawn_local(async move { warm::up(&to_warm).await });
}

async fn serve(host: Rc<Host>, scope: DedicatedWorkerGlobalScope, message: Received) {
    let to_page = scope.clone();
    let id = message.id;
    let told = move |progress: &Progress| {
        if let Ok(body) = serde_json::to_string(progress) {
            post(&to_page, &Message::new("progress").id(id).body(&body));
        }
    };
    let answer = match serve::serve(&host, &message, told).await {
        Ok(answer) => answer,
        Err(failure) => Message::new("failed").body(&serde_json::to_string(&failure).unwrap_or_default()),
    };
    post(&scope, &answer.id(id));
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &Message) {
    // Posting fails only for values that cannot be cloned; ours are text, numbers and blobs.
    scope.post_message(message.object()).ok();
}

fn ask_page(scope: DedicatedWorkerGlobalScope, asked: Asked) -> AskPage {
    let next = std::cell::Cell::new(0_u32);
    Rc::new(move |(load, file), from, to| {
        let id = next.get();
        next.set(id.wrapping_add(1));
        let asked = asked.clone();
        let promise = Promise::new(&mut |resolve, _reject| {
            asked.borrow_mut().insert(id, resolve);
        });
        let wanted = Message::new("need")
            .id(id)
            .about(load)
            .with("file", &(file as f64).into())
            .with("from", &from.into())
            .with("to", &to.into());
        post(&scope, &wanted);
        promise
    })
}
