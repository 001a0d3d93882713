//! Rows as files to hand on: one writer a format, each with its own escaping.
//!
//! Owns how a cell is written, and the list of formats. URLs leave defanged unless the caller says otherwise,
//! text that a spreadsheet would run as a formula is disarmed. Must not know where the file goes.

mod csv;
mod job;
mod json;
mod rows;

use crate::failure::Failure;
use crate::model::{Dataset, Field, text};
use crate::query::Conclusions;

pub use csv::table_csv;
pub use job::{Job, Manifest};
pub use rows::Order;

/// A format that rows are written in.
struct Format {
    /// Its name in the API, which is its file extension too.
    name: &'static str,
    /// What browsers call it.
    media_type: &'static str,
    /// A writer of these columns; `true` defangs URLs.
    writer: fn(Vec<Field>, bool) -> Box<dyn RowWriter>,
}

/// All formats.
const FORMATS: [&Format; 2] = [&csv::FORMAT, &json::FORMAT];

/// The format of a name.
fn format_of(name: &str) -> Result<&'static Format, Failure> {
    FORMATS.into_iter().find(|format| format.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names = FORMATS.map(|format| format.name).join(" and ");
        Failure::bad_request(format!("There is no export format “{name}”; there are {names}."))
    })
}

/// What rows are written from.
#[derive(Clone, Copy)]
struct Rows<'a> {
    data: &'a Dataset,
    told: &'a Conclusions,
}

/// Writes some rows at a time, so that no export is ever whole in memory.
trait RowWriter {
    /// What stands before the first row.
    fn head(&mut self, rows: Rows<'_>, out: &mut Vec<u8>);
    /// One row.
    fn row(&mut self, rows: Rows<'_>, row: usize, out: &mut Vec<u8>);
    /// What stands after the last row.
    fn tail(&mut self, out: &mut Vec<u8>);
}

/// The text of a cell as exports carry it.
fn cell(rows: Rows<'_>, row: usize, column: Field, defang: bool) -> String {
    let value = rows.told.words(rows.data, row, column);
    match column {
        Field::Url | Field::Host | Field::Campaign if defang && !value.is_empty() => text::defanged(&value),
        // An attacker's subject may hold the link that the URL's own cell no longer is.
        _ if defang && text::has_link(&value) => text::defanged(&value),
        _ => value,
    }
}
