//! One record read again, for the row detail.

use super::cursor::{Cursor, Stop, Value};
use super::record::span_of;
use super::{JsonImport, Member};
use crate::model::Span;

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
