//! The keys of a file's records. Records of one export repeat theirs in the same order, so that the place
//! of a key usually says which one it is.

use super::cursor::{Cursor, Value, unescape};
use crate::import::format::Format;
use crate::import::names::{NameUse, normalised, use_of};
use crate::import::unknown::{MayTell, may_tell};
use crate::model::hash::{hash_bytes, same};
use crate::model::{Field, NONE, Texts};

/// Keys by number, and what each is good for in the format that reads them.
pub struct Keys {
    format: &'static Format,
    texts: Texts,
    uses: Vec<Use>,
    /// The key that stood at each place of the record before.
    guess: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Use {
    what: NameUse,
    /// Number of the name; 0 where its value is no part of the record.
    number: u64,
    /// The format knows the column without keeping it.
    own: bool,
    /// Of what it may tell where nobody knows its records.
    may_tell: MayTell,
}

/// Keys beyond this many in one file are not remembered: no export has as many, an attack may.
const MAX_KEYS: usize = 10_000;

impl Keys {
    /// No keys yet, to be read by a format.
    pub fn new(format: &'static Format) -> Keys {
        Keys { format, texts: Texts::default(), uses: Vec::new(), guess: Vec::new() }
    }

    /// Reads the keys by another format from now on.
    pub fn bind(&mut self, format: &'static Format) {
        self.format = format;
        self.uses = self.texts.iter().map(|name| use_in(format, name)).collect();
    }

    /// The number of a key that stands at a place of its record.
    #[inline]
    pub fn of(&mut self, key: &[u8], place: usize) -> u32 {
        if let Some(guess) = self.guess.get(place)
            && same(self.texts.get_bytes(*guess), key)
            && *guess != NONE
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
            let name = self.texts.get(self.texts.len() as u32 - 1).to_owned();
            self.uses.push(use_in(self.format, &name));
        }
        if self.guess.len() <= place && place < MAX_KEYS {
            self.guess.resize(place + 1, NONE);
        }
        if let Some(guess) = self.guess.get_mut(place) {
            *guess = number;
        }
        number
    }

    /// Takes note of keys that no record may have.
    pub fn learn(&mut self, names: &[String]) {
        for name in names {
            // They stand nowhere.
            self.of(name.as_bytes(), usize::MAX);
        }
    }

    /// What a key is good for.
    #[inline]
    pub fn use_of(&self, key: u32) -> NameUse {
        self.uses.get(key as usize).map_or(NameUse::Other, |u| u.what)
    }

    /// Whether the format knows the column without keeping it.
    pub fn is_own(&self, key: u32) -> bool {
        self.uses.get(key as usize).is_some_and(|u| u.own)
    }

    /// Of what a key may tell where nobody knows its records.
    pub fn may_tell(&self, key: u32) -> MayTell {
        self.uses.get(key as usize).map_or(MayTell::ANYTHING, |u| u.may_tell)
    }

    /// The number of a key's name; none for a key that is not remembered.
    #[inline]
    pub fn number_of(&self, key: u32) -> Option<u64> {
        self.uses.get(key as usize).map(|u| u.number)
    }

    /// Whether a key holds a field.
    pub fn holds(&self, key: u32, field: Field) -> bool {
        matches!(self.use_of(key), NameUse::Field(of, _) if of == field)
    }

    /// The key as written.
    pub fn text_of(&self, key: u32) -> &[u8] {
        self.texts.get_bytes(key)
    }

    /// All keys as written.
    pub fn names(&self) -> Vec<String> {
        self.texts.iter().map(str::to_owned).collect()
    }
}

fn use_in(format: &Format, name: &str) -> Use {
    let (what, number) = use_of(format, name);
    Use { what, number, own: format.own.contains(&normalised(name).as_str()), may_tell: may_tell(name) }
}

/// The number of the name of a key that is not remembered.
pub fn beyond_all(key: &[u8]) -> u64 {
    hash_bytes(key) | 1
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
