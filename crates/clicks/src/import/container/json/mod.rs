//! JSON in the containers that exports come in: one object a line, an array, results beside a schema, tables
//! with columns and rows, records in an envelope.
//!
//! Owns the walk through containers, which never holds more than one record, and the way back to the next
//! record where one is broken. Must not know formats: what keys mean is said by them.

mod again;
mod cursor;
mod find;
mod keys;
mod mapped;
mod record;
mod records;
mod resync;
mod routes;
mod wrapper;

use super::Container;
use super::csv::MAX_RECORD;
use crate::import::context::Context;
use crate::import::log::{EXAMPLE, Why};
use crate::import::names::Names;
use crate::import::read_as::ReadAs;
pub use again::names_and_cells;
pub use cursor::Cursor;
use cursor::{Stop, Value};
pub use record::inside_text;
use records::Member;
pub use records::{At, Records};
use resync::Resync;

/// Where the walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In an array of records.
    Records,
    /// In an object, after the array that held its records.
    Wrapper,
    /// In an array of tables.
    Tables,
    /// In one table.
    Table,
    /// In the rows of a table.
    Rows,
}

/// White space beyond this is no indentation.
const LONGEST_INDENT: usize = 1024;

/// Reads the records of one file.
pub struct JsonImport {
    /// What its records are.
    pub records: Records,
    stack: Vec<Place>,
    /// The outermost shape.
    pub shape: Container,
    /// The answer says that it is partial.
    pub partial: bool,
    /// The answer says that more records are on other pages.
    pub paged: bool,
    /// How many records the answer says there are on all its pages; 0 where it does not say.
    pub total: u64,
    /// The file ends before what was opened is closed.
    pub cut: bool,
    /// Names of the columns of each table, with the place in the text from which on they hold.
    tables: Vec<(u64, Vec<String>)>,
    /// Keys at any depth near the start of the file.
    nested: Vec<String>,
    /// Records were found to end with their line.
    line_each: bool,
    /// Looking for the next record after a broken one.
    resync: Option<Resync>,
    /// First key of the record before, which says how the next one begins.
    first_key: Vec<u8>,
    line: u32,
    counted: usize,
    /// White space before the text at hand on its first line; none where something else stands there.
    indent: Option<Vec<u8>>,
    /// Line of the last record, and whether the one before it began on that line too.
    last_line: u32,
    shares_line: bool,
}

/// Whether there is as much of a record as is shown of one.
fn can_be_shown(record: &[u8]) -> bool {
    record.len() >= EXAMPLE || memchr::memchr(b'\n', record).is_some()
}

impl JsonImport {
    /// A reader at line 1, for records that somebody may have said something of.
    pub fn new(read_as: &ReadAs) -> JsonImport {
        JsonImport {
            records: Records::reading(read_as),
            stack: Vec::new(),
            shape: Container::Lines,
            partial: false,
            paged: false,
            total: 0,
            cut: false,
            tables: Vec::new(),
            nested: Vec::new(),
            line_each: false,
            resync: None,
            first_key: Vec::new(),
            line: 1,
            counted: 0,
            indent: Some(Vec::new()),
            last_line: 0,
            shares_line: false,
        }
    }

    /// All keys seen, and those of nested objects near the start: what tells other exports apart.
    pub fn telling(&self) -> Names {
        let mut names = self.records.keys.names();
        names.extend(self.nested.iter().cloned());
        Names::new(names)
    }

    /// Names of the columns of all tables with the places from which on they hold.
    pub fn tables(&self) -> &[(u64, Vec<String>)] {
        &self.tables
    }

    /// The shape in words.
    pub fn container(&self) -> &'static str {
        match self.shape {
            Container::Array => "JSON, an array of objects",
            Container::Results => "JSON, results beside their schema",
            Container::LegacyResults => "JSON, Results beside their Schema",
            Container::Records => "JSON, records of an event hub",
            Container::Tables => "JSON, tables with columns and rows",
            Container::Value => "JSON, a value array",
            Container::Named => "JSON, arrays that are called after what they hold",
            Container::Lines | Container::Csv | Container::Cef => "JSON, one object a line",
        }
    }

    /// Takes all whole records at the start of `text`, which stands at `base` of the file's text, and
    /// returns how many bytes are done with.
    pub fn consume(&mut self, text: &[u8], base: u64, eof: bool, cx: &mut Context<'_>) -> usize {
        self.counted = 0;
        if base == 0 && self.nested.is_empty() {
            // So much there always is at the start, however the file is cut into pieces.
            self.nested = keys::nested(&text[..text.len().min(2_000)]);
        }
        let mut cursor = Cursor { text, at: 0 };
        let mut done;
        loop {
            if let Some(resync) = &mut self.resync {
                let (at, found) = resync.look(text, cursor.at, eof);
                cursor.at = at;
                done = at;
                if !found {
                    break;
                }
                self.resync = None;
            }
            cursor.blank_and_commas();
            done = cursor.at;
            if done >= text.len() {
                break;
            }
            match self.step(&mut cursor, base, cx) {
                Ok(()) => {}
                Err(Stop::More) if !eof && text.len() - done <= MAX_RECORD => break,
                // What is shown of a broken record must not depend on where a piece of the file ends.
                Err(Stop::Bad) if !eof && !can_be_shown(&text[done..]) => break,
                Err(stop) => {
                    let why = if stop == Stop::More && eof { Why::CutOff } else { Why::BrokenJson };
                    self.give_up(text, done, why, cx);
                    cursor.at = done;
                }
            }
        }
        let meaning = self.records.meaning();
        cx.flush(text, meaning);
        self.count_lines(text, done);
        self.indent = self.indent_of(text, done);
        if eof && done >= text.len() {
            self.cut |= !self.stack.is_empty();
            self.stack.clear();
        }
        done
    }

    /// Counts a broken record; the next one is looked for from here on.
    #[cold]
    fn give_up(&mut self, text: &[u8], at: usize, why: Why, cx: &mut Context<'_>) {
        self.count_lines(text, at);
        cx.log.records += 1;
        let rest = &text[at..];
        let line_end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        cx.log.note(why, u64::from(self.line), &rest[..line_end]);
        let opener = match self.stack.last() {
            None | Some(Place::Records) => b'{',
            Some(Place::Rows) => b'[',
            // Its rows ended too early, or something is wrong behind them: whole rows may still follow.
            Some(Place::Table) if !self.tables.is_empty() => {
                self.stack.push(Place::Rows);
                b'['
            }
            // Nothing can be made of a broken wrapper; whole records may still follow.
            Some(Place::Wrapper | Place::Tables | Place::Table) => {
                self.stack.clear();
                b'{'
            }
        };
        let inside = !self.stack.is_empty();
        let own_key =
            self.records.members.first().map_or(&[][..], |member| self.records.keys.text_of(member.key));
        // Records that share a line have no indentation, wherever damage has put a line end.
        let indent = if self.shares_line { None } else { self.indent_of(text, at) };
        let resync = Resync::after(indent, opener, inside, [&self.first_key, own_key]);
        // Where every line is a record, every line is counted.
        self.resync = Some(if self.line_each && !inside { resync.of_lines() } else { resync });
    }

    fn step(&mut self, cursor: &mut Cursor<'_>, base: u64, cx: &mut Context<'_>) -> Result<(), Stop> {
        let byte = cursor.peek()?;
        match (self.stack.last().copied(), byte) {
            (None, b'[') => {
                self.shape = Container::Array;
                self.enter(cursor, Place::Records)
            }
            (None, b'{') => self.outer(cursor, base, cx),
            (None, b'}' | b']') => self.leave(cursor),
            (None, _) if !self.line_each => Err(Stop::Bad),
            (Some(Place::Records | Place::Tables | Place::Rows), b']')
            | (Some(Place::Wrapper | Place::Table), b'}') => self.leave(cursor),
            (Some(Place::Records), b'{') => {
                let start = cursor.at;
                if self.record_or_wrapper(cursor)? {
                    self.record(cursor.text, start, base, cx);
                }
                Ok(())
            }
            // A bracket too many, or lists of records in a list: what is inside are records all the same.
            (Some(Place::Records), b'[') if !matches!(cursor.first_inside(), Ok(byte) if byte != b'{') => {
                cursor.first_inside()?;
                self.enter(cursor, Place::Records)
            }
            (Some(Place::Tables), b'{') => self.enter(cursor, Place::Table),
            (Some(Place::Rows), b'[') => {
                let start = cursor.at;
                self.positional(cursor)?;
                self.record(cursor.text, start, base, cx);
                Ok(())
            }
            // The cells of a row that lost its bracket: its end must not be taken for that of all rows.
            (Some(Place::Rows), _) => Err(Stop::Bad),
            (None | Some(Place::Records | Place::Tables), _) => {
                cursor.value()?;
                self.count_lines(cursor.text, cursor.at);
                cx.log.records += 1;
                cx.log.note(Why::NotAnObject, u64::from(self.line), b"");
                Ok(())
            }
            // An end of the records that came too early: more of them follow.
            (Some(Place::Table), b'[') => self.go_on(Place::Rows),
            (Some(Place::Wrapper), b'{') if self.shape != Container::Tables => self.go_on(Place::Records),
            (Some(Place::Wrapper | Place::Table), b'"') => self.wrapper_member(cursor, base, cx),
            (Some(Place::Wrapper | Place::Table), _) => Err(Stop::Bad),
        }
    }

    fn enter(&mut self, cursor: &mut Cursor<'_>, place: Place) -> Result<(), Stop> {
        cursor.at += 1;
        self.stack.push(place);
        Ok(())
    }

    fn go_on(&mut self, place: Place) -> Result<(), Stop> {
        self.stack.push(place);
        Ok(())
    }

    fn leave(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        cursor.at += 1;
        // What follows is in no array, and behind all of it belongs to no campaign.
        if self.stack.pop() == Some(Place::Records) {
            self.records.array = "";
        }
        if self.stack.is_empty() {
            self.records.about.clear();
        }
        Ok(())
    }

    /// Values by position into `members`, named by the columns of the table.
    fn positional(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        self.records.members.clear();
        cursor.expect(b'[')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b']' {
                cursor.at += 1;
                let columns = self.tables.last().map_or(0, |(_, names)| names.len());
                return if self.is_row_of(cursor.text, columns) { Ok(()) } else { Err(Stop::Bad) };
            }
            let value = cursor.value()?;
            cursor.blank();
            if !matches!(cursor.peek()?, b',' | b']') {
                return Err(Stop::Bad);
            }
            let place = self.records.members.len();
            let names = self.tables.last().map_or(&[][..], |(_, names)| names);
            let name = names.get(place).map_or("", String::as_str);
            let key = self.records.keys.of(name.as_bytes(), place);
            self.records.members.push(Member { key, name: (0, 0), value });
        }
    }

    /// Whether the members are one row of a table. A bracket too many makes a row of rows, a lost one joins two.
    fn is_row_of(&self, text: &[u8], columns: usize) -> bool {
        let holds_row = match self.records.members.first().map(|member| member.value) {
            Some(Value::Array(from, to)) if columns > 1 => cursor::values_in(&text[from..to]) == columns,
            _ => false,
        };
        (columns == 0 || self.records.members.len() == columns) && !holds_row
    }

    /// White space before a place on its line, however much of the line went by before this text.
    fn indent_of(&self, text: &[u8], at: usize) -> Option<Vec<u8>> {
        let line = memchr::memrchr(b'\n', &text[..at]);
        let here = &text[line.map_or(0, |end| end + 1)..at];
        let before = if line.is_some() { &[][..] } else { self.indent.as_deref()? };
        let blank = here.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r'));
        (blank && before.len() + here.len() <= LONGEST_INDENT).then(|| [before, here].concat())
    }

    fn count_lines(&mut self, text: &[u8], to: usize) {
        if to > self.counted {
            self.line += memchr::memchr_iter(b'\n', &text[self.counted..to]).count() as u32;
            self.counted = to;
        }
    }
}
