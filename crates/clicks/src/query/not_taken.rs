//! The records of a file that were not taken, one by one: what somebody mends, or proves that nothing is missing.

use serde::{Deserialize, Serialize};

use super::{Ask, Cx};
use crate::failure::Failure;
use crate::import::MOST_LEFT;
use crate::model::Untrusted;

/// Asks which records of a file were not taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AskNotTaken {
    /// Place of the file in the list of files.
    pub file: u32,
}

/// The records of a file that were not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NotTaken {
    /// One entry a record, in the order of the file; the first 100,000.
    pub rows: Vec<NotTakenRow>,
    /// There are more than are listed.
    pub more: bool,
}

/// A record that was not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NotTakenRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// It should have been used; else it is of another kind.
    pub refused: bool,
    /// Why, in words.
    pub why: String,
    /// The record as it is in the file, as far as it is kept; of some only the cell that decided is known.
    pub text: Untrusted,
}

impl Ask for AskNotTaken {
    const NAME: &'static str = "notTaken";
    type Answer = NotTaken;

    fn answer(&self, cx: &mut Cx) -> Result<NotTaken, Failure> {
        let Some(left) = cx.left().get(self.file as usize) else {
            return Err(Failure::bad_request(format!("There is no file {}.", self.file)));
        };
        let row = |left: &crate::import::Left| {
            let (why, refused) = left.why.said();
            NotTakenRow { line: left.line, refused, why: why.to_owned(), text: left.text.as_str().into() }
        };
        // What is kept of all files together is limited.
        let kept: usize = cx.left().iter().map(Vec::len).sum();
        let of_this = cx.files().get(self.file as usize).map_or(0, |file| file.refused + file.skipped);
        let more = kept >= MOST_LEFT && (left.len() as u64) < of_this;
        Ok(NotTaken { more, rows: left.iter().map(row).collect() })
    }
}
