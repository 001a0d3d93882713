//! The engine as the page sees it: questions go to the worker, answers come back.
//!
//! Owns the choice between the two ways the engine runs: in a worker made from the text of this page, or,
//! where a browser refuses that, on the page itself in slices. Must not know what is asked.

mod events;
mod host;
mod kept;
mod line;
mod link;
mod message;
mod reading;
mod serve;
mod tick;
mod warm;
mod watch;
pub mod worker;
mod zones;

use std::rc::Rc;

use clicks::ask::{Ask, Written};
use clicks::engine::DataToken;
use clicks::export::{Manifest, Order};
use clicks::import::{Opened, Progress, ReadAs};
use clicks::{Failure, FailureKind};
use wasm_bindgen::JsCast;
use web_sys::{Blob, File};

pub use self::events::{Event, Lost};
use self::kept::Source;
use self::link::Link;
use self::message::Message;
pub use self::serve::too_large;

/// Handle to the engine. Cheap to copy; there is one engine a page.
#[derive(Clone, Copy, Debug)]
pub struct EngineClient;

/// Format of an export of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// UTF-8 with BOM, formula-safe, defanged.
    Csv,
    /// An array of objects, defanged.
    Json,
}

impl ExportFormat {
    /// Its name in the API, which is its file extension too.
    pub const fn name(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::Json => "json",
        }
    }
}

impl EngineClient {
    /// Starts the engine in a worker.
    pub fn start() -> EngineClient {
        Link::here();
        EngineClient
    }

    /// Calls for what happens to the engine without anybody asking.
    pub fn on_event(&self, called: impl Fn(Event) + 'static) {
        Link::here().on_event(Rc::new(called));
    }

    /// Resolves when the engine listens.
    pub async fn ready(&self) {
        Link::get().await;
    }

    /// What is open now; fails when nothing is.
    pub fn data(&self) -> Result<DataToken, Failure> {
        Link::here().data().ok_or_else(|| Failure::no_data("Nothing is open. Open a file first."))
    }

    /// Asks one question about data that is open.
    pub async fn ask<Q: Ask>(&self, about: DataToken, question: &Q) -> Result<Q::Answer, Failure> {
        answer_of::<Q>(&self.ask_text(about, &Written::of(question)).await?)
    }

    /// Asks one question and gives the answer as it travels, in JSON. For callers that hand it to a script
    /// anyway.
    pub async fn ask_text(&self, about: DataToken, question: &Written) -> Result<String, Failure> {
        let link = Link::get().await;
        let message = Message::new("ask").with("question", &question.name.as_str().into());
        Ok(link.send(message.about(about).body(&question.body), None).await?.body)
    }

    /// Opens files, replacing what was open. Resolves when they can be queried, with the name of the data.
    pub async fn open(
        &self,
        files: Vec<File>,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<(Opened, DataToken), Failure> {
        Link::get().await.load(Source::Files(files), Rc::new(on_progress)).await
    }

    /// Lets go of what is open.
    pub fn close(&self) {
        Link::here().close();
    }

    /// From now on files are read as somebody says, where they do not say it themselves.
    pub fn read_as(&self, read_as: &ReadAs) {
        Link::here().read_as(&read_as.to_string());
    }

    /// SHA-256 of one of the files that are open, by its place among them.
    pub async fn digest(&self, about: DataToken, file: u32) -> Result<String, Failure> {
        let link = Link::get().await;
        let message = Message::new("digest").with("file", &file.into());
        parsed(&link.send(message.about(about), None).await?.body)
    }

    /// The files of a load that is still open; none of the sample.
    pub fn files_of(&self, load: DataToken) -> Vec<File> {
        match Link::here().source(load) {
            Some(Source::Files(files)) => files,
            Some(Source::Sample) | None => Vec::new(),
        }
    }

    /// Opens the built-in sample, by the same way as a file.
    pub async fn open_sample(
        &self,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<(Opened, DataToken), Failure> {
        Link::get().await.load(Source::Sample, Rc::new(on_progress)).await
    }

    /// Reads again what an earlier load has read: the data has another name then.
    pub async fn open_again(
        &self,
        load: DataToken,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<(Opened, DataToken), Failure> {
        let link = Link::get().await;
        let source = link.source(load).ok_or_else(|| broken("the files are no longer at hand"))?;
        link.load(source, Rc::new(on_progress)).await
    }

    /// Stops the load under way; it then fails with kind `cancelled`. What was open before stays, unless the
    /// load does not stop by itself: then the engine is ended with it, and that is told as an [`Event`].
    pub fn cancel(&self) {
        Link::here().cancel();
    }

    /// Ends the engine, whatever it does, and starts another one without data.
    pub fn start_again(&self) {
        Link::here().start_again(&Lost::GivenUp);
    }

    /// Stops the file that is being saved; [`EngineClient::save`] then fails with kind `cancelled`.
    pub fn cancel_saving(&self) {
        Link::here().cancel_saving();
    }

    /// Rows as a file to save: file name and content. It tells how far it has come, and can be cancelled.
    pub async fn save(
        &self,
        about: DataToken,
        order: &Order,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<(String, Blob), Failure> {
        self.write(Message::new("save").about(about), order, Some(Rc::new(on_progress))).await
    }

    /// Rows as a file: file name and content.
    pub async fn export(&self, about: DataToken, order: &Order) -> Result<(String, Blob), Failure> {
        self.write(Message::new("export").about(about), order, None).await
    }

    async fn write(
        &self,
        message: Message,
        order: &Order,
        on_progress: Option<link::OnProgress>,
    ) -> Result<(String, Blob), Failure> {
        let link = Link::get().await;
        let body = serde_json::to_string(order).map_err(|e| broken(&e.to_string()))?;
        let answer = link.send(message.body(&body), on_progress).await?;
        let manifest: Manifest = parsed(&answer.body)?;
        let blob = answer.blob.dyn_into::<Blob>().map_err(|_other| broken("no file came back"))?;
        Ok((manifest.file_name(&super::zone::today()), blob))
    }
}

/// Reads the answer to a question as it travels.
pub fn answer_of<Q: Ask>(text: &str) -> Result<Q::Answer, Failure> {
    parsed(text)
}

fn parsed<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|e| broken(&e.to_string()))
}

/// A defect of ours, said so that the person can go on.
fn broken(what: &str) -> Failure {
    Failure::new(
        FailureKind::Crashed,
        format!("The engine did not answer as it should: {what}. Reload the page and open the file again."),
    )
}
