//! A question on its way to its answer, and the record of a file that some show.

use std::rc::Rc;

use super::{Want, Wants};
use crate::ask::Question;
use crate::engine::DataToken;
use crate::import::{Again, RawRecord, Source};
use crate::query::Cx;

/// How many bytes are looked at. Records are short, so more is read only when one is not whole yet.
const LENGTHS: [u64; 3] = [16_384, 524_288, 16_777_216];

/// A question that is being answered.
pub struct Asking {
    pub(super) about: DataToken,
    pub(super) question: Box<dyn Question>,
    /// The record that it shows, where it shows one.
    pub(super) record: Option<Record>,
}

/// A record that is read again.
pub(super) struct Record {
    source: Rc<Source>,
    /// Place of the record in the text of the file.
    offset: u64,
    /// Index among the files given.
    file: usize,
    size: u64,
    /// First byte read.
    from: u64,
    /// What was read from there on.
    bytes: Vec<u8>,
    /// How often more was asked for.
    tries: usize,
    /// How it is unpacked, where it is inside a packed file, which is then read from its beginning.
    again: Option<Again>,
    read: RawRecord,
}

impl Record {
    /// The record of a row; none where there is no such row or no file to read again.
    pub(super) fn new(cx: &Cx, taken: &[(usize, u64)], row: u32) -> Option<Record> {
        let row = row as usize;
        let origin = (row < cx.data().len()).then(|| cx.data().origin.at(row))?;
        let at = origin.file() as usize;
        let source = cx.source(at)?;
        let (file, size) = *taken.get(at)?;
        let offset = origin.offset();
        let again = source.unpack_again(offset);
        let from = if again.is_some() { 0 } else { source.place_of(offset) };
        Some(Record {
            source,
            offset,
            file,
            size,
            from,
            bytes: Vec::new(),
            tries: 0,
            again,
            read: RawRecord::new(),
        })
    }

    /// Names and cells; none when it could not be read again.
    pub(super) fn into_read(self) -> RawRecord {
        self.read
    }

    /// Where the bytes of this try end.
    fn goal(&self) -> Option<u64> {
        match self.again {
            Some(_) => (self.tries == 0).then_some(self.size),
            None => LENGTHS.get(self.tries).map(|length| (self.from + length).min(self.size)),
        }
    }

    fn come(&self) -> u64 {
        self.from + self.bytes.len() as u64
    }

    fn give_up(&mut self) {
        self.tries = LENGTHS.len();
    }
}

impl Wants for Record {
    fn want(&self) -> Want {
        match self.goal() {
            Some(end) => {
                let from = self.come();
                Want::Read { file: self.file, from, len: end.saturating_sub(from) }
            }
            None => Want::Idle,
        }
    }

    fn room(&mut self, len: usize) -> &mut [u8] {
        let from = self.bytes.len();
        self.bytes.resize(from + len, 0);
        &mut self.bytes[from..]
    }

    fn fed(&mut self, _len: usize) -> bool {
        if let Some(again) = &mut self.again {
            let piece = std::mem::take(&mut self.bytes);
            self.from += piece.len() as u64;
            return again.push(&piece);
        }
        self.goal().is_some_and(|end| self.come() < end)
    }

    fn end(&mut self) {
        if let Some(again) = &mut self.again {
            again.end();
            let (bytes, to_end) = again.found();
            self.read = self.source.record(self.offset, bytes, to_end);
            return self.give_up();
        }
        let (come, wanted) = (self.come(), self.goal().unwrap_or(0));
        let to_end = come >= self.size;
        self.read = self.source.record(self.offset, &self.bytes, to_end);
        self.tries += 1;
        if to_end || come < wanted || !self.read.is_empty() {
            self.give_up();
        }
    }

    fn fail(&mut self, _why: &str) {
        self.give_up();
    }
}

impl Wants for Asking {
    fn want(&self) -> Want {
        self.record.as_ref().map_or(Want::Idle, Wants::want)
    }

    fn room(&mut self, len: usize) -> &mut [u8] {
        self.record.as_mut().map_or(&mut [], |record| record.room(len))
    }

    fn fed(&mut self, len: usize) -> bool {
        self.record.as_mut().is_some_and(|record| record.fed(len))
    }

    fn end(&mut self) {
        if let Some(record) = &mut self.record {
            record.end();
        }
    }

    fn fail(&mut self, why: &str) {
        if let Some(record) = &mut self.record {
            record.fail(why);
        }
    }
}
