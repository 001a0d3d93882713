//! From the bytes of files to rows: any split of the bytes gives the same rows.
//!
//! Owns recognising what a file is, reading its records, and the log of what could not be used. Fails only
//! when nothing can be read; a bad row is counted with its line. Must not know questions or answers.

mod bytes;
mod context;
mod csv;
mod describe;
mod header;
mod hunting;
mod json;
mod log;
mod refuse;
mod source;
mod when;

use crate::model::{Batch, Dataset, DatasetBuilder, iso_of_ms};
use crate::protocol::{Failure, FileReport};
use bytes::{Decoder, Encoding};
use context::Context;
use csv::{CsvImport, Preamble};
use json::JsonImport;
use log::ImportLog;
pub use source::Source;
use when::Clock;

/// How many bytes of a file are looked at before it is decided what they are.
const HEAD: usize = 4096;

/// No more is reserved at once: a guess must not take the memory that the data needs.
const MOST_RESERVED_ROWS: usize = 12_000_000;
/// See [`MOST_RESERVED_ROWS`].
const MOST_RESERVED_BYTES: u64 = 512 << 20;

/// Reads files one after the other into one data set.
///
/// ```
/// use clicks::import::Loader;
/// let mut loader = Loader::default();
/// loader.start_file("clicks.csv", 0);
/// loader.push(b"Timestamp,Url,ActionType,AccountUpn\n");
/// loader.push(b"2026-05-04T09:12:33Z,https://login.example.net/,ClickAllowed,ana@contoso.com\n");
/// assert_eq!(loader.end_file().map(|f| f.rows), Ok(1));
/// let loaded = loader.finish();
/// assert_eq!(loaded.data.len(), 1);
/// ```
#[derive(Default)]
pub struct Loader {
    builder: DatasetBuilder,
    batch: Batch,
    reports: Vec<FileReport>,
    sources: Vec<Source>,
    open: Option<Open>,
}

/// What a load gives.
pub struct Loaded {
    /// The clicks.
    pub data: Dataset,
    /// One report a file, refused files among them.
    pub files: Vec<FileReport>,
    /// How to read a record of each file again, in the order of [`crate::model::Origin::file`].
    pub sources: Vec<Source>,
}

/// The file being read.
struct Open {
    name: String,
    size: u64,
    read: u64,
    first_row: usize,
    file: u16,
    /// First bytes, until it is decided what they are; later, room for bytes that must be decoded.
    raw: Vec<u8>,
    /// Decoded text that no record has been made of yet: `text[..filled]`.
    text: Vec<u8>,
    filled: usize,
    /// Place of `text` in the file's text.
    base: u64,
    decoder: Decoder,
    content: Content,
    log: ImportLog,
    clock: Clock,
    reserved: bool,
}

enum Content {
    /// Not known yet.
    Unknown,
    /// Text that is no JSON, header not whole yet.
    Header,
    Csv(Box<CsvImport>),
    Json(Box<JsonImport>),
    /// Known not to be clicks; the rest is not looked at.
    Refused(Box<Failure>),
}

impl Loader {
    /// Begins a file. `size` in bytes, 0 when it is not known.
    pub fn start_file(&mut self, name: &str, size: u64) {
        let file = self.builder.start_file(Vec::new());
        self.open = Some(Open {
            name: name.to_owned(),
            size,
            read: 0,
            first_row: self.builder.len(),
            file,
            raw: Vec::new(),
            text: Vec::new(),
            filled: 0,
            base: 0,
            decoder: Decoder::default(),
            content: Content::Unknown,
            log: ImportLog::default(),
            clock: Clock::default(),
            reserved: false,
        });
    }

    /// Room for the next piece, so that it can be written in place; follow with [`Loader::advance`].
    pub fn spare(&mut self, len: usize) -> &mut [u8] {
        let Some(open) = &mut self.open else { return &mut [] };
        if open.reads_in_place() {
            let end = open.filled + len;
            if open.text.len() < end {
                open.text.resize(end, 0);
            }
            return &mut open.text[open.filled..end];
        }
        let from = open.raw.len();
        open.raw.resize(from + len, 0);
        &mut open.raw[from..]
    }

    /// Takes `len` bytes that were written to [`Loader::spare`] of room for `room`.
    pub fn advance(&mut self, len: usize, room: usize) {
        let Some(open) = &mut self.open else { return };
        open.read += len as u64;
        if open.reads_in_place() {
            open.filled += len;
        } else {
            open.raw.truncate(open.raw.len() - (room - len));
        }
        open.work(false, &mut self.builder, &mut self.batch);
    }

    /// Takes the next piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        self.spare(piece.len()).copy_from_slice(piece);
        self.advance(piece.len(), piece.len());
    }

    /// Clicks so far.
    pub fn rows(&self) -> u64 {
        self.builder.len() as u64
    }

    /// Bytes read of the file at hand.
    pub fn bytes(&self) -> u64 {
        self.open.as_ref().map_or(0, |o| o.read)
    }

    /// What the file at hand was recognised as, once that is known.
    pub fn kind_label(&self) -> Option<&'static str> {
        self.open.as_ref().and_then(|o| describe::kind(&o.content)).map(|(_, label)| label)
    }

    /// Whether the rest of the file at hand need not be read: it is no click data.
    pub fn is_refused(&self) -> bool {
        self.open.as_ref().is_some_and(|o| matches!(o.content, Content::Refused(_)))
    }

    /// Ends the file. A failure leaves what was read before as it was.
    pub fn end_file(&mut self) -> Result<FileReport, Failure> {
        let Some(mut open) = self.open.take() else { return Err(Failure::default()) };
        open.work(true, &mut self.builder, &mut self.batch);
        let rows = self.builder.len() - open.first_row;
        if rows == 0 {
            let mut failure = describe::failure(&open.content, &open.log, open.read);
            failure.file = Some(open.name.clone());
            self.forget(open, &failure);
            return Err(failure);
        }
        if open.clock.must_turn() {
            for time in self.builder.times_from(open.first_row) {
                *time = Clock::turned(*time);
            }
        }
        let mut report = describe::report(&open.content, &open.clock, &open.log, rows as u64);
        report.name = open.name;
        report.bytes = open.read;
        report.encoding = open.decoder.encoding().label().to_owned();
        let span = self.builder.span_from(open.first_row);
        report.from = span.map(|(from, _)| iso_of_ms(from));
        report.to = span.map(|(_, to)| iso_of_ms(to));
        let present = open.content.present();
        report.absent = describe::absent(&present);
        describe::add_notes(&mut report, &open.content, self.builder.actions_from(open.first_row));
        self.builder.set_present(present);
        report.reasons = open.log.into_reasons();
        self.reports.push(report.clone());
        self.sources.push(Source::new(open.decoder, &open.content));
        Ok(report)
    }

    /// Gives up a file that could not be read to its end: its rows go, the reason is listed.
    pub fn give_up_file(&mut self, failure: &Failure) {
        if let Some(open) = self.open.take() {
            self.forget(open, failure);
        }
    }

    fn forget(&mut self, open: Open, failure: &Failure) {
        self.builder.forget_file(open.first_row);
        self.reports.push(describe::refused_report(open.name, open.read, failure));
    }

    /// Puts all files in order.
    pub fn finish(self) -> Loaded {
        let mut files = self.reports;
        let data = self.builder.finish();
        let taken = files.iter_mut().filter(|f| f.rows > 0);
        for (report, duplicates) in taken.zip(&data.duplicates) {
            report.duplicates = *duplicates;
        }
        Loaded { data, files, sources: self.sources }
    }
}

impl Open {
    fn reads_in_place(&self) -> bool {
        self.decoder.is_plain() && !matches!(self.content, Content::Unknown | Content::Refused(_))
    }

    fn work(&mut self, eof: bool, builder: &mut DatasetBuilder, batch: &mut Batch) {
        if matches!(self.content, Content::Unknown) && (eof || self.raw.len() >= HEAD) {
            self.recognise_bytes();
        } else if !self.reads_in_place() && !matches!(self.content, Content::Unknown) {
            self.decode_raw();
        }
        if matches!(self.content, Content::Header) {
            self.read_header(eof);
        }
        let mut cx = Context {
            builder,
            batch,
            log: &mut self.log,
            clock: &mut self.clock,
            file: self.file,
            judge: hunting::judge,
        };
        let text = &self.text[..self.filled];
        let done = match &mut self.content {
            Content::Csv(csv) => csv.consume(text, self.base, eof, &mut cx),
            Content::Json(json) => json.consume(text, self.base, eof, &mut cx),
            Content::Refused(_) => self.filled,
            Content::Unknown | Content::Header => 0,
        };
        self.drop_text(done);
        self.reserve_once(builder);
    }

    fn recognise_bytes(&mut self) {
        if let Some(failure) = refuse::by_magic(&self.raw) {
            self.content = Content::Refused(Box::new(failure));
            return;
        }
        let (encoding, mark) = Encoding::detect(&self.raw);
        self.decoder = Decoder::new(encoding, mark as u64);
        self.raw.drain(..mark);
        self.decode_raw();
        let first = self.text[..self.filled].iter().find(|b| !b.is_ascii_whitespace());
        self.content = match first {
            Some(b'{' | b'[') => Content::Json(Box::new(JsonImport::new())),
            Some(_) => Content::Header,
            None => Content::Unknown,
        };
    }

    fn decode_raw(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        self.text.truncate(self.filled);
        self.decoder.push(&raw, &mut self.text);
        self.filled = self.text.len();
        // Keep the room for the next piece.
        self.raw = raw;
        self.raw.clear();
    }

    fn read_header(&mut self, eof: bool) {
        let text = &self.text[..self.filled];
        let Some(preamble) = Preamble::read(text, eof) else {
            if text.len() > csv::MAX_RECORD {
                self.content = Content::Refused(Box::new(refuse::no_header()));
            }
            return;
        };
        let done = preamble.len;
        self.clock.local = preamble.header.zone == Some(header::NameZone::Local);
        self.clock.utc = preamble.header.zone == Some(header::NameZone::Utc);
        self.content = if preamble.header.is_clicks() {
            match CsvImport::new(preamble) {
                Some(csv) => Content::Csv(Box::new(csv)),
                None => Content::Refused(Box::new(refuse::no_header())),
            }
        } else {
            Content::Refused(Box::new(refuse::not_clicks(&preamble.header, "file")))
        };
        self.drop_text(done);
    }

    fn drop_text(&mut self, done: usize) {
        if done > 0 {
            self.text.copy_within(done..self.filled, 0);
            self.filled -= done;
            self.base += done as u64;
        }
    }

    /// After the first rows the number of all of them can be told; growing columns by copying costs more
    /// than a guess that is a little high.
    fn reserve_once(&mut self, builder: &mut DatasetBuilder) {
        let rows = builder.len() - self.first_row;
        if self.reserved || rows < 500 || self.base == 0 {
            return;
        }
        self.reserved = true;
        let expected = self.size as f64 / self.base as f64 * rows as f64 * 1.03;
        let more = (expected as usize).min(MOST_RESERVED_ROWS).saturating_sub(rows);
        // New URLs become rarer as a file goes on, so this is too much; more than an eighth of a file
        // they never were.
        let per_row = builder.url_bytes() / builder.len().max(1) + 1;
        let url_bytes = (more as u64 * per_row as u64).min(self.size / 8).min(MOST_RESERVED_BYTES);
        builder.reserve(more, url_bytes as usize);
    }
}

impl Content {
    fn present(&self) -> Vec<crate::model::Column> {
        match self {
            Content::Csv(csv) => csv.header.present(),
            Content::Json(json) => json.present(),
            _ => Vec::new(),
        }
    }
}
