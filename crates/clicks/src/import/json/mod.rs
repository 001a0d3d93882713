//! JSON in the containers that exports come in: one object a line, an array, results of the hunting APIs,
//! tables of Log Analytics, records of an event hub.
//!
//! Owns the walk through containers, which never holds more than one record, and the way from keys to
//! cells. Must not know what a click means.

mod cursor;
mod keys;

use super::context::Context;
use super::header::Header;
use super::hunting::is_click_action;
use super::log::Why;
use crate::import::csv::MAX_RECORD;
use crate::model::{Cell, Column, Origin, Span, hash};
use cursor::{Cursor, Stop, Value, unescape};
use keys::{KeyUse, Keys};

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
                    self.recover(&mut cursor, stop, cx);
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

    /// Gives up the line, and the container it breaks.
    fn recover(&mut self, cursor: &mut Cursor<'_>, stop: Stop, cx: &mut Context<'_>) {
        self.count_lines(cursor.text, cursor.at);
        let rest = &cursor.text[cursor.at..];
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |e| e + 1);
        let why = if stop == Stop::More { Why::CutOff } else { Why::BrokenJson };
        cx.log.records += 1;
        cx.log.note(why, u64::from(self.line), &rest[..end]);
        cursor.at += end;
        if stop == Stop::More {
            cursor.at = cursor.text.len();
            self.stack.clear();
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

    /// A row of a table: values by position.
    fn row(&mut self, cursor: &mut Cursor<'_>, base: u64, cx: &mut Context<'_>) -> Result<(), Stop> {
        let start = cursor.at;
        self.members.clear();
        cursor.expect(b'[')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b']' {
                cursor.at += 1;
                break;
            }
            let value = cursor.value()?;
            let place = self.members.len();
            let name = self.names.get(place).map_or("", String::as_str);
            let key = self.keys.of(name.as_bytes(), place);
            self.members.push(Member { key, value });
        }
        self.record(cursor, start, base, cx);
        Ok(())
    }

    /// Takes the members as one record.
    fn record(&mut self, cursor: &Cursor<'_>, start: usize, base: u64, cx: &mut Context<'_>) {
        let text = cursor.text;
        self.count_lines(text, start);
        cx.log.records += 1;
        let mut spans = [Span::EMPTY; Cell::COUNT];
        if !self.open_envelope(text, &mut spans, cx) {
            return;
        }
        let mut best = [u8::MAX; Cell::COUNT];
        let mut rest = 0;
        let mut foreign = false;
        let mut click_words = false;
        let mut any_url = false;
        for member in &self.members {
            match self.keys.use_of(member.key) {
                KeyUse::Cell(cell, rank) => {
                    click_words |= matches!(cell, Cell::RawAction | Cell::Clicked);
                    any_url |= cell == Cell::Url;
                    if rank < best[cell as usize] {
                        best[cell as usize] = rank;
                        spans[cell as usize] = span_of(text, member.value, &mut cx.batch.scratch);
                    }
                }
                KeyUse::Foreign => foreign = true,
                KeyUse::Other => {}
            }
            if !matches!(self.keys.use_of(member.key), KeyUse::Cell(cell, _) if cell != Cell::Time) {
                rest = hash::mix(rest, hash_of(text, member.value) ^ u64::from(member.key));
            }
        }
        let line = u64::from(self.line);
        let scratch = &cx.batch.scratch;
        let cell = |cell: Cell| spans[cell as usize].of(text, scratch);
        let said = !cell(Cell::Clicked).is_empty() || is_click_action(cell(Cell::RawAction));
        if cell(Cell::Url).is_empty() {
            let own = any_url && !foreign && (click_words || self.streaming);
            return cx.log.note(if own { Why::NoUrl } else { Why::OtherTable }, line, cell(Cell::RawAction));
        }
        let has_user = best[Cell::User as usize] != u8::MAX;
        if !said && (foreign || !has_user) {
            return cx.log.note(Why::OtherTable, line, cell(Cell::RawAction));
        }
        let when = cell(Cell::Time);
        let Some(ms) = cx.clock.read(when) else {
            let why = if when.is_empty() { Why::NoTime } else { Why::BadTime };
            return cx.log.note(why, line, when);
        };
        cx.batch.push(ms, Origin::new(cx.file, base + start as u64), self.line, rest, &spans);
    }

    /// Goes inside the envelope of the streaming API, if there is one. False: the record is of another
    /// table and has been counted.
    fn open_envelope(&mut self, text: &[u8], spans: &mut [Span; Cell::COUNT], cx: &mut Context<'_>) -> bool {
        let find =
            |name: &[u8]| self.members.iter().find(|m| self.keys.text_of(m.key) == name).map(|m| m.value);
        let Some(Value::Object(from, to)) = find(b"properties") else { return true };
        if let Some(Value::Text { from, to, .. }) = find(b"category") {
            let category = &text[from..to];
            self.streaming |= category.starts_with(b"AdvancedHunting-");
            if category.starts_with(b"AdvancedHunting-") && category != b"AdvancedHunting-UrlClickEvents" {
                cx.log.note(Why::OtherTable, u64::from(self.line), category);
                return false;
            }
        }
        if let Some(value) = find(b"tenantId") {
            spans[Cell::Tenant as usize] = span_of(text, value, &mut cx.batch.scratch);
        }
        let mut inner = Cursor { text: &text[..to], at: from };
        if self.object(&mut inner).is_err() {
            cx.log.note(Why::BrokenJson, u64::from(self.line), &text[from..to]);
            return false;
        }
        true
    }

    fn count_lines(&mut self, text: &[u8], to: usize) {
        if to > self.counted {
            self.line += memchr::memchr_iter(b'\n', &text[self.counted..to]).count() as u32;
            self.counted = to;
        }
    }
}

fn span_of(text: &[u8], value: Value, scratch: &mut Vec<u8>) -> Span {
    match value {
        Value::Text { from, to, escaped: false } => Span::text(from, to),
        Value::Text { from, to, .. } => {
            let start = scratch.len();
            unescape(&text[from..to], scratch);
            Span::scratch(start, scratch.len())
        }
        Value::Word(from, to) => Span::text(from, to),
        Value::Null => Span::EMPTY,
        Value::Object(from, to) | Value::Array(from, to) => {
            if to - from <= 2 {
                Span::EMPTY
            } else {
                Span::text(from, to)
            }
        }
    }
}

fn hash_of(text: &[u8], value: Value) -> u64 {
    match value {
        Value::Text { from, to, .. }
        | Value::Word(from, to)
        | Value::Object(from, to)
        | Value::Array(from, to) => hash::hash_bytes(&text[from..to]),
        Value::Null => 1,
    }
}

/// Keys and values of the record at the start of `text`, envelope opened, for the row detail. `names` are
/// those of a table's columns, where records are rows of one.
pub fn names_and_cells(text: &[u8], names: &[String]) -> Vec<(String, String)> {
    let mut reader = JsonImport { names: names.to_vec(), ..JsonImport::new() };
    let mut cursor = Cursor { text, at: 0 };
    let read = match text.first() {
        Some(b'[') => positional(&mut reader, &mut cursor),
        _ => reader.object(&mut cursor),
    };
    if read.is_err() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for member in std::mem::take(&mut reader.members) {
        let name = String::from_utf8_lossy(reader.keys.text_of(member.key)).into_owned();
        if let (true, Value::Object(from, to)) = (name == "properties", member.value) {
            out.extend(names_and_cells(&text[from..to], &[]));
            continue;
        }
        let mut scratch = Vec::new();
        let span = match member.value {
            Value::Object(from, to) | Value::Array(from, to) => Span::text(from, to),
            value => span_of(text, value, &mut scratch),
        };
        out.push((name, crate::model::windows_1252(span.of(text, &scratch)).into_owned()));
    }
    out
}

fn positional(reader: &mut JsonImport, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    cursor.expect(b'[')?;
    loop {
        cursor.blank_and_commas();
        if cursor.peek()? == b']' {
            return Ok(());
        }
        let value = cursor.value()?;
        let place = reader.members.len();
        let name = reader.names.get(place).cloned().unwrap_or_default();
        let key = reader.keys.of(name.as_bytes(), place);
        reader.members.push(Member { key, value });
    }
}

impl JsonImport {
    /// Names of the columns of the table read last.
    pub fn table_names(&self) -> &[String] {
        &self.names
    }
}
