//! From the members of one record to its cells.

use super::cursor::{Cursor, Value, unescape};
use super::keys::beyond_all;
use super::{JsonImport, Member};
use crate::import::admit::{Found, Has, Outcome, admit, of_cell};
use crate::import::context::Context;
use crate::import::format::FORMATS;
use crate::import::log::Why;
use crate::import::names::{NameUse, Names};
use crate::model::{Cells, Field, Span};

impl JsonImport {
    /// Takes the members as one record.
    pub(super) fn record(&mut self, text: &[u8], start: usize, base: u64, cx: &mut Context<'_>) {
        self.count_lines(text, start);
        self.shares_line = self.last_line == self.line;
        self.last_line = self.line;
        cx.log.records += 1;
        if let Some(first) = self.members.first() {
            let key = self.keys.text_of(first.key);
            if self.first_key != key {
                self.first_key = key.to_vec();
            }
        }
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        if !self.open_envelope(text, &mut cells, cx) {
            return;
        }
        if !self.decided {
            self.decide(text, cx);
        }
        let mut best = [u8::MAX; Field::COUNT];
        let mut taken = [usize::MAX; Field::COUNT];
        let mut has = Has::default();
        for (place, member) in self.members.iter().enumerate() {
            match self.keys.use_of(member.key) {
                NameUse::Field(field, rank) => {
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
                NameUse::Envelope => {}
            }
        }
        has.click_words |= self.streaming;
        let mut rest = 0_u64;
        let mut doubled = std::mem::take(&mut self.doubled);
        for (place, member) in self.members.iter().enumerate() {
            match self.keys.use_of(member.key) {
                NameUse::Envelope => {}
                NameUse::Field(field, _) if taken[field as usize] == place => {
                    cells[field as usize] = span_of(text, member.value, &mut cx.batch.scratch);
                }
                _ => {
                    let one = self.of_member(text, member, &mut cx.batch.scratch, &mut doubled);
                    rest = rest.wrapping_add(one);
                }
            }
        }
        self.doubled = doubled;
        let found =
            Found { cells: &cells, offset: base + start as u64, line: self.line, rest, has, fields: &FIELDS };
        if let Outcome::Left(why, example) = admit(self.format, &found, text, cx) {
            let example = cx.example(text, example);
            cx.log.note(why, u64::from(self.line), &example);
        }
    }

    /// The part of a member that is not kept in what tells records apart.
    fn of_member(&self, text: &[u8], member: &Member, scratch: &mut Vec<u8>, doubled: &mut Vec<u8>) -> u64 {
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

    /// Finds the format that the keys of a record fit. Until one does the first format reads the records: keys
    /// without a value may be left out of them.
    fn decide(&mut self, text: &[u8], cx: &mut Context<'_>) {
        let keys: Vec<u32> = self.members.iter().map(|m| m.key).collect();
        if keys == self.unfit {
            return;
        }
        let written = |key: &u32| String::from_utf8_lossy(self.keys.text_of(*key)).into_owned();
        let names = Names::new(keys.iter().map(written).collect());
        let fits = FORMATS.iter().enumerate().find(|(_, format)| (format.fit)(&names));
        let Some((place, format)) = fits else {
            self.unfit = keys;
            return;
        };
        let meaning = self.meaning();
        cx.flush_before(text, meaning);
        self.decided = true;
        self.format = format;
        self.place = place as u8;
        self.keys.bind(format);
    }

    /// Goes inside the envelope of the format, if there is one. False: the record is of another table and has
    /// been counted.
    fn open_envelope(&mut self, text: &[u8], cells: &mut Cells, cx: &mut Context<'_>) -> bool {
        let Some(envelope) = self.format.envelope_of_records else { return true };
        let find = |name: &str| {
            self.members.iter().find(|m| self.keys.text_of(m.key) == name.as_bytes()).map(|m| m.value)
        };
        let (from, to) = match find(envelope.inside) {
            Some(Value::Object(from, to)) => (from, to),
            // A text that holds the record, as some forwarders write it: it is not read, and that is said.
            Some(Value::Text { from, to, .. }) if find(envelope.table).is_some() => {
                cx.log.note(Why::BrokenJson, u64::from(self.line), &text[from..to]);
                return false;
            }
            _ => return true,
        };
        if let Some(Value::Text { from, to, .. }) = find(envelope.table) {
            let table = &text[from..to];
            let of_family = table.starts_with(envelope.family.as_bytes());
            self.streaming |= of_family;
            if of_family && table != envelope.own.as_bytes() {
                cx.log.note(Why::OtherTable, u64::from(self.line), table);
                return false;
            }
        }
        if let Some(value) = find(envelope.tenant) {
            cells[Field::Tenant as usize] = span_of(text, value, &mut cx.batch.scratch);
        }
        let mut inner = Cursor { text: &text[..to], at: from };
        if self.object(&mut inner).is_err() {
            cx.log.note(Why::BrokenJson, u64::from(self.line), &text[from..to]);
            return false;
        }
        true
    }
}

/// Records of JSON may have any field.
static FIELDS: [Field; Field::COUNT] = {
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
