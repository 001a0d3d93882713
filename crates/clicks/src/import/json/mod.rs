//! JSON in the containers that exports come in: one object a line, an array, results of the hunting APIs,
//! tables of Log Analytics, records of an event hub.
//!
//! Owns the walk through containers, which never holds more than one record, and the way from keys to
//! cells. Must not know what a click means.

mod again;
mod cursor;
mod keys;
mod record;

use super::context::Context;
use super::header::Header;
use super::log::Why;
use crate::import::csv::MAX_RECORD;
use crate::model::Column;
pub use again::names_and_cells;
use cursor::{Cursor, Stop, Value};
use keys::Keys;

/// Where the walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In an array of records.
    Records,
    /// In an object, after the array that held its records.
    Wrapper,
    /// In the array of tables of a Log Analytics answer.
    Tables,
    /// In one table.
    Table,
    /// In the rows of a table.
    Rows,
}

/// What the outermost shape turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Objects one after the other.
    #[default]
    Lines,
    /// One array.
    Array,
    /// `results` beside `schema`: Graph.
    Results,
    /// `Results` beside `Schema`: the older APIs.
    LegacyResults,
    /// `records`: an event hub.
    Records,
    /// `tables`: Log Analytics.
    Tables,
    /// `value`: some OData answer.
    Value,
}

/// One member of a record.
#[derive(Clone, Copy)]
struct Member {
    /// Place of its key in [`Keys`].
    key: u32,
    value: Value,
}

/// Reads the records of one file.
#[derive(Default)]
pub struct JsonImport {
    stack: Vec<Place>,
    /// The outermost shape.
    pub shape: Shape,
    /// Records carry the envelope of the streaming API.
    pub streaming: bool,
    /// The answer says that it is partial.
    pub partial: bool,
    keys: Keys,
    names: Vec<String>,
    /// Keys at any depth near the start of the file.
    nested: Vec<String>,
    members: Vec<Member>,
    line: u32,
    counted: usize,
}

/// What an object at the outermost level turned out to be.
enum Outer {
    Record,
    Wrapper(Shape),
}

impl JsonImport {
    /// A reader at line 1.
    pub fn new() -> JsonImport {
        JsonImport { line: 1, ..JsonImport::default() }
    }

    /// All keys seen, as a header.
    pub fn header(&self) -> Header {
        Header::new(self.keys.names())
    }

    /// All keys seen, and those of nested objects near the start: what tells other exports apart.
    pub fn telling(&self) -> Header {
        let mut names = self.keys.names();
        names.extend(self.nested.iter().cloned());
        Header::new(names)
    }

    /// The columns that the export has.
    pub fn present(&self) -> Vec<Column> {
        let mut present = self.header().present();
        if self.streaming {
            present.push(Column::Tenant);
        }
        present
    }

    /// The shape in words.
    pub fn container(&self) -> &'static str {
        match self.shape {
            Shape::Lines => "JSON, one object a line",
            Shape::Array => "JSON, an array of objects",
            Shape::Results => "JSON, results beside their schema",
            Shape::LegacyResults => "JSON, Results beside their Schema",
            Shape::Records => "JSON, records of an event hub",
            Shape::Tables => "JSON, tables with columns and rows",
            Shape::Value => "JSON, a value array",
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
            cursor.blank_and_commas();
            done = cursor.at;
            if done >= text.len() {
                break;
            }
            match self.step(&mut cursor, base, cx) {
                Ok(()) => {}
                Err(Stop::More) if !eof && text.len() - done <= MAX_RECORD => break,
                Err(stop) => {
                    cursor.at = done;
                    let end = self.end_of_broken(&text[done..]);
                    if end.is_none() && !eof && text.len() - done <= MAX_RECORD {
                        break;
                    }
                    self.give_up(&mut cursor, stop, end, cx);
                }
            }
        }
        cx.flush(text);
        self.count_lines(text, done);
        if eof && !self.stack.is_empty() && done >= text.len() {
            cx.log.records += 1;
            cx.log.note(Why::CutOff, u64::from(self.line), b"");
            self.stack.clear();
        }
        done
    }

    /// Where to go on after a record that is no JSON. Where one stands on each line the next line goes on;
    /// inside an array, which may be all on one line, the next place that looks like the start of a record.
    fn end_of_broken(&self, rest: &[u8]) -> Option<usize> {
        let line = || memchr::memchr(b'\n', rest).map(|end| end + 1);
        match self.stack.last() {
            Some(Place::Records) => next_record(rest).or_else(line),
            _ => line(),
        }
    }

    fn give_up(&mut self, cursor: &mut Cursor<'_>, stop: Stop, end: Option<usize>, cx: &mut Context<'_>) {
        self.count_lines(cursor.text, cursor.at);
        let rest = &cursor.text[cursor.at..];
        let why = if stop == Stop::More { Why::CutOff } else { Why::BrokenJson };
        cx.log.records += 1;
        cx.log.note(why, u64::from(self.line), &rest[..end.unwrap_or(rest.len())]);
        match end {
            Some(end) if stop == Stop::Bad => cursor.at += end,
            _ => {
                cursor.at = cursor.text.len();
                self.stack.clear();
            }
        }
    }

    fn step(&mut self, cursor: &mut Cursor<'_>, base: u64, cx: &mut Context<'_>) -> Result<(), Stop> {
        let byte = cursor.peek()?;
        match (self.stack.last().copied(), byte) {
            (None, b'[') => {
                self.shape = Shape::Array;
                self.enter(cursor, Place::Records)
            }
            (None, b'{') => self.outer(cursor, base, cx),
            (None, b'}' | b']') => self.leave(cursor),
            (None, _) => Err(Stop::Bad),
            (Some(Place::Records | Place::Tables | Place::Rows), b']')
            | (Some(Place::Wrapper | Place::Table), b'}') => self.leave(cursor),
            (Some(Place::Records), b'{') => {
                let start = cursor.at;
                self.object(cursor)?;
                self.record(cursor, start, base, cx);
                Ok(())
            }
            (Some(Place::Tables), b'{') => self.enter(cursor, Place::Table),
            (Some(Place::Rows), b'[') => self.row(cursor, base, cx),
            (Some(Place::Records | Place::Tables | Place::Rows), _) => {
                cursor.value()?;
                self.count_lines(cursor.text, cursor.at);
                cx.log.records += 1;
                cx.log.note(Why::NotAnObject, u64::from(self.line), b"");
                Ok(())
            }
            (Some(Place::Wrapper | Place::Table), b'"') => self.wrapper_member(cursor),
            (Some(Place::Wrapper | Place::Table), _) => Err(Stop::Bad),
        }
    }

    fn enter(&mut self, cursor: &mut Cursor<'_>, place: Place) -> Result<(), Stop> {
        cursor.at += 1;
        self.stack.push(place);
        Ok(())
    }

    fn leave(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        cursor.at += 1;
        self.stack.pop();
        Ok(())
    }

    /// An object at the outermost level: a record, or what records are wrapped in.
    fn outer(&mut self, cursor: &mut Cursor<'_>, base: u64, cx: &mut Context<'_>) -> Result<(), Stop> {
        let start = cursor.at;
        match self.try_outer(cursor)? {
            Outer::Record => self.record(cursor, start, base, cx),
            Outer::Wrapper(shape) => {
                self.shape = shape;
                self.stack.push(Place::Wrapper);
                self.stack.push(if shape == Shape::Tables { Place::Tables } else { Place::Records });
            }
        }
        Ok(())
    }

    fn try_outer(&mut self, cursor: &mut Cursor<'_>) -> Result<Outer, Stop> {
        self.members.clear();
        cursor.expect(b'{')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b'}' {
                cursor.at += 1;
                return Ok(Outer::Record);
            }
            let (from, to) = cursor.key()?;
            if cursor.peek()? == b'[' {
                let shape = match &cursor.text[from..to] {
                    b"results" => Some(Shape::Results),
                    b"Results" => Some(Shape::LegacyResults),
                    b"records" => Some(Shape::Records),
                    b"tables" | b"Tables" => Some(Shape::Tables),
                    b"value" => Some(Shape::Value),
                    _ => None,
                };
                if let Some(shape) = shape {
                    cursor.at += 1;
                    return Ok(Outer::Wrapper(shape));
                }
            }
            self.partial |= &cursor.text[from..to] == b"error";
            self.member(cursor, from, to)?;
        }
    }

    fn wrapper_member(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        let (from, to) = cursor.key()?;
        let key = &cursor.text[from..to];
        let array = cursor.peek()? == b'[';
        if array && self.stack.last() == Some(&Place::Table) && key.eq_ignore_ascii_case(b"rows") {
            return self.enter(cursor, Place::Rows);
        }
        let value = cursor.value()?;
        if key.eq_ignore_ascii_case(b"columns")
            && let Value::Array(from, to) = value
        {
            self.names = keys::names_of_columns(&cursor.text[from..to]);
        }
        self.partial |= key == b"error" && value != Value::Null;
        Ok(())
    }

    /// An object into `members`.
    fn object(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
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

    #[inline]
    fn member(&mut self, cursor: &mut Cursor<'_>, from: usize, to: usize) -> Result<(), Stop> {
        let value = cursor.value()?;
        let key = self.keys.of(&cursor.text[from..to], self.members.len());
        self.members.push(Member { key, value });
        Ok(())
    }

    /// A row of a table.
    fn row(&mut self, cursor: &mut Cursor<'_>, base: u64, cx: &mut Context<'_>) -> Result<(), Stop> {
        let start = cursor.at;
        self.positional(cursor)?;
        self.record(cursor, start, base, cx);
        Ok(())
    }

    /// Values by position into `members`, named by the columns of the table.
    fn positional(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        self.members.clear();
        cursor.expect(b'[')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b']' {
                cursor.at += 1;
                return Ok(());
            }
            let value = cursor.value()?;
            let place = self.members.len();
            let name = self.names.get(place).map_or("", String::as_str);
            let key = self.keys.of(name.as_bytes(), place);
            self.members.push(Member { key, value });
        }
    }

    fn count_lines(&mut self, text: &[u8], to: usize) {
        if to > self.counted {
            self.line += memchr::memchr_iter(b'\n', &text[self.counted..to]).count() as u32;
            self.counted = to;
        }
    }
}

/// The place after a `}` and a comma where another `{` stands, or where the array is closed.
fn next_record(text: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'}', text).find_map(|brace| {
        let mut after = Cursor { text, at: brace + 1 };
        after.blank();
        if after.peek() == Ok(b']') {
            return Some(after.at);
        }
        after.expect(b',').ok()?;
        after.blank();
        (after.peek() == Ok(b'{')).then_some(after.at)
    })
}

impl JsonImport {
    /// Names of the columns of the table read last.
    pub fn table_names(&self) -> &[String] {
        &self.names
    }
}
