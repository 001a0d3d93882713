//! What was given to open, kept within the page's reach by the load it belongs to.
//!
//! A worker that may not read a file asks the page for slices of it, and an engine that stopped reads the same
//! files again. What is open stays until another load has succeeded. Must not know how files are read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use clicks::engine::DataToken;
use web_sys::File;

/// What a load reads.
#[derive(Clone, Debug)]
pub enum Source {
    /// Files of the user's.
    Files(Vec<File>),
    /// The built-in sample.
    Sample,
}

/// Sources by load.
#[derive(Debug, Default)]
pub struct Kept {
    by_load: RefCell<BTreeMap<DataToken, Source>>,
}

impl Kept {
    /// A load begins.
    pub fn begin(&self, load: DataToken, source: Source) {
        self.by_load.borrow_mut().insert(load, source);
    }

    /// The load has put its data in the place of what was open before.
    pub fn succeeded(&self, load: DataToken) {
        self.by_load.borrow_mut().retain(|known, _| *known >= load);
    }

    /// The load has left nothing.
    pub fn failed(&self, load: DataToken) {
        self.by_load.borrow_mut().remove(&load);
    }

    /// Nothing is open any more.
    pub fn clear(&self) {
        self.by_load.borrow_mut().clear();
    }

    /// What a load has read.
    pub fn source(&self, load: DataToken) -> Option<Source> {
        self.by_load.borrow().get(&load).cloned()
    }

    /// Whether the files begin with those of a load, and go on.
    pub fn begins(&self, load: DataToken, files: &[File]) -> bool {
        let same = |(one, other): (&File, &File)| js_sys::Object::is(one, other);
        match self.by_load.borrow().get(&load) {
            Some(Source::Files(before)) => before.len() < files.len() && before.iter().zip(files).all(same),
            Some(Source::Sample) | None => false,
        }
    }

    /// How many files a load has read.
    pub fn many(&self, load: DataToken) -> u32 {
        match self.by_load.borrow().get(&load) {
            Some(Source::Files(files)) => files.len() as u32,
            Some(Source::Sample) | None => 0,
        }
    }

    /// One file of a load.
    pub fn file(&self, load: DataToken, at: usize) -> Option<File> {
        match self.by_load.borrow().get(&load)? {
            Source::Files(files) => files.get(at).cloned(),
            Source::Sample => None,
        }
    }
}
