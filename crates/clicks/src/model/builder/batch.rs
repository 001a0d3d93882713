//! Records on their way into columns: cells named, nothing copied.

use super::super::hash::finish;
use super::super::{Cell, Origin};

/// A cell: bytes of the record's text, or of the batch's scratch where quotes had to be undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

const IN_SCRATCH: u32 = 1 << 31;

impl Span {
    /// No value.
    pub const EMPTY: Span = Span { start: 0, end: 0 };

    /// Bytes of the text. Texts are shorter than 2 GiB.
    pub const fn text(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// Bytes of the scratch.
    pub const fn scratch(start: usize, end: usize) -> Span {
        Span { start: start as u32 | IN_SCRATCH, end: end as u32 | IN_SCRATCH }
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes.
    #[inline]
    pub fn of<'a>(self, text: &'a [u8], scratch: &'a [u8]) -> &'a [u8] {
        let from = if self.start & IN_SCRATCH == 0 { text } else { scratch };
        let (start, end) = (self.start & !IN_SCRATCH, self.end & !IN_SCRATCH);
        from.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Some records that are clicks, cell by cell. All vectors but the scratch have the same length.
#[derive(Default)]
pub struct Batch {
    /// Unix milliseconds.
    pub(super) time: Vec<i64>,
    /// One column a [`Cell`].
    cells: [Vec<Span>; Cell::COUNT],
    /// Hash of everything in the record that is not kept, so that duplicates can be told from look-alikes.
    pub(super) rest: Vec<u32>,
    pub(super) origin: Vec<Origin>,
    /// Line of the file, from 1.
    pub(super) line: Vec<u32>,
    /// Text of cells that are no slice of the file's.
    pub scratch: Vec<u8>,
}

impl Batch {
    /// Whether there is no record in it.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.time.clear();
        self.cells.iter_mut().for_each(Vec::clear);
        self.rest.clear();
        self.origin.clear();
        self.line.clear();
        self.scratch.clear();
    }

    /// Adds a record.
    #[inline]
    pub fn push(&mut self, time: i64, origin: Origin, line: u32, rest: u64, cells: &[Span; Cell::COUNT]) {
        self.time.push(time);
        self.origin.push(origin);
        self.line.push(line);
        // Half of the hash is enough: rows are compared by it only when all kept cells are equal.
        self.rest.push((finish(rest) >> 32) as u32);
        for (column, span) in self.cells.iter_mut().zip(cells) {
            column.push(*span);
        }
    }

    pub(super) fn column(&self, cell: Cell) -> &[Span] {
        &self.cells[cell as usize]
    }
}
