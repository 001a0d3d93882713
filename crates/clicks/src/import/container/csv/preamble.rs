//! What stands before the first record: `sep=`, `#TYPE`, blank lines, the header; and the delimiter.

use super::delimiter::{Delimiter, FLORETTE};
use super::slow;
use crate::import::names::Names;
use crate::import::unknown;

/// The start of a delimited file, read.
pub struct Preamble {
    /// What separates cells.
    pub delimiter: Delimiter,
    /// The names.
    pub names: Names,
    /// Line of the first record, from 1.
    pub line: u32,
    /// Bytes before the first record.
    pub len: usize,
    /// Line and place of the header.
    pub header: (u32, usize),
    /// The header as it stands in the file, without its line end.
    pub header_line: Vec<u8>,
}

impl Preamble {
    /// Reads the start of a text. None: the header is not whole yet (it always is at the end of the file).
    pub fn read(text: &[u8], eof: bool) -> Option<Preamble> {
        let mut at = 0;
        let mut line = 1;
        let mut told = None;
        loop {
            let rest = text.get(at..)?;
            let end = memchr::memchr(b'\n', rest);
            if end.is_none() && !eof {
                return None;
            }
            let length = end.map_or(rest.len(), |e| e + 1);
            let first = rest[..length].trim_ascii();
            let bare = first.strip_prefix(b"\"").and_then(|f| f.strip_suffix(b"\"")).unwrap_or(first);
            let separator = bare.strip_prefix(b"sep=").or_else(|| bare.strip_prefix(b"SEP="));
            // The line holds one character, or none where the tab was trimmed; with more it is a header.
            if let Some(separator @ ([] | [_])) = separator {
                told = told_of(separator);
            } else if !first.is_empty() && !first.starts_with(b"#TYPE") {
                break;
            }
            if length == rest.len() {
                break;
            }
            at += length;
            line += 1;
        }
        let rest = text.get(at..)?;
        let head = match header_end(rest) {
            Some(end) => &rest[..end],
            None if !eof && rest.len() < LONGEST_HEADER => return None,
            // A quote that is never closed: the line as it stands.
            None => &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())],
        };
        let delimiter = told.unwrap_or_else(|| delimiter_of(head));
        let (cells, length, closed) = slow::record(rest, &delimiter);
        if !eof && (!closed || length >= rest.len()) {
            return None;
        }
        let names = cells.iter().map(|cell| {
            let mut scratch = Vec::new();
            let name = super::undone(rest, *cell, &mut scratch);
            crate::model::windows_1252(name.trim_ascii()).into_owned()
        });
        let names = Names::new(names.collect());
        let lines = memchr::memchr_iter(b'\n', &rest[..length]).count() as u32;
        let header_line = rest[..length].trim_ascii_end().to_vec();
        Some(Preamble {
            delimiter,
            names,
            line: line + lines,
            len: at + length,
            header: (line, at),
            header_line,
        })
    }

    /// The same of a file without a header, whose first line is a record: the columns are called by their numbers, `#1 of 4`
    /// and on, so that what is said of one such file is not taken for another.
    pub fn headless(self) -> Preamble {
        let (line, len) = self.header;
        let all = self.names.len();
        let names = Names::new((0..all).map(|place| unknown::number_of(place, all)).collect());
        Preamble { names, line, len, header_line: Vec::new(), ..self }
    }
}

/// What a `sep=` line says. A quote or a letter separates nothing, whatever the line says.
fn told_of(separator: &[u8]) -> Option<Delimiter> {
    match separator.first() {
        None => Some(Delimiter::byte(b'\t')),
        Some(b'"' | b'\r') => None,
        Some(b) if b.is_ascii_alphanumeric() => None,
        Some(b) => Some(Delimiter::byte(*b)),
    }
}

/// A header that goes on longer than this has a quote that nobody closes.
const LONGEST_HEADER: usize = 64 << 10;

/// The end of the first line that does not end inside quotes, within reach.
fn header_end(text: &[u8]) -> Option<usize> {
    let mut quoted = false;
    text[..text.len().min(LONGEST_HEADER)].iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b'\n' && !quoted
    })
}

/// The candidate that stands most often outside quotes in the header.
fn delimiter_of(head: &[u8]) -> Delimiter {
    let candidates = [b',', b';', b'\t', b'|'].map(Delimiter::byte);
    let mut counts = [0_usize; 5];
    let mut quoted = false;
    for (at, byte) in head.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ => {
                for (count, candidate) in counts.iter_mut().zip(&candidates) {
                    *count += usize::from(candidate.byte == *byte);
                }
                counts[4] += usize::from(FLORETTE.stands_at(head, at));
            }
        }
    }
    let best = (0..5).rev().max_by_key(|i| counts[*i]).unwrap_or(0);
    candidates.get(best).cloned().unwrap_or(FLORETTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preamble_delimiters_and_lines_before_the_header_are_understood() {
        let cases = [
            ("a,b\n1,2\n", b',', 2),
            ("sep=;\r\na;b\r\n", b';', 3),
            ("\n\na\tb\n", b'\t', 4),
            ("#TYPE X\n\"a\",\"b;c;d\"\n", b',', 3),
            ("a|b\n", b'|', 2),
            ("a❖b❖c\n", 0x96, 2),
            ("sep=:\na:b\n", b':', 3),
            ("sep=\na\tb\n", b'\t', 3),
            ("sep=\"\na,b\n", b',', 3),
        ];
        for (text, byte, line) in cases {
            let p = Preamble::read(text.as_bytes(), true).expect(text);
            assert_eq!((p.delimiter.byte, p.line), (byte, line), "{text}");
            assert_eq!(p.names.written[0], "a");
        }
        assert!(Preamble::read(b"a,b", false).is_none());
    }
}
