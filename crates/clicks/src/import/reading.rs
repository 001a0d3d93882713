//! Files one after the other into one data set, each as it is, unpacked.
//!
//! Owns what becomes of a file once it was read. What is decided for all files together (the order of dates, what counts
//! once) is decided at the end.

use std::collections::HashMap;

use super::bytes::Encoding;
use super::container::json::Records;
use super::content::Content;
use super::counted::Counted;
use super::dates::{self, FileDates};
use super::describe;
use super::format::Format;
use super::loader::Loaded;
use super::log::{ImportLog, Left, MOST_LEFT};
use super::nothing;
use super::open_file::Open;
use super::read_as::ReadAs;
use super::report::FileReport;
use super::source::Source;
use super::when::Clock;
use crate::beside::Tables;
use crate::failure::{Failure, FailureKind, UnknownTable};
use crate::model::{Batch, Dataset, DatasetBuilder, Field, FieldSet, FileFacts, Untrusted, hash, turned};

/// For the name of a zone and a span of wall clocks, how one of these becomes an instant; none for a zone that is not
/// known. All in Unix milliseconds.
pub type WallClocks<'a> = dyn Fn(&str, i64, i64) -> Option<Box<dyn Fn(i64) -> i64>> + 'a;

/// More rows, and bytes of texts, are not kept twice: reading them again takes less than their memory is worth.
const MOST_COPIED_ROWS: usize = 1_200_000;
/// See [`MOST_COPIED_ROWS`].
const MOST_COPIED_BYTES: usize = 128 << 20;
/// See [`MOST_COPIED_ROWS`]: of tables beside the clicks.
const MOST_COPIED_BESIDE: usize = 200_000;

/// Reads files one after the other.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) builder: DatasetBuilder,
    batch: Batch,
    tables: Tables,
    /// Files that gave something and files that did not, in the order opened.
    pub(super) done: Vec<Done>,
    pub(super) open: Option<Open>,
    /// How many files were opened before the one at hand, those inside packed ones not counted.
    pub(super) given: u32,
    /// How many records that were not taken are listed.
    left: usize,
    /// How much of them is kept, in bytes.
    left_bytes: usize,
    /// What somebody says about files that do not say it themselves.
    pub(super) read_as: ReadAs,
}

/// A file that was read to its end.
#[derive(Clone)]
pub(super) struct Done {
    pub(super) report: FileReport,
    /// None for a file that gave no click.
    pub(super) taken: Option<Taken>,
    /// Records that were not taken.
    left: Vec<Left>,
    /// It is text, and like nothing that is known.
    pub(super) is_like_no_export: bool,
    /// There is nothing in it, or nothing that should have been a click.
    pub(super) is_nothing: bool,
}

#[derive(Clone)]
pub(super) struct Taken {
    file: u16,
    gave_clicks: bool,
    pub(super) source: Source,
    dates: FileDates,
    clock: Clock,
    format: &'static Format,
}

impl Reading {
    /// See [`super::Loader::with_key`].
    pub(super) fn with_key(key: u64) -> Reading {
        Reading { builder: DatasetBuilder::with_key(key), ..Reading::default() }
    }

    /// The same once more, to read further files after those that were read; none where it would take too much memory.
    pub(super) fn copy(&self) -> Option<Reading> {
        let is_small = self.builder.len() <= MOST_COPIED_ROWS
            && self.builder.text_bytes() <= MOST_COPIED_BYTES
            && self.tables.rows() <= MOST_COPIED_BESIDE;
        (is_small && self.open.is_none()).then(|| Reading {
            builder: self.builder.clone(),
            batch: Batch::default(),
            tables: self.tables.clone(),
            done: self.done.clone(),
            open: None,
            given: self.given,
            left: self.left,
            left_bytes: self.left_bytes,
            read_as: self.read_as.clone(),
        })
    }

    /// Begins a file.
    pub(super) fn start(&mut self, name: &str, size: u64) {
        let file = self.builder.start_file();
        let log = ImportLog::after(self.left_bytes);
        self.open = Some(Open::new(name, size, file, log, &self.builder));
    }

    /// Takes `len` bytes that were written to room for `room`.
    pub(super) fn advance(&mut self, len: usize, room: usize) {
        let Some(open) = &mut self.open else { return };
        open.fill(len, room);
        open.work(false, &mut self.builder, &mut self.batch, &mut self.tables, &self.read_as);
    }

    /// Takes the next piece of the file.
    pub(super) fn push(&mut self, piece: &[u8]) {
        if let Some(open) = &mut self.open {
            open.spare(piece.len()).copy_from_slice(piece);
            self.advance(piece.len(), piece.len());
        }
    }

    /// Whether the rest of the file at hand need not be read: it is no click data.
    pub(super) fn is_refused(&self) -> bool {
        self.open.as_ref().is_some_and(|o| matches!(o.content, Content::Refused(_)))
    }

    /// Takes back the file at hand, of which nothing was read yet, with its first bytes.
    pub(super) fn take_back(&mut self) -> Option<Open> {
        let open = self.open.take()?;
        self.builder.forget_file(open.first_row);
        Some(open)
    }

    /// See [`super::loader::Loader::kept`].
    pub(super) fn kept(&self) -> impl Iterator<Item = (&Untrusted, &str, Option<&UnknownTable>)> {
        let taken = self.done.iter().filter(|done| done.taken.is_some());
        taken.filter_map(|Done { report, .. }| {
            Some((&report.name, report.beside.first()?.label.as_str(), report.table.as_deref()))
        })
    }

    /// Ends the file. A failure leaves what was read before as it was. The report is complete once all files
    /// are read: [`Reading::finish`].
    pub(super) fn end(&mut self) -> Result<FileReport, Failure> {
        let Some(mut open) = self.open.take() else { return Err(Failure::default()) };
        open.work(true, &mut self.builder, &mut self.batch, &mut self.tables, &self.read_as);
        let rows = open.first_row..self.builder.len();
        if let Some(meaning) = open.content.records_mut().and_then(Records::meaning_after_all) {
            self.builder.judge_again(rows.clone(), meaning);
        }
        let gave = !rows.is_empty() || !open.kept.is_empty();
        let (source, fields, format) = match &open.content {
            Content::Csv(csv) if gave => (Source::csv(open.decoder.clone(), csv), csv.fields(), csv.format()),
            Content::Json(json) if gave => {
                let records = &json.records;
                (Source::json(open.decoder.clone(), json), records.fields(), records.format())
            }
            Content::Cef(cef) if gave => {
                (Source::cef(open.decoder.clone()), cef.records.fields(), cef.records.format())
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
        // What somebody named is there, and nothing else.
        if format.has_verdict_column() && !format.by_hand && self.builder.keeps_words(rows.clone()) {
            fields = fields.with(Field::RawAction);
        }
        let transcoded = self.builder.transcoded() - open.transcoded_before;
        let encoding = open.decoder.encoding();
        let gave_clicks = !rows.is_empty();
        let mut file = describe::of_file(&open.content, &open.log, &open.clock, fields, gave_clicks);
        describe::say_beside(&mut file, &open.kept, gave_clicks);
        if let Some(table) = open.content.maybe_clicks() {
            describe::note_maybe_clicks(&mut file, table);
        }
        if gave_clicks {
            describe::note_scans(&mut file, &open.content, format);
        }
        file.rows = rows.len() as u64;
        file.name = open.name.into();
        file.given = self.given;
        file.bytes = open.read;
        file.encoding = match (encoding, transcoded) {
            (Encoding::Utf8, 1..) => "Windows-1252".to_owned(),
            _ => encoding.label().to_owned(),
        };
        describe::note_booleans(&mut file, self.builder.strange_booleans(), format);
        let (mut left, left_bytes) = open.log.take_left();
        self.left_bytes = left_bytes;
        // So many of all files together: a packed file may hold thousands of broken ones.
        left.truncate(MOST_LEFT.saturating_sub(self.left));
        self.left += left.len();
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
        let facts = FileFacts {
            fields: facts,
            format: hash::hash_bytes(format.id.as_bytes()),
            layout,
            own_report_ids: format.own_report_ids,
            local_times: open.clock.local,
            ..FileFacts::default()
        };
        self.builder.set_facts(open.file, facts);
        let taken = Taken { file: open.file, gave_clicks, source, dates, clock: open.clock, format };
        self.done.push(Done {
            report: file.clone(),
            taken: Some(taken),
            left,
            is_like_no_export: false,
            is_nothing: false,
        });
        Ok(file)
    }

    /// Gives up a file that could not be read to its end: its rows go, the reason is listed.
    pub(super) fn give_up(&mut self, failure: &Failure) {
        if let Some(open) = self.open.take() {
            self.forget(open, failure);
        }
    }

    /// Takes back the file that was ended last.
    pub(super) fn forget_last(&mut self) {
        if let Some(Done { taken: Some(taken), .. }) = self.done.pop() {
            self.builder.forget_file(taken.dates.all.start);
            self.tables.forget(taken.file);
        }
    }

    /// Lists a file that gave nothing.
    pub(super) fn list_refused(&mut self, name: String, bytes: u64, failure: &Failure) {
        let is_nothing = matches!(failure.kind, FailureKind::NotClicks | FailureKind::Empty);
        let is_like_no_export = failure.kind == FailureKind::NotClicks && failure.recognised.is_none();
        let report = FileReport { given: self.given, ..nothing::of_refused(name, bytes, failure) };
        self.done.push(Done { report, taken: None, left: Vec::new(), is_like_no_export, is_nothing });
    }

    fn forget(&mut self, open: Open, failure: &Failure) {
        self.builder.forget_file(open.first_row);
        if !open.kept.is_empty() {
            self.tables.forget(open.file);
        }
        self.list_refused(open.name, open.read, failure);
    }

    /// Decides what only all files together tell, and puts all rows in order.
    pub(super) fn finish(mut self, zones: &WallClocks<'_>) -> Loaded {
        self.read_dates(zones);
        let read_as = &self.read_as;
        // Before it is decided which records tell of one click: two actions speak against that.
        self.builder.mean(|word| read_as.meaning_of(word).map(|meant| (meant.verdict, meant.action)));
        let mut data = self.builder.finish();
        let names = self.done.iter().map(|done| done.report.name.original());
        let tenants: Vec<(u16, String)> = nth_of_name(names)
            .zip(&self.done)
            .filter_map(|((name, nth), done)| {
                let tenant = read_as.tenant_of(name, nth)?;
                Some((done.taken.as_ref()?.file, tenant.to_owned()))
            })
            .collect();
        if !tenants.is_empty() {
            give_tenants(&mut data, &tenants);
            for done in &mut self.done {
                let file = done.taken.as_ref().filter(|taken| taken.gave_clicks).map(|taken| taken.file);
                if let Some((_, tenant)) = tenants.iter().find(|(known, _)| Some(*known) == file) {
                    describe::note_tenant(&mut done.report, tenant);
                }
            }
        }
        let joins = self.tables.join(&mut data);
        let mut files = Vec::new();
        let mut sources = Vec::new();
        let mut left = Vec::new();
        let mut counted = data.files.iter().zip(Counted::of_files(&data));
        for Done { mut report, taken, left: of_file, .. } in self.done {
            if let Some(taken) = taken {
                if let Some((facts, counted)) = counted.next()
                    && taken.gave_clicks
                {
                    describe::complete(&mut report, &data, *facts, &counted, taken.format, &self.read_as);
                }
                sources.push(taken.source);
            }
            files.push(report);
            left.push(of_file);
        }
        Loaded { data, files, sources, left, tables: self.tables, joins }
    }

    /// Reads the dates of all files in one order, and says in which.
    fn read_dates(&mut self, zones: &WallClocks<'_>) {
        let (places, all): (Vec<usize>, Vec<FileDates>) = self
            .done
            .iter_mut()
            .enumerate()
            .filter_map(|(place, done)| Some((place, std::mem::take(&mut done.taken.as_mut()?.dates))))
            .unzip();
        let builder = &mut self.builder;
        let time = |row| builder.times(row..row + 1).first().copied().unwrap_or_default();
        let decided = dates::decide(&all, time, self.read_as.day_first);
        let names: Vec<Untrusted> =
            places.iter().map(|place| self.done[*place].report.name.clone()).collect();
        for ((place, file), decided) in places.into_iter().zip(all).zip(decided) {
            if decided.turns() {
                for row in &file.rows {
                    if let Some(time) = builder.time_mut(*row as usize) {
                        *time = turned(*time);
                    }
                }
            }
            let turns = decided.turns();
            let Done { report, taken, .. } = &mut self.done[place];
            let Some(taken) = taken else { continue };
            if turns {
                self.tables.turn(taken.file);
            }
            if taken.clock.is_of_a_place() && !self.read_as.zone.is_empty() {
                let clicks = builder.times(file.all.clone());
                let span = clicks.iter().copied().chain(self.tables.times(taken.file));
                let span = span.fold(None, |span: Option<(i64, i64)>, at| {
                    Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
                });
                if let Some((first, last)) = span
                    && let Some(instant_of) = zones(&self.read_as.zone, first, last)
                {
                    for row in file.all.clone() {
                        if let Some(time) = builder.time_mut(row) {
                            *time = instant_of(*time);
                        }
                    }
                    self.tables.shift(taken.file, &*instant_of);
                    builder.set_known_zone(taken.file);
                    taken.clock.told = Some(self.read_as.zone.clone());
                }
            }
            let another = decided.another().and_then(|place| names.get(place));
            describe::say_times(report, &taken.clock, decided, another.map_or("", Untrusted::original));
        }
    }
}

/// Each name, and which of the equal ones it is, from 1.
pub fn nth_of_name<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (&'a str, u32)> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    names.map(move |name| {
        let nth = seen.entry(name).or_default();
        *nth += 1;
        (name, *nth)
    })
}

/// Gives the clicks of files that name no tenant the one that somebody said; after duplicates were found, which does not
/// depend on it.
fn give_tenants(data: &mut Dataset, tenants: &[(u16, String)]) {
    let of_row = |row: usize| {
        let file = data.origin.at(row).file();
        let tenant = tenants.iter().find(|(known, _)| *known == file).map(|(_, tenant)| tenant.as_str());
        tenant.map(|tenant| (row, tenant))
    };
    let given: Vec<(usize, &str)> = (0..data.len()).filter_map(of_row).collect();
    data.fill(Field::Tenant, given.into_iter());
}
