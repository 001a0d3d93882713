//! A load: files in their order, from the first byte of each to its last.

use super::{GivenFile, Want, Wants};
use crate::failure::{Failure, FailureKind, UnknownTable};
use crate::import::{Loader, Progress, ReadAs};
use crate::model::Untrusted;

/// Files being opened.
pub struct Opening {
    files: Vec<GivenFile>,
    loader: Loader,
    /// The file at hand.
    at: usize,
    /// Bytes of it that came.
    came: u64,
    /// Files that gave clicks: index and size.
    taken: Vec<(usize, u64)>,
    failures: Vec<Failure>,
    reader: &'static str,
}

/// What was read of the files that are open, before it was put in order: further ones are read after them.
pub(super) struct Before {
    loader: Loader,
    files: usize,
    taken: Vec<(usize, u64)>,
    failures: Vec<Failure>,
}

impl Before {
    /// Whether it is of so many files, read as somebody says.
    pub(super) fn is_of(&self, files: usize, read_as: &ReadAs) -> bool {
        self.files == files && self.loader.is_read_as() == read_as
    }
}

impl Opening {
    /// Goes on after what was read before; the first files are those.
    pub(super) fn after(before: Before, files: Vec<GivenFile>, reader: &'static str) -> Opening {
        let Before { loader, files: at, taken, failures } = before;
        let mut opening = Opening { files, loader, at, came: 0, taken, failures, reader };
        opening.start();
        opening
    }

    /// What was read, for files that are added later; none where keeping it would take too much memory.
    pub(super) fn before(&self) -> Option<Before> {
        Some(Before {
            loader: self.loader.copy()?,
            files: self.files.len(),
            taken: self.taken.clone(),
            failures: self.failures.clone(),
        })
    }

    pub(super) fn new(files: Vec<GivenFile>, key: u64, read_as: ReadAs, reader: &'static str) -> Opening {
        let mut loader = Loader::with_key(key);
        loader.read_as(read_as);
        let mut opening =
            Opening { files, loader, at: 0, came: 0, taken: Vec::new(), failures: Vec::new(), reader };
        opening.start();
        opening
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let file = self.files.get(self.at);
        Progress {
            file: self.at as u32,
            files: self.files.len() as u32,
            name: file.map(|f| f.name.clone()).unwrap_or_default().into(),
            kind_label: self.loader.kind_label().map(str::to_owned),
            bytes: self.loader.bytes(),
            bytes_total: file.map_or(0, |f| f.size),
            rows: self.loader.rows(),
        }
    }

    /// What was read, and the files that gave clicks; every failure, within the first, when none did.
    pub(super) fn into_taken(self) -> Result<(Loader, Vec<(usize, u64)>), Failure> {
        if self.taken.is_empty() {
            return Err(first_of(self.failures));
        }
        if self.loader.rows() == 0 {
            return Err(first_of(self.loader.kept().map(no_clicks).chain(self.failures).collect()));
        }
        Ok((self.loader, self.taken))
    }

    fn start(&mut self) {
        self.came = 0;
        if let Some(file) = self.files.get(self.at) {
            self.loader.start_file(&file.name, file.size);
        }
    }

    fn next(&mut self, failure: Option<Failure>) {
        match (failure, self.files.get(self.at)) {
            // A packed file gives as many as are inside it.
            (None, Some(file)) => self.taken.resize(self.loader.taken(), (self.at, file.size)),
            (Some(failure), _) => self.failures.push(failure),
            (None, None) => {}
        }
        self.at += 1;
        self.start();
    }
}

impl Wants for Opening {
    fn want(&self) -> Want {
        match self.files.get(self.at) {
            Some(file) => {
                Want::Read { file: self.at, from: self.came, len: file.size.saturating_sub(self.came) }
            }
            None => Want::Idle,
        }
    }

    fn next(&self) -> Option<usize> {
        Some(self.at + 1).filter(|next| *next < self.files.len())
    }

    fn room(&mut self, len: usize) -> &mut [u8] {
        self.loader.spare(len)
    }

    fn fed(&mut self, len: usize) -> bool {
        self.came += len as u64;
        self.loader.advance(len, len);
        !self.loader.is_refused()
    }

    fn end(&mut self) {
        let Some(file) = self.files.get(self.at) else { return };
        // A file that is no click data need not be read to its end.
        if self.came != file.size && !self.loader.is_refused() {
            let why =
                format!("it gave {} of {} bytes, as if it was cut short meanwhile", self.came, file.size);
            return self.fail(&why);
        }
        let failure = self.loader.end_file().err();
        self.next(failure);
    }

    /// Rows of half a file would be counted as if they were all of it: they go.
    fn fail(&mut self, why: &str) {
        let Some(file) = self.files.get(self.at) else { return };
        let message = format!(
            "{} could not read the file: {why}. If another program has it open, close it there, then open it again.",
            self.reader
        );
        let failure = Failure {
            file: Some(file.name.clone().into()),
            ..Failure::new(FailureKind::Unreadable, message)
        };
        self.loader.give_up_file(&failure);
        self.next(Some(failure));
    }
}

fn no_clicks((name, kept, table): (&Untrusted, &str, Option<&UnknownTable>)) -> Failure {
    Failure {
        file: Some(name.clone()),
        table: table.cloned().map(Box::new),
        recognised: Some(kept.to_owned()),
        instead: Some("Open it together with an export of clicks.".to_owned()),
        ..Failure::new(
            FailureKind::NotClicks,
            format!("This is {kept}. It stands beside clicks, and no click was opened with it."),
        )
    }
}

/// The failure that a person can do most about, with the others in it: a table whose columns can be named, else the first.
fn first_of(mut failures: Vec<Failure>) -> Failure {
    let place = failures.iter().position(Failure::can_be_named).unwrap_or_default();
    if place >= failures.len() {
        return nothing_given();
    }
    let first = failures.remove(place);
    Failure { also: failures, ..first }
}

fn nothing_given() -> Failure {
    Failure::bad_request("No file was given to open.")
}
