//! Finds the separators of delimited text, sixty-four bytes at a time.
//!
//! Owns one pass over the bytes: quotes, delimiters and line ends become bit masks, the masks of quotes
//! say what is quoted, and the places of all separators outside quotes come out as numbers. Must not know
//! what is between them.

use wide::u8x16;

/// The separators of a stretch of text that begins at the start of a record.
#[derive(Default)]
pub struct Scan {
    /// Place of each delimiter and line end outside quotes.
    pub separators: Vec<u32>,
    /// For each whole record, how many separators there are up to and with its line end.
    pub ends: Vec<u32>,
    /// Places of line ends inside quotes.
    pub quoted_lines: Vec<u32>,
}

/// Bytes of one step.
const STEP: usize = 64;

impl Scan {
    /// Scans `text`. Returns whether it ends inside a quote.
    pub fn run(&mut self, text: &[u8], delimiter: u8) -> bool {
        self.separators.clear();
        self.ends.clear();
        self.quoted_lines.clear();
        let marks = [u8x16::splat(b'"'), u8x16::splat(delimiter), u8x16::splat(b'\n')];
        let mut inside = 0_u64;
        let (blocks, rest) = text.as_chunks::<STEP>();
        for (i, block) in blocks.iter().enumerate() {
            inside = self.step(block, &marks, inside, i * STEP);
        }
        if !rest.is_empty() {
            let mut last = [0; STEP];
            last[..rest.len()].copy_from_slice(rest);
            inside = self.step(&last, &marks, inside, blocks.len() * STEP);
        }
        inside != 0
    }

    /// Keeps the separators that the other bytes of a longer delimiter stand before.
    pub fn keep_led_by(&mut self, text: &[u8], lead: &[u8]) {
        let Scan { separators, ends, .. } = self;
        let mut kept = Vec::with_capacity(separators.len());
        let mut from = 0;
        for end in ends.iter_mut() {
            kept.extend(separators[from..*end as usize].iter().filter(|p| is_led(text, **p, lead)));
            from = *end as usize;
            *end = kept.len() as u32;
        }
        kept.extend(separators[from..].iter().filter(|p| is_led(text, **p, lead)));
        *separators = kept;
    }

    /// One step; `inside` is all ones when the block begins inside a quote.
    #[inline]
    fn step(&mut self, block: &[u8; STEP], marks: &[u8x16; 3], inside: u64, base: usize) -> u64 {
        let [quotes, delimiters, lines] = masks(block, marks);
        let quoted = if quotes == 0 { inside } else { prefix_xor(quotes) ^ inside };
        let open = lines & !quoted;
        self.take((delimiters & !quoted) | open, open, base);
        let mut hidden = lines & quoted;
        while hidden != 0 {
            self.quoted_lines.push((base + hidden.trailing_zeros() as usize) as u32);
            hidden &= hidden - 1;
        }
        // The sign bit spread over the word: is the last byte inside?
        ((quoted as i64) >> 63) as u64
    }

    #[inline]
    fn take(&mut self, mut separators: u64, lines: u64, base: usize) {
        let before = self.separators.len();
        let count = separators.count_ones() as usize;
        self.separators.resize(before + count, 0);
        for place in &mut self.separators[before..] {
            *place = base as u32 + separators.trailing_zeros();
            separators &= separators - 1;
        }
        if lines != 0 {
            let mut lines = lines;
            while lines != 0 {
                let bit = lines & lines.wrapping_neg();
                // Separators of this block up to and with the line end.
                let upto = lines_upto(&self.separators[before..], base, bit);
                self.ends.push((before + upto) as u32);
                lines ^= bit;
            }
        }
    }
}

fn is_led(text: &[u8], place: u32, lead: &[u8]) -> bool {
    let before = text.get(..place as usize).unwrap_or_default();
    text.get(place as usize) == Some(&b'\n') || before.ends_with(lead)
}

/// How many of a block's separators stand up to and with `bit`.
#[inline]
fn lines_upto(places: &[u32], base: usize, bit: u64) -> usize {
    let place = base as u32 + bit.trailing_zeros();
    places.iter().take_while(|p| **p <= place).count()
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
        let found: Vec<u8> = scan.separators.iter().map(|p| text.as_bytes()[*p as usize]).collect();
        assert_eq!(found, b",,\n,,\n");
        assert_eq!(scan.ends, [3, 6]);
        assert_eq!(scan.quoted_lines, [105]);
        assert!(scan.run(b"a,\"b\n", b','));
    }
}
