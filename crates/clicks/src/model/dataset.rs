//! The clicks in memory: a struct of columns, in the order of time.
//!
//! Owns the layout and the invariants: every column is as long as `time` or empty (not in any export),
//! `time` ascends, every id is inside its dictionary or [`NONE`]. Immutable once built; built by
//! [`super::DatasetBuilder`]. Must not know formats, filters or text of answers.

use super::{Action, Column, Dictionary, IdColumn, NONE, OriginColumn, Verdict};

/// What one row says happened: the combination of all fields of few values. Rows carry a `u16` into
/// [`Dataset::kinds`], so that most questions are answered by counting kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    /// Canonical verdict.
    pub verdict: Verdict,
    /// Canonical action.
    pub action: Action,
    /// The export's word, in [`Dataset::raw_actions`], or [`NONE`].
    pub raw_action: u32,
    /// Where the link was clicked, in [`Dataset::sources`], or [`NONE`].
    pub source: u32,
    /// The export's text of threat types, in [`Dataset::threat_texts`], or [`NONE`].
    pub threat_text: u32,
    /// The export's word for "clicked through the warning": none, false, true.
    pub clicked_through: Option<bool>,
}

/// Where a row came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin(u64);

impl Origin {
    /// Files are counted in 16 bits, offsets in 48 (281 TB).
    pub const fn new(file: u16, offset: u64) -> Origin {
        Origin(((file as u64) << 48) | (offset & 0xffff_ffff_ffff))
    }

    /// Index of the file, in the order opened.
    pub const fn file(self) -> u16 {
        (self.0 >> 48) as u16
    }

    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    pub(super) const fn from_bits(bits: u64) -> Origin {
        Origin(bits)
    }

    /// Byte offset of the record in the text of the file (after decoding to UTF-8).
    pub const fn offset(self) -> u64 {
        self.0 & 0xffff_ffff_ffff
    }
}

/// Clicks as columns. One row is one click of an export, duplicates counted once.
#[derive(Clone, Default)]
pub struct Dataset {
    /// Unix milliseconds UTC, ascending.
    pub time: Vec<i64>,
    /// Into [`Dataset::kinds`].
    pub kind: Vec<u16>,
    /// Into [`Dataset::users`], or [`NONE`].
    pub user: Vec<u32>,
    /// Into [`Dataset::urls`].
    pub url: Vec<u32>,
    /// Into [`Dataset::ips`], or [`NONE`].
    pub ip: Vec<u32>,
    /// Network message id as a number, 0 for none. See [`Dataset::id_text`].
    pub message: IdColumn,
    /// Report id as a number, 0 for none.
    pub report: IdColumn,
    /// Into [`Dataset::texts`], or [`NONE`]; empty when no export has it.
    pub subject: Vec<u32>,
    /// As `subject`.
    pub sender: Vec<u32>,
    /// As `subject`.
    pub device: Vec<u32>,
    /// Into [`Dataset::tenants`], or [`NONE`]; empty when no export has it.
    pub tenant: Vec<u32>,
    /// File and byte offset.
    pub origin: OriginColumn,
    /// Line of the file, from 1.
    pub line: Vec<u32>,

    /// The combinations of few-valued fields.
    pub kinds: Vec<Kind>,
    /// Host of each URL, into [`Dataset::hosts`], or [`NONE`].
    pub host_of_url: Vec<u32>,
    /// The rows that share a report id and a user with another, ascending, each with the index of its
    /// attempt. Every other row is an attempt of its own.
    pub sharing: Vec<(u32, u32)>,
    /// How many attempts have more than one row.
    pub shared_attempts: u32,

    /// Users, one entry a person: spellings that differ in case are one.
    pub users: Dictionary,
    /// URLs as exported.
    pub urls: Dictionary,
    /// Hosts in lower case.
    pub hosts: Dictionary,
    /// Addresses as exported, without port.
    pub ips: Dictionary,
    /// Tenants.
    pub tenants: Dictionary,
    /// Subjects, senders and devices.
    pub texts: Dictionary,
    /// Raw actions.
    pub raw_actions: Dictionary,
    /// Sources.
    pub sources: Dictionary,
    /// Texts of threat types, each a list: `Phish, Malware`.
    pub threat_texts: Dictionary,
    /// Ids that are no GUIDs, by the number that stands for them.
    pub odd_ids: std::collections::BTreeMap<u128, String>,
    /// For each file, which columns its export has.
    pub present: Vec<Vec<Column>>,
    /// For each file, how many of its rows were identical to an earlier one and are not here.
    pub duplicates: Vec<u64>,
}

impl Dataset {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there is no click.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Oldest and newest click.
    pub fn span(&self) -> Option<(i64, i64)> {
        Some((*self.time.first()?, *self.time.last()?))
    }

    /// The kind of a row.
    pub fn kind_of(&self, row: usize) -> Kind {
        self.kinds[self.kind[row] as usize]
    }

    /// Index of the attempt that a row shares with another, or [`NONE`].
    pub fn attempt(&self, row: usize) -> u32 {
        let at = self.sharing.binary_search_by_key(&(row as u32), |(row, _)| *row);
        at.map_or(NONE, |at| self.sharing[at].1)
    }

    /// Id of the host of a row, or [`NONE`].
    pub fn host_of(&self, row: usize) -> u32 {
        self.host_of_url.get(self.url[row] as usize).copied().unwrap_or(NONE)
    }

    /// Whether the file of a row has the column at all.
    pub fn has(&self, row: usize, column: Column) -> bool {
        self.file_has(self.origin.at(row).file() as usize, column)
    }

    /// Whether a file has the column at all.
    pub fn file_has(&self, file: usize, column: Column) -> bool {
        self.present.get(file).is_some_and(|p| p.contains(&column))
    }

    /// Whether any file has the column.
    pub fn any_has(&self, column: Column) -> bool {
        self.present.iter().any(|p| p.contains(&column))
    }

    /// Text of a message or report id; empty for 0.
    pub fn id_text(&self, id: u128) -> String {
        if id == 0 {
            return String::new();
        }
        if let Some(odd) = self.odd_ids.get(&id) {
            return odd.clone();
        }
        let hex = format!("{id:032x}");
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// The single threat types in a text of them: `Phish, Malware` has two.
    pub fn threats_of_text(text: &str) -> impl Iterator<Item = &str> {
        text.split([',', ';']).map(|t| t.trim_matches([' ', '"', '[', ']'])).filter(|t| !t.is_empty())
    }
}
