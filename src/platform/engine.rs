//! The engine as the page sees it: questions go to the worker, answers come back.

use clicks::protocol::{Failure, Opened, Progress, Request, Response, RowsParams};

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

impl EngineClient {
    /// Starts the engine in a worker.
    pub fn start() -> EngineClient {
        EngineClient
    }

    /// Asks one question.
    pub async fn ask(&self, _request: Request) -> Result<Response, Failure> {
        Err(Failure::default())
    }

    /// Opens files, replacing what was open. Resolves when they can be queried.
    pub async fn open(
        &self,
        _files: Vec<web_sys::File>,
        _on_progress: impl Fn(Progress) + 'static,
    ) -> Result<Opened, Failure> {
        Err(Failure::default())
    }

    /// Opens the built-in sample, by the same way as a file.
    pub async fn open_sample(&self, _on_progress: impl Fn(Progress) + 'static) -> Result<Opened, Failure> {
        Err(Failure::default())
    }

    /// Stops the load under way; it then fails with kind `cancelled` and what was open before stays.
    pub fn cancel(&self) {}

    /// Rows in view as a file to save: file name and content.
    pub async fn export(
        &self,
        _format: ExportFormat,
        _params: RowsParams,
    ) -> Result<(String, web_sys::Blob), Failure> {
        Err(Failure::default())
    }
}
