//! Finds the separators of delimited text, sixty-four bytes at a time.
//!
//! Owns one pass over the bytes: quotes, delimiters and line ends become bit masks, the masks of quotes
//! say what is quoted, and the places of all separators outside quotes come out as numbers. Must not know
//! what is between them.

use wide::u8x16;

/// The separators of a stretch of text that begins at the start of a record.
#[derive(Default)]
pub struct Scan {
    /// Room for the place of each delimiter and line end outside quotes, kept from run to run so that it
    /// is not cleared for every step.
    places: Vec<u32>,
    /// How many of them there are.
    count: usize,
    /// For each whole record, how many separators there are up to and with its line end.
    pub ends: Vec<u32>,
    /// Places of line ends inside quotes.
    pub quoted_lines: Vec<u32>,
    /// Place of the first quote that opens a cell where none begins, or of the first text behind a quote that
    /// closed one: from its record on the places of all separators are in doubt.
    pub stray: Option<usize>,
}

/// What one step tells the next.
#[derive(Clone, Copy)]
struct State {
    /// All ones when the block begins inside a quote.
    inside: u64,
    /// 1 when its first byte may open a cell.
    may_open: u64,
    /// 1 when its first byte stands behind a quote that closed a cell.
    closed: u64,
    /// Such a quote and a carriage return stand before it.
    split_line_end: bool,
}

/// Bytes of one step.
const STEP: usize = 64;

impl Scan {
    /// Scans `text`. Returns whether it ends inside a quote.
    pub fn run(&mut self, text: &[u8], delimiter: u8) -> bool {
        self.count = 0;
        self.ends.clear();
        self.quoted_lines.clear();
        self.stray = None;
        if self.places.len() < text.len() + 2 * STEP {
            self.places.resize(text.len() + 2 * STEP, 0);
        }
        let marks = [u8x16::splat(b'"'), u8x16::splat(delimiter), u8x16::splat(b'\n')];
        // The text begins where a cell may.
        let mut state = State { inside: 0, may_open: 1, closed: 0, split_line_end: false };
        let (blocks, rest) = text.as_chunks::<STEP>();
        for (i, block) in blocks.iter().enumerate() {
            state = self.step(block, &marks, state, i * STEP, STEP);
        }
        if !rest.is_empty() {
            let mut last = [0; STEP];
            last[..rest.len()].copy_from_slice(rest);
            state = self.step(&last, &marks, state, blocks.len() * STEP, rest.len());
        }
        state.inside != 0
    }

    /// Place of each delimiter and line end outside quotes.
    pub fn separators(&self) -> &[u32] {
        self.places.get(..self.count).unwrap_or_default()
    }

    /// Ends the last record, which has no line end, at `place`.
    pub fn end_at(&mut self, place: usize) {
        self.places[self.count] = place as u32;
        self.count += 1;
        self.ends.push(self.count as u32);
    }

    /// Keeps the separators that the other bytes of a longer delimiter stand before.
    pub fn keep_led_by(&mut self, text: &[u8], lead: &[u8]) {
        let mut kept = Vec::with_capacity(self.count);
        let mut from = 0;
        for end in &mut self.ends {
            kept.extend(self.places[from..*end as usize].iter().filter(|p| is_led(text, **p, lead)));
            from = *end as usize;
            *end = kept.len() as u32;
        }
        kept.extend(self.places[from..self.count].iter().filter(|p| is_led(text, **p, lead)));
        self.count = kept.len();
        self.places[..kept.len()].copy_from_slice(&kept);
    }

    #[inline(always)]
    fn step(
        &mut self,
        block: &[u8; STEP],
        marks: &[u8x16; 3],
        state: State,
        base: usize,
        length: usize,
    ) -> State {
        let State { inside, may_open, closed, split_line_end } = state;
        let [quotes, delimiters, lines] = masks(block, marks);
        let quoted = if quotes == 0 { inside } else { prefix_xor(quotes) ^ inside };
        let open = lines & !quoted;
        let separators = (delimiters & !quoted) | open;
        self.take(separators, open, base);
        // A quote opens a cell behind a separator, or goes on with one behind the quote it doubles. Any other
        // is a stray one: `5" disk`.
        let ends = separators | quotes;
        let closing = quotes & !quoted;
        let strays = quotes & quoted & !((ends << 1) | may_open);
        // Nor does anything but a separator follow the quote that closes a cell: what closed it may have been meant
        // to open the next one.
        let behind = ((closing << 1) | closed) & !ends;
        let mut split = false;
        if strays | behind != 0 || split_line_end {
            split = self.doubt(block, strays, behind, split_line_end, base, length);
        }
        let mut hidden = lines & quoted;
        while hidden != 0 {
            self.quoted_lines.push((base + hidden.trailing_zeros() as usize) as u32);
            hidden &= hidden - 1;
        }
        // The sign bit spread over the word: is the last byte inside?
        State {
            inside: ((quoted as i64) >> 63) as u64,
            may_open: ends >> 63,
            closed: closing >> 63,
            split_line_end: split,
        }
    }

    /// Finds the first place in doubt of a step. Says whether it ends between the parts of a line end that follows a
    /// quote.
    #[cold]
    fn doubt(
        &mut self,
        block: &[u8; STEP],
        mut strays: u64,
        mut behind: u64,
        split_line_end: bool,
        base: usize,
        length: usize,
    ) -> bool {
        let split = behind >> 63 == 1 && block[STEP - 1] == b'\r';
        strays |= u64::from(split_line_end && length > 0 && block[0] != b'\n');
        while behind != 0 {
            let at = behind.trailing_zeros() as usize;
            // A carriage return belongs to the line end behind it; what fills the last block is no text.
            let ends_line = block[at] == b'\r' && block.get(at + 1).is_none_or(|next| *next == b'\n');
            if !ends_line && at < length {
                strays |= 1 << at;
            }
            behind &= behind - 1;
        }
        if strays != 0 && self.stray.is_none() {
            self.stray = Some(base + strays.trailing_zeros() as usize);
        }
        split
    }

    #[inline]
    fn take(&mut self, all: u64, mut lines: u64, base: usize) {
        let before = self.count;
        let count = all.count_ones();
        // A whole step of room is left, so that places are written four at a time, some of them for
        // nothing, without a check for each.
        let Some(room) = self.places.get_mut(before..).and_then(<[u32]>::first_chunk_mut::<STEP>) else {
            return;
        };
        let mut separators = all;
        let mut at = 0;
        while at < count as usize {
            for i in 0..4 {
                room[(at + i) % STEP] = (base as u32).wrapping_add(separators.trailing_zeros());
                separators &= separators.wrapping_sub(1);
            }
            at += 4;
        }
        while lines != 0 {
            // Separators of this step up to and with the line end.
            let upto = (all & (u64::MAX >> (63 - lines.trailing_zeros()))).count_ones();
            self.ends.push(before as u32 + upto);
            lines &= lines - 1;
        }
        self.count = before + count as usize;
    }
}

fn is_led(text: &[u8], place: u32, lead: &[u8]) -> bool {
    let before = text.get(..place as usize).unwrap_or_default();
    text.get(place as usize) == Some(&b'\n') || before.ends_with(lead)
}

/// Bit i is set where byte i equals the mark.
#[inline]
fn masks(block: &[u8; STEP], marks: &[u8x16; 3]) -> [u64; 3] {
    let mut masks = [0; 3];
    for (lane, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*bytes);
        for (mask, mark) in masks.iter_mut().zip(marks) {
            *mask |= u64::from(bytes.simd_eq(*mark).to_bitmask()) << (16 * lane);
        }
    }
    masks
}

/// Bit i is the parity of the bits up to and with i: set from an opening quote to before its closing one.
#[inline]
const fn prefix_xor(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ (bits << 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scan_quotes_hide_separators_across_blocks() {
        let text = format!("a,\"b,{}\n,\",c\nd,e,f\n", "x".repeat(100));
        let mut scan = Scan::default();
        assert!(!scan.run(text.as_bytes(), b','));
        let found: Vec<u8> = scan.separators().iter().map(|p| text.as_bytes()[*p as usize]).collect();
        assert_eq!(found, b",,\n,,\n");
        assert_eq!(scan.ends, [3, 6]);
        assert_eq!(scan.quoted_lines, [105]);
        assert!(scan.run(b"a,\"b\n", b','));
    }

    #[test]
    fn scan_quote_inside_a_cell_is_called_a_stray_one() {
        let mut scan = Scan::default();
        for (text, stray) in [
            ("a,\"b\"\n\"c\",\"d\"\"e\"\n", None),
            ("\"\",\"\"\"\",x\n", None),
            ("a,5\" disk\nb,6\" disk\n", Some(3)),
            ("a,\"b\"c\"d\n", Some(5)),
            ("a,\"b\" \n", Some(5)),
            ("a,\"b\"\rc\n", Some(5)),
            ("a,\"b\"\r\n\"c\"", None),
            ("a,b\"\"c\n", Some(3)),
        ] {
            let padded = format!("{}{text}", "x,y\n".repeat(31));
            scan.run(padded.as_bytes(), b',');
            assert_eq!(scan.stray, stray.map(|at: usize| at + 124), "{text}");
            scan.run(text.as_bytes(), b',');
            assert_eq!(scan.stray, stray, "{text}");
        }
    }
}
