//! Records that are no clicks by their columns: JSON in their cells, or rows of a table beside the clicks.
//!
//! Owns the way from such a record to its reader. Must not know formats.

use super::cell::{is_blank, undone};
use super::{CsvImport, Reads};
use crate::import::container::json::{At, Cursor, inside_text};
use crate::import::context::Context;
use crate::import::log::Why;

impl CsvImport {
    /// Takes a record; `cells` are the places of its cells, with their quotes.
    pub(super) fn other(
        &mut self,
        text: &[u8],
        (start, end): (usize, usize),
        cells: &[(usize, usize)],
        base: u64,
        cx: &mut Context<'_>,
    ) {
        let record = &text[start..end];
        if self.is_of_separators(record) {
            return;
        }
        if !self.section.header_line.is_empty() && record.trim_ascii_end() == self.section.header_line {
            cx.log.records += 1;
            cx.log.note(Why::HeaderAgain, u64::from(self.line), b"");
            return;
        }
        let line = self.line;
        match &mut self.reads {
            Reads::Clicks => {}
            Reads::Json(records, column) => {
                let mut scratch = Vec::new();
                let cell = cells.get(*column).copied().unwrap_or_default();
                let inner = undone(text, cell, &mut scratch).trim_ascii();
                let mut cursor = Cursor { text: inner, at: 0 };
                let whole = records.object(&mut cursor).is_ok();
                if !whole {
                    cx.log.records += 1;
                    let why = if is_blank(inner) { Why::NothingInside } else { Why::BrokenJson };
                    cx.log.note(why, u64::from(line), inner);
                    return;
                }
                let at = At { offset: base + start as u64, line };
                records.take_apart(inner, at, cx);
            }
            Reads::Beside(beside, ways) => {
                cx.log.records += 1;
                let mut texts: Vec<Vec<u8>> = Vec::with_capacity(ways.len());
                let mut scratch = Vec::new();
                for way in ways.iter() {
                    let cell = way.map(|(column, path)| {
                        let cell = cells.get(column).copied().unwrap_or_default();
                        inside_text(undone(text, cell, &mut scratch), path)
                    });
                    texts.push(cell.unwrap_or_default());
                }
                let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
                cx.beside(*beside, &texts, line, "");
            }
        }
    }
}
