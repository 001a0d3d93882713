//! From batches of cells to the columns of a [`Dataset`].
//!
//! Owns everything that happens once for the whole data: interning, order of time, duplicates, attempts,
//! spellings that mean the same. Must not know formats: importers hand over cells that are already named
//! and a judge that says what they mean.

use std::collections::HashMap;

mod attempts;
mod batch;
mod ids;
mod order;
mod spellings;
mod truth;

use self::ids::number_of_id;
use self::truth::truth_of;
use super::{Action, Cell, Column, Dataset, Dictionary, Kind, NONE, NearIds, SOURCES, Verdict, host_of_url};
pub use batch::{Batch, Span};

/// The cells that decide what a click means, as the export has them.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The export's word for what happened.
    pub raw_action: &'a str,
    /// Clicked through a warning, where the export says so.
    pub clicked_through: Option<bool>,
    /// Threat types; empty where the export says that there are none.
    pub threats: &'a str,
}

/// Says what the words of one export mean.
pub type Judge = fn(Words<'_>) -> (Verdict, Action);

/// Collects clicks of one or many files.
pub struct DatasetBuilder {
    data: Dataset,
    rest: Vec<u32>,
    kinds: HashMap<[u32; 4], u16>,
    /// Kinds by what they say: exports spell one thing in several ways.
    known_kinds: HashMap<Kind, u16>,
    /// The kinds met last, by [`place_of_key`].
    near_kinds: [([u32; 4], u16); 256],
    /// The raw actions, threat texts and sources met last.
    near: [NearIds; 3],
}

impl Default for DatasetBuilder {
    fn default() -> DatasetBuilder {
        // No key has these ids: dictionaries end before them.
        let nothing = ([NONE - 1; 4], 0);
        DatasetBuilder {
            data: Dataset::default(),
            rest: Vec::new(),
            kinds: HashMap::new(),
            known_kinds: HashMap::new(),
            near_kinds: [nothing; 256],
            near: Default::default(),
        }
    }
}

const fn place_of_key(key: [u32; 4]) -> usize {
    (key[0]
        .wrapping_add(key[1].wrapping_mul(5))
        .wrapping_add(key[2].wrapping_mul(29))
        .wrapping_add(key[3].wrapping_mul(83))
        & 255) as usize
}

impl DatasetBuilder {
    /// Announces a file and the columns its export has; returns its index.
    pub fn start_file(&mut self, present: Vec<Column>) -> u16 {
        self.data.present.push(present);
        u16::try_from(self.data.present.len() - 1).unwrap_or(u16::MAX)
    }

    /// The columns of the file announced last, once they are known.
    pub fn set_present(&mut self, present: Vec<Column>) {
        if let Some(last) = self.data.present.last_mut() {
            *last = present;
        }
    }

    /// Bytes of distinct URLs so far.
    pub fn url_bytes(&self) -> usize {
        self.data.urls.arena().0.len()
    }

    /// Rows so far.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Texts that were not UTF-8 so far.
    pub fn transcoded(&self) -> u64 {
        let d = &self.data;
        [&d.users, &d.urls, &d.ips, &d.texts, &d.raw_actions, &d.sources, &d.threat_texts, &d.tenants]
            .iter()
            .map(|d| d.transcoded)
            .sum()
    }

    /// Room for about so many more rows and bytes of URLs, so that they do not grow by copying: then the old
    /// and the new would be in memory at once. Room that is not used costs addresses, not memory.
    pub fn reserve(&mut self, rows: usize, url_bytes: usize) {
        let d = &mut self.data;
        d.urls.reserve(url_bytes);
        d.time.reserve(rows);
        d.kind.reserve(rows);
        for column in [&mut d.user, &mut d.url, &mut d.ip, &mut d.line] {
            column.reserve(rows);
        }
        d.message.reserve(rows);
        d.report.reserve(rows);
        d.origin.reserve(rows);
        self.rest.reserve(rows);
    }

    /// Times of the rows from `row` on, for a decision that can only be made at the end of a file.
    pub fn times_from(&mut self, row: usize) -> &mut [i64] {
        self.data.time.get_mut(row..).unwrap_or_default()
    }

    /// Oldest and newest click of the rows from `row` on.
    pub fn span_from(&self, row: usize) -> Option<(i64, i64)> {
        let times = self.data.time.get(row..)?;
        Some((*times.iter().min()?, *times.iter().max()?))
    }

    /// How many of the rows from `row` on have each action, in the order of [`Action::ALL`].
    pub fn actions_from(&self, row: usize) -> [u64; 5] {
        let mut by_kind = vec![0_u64; self.data.kinds.len()];
        for kind in self.data.kind.get(row..).unwrap_or_default() {
            by_kind[*kind as usize] += 1;
        }
        let mut by_action = [0; 5];
        for (kind, count) in self.data.kinds.iter().zip(by_kind) {
            by_action[kind.action as usize] += count;
        }
        by_action
    }

    /// Drops the rows from `row` on and forgets the file announced last: its load failed.
    pub fn forget_file(&mut self, row: usize) {
        let d = &mut self.data;
        d.time.truncate(row);
        d.kind.truncate(row);
        for column in [&mut d.user, &mut d.url, &mut d.ip, &mut d.line] {
            column.truncate(row);
        }
        for column in [&mut d.subject, &mut d.sender, &mut d.device, &mut d.tenant] {
            column.truncate(row);
        }
        d.message.truncate(row);
        d.report.truncate(row);
        d.origin.truncate(row);
        self.rest.truncate(row);
        d.present.pop();
    }

    /// Adds a batch. `text` is what its spans point into.
    pub fn append(&mut self, batch: &Batch, text: &[u8], judge: Judge) {
        let scratch = &batch.scratch[..];
        let before = self.data.len();
        let d = &mut self.data;
        d.time.extend_from_slice(&batch.time);
        d.origin.extend(&batch.origin);
        d.line.extend_from_slice(&batch.line);
        self.rest.extend_from_slice(&batch.rest);
        for (column, dictionary, cell) in [
            (&mut d.url, &mut d.urls, Cell::Url),
            (&mut d.user, &mut d.users, Cell::User),
            (&mut d.ip, &mut d.ips, Cell::Ip),
        ] {
            intern_column(column, dictionary, batch.column(cell), text, scratch);
        }
        for (column, cell) in
            [(&mut d.subject, Cell::Subject), (&mut d.sender, Cell::Sender), (&mut d.device, Cell::Device)]
        {
            intern_sparse(column, &mut d.texts, batch.column(cell), text, scratch, before);
        }
        intern_sparse(&mut d.tenant, &mut d.tenants, batch.column(Cell::Tenant), text, scratch, before);
        for (column, cell) in [(&mut d.message, Cell::Message), (&mut d.report, Cell::Report)] {
            let odd = &mut d.odd_ids;
            for span in batch.column(cell) {
                column.push(number_of_id(span.of(text, scratch), odd));
            }
        }
        for row in 0..batch.time.len() {
            let cell = |cell: Cell| batch.column(cell)[row].of(text, scratch);
            let [actions, threats, sources] = &mut self.near;
            let key = [
                actions.intern(&mut d.raw_actions, cell(Cell::RawAction)),
                threats.intern(&mut d.threat_texts, cell(Cell::Threats)),
                sources.intern(&mut d.sources, cell(Cell::Source)),
                truth_code(cell(Cell::Clicked)),
            ];
            // The few combinations of an export find a place of their own here; asking the map for every
            // row would cost more than all else that is done with these cells.
            let near = &mut self.near_kinds[place_of_key(key)];
            if near.0 != key {
                let known = self.kinds.get(&key).copied();
                *near = (
                    key,
                    known.unwrap_or_else(|| add_kind(&mut self.kinds, &mut self.known_kinds, d, key, judge)),
                );
            }
            d.kind.push(near.1);
        }
    }

    /// Puts everything in order: by time, duplicates counted once, attempts joined, one spelling a person.
    pub fn finish(self) -> Dataset {
        let DatasetBuilder { mut data, rest, .. } = self;
        spellings::merge_spellings(&mut data);
        // From here on ids are only read; the room of the tables serves for putting rows in order.
        for dictionary in [&mut data.users, &mut data.urls, &mut data.ips, &mut data.texts] {
            dictionary.freeze();
        }
        let (duplicate, sharing) = attempts::join(&mut data, &rest);
        data.duplicates = vec![0; data.present.len()];
        for row in &duplicate {
            let file = data.origin.at(*row as usize).file() as usize;
            if let Some(count) = data.duplicates.get_mut(file) {
                *count += 1;
            }
        }
        drop(rest);
        data.sharing = sharing;
        order::by_time(&mut data, &duplicate);
        add_hosts(&mut data);
        data
    }
}

#[inline]
fn intern_column(
    column: &mut Vec<u32>,
    dictionary: &mut Dictionary,
    spans: &[Span],
    text: &[u8],
    scratch: &[u8],
) {
    dictionary.intern_all(spans.iter().map(|span| span.of(text, scratch)), column);
}

/// Columns that most exports lack stay empty until the first value comes.
fn intern_sparse(
    column: &mut Vec<u32>,
    dictionary: &mut Dictionary,
    spans: &[Span],
    text: &[u8],
    scratch: &[u8],
    before: usize,
) {
    if column.is_empty() && spans.iter().all(|s| s.is_empty()) {
        return;
    }
    column.resize(before, NONE);
    intern_column(column, dictionary, spans, text, scratch);
}

fn truth_code(cell: &[u8]) -> u32 {
    match truth_of(cell) {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    }
}

/// More combinations than this are no export but an attack on memory: the rest share the last kind.
pub(super) const MAX_KINDS: usize = 60_000;

#[cold]
fn add_kind(
    kinds: &mut HashMap<[u32; 4], u16>,
    known_kinds: &mut HashMap<Kind, u16>,
    d: &mut Dataset,
    key: [u32; 4],
    judge: Judge,
) -> u16 {
    let [raw_action, threat_text, source, clicked] = key;
    let clicked_through = match clicked {
        0 => None,
        code => Some(code == 2),
    };
    let threats =
        if is_no_threat(d.threat_texts.get(threat_text)) { "" } else { d.threat_texts.get(threat_text) };
    let words = Words { raw_action: d.raw_actions.get(raw_action), clicked_through, threats };
    let (verdict, action) = judge(words);
    let threat_text = if threats.is_empty() { NONE } else { threat_text };
    let source_name = d.sources.get(source).trim();
    let known = SOURCES.iter().find(|s| s.eq_ignore_ascii_case(source_name));
    let source = known.map_or(source, |name| d.sources.intern(name.as_bytes()));
    let kind = Kind { verdict, action, raw_action, source, threat_text, clicked_through };
    let id = match known_kinds.get(&kind) {
        Some(id) => *id,
        None if d.kinds.len() < MAX_KINDS => {
            d.kinds.push(kind);
            known_kinds.insert(kind, (d.kinds.len() - 1) as u16);
            (d.kinds.len() - 1) as u16
        }
        None => (MAX_KINDS - 1) as u16,
    };
    kinds.insert(key, id);
    id
}

/// Ways of saying that there is no threat: empty, null, an empty list.
fn is_no_threat(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["null", "none", "n/a", "[]", "-", "nothreatsfound"].iter().any(|n| n.eq_ignore_ascii_case(text))
}

fn add_hosts(d: &mut Dataset) {
    let hosts = &mut d.hosts;
    d.host_of_url = d.urls.iter().map(|url| hosts.intern(host_of_url(url).as_bytes())).collect();
}
