//! Delimited text: CSV of any delimiter, with the quoting of RFC 4180 and the accidents of real files.
//!
//! Owns the way from bytes to cells. Records are cut by a fast scan that trusts quotes to be balanced; a
//! record that does not have as many cells as the header is read again by a slow one that takes a quote
//! for special only where a cell begins.

mod preamble;
mod scan;
mod slow;

use super::context::Context;
use super::header::Header;
use super::hunting::is_click_action;
use super::log::Why;
use crate::model::{Cell, Origin, Span, hash, windows_1252};
use preamble::Delimiter;
pub use preamble::Preamble;
use scan::Scan;

/// A record longer than this is a quote that was never closed. The longest real cells are redirect
/// chains of some ten kilobytes; Excel cuts at 32,767 characters a cell.
pub const MAX_RECORD: usize = 8 << 20;

/// How much is scanned at once. After a record that had to be read again the next stretch is about as long
/// as that record, and grows back: a file of nothing but such records must not be scanned over and over.
const WINDOW: usize = 256 << 10;
const WINDOW_AFTER_TROUBLE: usize = 512;

/// Reads the records of one file.
pub struct CsvImport {
    delimiter: Delimiter,
    /// What the header says.
    pub header: Header,
    columns: usize,
    places: Vec<(Cell, usize)>,
    /// Columns that are not kept, as runs of neighbours, first and last.
    rest: Vec<(usize, usize)>,
    time: usize,
    url: usize,
    raw_action: Option<usize>,
    clicked: Option<usize>,
    line: u32,
    window: usize,
    /// In the middle of a line that was given up.
    skips_line: bool,
    scan: Scan,
    header_line: Vec<u8>,
}

/// What became of a stretch of text.
struct Stretch {
    /// Bytes done with.
    done: usize,
    /// The record after them needs more text than there is.
    starved: bool,
}

impl CsvImport {
    /// A reader for the records after a header that has the columns of clicks.
    pub fn new(preamble: Preamble) -> Option<CsvImport> {
        let Preamble { delimiter, header, line, header_line, .. } = preamble;
        let columns = header.names.len();
        let places = header.places();
        let kept: Vec<usize> = places.iter().map(|(_, at)| *at).collect();
        let mut rest: Vec<(usize, usize)> = Vec::new();
        for column in (0..columns).filter(|c| !kept.contains(c)) {
            match rest.last_mut() {
                Some((_, last)) if *last + 1 == column => *last = column,
                _ => rest.push((column, column)),
            }
        }
        Some(CsvImport {
            delimiter,
            columns,
            rest,
            time: header.place(Cell::Time)?,
            url: header.place(Cell::Url)?,
            raw_action: header.place(Cell::RawAction),
            clicked: header.place(Cell::Clicked),
            places,
            header,
            line,
            window: WINDOW,
            skips_line: false,
            scan: Scan::default(),
            header_line,
        })
    }

    /// Delimiter and the like, in words.
    pub fn container(&self) -> String {
        format!("CSV, {}", self.delimiter.label())
    }

    /// Takes all whole records at the start of `text`, which stands at `base` of the file's text, and
    /// returns how many bytes they are. At the end of the file everything is taken.
    pub fn consume(&mut self, text: &[u8], base: u64, eof: bool, cx: &mut Context<'_>) -> usize {
        let mut done = 0;
        if self.skips_line {
            let Some(end) = memchr::memchr(b'\n', text) else { return text.len() };
            self.skips_line = false;
            self.line += 1;
            done = end + 1;
        }
        loop {
            let left = &text[done..];
            if left.is_empty() {
                return done;
            }
            let window = left.len().min(self.window);
            let last = eof && window == left.len();
            let stretch = self.stretch(&left[..window], left, base + done as u64, last, eof, cx);
            done += stretch.done;
            if stretch.starved || (last && stretch.done == 0) {
                return done;
            }
            if stretch.done == 0 {
                if window == left.len() {
                    return done;
                }
                // The record is longer than the window.
                self.window = (self.window * 4).min(MAX_RECORD * 2);
            } else if self.window != WINDOW {
                self.window = (self.window * 2).min(WINDOW);
            }
        }
    }

    fn stretch(
        &mut self,
        window: &[u8],
        left: &[u8],
        base: u64,
        last: bool,
        eof: bool,
        cx: &mut Context<'_>,
    ) -> Stretch {
        let mut scan = std::mem::take(&mut self.scan);
        let inside = scan.run(window, self.delimiter.byte);
        if !self.delimiter.lead.is_empty() {
            scan.keep_led_by(window, self.delimiter.lead);
        }
        if last && !inside && window.last() != Some(&b'\n') {
            scan.end_at(window.len());
        }
        let (done, trouble) = self.records(window, &scan, base, cx);
        cx.flush(window);
        self.scan = scan;
        let endless = (inside && last) || window.len() - done > MAX_RECORD;
        if trouble || endless {
            let slow = self.slow_record(&left[done..], base + done as u64, eof, cx);
            self.window = slow.unwrap_or(0).clamp(WINDOW_AFTER_TROUBLE, WINDOW);
            cx.flush(&left[done..]);
            return Stretch { done: done + slow.unwrap_or(0), starved: slow.is_none() };
        }
        Stretch { done, starved: false }
    }

    /// Takes the scanned records up to the first that has the wrong number of cells.
    fn records(&mut self, text: &[u8], scan: &Scan, base: u64, cx: &mut Context<'_>) -> (usize, bool) {
        let mut first = 0;
        let mut start = 0;
        let mut hidden = scan.quoted_lines.iter().peekable();
        let places = scan.separators();
        for end in &scan.ends {
            let separators = &places[first..*end as usize];
            let Some(stop) = separators.last().map(|p| *p as usize) else { continue };
            let whole = separators.len() == self.columns && stop - start <= MAX_RECORD;
            if whole && !(self.columns == 1 && is_blank(&text[start..stop])) {
                self.record(text, start, separators, base, cx);
            } else if !is_blank(&text[start..stop]) {
                return (start, true);
            }
            self.line += 1;
            while hidden.next_if(|p| (**p as usize) < stop).is_some() {
                self.line += 1;
            }
            first = *end as usize;
            start = (stop + 1).min(text.len());
        }
        (start, false)
    }

    #[inline]
    fn record(&mut self, text: &[u8], start: usize, separators: &[u32], base: u64, cx: &mut Context<'_>) {
        let lead = self.delimiter.lead.len();
        let raw = |column: usize| -> (usize, usize) {
            let from = if column == 0 { start } else { separators[column - 1] as usize + 1 };
            let to = separators[column] as usize;
            if column + 1 < separators.len() {
                (from, to.saturating_sub(lead).max(from))
            } else {
                (from, if to > from && text[to - 1] == b'\r' { to - 1 } else { to })
            }
        };
        cx.log.records += 1;
        let cell = |column: usize| unquoted(text, raw(column));
        let line = u64::from(self.line);
        let url = cell(self.url);
        if url.is_empty() {
            return self.no_url(&text[start..], line, cx);
        }
        if self.header.union {
            let known = self.raw_action.is_some_and(|c| is_click_action(cell(c)));
            let clicked = self.clicked.is_some_and(|c| !cell(c).is_empty());
            if !known && !clicked {
                return cx.log.note(Why::OtherTable, line, self.raw_action.map_or(b"", cell));
            }
        }
        let when = cell(self.time);
        let Some(ms) = cx.clock.read(when) else {
            if text[start..].starts_with(&self.header_line) && !self.header_line.is_empty() {
                return cx.log.note(Why::HeaderAgain, line, b"");
            }
            let why = if when.is_empty() { Why::NoTime } else { Why::BadTime };
            return cx.log.note(why, line, when);
        };
        let mut spans = [Span::EMPTY; Cell::COUNT];
        for (name, column) in &self.places {
            spans[*name as usize] = cx.batch.unquoted(text, raw(*column));
        }
        let mut rest = hash::hash_bytes(when);
        for (from, to) in &self.rest {
            rest = hash::mix(rest, hash::hash_bytes(&text[raw(*from).0..raw(*to).1]));
        }
        cx.batch.push(ms, Origin::new(cx.file, base + start as u64), self.line, rest, &spans);
    }

    #[cold]
    fn no_url(&self, row: &[u8], line: u64, cx: &mut Context<'_>) {
        let why = if self.header.union { Why::OtherTable } else { Why::NoUrl };
        let end = memchr::memchr(b'\n', row).unwrap_or(row.len());
        cx.log.note(why, line, &row[..end]);
    }

    /// Reads one record the slow way. None: it may go on beyond the text there is.
    fn slow_record(&mut self, text: &[u8], base: u64, eof: bool, cx: &mut Context<'_>) -> Option<usize> {
        let line = u64::from(self.line);
        let (cells, end, closed) = slow::record(text, &self.delimiter);
        let whole = closed && (end < text.len() || eof || text.ends_with(b"\n"));
        if !whole && !eof && text.len() <= MAX_RECORD {
            return None;
        }
        if !whole || end > MAX_RECORD {
            // Give up the line on which the quote was opened, not the rest of the file.
            let line_end = memchr::memchr(b'\n', text).map(|at| at + 1);
            self.skips_line = line_end.is_none();
            let end = line_end.unwrap_or(text.len());
            cx.log.records += 1;
            cx.log.note(if closed { Why::TooLong } else { Why::UnclosedQuote }, line, &text[..end]);
            self.line += u32::from(line_end.is_some());
            return Some(end);
        }
        self.slow_cells(text, &cells, end, base, eof, cx);
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
        let line = u64::from(self.line);
        let extra_empty = cells.iter().skip(self.columns).all(|(from, to)| from == to);
        let why = if cells.len() > self.columns && !extra_empty {
            Why::TooManyCells
        } else if cells.len() >= self.columns {
            // The ends of the cells are the separators of the fast way; the last one ends the record.
            let last = self.columns - 1;
            let place = |i: usize, to: usize| if i < last { to + self.delimiter.lead.len() } else { to };
            let separators: Vec<u32> =
                cells[..=last].iter().enumerate().map(|(i, (_, to))| place(i, *to) as u32).collect();
            return self.record(text, 0, &separators, base, cx);
        } else if eof && end == text.len() && !text.ends_with(b"\n") {
            Why::CutOff
        } else {
            Why::TooFewCells
        };
        cx.log.records += 1;
        cx.log.note(why, line, &text[..end]);
    }

    /// Names and cells of the record at the start of `text`, for the row detail; empty when it is not whole.
    pub fn names_and_cells(
        header: &Header,
        delimiter: &Delimiter,
        text: &[u8],
        to_end: bool,
    ) -> Vec<(String, String)> {
        let (cells, end, closed) = slow::record(text, delimiter);
        if !to_end && (!closed || end >= text.len()) {
            return Vec::new();
        }
        let mut names = header.names.iter();
        let read = |cell: &(usize, usize)| {
            let mut scratch = Vec::new();
            let bytes = undone(text, *cell, &mut scratch);
            (names.next().cloned().unwrap_or_default(), windows_1252(bytes).into_owned())
        };
        cells.iter().map(read).collect()
    }

    /// What the row detail needs to read a record again.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter.clone()
    }
}

pub use preamble::Delimiter as CsvDelimiter;

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}

/// A cell without its outer quotes; doubled quotes inside stay. Enough to see whether it is empty and to
/// read a time or an enum.
#[inline]
fn unquoted(text: &[u8], (from, to): (usize, usize)) -> &[u8] {
    match text.get(from..to).unwrap_or_default() {
        [b'"', inner @ .., b'"'] => inner,
        cell => cell,
    }
}

/// A cell with all quoting undone.
fn undone<'a>(text: &'a [u8], (from, to): (usize, usize), scratch: &'a mut Vec<u8>) -> &'a [u8] {
    let cell = text.get(from..to).unwrap_or_default();
    let Some((b'"', _)) = cell.split_first() else { return cell };
    let inner = unquoted(text, (from, to));
    if inner.len() + 2 == cell.len() && memchr::memchr(b'"', inner).is_none() {
        return inner;
    }
    scratch.clear();
    slow::undo_quotes(cell, scratch);
    scratch
}

impl crate::model::Batch {
    /// The span of a cell with all quoting undone.
    #[inline]
    fn unquoted(&mut self, text: &[u8], (from, to): (usize, usize)) -> Span {
        if from >= to || text[from] != b'"' {
            return Span::text(from, to);
        }
        let inner = unquoted(text, (from, to));
        if inner.len() + 2 == to - from && memchr::memchr(b'"', inner).is_none() {
            return Span::text(from + 1, to - 1);
        }
        let start = self.scratch.len();
        slow::undo_quotes(&text[from..to], &mut self.scratch);
        Span::scratch(start, self.scratch.len())
    }
}
