//! Opening files: the one way for the drop, the button, the paste and the JavaScript API.

use std::sync::Arc;

use clicks::engine::DataToken;
use clicks::import::{Opened, Progress};
use clicks::{Failure, FailureKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::Turn;
use super::{AppState, DataRef, LoadState, Loading, LoadingFile};
use crate::platform::files::File;

/// What a load gives: what was opened and what the engine calls it.
type Answer = Result<(Opened, DataToken), Failure>;

impl AppState {
    /// Opens files, replacing what was open; resolves when they can be queried. Exactly what a drop does.
    pub async fn open_files(self, files: Vec<File>) -> Result<Opened, Failure> {
        let listed = files
            .iter()
            .map(|f| LoadingFile {
                name: f.name().into(),
                bytes_total: f.size() as u64,
                ..LoadingFile::default()
            })
            .collect();
        let turn = self.begin_asked(listed);
        let answer = self.engine.open(files, move |p| self.advance(turn, &p)).await;
        self.finish(turn, answer)
    }

    /// Opens the built-in sample.
    pub async fn open_sample(self) -> Result<Opened, Failure> {
        let turn = self.begin_asked(vec![LoadingFile { name: "Sample".into(), ..LoadingFile::default() }]);
        let answer = self.engine.open_sample(move |p| self.advance(turn, &p)).await;
        self.finish(turn, answer)
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

    fn begin_asked(&self, files: Vec<LoadingFile>) -> Turn {
        let before = self.load.read_untracked().data();
        self.restarted.set(None);
        self.begin(Loading { files, before, ..Loading::default() })
    }

    /// Shows a load, in the place of any other one.
    pub(super) fn begin(&self, loading: Loading) -> Turn {
        self.detail.set(None);
        self.failure.set(None);
        self.load.set(LoadState::Loading(loading));
        self.loads.begin()
    }

    /// Takes in how far a load has come.
    pub(super) fn advance(&self, turn: Turn, progress: &Progress) {
        if turn.is_newest() {
            self.load.update(|load| {
                if let LoadState::Loading(loading) = load {
                    loading.advance(progress);
                }
            });
        }
    }

    fn finish(&self, turn: Turn, answer: Answer) -> Result<Opened, Failure> {
        if turn.is_newest() {
            let before = self.load.read_untracked().data();
            self.load.set(match &answer {
                Ok((opened, token)) => {
                    LoadState::Ready(DataRef { opened: Arc::new(opened.clone()), token: *token, crashes: 0 })
                }
                Err(failure) if failure.kind == FailureKind::Cancelled => {
                    before.map_or(LoadState::Empty, LoadState::Ready)
                }
                Err(failure) => LoadState::Failed { failure: failure.clone(), before, again: None },
            });
        }
        answer.map(|(opened, _)| opened)
    }
}
