//! The engine as the page sees it: questions go to the worker, answers come back.
//!
//! Owns the choice between the two ways the engine runs: in a worker made from the text of this page, or,
//! where a browser refuses that, on the page itself in slices. Must not know what is asked.

mod host;
mod link;
mod message;
mod reading;
mod serve;
mod tick;
pub mod worker;
mod zones;

use clicks::protocol::{Failure, Opened, Progress, Request, Response, RowsParams};
use wasm_bindgen::JsCast;
use web_sys::{Blob, File};

use self::link::Link;
use self::message::Message;

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
        link::start();
        EngineClient
    }

    /// Resolves when the engine listens.
    pub async fn ready(&self) {
        Link::get().await;
    }

    /// Asks one question.
    pub async fn ask(&self, request: Request) -> Result<Response, Failure> {
        match parsed(&self.ask_text(&request).await?)? {
            Response::Failed(failure) => Err(failure),
            Response::Trust(mut trust) => {
                trust.engine = Some(Link::get().await.place().to_owned());
                Ok(Response::Trust(trust))
            }
            answer => Ok(answer),
        }
    }

    /// Asks one question and gives the answer as it travels: the JSON of a [`Response`]. For callers that
    /// hand it to a script anyway.
    pub async fn ask_text(&self, request: &Request) -> Result<String, Failure> {
        let link = Link::get().await;
        let body = serde_json::to_string(request).map_err(|e| broken(&e.to_string()))?;
        Ok(link.send(Message::new("ask").body(&body), None).await?.body)
    }

    /// Opens files, replacing what was open. Resolves when they can be queried.
    pub async fn open(
        &self,
        files: Vec<File>,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<Opened, Failure> {
        let link = Link::get().await;
        link.keep_files(files.clone());
        let answer = link.send(Message::new("open").files(&files), Some(Box::new(on_progress))).await?;
        parsed(&answer.body)
    }

    /// Opens the built-in sample, by the same way as a file.
    pub async fn open_sample(&self, on_progress: impl Fn(Progress) + 'static) -> Result<Opened, Failure> {
        let link = Link::get().await;
        let answer = link.send(Message::new("sample"), Some(Box::new(on_progress))).await?;
        parsed(&answer.body)
    }

    /// Stops the load under way; it then fails with kind `cancelled` and what was open before stays.
    pub fn cancel(&self) {
        wasm_bindgen_futures::spawn_local(async {
            let sent = Link::get().await.send(Message::new("cancel"), None).await;
            // The load that was stopped tells its own caller.
            drop(sent);
        });
    }

    /// Rows in view as a file to save: file name and content, defanged.
    pub async fn export(&self, format: ExportFormat, params: RowsParams) -> Result<(String, Blob), Failure> {
        self.export_as(format.name(), params, true).await
    }

    /// Rows as a file of a format by its name; `defang` as in [`clicks::export`].
    pub async fn export_as(
        &self,
        format: &str,
        params: RowsParams,
        defang: bool,
    ) -> Result<(String, Blob), Failure> {
        let link = Link::get().await;
        let body = serde_json::json!({ "format": format, "params": params, "defang": defang }).to_string();
        let answer = link.send(Message::new("export").body(&body), None).await?;
        let blob = answer.blob.dyn_into::<Blob>().map_err(|_other| broken("no file came back"))?;
        Ok((format!("clickglass-clicks-{}.{format}", super::zone::today()), blob))
    }
}

fn parsed<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|e| broken(&e.to_string()))
}

/// A defect of ours, said so that the person can go on.
fn broken(what: &str) -> Failure {
    Failure {
        kind: "broken".to_owned(),
        message: format!(
            "The engine did not answer as it should: {what}. Reload the page and open the file again."
        ),
        ..Failure::default()
    }
}
