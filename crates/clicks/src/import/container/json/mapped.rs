//! Records of no known kind: what somebody said their keys are, and what there is to be said of.
//!
//! Owns the ways to named values, and the first records of a file that is like nothing known. Must not know who says it,
//! nor what the values mean.

use serde_json::Value as Json;

use super::record::{FIELDS, inside};
use super::records::{At, Records};
use crate::import::admit::{Found, Has, Outcome, admit};
use crate::import::context::Context;
use crate::import::format::EXTRA;
use crate::import::names::{Names, normalised};
use crate::import::read_as::{NEEDED, ReadAs};
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

/// Records that may be clicks, name by name.
#[derive(Default)]
pub(super) struct Shown {
    tried: usize,
    records: Vec<Vec<(String, String)>>,
}

/// What somebody said, as ways; none where the needed fields were not named.
pub(super) fn ways_of(read_as: &ReadAs) -> Ways {
    if !NEEDED.iter().all(|field| read_as.column_of(*field).is_some()) {
        return Ways::new();
    }
    let named = read_as.columns.iter().filter_map(|(field, way)| Some((Field::of_name(field)?, way)));
    named.map(|(field, way)| (field, way.split('.').map(normalised).collect())).collect()
}

impl Shown {
    /// Takes note of a record that was like nothing known.
    pub(super) fn look_at(&mut self, record: &[u8]) {
        if self.records.len() < SHOWN && self.tried < MOST_TRIED {
            self.tried += 1;
            if let Ok(json) = serde_json::from_slice(record) {
                self.candidates(&json, 0);
            }
        }
    }

    /// The object, or those inside it, that have a URL and a time.
    fn candidates(&mut self, json: &Json, depth: usize) {
        if depth > DEEPEST || self.records.len() >= SHOWN {
            return;
        }
        let values = match json {
            Json::Object(members) => {
                let mut values = Vec::new();
                flatten("", json, 0, &mut values);
                if unknown::is_record(&values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>()) {
                    self.records.push(values);
                    return;
                }
                members.values().collect::<Vec<_>>()
            }
            Json::Array(values) => values.iter().collect(),
            _ => return,
        };
        values.into_iter().for_each(|value| self.candidates(value, depth + 1));
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

/// The values of an object by the way that leads to them, `event.url`. Lists are values.
fn flatten(way: &str, json: &Json, depth: usize, values: &mut Vec<(String, String)>) {
    match json {
        Json::Object(members) if depth < DEEPEST => {
            for (key, value) in members {
                let way = if way.is_empty() { key.clone() } else { format!("{way}.{key}") };
                flatten(&way, value, depth + 1, values);
            }
        }
        Json::Null => {}
        _ if values.len() >= MOST_VALUES => {}
        Json::String(text) => values.push((way.to_owned(), text.clone())),
        value => values.push((way.to_owned(), value.to_string())),
    }
}

impl Records {
    /// Whether the members at hand are a record of which somebody said what it holds: the needed ways begin in it.
    pub(super) fn is_mapped(&self, names: &Names) -> bool {
        let begins =
            |way: &[String]| way.first().is_some_and(|first| names.has(first)) || names.has(&way.join("."));
        !self.ways.is_empty()
            && self.ways.iter().filter(|(field, _)| NEEDED.contains(field)).all(|(_, way)| begins(way))
    }

    /// Reads the members by the ways that somebody named.
    pub(super) fn read_mapped(&mut self, holder: &[u8], text: &[u8], at: At, cx: &mut Context<'_>) {
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        for (field, way) in &self.ways {
            let whole = way.join(".");
            let value = self.members.iter().find_map(|member| {
                let key = normalised(&String::from_utf8_lossy(self.keys.text_of(member.key)));
                if key == whole {
                    return inside::<&str>(holder, member.value, &[]);
                }
                let (first, rest) = way.split_first()?;
                (*first == key && !rest.is_empty()).then(|| inside(holder, member.value, rest)).flatten()
            });
            if let Some(value) = value {
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
            Outcome::Taken => self.seen = self.seen.union(FieldSet::of(self.ways.iter().map(|(f, _)| *f))),
            Outcome::Left(why, example) => {
                let example = cx.example(text, example);
                cx.log.note_record(why, u64::from(at.line), &example, self.whole(holder));
            }
        }
    }
}
