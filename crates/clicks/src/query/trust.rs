//! What is known about the opened files: the question behind the trust page.

use serde::{Deserialize, Serialize};

use super::coverage::{Coverage, coverage};
use super::notes::{duplicates, notes, of_missing_days};
use super::wording::{Wording, wordings};
use super::{Ask, Cx};
use crate::beside::{Joins, Policy};
use crate::failure::Failure;
use crate::import::{FileReport, Note, gravest_first};
use crate::model::Untrusted;

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
    /// Records that repeat a click and were not counted again.
    pub duplicates: u64,
    /// What to read before the numbers.
    pub notes: Vec<Note>,
    /// What each word of the exports was taken to mean, what is unknown first, then by clicks, [`super::MOST_WORDINGS`] at most.
    pub words: Vec<Wording>,
    /// Where the clicks of the files are from.
    pub sources: Vec<Untrusted>,
    /// Which days each file covers.
    pub coverage: Coverage,
    /// What came of joining the clicks with what stands beside them.
    pub joins: Joins,
    /// Policies of Safe Links that are open too.
    pub policies: Vec<Policy>,
    /// People in simulations that are open too.
    pub simulated: u64,
    /// How the engine runs: `worker` or `page`.
    pub engine: Option<String>,
}

impl Ask for AskTrust {
    const NAME: &'static str = "trust";
    type Answer = Trust;

    fn answer(&self, cx: &mut Cx) -> Result<Trust, Failure> {
        let coverage = coverage(cx);
        let mut notes = notes(cx);
        notes.extend(of_missing_days(&coverage));
        Ok(Trust {
            files: cx.files().to_vec(),
            clicks: cx.data().clicks(),
            duplicates: duplicates(cx),
            notes: gravest_first(notes),
            words: wordings(cx),
            sources: cx.data().sources.iter().map(Untrusted::from).collect(),
            coverage,
            joins: cx.joins().clone(),
            policies: cx.tables().policies.rows.clone(),
            simulated: cx.tables().simulations.people().len() as u64,
            engine: cx.place().map(str::to_owned),
        })
    }
}
