//! Reads files one after the other into one data set.
//!
//! Owns recognising what a file is and the way from its bytes to its report. What is decided for all files
//! together (the order of dates, what counts once) is decided at the end.

use super::bytes::{Decoder, Encoding};
use super::container::Container;
use super::beside::{BESIDES, ways};
use super::container::csv::{self, CsvImport, Preamble, Reads};
use super::container::json::{JsonImport, Records};
use super::context::{Context, Kept};
use super::counted::Counted;
use super::dates::{self, FileDates};
use super::describe;
use super::format::{self, FORMATS, Format};
use super::log::ImportLog;
use super::names::{NameZone, Names};
use super::nothing;
use super::report::FileReport;
use super::source::Source;
use super::when::Clock;
use crate::beside::{Joins, Tables};
use crate::failure::Failure;
use crate::model::{Batch, Dataset, DatasetBuilder, Field, FieldSet, turned};

/// Columns whose cells hold a whole record as JSON: of the audit log, of `CloudAppEvents`, of search engines.
const JSON_COLUMNS: [&str; 6] = ["auditdata", "raweventdata", "raw", "event.original", "eventoriginal", "originalevent"];

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
    tables: Tables,
    /// Files that gave clicks and files that did not, in the order opened.
    done: Vec<Done>,
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
    /// What stands beside the clicks.
    pub tables: Tables,
    /// What came of joining that with the clicks.
    pub joins: Joins,
}

/// A file that was read to its end.
struct Done {
    report: FileReport,
    /// None for a file that gave no click.
    taken: Option<Taken>,
}

struct Taken {
    file: u16,
    gave_clicks: bool,
    source: Source,
    dates: FileDates,
    clock: Clock,
    format: &'static Format,
}

/// The file being read.
struct Open {
    name: String,
    size: u64,
    read: u64,
    first_row: usize,
    file: u16,
    transcoded_before: u64,
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
    /// Rows whose day and month could change places.
    either: Vec<u32>,
    /// Records that stand beside the clicks.
    kept: Kept,
    reserved: bool,
}

/// What a file turned out to be.
pub(super) enum Content {
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
    /// A loader that nobody can slow down with crafted texts who does not know `key`.
    pub fn with_key(key: u64) -> Loader {
        Loader { builder: DatasetBuilder::with_key(key), ..Loader::default() }
    }

    /// Begins a file. `size` in bytes, 0 when it is not known.
    pub fn start_file(&mut self, name: &str, size: u64) {
        let file = self.builder.start_file();
        self.open = Some(Open {
            name: name.to_owned(),
            size,
            read: 0,
            first_row: self.builder.len(),
            file,
            transcoded_before: self.builder.transcoded(),
            raw: Vec::new(),
            text: Vec::new(),
            filled: 0,
            base: 0,
            decoder: Decoder::default(),
            content: Content::Unknown,
            log: ImportLog::default(),
            clock: Clock::default(),
            either: Vec::new(),
            kept: Kept::new(),
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
        open.work(false, &mut self.builder, &mut self.batch, &mut self.tables);
    }

    /// Takes the next piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        if self.open.is_some() {
            self.spare(piece.len()).copy_from_slice(piece);
            self.advance(piece.len(), piece.len());
        }
    }

    /// Clicks so far.
    pub fn rows(&self) -> u64 {
        self.builder.len() as u64
    }

    /// What the first file is that stands beside clicks; empty when there is none.
    pub fn kept(&self) -> &str {
        let first = self.done.iter().filter(|done| done.taken.is_some()).find_map(|done| {
            done.report.beside.first().map(|beside| beside.label.as_str())
        });
        first.unwrap_or_default()
    }

    /// Bytes read of the file at hand.
    pub fn bytes(&self) -> u64 {
        self.open.as_ref().map_or(0, |o| o.read)
    }

    /// What the file at hand was recognised as, once that is known.
    pub fn kind_label(&self) -> Option<&'static str> {
        self.open.as_ref().and_then(|o| o.content.kind()).map(|(_, label)| label)
    }

    /// Whether the rest of the file at hand need not be read: it is no click data.
    pub fn is_refused(&self) -> bool {
        self.open.as_ref().is_some_and(|o| matches!(o.content, Content::Refused(_)))
    }

    /// Ends the file. A failure leaves what was read before as it was. The report is complete once all files
    /// are read: [`Loader::finish`].
    pub fn end_file(&mut self) -> Result<FileReport, Failure> {
        let Some(mut open) = self.open.take() else { return Err(Failure::default()) };
        open.work(true, &mut self.builder, &mut self.batch, &mut self.tables);
        let rows = open.first_row..self.builder.len();
        if let Some(meaning) = open.content.records_mut().and_then(Records::meaning_after_all) {
            self.builder.judge_again(rows.clone(), meaning);
        }
        let gave = !rows.is_empty() || !open.kept.is_empty();
        let (source, fields, format) = match &open.content {
            Content::Csv(csv) if gave => {
                (Source::csv(open.decoder.clone(), csv), csv.fields(), csv.format())
            }
            Content::Json(json) if gave => {
                let records = &json.records;
                (Source::json(open.decoder.clone(), json), records.fields(), records.format())
            }
            _ => {
                let mut failure = nothing::failure(&open.content, &open.log, open.read);
                failure.file = Some(open.name.clone().into());
                self.forget(open, &failure);
                return Err(failure);
            }
        };
        open.clock.by_format = format.utc;
        let mut fields = describe::with_derived(fields, format);
        if format.has_verdict_column() && self.builder.keeps_words(rows.clone()) {
            fields = fields.with(Field::RawAction);
        }
        let transcoded = self.builder.transcoded() - open.transcoded_before;
        let encoding = open.decoder.encoding();
        let gave_clicks = !rows.is_empty();
        let mut file = describe::of_file(&open.content, &open.log, &open.clock, fields);
        describe::say_beside(&mut file, &open.kept, gave_clicks);
        file.rows = rows.len() as u64;
        file.name = open.name.into();
        file.bytes = open.read;
        file.encoding = match (encoding, transcoded) {
            (Encoding::Utf8, 1..) => "Windows-1252".to_owned(),
            _ => encoding.label().to_owned(),
        };
        describe::note_booleans(&mut file, self.builder.strange_booleans(), format);
        file.reasons = open.log.into_reasons();
        let dates = FileDates {
            kind: file.kind.clone(),
            order: open.clock.order,
            rows: open.either,
            all: rows,
            keeps_days: format.keeps_days.iter().find(|(kind, _)| *kind == file.kind).map(|(_, days)| *days),
        };
        let facts = if gave_clicks { fields } else { FieldSet::default() };
        let layout = if gave_clicks { open.content.layout(format) } else { 0 };
        self.builder.set_facts(open.file, facts, open.clock.local, layout);
        let taken = Taken { file: open.file, gave_clicks, source, dates, clock: open.clock, format };
        self.done.push(Done { report: file.clone(), taken: Some(taken) });
        Ok(file)
    }

    /// Gives up a file that could not be read to its end: its rows go, the reason is listed.
    pub fn give_up_file(&mut self, failure: &Failure) {
        if let Some(open) = self.open.take() {
            self.forget(open, failure);
        }
    }

    fn forget(&mut self, open: Open, failure: &Failure) {
        self.builder.forget_file(open.first_row);
        self.tables.forget(open.file);
        let report = nothing::of_refused(open.name, open.read, failure);
        self.done.push(Done { report, taken: None });
    }

    /// Decides what only all files together tell, and puts all rows in order.
    pub fn finish(mut self) -> Loaded {
        self.read_dates();
        let mut data = self.builder.finish();
        let joins = self.tables.join(&mut data);
        let mut files = Vec::new();
        let mut sources = Vec::new();
        let mut counted = data.files.iter().zip(Counted::of_files(&data));
        for Done { mut report, taken } in self.done {
            if let Some(taken) = taken {
                if let Some((facts, counted)) = counted.next()
                    && taken.gave_clicks
                {
                    describe::complete(&mut report, &data, *facts, &counted, taken.format);
                }
                sources.push(taken.source);
            }
            files.push(report);
        }
        Loaded { data, files, sources, tables: self.tables, joins }
    }

    /// Reads the dates of all files in one order, and says in which.
    fn read_dates(&mut self) {
        let (places, all): (Vec<usize>, Vec<FileDates>) = self
            .done
            .iter_mut()
            .enumerate()
            .filter_map(|(place, done)| Some((place, std::mem::take(&mut done.taken.as_mut()?.dates))))
            .unzip();
        let builder = &mut self.builder;
        let decided =
            dates::decide(&all, |row| builder.times(row..row + 1).first().copied().unwrap_or_default());
        for ((place, file), decided) in places.into_iter().zip(all).zip(decided) {
            if decided.turns() {
                for row in &file.rows {
                    if let Some(time) = builder.time_mut(*row as usize) {
                        *time = turned(*time);
                    }
                }
            }
            let turns = decided.turns();
            let Done { report, taken } = &mut self.done[place];
            let Some(taken) = taken else { continue };
            if turns {
                self.tables.turn(taken.file);
            }
            describe::say_times(report, &taken.clock, decided);
        }
    }
}

impl Open {
    fn reads_in_place(&self) -> bool {
        self.decoder.is_plain() && !matches!(self.content, Content::Unknown | Content::Refused(_))
    }

    fn work(&mut self, eof: bool, builder: &mut DatasetBuilder, batch: &mut Batch, tables: &mut Tables) {
        if matches!(self.content, Content::Unknown) && (eof || self.raw.len() >= HEAD) {
            self.recognise_bytes(eof);
        } else if !self.reads_in_place() && !matches!(self.content, Content::Unknown) {
            self.decode_raw(eof);
        }
        if matches!(self.content, Content::Header) {
            self.read_header(eof);
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
            Content::Refused(_) => self.filled,
            Content::Unknown | Content::Header => 0,
        };
        self.drop_text(done);
        self.reserve_once(builder);
    }

    fn recognise_bytes(&mut self, eof: bool) {
        if let Some(failure) = format::by_magic(&self.raw) {
            self.content = Content::Refused(Box::new(failure));
            return;
        }
        let (encoding, mark) = Encoding::detect(&self.raw);
        self.decoder = Decoder::new(encoding, mark as u64);
        self.raw.drain(..mark);
        self.decode_raw(eof);
        let first = self.text[..self.filled].iter().find(|b| !b.is_ascii_whitespace());
        self.content = match first {
            Some(b'{' | b'[') => Content::Json(Box::new(JsonImport::new())),
            Some(_) => Content::Header,
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

    fn read_header(&mut self, eof: bool) {
        let text = &self.text[..self.filled];
        let Some(preamble) = Preamble::read(text, eof) else {
            if text.len() > csv::MAX_RECORD {
                self.content = Content::Refused(Box::new(format::unlike_any()));
            }
            return;
        };
        let done = preamble.len;
        self.content = Content::of_header(preamble);
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

impl Content {
    /// What the records under a header are: clicks, rows of a table beside them, or cells that hold records.
    fn of_header(preamble: Preamble) -> Content {
        let names = &preamble.names;
        let need = |format: &Format| {
            let fields = names.fields(format);
            fields.has(Field::Url) && fields.has(Field::Time)
        };
        let fits = FORMATS.iter().enumerate().find(|(_, format)| (format.fit)(names) && need(format));
        if let Some((place, format)) = fits {
            return Content::Csv(Box::new(CsvImport::new(preamble, format, place as u8)));
        }
        let reads = if let Some(place) = BESIDES.iter().position(|beside| (beside.fit)(names)) {
            Reads::Beside(place as u16, ways(BESIDES[place], names))
        } else if let Some(refused) = format::refused(names) {
            return Content::Refused(Box::new(refused));
        } else if let Some(column) = JSON_COLUMNS.iter().find_map(|name| names.place_of(name)) {
            Reads::Json(Box::new(Records::new()), column)
        } else {
            return Content::Refused(Box::new(format::not_clicks(names, "file")));
        };
        Content::Csv(Box::new(CsvImport::of(preamble, reads)))
    }

    /// The same for files of one format with the same columns.
    fn layout(&self, format: &Format) -> u64 {
        let names = match self {
            Content::Csv(csv) => match csv.reads() {
                Reads::Json(records, _) => records.names(),
                _ => csv.names().clone(),
            },
            Content::Json(json) => json.records.names(),
            Content::Unknown | Content::Header | Content::Refused(_) => Names::default(),
        };
        names.layout(format)
    }

    /// The records of JSON, in a file of its own or in cells.
    fn records_mut(&mut self) -> Option<&mut Records> {
        match self {
            Content::Csv(csv) => csv.records_mut(),
            Content::Json(json) => Some(&mut json.records),
            _ => None,
        }
    }

    /// Stable word and label of what a file was recognised as.
    pub(super) fn kind(&self) -> Option<(&'static str, &'static str)> {
        let of = |records: &Records, container: Container| {
            (records.format().kind)(container, &records.names(), records.streaming)
        };
        match self {
            Content::Csv(csv) => Some(match csv.reads() {
                Reads::Clicks => (csv.format().kind)(Container::Csv, csv.names(), false),
                Reads::Json(records, _) => of(records, Container::Csv),
                Reads::Beside(place, _) => {
                    let beside = BESIDES.get(*place as usize)?;
                    (beside.id, beside.label)
                }
            }),
            Content::Json(json) => Some(of(&json.records, json.shape)),
            Content::Unknown | Content::Header | Content::Refused(_) => None,
        }
    }
}
