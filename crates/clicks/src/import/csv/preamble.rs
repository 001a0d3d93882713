//! What stands before the first record: `sep=`, `#TYPE`, blank lines, the header; and the delimiter.

use super::slow;
use crate::import::header::Header;

/// What separates cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// Its last byte.
    pub byte: u8,
    /// The bytes before it, for delimiters that are no ASCII.
    pub lead: &'static [u8],
}

/// `❖` is what one published set of Python dumps uses, because nothing else uses it.
const FLORETTE: Delimiter = Delimiter { byte: 0x96, lead: &[0xe2, 0x9d] };

impl Delimiter {
    /// A delimiter of one byte.
    pub const fn byte(byte: u8) -> Delimiter {
        Delimiter { byte, lead: &[] }
    }

    /// Whether it stands at a place.
    pub fn stands_at(&self, text: &[u8], at: usize) -> bool {
        let lead = self.lead.len();
        text.get(at + lead) == Some(&self.byte) && text.get(at..at + lead) == Some(self.lead)
    }

    /// Its length in bytes.
    pub const fn len(&self) -> usize {
        self.lead.len() + 1
    }

    /// What to call it.
    pub const fn label(&self) -> &'static str {
        match self.byte {
            b',' => "separated by commas",
            b';' => "separated by semicolons",
            b'\t' => "separated by tabs",
            b'|' => "separated by bars",
            _ => "separated by ❖",
        }
    }
}

/// The start of a delimited file, read.
pub struct Preamble {
    /// What separates cells.
    pub delimiter: Delimiter,
    /// The names.
    pub header: Header,
    /// Line of the first record, from 1.
    pub line: u32,
    /// Bytes before the first record.
    pub len: usize,
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
            if let Some(separator) = separator {
                told = Some(separator.first().map_or(Delimiter::byte(b'\t'), |b| Delimiter::byte(*b)));
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
        let delimiter = told.unwrap_or_else(|| delimiter_of(rest));
        let (cells, length, closed) = slow::record(rest, &delimiter);
        if !eof && (!closed || length >= rest.len()) {
            return None;
        }
        let names = cells.iter().map(|cell| {
            let mut scratch = Vec::new();
            let name = super::undone(rest, *cell, &mut scratch);
            crate::model::windows_1252(name.trim_ascii()).into_owned()
        });
        let header = Header::new(names.collect());
        let lines = memchr::memchr_iter(b'\n', &rest[..length]).count() as u32;
        let header_line = rest[..length].trim_ascii_end().to_vec();
        Some(Preamble { delimiter, header, line: line + lines, len: at + length, header_line })
    }
}

/// The candidate that stands most often outside quotes in the first line.
fn delimiter_of(text: &[u8]) -> Delimiter {
    let candidates = [b',', b';', b'\t', b'|'].map(Delimiter::byte);
    let mut counts = [0_usize; 5];
    let mut quoted = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, candidate) in counts.iter_mut().zip(&candidates) {
                    *count += usize::from(candidate.byte == *byte);
                }
                counts[4] += usize::from(FLORETTE.stands_at(text, at));
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
        ];
        for (text, byte, line) in cases {
            let p = Preamble::read(text.as_bytes(), true).expect(text);
            assert_eq!((p.delimiter.byte, p.line), (byte, line), "{text}");
            assert_eq!(p.header.names[0], "a");
        }
        assert!(Preamble::read(b"a,b", false).is_none());
    }
}
