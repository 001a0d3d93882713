//! What is known of opened files: what each was taken for, what was counted, what was not and why.
//!
//! Owns these facts as plain data with one JSON form. How they come about is in `describe`. Must not know any
//! question.

use serde::{Deserialize, Serialize};

use crate::failure::UnknownTable;
use crate::model::sorting::sorted;
use crate::model::{Field, Untrusted};

/// What happened to one file. The short form of it is what `open(files)` resolves to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FileReport {
    /// File name.
    pub name: Untrusted,
    /// Which of the files that were opened together it is, or is inside of, from 0.
    pub given: u32,
    /// What it was recognised as: `hunting-csv`, `graph-json`, `log-analytics-csv`, `streaming-jsonl`, ….
    pub kind: String,
    /// That, in words: "Advanced hunting results (CSV)".
    pub kind_label: String,
    /// Why: the signs that decided.
    pub why: Untrusted,
    /// Size in bytes.
    pub bytes: u64,
    /// Records read in all, header not counted.
    pub records: u64,
    /// Clicks of this file that are counted. Records are these, duplicates, refused and skipped ones, and those that
    /// stand beside the clicks.
    pub rows: u64,
    /// Records that should have been clicks and could not be used.
    pub refused: u64,
    /// Records that are no clicks and of no use beside them, such as those of other tables.
    pub skipped: u64,
    /// Records that repeat a click of this or another file, and were not counted again.
    pub duplicates: u64,
    /// Records that are no clicks and are kept beside them, by what they are.
    pub beside: Vec<Beside>,
    /// Words for what happened that the format does not know.
    pub unknown_actions: Vec<UnknownAction>,
    /// Clicks that lack what is needed to say who, from where, to whom.
    pub without: Without,
    /// Oldest click, ISO 8601 UTC.
    pub from: Option<String>,
    /// Newest click, ISO 8601 UTC.
    pub to: Option<String>,
    /// Times whose day and month could change places.
    pub reads_both_ways: u64,
    /// Whether the times are known to be UTC: `utc`, `assumed`, `local`, or `told` where somebody said whose clock it is.
    pub zone_certainty: String,
    /// Why, in words.
    pub zone_why: Untrusted,
    /// Text encoding found: `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, …
    pub encoding: String,
    /// Delimiter, JSON shape and the like, in words.
    pub container: Untrusted,
    /// Columns of the report that this export does not have.
    pub absent: Vec<String>,
    /// Why records were refused or skipped, with the first line numbers.
    pub reasons: Vec<Reason>,
    /// What to read before the numbers.
    pub notes: Vec<Note>,
    /// The columns of a table of no known kind: somebody may say what they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Box<UnknownTable>>,
}

impl FileReport {
    /// Whether the file was not taken in.
    pub fn is_refused(&self) -> bool {
        self.kind == REFUSED
    }
}

/// Records of a file that stand beside the clicks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Beside {
    /// Stable word: `email-events`, `people`, `sign-ins-csv`, ….
    pub kind: String,
    /// That, in words.
    pub label: String,
    /// What they are good for.
    pub serves: String,
    /// How many records.
    pub records: u64,
}

/// A word for what happened that is not documented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UnknownAction {
    /// The word.
    pub word: Untrusted,
    /// Clicks that have it.
    pub clicks: u64,
}

/// Clicks of a file without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Without {
    /// Nobody is named.
    pub user: u64,
    /// No address.
    pub ip: u64,
    /// The URL has no host.
    pub host: u64,
    /// No report id: each is an attempt of its own.
    pub report_id: u64,
}

/// One reason why records were not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reason {
    /// Stable word for programs: `bad-time`, `no-url`, `other-table`, `broken-json`, …
    pub code: String,
    /// The reason in words.
    pub text: Untrusted,
    /// Refused (should have been a click) or skipped (is none).
    pub refused: bool,
    /// How many records.
    pub count: u64,
    /// The first line numbers, from 1.
    pub lines: Vec<u64>,
    /// What was found in the first of them, shortened.
    pub example: Option<Untrusted>,
}

/// The kind of a file that was not taken in.
pub(super) const REFUSED: &str = "refused";

/// Something about the data that bears on how far a number can be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// How much it matters.
    pub level: Level,
    /// Stable word for programs, such as `no-allowed` or `probably-truncated`.
    pub code: String,
    /// The point, in a few words.
    pub title: Untrusted,
    /// The rest of it.
    pub text: Untrusted,
}

/// What the exports that are open may not say, and no number can then be known of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// What was malicious.
    Threats,
    /// What came of a click.
    Action,
    /// Whether a warning was clicked through.
    ClickThrough,
    /// The clicks that were let through.
    Allowed,
}

impl Gap {
    /// All of them.
    pub const ALL: [Gap; 4] = [Gap::Threats, Gap::Action, Gap::ClickThrough, Gap::Allowed];

    /// The code of the note that says so.
    pub const fn code(self) -> &'static str {
        match self {
            Gap::Threats => "no-threats",
            Gap::Action => "no-action",
            Gap::ClickThrough => "no-click-through",
            Gap::Allowed => "no-allowed",
        }
    }
}

/// The notes, those that matter most first.
pub fn gravest_first(notes: Vec<Note>) -> Vec<Note> {
    sorted(notes, |a, b| b.level.cmp(&a.level))
}

impl FileReport {
    /// Whether clicks came out of it, also if all of them were in another file already.
    pub fn gave_clicks(&self) -> bool {
        self.rows.saturating_add(self.duplicates) > 0
    }
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Good to know.
    #[default]
    Info,
    /// Read the numbers with care.
    Warn,
    /// Some of the data could not be used.
    Bad,
}

/// How far a load has come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Progress {
    /// Index of the file being read, from 0.
    pub file: u32,
    /// How many files there are.
    pub files: u32,
    /// Its name.
    pub name: Untrusted,
    /// What it was recognised as, once known.
    pub kind_label: Option<String>,
    /// Bytes read of this file.
    pub bytes: u64,
    /// Size of this file.
    pub bytes_total: u64,
    /// Clicks kept so far, of all files.
    pub rows: u64,
}

/// What `open(files)` resolves to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Opened {
    /// Clicks that can be queried: duplicates counted once.
    pub rows: u64,
    /// One entry a file.
    pub files: Vec<FileReport>,
}

impl Opened {
    /// Whether a file that gave clicks has a column. One that was refused has none, whatever its report leaves unsaid.
    pub fn has(&self, column: Field) -> bool {
        let has = |f: &FileReport| !f.absent.iter().any(|a| Field::column_of_name(a) == Some(column));
        self.files.iter().filter(|f| f.rows > 0).any(has)
    }
}
