//! The page's side: one link to the engine, wherever that runs.
//!
//! Owns who waits for what, and what becomes of them when the engine stops. Must not know what is asked, nor
//! what is shown of it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use clicks::Failure;
use clicks::ask::PROTOCOL;
use clicks::engine::DataToken;
use clicks::import::{Opened, Progress};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::events::{Event, Lost};
use super::host::Host;
use super::kept::{Kept, Source};
use super::line::Line;
use super::message::{Message, Received};
use super::reading::slice_of;
use super::watch::{TICK_MS, Watch};
use super::{broken, serve, tick};

/// A load that has not reacted to being cancelled after so many milliseconds is ended with its worker.
const CANCEL_MS: i32 = 1_000;
/// After so many workers that stopped by themselves the engine runs on the page.
const IDLE_DEATHS: u32 = 2;

/// Told how far a load has come.
pub type OnProgress = Rc<dyn Fn(Progress)>;

/// Told what happened without anybody asking.
pub type OnEvent = Rc<dyn Fn(Event)>;

/// The way to the engine.
pub struct Link {
    way: RefCell<Way>,
    settled: RefCell<Settled>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    next: Cell<u32>,
    /// What the next load will be called.
    next_load: Cell<u32>,
    /// What the engine holds, as far as the page knows.
    data: Cell<Option<DataToken>>,
    kept: Kept,
    /// What somebody says about files that do not say it themselves, as text.
    read_as: RefCell<String>,
    watch: Watch,
    on_event: RefCell<Option<OnEvent>>,
    /// Workers that stopped one after the other while nobody had asked anything.
    idle_deaths: Cell<u32>,
}

#[derive(Clone)]
enum Way {
    /// Nothing has been tried yet.
    None,
    /// The worker has not answered yet.
    Starting(Line),
    Worker(Line),
    Page(Rc<Host>),
}

/// Resolves when the way is known.
struct Settled {
    promise: Promise,
    settle: Function,
}

struct Waiting {
    resolve: Function,
    reject: Function,
    is_load: bool,
    on_progress: Option<OnProgress>,
}

thread_local! {
    static LINK: RefCell<Option<Rc<Link>>> = const { RefCell::new(None) };
}

impl Link {
    /// The link; starts the engine the first time.
    pub fn here() -> Rc<Link> {
        let (link, is_new) = LINK.with_borrow_mut(|link| match link {
            Some(link) => (link.clone(), false),
            None => (link.insert(Rc::new(Link::new())).clone(), true),
        });
        if is_new {
            link.start();
        }
        link
    }

    /// The link, once it is known where the engine runs.
    pub async fn get() -> Rc<Link> {
        let link = Link::here();
        while matches!(*link.way.borrow(), Way::None | Way::Starting(_)) {
            let settled = link.settled.borrow().promise.clone();
            JsFuture::from(settled).await.ok();
        }
        link
    }

    fn new() -> Link {
        Link {
            way: RefCell::new(Way::None),
            settled: RefCell::new(Settled::new()),
            waiting: RefCell::default(),
            next: Cell::new(1),
            next_load: Cell::new(1),
            data: Cell::new(None),
            kept: Kept::default(),
            read_as: RefCell::default(),
            watch: Watch::default(),
            on_event: RefCell::default(),
            idle_deaths: Cell::new(0),
        }
    }

    /// Calls for what happens without anybody asking.
    pub fn on_event(&self, called: OnEvent) {
        *self.on_event.borrow_mut() = Some(called);
    }

    /// From now on files are read as somebody says, where they do not say it themselves.
    pub fn read_as(&self, text: &str) {
        text.clone_into(&mut self.read_as.borrow_mut());
    }

    /// What is open.
    pub fn data(&self) -> Option<DataToken> {
        self.data.get()
    }

    /// What a load has read.
    pub fn source(&self, load: DataToken) -> Option<Source> {
        self.kept.source(load)
    }

    /// Reads what a source has and puts it in the place of what was open.
    pub async fn load(
        self: &Rc<Link>,
        source: Source,
        on_progress: OnProgress,
    ) -> Result<(Opened, DataToken), Failure> {
        let token = DataToken(self.next_load.replace(self.next_load.get().wrapping_add(1)));
        let message = match &source {
            Source::Files(files) => {
                let message = Message::new("open").files(files).body(&self.read_as.borrow());
                match self.data.get().filter(|open| self.kept.begins(*open, files)) {
                    Some(open) => {
                        message.with("on", &open.0.into()).with("same", &self.kept.many(open).into())
                    }
                    None => message,
                }
            }
            Source::Sample => Message::new("sample"),
        };
        self.kept.begin(token, source);
        let answer = self.send(message.about(token), Some(on_progress)).await;
        match answer.and_then(|answer| super::parsed(&answer.body)) {
            Ok(opened) => {
                self.kept.succeeded(token);
                self.data.set(self.data.get().max(Some(token)));
                Ok((opened, token))
            }
            Err(failure) => {
                self.kept.failed(token);
                Err(failure)
            }
        }
    }

    /// Sends a message and waits for its answer. Loads and exports tell their progress.
    pub async fn send(
        self: &Rc<Link>,
        message: Message,
        on_progress: Option<OnProgress>,
    ) -> Result<Received, Failure> {
        let id = self.next.replace(self.next.get().wrapping_add(1));
        let message = message.id(id);
        let way = self.way.borrow().clone();
        let line = match way {
            Way::Page(host) => {
                return serve_here(&host, Received::read(message.object().into()), on_progress).await;
            }
            Way::Worker(line) => line,
            Way::None | Way::Starting(_) => return Err(broken("it is being started")),
        };
        let answer = Promise::new(&mut |resolve, reject| {
            let is_load = matches!(message.kind, "open" | "sample");
            let waiting = Waiting { resolve, reject, is_load, on_progress: on_progress.clone() };
            self.waiting.borrow_mut().insert(id, waiting);
        });
        line.post(&message);
        self.keep_watch();
        match JsFuture::from(answer).await {
            Ok(answer) => Ok(Received::read(answer)),
            Err(failure) => {
                let body = failure.as_string().unwrap_or_default();
                Err(serde_json::from_str(&body).unwrap_or_else(|_| broken("it gave no reason")))
            }
        }
    }

    /// Lets go of what is open.
    pub fn close(self: &Rc<Link>) {
        self.data.set(None);
        self.kept.clear();
        let link = self.clone();
        spawn_local(async move {
            // Whether it could be told makes no difference: nobody can ask about it any more.
            link.send(Message::new("close"), None).await.ok();
        });
    }

    /// Stops the load under way. One that goes on all the same is ended with its worker.
    pub fn cancel(self: &Rc<Link>) {
        let line = match &*self.way.borrow() {
            Way::Page(host) => return host.cancel(),
            Way::Worker(line) => line.clone(),
            Way::None | Way::Starting(_) => return,
        };
        let load = self.waiting.borrow().iter().rev().find(|(_, w)| w.is_load).map(|(id, _)| *id);
        let Some(load) = load else { return };
        line.post(&Message::new("cancel"));
        let link = self.clone();
        spawn_local(async move {
            tick::sleep(CANCEL_MS).await;
            if link.waiting.borrow().contains_key(&load) {
                link.start_again(&Lost::Cancelled);
            }
        });
    }

    /// Stops the file that is being saved.
    pub fn cancel_saving(&self) {
        match &*self.way.borrow() {
            Way::Page(host) => host.cancel_saving(),
            Way::Worker(line) => line.post(&Message::new("cancel-saving")),
            Way::None | Way::Starting(_) => {}
        }
    }

    /// Ends the worker and starts another one, which has no data. Everybody who waits is told why.
    pub fn start_again(self: &Rc<Link>, lost: &Lost) {
        if matches!(*self.way.borrow(), Way::Page(_)) {
            return;
        }
        *self.settled.borrow_mut() = Settled::new();
        self.start();
        self.lost(lost);
    }

    /// What the engine held is gone, and so are the answers that it owed.
    fn lost(&self, lost: &Lost) {
        self.data.set(None);
        if self.watch.heard() {
            self.tell(Event::Silent(false));
        }
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        self.tell(Event::Lost(lost.clone()));
        for waiting in waiting.into_values() {
            let failure = lost.failure(waiting.is_load);
            let body = serde_json::to_string(&failure).unwrap_or_default();
            waiting.reject.call1(&JsValue::UNDEFINED, &body.into()).ok();
        }
    }

    fn start(self: &Rc<Link>) {
        if let Way::Starting(line) | Way::Worker(line) = self.way.replace(Way::None) {
            line.close();
        }
        let (told, failed) = (self.clone(), self.clone());
        let line = Line::open(
            move |line, message| told.take(line, &message),
            move |line, why| failed.failed(line, why),
        );
        match line {
            Ok(line) => {
                *self.way.borrow_mut() = Way::Starting(line);
                self.keep_watch();
            }
            Err(_refused) => self.run_here(),
        }
    }

    fn run_here(&self) {
        let before = self.way.replace(Way::Page(Rc::new(Host::new(None))));
        if let Way::Starting(line) | Way::Worker(line) = before {
            line.close();
        }
        self.settled.borrow().settle();
    }

    /// The worker stopped with an error.
    fn failed(self: &Rc<Link>, line: &Line, why: &str) {
        let way = self.way.borrow().clone();
        match way {
            // It never came to life: this browser refuses it, or cannot run the program there.
            Way::Starting(now) if now == *line => self.run_here(),
            Way::Worker(now) if now == *line => {
                let is_idle = self.waiting.borrow().is_empty();
                self.idle_deaths.set(if is_idle { self.idle_deaths.get() + 1 } else { 0 });
                if self.idle_deaths.get() > IDLE_DEATHS {
                    // Not for anything that was asked: workers do not live long here.
                    self.run_here();
                    self.lost(&Lost::Crashed { why: why.to_owned() });
                } else {
                    self.start_again(&Lost::Crashed { why: why.to_owned() });
                }
            }
            _ => {}
        }
    }

    fn take(self: &Rc<Link>, line: &Line, message: &Received) {
        if !matches!(&*self.way.borrow(), Way::Starting(now) | Way::Worker(now) if now == line) {
            return;
        }
        if self.watch.heard() {
            self.tell(Event::Silent(false));
        }
        match message.kind.as_str() {
            "ready" if message.number("protocol") as u32 == PROTOCOL => {
                *self.way.borrow_mut() = Way::Worker(line.clone());
                self.settled.borrow().settle();
            }
            "need" => self.hand_over(line, message),
            "progress" => {
                let told = self.waiting.borrow().get(&message.id).and_then(|w| w.on_progress.clone());
                if let (Some(told), Ok(progress)) = (told, serde_json::from_str(&message.body)) {
                    told(progress);
                }
            }
            "answer" | "failed" => {
                let Some(waiting) = self.waiting.borrow_mut().remove(&message.id) else { return };
                if message.kind == "failed" {
                    waiting.reject.call1(&JsValue::UNDEFINED, &message.body.as_str().into()).ok();
                } else {
                    waiting.resolve.call1(&JsValue::UNDEFINED, message.value()).ok();
                }
            }
            _ => {}
        }
    }

    /// Reads a slice for a worker that may not, and gives it the buffer.
    fn hand_over(&self, line: &Line, message: &Received) {
        let file = self.kept.file(message.about, message.number("file") as usize);
        let (id, from, to) = (message.id, message.number("from"), message.number("to"));
        let line = line.clone();
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
            line.post(&message);
        });
    }

    /// Asks the worker for signs of life for as long as somebody waits for it.
    fn keep_watch(self: &Rc<Link>) {
        if !self.watch.begin() {
            return;
        }
        let link = self.clone();
        spawn_local(async move {
            loop {
                tick::sleep(TICK_MS).await;
                let way = link.way.borrow().clone();
                match way {
                    Way::Worker(line) if !link.waiting.borrow().is_empty() => {
                        line.post(&Message::new("ping"));
                        if link.watch.tick() {
                            link.tell(Event::Silent(true));
                        }
                    }
                    Way::Starting(_) => {
                        if link.watch.tick() {
                            // Whoever waits for it to start would wait for ever.
                            link.run_here();
                        }
                    }
                    _ => break,
                }
            }
            if link.watch.end() {
                link.tell(Event::Silent(false));
            }
        });
    }

    fn tell(&self, event: Event) {
        let called = self.on_event.borrow().clone();
        if let Some(called) = called {
            called(event);
        }
    }
}

impl Settled {
    fn new() -> Settled {
        let mut settle = None;
        let promise = Promise::new(&mut |resolve, _reject| settle = Some(resolve));
        Settled { promise, settle: settle.unwrap_or_else(|| Function::new_no_args("")) }
    }

    fn settle(&self) {
        self.settle.call0(&JsValue::UNDEFINED).ok();
    }
}

/// The engine on the page: the same answers, without a worker between.
async fn serve_here(
    host: &Host,
    message: Received,
    on_progress: Option<OnProgress>,
) -> Result<Received, Failure> {
    tick::pause().await;
    let told = |progress: &Progress| {
        if let Some(told) = &on_progress {
            told(progress.clone());
        }
    };
    let answer = serve::serve(host, &message, told).await?;
    Ok(Received::read(answer.object().into()))
}
