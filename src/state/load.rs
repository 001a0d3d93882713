//! What is open: one enum, one signal.

use std::sync::Arc;

use clicks::Failure;
use clicks::engine::DataToken;
use clicks::import::{Opened, Progress};
use clicks::model::Untrusted;

/// Where the page stands with its files.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LoadState {
    /// Nothing has been opened.
    #[default]
    Empty,
    /// Files are being read.
    Loading(Loading),
    /// Clicks can be queried.
    Ready(DataRef),
    /// The last files could not be opened; what was open before still is.
    Failed {
        /// What happened.
        failure: Failure,
        /// What was open before.
        before: Option<DataRef>,
        /// A load whose files are at hand and can be read again, where nothing is open any more.
        again: Option<DataToken>,
    },
}

/// A load under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loading {
    /// Every file, in the order opened.
    pub files: Vec<LoadingFile>,
    /// Clicks kept so far, of all files.
    pub rows: u64,
    /// Index of the file being read.
    pub current: usize,
    /// What was open before.
    pub before: Option<DataRef>,
    /// Why files are read, where nobody asked for it just now.
    pub why: Option<String>,
}

/// One file of a load under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadingFile {
    /// Its name.
    pub name: Untrusted,
    /// What it was recognised as, once known.
    pub kind: Option<String>,
    /// Bytes read.
    pub bytes: u64,
    /// Its size.
    pub bytes_total: u64,
}

/// What was opened. A new load is new data even when the files are the same.
#[derive(Clone, Debug)]
pub struct DataRef {
    /// What the engine said of it.
    pub opened: Arc<Opened>,
    /// What the engine calls it.
    pub token: DataToken,
    /// How often the engine has stopped on these files.
    pub crashes: u32,
}

impl PartialEq for DataRef {
    fn eq(&self, other: &DataRef) -> bool {
        self.token == other.token
    }
}

impl LoadState {
    /// What is open, whatever else is going on.
    pub fn data(&self) -> Option<DataRef> {
        match self {
            LoadState::Empty => None,
            LoadState::Ready(data) => Some(data.clone()),
            LoadState::Loading(Loading { before, .. }) | LoadState::Failed { before, .. } => before.clone(),
        }
    }

    /// What can be asked about now: not while something else is being read.
    pub fn askable(&self) -> Option<DataRef> {
        if matches!(self, LoadState::Loading(_)) { None } else { self.data() }
    }

    /// Whether that data is what is open.
    pub fn is_open(&self, data: DataToken) -> bool {
        self.data().is_some_and(|open| open.token == data)
    }
}

impl Loading {
    /// Takes in how far the engine has come. Files before the current one are complete.
    pub fn advance(&mut self, progress: &Progress) {
        let at = progress.file as usize;
        while self.files.len() <= at {
            self.files.push(LoadingFile::default());
        }
        for file in &mut self.files[..at] {
            file.bytes = file.bytes_total;
        }
        let file = &mut self.files[at];
        file.name.clone_from(&progress.name);
        file.kind.clone_from(&progress.kind_label);
        file.bytes = progress.bytes;
        file.bytes_total = progress.bytes_total.max(progress.bytes);
        self.rows = progress.rows;
        self.current = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loading_second_file_completes_the_first() {
        let file = |name: &str| LoadingFile { name: name.into(), bytes_total: 10, ..LoadingFile::default() };
        let mut loading = Loading { files: vec![file("a"), file("b")], ..Loading::default() };
        loading.advance(&Progress {
            file: 1,
            name: "b".into(),
            bytes: 3,
            bytes_total: 10,
            rows: 7,
            ..Progress::default()
        });
        assert_eq!((loading.files[0].bytes, loading.files[1].bytes, loading.rows), (10, 3, 7));
    }
}
