//! Reads files one after the other into one data set, whatever they are packed in.
//!
//! Owns which of them is packed and goes another way. Must not know what is in any.

use super::inside::Packed;
use super::log::Left;
use super::read_as::ReadAs;
use super::reading::{Reading, WallClocks};
use super::report::FileReport;
use super::source::Source;
use crate::beside::{Joins, Tables};
use crate::failure::{Failure, UnknownTable};
use crate::model::Dataset;
use crate::model::Untrusted;
use packed::Unpacker;

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

    /// The files that stand beside clicks: their names, what the first of each is, and the columns of those that may be
    /// clicks all the same.
    pub fn kept(&self) -> impl Iterator<Item = (&Untrusted, &str, Option<&UnknownTable>)> {
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
        let mut packed = Packed::new(open.name, unpacker, &self.reading);
        packed.push(&head, &mut self.reading);
        self.packed = Some(packed);
        true
    }
}
