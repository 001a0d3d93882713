//! A sheet as delimited text: every cell in its place.
//!
//! Owns commas, quotes, and the places of rows and columns. Must not know how a sheet is written.

use super::super::inflate::PIECE;
use super::super::{MOST_BYTES, Trouble, is_too_big};

/// Columns of a sheet (ECMA-376 has no limit, Excel has this one). Cells further to the right are left out.
pub const MOST_COLUMNS: u32 = 16_384;
/// More empty rows than this in a row are not written: what follows them is another table.
const MOST_BLANK_ROWS: u64 = 1_000;
/// Most bytes of one row. Excel lets a cell have 32,767 characters.
const MOST_ROW: usize = 64 << 20;

/// Writes records.
pub struct Records {
    /// What the row at hand has: its cells' texts, and the column and end of each. Empty cells are not in it.
    text: Vec<u8>,
    cells: Vec<(u32, usize)>,
    /// Empty rows before it.
    n_blank: u64,
    /// Columns of the widest row so far. Shorter ones are filled up to it: a record that ends early looks torn.
    width: u32,
    out: Vec<u8>,
    /// Packed bytes that all of this comes from, and what came out of them.
    packed: u64,
    bytes: u64,
    is_unwanted: bool,
}

/// Takes pieces; says whether more is wanted.
pub type Sink<'k> = dyn FnMut(&[u8]) -> bool + 'k;

impl Records {
    /// Records that come from so many packed bytes, out of which so many others came before.
    pub fn new(packed: u64, bytes: u64) -> Records {
        Records {
            text: Vec::new(),
            cells: Vec::new(),
            n_blank: 0,
            width: 0,
            out: Vec::new(),
            packed,
            bytes,
            is_unwanted: false,
        }
    }

    /// Whether the receiver wants no more.
    pub fn is_unwanted(&self) -> bool {
        self.is_unwanted
    }

    /// Bytes that came out, with those before.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Leaves so many rows empty.
    pub fn skip_rows(&mut self, n: u64) {
        self.n_blank = self.n_blank.saturating_add(n);
    }

    /// A cell of the row at hand: `write` adds its text.
    pub fn cell(&mut self, column: u32, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), Trouble> {
        let before = self.text.len();
        if column >= MOST_COLUMNS || self.cells.len() >= MOST_COLUMNS as usize {
            return Ok(());
        }
        write(&mut self.text);
        if self.text.len() > MOST_ROW {
            return Err(Trouble::TooBig);
        }
        if self.text.len() > before {
            self.cells.push((column, self.text.len()));
        }
        Ok(())
    }

    /// The row at hand has ended.
    pub fn end_row(&mut self, sink: &mut Sink<'_>) -> Result<(), Trouble> {
        let cells = std::mem::take(&mut self.cells);
        let text = std::mem::take(&mut self.text);
        if cells.is_empty() {
            self.skip_rows(1);
        } else {
            let n_blank = std::mem::take(&mut self.n_blank);
            for _ in 0..if n_blank > MOST_BLANK_ROWS { 0 } else { n_blank } {
                self.out.push(b'\n');
            }
            self.write(&cells, &text);
        }
        (self.cells, self.text) = (cells, text);
        self.cells.clear();
        self.text.clear();
        self.give(self.out.len() / PIECE * PIECE, sink)
    }

    /// The sheet has ended.
    pub fn end(&mut self, sink: &mut Sink<'_>) -> Result<(), Trouble> {
        if !self.text.is_empty() {
            self.end_row(sink)?;
        }
        self.give(self.out.len(), sink)
    }

    fn write(&mut self, cells: &[(u32, usize)], text: &[u8]) {
        let starts = std::iter::once(0).chain(cells.iter().map(|(_, end)| *end));
        let mut fields: Vec<(u32, &[u8])> = cells
            .iter()
            .zip(starts)
            .map(|((column, end), start)| (*column, text.get(start..*end).unwrap_or_default()))
            .collect();
        // Of two cells in one place the first counts.
        fields.sort_by_key(|(column, _)| *column);
        fields.dedup_by_key(|(column, _)| *column);
        let mut next = 0;
        for (column, field) in fields {
            // A comma between any two cells, none before the first.
            self.commas(column - next);
            push_field(field, &mut self.out);
            next = column;
        }
        self.width = self.width.max(next + 1);
        self.commas(self.width - 1 - next);
        self.out.push(b'\n');
    }

    fn commas(&mut self, n: u32) {
        self.out.resize(self.out.len() + n as usize, b',');
    }

    /// Gives the first `n` bytes of what is written, in pieces.
    fn give(&mut self, n: usize, sink: &mut Sink<'_>) -> Result<(), Trouble> {
        for piece in self.out.get(..n).unwrap_or_default().chunks(PIECE) {
            self.bytes += piece.len() as u64;
            self.is_unwanted |= !sink(piece);
            if self.is_unwanted || self.bytes > MOST_BYTES || is_too_big(self.packed, self.bytes) {
                return Err(Trouble::TooBig);
            }
        }
        self.out.drain(..n.min(self.out.len()));
        Ok(())
    }
}

/// Adds a field, in quotes where its text could be taken for something else.
fn push_field(field: &[u8], out: &mut Vec<u8>) {
    let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let is_risky = |byte: &u8| matches!(byte, b',' | b'"' | b'\r' | b'\n');
    if !is_blank(field.first()) && !is_blank(field.last()) && !field.iter().any(is_risky) {
        out.extend_from_slice(field);
        return;
    }
    out.push(b'"');
    for part in field.split_inclusive(|byte| *byte == b'"') {
        out.extend_from_slice(part);
        if part.ends_with(b"\"") {
            out.push(b'"');
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells as text; a number alone is so many rows left empty.
    fn written(rows: &[&[(u32, &str)]]) -> String {
        let (mut records, mut out) = (Records::new(1 << 20, 0), Vec::new());
        let mut sink = |bytes: &[u8]| {
            out.extend_from_slice(bytes);
            true
        };
        for row in rows {
            for (column, text) in *row {
                assert_eq!(records.cell(*column, |out| out.extend_from_slice(text.as_bytes())), Ok(()));
            }
            assert_eq!(records.end_row(&mut sink), Ok(()));
        }
        assert_eq!(records.end(&mut sink), Ok(()));
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn records_cells_keep_their_places() {
        assert_eq!(written(&[&[(0, "a"), (1, "b"), (3, "d")], &[(1, "x")]]), "a,b,,d\n,x,,\n");
        assert_eq!(written(&[&[], &[(0, "a")], &[], &[], &[(0, "b")], &[]]), "\na\n\n\nb\n");
        assert_eq!(written(&[&[(1, "late"), (0, "early"), (1, "again")]]), "early,late\n");
        assert_eq!(written(&[&[(MOST_COLUMNS, "far"), (0, "")]]), "");
        assert_eq!(written(&[&[(16_383, "last")]]).len(), 16_383 + 5);
    }

    #[test]
    fn records_fields_are_quoted_where_they_must_be() {
        let cases = [
            ("plain; text", "plain; text"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("\"", "\"\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("two\rlines", "\"two\rlines\""),
            (" front", "\" front\""),
            ("back\t", "\"back\t\""),
        ];
        for (text, expected) in cases {
            assert_eq!(written(&[&[(0, text)]]), format!("{expected}\n"));
        }
    }

    #[test]
    fn records_wide_gaps_are_not_filled() {
        let (mut records, mut out) = (Records::new(1, 0), Vec::new());
        for gap in [1_000, 1_001] {
            records.skip_rows(gap);
            assert_eq!(records.cell(0, |out| out.push(b'x')), Ok(()));
            assert_eq!(records.end_row(&mut |_| true), Ok(()));
        }
        let end = records.end(&mut |bytes| {
            out.extend_from_slice(bytes);
            true
        });
        assert_eq!(end, Ok(()));
        assert_eq!(out.len(), 1_000 + 4);
    }
}
