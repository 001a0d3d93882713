//! What stands around the records: the answer they came in, its schema, its tables.
//!
//! Owns how an object is told from an answer that holds records, and what is learnt from its other members. Must not
//! know records.

use super::cursor::{Cursor, Stop, Value, unescape};
use super::{Container, JsonImport, Place, keys};
use crate::import::context::Context;
use crate::import::log::Why;
use crate::import::names::{NameUse, use_of};
use crate::model::Field;

/// What an object at the outermost level turned out to be.
enum Outer {
    Record,
    Wrapper(&'static str, Container),
}

/// The names of arrays that hold records, in the answers of all services, and what a file of such is.
const ARRAYS: [(&str, Container); 15] = [
    ("results", Container::Results),
    ("Results", Container::LegacyResults),
    ("records", Container::Records),
    ("tables", Container::Tables),
    ("Tables", Container::Tables),
    ("value", Container::Value),
    // Proofpoint says by the array what happened.
    ("clicksPermitted", Container::Named),
    ("clicksBlocked", Container::Named),
    ("messagesPermitted", Container::Named),
    ("messagesDelivered", Container::Named),
    ("messagesBlocked", Container::Named),
    // Mimecast, the one inside the other.
    ("data", Container::Named),
    ("clickLogs", Container::Named),
    // GoPhish, beside `results`.
    ("timeline", Container::Named),
    // Search engines.
    ("hits", Container::Named),
];

/// Objects around such an array.
const OBJECTS: [&str; 2] = ["hits", "d"];

/// Arrays that stand inside records of other arrays.
const INNER: [&str; 3] = ["clickLogs", "results", "timeline"];

/// The name of an array, where it says something about the records in it.
pub(super) fn array_of(key: &[u8]) -> &'static str {
    let known = ARRAYS.iter().find(|(name, shape)| *shape == Container::Named && name.as_bytes() == key);
    known.map_or("", |(name, _)| name)
}

/// What the value of a key holds, by the key and the byte it begins with: the name, and the shape; an array of records, or
/// an object around one.
fn holds_records(key: &[u8], byte: u8) -> Option<(&'static str, Container)> {
    let (array, shape) = *ARRAYS.iter().find(|(name, _)| name.as_bytes() == key).or(match key {
        b"d" => Some(&("d", Container::Named)),
        _ => None,
    })?;
    let holds = match byte {
        b'[' => array != "d",
        b'{' => OBJECTS.contains(&array),
        _ => false,
    };
    holds.then_some((array, shape))
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
            Outer::Wrapper(array, shape) => {
                self.shape = shape;
                self.stack.push(Place::Wrapper);
                self.go_inside(cursor, array, shape);
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
            let found = holds_records(&cursor.text[from..to], cursor.peek()?);
            // A click may have such a member too.
            if let Some((array, shape)) = found.filter(|_| !self.records.has_url()) {
                self.records.about.clear();
                self.partial |= partial;
                for member in std::mem::take(&mut self.records.members) {
                    self.learn(cursor.text, member.name, member.value);
                }
                return Ok(Outer::Wrapper(array, shape));
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
        let byte = cursor.peek()?;
        let array = byte == b'[';
        if let Some((name, shape)) = holds_records(key, byte)
            && self.stack.last() == Some(&Place::Wrapper)
            && self.shape != Container::Tables
            && shape != Container::Tables
        {
            self.go_inside(cursor, name, shape);
            return Ok(());
        }
        if array && self.stack.last() == Some(&Place::Table) && key.eq_ignore_ascii_case(b"rows") {
            return self.enter(cursor, Place::Rows);
        }
        let value = cursor.value()?;
        if self.records.beside().is_none()
            && matches!(
                use_of(self.records.format, &String::from_utf8_lossy(key)).0,
                NameUse::Field(Field::Url, _)
            )
        {
            // No answer has a URL beside its records: this is a record that lost what it began with.
            self.count_lines(cursor.text, start);
            cx.log.records += 1;
            cx.log.note(Why::BrokenJson, u64::from(self.line), &cursor.text[start..cursor.at]);
        }
        self.learn(cursor.text, (from, to), value);
        if key.eq_ignore_ascii_case(b"columns")
            && let Value::Array(from, to) = value
        {
            self.tables.push((base + cursor.at as u64, keys::names_of_columns(&cursor.text[from..to])));
        }
        self.partial |= key == b"error" && value != Value::Null;
        Ok(())
    }

    /// Steps into the array of records, or the object around it, that begins here.
    fn go_inside(&mut self, cursor: &mut Cursor<'_>, name: &'static str, shape: Container) {
        let object = cursor.peek() == Ok(b'{');
        cursor.at += 1;
        self.stack.push(match shape {
            _ if object => Place::Wrapper,
            Container::Tables => Place::Tables,
            _ => Place::Records,
        });
        if !object {
            self.records.array = if shape == Container::Named { name } else { "" };
        }
    }

    /// An object among records that is itself around records, as a list of campaigns has them. None: it is a record, and
    /// was read.
    pub(super) fn record_or_wrapper(&mut self, cursor: &mut Cursor<'_>) -> Result<bool, Stop> {
        self.records.members.clear();
        cursor.expect(b'{')?;
        loop {
            cursor.blank_and_commas();
            if cursor.peek()? == b'}' {
                cursor.at += 1;
                return Ok(true);
            }
            let (from, to) = cursor.key()?;
            if cursor.peek()? == b'[' && INNER.iter().any(|name| name.as_bytes() == &cursor.text[from..to]) {
                let found = holds_records(&cursor.text[from..to], b'[');
                let first = cursor.first_inside()?;
                if let (Some((name, _)), b'{' | b']', false) = (found, first, self.records.has_url()) {
                    self.records.about.clear();
                    for member in std::mem::take(&mut self.records.members) {
                        self.learn(cursor.text, member.name, member.value);
                    }
                    self.stack.push(Place::Wrapper);
                    self.go_inside(cursor, name, Container::Named);
                    return Ok(false);
                }
            }
            self.records.member(cursor, from, to)?;
        }
    }

    /// What a member of a wrapper says about its records: what they are called together, whether more of them are on
    /// other pages, which columns they have.
    fn learn(&mut self, text: &[u8], (from, to): (usize, usize), value: Value) {
        match (&text[from..to], value) {
            (b"name", Value::Text { from, to, .. }) => {
                let mut name = Vec::new();
                unescape(&text[from..to], &mut name);
                self.records.about = String::from_utf8_lossy(&name).into_owned();
            }
            (b"@odata.nextLink" | b"nextLink" | b"__next", Value::Text { from, to, .. }) => {
                self.paged |= from < to;
            }
            (b"meta" | b"pagination", Value::Object(from, to)) => {
                let json = serde_json::from_slice::<serde_json::Value>(&text[from..to]).unwrap_or_default();
                let pages = json.get("pagination").unwrap_or(&json);
                let next = pages.get("next").or_else(|| pages.get("pageToken"));
                // Of pages in one file the last one says whether there are more, and each how many records all have.
                let pages_are_said = ["next", "pageToken", "pageSize", "totalCount"]
                    .iter()
                    .any(|key| pages.get(key).is_some());
                if !pages_are_said {
                    return;
                }
                self.paged = next.and_then(|next| next.as_str()).is_some_and(|next| !next.is_empty());
                let total = pages.get("totalCount").and_then(serde_json::Value::as_u64).unwrap_or_default();
                self.total = self.total.max(total);
            }
            _ => self.schema(text, (from, to), value),
        }
    }

    /// A schema names columns that the records may leave out, where they have no value.
    fn schema(&mut self, text: &[u8], (from, to): (usize, usize), value: Value) {
        if text[from..to].eq_ignore_ascii_case(b"schema")
            && let Value::Array(from, to) = value
        {
            self.records.learn(&keys::names_of_columns(&text[from..to]));
        }
    }
}
