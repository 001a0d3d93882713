//! One record read again, for the row detail.

use super::JsonImport;
use super::cursor::{Cursor, Value};
use super::record::span_of;
use crate::model::{Span, windows_1252};

/// Keys and values of the record at the start of `text`, envelope opened, for the row detail; empty when it
/// is not whole. `names` are those of a table's columns, where records are rows of one.
pub fn names_and_cells(text: &[u8], names: &[String]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in members(text, names) {
        match value {
            // One envelope is opened; what is inside is shown as it is, however deep it goes.
            Value::Object(from, to) if name == "properties" => {
                let inner = &text[from..to];
                out.extend(members(inner, &[]).into_iter().map(|(name, value)| (name, shown(inner, value))));
            }
            value => out.push((name, shown(text, value))),
        }
    }
    out
}

fn members(text: &[u8], names: &[String]) -> Vec<(String, Value)> {
    let mut reader = JsonImport { names: names.to_vec(), ..JsonImport::new() };
    let mut cursor = Cursor { text, at: 0 };
    let read = match text.first() {
        Some(b'[') => reader.positional(&mut cursor),
        _ => reader.object(&mut cursor),
    };
    if read.is_err() {
        return Vec::new();
    }
    let named = |member: &super::Member| {
        (String::from_utf8_lossy(reader.keys.text_of(member.key)).into_owned(), member.value)
    };
    reader.members.iter().map(named).collect()
}

/// A value as text; objects and arrays as they are written.
fn shown(text: &[u8], value: Value) -> String {
    let mut scratch = Vec::new();
    let span = match value {
        Value::Object(from, to) | Value::Array(from, to) => Span::text(from, to),
        value => span_of(text, value, &mut scratch),
    };
    windows_1252(span.of(text, &scratch)).into_owned()
}
