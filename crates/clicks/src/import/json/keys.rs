//! The keys of a file's records. Records of one export repeat theirs in the same order, so that the place
//! of a key usually says which one it is.

use super::cursor::{Cursor, Value, unescape};
use crate::import::header::{is_foreign, rank_of_name};
use crate::model::hash::same;
use crate::model::{Cell, Dictionary, NONE};

/// What a key is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// It holds a cell; of two keys for one cell the lower rank wins.
    Cell(Cell, u8),
    /// It says that the record is of another table.
    Foreign,
    /// Not kept.
    Other,
}

/// Keys by number.
#[derive(Default)]
pub struct Keys {
    texts: Dictionary,
    uses: Vec<KeyUse>,
    /// The key that stood at each place of the record before.
    guess: Vec<u32>,
}

/// Keys beyond this many in one file are not told apart: no export has as many, an attack may.
const MAX_KEYS: usize = 10_000;

impl Keys {
    /// The number of a key that stands at a place of its record.
    #[inline]
    pub fn of(&mut self, key: &[u8], place: usize) -> u32 {
        if let Some(guess) = self.guess.get(place)
            && same(self.texts.get_bytes(*guess), key)
        {
            return *guess;
        }
        self.look_up(key, place)
    }

    fn look_up(&mut self, key: &[u8], place: usize) -> u32 {
        let name = if key.is_empty() { b"(no name)" } else { key };
        let known = self.texts.len();
        let number = if known < MAX_KEYS { self.texts.intern(name) } else { NONE };
        if self.texts.len() > known {
            self.uses.push(use_of_name(&String::from_utf8_lossy(name)));
        }
        if self.guess.len() <= place && place < MAX_KEYS {
            self.guess.resize(place + 1, NONE);
        }
        if let Some(guess) = self.guess.get_mut(place) {
            *guess = number;
        }
        number
    }

    /// What a key is good for.
    #[inline]
    pub fn use_of(&self, number: u32) -> KeyUse {
        self.uses.get(number as usize).copied().unwrap_or(KeyUse::Other)
    }

    /// The key as written.
    pub fn text_of(&self, number: u32) -> &[u8] {
        self.texts.get_bytes(number)
    }

    /// All keys as written.
    pub fn names(&self) -> Vec<String> {
        self.texts.iter().map(str::to_owned).collect()
    }
}

fn use_of_name(name: &str) -> KeyUse {
    match rank_of_name(name) {
        Some((cell, rank)) => KeyUse::Cell(cell, rank),
        None if is_foreign(name) => KeyUse::Foreign,
        None => KeyUse::Other,
    }
}

/// Names in `[{"name": "Url", "type": "string"}, …]` or `["Url", …]`.
pub fn names_of_columns(array: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut cursor = Cursor { text: array, at: 1 };
    loop {
        cursor.blank_and_commas();
        let Ok(value) = cursor.value() else { return names };
        match value {
            Value::Object(from, to) => names.push(name_in(&array[from..to])),
            Value::Text { from, to, .. } => names.push(plain(&array[from..to])),
            _ => names.push(String::new()),
        }
    }
}

fn name_in(object: &[u8]) -> String {
    let mut cursor = Cursor { text: object, at: 1 };
    loop {
        cursor.blank_and_commas();
        let Ok((from, to)) = cursor.key() else { return String::new() };
        let Ok(value) = cursor.value() else { return String::new() };
        if let (true, Value::Text { from, to, .. }) = (object[from..to].eq_ignore_ascii_case(b"name"), value)
        {
            return plain(&object[from..to]);
        }
    }
}

fn plain(text: &[u8]) -> String {
    let mut out = Vec::new();
    unescape(text, &mut out);
    crate::model::windows_1252(&out).into_owned()
}

/// The keys at any depth of a stretch of JSON: strings before a colon.
pub fn nested(text: &[u8]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut cursor = Cursor { text, at: 0 };
    while let Some(quote) = memchr::memchr(b'"', text.get(cursor.at..).unwrap_or_default()) {
        cursor.at += quote;
        let Ok(Value::Text { from, to, .. }) = cursor.string() else { break };
        cursor.blank();
        if cursor.peek() == Ok(b':') && names.len() < 200 {
            let name = plain(&text[from..to]);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
