//! Records that are not simply taken: blank ones, headers that come again, records that the fast scan cannot cut.
//!
//! Owns what becomes of a record in doubt, one at a time. Must not know how records are found fast.

use super::cell::{is_blank, undone};
use super::{CsvImport, MAX_RECORD, Section, slow};
use crate::import::context::Context;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Field, windows_1252};

impl CsvImport {
    /// A record that was not taken: nothing but separators, a header again, or what was said of it.
    #[cold]
    pub(super) fn left(
        &mut self,
        record: &[u8],
        offset: u64,
        why: Why,
        example: &[u8],
        text: &[u8],
        cx: &mut Context<'_>,
    ) {
        if self.is_of_separators(record) {
            cx.log.records -= 1;
        } else if !self.is_header_again(record, offset, text, cx) {
            let example = if example.is_empty() { record } else { example };
            cx.log.note_record(why, u64::from(self.line), example, record);
        }
    }

    /// Spreadsheets save rows of nothing but separators.
    pub(super) fn is_of_separators(&self, record: &[u8]) -> bool {
        let mut scratch = Vec::new();
        let (cells, _, closed) = slow::record(record, &self.delimiter);
        closed && cells.iter().all(|cell| is_blank(undone(record, *cell, &mut scratch)))
    }

    /// Whether a record of several lines is not one that a writer would write: then a quote that one record lost or
    /// got was closed by that of another, and what is between them are records of their own.
    #[cold]
    fn is_torn(&self, record: &[u8], cells: &[(usize, usize)]) -> bool {
        if memchr::memchr(b'\n', record).is_none_or(|end| end + 1 == record.len()) {
            return false;
        }
        let extra = cells.iter().skip(self.section.columns).any(|(from, to)| from < to);
        let fits = cells.len() >= self.section.columns && !extra;
        (!fits || slow::goes_on_behind_quotes(record, cells)) && !self.is_of_separators(record)
    }

    /// Whether the record is a header: files are put together by hand. Another one than that in force begins a
    /// section that is read by its own names. Counts it when it is one.
    fn is_header_again(&mut self, record: &[u8], offset: u64, text: &[u8], cx: &mut Context<'_>) -> bool {
        if !self.section.header_line.is_empty() && record.trim_ascii_end() == self.section.header_line {
            cx.log.note_record(Why::HeaderAgain, u64::from(self.line), b"", record);
            return true;
        }
        // A header names, it holds nothing: two files that were joined without a line end between them, or any row.
        let begins_with_a_name = record.first().is_some_and(|b| !b.is_ascii_digit());
        if !begins_with_a_name || memchr::memmem::find(record, b"://").is_some() {
            return false;
        }
        let (cells, _, _) = slow::record(record, &self.delimiter);
        let mut scratch = Vec::new();
        let name = |cell: &(usize, usize)| {
            windows_1252(undone(record, *cell, &mut scratch).trim_ascii()).into_owned()
        };
        let names = Names::new(cells.iter().map(name).collect());
        let fields = names.fields(self.format);
        let readable = fields.has(Field::Url) && fields.has(Field::Time);
        if !readable || !(self.format.fit)(&names) {
            return false;
        }
        // What was read so far was read by the old names.
        cx.flush(text, self.meaning);
        cx.log.note_record(Why::HeaderAgain, u64::from(self.line), b"", record);
        self.section = Section::new(names.clone(), self.format, record.trim_ascii_end().to_vec());
        self.fields = self.fields.union(fields);
        self.meaning.knows_threats = fields.has(Field::Threat);
        self.sections.push((offset, names));
        true
    }

    /// Reads one record the slow way. None: it may go on beyond the text there is.
    pub(super) fn slow_record(
        &mut self,
        text: &[u8],
        base: u64,
        eof: bool,
        cx: &mut Context<'_>,
    ) -> Option<usize> {
        let line = u64::from(self.line);
        let (cells, end, closed) = slow::record(text, &self.delimiter);
        let whole = closed && (end < text.len() || eof || text.ends_with(b"\n"));
        if !whole && !eof && text.len() <= MAX_RECORD {
            return None;
        }
        let torn = whole && self.is_torn(&text[..end], &cells);
        if !whole || torn || end > MAX_RECORD {
            // Give up the line on which the quote was opened, not the rest of the file.
            let line_end = memchr::memchr(b'\n', text).map(|at| at + 1);
            self.skips_line = line_end.is_none();
            let end = line_end.unwrap_or(text.len());
            cx.log.records += 1;
            let why = if closed && !torn { Why::TooLong } else { Why::UnclosedQuote };
            cx.log.note(why, line, &text[..end]);
            self.line += u32::from(line_end.is_some());
            return Some(end);
        }
        if !is_blank(&text[..end]) {
            self.slow_cells(text, &cells, end, base, eof, cx);
        }
        self.line += memchr::memchr_iter(b'\n', &text[..end]).count().max(1) as u32;
        Some(end)
    }

    fn slow_cells(
        &mut self,
        text: &[u8],
        cells: &[(usize, usize)],
        end: usize,
        base: u64,
        eof: bool,
        cx: &mut Context<'_>,
    ) {
        let columns = self.section.columns;
        let extra_empty = cells.iter().skip(columns).all(|(from, to)| from == to);
        let why = if cells.len() > columns && !extra_empty {
            Why::TooManyCells
        } else if cells.len() >= columns {
            // The ends of the cells are the separators of the fast way; the last one ends the record.
            let last = columns - 1;
            let place = |i: usize, to: usize| if i < last { to + self.delimiter.lead.len() } else { to };
            let separators: Vec<u32> =
                cells[..=last].iter().enumerate().map(|(i, (_, to))| place(i, *to) as u32).collect();
            return self.record(text, 0, &separators, false, base, cx);
        } else if eof && end == text.len() && !text.ends_with(b"\n") {
            Why::CutOff
        } else {
            Why::TooFewCells
        };
        cx.log.records += 1;
        self.left(&text[..end], base, why, b"", text, cx);
    }
}
