//! One record read again, for the row detail.

use super::cursor::{Cursor, Stop, Value, unescape};
use super::record::span_of;
use crate::model::{Span, windows_1252};

/// Keys and values of the record at the start of `text`, envelope opened, for the row detail; empty when it
/// is not whole. `names` are those of a table's columns, where records are rows of one; `envelope` is the
/// member whose inside is shown in its place.
pub fn names_and_cells(text: &[u8], names: &[String], envelope: Option<&str>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in members(text, names).unwrap_or_default() {
        match value {
            // One envelope is opened; what is inside is shown as it is, however deep it goes.
            Value::Object(from, to) if Some(name.as_str()) == envelope => {
                let inner = &text[from..to];
                let shown = |(name, value)| (name, shown(inner, value));
                out.extend(members(inner, &[]).unwrap_or_default().into_iter().map(shown));
            }
            value => out.push((name, shown(text, value))),
        }
    }
    out
}

fn members(text: &[u8], names: &[String]) -> Result<Vec<(String, Value)>, Stop> {
    let mut cursor = Cursor { text, at: 0 };
    let mut out = Vec::new();
    let row = cursor.peek()? == b'[';
    cursor.at += 1;
    loop {
        cursor.blank_and_commas();
        if matches!(cursor.peek()?, b'}' | b']') {
            return Ok(out);
        }
        let name = if row {
            names.get(out.len()).cloned().unwrap_or_default()
        } else {
            let (from, to) = cursor.key()?;
            let mut plain = Vec::new();
            unescape(&text[from..to], &mut plain);
            windows_1252(&plain).into_owned()
        };
        out.push((name, cursor.value()?));
    }
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
