//! Delimited text: CSV of any delimiter, with the quoting of RFC 4180 and the accidents of real files.
//!
//! Owns the way from bytes to cells. Records are cut by a fast scan that trusts quotes to be balanced; from a
//! quote where no cell begins on, and for a record that does not have as many cells as the header, a slow
//! reader is asked, which takes a quote for special only where a cell begins. Must not know formats.

mod cell;
mod delimiter;
mod doubt;
mod other;
mod preamble;
mod scan;
mod slow;

use crate::failure::UnknownTable;
use crate::import::admit::{Found, Has, Outcome, admit, of_cell, of_doubled};
use crate::import::beside::Way;
use crate::import::container::json::Records;
use crate::import::context::Context;
use crate::import::format::{EXTRA, FORMATS, Format};
use crate::import::names::{Binding, Names};
use crate::model::{Cells, Field, FieldSet, Meaning, Span, windows_1252};
use cell::{is_blank, undone, unquoted};
pub use delimiter::Delimiter;
pub use preamble::Preamble;
use scan::Scan;

/// A record longer than this is a quote that was never closed. The longest real cells are redirect
/// chains of some ten kilobytes; Excel cuts at 32,767 characters a cell.
pub const MAX_RECORD: usize = 8 << 20;

/// How much is scanned at once. After a record that had to be read again the next stretch is about as long
/// as that record, and grows back: a file of nothing but such records must not be scanned over and over.
const WINDOW: usize = 256 << 10;
const WINDOW_AFTER_TROUBLE: usize = 512;

/// The first records of a text, as far as they are whole.
pub fn first_records(text: &[u8], delimiter: &Delimiter, most: usize) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut at = 0;
    while records.len() < most && at < text.len() {
        let left = &text[at..];
        let (cells, end, closed) = slow::record(left, delimiter);
        if !closed || end == 0 {
            break;
        }
        let read = |cell: &(usize, usize)| {
            let mut scratch = Vec::new();
            windows_1252(undone(left, *cell, &mut scratch)).into_owned()
        };
        if !is_blank(&left[..end]) {
            records.push(cells.iter().map(read).collect());
        }
        at += end;
    }
    records
}

/// Reads the records of one file.
pub struct CsvImport {
    delimiter: Delimiter,
    reads: Reads,
    format: &'static Format,
    meaning: Meaning,
    /// Names of the header and of each header that was repeated in another form, with the place in the text
    /// from which on they hold.
    sections: Vec<(u64, Names)>,
    /// Fields of all sections.
    fields: FieldSet,
    section: Section,
    line: u32,
    window: usize,
    /// In the middle of a line that was given up.
    skips_line: bool,
    scan: Scan,
    /// Room for cells that are part of a record without being kept: without their quotes, and with every quote
    /// inside them twice.
    undone: Vec<u8>,
    doubled: Vec<u8>,
    /// What the columns of a directory of people look like, where its rows may be clicks all the same.
    pub maybe_clicks: Option<Box<UnknownTable>>,
}

/// What the records of a file are.
pub enum Reads {
    /// Clicks.
    Clicks,
    /// JSON in the cells of a column.
    Json(Box<Records>, usize),
    /// Rows of a table beside the clicks, with the places of its columns.
    Beside(u16, Vec<Way>),
}

/// How the records under one header are read.
struct Section {
    binding: Binding,
    columns: usize,
    places: Vec<(Field, usize)>,
    fields: Vec<Field>,
    /// Columns that decide about a record without being kept.
    extra: Vec<(usize, usize)>,
    /// Columns that are not kept but are part of a record, with the numbers of their names.
    rest: Vec<(usize, u64)>,
    has: Has,
    header_line: Vec<u8>,
}

/// What became of a stretch of text.
struct Stretch {
    /// Bytes done with.
    done: usize,
    /// The record after them needs more text than there is.
    starved: bool,
}

impl Section {
    fn new(names: Names, format: &'static Format, header_line: Vec<u8>) -> Section {
        let binding = Binding::new(names, format);
        let has = |field: Field| binding.place(field).is_some();
        Section {
            columns: binding.names.len(),
            places: binding.places(),
            fields: fields_of(&binding, format),
            extra: binding.extra.clone(),
            rest: binding.rest(),
            has: Has {
                user: has(Field::User),
                url: has(Field::Url),
                click_words: has(Field::RawAction) || has(Field::ClickedThrough),
                foreign: binding.union,
                mixed: binding.mixed,
            },
            binding,
            header_line,
        }
    }
}

/// The fields that a record may have: those with a column, and those that the format gives it.
fn fields_of(binding: &Binding, format: &Format) -> Vec<Field> {
    let set = format.sets.iter().copied().filter(|field| binding.place(*field).is_none());
    binding.places().iter().map(|(field, _)| *field).chain(set).collect()
}

impl CsvImport {
    /// A reader for the records after a header that a format fits; `place` is its number among the formats.
    pub fn new(preamble: Preamble, format: &'static Format, place: u8) -> CsvImport {
        CsvImport::reading(preamble, Reads::Clicks, format, place)
    }

    /// A reader for a file whose columns somebody has named; its records are shown under their own names.
    pub fn mapped(preamble: Preamble, renamed: Names, format: &'static Format, place: u8) -> CsvImport {
        let header_line = preamble.header_line.clone();
        let written = preamble.names.clone();
        let read = Preamble { names: renamed.clone(), ..preamble };
        let mut csv = CsvImport::reading(read, Reads::Clicks, format, place);
        csv.section = Section::new(renamed, format, header_line);
        csv.sections = vec![(0, written)];
        csv
    }

    /// A reader for records whose cells of a column hold JSON, or that go into a table beside the clicks.
    pub fn of(preamble: Preamble, reads: Reads, maybe_clicks: Option<Box<UnknownTable>>) -> CsvImport {
        CsvImport { maybe_clicks, ..CsvImport::reading(preamble, reads, FORMATS[0], 0) }
    }

    fn reading(preamble: Preamble, reads: Reads, format: &'static Format, place: u8) -> CsvImport {
        let Preamble { delimiter, names, line, header_line, .. } = preamble;
        let fields = names.fields(format);
        let section = Section::new(names.clone(), format, header_line);
        CsvImport {
            delimiter,
            reads,
            format,
            meaning: Meaning { judge: format.judge, format: place, knows_threats: fields.has(Field::Threat) },
            sections: vec![(0, names)],
            fields,
            section,
            line,
            window: WINDOW,
            skips_line: false,
            scan: Scan::default(),
            undone: Vec::new(),
            doubled: Vec::new(),
            maybe_clicks: None,
        }
    }

    /// What its records are.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The records inside cells, where they stand there.
    pub fn records_mut(&mut self) -> Option<&mut Records> {
        match &mut self.reads {
            Reads::Json(records, _) => Some(records),
            _ => None,
        }
    }

    /// Delimiter and the like, in words.
    pub fn container(&self) -> String {
        format!("CSV, {}", self.delimiter.label())
    }

    /// The names of the first header.
    pub fn names(&self) -> &Names {
        &self.sections[0].1
    }

    /// The names of the header in force.
    pub fn binding(&self) -> &Binding {
        &self.section.binding
    }

    /// All headers with the places from which on they hold.
    pub fn sections(&self) -> &[(u64, Names)] {
        &self.sections
    }

    /// The format that the header fits, or what is in its cells.
    pub fn format(&self) -> &'static Format {
        match &self.reads {
            Reads::Json(records, _) => records.format(),
            _ => self.format,
        }
    }

    /// The fields that some section has.
    pub fn fields(&self) -> FieldSet {
        match &self.reads {
            Reads::Json(records, _) => records.fields(),
            _ => self.fields,
        }
    }

    /// What the row detail needs to read a record again.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter.clone()
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
            // The scan knows one byte of the delimiter only, so it cannot tell where a quote may open.
            scan.stray = memchr::memchr(b'"', window);
        }
        if last && !inside && window.last() != Some(&b'\n') {
            scan.end_at(window.len());
        }
        let (done, trouble) = self.records(window, &scan, base, cx);
        let meaning = self.meaning();
        cx.flush(window, meaning);
        // Behind a stray quote nothing that the scan found can be trusted, not even where records end.
        let doubt = scan.stray.is_some_and(|at| at >= done);
        self.scan = scan;
        let endless = (inside && last) || window.len() - done > MAX_RECORD;
        if trouble || endless || doubt {
            let slow = self.slow_record(&left[done..], base + done as u64, eof, cx);
            self.window = slow.unwrap_or(0).clamp(WINDOW_AFTER_TROUBLE, WINDOW);
            let meaning = self.meaning();
            cx.flush(&left[done..], meaning);
            return Stretch { done: done + slow.unwrap_or(0), starved: slow.is_none() };
        }
        Stretch { done, starved: false }
    }

    fn meaning(&mut self) -> Meaning {
        match &mut self.reads {
            Reads::Json(records, _) => records.meaning(),
            _ => self.meaning,
        }
    }

    /// Takes the scanned records up to the first that has the wrong number of cells or a stray quote.
    fn records(&mut self, text: &[u8], scan: &Scan, base: u64, cx: &mut Context<'_>) -> (usize, bool) {
        let mut first = 0;
        let mut start = 0;
        let mut hidden = scan.quoted_lines.iter().peekable();
        let places = scan.separators();
        let sound = scan.stray.unwrap_or(usize::MAX);
        for end in &scan.ends {
            let separators = &places[first..*end as usize];
            let Some(stop) = separators.last().map(|p| *p as usize) else { continue };
            if stop >= sound {
                return (start, true);
            }
            let columns = self.section.columns;
            let whole = separators.len() == columns && stop - start <= MAX_RECORD;
            if whole && !(columns == 1 && is_blank(&text[start..stop])) {
                self.record(text, start, separators, true, base, cx);
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

    /// `sound`: a quote stands only where a cell begins or ends, and twice inside it.
    #[inline]
    fn record(
        &mut self,
        text: &[u8],
        start: usize,
        separators: &[u32],
        sound: bool,
        base: u64,
        cx: &mut Context<'_>,
    ) {
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
        if !matches!(self.reads, Reads::Clicks) {
            let end = separators.last().map_or(start, |end| *end as usize);
            let raws: Vec<(usize, usize)> = (0..separators.len()).map(raw).collect();
            return self.other(text, (start, end), &raws, base, cx);
        }
        let section = &self.section;
        let mut cells: Cells = [Span::EMPTY; Field::COUNT];
        let mut extra = [Span::EMPTY; EXTRA];
        for (place, column) in &section.extra {
            if extra[*place].is_empty() {
                extra[*place] = unquoted(cx.batch, text, raw(*column), self.format.disarmed);
            }
        }
        for (field, column) in &section.places {
            cells[*field as usize] = unquoted(cx.batch, text, raw(*column), self.format.disarmed);
        }
        if let Some(column) = section.binding.spare_time
            && cells[Field::Time as usize].is_empty()
        {
            cells[Field::Time as usize] = unquoted(cx.batch, text, raw(column), self.format.disarmed);
        }
        let mut rest = 0_u64;
        for (column, number) in &section.rest {
            let (from, to) = raw(*column);
            if from == to {
                continue;
            }
            let of_value = match text.get(from..to).unwrap_or_default() {
                [b'"', inner @ .., b'"'] if sound => of_doubled(*number, inner),
                [b'"', ..] => of_cell(*number, undone(text, (from, to), &mut self.undone), &mut self.doubled),
                plain if sound => of_doubled(*number, plain),
                plain => of_cell(*number, plain, &mut self.doubled),
            };
            rest = rest.wrapping_add(of_value);
        }
        let mut found = Found {
            cells: &mut cells,
            extra,
            offset: base + start as u64,
            line: self.line,
            rest,
            has: section.has,
            fields: &section.fields,
            array: "",
        };
        cx.log.records += 1;
        match admit(self.format, &mut found, text, cx) {
            Outcome::Taken => self.fields = self.fields.union(self.format.concluded(&cells)),
            Outcome::Left(why, example) => {
                let end = separators.last().map_or(start, |end| *end as usize);
                self.left(&text[start..end], base + start as u64, why, &cx.example(text, example), text, cx);
            }
        }
    }

    /// Names and cells of the record at the start of `text`, for the row detail; empty when it is not whole.
    pub fn names_and_cells(
        names: &Names,
        delimiter: &Delimiter,
        text: &[u8],
        to_end: bool,
    ) -> Vec<(String, String)> {
        let (cells, end, closed) = slow::record(text, delimiter);
        if !to_end && (!closed || end >= text.len()) {
            return Vec::new();
        }
        let mut names = names.written.iter();
        let read = |cell: &(usize, usize)| {
            let mut scratch = Vec::new();
            let bytes = undone(text, *cell, &mut scratch);
            (names.next().cloned().unwrap_or_default(), windows_1252(bytes).into_owned())
        };
        cells.iter().map(read).collect()
    }
}
