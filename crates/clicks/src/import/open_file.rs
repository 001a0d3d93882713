//! One file while it is read: from its bytes to records.
//!
//! Owns its text that no record was made of yet, and what was learnt about it so far.

use super::bytes::{Decoder, Encoding};
use super::container::cef::{self, CefImport};
use super::container::csv::{self, Preamble};
use super::container::json::JsonImport;
use super::content::Content;
use super::context::{Context, Kept};
use super::format;
use super::loader::HEAD;
use super::log::ImportLog;
use super::names::NameZone;
use super::read_as::ReadAs;
use super::unknown;
use super::when::Clock;
use crate::beside::Tables;
use crate::model::{Batch, DatasetBuilder};

/// No more is reserved at once: a guess must not take the memory that the data needs.
const MOST_RESERVED_ROWS: usize = 12_000_000;
/// See [`MOST_RESERVED_ROWS`].
const MOST_RESERVED_BYTES: u64 = 512 << 20;

/// So much of a table that is no known export is looked at, to tell what its columns are: one record with a chain of URLs
/// takes thousands of bytes.
const LOOKED_AT: usize = 64 << 10;

/// The file being read.
pub(super) struct Open {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) read: u64,
    pub(super) first_row: usize,
    pub(super) file: u16,
    pub(super) transcoded_before: u64,
    /// First bytes, until it is decided what they are; later, room for bytes that must be decoded.
    raw: Vec<u8>,
    /// Decoded text that no record has been made of yet: `text[..filled]`.
    text: Vec<u8>,
    filled: usize,
    /// Place of `text` in the file's text.
    base: u64,
    pub(super) decoder: Decoder,
    pub(super) content: Content,
    pub(super) log: ImportLog,
    pub(super) clock: Clock,
    /// Rows whose day and month could change places.
    pub(super) either: Vec<u32>,
    /// Records that stand beside the clicks.
    pub(super) kept: Kept,
    reserved: bool,
}

impl Open {
    /// A file of which nothing was read yet.
    pub(super) fn new(name: &str, size: u64, file: u16, log: ImportLog, builder: &DatasetBuilder) -> Open {
        Open {
            name: name.to_owned(),
            size,
            read: 0,
            first_row: builder.len(),
            file,
            transcoded_before: builder.transcoded(),
            raw: Vec::new(),
            text: Vec::new(),
            filled: 0,
            base: 0,
            decoder: Decoder::default(),
            content: Content::Unknown,
            log,
            clock: Clock::default(),
            either: Vec::new(),
            kept: Kept::new(),
            reserved: false,
        }
    }

    /// Room for the next piece, see [`super::Loader::spare`].
    pub(super) fn spare(&mut self, len: usize) -> &mut [u8] {
        if self.reads_in_place() {
            let end = self.filled + len;
            if self.text.len() < end {
                self.text.resize(end, 0);
            }
            return &mut self.text[self.filled..end];
        }
        let from = self.raw.len();
        self.raw.resize(from + len, 0);
        &mut self.raw[from..]
    }

    /// Takes note of `len` bytes that were written to room for `room`.
    pub(super) fn fill(&mut self, len: usize, room: usize) {
        self.read += len as u64;
        if self.reads_in_place() {
            self.filled += len;
        } else {
            self.raw.truncate(self.raw.len() - (room - len));
        }
    }

    /// The first bytes, before it is decided what they are.
    pub(super) fn head(&self) -> Option<&[u8]> {
        matches!(self.content, Content::Unknown).then_some(&self.raw)
    }

    pub(super) fn reads_in_place(&self) -> bool {
        self.decoder.is_plain() && !matches!(self.content, Content::Unknown | Content::Refused(_))
    }

    pub(super) fn work(
        &mut self,
        eof: bool,
        builder: &mut DatasetBuilder,
        batch: &mut Batch,
        tables: &mut Tables,
        read_as: &ReadAs,
    ) {
        if matches!(self.content, Content::Unknown) && (eof || self.raw.len() >= HEAD) {
            self.recognise_bytes(eof, read_as);
        } else if !self.reads_in_place() && !matches!(self.content, Content::Unknown) {
            self.decode_raw(eof);
        }
        if matches!(self.content, Content::Header) {
            self.read_header(eof, read_as);
        }
        let mut cx = Context {
            builder,
            batch,
            log: &mut self.log,
            clock: &mut self.clock,
            either: &mut self.either,
            tables,
            kept: &mut self.kept,
            file: self.file,
        };
        let text = &self.text[..self.filled];
        let done = match &mut self.content {
            Content::Csv(csv) => csv.consume(text, self.base, eof, &mut cx),
            Content::Json(json) => json.consume(text, self.base, eof, &mut cx),
            Content::Cef(cef) => cef.consume(text, self.base, eof, &mut cx),
            Content::Refused(_) => self.filled,
            Content::Unknown | Content::Header => 0,
        };
        self.drop_text(done);
        self.reserve_once(builder);
    }

    fn recognise_bytes(&mut self, eof: bool, read_as: &ReadAs) {
        // Once: a file may begin with more blanks than the first piece holds.
        if self.read == self.raw.len() as u64 {
            if let Some(failure) = format::by_magic(&self.raw) {
                self.content = Content::Refused(Box::new(failure));
                return;
            }
            let (encoding, mark) = Encoding::detect(&self.raw);
            self.decoder = Decoder::new(encoding, mark as u64);
            self.raw.drain(..mark);
        }
        let blank = self.filled;
        self.decode_raw(eof);
        let first = self.text[blank..self.filled].iter().find(|b| !b.is_ascii_whitespace());
        self.content = match first {
            Some(b'{' | b'[') => Content::Json(Box::new(JsonImport::new(read_as))),
            Some(_) if cef::begins(&self.text[..self.filled]) => Content::Cef(Box::new(CefImport::new())),
            Some(_) => Content::Header,
            None if self.filled > csv::MAX_RECORD => Content::Refused(Box::new(format::unlike_any())),
            None => Content::Unknown,
        };
    }

    fn decode_raw(&mut self, eof: bool) {
        let raw = std::mem::take(&mut self.raw);
        self.text.truncate(self.filled);
        self.decoder.push(&raw, &mut self.text);
        if eof {
            self.decoder.end(&mut self.text);
        }
        self.filled = self.text.len();
        // Keep the room for the next piece.
        self.raw = raw;
        self.raw.clear();
    }

    fn read_header(&mut self, eof: bool, read_as: &ReadAs) {
        let text = &self.text[..self.filled];
        let Some(preamble) = Preamble::read(text, eof) else {
            if text.len() > csv::MAX_RECORD {
                self.content = Content::Refused(Box::new(format::unlike_any()));
            }
            return;
        };
        let preamble = match unknown::is_record(
            &preamble.names.written.iter().map(String::as_str).collect::<Vec<_>>(),
        ) {
            true => preamble.headless(),
            false => preamble,
        };
        let done = preamble.len;
        let rest = text.get(done..).unwrap_or_default();
        if Content::format_of(&preamble.names).is_none() && rest.len() < LOOKED_AT && !eof {
            return;
        }
        // The same much, however the file is cut into pieces, and no half of a record.
        let after = match rest.get(..LOOKED_AT) {
            Some(cut) => cut.get(..=memchr::memrchr(b'\n', cut).unwrap_or(0)).unwrap_or_default(),
            None => rest,
        };
        self.content = Content::of_header(preamble, after, read_as);
        if let Content::Csv(csv) = &self.content {
            self.clock.local = csv.binding().zone == Some(NameZone::Local);
            self.clock.utc = csv.binding().zone == Some(NameZone::Utc);
        }
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
