//! Reads files one after the other into one data set, whatever they are packed in.
//!
//! Owns the way from a packed file to the files inside it. Must not know what these are.

use super::log::Left;
use super::read_as::ReadAs;
use super::reading::{Reading, WallClocks};
use super::report::{FileReport, Level, Note};
use super::source::Source;
use crate::beside::{Joins, Tables};
use crate::failure::{Failure, FailureKind};
use crate::model::Dataset;
use crate::model::Untrusted;
use packed::{Event, Skip, Trouble, Unpacker};

/// How many bytes of a file are looked at before it is decided what they are.
pub(super) const HEAD: usize = 4096;

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
    reading: Reading,
    /// The packed file at hand, where it is one.
    packed: Option<Packed>,
    /// How many files were begun.
    begun: u32,
}

/// What a load gives.
#[derive(Default)]
pub struct Loaded {
    /// The clicks.
    pub data: Dataset,
    /// One report a file, refused files among them; of a packed file one for each file inside.
    pub files: Vec<FileReport>,
    /// How to read a record of each file again, in the order of [`crate::model::Origin::file`].
    pub sources: Vec<Source>,
    /// Records that were not taken, of each file, in the order of [`Loaded::files`].
    pub left: Vec<Vec<Left>>,
    /// What stands beside the clicks.
    pub tables: Tables,
    /// What came of joining that with the clicks.
    pub joins: Joins,
}

/// A packed file while it is read.
struct Packed {
    name: String,
    read: u64,
    unpacker: Unpacker,
    /// Room for the next piece.
    room: Vec<u8>,
    inside: Inside,
}

/// What came out of a packed file.
#[derive(Default)]
struct Inside {
    /// How many files were listed before it.
    before: usize,
    /// How many began.
    begun: usize,
    /// The first failure of a file inside.
    failure: Option<Failure>,
    /// What was not looked at, and why: no clicks are in there.
    skipped: Vec<String>,
    /// What could not be looked at, and why: clicks may be in there.
    unread: Vec<(String, String)>,
    /// The name that files inside are shown under, with their own behind it.
    name: String,
    /// Names inside are those of sheets.
    sheets: bool,
    /// One file is inside, and is called as the packed one.
    alone: bool,
    /// The file at hand is not looked at.
    is_passed_over: bool,
}

/// More files are not read: they are numbered in sixteen bits.
const MOST_FILES: usize = 20_000;

const DAMAGED: &str = "packed-damaged";

/// How many files that were skipped are named.
const NAMED: usize = 8;

impl Loader {
    /// A loader that nobody can slow down with crafted texts who does not know `key`.
    pub fn with_key(key: u64) -> Loader {
        Loader { reading: Reading::with_key(key), ..Loader::default() }
    }

    /// Reads the files that follow as somebody says, where they do not say it themselves.
    pub fn read_as(&mut self, read_as: ReadAs) {
        self.reading.read_as = read_as;
    }

    /// What somebody says of the files that are read.
    pub fn is_read_as(&self) -> &ReadAs {
        &self.reading.read_as
    }

    /// The same once more, to read further files after those that were read; none where it would take too much memory.
    pub fn copy(&self) -> Option<Loader> {
        let reading = self.reading.copy()?;
        self.packed.is_none().then_some(Loader { reading, packed: None, begun: self.begun })
    }

    /// Begins a file. `size` in bytes, 0 when it is not known.
    pub fn start_file(&mut self, name: &str, size: u64) {
        self.packed = None;
        self.reading.given = self.begun;
        self.begun += 1;
        self.reading.start(name, size);
    }

    /// Room for the next piece, so that it can be written in place; follow with [`Loader::advance`].
    pub fn spare(&mut self, len: usize) -> &mut [u8] {
        if let Some(packed) = &mut self.packed {
            packed.room.resize(len, 0);
            return &mut packed.room;
        }
        self.reading.open.as_mut().map_or(&mut [], |open| open.spare(len))
    }

    /// Takes `len` bytes that were written to [`Loader::spare`] of room for `room`.
    pub fn advance(&mut self, len: usize, room: usize) {
        if let Some(packed) = &mut self.packed {
            let piece = std::mem::take(&mut packed.room);
            packed.push(piece.get(..len).unwrap_or_default(), &mut self.reading);
            packed.room = piece;
            return;
        }
        let Some(open) = &mut self.reading.open else { return };
        let enough = open.head().is_some_and(|head| head.len() - (room - len) >= HEAD);
        if enough && self.begin_packed(room - len) {
            return;
        }
        self.reading.advance(len, room);
    }

    /// Takes the next piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        if self.packed.is_some() || self.reading.open.is_some() {
            self.spare(piece.len()).copy_from_slice(piece);
            self.advance(piece.len(), piece.len());
        }
    }

    /// Clicks so far.
    pub fn rows(&self) -> u64 {
        self.reading.builder.len() as u64
    }

    /// Bytes read of the file at hand.
    pub fn bytes(&self) -> u64 {
        match &self.packed {
            Some(packed) => packed.read,
            None => self.reading.open.as_ref().map_or(0, |o| o.read),
        }
    }

    /// How many files gave something, those inside packed ones each for itself.
    pub fn taken(&self) -> usize {
        self.reading.done.iter().filter(|done| done.taken.is_some()).count()
    }

    /// The files that stand beside clicks: their names, and what the first of each is.
    pub fn kept(&self) -> impl Iterator<Item = (&Untrusted, &str)> {
        self.reading.kept()
    }

    /// What the file at hand was recognised as, once that is known.
    pub fn kind_label(&self) -> Option<&'static str> {
        self.reading.open.as_ref().and_then(|o| o.content.kind()).map(|(_, label)| label)
    }

    /// Whether the rest of the file at hand need not be read: it is no click data.
    pub fn is_refused(&self) -> bool {
        self.packed.is_none() && self.reading.is_refused()
    }

    /// Ends the file. A failure leaves what was read before as it was. The report is complete once all files
    /// are read: [`Loader::finish`].
    pub fn end_file(&mut self) -> Result<FileReport, Failure> {
        if self.reading.open.as_ref().is_some_and(|open| open.head().is_some()) {
            self.begin_packed(0);
        }
        match self.packed.take() {
            Some(packed) => packed.end(&mut self.reading),
            None => self.reading.end(),
        }
    }

    /// Gives up a file that could not be read to its end: its rows go, the reason is listed.
    pub fn give_up_file(&mut self, failure: &Failure) {
        if let Some(packed) = self.packed.take() {
            packed.give_up(failure, &mut self.reading);
        } else {
            self.reading.give_up(failure);
        }
    }

    /// Decides what only all files together tell, and puts all rows in order.
    pub fn finish(self) -> Loaded {
        self.finish_in(&|_, _, _| None)
    }

    /// [`Loader::finish`] where the zones of the world are known: times that are said to be local ones of a place are read
    /// so.
    pub fn finish_in(self, zones: &WallClocks<'_>) -> Loaded {
        self.reading.finish(zones)
    }

    /// Turns the file at hand into a packed one if its first bytes are those of one. `spare` is how many of them are room
    /// that was not written.
    fn begin_packed(&mut self, spare: usize) -> bool {
        let Some(open) = &self.reading.open else { return false };
        let head = open.head().unwrap_or_default();
        let head = &head[..head.len().saturating_sub(spare)];
        let Some(unpacker) = Unpacker::of(head, &open.name) else { return false };
        let head = head.to_vec();
        let Some(open) = self.reading.take_back() else { return false };
        let inside = Inside {
            before: self.reading.done.len(),
            name: open.name.clone(),
            sheets: unpacker.is_workbook(),
            alone: unpacker.is_one_file(),
            ..Inside::default()
        };
        let mut packed = Packed { name: open.name, read: 0, unpacker, room: Vec::new(), inside };
        packed.push(&head, &mut self.reading);
        self.packed = Some(packed);
        true
    }
}

impl Packed {
    fn push(&mut self, piece: &[u8], reading: &mut Reading) {
        self.read += piece.len() as u64;
        let inside = &mut self.inside;
        self.unpacker.push(piece, &mut |event| inside.take(event, reading));
    }

    /// Ends the packed file: the first report of what it gave, or why it gave nothing.
    fn end(mut self, reading: &mut Reading) -> Result<FileReport, Failure> {
        let inside = &mut self.inside;
        let ended = self.unpacker.end(&mut |event| inside.take(event, reading));
        if reading.open.is_some() {
            inside.end_one(reading, None);
        }
        let gave = reading.done[inside.before..].iter().any(|done| done.taken.is_some());
        if gave {
            inside.forget_others(reading);
            inside.list_unread(reading);
        }
        let first = reading.done[inside.before..].iter_mut().find(|done| done.taken.is_some());
        match (first, ended) {
            (Some(first), ended) => {
                first.report.notes.extend(inside.notes());
                let said = first.report.notes.iter().any(|note| note.code == DAMAGED);
                first.report.notes.extend(ended.err().filter(|_| !said).map(damaged));
                Ok(first.report.clone())
            }
            (None, ended) => {
                let trouble = ended.err().map(|trouble| broken(&trouble));
                let failure = inside.failure.take().or(trouble).unwrap_or_else(|| inside.nothing());
                let failure = Failure { file: Some(self.name.clone().into()), ..failure };
                if reading.done.len() == inside.before {
                    reading.list_refused(self.name, self.read, &failure);
                }
                Err(failure)
            }
        }
    }

    fn give_up(self, failure: &Failure, reading: &mut Reading) {
        reading.give_up(failure);
        // What was whole inside it may be read again later, with the rest of it.
        while reading.done.len() > self.inside.before {
            reading.forget_last();
        }
        reading.list_refused(self.name, self.read, failure);
    }
}

impl Inside {
    /// Takes what came out. Says whether more of the file at hand is wanted.
    fn take(&mut self, event: Event<'_>, reading: &mut Reading) -> bool {
        match event {
            Event::Begin { name } => {
                self.begun += 1;
                self.is_passed_over = reading.done.len() >= MOST_FILES;
                if self.is_passed_over {
                    self.skipped.push(format!("{name}: more than {MOST_FILES} files"));
                    return false;
                }
                let shown = if self.alone { self.name.clone() } else { format!("{} › {name}", self.name) };
                reading.start(&shown, 0);
                true
            }
            Event::Bytes(_) if self.is_passed_over => false,
            Event::Bytes(bytes) => {
                reading.push(bytes);
                !reading.is_refused()
            }
            Event::End { .. } if self.is_passed_over => true,
            Event::End { trouble } => {
                self.end_one(reading, trouble);
                true
            }
            // What is in a folder comes by itself.
            Event::Skipped { why: Skip::Folder, .. } => true,
            Event::Skipped { name, why: why @ (Skip::Junk | Skip::NotText | Skip::Again) } => {
                self.skipped.push(format!("{name}: {}", why.describe()));
                true
            }
            Event::Skipped { name, why } => {
                self.unread.push((name.to_owned(), why.describe()));
                true
            }
        }
    }

    fn end_one(&mut self, reading: &mut Reading, trouble: Option<Trouble>) {
        let place = self.begun.saturating_sub(1);
        match (reading.end(), trouble) {
            (Ok(_), trouble) => {
                if let Some(done) = reading.done.last_mut() {
                    done.report.notes.extend(trouble.map(damaged));
                    if let Some(taken) = &mut done.taken {
                        taken.source.is_inside(&self.name, place);
                    }
                }
            }
            (Err(failure), trouble) => {
                let failure = trouble.map_or(failure, |trouble| broken(&trouble));
                self.failure.get_or_insert(failure);
            }
        }
    }

    /// Sheets without clicks, and texts that are like no export, are no files that somebody opened.
    fn forget_others(&mut self, reading: &mut Reading) {
        let mut place = self.before;
        while let Some(done) = reading.done.get(place) {
            let is_other = done.is_like_no_export || (self.sheets && done.is_nothing);
            if done.taken.is_some() || !is_other {
                place += 1;
                continue;
            }
            let name = done.report.name.original();
            let name = name.split_once(" › ").map_or(name, |(_, inner)| inner);
            self.skipped.push(format!("{name}: it holds no clicks"));
            reading.done.remove(place);
        }
    }

    /// What may hold clicks is a file that was not taken in, as if somebody had opened it.
    fn list_unread(&mut self, reading: &mut Reading) {
        for (name, why) in std::mem::take(&mut self.unread) {
            if reading.done.len() >= MOST_FILES {
                self.skipped.push(format!("{name}: {why}"));
                continue;
            }
            let failure = Failure {
                recognised: Some("not looked at".to_owned()),
                ..Failure::new(FailureKind::Zipped, format!("This is {why}."))
            };
            reading.list_refused(format!("{} › {name}", self.name), 0, &failure);
        }
    }

    fn notes(&self) -> Option<Note> {
        if self.skipped.is_empty() {
            return None;
        }
        let mut named: Vec<&str> = self.skipped.iter().take(NAMED).map(String::as_str).collect();
        if self.skipped.len() > NAMED {
            named.push("…");
        }
        let title = match self.skipped.len() {
            1 => "1 part of this file was not read".to_owned(),
            many => format!("{many} parts of this file were not read"),
        };
        Some(Note {
            level: Level::Info,
            code: "skipped-inside".to_owned(),
            title: title.into(),
            text: format!("{}.", named.join("; ")).into(),
        })
    }

    fn nothing(&self) -> Failure {
        let unread = self.unread.iter().map(|(name, why)| format!("{name}: {why}"));
        let message = match unread.chain(self.skipped.iter().cloned()).next() {
            Some(first) => format!("Nothing in this packed file could be read ({first})."),
            None => "There is no file in this packed file.".to_owned(),
        };
        let instead = "Pack the export itself, or open it unpacked.".to_owned();
        Failure { instead: Some(instead), ..Failure::new(FailureKind::Zipped, message) }
    }
}

fn damaged(trouble: Trouble) -> Note {
    Note {
        level: Level::Warn,
        code: DAMAGED.to_owned(),
        title: "The packed file is not whole".into(),
        text: format!("{}. What could be read is counted.", trouble.describe()).into(),
    }
}

fn broken(trouble: &Trouble) -> Failure {
    let instead = "Copy or download it again, or unpack it and open what is inside.".to_owned();
    Failure {
        instead: Some(instead),
        ..Failure::new(FailureKind::Zipped, format!("{}.", trouble.describe()))
    }
}
