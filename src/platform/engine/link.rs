//! The page's side: one link to the engine, wherever that runs.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use clicks::protocol::{Failure, PROTOCOL, Progress};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, File, MessageEvent, Url, Worker};

use super::host::Host;
use super::message::{Message, Received};
use super::reading::slice_of;
use super::{broken, serve};

/// Told how far a load has come.
pub type OnProgress = Box<dyn Fn(Progress)>;

/// The way to the engine.
pub struct Link {
    way: RefCell<Way>,
    /// Resolves when the way is known.
    settled: Promise,
    settle: Function,
    waiting: RefCell<HashMap<u32, Waiting>>,
    next: Cell<u32>,
    /// Files of the last load, for a worker that may not read them itself.
    files: RefCell<Vec<File>>,
}

enum Way {
    /// The worker has not answered yet.
    Unknown,
    Worker(Worker),
    Page(Rc<Host>),
}

struct Waiting {
    resolve: Function,
    reject: Function,
    on_progress: Option<Rc<OnProgress>>,
}

thread_local! {
    static LINK: RefCell<Option<Rc<Link>>> = const { RefCell::new(None) };
}

/// Starts the engine; does nothing when it runs.
pub fn start() {
    LINK.with_borrow_mut(|link| {
        link.get_or_insert_with(Link::start);
    });
}

impl Link {
    /// The link, once it is known where the engine runs.
    pub async fn get() -> Rc<Link> {
        let link = LINK.with_borrow_mut(|link| link.get_or_insert_with(Link::start).clone());
        JsFuture::from(link.settled.clone()).await.ok();
        link
    }

    fn start() -> Rc<Link> {
        let mut settle = None;
        let settled = Promise::new(&mut |resolve, _reject| settle = Some(resolve));
        let link = Rc::new(Link {
            way: RefCell::new(Way::Unknown),
            settled,
            settle: settle.unwrap_or_else(|| Function::new_no_args("")),
            waiting: RefCell::default(),
            next: Cell::new(1),
            files: RefCell::default(),
        });
        match spawn(&link) {
            Ok(()) => {}
            Err(_refused) => link.run_here(),
        }
        link
    }

    /// `worker` or `page`.
    pub fn place(&self) -> &'static str {
        match *self.way.borrow() {
            Way::Page(_) => "page",
            Way::Worker(_) | Way::Unknown => "worker",
        }
    }

    /// Keeps the files of a load within the page's reach.
    pub fn keep_files(&self, files: Vec<File>) {
        *self.files.borrow_mut() = files;
    }

    /// Sends a message and waits for its answer.
    pub async fn send(&self, message: Message, on_progress: Option<OnProgress>) -> Result<Received, Failure> {
        let id = self.next.replace(self.next.get().wrapping_add(1));
        let message = message.id(id);
        let here = match &*self.way.borrow() {
            Way::Page(host) => Some(host.clone()),
            _ => None,
        };
        if let Some(host) = here {
            return serve_here(&host, Received::read(message.object().into()), on_progress).await;
        }
        let answer = Promise::new(&mut |resolve, reject| {
            let waiting = Waiting { resolve, reject, on_progress: None };
            self.waiting.borrow_mut().insert(id, waiting);
        });
        if let Some(waiting) = self.waiting.borrow_mut().get_mut(&id) {
            waiting.on_progress = on_progress.map(Rc::new);
        }
        if let Way::Worker(worker) = &*self.way.borrow() {
            worker.post_message_with_transfer(message.object(), &message.transfer).ok();
        }
        match JsFuture::from(answer).await {
            Ok(answer) => Ok(Received::read(answer)),
            Err(failure) => {
                let body = failure.as_string().unwrap_or_default();
                Err(serde_json::from_str(&body).unwrap_or_else(|_| broken("it gave no reason")))
            }
        }
    }

    fn run_here(&self) {
        *self.way.borrow_mut() = Way::Page(Rc::new(Host::new(None)));
        self.settle.call0(&JsValue::UNDEFINED).ok();
    }

    fn take(&self, worker: &Worker, message: Received) {
        match message.kind.as_str() {
            "ready" if message.number("protocol") as u32 == PROTOCOL => {
                *self.way.borrow_mut() = Way::Worker(worker.clone());
                self.settle.call0(&JsValue::UNDEFINED).ok();
            }
            "need" => self.hand_over(worker, &message),
            "progress" => {
                let told = self.waiting.borrow().get(&message.id).and_then(|w| w.on_progress.clone());
                if let (Some(told), Ok(progress)) = (told, serde_json::from_str(&message.body)) {
                    told(progress);
                }
            }
            "answer" | "failed" => {
                let Some(waiting) = self.waiting.borrow_mut().remove(&message.id) else { return };
                if message.kind == "failed" {
                    waiting.reject.call1(&JsValue::UNDEFINED, &message.body.into()).ok();
                } else {
                    waiting.resolve.call1(&JsValue::UNDEFINED, message.value()).ok();
                }
            }
            _ => {}
        }
    }

    /// Reads a slice for a worker that may not, and gives it the buffer.
    fn hand_over(&self, worker: &Worker, message: &Received) {
        let file = self.files.borrow().get(message.number("file") as usize).cloned();
        let (id, from, to) = (message.id, message.number("from"), message.number("to"));
        let worker = worker.clone();
        spawn_local(async move {
            let read = match file.map(|f| slice_of(&f, from, to)) {
                Some(Ok(promise)) => JsFuture::from(promise).await.ok(),
                _ => None,
            };
            let bytes = read.unwrap_or(JsValue::NULL);
            let message = Message::new("bytes").id(id).with("bytes", &bytes);
            if !bytes.is_null() {
                message.transfer.push(&bytes);
            }
            worker.post_message_with_transfer(message.object(), &message.transfer).ok();
        });
    }

    /// The worker stopped: everybody who waits is told, and the next question starts a new one.
    fn lost(&self, why: &str) {
        if matches!(*self.way.borrow(), Way::Unknown) {
            self.run_here();
            return;
        }
        LINK.set(None);
        let failure = Failure {
            kind: "broken".to_owned(),
            message: format!(
                "The engine stopped unexpectedly ({why}). Open the file again; nothing in it was changed. A file of more than about ten million clicks does not fit in one tab: export a shorter period then."
            ),
            ..Failure::default()
        };
        let body = serde_json::to_string(&failure).unwrap_or_default();
        let mut waiting: Vec<(u32, Waiting)> = self.waiting.borrow_mut().drain().collect();
        waiting.sort_by_key(|(id, _)| *id);
        for (_, waiting) in waiting {
            waiting.reject.call1(&JsValue::UNDEFINED, &body.as_str().into()).ok();
        }
    }
}

/// Makes the worker from the text that the page carries, and gives it the compiled program.
fn spawn(link: &Rc<Link>) -> Result<(), JsValue> {
    let carried = Reflect::get(&js_sys::global(), &"__clickglass".into())?;
    let source = Reflect::get(&carried, &"workerSource".into())?;
    let module = Reflect::get(&carried, &"module".into())?;
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let worker = Worker::new(&url)?;
    let (told, failed, from) = (link.clone(), link.clone(), worker.clone());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        told.take(&from, Received::read(event.data()));
    });
    let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| failed.lost(&event.message()));
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // Both live as long as the worker, which is as long as the page.
    on_message.forget();
    on_error.forget();
    worker.post_message(Message::new("program").with("module", &module).object())
}

/// The engine on the page: the same answers, without a worker between.
async fn serve_here(
    host: &Host,
    message: Received,
    on_progress: Option<OnProgress>,
) -> Result<Received, Failure> {
    super::tick::pause().await;
    let told = |progress: &Progress| {
        if let Some(told) = &on_progress {
            told(progress.clone());
        }
    };
    let answer = serve::serve(host, &message, told).await?;
    Ok(Received::read(answer.object().into()))
}
