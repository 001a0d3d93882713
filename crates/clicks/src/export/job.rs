//! Bytes that leave, a piece at a time, so that nothing is ever whole in memory.
//!
//! Owns what every export is to whoever saves it. Must not know what is in it.

use serde::{Deserialize, Serialize};

/// An export under way.
pub trait Job {
    /// The next piece, of about so many rows; none at the end.
    fn next(&mut self, rows: usize) -> Option<Vec<u8>>;

    /// What it will be.
    fn manifest(&self) -> Manifest;
}

/// What a file is that leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// What is in it, as the first part of its name.
    pub name: String,
    /// The last part of its name.
    pub extension: String,
    /// What browsers call the format.
    pub media_type: String,
    /// How many rows it has.
    pub rows: u64,
}

impl Manifest {
    /// The name of the file, of that day.
    pub fn file_name(&self, day: &str) -> String {
        format!("{}-{day}.{}", self.name, self.extension)
    }
}
