//! From the bytes of a file to UTF-8 text, whatever wrote them.
//!
//! Owns byte order marks, UTF-16, and the way back from a place in the text to a place in the file. Must not know what the text says.

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or bytes that will be read cell by cell as Windows-1252 where they are not.
    #[default]
    Utf8,
    /// UTF-8 that starts with a byte order mark.
    Utf8Bom,
    /// Two bytes a unit, low byte first.
    Utf16Le,
    /// Two bytes a unit, high byte first.
    Utf16Be,
}

impl Encoding {
    /// What to call it.
    pub const fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8 with BOM",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
        }
    }

    /// Reads the first bytes of a file; returns the encoding and the length of its mark. Without a mark,
    /// zero bytes in every other place of the first hundred are UTF-16 of mostly ASCII text.
    pub fn detect(head: &[u8]) -> (Encoding, usize) {
        match head {
            [0xef, 0xbb, 0xbf, ..] => return (Encoding::Utf8Bom, 3),
            [0xff, 0xfe, ..] => return (Encoding::Utf16Le, 2),
            [0xfe, 0xff, ..] => return (Encoding::Utf16Be, 2),
            _ => {}
        }
        let sample = &head[..head.len().min(200) & !1];
        let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
        let half = sample.len() / 2;
        match (zeros(0), zeros(1)) {
            (0, odd) if half > 0 && odd * 10 > half * 7 => (Encoding::Utf16Le, 0),
            (even, 0) if half > 0 && even * 10 > half * 7 => (Encoding::Utf16Be, 0),
            _ => (Encoding::Utf8, 0),
        }
    }
}

/// Turns pieces of a file into UTF-8 text, remembering where each piece began.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    encoding: Encoding,
    /// An odd byte or a high surrogate left from the piece before.
    held: Vec<u8>,
    raw: u64,
    text: u64,
    /// Place in the text and in the file, at the start of some pieces.
    marks: Vec<(u64, u64)>,
}

impl Decoder {
    /// A decoder for a file whose first `skip` bytes are a mark.
    pub fn new(encoding: Encoding, skip: u64) -> Decoder {
        Decoder { encoding, raw: skip, marks: vec![(0, skip)], ..Decoder::default() }
    }

    /// The encoding.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Whether text and file run in step, so that bytes can be taken as they are.
    pub fn is_plain(&self) -> bool {
        matches!(self.encoding, Encoding::Utf8 | Encoding::Utf8Bom)
    }

    /// Decodes one piece to the end of `out`.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        if self.is_plain() {
            out.extend_from_slice(piece);
            return;
        }
        if self.marks.last().is_none_or(|(_, raw)| self.raw - raw >= 1 << 16) && self.held.is_empty() {
            self.marks.push((self.text, self.raw));
        }
        self.raw += piece.len() as u64;
        let mut bytes = std::mem::take(&mut self.held);
        bytes.extend_from_slice(piece);
        let big = self.encoding == Encoding::Utf16Be;
        let mut units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|b| if big { u16::from_be_bytes([b[0], b[1]]) } else { u16::from_le_bytes([b[0], b[1]]) })
            .collect();
        let mut taken = units.len() * 2;
        if units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            units.pop();
            taken -= 2;
        }
        self.held = bytes[taken..].to_vec();
        let before = out.len();
        for c in char::decode_utf16(units) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.text += (out.len() - before) as u64;
    }

    /// The end of the file: half a character is said to be one, not dropped.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        if !std::mem::take(&mut self.held).is_empty() {
            out.extend_from_slice("\u{fffd}".as_bytes());
        }
    }

    /// Where in the file to start reading to get the text from `offset` on, and how much of the decoded
    /// text to drop then.
    pub fn place_of(&self, offset: u64) -> (u64, usize) {
        if self.is_plain() {
            return (offset + self.marks.first().map_or(0, |(_, raw)| *raw), 0);
        }
        let after = self.marks.partition_point(|(text, _)| *text <= offset);
        let (text, raw) = self.marks.get(after.saturating_sub(1)).copied().unwrap_or_default();
        (raw, (offset - text) as usize)
    }

    /// A fresh decoder for text from the middle of the file.
    pub fn again(&self) -> Decoder {
        Decoder::new(self.encoding, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encoding_marks_and_zero_bytes_are_recognised() {
        let cases: [(&[u8], Encoding, usize); 6] = [
            (b"\xef\xbb\xbfTime", Encoding::Utf8Bom, 3),
            (b"\xff\xfeT\0", Encoding::Utf16Le, 2),
            (b"\xfe\xff\0T", Encoding::Utf16Be, 2),
            (&utf16("Timestamp,Url", false), Encoding::Utf16Le, 0),
            (&utf16("Timestamp,Url", true), Encoding::Utf16Be, 0),
            (b"Timestamp", Encoding::Utf8, 0),
        ];
        for (head, encoding, skip) in cases {
            assert_eq!(Encoding::detect(head), (encoding, skip));
        }
    }

    #[test]
    fn decoder_any_split_of_utf16_gives_the_same_text() {
        let text = "Zeit,Üben 😀 ok\n";
        for big in [false, true] {
            let bytes = utf16(text, big);
            for size in 1..bytes.len() {
                let encoding = if big { Encoding::Utf16Be } else { Encoding::Utf16Le };
                let mut decoder = Decoder::new(encoding, 0);
                let mut out = Vec::new();
                bytes.chunks(size).for_each(|piece| decoder.push(piece, &mut out));
                assert_eq!(String::from_utf8_lossy(&out), text, "pieces of {size}");
            }
        }
    }
}
