//! Opening files: the one way for the drop, the button, the paste and the JavaScript API.

use std::sync::Arc;

use clicks::protocol::{Failure, Opened, Progress};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{AppState, DataRef, LoadState, Loading, LoadingFile};
use crate::platform::files::File;

impl AppState {
    /// Opens files, replacing what was open; resolves when they can be queried. Exactly what a drop does.
    pub async fn open_files(self, files: Vec<File>) -> Result<Opened, Failure> {
        let listed = files
            .iter()
            .map(|f| LoadingFile { name: f.name(), bytes_total: f.size() as u64, ..LoadingFile::default() })
            .collect();
        self.begin(listed);
        let answer = self.engine.open(files, move |p| self.advance(&p)).await;
        self.finish(answer)
    }

    /// Opens the built-in sample.
    pub async fn open_sample(self) -> Result<Opened, Failure> {
        self.begin(vec![LoadingFile { name: "Sample".to_owned(), ..LoadingFile::default() }]);
        let answer = self.engine.open_sample(move |p| self.advance(&p)).await;
        self.finish(answer)
    }

    /// Opens files without waiting; the page shows how it goes.
    pub fn open_in_background(self, files: Vec<File>) {
        if !files.is_empty() {
            spawn_local(async move {
                // The outcome is in `load`, which every page shows.
                drop(self.open_files(files).await);
            });
        }
    }

    /// Closes the message of a failed load; what was open before stays.
    pub fn dismiss_failure(&self) {
        let before = self.data();
        self.load.set(before.map_or(LoadState::Empty, LoadState::Ready));
    }

    fn begin(&self, files: Vec<LoadingFile>) {
        let before = self.load.read_untracked().data();
        self.detail.set(None);
        self.failure.set(None);
        self.load.set(LoadState::Loading(Loading { files, rows: 0, current: 0, before }));
    }

    fn advance(&self, progress: &Progress) {
        self.load.update(|load| {
            if let LoadState::Loading(loading) = load {
                loading.advance(progress);
            }
        });
    }

    fn finish(&self, answer: Result<Opened, Failure>) -> Result<Opened, Failure> {
        let before = self.load.read_untracked().data();
        let next = match &answer {
            Ok(opened) => LoadState::Ready(DataRef(Arc::new(opened.clone()))),
            Err(failure) if failure.kind == "cancelled" => before.map_or(LoadState::Empty, LoadState::Ready),
            Err(failure) => LoadState::Failed { failure: failure.clone(), before },
        };
        self.load.set(next);
        answer
    }
}
