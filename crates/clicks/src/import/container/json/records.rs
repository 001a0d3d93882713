//! From JSON objects to records: the members of the record at hand, and what is remembered from one to the next.
//!
//! Owns that memory and the order of work: find the record, read it. Must not know where the objects stand in a file, nor
//! how a record is found inside another.

use std::collections::HashMap;

use super::cursor::{Cursor, Stop, Value};
use super::find::{Found, Inner};
use super::keys::Keys;
use super::mapped::{self, Shown, Ways};
use super::routes::Route;
use crate::import::beside;
use crate::import::context::Context;
use crate::import::format::{FORMATS, Format};
use crate::import::names::Names;
use crate::import::read_as::ReadAs;
use crate::model::{Cells, Field, FieldSet, Meaning, Span};

/// One member of a record.
#[derive(Clone, Copy)]
pub struct Member {
    /// Number of its key in [`Keys`].
    pub key: u32,
    /// Where its key stands; nowhere in rows of tables.
    pub name: (usize, usize),
    /// Its value.
    pub value: Value,
}

/// Where a record stands.
#[derive(Clone, Copy)]
pub struct At {
    /// Place in the file's text.
    pub offset: u64,
    /// Line of the file, from 1.
    pub line: u32,
}

/// Reads the members of records, whatever container they stand in.
pub struct Records {
    /// Records travel in the envelope of their format.
    pub streaming: bool,
    /// The members of the object at hand.
    pub members: Vec<Member>,
    /// Keys by number.
    pub keys: Keys,
    /// Name of the array that holds the records, where that name says something.
    pub array: &'static str,
    /// What the document around the records is called, such as a campaign.
    pub about: String,
    pub(super) format: &'static Format,
    /// A format of which records are there that are no clicks.
    pub(super) leaning: Option<&'static Format>,
    pub(super) place: u8,
    pub(super) decided: bool,
    /// Keys of records that were looked at.
    pub(super) routes: HashMap<Vec<u32>, Route>,
    /// The one before, for records of one export repeat their keys.
    pub(super) last: (Vec<u32>, Route),
    pub(super) route: Route,
    /// Records stand inside other objects, or in texts: a record is shown with what is inside it.
    pub found_inside: bool,
    /// Which keys records that were clicks had, by number.
    pub(super) of_clicks: Vec<bool>,
    /// Fields of the clicks that were taken, and of the schema.
    pub(super) seen: FieldSet,
    /// How deep the arrays are that are being read inside records.
    pub(super) depth: u8,
    /// Records were taken before one named the threat types.
    judged_early: bool,
    /// Room for cells that are part of a record without being kept.
    pub(super) doubled: Vec<u8>,
    pub(super) bindings: beside::Bindings,
    /// What somebody said that records of no known kind hold.
    pub(super) ways: Vec<Ways>,
    /// Records of which nobody said it.
    pub(super) shown: Shown,
}

/// Keys by higher numbers are not told apart.
const MOST_KEYS: usize = 10_000;

impl Records {
    /// None yet.
    pub fn new() -> Records {
        let format = FORMATS[0];
        Records {
            streaming: false,
            members: Vec::new(),
            keys: Keys::new(format),
            array: "",
            about: String::new(),
            format,
            leaning: None,
            place: 0,
            decided: false,
            routes: HashMap::new(),
            last: Default::default(),
            route: Route::Unknown,
            found_inside: false,
            of_clicks: Vec::new(),
            seen: FieldSet::default(),
            depth: 0,
            judged_early: false,
            doubled: Vec::new(),
            bindings: beside::Bindings::default(),
            ways: Vec::new(),
            shown: Shown::default(),
        }
    }

    /// None yet; those of no known kind are read as somebody says.
    pub fn reading(read_as: &ReadAs) -> Records {
        Records { ways: mapped::ways_of(read_as), ..Records::new() }
    }

    /// Names and first records of what is like nothing known, where a URL and a time are in it.
    pub fn unknown(&self) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        Some(self.shown.table()).filter(|(_, rows)| !rows.is_empty())
    }

    /// The format of the clicks, or of what else is there.
    pub fn format(&self) -> &'static Format {
        if self.decided { self.format } else { self.leaning.unwrap_or(self.format) }
    }

    /// The table beside the clicks that the record before belongs to.
    pub const fn beside(&self) -> Option<u16> {
        match self.route {
            Route::Beside(place) => Some(place),
            _ => None,
        }
    }

    /// The keys of records that were clicks, and those of the schema.
    pub fn names_of_clicks(&self) -> Names {
        let is_of_click = |key: &u32| self.of_clicks.get(*key as usize).copied().unwrap_or_default();
        let keys = (0..self.keys.names().len() as u32).filter(is_of_click);
        Names::new(keys.map(|key| String::from_utf8_lossy(self.keys.text_of(key)).into_owned()).collect())
    }

    /// All keys seen.
    pub fn names(&self) -> Names {
        Names::new(self.keys.names())
    }

    /// The fields that the export has.
    pub fn fields(&self) -> FieldSet {
        if self.streaming { self.seen.with(Field::Tenant) } else { self.seen }
    }

    /// Takes note of a key that clicks have.
    pub(super) fn mark(&mut self, key: u32) {
        let key = key as usize;
        if key >= self.of_clicks.len() && key < MOST_KEYS {
            self.of_clicks.resize(key + 1, false);
        }
        if let Some(is) = self.of_clicks.get_mut(key) {
            *is = true;
        }
    }

    /// Takes note of columns that no record may name.
    pub fn learn(&mut self, names: &[String]) {
        self.keys.learn(names);
        for name in names {
            let key = self.keys.of(name.as_bytes(), usize::MAX);
            self.mark(key);
        }
        let fields = Names::new(names.to_vec()).fields(self.format);
        self.seen = self.seen.union(fields);
    }

    /// How the words of records are to be understood, as far as that is known by now.
    pub fn meaning(&mut self) -> Meaning {
        let knows_threats = self.seen.has(Field::Threat);
        self.judged_early |= !knows_threats;
        Meaning { judge: self.format.judge, format: self.place, knows_threats }
    }

    /// How the words of all records are to be understood, where the first were taken before a later one, or the
    /// schema, named the threat types.
    pub fn meaning_after_all(&mut self) -> Option<Meaning> {
        let early = std::mem::take(&mut self.judged_early);
        Some(self.meaning()).filter(|meaning| early && meaning.knows_threats)
    }

    /// An object into `members`.
    pub fn object(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        self.members.clear();
        cursor.expect(b'{')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b'}' {
                cursor.at += 1;
                return Ok(());
            }
            let (from, to) = cursor.key()?;
            self.member(cursor, from, to)?;
        }
    }

    /// The value of a key that was read, into `members`.
    #[inline]
    pub fn member(&mut self, cursor: &mut Cursor<'_>, from: usize, to: usize) -> Result<(), Stop> {
        let value = cursor.value()?;
        cursor.blank();
        if !matches!(cursor.peek()?, b',' | b'}') {
            return Err(Stop::Bad);
        }
        let key = self.keys.of(&cursor.text[from..to], self.members.len());
        self.members.push(Member { key, name: (from, to), value });
        Ok(())
    }

    /// Takes the members as one record, or the record that they hold.
    pub fn take(&mut self, text: &[u8], at: At, cx: &mut Context<'_>) {
        cx.log.records += 1;
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        let found = self.find(text, &mut cells, at, cx);
        match found {
            Found::Counted => {}
            Found::Here => self.read(text, None, cells, at, cx),
            Found::In(inner) => self.read(text, Some(&inner), cells, at, cx),
            Found::Several(texts) => {
                // What was taken before points into the file's text; from here on it is others.
                let meaning = self.meaning();
                cx.flush_before(text, meaning);
                self.take_each(&texts, at, cx);
            }
        }
    }

    /// Takes each object of an array. The one that held them was counted as a record.
    fn take_each(&mut self, texts: &[Inner], at: At, cx: &mut Context<'_>) {
        cx.log.records -= 1;
        self.depth += 1;
        let outer = self.array;
        for (text, array) in texts {
            self.array = array;
            if self.object(&mut Cursor { text, at: 0 }).is_ok() {
                self.take_apart(text, at, cx);
            }
        }
        self.depth -= 1;
        // The records after it are of the same array still.
        self.array = outer;
    }

    /// [`Records::take`] of members that stand in a text which is gone before the batch is handed over.
    pub fn take_apart(&mut self, inner: &[u8], at: At, cx: &mut Context<'_>) {
        cx.log.records += 1;
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        let found = self.find(inner, &mut cells, at, cx);
        match found {
            Found::Counted => {}
            Found::Here => self.read(inner, Some(inner), cells, at, cx),
            Found::In(text) => self.read(inner, Some(&text), cells, at, cx),
            Found::Several(texts) => self.take_each(&texts, at, cx),
        }
    }
}
