//! What stands around the records: the answer they came in, its schema, its tables.
//!
//! Owns how an object is told from an answer that holds records, and what is learnt from its other members. Must not
//! know records.

use super::cursor::{Cursor, Stop, Value};
use super::{Container, JsonImport, Place, keys};
use crate::import::context::Context;
use crate::import::log::Why;
use crate::import::names::{NameUse, use_of};
use crate::model::Field;

/// What an object at the outermost level turned out to be.
enum Outer {
    Record,
    Wrapper(Container),
}

impl JsonImport {
    /// An object at the outermost level: a record, or what records are wrapped in.
    pub(super) fn outer(
        &mut self,
        cursor: &mut Cursor<'_>,
        base: u64,
        cx: &mut Context<'_>,
    ) -> Result<(), Stop> {
        let start = cursor.at;
        // Once records are known to end with their line, one that does not is broken: what is missing must
        // not be looked for in the records that follow.
        let line_end = memchr::memchr(b'\n', &cursor.text[start..]).map(|end| start + end);
        let text = match line_end {
            Some(end) if self.line_each => &cursor.text[..end],
            _ => cursor.text,
        };
        let mut inside = Cursor { text, at: start };
        let outer = match self.try_outer(&mut inside) {
            Err(Stop::More) if text.len() < cursor.text.len() => Err(Stop::Bad),
            other => other,
        }?;
        cursor.at = inside.at;
        match outer {
            Outer::Record => {
                self.line_each |= line_end.is_none_or(|end| end >= cursor.at);
                self.record(cursor.text, start, base, cx);
            }
            Outer::Wrapper(shape) => {
                self.shape = shape;
                self.stack.push(Place::Wrapper);
                self.stack.push(if shape == Container::Tables { Place::Tables } else { Place::Records });
            }
        }
        Ok(())
    }

    fn try_outer(&mut self, cursor: &mut Cursor<'_>) -> Result<Outer, Stop> {
        self.records.members.clear();
        let mut partial = false;
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
                    b"results" => Some(Container::Results),
                    b"Results" => Some(Container::LegacyResults),
                    b"records" => Some(Container::Records),
                    b"tables" | b"Tables" => Some(Container::Tables),
                    b"value" => Some(Container::Value),
                    _ => None,
                };
                if let Some(shape) = shape {
                    cursor.at += 1;
                    self.partial |= partial;
                    for member in std::mem::take(&mut self.records.members) {
                        self.schema(cursor.text, member.name, member.value);
                    }
                    return Ok(Outer::Wrapper(shape));
                }
            }
            self.records.member(cursor, from, to)?;
            let said = self.records.members.last().is_some_and(|m| m.value != Value::Null);
            partial |= said && &cursor.text[from..to] == b"error";
        }
    }

    pub(super) fn wrapper_member(
        &mut self,
        cursor: &mut Cursor<'_>,
        base: u64,
        cx: &mut Context<'_>,
    ) -> Result<(), Stop> {
        let start = cursor.at;
        let (from, to) = cursor.key()?;
        let key = &cursor.text[from..to];
        let array = cursor.peek()? == b'[';
        if array && self.stack.last() == Some(&Place::Table) && key.eq_ignore_ascii_case(b"rows") {
            return self.enter(cursor, Place::Rows);
        }
        let value = cursor.value()?;
        if matches!(use_of(self.records.format, &String::from_utf8_lossy(key)).0, NameUse::Field(Field::Url, _)) {
            // No answer has a URL beside its records: this is a record that lost what it began with.
            self.count_lines(cursor.text, start);
            cx.log.records += 1;
            cx.log.note(Why::BrokenJson, u64::from(self.line), &cursor.text[start..cursor.at]);
        }
        self.schema(cursor.text, (from, to), value);
        if key.eq_ignore_ascii_case(b"columns")
            && let Value::Array(from, to) = value
        {
            self.tables.push((base + cursor.at as u64, keys::names_of_columns(&cursor.text[from..to])));
        }
        self.partial |= key == b"error" && value != Value::Null;
        Ok(())
    }

    /// A schema names columns that the records may leave out, where they have no value.
    fn schema(&mut self, text: &[u8], (from, to): (usize, usize), value: Value) {
        if text[from..to].eq_ignore_ascii_case(b"schema")
            && let Value::Array(from, to) = value
        {
            self.records.keys.learn(&keys::names_of_columns(&text[from..to]));
        }
    }
}
