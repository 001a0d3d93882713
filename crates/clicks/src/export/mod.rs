//! Rows as files to hand on: one writer a format, each with its own escaping.
//!
//! Owns how a cell is written. URLs leave defanged unless the caller says otherwise, text that a
//! spreadsheet would run as a formula is disarmed. Must not know which rows, nor where the file goes.

mod csv;
mod json;

use crate::model::{Dataset, Field, text};
use crate::query::values;

pub use csv::CsvWriter;
pub use json::JsonWriter;

/// Writes some rows at a time, so that no export is ever whole in memory.
pub trait RowWriter {
    /// What stands before the first row.
    fn head(&mut self, out: &mut Vec<u8>);
    /// One row.
    fn row(&mut self, data: &Dataset, row: usize, out: &mut Vec<u8>);
    /// What stands after the last row.
    fn tail(&mut self, out: &mut Vec<u8>);
}

/// The writer of a format, by its name.
pub fn writer(format: &str, columns: Vec<Field>, defang: bool) -> Option<Box<dyn RowWriter>> {
    match format.to_ascii_lowercase().as_str() {
        "csv" => Some(Box::new(CsvWriter::new(columns, defang))),
        "json" => Some(Box::new(JsonWriter::new(columns, defang))),
        _ => None,
    }
}

/// The text of a cell as exports carry it.
fn cell(data: &Dataset, row: usize, column: Field, defang: bool) -> String {
    let value = values::text(data, row, column);
    match column {
        Field::Url | Field::Host if defang && !value.is_empty() => text::defanged(&value),
        Field::Action => data.kind_of(row).action.label().to_owned(),
        // An attacker's subject may hold the link that the URL's own cell no longer is.
        _ if defang && text::has_link(&value) => text::defanged(&value),
        _ => value,
    }
}
