//! A second reader of CSV: one byte after the other, no scan, no window, no masks.
//!
//! Owns what a record is when nobody is in a hurry. Must not know the import.

/// A record as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Line it begins on, from 1.
    pub line: u64,
    /// Its cells without their quoting; none when it is torn.
    pub cells: Vec<Vec<u8>>,
    /// Cells from here on have nothing in them, not even quotes.
    pub bare_from: usize,
    /// A quote is never closed, or closed by the quote of another record: only its first line is given up.
    pub torn: bool,
}

impl Record {
    /// Nothing but blanks and separators.
    pub fn is_blank(&self) -> bool {
        !self.torn && self.cells.iter().all(|cell| cell.iter().all(|b| b" \t\r\n".contains(b)))
    }
}

/// One record with its length, read as if `columns` of them were wanted.
fn read_one(text: &[u8], line: u64, columns: usize) -> (Record, usize) {
    let mut record = Record { line, cells: Vec::new(), bare_from: 0, torn: false };
    let (mut at, mut unclosed, mut mended) = (0, false, false);
    loop {
        let (start, mut cell) = (at, Vec::new());
        if text.get(at) == Some(&b'"') {
            at += 1;
            loop {
                match (text.get(at), text.get(at + 1)) {
                    (None, _) => {
                        unclosed = true;
                        break;
                    }
                    (Some(b'"'), Some(b'"')) => {
                        cell.push(b'"');
                        at += 2;
                    }
                    (Some(b'"'), _) => {
                        at += 1;
                        break;
                    }
                    (Some(byte), _) => {
                        cell.push(*byte);
                        at += 1;
                    }
                }
            }
        }
        let behind = at;
        while at < text.len() && !matches!(text[at], b',' | b'\n') {
            at += 1;
        }
        let ends = at >= text.len() || text[at] == b'\n';
        let carriage = ends && at > start && text[at - 1] == b'\r';
        let end = at - usize::from(carriage && at > behind);
        cell.extend_from_slice(&text[behind..end]);
        mended |= behind > start && end > behind;
        if end > start {
            record.bare_from = record.cells.len() + 1;
        }
        record.cells.push(cell);
        at = (at + 1).min(text.len());
        if ends {
            break;
        }
    }
    let first_line = text.iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| end + 1);
    let fits = record.cells.len() >= columns && record.bare_from <= columns;
    record.torn = unclosed || (first_line < at && (mended || !fits) && !record.is_blank());
    (record.clone(), if record.torn { first_line } else { at })
}

/// All records of a text that has no header.
pub fn read(text: &[u8], first_line: u64, columns: usize) -> Vec<Record> {
    let (mut at, mut line, mut records) = (0, first_line, Vec::new());
    while at < text.len() {
        let (record, length) = read_one(&text[at..], line, columns);
        line += text[at..at + length].iter().filter(|byte| **byte == b'\n').count() as u64;
        at += length;
        records.push(record);
    }
    records
}

/// Cells as the most careful writer would write them.
pub fn write(cells: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for (place, cell) in cells.iter().enumerate() {
        out.extend_from_slice(if place == 0 { b"\"" } else { b",\"" });
        for byte in cell {
            out.extend_from_slice(if *byte == b'"' { b"\"\"" } else { std::slice::from_ref(byte) });
        }
        out.push(b'"');
    }
    out.extend_from_slice(b"\r\n");
    out
}
