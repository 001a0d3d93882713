//! Records that are no clicks by their columns: JSON in their cells, or rows of a table beside the clicks.
//!
//! Owns the way from such a record to its reader. Must not know formats.

use super::cell::{is_blank, undone};
use super::{CsvImport, Reads};
use crate::import::beside::{BESIDES, ways};
use crate::import::container::json::{At, Cursor, inside_text};
use crate::import::context::Context;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::sorting::sorted;
use crate::model::windows_1252;

/// The mark of UTF-8 at the start of a file.
const BOM: &[u8] = b"\xef\xbb\xbf";

impl CsvImport {
    /// Whether a record is the header of the same columns in another order: they are read by it from now on.
    fn is_other_header(&mut self, record: &[u8], offset: u64, cells: &[(usize, usize)], text: &[u8]) -> bool {
        // A header is short, and names nothing twice that a row would hold.
        if record.len() > 4_000 || memchr::memmem::find(record, b"://").is_some() {
            return false;
        }
        let mut scratch = Vec::new();
        // Files that were joined begin anew with a mark of their encoding, which may stand before a quote.
        let unmarked = |(from, to): (usize, usize)| match text[from..to].starts_with(BOM) {
            true => (from + BOM.len(), to),
            false => (from, to),
        };
        let name = |cell: &(usize, usize)| {
            windows_1252(undone(text, unmarked(*cell), &mut scratch).trim_ascii()).into_owned()
        };
        let written: Vec<String> = cells.iter().map(name).collect();
        let old = self.section.binding.names.written.iter().map(|name| name.trim());
        let in_order = |names: Vec<&str>| -> Vec<String> {
            sorted(names, Ord::cmp).into_iter().map(str::to_owned).collect()
        };
        if in_order(old.collect()) != in_order(written.iter().map(String::as_str).collect()) {
            return false;
        }
        let names = Names::new(written);
        match &mut self.reads {
            Reads::Beside(place, found) => {
                if let Some(kind) = BESIDES.get(*place as usize) {
                    *found = ways(kind, &names);
                }
            }
            Reads::Json(_, column) => {
                let own = self.section.binding.names.written.get(*column).map(|name| name.trim());
                let moved = names.written.iter().position(|name| Some(name.as_str()) == own);
                *column = moved.unwrap_or(*column);
            }
            Reads::Clicks => {}
        }
        // A record is shown again by the names it was read by.
        self.sections.push((offset, names.clone()));
        self.section.binding.names = names;
        true
    }

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
        let unmarked = record.strip_prefix(BOM).unwrap_or(record);
        if !self.section.header_line.is_empty() && unmarked.trim_ascii_end() == self.section.header_line {
            cx.log.records += 1;
            cx.log.note_record(Why::HeaderAgain, u64::from(self.line), b"", record);
            return;
        }
        if self.is_other_header(record, base + start as u64, cells, text) {
            cx.log.records += 1;
            cx.log.note_record(Why::HeaderAgain, u64::from(self.line), b"", record);
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
                    cx.log.note_record(why, u64::from(line), inner, record);
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
