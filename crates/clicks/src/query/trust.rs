//! What is known about the opened files: the question behind the trust page.

use serde::{Deserialize, Serialize};

use super::notes::{duplicates, notes};
use super::{Ask, Cx};
use crate::failure::Failure;
use crate::import::{FileReport, Note};

/// Asks what is known about the opened files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskTrust {}

/// What is known about the opened files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Trust {
    /// One entry a file, in the order opened.
    pub files: Vec<FileReport>,
    /// Clicks after duplicates were counted once.
    pub clicks: u64,
    /// Rows that were identical to another and counted once.
    pub duplicates: u64,
    /// Sentences to read before the numbers.
    pub notes: Vec<Note>,
    /// How the engine runs: `worker` or `page`.
    pub engine: Option<String>,
}

impl Ask for AskTrust {
    const NAME: &'static str = "trust";
    type Answer = Trust;

    fn answer(&self, cx: &mut Cx) -> Result<Trust, Failure> {
        Ok(Trust {
            files: cx.files().to_vec(),
            clicks: cx.data().clicks(),
            duplicates: duplicates(cx),
            notes: notes(cx),
            engine: cx.place().map(str::to_owned),
        })
    }
}
