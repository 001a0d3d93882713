//! When the engine stops: it is started again on the same files, once, and the page says so.
//!
//! Until they have been read again nothing is open: no number of the lost data is shown as if it still stood.

use std::sync::Arc;

use clicks::engine::DataToken;
use clicks::{Failure, FailureKind};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{AppState, DataRef, LoadState, Loading, LoadingFile, order};
use crate::platform::engine::{Event, Lost};

/// Files on which the engine stopped so often are not read again by themselves.
const TOO_OFTEN: u32 = 2;

/// Listens to the engine.
pub fn keep(state: AppState) {
    state.engine.on_event(move |event| match event {
        Event::Silent(is_silent) => state.silent.set(is_silent),
        Event::Lost(lost) => recover(state, &lost),
    });
}

impl AppState {
    /// Ends an engine that does not answer, and reads the same files again.
    pub fn restart_engine(&self) {
        self.engine.start_again();
    }

    /// Reads files again on which the engine stopped too often. Without filters, and in the first order: one of
    /// these may be what it stopped on.
    pub fn read_again(self, load: DataToken) {
        self.refine(clicks::query::Filter::clear);
        self.restarted.set(None);
        self.reread(load, Vec::new(), 0, None, None);
    }

    fn reread(
        self,
        load: DataToken,
        files: Vec<LoadingFile>,
        crashes: u32,
        why: Option<String>,
        notice: Option<Failure>,
    ) {
        // What is open was read by what was said then, not by what was said since and not read yet.
        self.read_as.set(self.read_as_open.get_value());
        // What it stopped on may have been the order of the table.
        self.order.set(order::default_order());
        let turn = self.begin(Loading { files, why, ..Loading::default() });
        spawn_local(async move {
            let answer = self.engine.open_again(load, move |p| self.advance(turn, &p)).await;
            if !turn.is_newest() {
                return;
            }
            self.load.set(match answer {
                Ok((opened, token)) => {
                    self.restarted.set(notice);
                    LoadState::Ready(DataRef { opened: Arc::new(opened), token, crashes })
                }
                Err(failure) if failure.kind == FailureKind::Cancelled => LoadState::Empty,
                Err(failure) => LoadState::Failed { failure, before: None, again: Some(load) },
            });
        });
    }
}

/// The engine is gone, and a new one is there without data.
fn recover(state: AppState, lost: &Lost) {
    let load = state.load.get_untracked();
    // Without data before it, the load under way says for itself what became of it.
    let Some(data) = load.data() else { return };
    let was_reading = matches!(load, LoadState::Loading(_));
    let crashes = data.crashes + u32::from(!was_reading);
    if crashes >= TOO_OFTEN {
        state.detail.set(None);
        state.failure.set(None);
        state.restarted.set(None);
        state.load.set(LoadState::Failed { failure: too_often(lost), before: None, again: Some(data.token) });
        return;
    }
    let file = |f: &clicks::import::FileReport| LoadingFile {
        name: f.name.clone(),
        bytes_total: f.bytes,
        ..LoadingFile::default()
    };
    let files = data.opened.files.iter().map(file).collect();
    let why = format!("{}. It was started again and reads the same files.", lost.said());
    state.reread(data.token, files, crashes, Some(why), notice(lost, was_reading));
}

/// What is said above the report once the files have been read again.
fn notice(lost: &Lost, was_reading: bool) -> Option<Failure> {
    let message = match (lost, was_reading) {
        // Somebody asked for that.
        (Lost::Cancelled, _) => return None,
        (_, true) => {
            format!("{} What was open before has been read again.", lost.failure(true).message.shown())
        }
        (_, false) => format!(
            "{}. It was started again and has read the same files again. What was asked at that moment was not answered; the table is in its first order.",
            lost.said()
        ),
    };
    Some(Failure { kind: FailureKind::Crashed, message: message.into(), ..Failure::default() })
}

fn too_often(lost: &Lost) -> Failure {
    Failure {
        kind: FailureKind::Crashed,
        message: format!(
            "{}, for the second time on these files, so they are not opened again by themselves. Nothing in them was changed.",
            lost.said()
        )
        .into(),
        ..Failure::default()
    }
}
