//! Records of no known kind: what somebody said their keys are, and what there is to be said of.
//!
//! Owns the ways to named values, and the first records of a file that is like nothing known. Must not know who says it,
//! nor what the values mean.

use serde_json::Value as Json;

use super::cursor::{Cursor, Value, unescape};
use super::record::{FIELDS, inside};
use super::records::{At, Records};
use crate::import::admit::{Found, Has, Outcome, admit};
use crate::import::context::Context;
use crate::import::format::{self, EXTRA, MAPPED};
use crate::import::names::{Names, normalised};
use crate::import::read_as::{Mapping, NEEDED, ReadAs};
use crate::import::unknown;
use crate::model::{Cells, Field, FieldSet, Span};

/// The ways to the values of fields, each the keys one inside the other.
pub(super) type Ways = Vec<(Field, Vec<String>)>;

/// How many records of a file are shown to somebody who says what they hold.
const SHOWN: usize = 5;

/// How many are looked at for these.
const MOST_TRIED: usize = 200;

/// How deep a record is taken apart, and into how many values.
const DEEPEST: usize = 6;
const MOST_VALUES: usize = 200;

/// Longer ways lead to nothing that an export has, and no more of a value is shown, in bytes.
const LONGEST_WAY: usize = 300;
const LONGEST_CELL: usize = 2_000;

/// Longer records are not shown.
const LONGEST_RECORD: usize = 1 << 20;

/// Ways and values.
type Record = Vec<(String, String)>;

/// A value of a record.
struct Leaf {
    /// The way that leads to it.
    way: String,
    value: String,
    /// In how many objects it stands.
    depth: usize,
}

/// Records that may be clicks, name by name.
#[derive(Default)]
pub(super) struct Shown {
    tried: usize,
    records: Vec<Record>,
}

/// What somebody said, as ways, in the order in which they are tried.
pub(super) fn ways_of(read_as: &ReadAs) -> Vec<Ways> {
    let ways = |mapping: &Mapping| {
        let named = mapping.0.iter().filter_map(|(field, way)| Some((Field::of_name(field)?, way)));
        named.map(|(field, way)| (field, way.split('.').map(str::to_owned).collect())).collect()
    };
    read_as.mappings().into_iter().map(ways).collect()
}

/// The ways to what a click needs.
fn needed(ways: &Ways) -> impl Iterator<Item = &[String]> {
    ways.iter().filter(|(field, _)| NEEDED.contains(field)).map(|(_, way)| way.as_slice())
}

impl Shown {
    /// Takes note of a record that was like nothing known.
    pub(super) fn look_at(&mut self, record: &[u8]) {
        if self.records.len() < SHOWN && self.tried < MOST_TRIED && record.len() <= LONGEST_RECORD {
            self.tried += 1;
            if let Ok(json) = serde_json::from_slice(record) {
                self.candidates(&json, 0);
            }
        }
    }

    /// The innermost objects that have a URL, and a time or an address of somebody; one around a single such where it says more.
    fn candidates(&mut self, json: &Json, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let before = self.records.len();
        let inner: Vec<&Json> = match json {
            Json::Object(members) => members.values().collect(),
            Json::Array(values) => values.iter().collect(),
            _ => return,
        };
        for value in inner {
            if self.records.len() >= SHOWN {
                break;
            }
            self.candidates(value, depth + 1);
        }
        // One inside it may lack what stands beside it: who it was, when, what came of it.
        if json.is_object() && self.records.len() <= before + 1 {
            let mut values = Vec::new();
            flatten("", json, 0, &mut values);
            let record: Record = values.into_iter().map(|leaf| (leaf.way, leaf.value)).collect();
            let says = |record: &Record| {
                unknown::says(&record.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>())
            };
            match self.records.get(before).map(says) {
                Some(inner) if says(&record) <= inner => {}
                None if !is_record(&record) => {}
                _ => {
                    self.records.truncate(before);
                    self.records.push(record);
                }
            }
        }
    }

    /// The names of all, and the records in their order.
    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.records.iter().flatten() {
            if !names.contains(name) && names.len() < MOST_VALUES {
                names.push(name.clone());
            }
        }
        let cell = |record: &[(String, String)], name: &String| {
            record.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let rows = self.records.iter().map(|record| names.iter().map(|name| cell(record, name)).collect());
        let rows = rows.collect();
        (names, rows)
    }
}

fn is_record(record: &Record) -> bool {
    unknown::is_record(&record.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>())
}

/// The values of an object by the way that leads to them, `event.url`. Of a list only texts are values.
fn flatten(way: &str, json: &Json, depth: usize, values: &mut Vec<Leaf>) {
    if values.len() >= MOST_VALUES {
        return;
    }
    let mut keep = |value: String| match values.iter_mut().find(|leaf| leaf.way == way) {
        // A key that holds dots is read before the way of the same name: so it is shown.
        Some(known) if known.depth <= depth => {}
        Some(known) => (known.value, known.depth) = (value, depth),
        None => values.push(Leaf { way: way.to_owned(), value, depth }),
    };
    match json {
        Json::Object(members) if depth < DEEPEST => {
            for (key, value) in members {
                if values.len() < MOST_VALUES && way.len() + key.len() < LONGEST_WAY {
                    let way = if way.is_empty() { key.clone() } else { format!("{way}.{key}") };
                    flatten(&way, value, depth + 1, values);
                }
            }
        }
        Json::Array(list) => {
            if let Some(Json::String(first)) = list.first() {
                keep(cut(first));
            }
        }
        Json::Object(_) | Json::Null => {}
        Json::String(text) => keep(cut(text)),
        value => keep(value.to_string()),
    }
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(LONGEST_CELL);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// What a way leads to among the members of an object in `text`. A key may hold what stands between dots: the longest that
/// fits is tried first, as it is written before in another spelling.
fn led_to(text: &[u8], members: &[(Vec<u8>, Value)], way: &[String]) -> Option<Vec<u8>> {
    for long in (1..=way.len()).rev() {
        let (first, rest) = way.split_at(long);
        let wanted = first.join(".");
        let exact = members.iter().find(|(key, _)| *key == wanted.as_bytes());
        let spelled = || {
            let wanted = normalised(&wanted);
            members.iter().find(|(key, _)| normalised(&String::from_utf8_lossy(key)) == wanted)
        };
        let Some((_, value)) = exact.or_else(spelled) else { continue };
        if rest.is_empty() {
            return inside::<&str>(text, *value, &[]);
        }
        let found = match *value {
            Value::Object(from, to) => led_to(text, &members_of(&text[..to], from), rest),
            Value::Text { from, to, .. } if text[from..to].starts_with(b"{") => {
                let mut plain = Vec::new();
                unescape(&text[from..to], &mut plain);
                led_to(&plain, &members_of(&plain, 0), rest)
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The members of the object at a place; none where it is broken.
fn members_of(text: &[u8], from: usize) -> Vec<(Vec<u8>, Value)> {
    let mut cursor = Cursor { text, at: from + 1 };
    let mut members = Vec::new();
    while let (_, Ok((from, to))) = (cursor.blank_and_commas(), cursor.key()) {
        let Ok(value) = cursor.value() else { break };
        members.push((text[from..to].to_vec(), value));
    }
    members
}

impl Records {
    /// Whether the members at hand are a record of which somebody said what it holds: the needed ways begin in it.
    pub(super) fn is_mapped(&self, names: &Names) -> bool {
        let begins =
            |way: &[String]| (1..=way.len()).any(|long| names.has(&normalised(&way[..long].join("."))));
        self.ways.iter().any(|ways| needed(ways).all(begins))
    }

    /// Whether the needed ways lead to something in the members at hand, which stand in `holder`.
    pub(super) fn resolves(&self, holder: &[u8]) -> bool {
        !self.ways.is_empty() && self.resolving(holder, &self.keys_and_values()).is_some()
    }

    /// The ways that lead to something in the members at hand.
    fn resolving(&self, holder: &[u8], members: &[(Vec<u8>, Value)]) -> Option<&Ways> {
        self.ways.iter().find(|ways| needed(ways).all(|way| led_to(holder, members, way).is_some()))
    }

    fn keys_and_values(&self) -> Vec<(Vec<u8>, Value)> {
        self.members.iter().map(|member| (self.keys.text_of(member.key).to_vec(), member.value)).collect()
    }

    /// Reads the members by the ways that somebody named.
    pub(super) fn read_mapped(&mut self, holder: &[u8], text: &[u8], at: At, cx: &mut Context<'_>) {
        if !self.decided {
            self.be_read_by(format::place_by_hand(), &MAPPED, text, cx);
        }
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        let members = self.keys_and_values();
        let ways = self.resolving(holder, &members).cloned().unwrap_or_default();
        for (field, way) in &ways {
            if let Some(value) = led_to(holder, &members, way) {
                let from = cx.batch.scratch.len();
                cx.batch.scratch.extend_from_slice(&value);
                cells[*field as usize] = Span::scratch(from, cx.batch.scratch.len());
            }
        }
        let mut doubled = std::mem::take(&mut self.doubled);
        let mut rest = 0_u64;
        for member in &self.members {
            rest = rest.wrapping_add(self.of_member(holder, member, &mut cx.batch.scratch, &mut doubled));
        }
        self.doubled = doubled;
        let mut found = Found {
            cells: &mut cells,
            extra: [Span::EMPTY; EXTRA],
            offset: at.offset,
            line: at.line,
            rest,
            has: Has { user: true, url: true, click_words: true, ..Has::default() },
            fields: &FIELDS,
            array: self.array,
        };
        match admit(self.format, &mut found, text, cx) {
            Outcome::Taken => self.seen = self.seen.union(FieldSet::of(ways.iter().map(|(f, _)| *f))),
            Outcome::Left(why, example) => {
                let example = cx.example(text, example);
                cx.log.note_record(why, u64::from(at.line), &example, self.whole(holder));
            }
        }
    }
}
