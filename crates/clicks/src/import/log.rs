//! What could not be counted, and why. Import never fails for a bad row: it is counted here.

use crate::model::Untrusted;
use crate::model::sorting::sorted;
use std::collections::BTreeMap;

use super::report::Reason;

/// Why a record was not counted as a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The record belongs to another table of the same export.
    OtherTable,
    /// The header line again, as when files were joined by hand.
    HeaderAgain,
    /// The URL is empty.
    NoUrl,
    /// The time is empty.
    NoTime,
    /// The time cannot be read, or is not between 2000 and 2100.
    BadTime,
    /// More cells than the header has names.
    TooManyCells,
    /// Fewer cells than the header has names.
    TooFewCells,
    /// A quote that is never closed.
    UnclosedQuote,
    /// A record longer than any real one.
    TooLong,
    /// The record is no valid JSON.
    BrokenJson,
    /// The file ends inside the record.
    CutOff,
    /// Parts of a document that were not looked through: it is too deep or has too many.
    TooDeep,
    /// The line is none of its format.
    BrokenLine,
    /// Names are concealed: thirty-two digits stand for a person.
    Concealed,
    /// A JSON value that is no object where records are expected.
    NotAnObject,
    /// The export says that nobody clicked: a link was scanned on delivery.
    NobodyClicked,
    /// A cell that should hold a record holds nothing.
    NothingInside,
    /// The record of a message does not say of which.
    NoMessage,
    /// The record names nobody.
    Nobody,
    /// A step of a campaign that no recipient did, or a removal that did not succeed.
    NothingDone,
    /// Whether a sign-in succeeded is said in a word that is not known.
    BadResult,
    /// A step after delivery that put a message back, or delivered it.
    NothingRemoved,
    /// A record beside the clicks that was there already.
    SameAgain,
    /// More records beside the clicks than are kept.
    TooMany,
    /// A record of a rollup whose number of clicks cannot be read.
    BadWeight,
}

impl Why {
    /// The reason in words, and whether the record should have been used.
    pub const fn said(self) -> (&'static str, bool) {
        let (_, text, refused) = self.describe();
        (text, refused)
    }

    const fn describe(self) -> (&'static str, &'static str, bool) {
        match self {
            Why::OtherTable => ("other-table", "rows of other tables, not clicks", false),
            Why::HeaderAgain => ("header-again", "the header line again", false),
            Why::NoUrl => ("no-url", "the URL is empty", true),
            Why::NoTime => ("no-time", "the time is empty", true),
            Why::BadTime => ("bad-time", "the time cannot be read, or is not between 2000 and 2100", true),
            Why::TooManyCells => ("too-many-cells", "more cells than the header has names", true),
            Why::TooFewCells => ("too-few-cells", "fewer cells than the header has names", true),
            Why::UnclosedQuote => ("unclosed-quote", "a quote is opened and never closed", true),
            Why::TooLong => ("too-long", "the record is longer than 8 MB", true),
            Why::BrokenJson => ("broken-json", "the record is no valid JSON", true),
            Why::CutOff => ("cut-off", "the file ends inside the record", true),
            Why::TooDeep => {
                ("too-deep", "parts of a document deeper, or more, than are looked through", true)
            }
            Why::BrokenLine => ("broken-line", "the line is none of its format", true),
            Why::Concealed => ("concealed", "names are concealed", false),
            Why::NotAnObject => ("not-an-object", "a value where a record was expected", true),
            Why::NobodyClicked => ("nobody-clicked", "scans of links on delivery, not clicks", false),
            Why::NothingInside => ("nothing-inside", "the cell that should hold the record is empty", true),
            Why::NoMessage => {
                ("no-message", "messages without an id, which nothing can be joined with", false)
            }
            Why::Nobody => ("nobody", "nobody is named", true),
            Why::BadResult => ("bad-result", "whether it succeeded cannot be read", true),
            Why::NothingRemoved => {
                ("nothing-removed", "steps that brought a message to where it is seen", false)
            }
            Why::NothingDone => ("nothing-done", "steps that nobody did, or that did not succeed", false),
            Why::TooMany => ("too-many", "more records beside clicks than the 2,000,000 that are kept", true),
            Why::SameAgain => ("same-again", "records that were there already", false),
            Why::BadWeight => ("bad-weight", "the number of clicks cannot be read", true),
        }
    }
}

/// How many line numbers are kept for each reason.
const LINES: usize = 10;
/// How much of a bad cell is kept as an example, in bytes.
pub const EXAMPLE: usize = 80;

/// Counts of one file. What is put in here is shown, never lost.
#[derive(Clone, Debug, Default)]
#[must_use = "what could not be counted must be shown"]
pub struct ImportLog {
    reasons: BTreeMap<Why, Reason>,
    /// Records read, header not counted.
    pub records: u64,
    /// Each record that was not taken, the first [`MOST_LEFT`] of them.
    left: Vec<Left>,
    /// How much of them is kept, with those of the files before.
    left_bytes: usize,
    /// What records of other tables are, as they say it themselves, with how many.
    others: BTreeMap<String, u64>,
}

/// How many records that were not taken are listed one by one.
pub const MOST_LEFT: usize = 100_000;

/// How much of each is kept, in bytes: more than a click has, with its chain of redirects.
const LEFT_TEXT: usize = 8_000;

/// How much of all files is; of those beyond it only [`EXAMPLE`] is.
const MOST_LEFT_BYTES: usize = 16 << 20;

/// A record that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Line of the file, from 1.
    pub line: u64,
    /// Why.
    pub why: Why,
    /// The record, as far as it is kept; of some only the cell that decided is known.
    pub text: String,
}

/// How many other tables are told apart, and how many of them are named.
const MOST_OTHERS: usize = 200;
const NAMED_OTHERS: usize = 6;

impl ImportLog {
    /// Counts one record that was not taken, of which nothing is known but what was found.
    pub fn note(&mut self, why: Why, line: u64, example: &[u8]) {
        self.note_record(why, line, example, example);
    }

    /// Counts one record that was not taken. `example` is what was found, the cell that decided.
    pub fn note_record(&mut self, why: Why, line: u64, example: &[u8], record: &[u8]) {
        let (code, text, refused) = why.describe();
        if self.left.len() < MOST_LEFT {
            let most = if self.left_bytes < MOST_LEFT_BYTES { LEFT_TEXT } else { EXAMPLE };
            let text = String::from_utf8_lossy(&record[..record.len().min(most)]).into_owned();
            self.left_bytes += text.len();
            self.left.push(Left { line, why, text });
        }
        if why == Why::OtherTable && !example.trim_ascii().is_empty() {
            let name = String::from_utf8_lossy(&example[..example.len().min(EXAMPLE)]).into_owned();
            let known = self.others.len() < MOST_OTHERS || self.others.contains_key(&name);
            *self.others.entry(if known { name } else { "…".to_owned() }).or_default() += 1;
        }
        let reason = self.reasons.entry(why).or_insert_with(|| Reason {
            code: code.to_owned(),
            text: text.into(),
            refused,
            example: Some(String::from_utf8_lossy(&example[..example.len().min(EXAMPLE)]).into_owned())
                .filter(|e| !e.trim().is_empty())
                .map(Untrusted::from),
            ..Reason::default()
        });
        reason.count += 1;
        if reason.lines.len() < LINES {
            reason.lines.push(line);
        }
    }

    /// An empty one, after files of which `left_bytes` of records were kept that were not taken.
    pub fn after(left_bytes: usize) -> ImportLog {
        ImportLog { left_bytes, ..ImportLog::default() }
    }

    /// Takes the list of records that were not taken, with how much of all files is kept of such.
    pub fn take_left(&mut self) -> (Vec<Left>, usize) {
        (std::mem::take(&mut self.left), self.left_bytes)
    }

    /// Records that should have been clicks.
    pub fn refused(&self) -> u64 {
        self.reasons.values().filter(|r| r.refused).map(|r| r.count).sum()
    }

    /// Records that are no clicks.
    pub fn skipped(&self) -> u64 {
        self.reasons.values().filter(|r| !r.refused).map(|r| r.count).sum()
    }

    /// The reasons, refusals first, most frequent first.
    pub fn into_reasons(mut self) -> Vec<Reason> {
        let others = self.named_others();
        if let (Some(reason), Some(others)) = (self.reasons.get_mut(&Why::OtherTable), others) {
            reason.example = Some(others.into());
        }
        let reasons: Vec<Reason> = self.reasons.into_values().collect();
        sorted(reasons, |a, b| b.refused.cmp(&a.refused).then(b.count.cmp(&a.count)))
    }

    /// The other tables that most records are of; the only one alone, several with how many.
    fn named_others(&self) -> Option<String> {
        let list: Vec<(&String, u64)> = self.others.iter().map(|(name, count)| (name, *count)).collect();
        match &list[..] {
            [] => None,
            [(one, _)] => Some((*one).clone()),
            _ => {
                let list = sorted(list, |a, b| b.1.cmp(&a.1));
                let named: Vec<String> =
                    list.iter().take(NAMED_OTHERS).map(|(name, count)| format!("{name} × {count}")).collect();
                let more = if list.len() > NAMED_OTHERS { ", …" } else { "" };
                Some(format!("{}{more}", named.join(", ")))
            }
        }
    }

    /// What was found in records that were not taken: the other tables, else the first of them.
    pub fn example(&self) -> Option<String> {
        let first =
            || self.reasons.values().find_map(|r| r.example.as_ref().map(|e| e.original().to_owned()));
        self.named_others().or_else(first)
    }

    /// Records that are of other tables, as far as it can be told.
    pub fn of_other_tables(&self) -> u64 {
        self.reasons.get(&Why::OtherTable).map_or(0, |reason| reason.count)
    }

    /// The first refusal, for a message.
    pub fn first_refusal(&self) -> Option<&Reason> {
        self.reasons.values().filter(|r| r.refused).max_by_key(|r| r.count)
    }
}
