//! A failure as everybody hears of it: what happened, where, what to do next.
//!
//! Owns the kinds, which are stable words for programs. Must not know who fails nor who is told.

use serde::{Deserialize, Serialize};

use crate::model::Untrusted;

/// What kind of failure it is: stable words for programs, and the title on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The file holds no clicks.
    NotClicks,
    /// The file has the columns of clicks and no row.
    Empty,
    /// The file is packed.
    Zipped,
    /// The file is damaged.
    Broken,
    /// The browser could not read the file, or not to its end.
    Unreadable,
    /// Somebody stopped it.
    Cancelled,
    /// The question cannot be answered because of what it says.
    BadRequest,
    /// Nothing is open, or no longer the data that the question is about.
    NoData,
    /// The answer is more than the browser can hold.
    TooLarge,
    /// The browser has no room for the export.
    NoRoom,
    /// The engine stopped, or answered in a way that nobody understands: a defect of ours.
    #[default]
    Crashed,
}

impl FailureKind {
    /// All kinds.
    pub const ALL: [FailureKind; 11] = [
        FailureKind::NotClicks,
        FailureKind::Empty,
        FailureKind::Zipped,
        FailureKind::Broken,
        FailureKind::Unreadable,
        FailureKind::Cancelled,
        FailureKind::BadRequest,
        FailureKind::NoData,
        FailureKind::TooLarge,
        FailureKind::NoRoom,
        FailureKind::Crashed,
    ];

    /// The kind as programs read it, the same as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            FailureKind::NotClicks => "not-clicks",
            FailureKind::Empty => "empty",
            FailureKind::Zipped => "zipped",
            FailureKind::Broken => "broken",
            FailureKind::Unreadable => "unreadable",
            FailureKind::Cancelled => "cancelled",
            FailureKind::BadRequest => "bad-request",
            FailureKind::NoData => "no-data",
            FailureKind::TooLarge => "too-large",
            FailureKind::NoRoom => "no-room",
            FailureKind::Crashed => "crashed",
        }
    }
}

impl std::fmt::Display for FailureKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// A failure with what, where and what to do next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Stable word for programs.
    pub kind: FailureKind,
    /// What happened and what to do next, in a sentence or two for people.
    pub message: Untrusted,
    /// The file, where there is one.
    pub file: Option<Untrusted>,
    /// Line of the file, from 1, where it is known.
    pub line: Option<u64>,
    /// What the file was recognised as, where it was.
    pub recognised: Option<String>,
    /// What to export instead.
    pub instead: Option<String>,
    /// A table of no known kind: somebody may say what its columns are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Box<UnknownTable>>,
    /// The other files that were opened with this one and failed too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Failure>,
}

/// The columns and first rows of a table of no known kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnknownTable {
    /// Names of the columns, as written.
    pub columns: Vec<Untrusted>,
    /// How many columns there are besides.
    #[serde(default)]
    pub more_columns: u32,
    /// The first rows, cell by cell.
    pub rows: Vec<Vec<Untrusted>>,
    /// What columns look like: a field by its name, and the place of the column.
    pub guesses: Vec<(String, u32)>,
}

impl Failure {
    /// A failure that is told by its kind and a sentence.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Failure {
        Failure { kind, message: Untrusted::from(message.into()), ..Failure::default() }
    }

    /// Whether it is a table that may hold clicks, once somebody says which column is what.
    pub fn can_be_named(&self) -> bool {
        self.table.as_deref().is_some_and(UnknownTable::may_be_clicks)
    }

    /// A question that cannot be answered because of what it says.
    pub fn bad_request(message: impl Into<String>) -> Failure {
        Failure::new(FailureKind::BadRequest, message)
    }

    /// A question about data that is not here.
    pub fn no_data(message: impl Into<String>) -> Failure {
        Failure::new(FailureKind::NoData, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_kind_in_json_is_its_name() {
        for kind in FailureKind::ALL {
            assert_eq!(serde_json::json!(kind), serde_json::json!(kind.name()));
        }
    }
}
