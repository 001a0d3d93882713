//! From the members of one record to its cells.

use super::JsonImport;
use super::cursor::{Cursor, Value, unescape};
use super::keys::beyond_all;
use super::records::{At, Member, Records};
use super::routes::Route;
use crate::import::admit::{Found, Has, Outcome, admit, of_cell};
use crate::import::beside::BESIDES;
use crate::import::context::Context;
use crate::import::format::{EXTRA, FORMATS};
use crate::import::log::Why;
use crate::import::names::{NameUse, normalised};
use crate::model::{Cells, Field, FieldSet, Span};

impl JsonImport {
    /// Takes the members as one record.
    pub(super) fn record(&mut self, text: &[u8], start: usize, base: u64, cx: &mut Context<'_>) {
        self.count_lines(text, start);
        self.shares_line = self.last_line == self.line;
        self.last_line = self.line;
        if let Some(first) = self.records.members.first() {
            let key = self.records.keys.text_of(first.key);
            if self.first_key != key {
                self.first_key = key.to_vec();
            }
        }
        self.records.take(text, At { offset: base + start as u64, line: self.line }, cx);
    }
}

impl Records {
    /// Reads the members, which stand in `text` or in a text of their own.
    pub(super) fn read(
        &mut self,
        text: &[u8],
        inner: Option<&[u8]>,
        mut cells: Cells,
        at: At,
        cx: &mut Context<'_>,
    ) {
        let holder = inner.unwrap_or(text);
        match self.route {
            Route::Beside(beside) => return self.read_beside(beside, holder, at, cx),
            Route::Other(format) => return self.count_other(format, holder, at, cx),
            Route::Mapped => return self.read_mapped(holder, text, at, cx),
            Route::Click | Route::Unknown => {}
        }
        let mut best = [u8::MAX; Field::COUNT];
        let mut taken = [usize::MAX; Field::COUNT];
        let mut has = Has::default();
        let mut fields = FieldSet::default();
        for (place, member) in self.members.iter().enumerate() {
            match self.keys.use_of(member.key) {
                NameUse::Field(field, rank) => {
                    fields = fields.with(field);
                    has.user |= field == Field::User;
                    has.url |= field == Field::Url;
                    has.click_words |= matches!(field, Field::RawAction | Field::ClickedThrough);
                    let has_none = field == Field::Time && is_blank(member.value);
                    if rank < best[field as usize] && !has_none {
                        best[field as usize] = rank;
                        taken[field as usize] = place;
                    }
                }
                NameUse::Foreign => has.foreign = true,
                NameUse::Other => has.mixed |= !self.keys.is_own(member.key),
                NameUse::Extra(_) | NameUse::Envelope => {}
            }
        }
        has.click_words |= self.streaming;
        let mut extra = [Span::EMPTY; EXTRA];
        let mut rest = 0_u64;
        let mut doubled = std::mem::take(&mut self.doubled);
        for (place, member) in self.members.iter().enumerate() {
            match self.keys.use_of(member.key) {
                NameUse::Envelope => {}
                NameUse::Field(field, _) if taken[field as usize] == place => {
                    let span = match (field, member.value) {
                        // One event is one click, whoever else it was sent to.
                        (Field::User, Value::Array(from, to)) => {
                            first_of(holder, from, to, &mut cx.batch.scratch)
                        }
                        (_, value) => plain_of(holder, value, &mut cx.batch.scratch),
                    };
                    cells[field as usize] = if inner.is_some() { cx.batch.kept(span, holder) } else { span };
                }
                what => {
                    if let NameUse::Extra(place) = what {
                        let span = plain_of(holder, member.value, &mut cx.batch.scratch);
                        if extra[place as usize].is_empty() {
                            extra[place as usize] = cx.batch.kept(span, holder);
                        }
                    }
                    let one = self.of_member(holder, member, &mut cx.batch.scratch, &mut doubled);
                    rest = rest.wrapping_add(one);
                }
            }
        }
        self.doubled = doubled;
        let mut found = Found {
            cells: &mut cells,
            extra,
            offset: at.offset,
            line: at.line,
            rest,
            has,
            fields: &FIELDS,
            array: self.array,
        };
        match admit(self.format, &mut found, text, cx) {
            Outcome::Taken => {
                for place in 0..self.members.len() {
                    self.mark(self.members[place].key);
                }
                self.seen = self.seen.union(fields).union(self.format.concluded(&cells));
            }
            Outcome::Left(why, example) => {
                if self.route == Route::Unknown && !self.decided {
                    self.shown.look_at(self.whole(holder));
                }
                let example = cx.example(text, example);
                cx.log.note_record(why, u64::from(at.line), &example, self.whole(holder));
            }
        }
    }

    /// The part of a member that is not kept in what tells records apart.
    pub(super) fn of_member(
        &self,
        text: &[u8],
        member: &Member,
        scratch: &mut Vec<u8>,
        doubled: &mut Vec<u8>,
    ) -> u64 {
        let number = match self.keys.number_of(member.key) {
            Some(number) => number,
            None => beyond_all(&text[member.name.0..member.name.1]),
        };
        let before = scratch.len();
        let value = match member.value {
            Value::Object(from, to) | Value::Array(from, to) => compact(&text[from..to], scratch),
            value => span_of(text, value, scratch),
        };
        let hash = of_cell(number, value.of(text, scratch), doubled);
        scratch.truncate(before);
        hash
    }

    /// Counts a record of a format that is no click, by the first of the columns that say what it is.
    #[cold]
    fn count_other(&self, format: u16, text: &[u8], at: At, cx: &mut Context<'_>) {
        let extra = FORMATS.get(format as usize).map_or(&[][..], |format| format.extra);
        let telling = extra.iter().rev().find_map(|names| {
            self.members.iter().find(|member| {
                let key = normalised(&String::from_utf8_lossy(self.keys.text_of(member.key)));
                names.contains(&key.as_str())
            })
        });
        let mut scratch = Vec::new();
        let span = telling.map_or(Span::EMPTY, |member| plain_of(text, member.value, &mut scratch));
        cx.log.note_record(Why::OtherTable, u64::from(at.line), span.of(text, &scratch), self.whole(text));
    }

    /// The text of the object of the members at hand; of a row of a table, its cells.
    pub(super) fn whole<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let Some(first) = self.members.first() else { return b"" };
        if first.name == (0, 0) {
            let ranges = self.members.iter().map(|member| member.value.range()).filter(|range| range.end > 0);
            let all =
                ranges.fold((text.len(), 0), |all, range| (all.0.min(range.start), all.1.max(range.end)));
            return text.get(all.0..all.1).unwrap_or_default();
        }
        let Some(at) = memchr::memrchr(b'{', &text[..first.name.0]) else { return b"" };
        match (Cursor { text, at }).value() {
            Ok(value) => &text[value.range()],
            Err(_) => b"",
        }
    }

    /// Hands the members to a table beside the clicks.
    #[cold]
    fn read_beside(&mut self, beside: u16, text: &[u8], at: At, cx: &mut Context<'_>) {
        let Some(table) = BESIDES.get(beside as usize) else { return };
        let names: Vec<String> = self
            .members
            .iter()
            .map(|m| String::from_utf8_lossy(self.keys.text_of(m.key)).into_owned())
            .collect();
        let places = self.bindings.of(table, names);
        let cells: Vec<Vec<u8>> = places
            .iter()
            .map(|place| match place {
                Some((member, path)) => {
                    self.members.get(*member).and_then(|m| inside(text, m.value, path)).unwrap_or_default()
                }
                None => Vec::new(),
            })
            .collect();
        let cells: Vec<&[u8]> = cells.iter().map(Vec::as_slice).collect();
        cx.beside(beside, &cells, at.line, &self.about);
    }
}

/// What a path of keys leads to inside JSON; the text itself where there is no path.
pub fn inside_text<K: AsRef<str>>(text: &[u8], path: &[K]) -> Vec<u8> {
    if path.is_empty() {
        return text.to_vec();
    }
    let trimmed = text.trim_ascii();
    if !trimmed.starts_with(b"{") {
        return text.to_vec();
    }
    let value = Cursor { text: trimmed, at: 0 }.value();
    value.ok().and_then(|value| inside(trimmed, value, path)).unwrap_or_default()
}

/// The text of a value, or of what a path of keys leads to inside it.
pub(super) fn inside<K: AsRef<str>>(text: &[u8], value: Value, path: &[K]) -> Option<Vec<u8>> {
    let mut value = value;
    for key in path {
        let (from, to) = match value {
            Value::Object(from, to) => (from, to),
            // A text that holds the object, as services write columns that are none of their own types.
            Value::Text { from, to, .. } if text[from..to].starts_with(b"{") => {
                let mut plain = Vec::new();
                unescape(&text[from..to], &mut plain);
                return Some(inside_text(&plain, path));
            }
            // What has no inside is what was looked for.
            _ => break,
        };
        let mut cursor = Cursor { text: &text[..to], at: from + 1 };
        value = loop {
            cursor.blank_and_commas();
            let (from, to) = cursor.key().ok()?;
            let found = cursor.value().ok()?;
            if normalised(&String::from_utf8_lossy(&text[from..to])) == key.as_ref() {
                break found;
            }
        };
    }
    let mut scratch = Vec::new();
    let span = plain_of(text, value, &mut scratch);
    Some(span.of(text, &scratch).to_vec())
}

/// The text of a value that is kept. PowerShell writes dates and ids as objects with their value inside, some services a
/// list of one where one is meant: the first of it counts.
fn plain_of(text: &[u8], value: Value, scratch: &mut Vec<u8>) -> Span {
    let first = match value {
        Value::Object(from, to) => value_inside(text, from, to),
        Value::Array(from, to) => {
            let mut cursor = Cursor { text: &text[..to], at: from + 1 };
            cursor.blank();
            let is_text = cursor.peek() == Ok(b'"');
            let first = cursor.value().ok().filter(|_| is_text);
            cursor.blank();
            // A list of several is kept as it stands: it may be one of threats.
            first.filter(|_| cursor.peek() == Ok(b']'))
        }
        _ => None,
    };
    span_of(text, first.unwrap_or(value), scratch)
}

/// The first text of an array.
fn first_of(text: &[u8], from: usize, to: usize, scratch: &mut Vec<u8>) -> Span {
    let mut cursor = Cursor { text: &text[..to], at: from + 1 };
    cursor.blank_and_commas();
    cursor.value().map_or(Span::EMPTY, |first| span_of(text, first, scratch))
}

/// The member `value` of an object.
fn value_inside(text: &[u8], from: usize, to: usize) -> Option<Value> {
    let mut cursor = Cursor { text: &text[..to], at: from + 1 };
    loop {
        cursor.blank_and_commas();
        let (from, to) = cursor.key().ok()?;
        let value = cursor.value().ok()?;
        if text[from..to].eq_ignore_ascii_case(b"value") {
            return Some(value);
        }
    }
}

/// Records of JSON may have any field.
pub(super) static FIELDS: [Field; Field::COUNT] = {
    let mut fields = [Field::Time; Field::COUNT];
    let mut place = 0;
    while place < Field::COUNT {
        fields[place] = Field::ALL[place].field;
        place += 1;
    }
    fields
};

fn is_blank(value: Value) -> bool {
    matches!(value, Value::Null) || matches!(value, Value::Text { from, to, .. } if from == to)
}

/// The text of a value; nothing for null and for what holds nothing.
pub(super) fn span_of(text: &[u8], value: Value, scratch: &mut Vec<u8>) -> Span {
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
            if text[from + 1..to - 1].trim_ascii().is_empty() { Span::EMPTY } else { Span::text(from, to) }
        }
    }
}

/// A nested value without the white space between its parts, so that laying it out differently changes
/// nothing.
fn compact(json: &[u8], scratch: &mut Vec<u8>) -> Span {
    let start = scratch.len();
    let (mut quoted, mut escaped) = (false, false);
    for byte in json {
        if quoted || !byte.is_ascii_whitespace() {
            scratch.push(*byte);
        }
        quoted ^= *byte == b'"' && !escaped;
        escaped = quoted && *byte == b'\\' && !escaped;
    }
    Span::scratch(start, scratch.len())
}
