//! Records on their way into columns: cells named, nothing copied.

use super::super::hash::finish;
use super::super::{Field, Origin};

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

    /// Whether its bytes are those of the scratch.
    pub const fn is_in_scratch(self) -> bool {
        self.start & IN_SCRATCH != 0
    }

    /// The bytes.
    #[inline]
    pub fn of<'a>(self, text: &'a [u8], scratch: &'a [u8]) -> &'a [u8] {
        let from = if self.start & IN_SCRATCH == 0 { text } else { scratch };
        let (start, end) = (self.start & !IN_SCRATCH, self.end & !IN_SCRATCH);
        from.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// The cells of one record, by field.
pub type Cells = [Span; Field::COUNT];

/// What a record is beside its cells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// Unix milliseconds.
    pub time: i64,
    /// How many clicks it stands for.
    pub weight: u32,
    /// Where it begins.
    pub origin: Origin,
    /// Line of the file, from 1.
    pub line: u32,
    /// Hash of everything in the record that is not kept, so that duplicates can be told from look-alikes.
    pub rest: u64,
    /// Equal records of one file are different clicks: the time has no seconds, or equal ones were counted
    /// once before the file was written.
    pub distinct: bool,
}

/// Some records that are clicks, cell by cell. All vectors but those of cells, scratch and weights have the same
/// length.
#[derive(Default)]
pub struct Batch {
    pub(super) time: Vec<i64>,
    /// Empty as long as every record is one click.
    pub(super) weight: Vec<u32>,
    /// The cells of one record after those of another: a record is written at once.
    cells: Vec<Span>,
    /// The fields that its records may have, in the order of their cells.
    fields: Vec<Field>,
    /// The hash; its lowest bit is [`Facts::distinct`].
    pub(super) rest: Vec<u64>,
    pub(super) origin: Vec<Origin>,
    pub(super) line: Vec<u32>,
    /// Text of cells that are no slice of the file's.
    pub scratch: Vec<u8>,
}

impl Batch {
    /// Whether there is no record in it.
    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// How many records are in it.
    pub fn len(&self) -> usize {
        self.time.len()
    }

    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.time.clear();
        self.weight.clear();
        self.cells.clear();
        self.fields.clear();
        self.rest.clear();
        self.origin.clear();
        self.line.clear();
        self.scratch.clear();
    }

    /// Adds a record; `fields` are those that it may have, the same for all records of a batch.
    #[inline]
    pub fn push(&mut self, facts: Facts, cells: &Cells, fields: &[Field]) {
        if facts.weight != 1 || !self.weight.is_empty() {
            self.weight.resize(self.time.len(), 1);
            self.weight.push(facts.weight);
        }
        self.time.push(facts.time);
        self.origin.push(facts.origin);
        self.line.push(facts.line);
        self.rest.push(finish(facts.rest) & !1 | u64::from(facts.distinct));
        if self.fields.is_empty() {
            self.fields.extend_from_slice(fields);
        }
        self.cells.extend(fields.iter().map(|field| cells[*field as usize]));
    }

    /// The same cell in the scratch, for a text that is gone when the batch is handed over.
    pub fn kept(&mut self, span: Span, text: &[u8]) -> Span {
        if span.is_empty() || span.is_in_scratch() {
            return span;
        }
        let from = self.scratch.len();
        self.scratch.extend_from_slice(span.of(text, &[]));
        Span::scratch(from, self.scratch.len())
    }

    /// The cells of a field; nothing where no record has it.
    pub(super) fn column(&self, field: Field) -> Column<'_> {
        let place = self.fields.iter().position(|f| *f == field);
        let spans = place.and_then(|place| self.cells.get(place..)).unwrap_or_default();
        Column { spans, stride: self.fields.len().max(1) }
    }
}

/// The cells of one field, record by record.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    /// From the field's cell of the first record on.
    spans: &'a [Span],
    /// Cells of a record.
    stride: usize,
}

impl<'a> Column<'a> {
    /// The cell of a record; none where no record has the field.
    #[inline]
    pub(super) fn at(self, record: usize) -> Span {
        self.spans.get(record * self.stride).copied().unwrap_or_default()
    }

    /// All cells in the order of the records.
    pub(super) fn iter(self) -> impl Iterator<Item = Span> + use<'a> {
        self.spans.iter().step_by(self.stride).copied()
    }
}
