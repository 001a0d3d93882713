//! From batches of cells to the columns of a [`Dataset`].
//!
//! Owns everything that happens once for the whole data: interning, order of time, duplicates, attempts,
//! spellings that mean the same. Must not know formats: importers hand over cells that are already named
//! and a judge that says what they mean.

use std::collections::HashMap;

use super::hash::{finish, mix};
use super::{Action, Cell, Column, Dataset, Dictionary, Kind, NONE, Origin, SOURCES, Verdict, host_of_url};

mod attempts;
mod order;

/// A cell: bytes of the record's text, or of the batch's scratch where quotes had to be undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

const IN_SCRATCH: u32 = 1 << 31;

impl Span {
    /// No value.
    pub const EMPTY: Span = Span { start: 0, end: 0 };

    /// Bytes of the text. Texts are shorter than 2 GiB.
    pub const fn text(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// Bytes of the scratch.
    pub const fn scratch(start: usize, end: usize) -> Span {
        Span { start: start as u32 | IN_SCRATCH, end: end as u32 | IN_SCRATCH }
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes.
    #[inline]
    pub fn of<'a>(self, text: &'a [u8], scratch: &'a [u8]) -> &'a [u8] {
        let from = if self.start & IN_SCRATCH == 0 { text } else { scratch };
        let (start, end) = (self.start & !IN_SCRATCH, self.end & !IN_SCRATCH);
        from.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Some records that are clicks, cell by cell. All vectors but the scratch have the same length.
#[derive(Default)]
pub struct Batch {
    /// Unix milliseconds.
    time: Vec<i64>,
    /// One column a [`Cell`].
    cells: [Vec<Span>; Cell::COUNT],
    /// Hash of everything in the record that is not kept, so that duplicates can be told from look-alikes.
    rest: Vec<u64>,
    origin: Vec<Origin>,
    /// Line of the file, from 1.
    line: Vec<u32>,
    /// Text of cells that are no slice of the file's.
    pub scratch: Vec<u8>,
}

impl Batch {
    /// Whether there is no record in it.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.time.clear();
        self.cells.iter_mut().for_each(Vec::clear);
        self.rest.clear();
        self.origin.clear();
        self.line.clear();
        self.scratch.clear();
    }

    /// Adds a record.
    #[inline]
    pub fn push(&mut self, time: i64, origin: Origin, line: u32, rest: u64, cells: &[Span; Cell::COUNT]) {
        self.time.push(time);
        self.origin.push(origin);
        self.line.push(line);
        self.rest.push(rest);
        for (column, span) in self.cells.iter_mut().zip(cells) {
            column.push(*span);
        }
    }

    fn column(&self, cell: Cell) -> &[Span] {
        &self.cells[cell as usize]
    }
}

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
    rest: Vec<u64>,
    kinds: HashMap<[u32; 4], u16>,
    /// The kinds met last, by [`place_of_key`].
    near_kinds: [([u32; 4], u16); 256],
}

impl Default for DatasetBuilder {
    fn default() -> DatasetBuilder {
        // No key has these ids: dictionaries end before them.
        let nothing = ([NONE - 1; 4], 0);
        DatasetBuilder {
            data: Dataset::default(),
            rest: Vec::new(),
            kinds: HashMap::new(),
            near_kinds: [nothing; 256],
        }
    }
}

const fn place_of_key(key: [u32; 4]) -> usize {
    (key[0].wrapping_add(key[1].wrapping_mul(5)).wrapping_add(key[2].wrapping_mul(29)).wrapping_add(key[3].wrapping_mul(83)) & 255) as usize
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

    /// Room for about so many more rows, so that columns do not grow by copying.
    pub fn reserve(&mut self, rows: usize) {
        let d = &mut self.data;
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
        d.origin.extend_from_slice(&batch.origin);
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
            column.extend(batch.column(cell).iter().map(|span| number_of_id(span.of(text, scratch), odd)));
        }
        for row in 0..batch.time.len() {
            let cell = |cell: Cell| batch.column(cell)[row].of(text, scratch);
            let key = [
                d.raw_actions.intern(cell(Cell::RawAction)),
                d.threat_texts.intern(cell(Cell::Threats)),
                d.sources.intern(cell(Cell::Source)),
                truth_code(cell(Cell::Clicked)),
            ];
            // The few combinations of an export find a place of their own here; asking the map for every
            // row would cost more than all else that is done with these cells.
            let near = &mut self.near_kinds[place_of_key(key)];
            if near.0 != key {
                let known = self.kinds.get(&key).copied();
                *near = (key, known.unwrap_or_else(|| add_kind(&mut self.kinds, d, key, judge)));
            }
            d.kind.push(near.1);
        }
    }

    /// Puts everything in order: by time, duplicates counted once, attempts joined, one spelling a person.
    pub fn finish(self) -> Dataset {
        let DatasetBuilder { mut data, rest, .. } = self;
        merge_spellings(&mut data);
        let duplicate = attempts::join(&mut data, &rest);
        data.duplicates = vec![0; data.present.len()];
        for row in &duplicate {
            let file = data.origin[*row as usize].file() as usize;
            if let Some(count) = data.duplicates.get_mut(file) {
                *count += 1;
            }
        }
        drop(rest);
        order::by_time(&mut data, &duplicate);
        if data.shared_attempts > 0 {
            let rows = 0..data.len() as u32;
            data.sharing = rows.filter(|row| data.attempt[*row as usize] != NONE).collect();
        }
        for dictionary in [&mut data.users, &mut data.urls, &mut data.ips, &mut data.texts] {
            dictionary.freeze();
        }
        add_hosts(&mut data);
        data
    }
}

#[inline]
fn intern_column(column: &mut Vec<u32>, dictionary: &mut Dictionary, spans: &[Span], text: &[u8], scratch: &[u8]) {
    column.extend(spans.iter().map(|span| dictionary.intern(span.of(text, scratch))));
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

/// Reads a boolean as exports spell it: `0 1 true false True False "1" yes no`; anything else is none.
pub fn truth_of(cell: &[u8]) -> Option<bool> {
    let cell = cell.trim_ascii();
    let cell = cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\"")).unwrap_or(cell);
    match cell {
        b"0" => Some(false),
        b"1" => Some(true),
        _ if cell.eq_ignore_ascii_case(b"false") || cell.eq_ignore_ascii_case(b"no") => Some(false),
        _ if cell.eq_ignore_ascii_case(b"true") || cell.eq_ignore_ascii_case(b"yes") => Some(true),
        _ => None,
    }
}

/// More combinations than this are no export but an attack on memory: the rest share the last kind.
const MAX_KINDS: usize = 60_000;

#[cold]
fn add_kind(
    kinds: &mut HashMap<[u32; 4], u16>,
    d: &mut Dataset,
    key: [u32; 4],
    judge: Judge,
) -> u16 {
    let [raw_action, threat_text, source, clicked] = key;
    let clicked_through = match clicked {
        0 => None,
        code => Some(code == 2),
    };
    let threats = if is_no_threat(d.threat_texts.get(threat_text)) { "" } else { d.threat_texts.get(threat_text) };
    let words = Words { raw_action: d.raw_actions.get(raw_action), clicked_through, threats };
    let (verdict, action) = judge(words);
    let threat_text = if threats.is_empty() { NONE } else { threat_text };
    let source_name = d.sources.get(source).trim();
    let known = SOURCES.iter().find(|s| s.eq_ignore_ascii_case(source_name));
    let source = known.map_or(source, |name| d.sources.intern(name.as_bytes()));
    let kind = Kind { verdict, action, raw_action, source, threat_text, clicked_through };
    let id = match d.kinds.iter().position(|k| *k == kind) {
        Some(id) => id as u16,
        None if d.kinds.len() < MAX_KINDS => {
            d.kinds.push(kind);
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

/// A GUID as its number; any other text gets a number of its own that is remembered. Braces and case do
/// not matter. Nothing, and the all-zero GUID that Teams and Office rows carry, is 0.
fn number_of_id(cell: &[u8], odd: &mut std::collections::BTreeMap<u128, String>) -> u128 {
    if cell.is_empty() {
        return 0;
    }
    if let Some(id) = number_of_guid(cell) {
        return id;
    }
    let bare = cell.trim_ascii();
    let bare = bare.strip_prefix(b"{").and_then(|b| b.strip_suffix(b"}")).unwrap_or(bare);
    if let Some(id) = number_of_guid(bare) {
        return id;
    }
    if bare.is_empty() {
        return 0;
    }
    let low = super::hash::hash_bytes(bare);
    let high = finish(mix(low, bare.len() as u64));
    let id = (u128::from(high) << 64) | u128::from(low) | 1;
    if odd.len() < 4_000_000 {
        odd.entry(id).or_insert_with(|| super::windows_1252(bare).into_owned());
    }
    id
}

/// 8-4-4-4-12 hex digits as a number.
#[inline]
fn number_of_guid(cell: &[u8]) -> Option<u128> {
    let cell: &[u8; 36] = cell.try_into().ok()?;
    let dashes = cell[8] == b'-' && cell[13] == b'-' && cell[18] == b'-' && cell[23] == b'-';
    if !dashes {
        return None;
    }
    let at = |i: usize| cell[i];
    let a = hex8(std::array::from_fn(at))?;
    let b = hex8(std::array::from_fn(|i| at(if i < 4 { 9 + i } else { 10 + i })))?;
    let c = hex8(std::array::from_fn(|i| at(if i < 4 { 19 + i } else { 20 + i })))?;
    let d = hex8(std::array::from_fn(|i| at(28 + i)))?;
    let high = (u64::from(a) << 32) | u64::from(b);
    let low = (u64::from(c) << 32) | u64::from(d);
    Some((u128::from(high) << 64) | u128::from(low))
}

/// Eight hex digits at once: the digits of a word as nibbles, checked by writing them back.
#[inline]
fn hex8(digits: [u8; 8]) -> Option<u32> {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_be_bytes(digits);
    let nibbles = (word & LOW) + 9 * ((word >> 6) & ONES);
    let letter = ((nibbles + 6 * ONES) >> 4) & ONES;
    let back = nibbles + 0x30 * ONES + 39 * letter;
    if back != word | (0x20 * ONES) || nibbles & !LOW != 0 {
        return None;
    }
    let pairs = (nibbles | (nibbles >> 4)) & 0x00ff_00ff_00ff_00ff;
    let quads = (pairs | (pairs >> 8)) & 0x0000_ffff_0000_ffff;
    Some(((quads >> 16) | quads) as u32)
}

/// Users that differ only in case are one person; addresses lose port and brackets.
fn merge_spellings(d: &mut Dataset) {
    merge(&mut d.users, &mut d.user, |text| text.trim().to_lowercase(), |text| text.trim().to_owned());
    merge(&mut d.ips, &mut d.ip, bare_address, bare_address);
    merge(&mut d.tenants, &mut d.tenant, str::to_lowercase, str::to_owned);
}

fn merge(
    dictionary: &mut Dictionary,
    column: &mut [u32],
    key_of: impl Fn(&str) -> String,
    keep: impl Fn(&str) -> String,
) {
    let mut keys = Dictionary::default();
    let mut kept = Dictionary::default();
    let mut ids = Vec::with_capacity(dictionary.len());
    let mut changed = false;
    for text in dictionary.iter() {
        let before = keys.len();
        let mut id = keys.intern(key_of(text).as_bytes());
        if keys.len() > before {
            let spelling = keep(text);
            changed |= spelling != text;
            // Two keys may keep one spelling; then they are one after all.
            id = kept.intern(spelling.as_bytes());
        } else {
            changed = true;
        }
        ids.push(id);
    }
    if changed {
        for cell in column {
            *cell = ids.get(*cell as usize).copied().unwrap_or(NONE);
        }
        kept.transcoded = dictionary.transcoded;
        *dictionary = kept;
    }
}

/// `203.0.113.7:443` → `203.0.113.7`, `[2001:db8::1]:443` → `2001:db8::1`, `-` → nothing.
fn bare_address(text: &str) -> String {
    let text = text.trim();
    if text == "-" {
        return String::new();
    }
    if let Some((v6, _port)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) {
        return v6.to_lowercase();
    }
    match text.split_once(':') {
        Some((v4, port)) if !port.contains(':') && v4.contains('.') => v4.to_owned(),
        _ => text.to_lowercase(),
    }
}

fn add_hosts(d: &mut Dataset) {
    let hosts = &mut d.hosts;
    d.host_of_url = d.urls.iter().map(|url| hosts.intern(host_of_url(url).as_bytes())).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guid_spellings_are_one_number() {
        let mut odd = Default::default();
        let id = number_of_id(b"bf8a3c47-00ff-4c53-FE55-08dc022fc6cc", &mut odd);
        assert_eq!(id, 0xbf8a_3c47_00ff_4c53_fe55_08dc_022f_c6cc);
        assert_eq!(number_of_id(b"{BF8A3C47-00FF-4c53-fe55-08dc022fc6cc}", &mut odd), id);
        assert_eq!(number_of_id(b"00000000-0000-0000-0000-000000000000", &mut odd), 0);
        assert!(odd.is_empty());
        for no_guid in [&b"bf8a3c47-00ff-4c53-fe55-08dc022fc6cg"[..], b"aaaa\x1aaaa-00ff-4c53-fe55-08dc022fc6cc", b"1.2E+15"] {
            let id = number_of_id(no_guid, &mut odd);
            assert_ne!(id, 0);
            assert_eq!(odd.remove(&id), Some(windows_1252_text(no_guid)));
        }
    }

    fn windows_1252_text(bytes: &[u8]) -> String {
        super::super::windows_1252(bytes).into_owned()
    }

    #[test]
    fn truth_all_spellings_are_read() {
        for (cell, truth) in [
            ("0", Some(false)),
            ("1", Some(true)),
            ("True", Some(true)),
            ("false", Some(false)),
            ("\"1\"", Some(true)),
            ("yes", Some(true)),
            ("", None),
            ("maybe", None),
        ] {
            assert_eq!(truth_of(cell.as_bytes()), truth, "{cell}");
        }
    }

    #[test]
    fn address_port_and_brackets_are_dropped() {
        for (text, address) in [
            ("203.0.113.7:443", "203.0.113.7"),
            ("[2001:DB8::1]:443", "2001:db8::1"),
            ("2001:db8::17", "2001:db8::17"),
            ("-", ""),
        ] {
            assert_eq!(bare_address(text), address);
        }
    }
}
