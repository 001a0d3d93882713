//! Opening files: the one way for the drop, the button, the paste and the JavaScript API.

use std::sync::Arc;

use clicks::engine::DataToken;
use clicks::import::{FileReport, Opened, Progress, ReadAs, TenantOf, nth_of_name};
use clicks::{Failure, FailureKind, UnknownTable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::Turn;
use super::{AppState, DataRef, Dialog, LoadState, Loading, LoadingFile, PageId, TrustView};
use crate::platform::files::File;
use crate::platform::page;

/// Id of the name of a file on the trust page, by its place in the list of files.
pub fn file_row_id(place: u32) -> String {
    format!("file-row-{place}")
}

/// What became of an opening, beside what is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that were to be opened, where one was refused.
    pub files: u64,
    /// Those that were not taken in.
    pub refused: Vec<FileReport>,
    /// The sample was open, and files were added to it.
    pub sample_went: bool,
    /// The file that was removed.
    pub removed: Option<Removed>,
}

/// A file that was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Its name.
    pub name: String,
    /// How many others were closed, as none of them has a click.
    pub closed: u64,
}

/// What a removal needs to be taken back.
#[derive(Clone)]
pub struct Removal {
    /// The files that were open before it.
    files: Vec<File>,
    /// Whose clicks they were said to hold: by their numbers of then.
    tenants: Vec<TenantOf>,
    removed: Removed,
}

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
        self.asked_for.set_value(files.clone());
        let turn = self.begin_asked(listed);
        let answer = self.engine.open(files, move |p| self.advance(turn, &p)).await;
        self.finish(turn, answer)
    }

    /// Opens the built-in sample.
    pub async fn open_sample(self) -> Result<Opened, Failure> {
        self.asked_for.set_value(Vec::new());
        let turn = self.begin_asked(vec![LoadingFile { name: "Sample".into(), ..LoadingFile::default() }]);
        let answer = self.engine.open_sample(move |p| self.advance(turn, &p)).await;
        self.finish(turn, answer)
    }

    /// Opens files in the place of what is open, without waiting; the page shows how it goes.
    pub fn open_in_background(self, files: Vec<File>) {
        if !files.is_empty() {
            spawn_local(async move {
                // The outcome is in `load`, which every page shows.
                drop(self.open_instead(files).await);
            });
        }
    }

    /// Opens files in the place of what is open; resolves when they can be queried.
    pub async fn open_instead(self, files: Vec<File>) -> Result<Opened, Failure> {
        self.forget_whose();
        self.trust_view.set(TrustView::default());
        self.open_others(files).await
    }

    /// Opens other files than those that removals can bring back.
    async fn open_others(self, files: Vec<File>) -> Result<Opened, Failure> {
        let answer = self.open_files(files).await;
        if answer.is_ok() {
            self.removals.set_value(Vec::new());
        }
        answer
    }

    /// Whose clicks the open files hold was said of them, and goes with them: other files may be called the same.
    fn forget_whose(self) {
        let Some(data) = self.data() else { return };
        let names = nth_of_name(data.opened.files.iter().map(|file| file.name.original()));
        let names: Vec<(&str, u32)> = names.collect();
        self.read_as.update(|said| {
            names.iter().rev().for_each(|(name, nth)| said.forget_file(name, *nth));
        });
    }

    /// Reads files from now on as somebody says, and those that are open again; `after` is done when that can be seen.
    pub fn set_read_as(self, read_as: ReadAs, after: impl FnOnce() + 'static) {
        let open = self.data().map_or_else(Vec::new, |data| self.engine.files_of(data.token));
        let files = if open.is_empty() { self.asked_for.get_value() } else { open };
        self.read_so(files, read_as, after);
    }

    /// The same for files that were asked for last, of which one could not be read without that.
    pub fn open_asked_as(self, read_as: ReadAs) {
        self.read_so(self.asked_for.get_value(), read_as, || {});
    }

    fn read_so(self, files: Vec<File>, read_as: ReadAs, after: impl FnOnce() + 'static) {
        if *self.read_as.read_untracked() == read_as {
            return;
        }
        self.read_as.set(read_as);
        if !files.is_empty() {
            self.open_again(files, |_| after());
        }
    }

    /// Takes back something that somebody said. Where nothing can be read without it nothing is open any more, and why is
    /// said.
    pub fn forget_said(self, without: ReadAs, after: impl FnOnce() + 'static) {
        let files = self.data().map_or_else(Vec::new, |data| self.engine.files_of(data.token));
        self.read_as.set(without.clone());
        if files.is_empty() {
            return after();
        }
        self.open_again(files, move |is_done| {
            let failure = match &*self.load.read_untracked() {
                LoadState::Failed { failure, before: Some(_), .. } if !is_done => failure.clone(),
                _ => return after(),
            };
            self.read_as.set(without);
            self.engine.close();
            self.load.set(LoadState::Failed { failure, before: None, again: None });
        });
    }

    /// The name of an open file, and which of the files of that name it is, from 1.
    fn named(self, place: u32) -> Option<(String, u32)> {
        let data = self.data()?;
        let mut names = nth_of_name(data.opened.files.iter().map(|file| file.name.original()));
        names.nth(place as usize).map(|(name, nth)| (name.to_owned(), nth))
    }

    /// Which of the open files of one name a file is, from 1.
    pub fn nth_of_name(self, place: u32) -> u32 {
        self.named(place).map_or(1, |(_, nth)| nth)
    }

    /// Shows what is known of a file on the trust page.
    pub fn show_file(self, place: u32) {
        let Some(name) = self.named(place) else { return };
        self.trust_view.update(|view| {
            view.set_open(&name, true);
            view.all_files = true;
        });
        self.detail.set(None);
        self.go(PageId::TRUST);
        let row = file_row_id(place);
        set_timeout(
            move || {
                page::scroll_to(&row);
                page::focus_id(&row);
            },
            std::time::Duration::from_millis(150),
        );
    }

    /// Opens most of what is open once more: who looked at it looks at the same place afterwards.
    fn open_again(self, files: Vec<File>, after: impl FnOnce(bool) + 'static) {
        let place = page::scrolled();
        spawn_local(async move {
            // The outcome is in `load`, which every page shows.
            let is_done = self.open_files(files).await.is_ok();
            after(is_done);
            // The page grows as its answers come.
            for ms in [150, 500] {
                let go_back = move || {
                    if page::scrolled() == 0.0 {
                        page::scroll_to_height(place);
                    }
                };
                set_timeout(go_back, std::time::Duration::from_millis(ms));
            }
        });
    }

    /// Opens what was open before a file was removed. What was said of files since then stays; whose clicks they are is said
    /// of their numbers, and is as it was.
    pub fn take_back_removal(self) {
        let last = self.removals.with_value(|removals| removals.last().cloned());
        let Some(Removal { files, tenants, .. }) = last else { return };
        self.read_as.update(|said| said.tenants = tenants);
        spawn_local(async move {
            if self.open_files(files).await.is_ok() {
                self.removals.update_value(|removals| drop(removals.pop()));
            }
            // One that was cancelled, and the one before it, can be taken back still.
            let before =
                self.removals.with_value(|removals| removals.last().map(|last| last.removed.clone()));
            self.outcome.update(|outcome| outcome.removed = before);
        });
    }

    /// Asks which column of a table of no known kind is what. `is_open`: its file is among those that are open.
    pub fn ask_columns(self, name: String, table: UnknownTable, is_open: bool) {
        self.unknown.set(Some((name, table, is_open)));
        self.dialog.set(Some(Dialog::Columns));
    }

    /// Opens what is open once more, without one of its files; `after` is done when that can be seen. Without the last
    /// one that has clicks nothing is open.
    pub fn remove_file(self, given: u32, after: impl FnOnce() + 'static) {
        let Some(data) = self.data() else { return };
        let mut files = self.engine.files_of(data.token);
        if (given as usize) >= files.len() {
            return;
        }
        let (before, tenants) = (files.clone(), self.read_as.read_untracked().tenants.clone());
        let gone = files.remove(given as usize).name();
        let reports = &data.opened.files;
        self.read_as.update(|said| {
            // What was said of it, and of what is inside it, is of nothing any more.
            let names = reports.iter().map(|file| file.name.original());
            let of_it = nth_of_name(names).zip(reports).filter(|(_, file)| file.given == given);
            let of_it: Vec<(&str, u32)> = of_it.map(|(name, _)| name).collect();
            of_it.into_iter().rev().for_each(|(name, nth)| said.forget_file(name, nth));
        });
        let has_clicks = |file: &FileReport| file.given != given && file.gave_clicks();
        let state = self;
        let say = move |closed: u64| {
            let removed = Removed { name: gone, closed };
            let removal = Removal { files: before, tenants, removed: removed.clone() };
            state.removals.update_value(|removals| removals.push(removal));
            state.outcome.update(|outcome| outcome.removed = Some(removed));
        };
        // What is unfolded is so under the numbers that names have then.
        self.trust_view.update(|view| {
            let of_it = reports.iter().filter(|file| file.given == given);
            view.forget(&of_it.map(|file| file.name.original()).collect::<Vec<_>>());
        });
        if !reports.iter().any(has_clicks) {
            let closed = files.len() as u64;
            self.detail.set(None);
            self.asked_for.set_value(Vec::new());
            self.engine.close();
            self.outcome.set(Outcome::default());
            self.load.set(LoadState::Empty);
            say(closed);
            return after();
        }
        self.open_again(files, move |is_done| {
            if is_done {
                say(0);
            }
            after();
        });
    }

    /// Opens what was chosen: in the place of what is open, or together with it where that was asked for.
    pub fn open_chosen(self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        let open = self.data().filter(|_| self.adds.get_untracked());
        let mut all = open.as_ref().map_or_else(Vec::new, |data| self.engine.files_of(data.token));
        // What came of no file is the sample.
        let sample_went = open.is_some() && all.is_empty();
        all.extend(files);
        let (state, adds) = (self, open.is_some());
        spawn_local(async move {
            let answer = if adds { state.open_others(all).await } else { state.open_instead(all).await };
            if answer.is_ok() && sample_went {
                state.outcome.update(|outcome| outcome.sample_went = true);
            }
        });
    }

    /// Closes the message of a failed load; what was open before stays.
    pub fn dismiss_failure(&self) {
        let before = self.data();
        self.load.set(before.map_or(LoadState::Empty, LoadState::Ready));
    }

    fn begin_asked(&self, files: Vec<LoadingFile>) -> Turn {
        let before = self.load.read_untracked().data();
        self.restarted.set(None);
        self.outcome.set(Outcome::default());
        self.begin(Loading { files, before, ..Loading::default() })
    }

    /// Shows a load, in the place of any other one.
    pub(super) fn begin(&self, loading: Loading) -> Turn {
        self.engine.read_as(&self.read_as.read_untracked());
        self.detail.set(None);
        self.value_menu.set(None);
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
            let narrows = !self.filter.read_untracked().is_empty();
            self.kept_view.set(answer.is_ok() && narrows);
            match (&answer, &before) {
                (Ok(_), _) => self.read_as_open.set_value(self.read_as.get_untracked()),
                // What is open was read by what was said before.
                (Err(_), Some(_)) => self.read_as.set(self.read_as_open.get_value()),
                (Err(_), None) => {}
            }
            if let Ok((opened, _)) = &answer {
                let refused: Vec<_> = opened.files.iter().filter(|file| file.is_refused()).cloned().collect();
                let files = if refused.is_empty() { 0 } else { opened.files.len() as u64 };
                self.outcome.set(Outcome { files, refused, ..Outcome::default() });
            }
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
