//! The way from packed bytes to bytes, whatever is around them: the window, the check sum, the counting.
//!
//! Owns the inflating (RFC 1951, by miniz_oxide), pieces of one size, and the limits on what comes out. Must not know of headers.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_IGNORE_ADLER32};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::crc::Crc;
use super::{MOST_BYTES, Trouble, is_too_big};

/// Bytes of a piece. Deflate looks 32 KiB back, so twice that is window and piece in one, and a piece is given when the window is full: where
/// pieces end depends on the bytes that come out, not on how those went in.
pub const PIECE: usize = 64 << 10;

/// How far it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// All that went in is used up.
    Hungry,
    /// The stream has ended.
    Done,
    /// The receiver wants no more.
    Unwanted,
    /// It cannot go on.
    Failed(Trouble),
}

/// Unpacks one entry after the other.
pub struct Inflater {
    core: Box<DecompressorOxide>,
    window: Vec<u8>,
    /// Where the next byte goes in the window, and the first one that was not given yet.
    at: usize,
    given: usize,
    crc: Crc,
    /// Of this entry: what went in, and what came out.
    packed: u64,
    bytes: u64,
    /// What came out of all entries before.
    before: u64,
}

impl Default for Inflater {
    fn default() -> Inflater {
        Inflater {
            core: Box::default(),
            window: vec![0; PIECE],
            at: 0,
            given: 0,
            crc: Crc::default(),
            packed: 0,
            bytes: 0,
            before: 0,
        }
    }
}

impl Inflater {
    /// Gets ready for another entry.
    pub fn begin(&mut self) {
        self.begin_stream();
        (self.at, self.given) = (0, 0);
        self.before += self.bytes;
        (self.packed, self.bytes) = (0, 0);
    }

    /// Gets ready for another stream of the same entry, with a check sum of its own.
    pub fn begin_stream(&mut self) {
        self.core.init();
        self.crc = Crc::default();
    }

    /// Bytes that went in for this entry.
    pub fn packed(&self) -> u64 {
        self.packed
    }

    /// Bytes that came out for this entry.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The check sum of what was given. To be asked after `Done` or `flush`.
    pub fn sum(&self) -> u32 {
        self.crc.sum()
    }

    /// Unpacks from the front of `piece`, which is what is left of it afterwards.
    pub fn inflate(&mut self, piece: &mut &[u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> Progress {
        loop {
            let flags = TINFL_FLAG_HAS_MORE_INPUT | TINFL_FLAG_IGNORE_ADLER32;
            let (status, read, wrote) = decompress(&mut self.core, piece, &mut self.window, self.at, flags);
            *piece = piece.get(read..).unwrap_or_default();
            self.packed += read as u64;
            self.bytes += wrote as u64;
            self.at = (self.at + wrote).min(PIECE);
            let stuck = read == 0 && wrote == 0 && self.at < PIECE;
            if let Some(stop) = self.give_full(sink) {
                return stop;
            }
            match status {
                TINFLStatus::NeedsMoreInput if piece.is_empty() => return Progress::Hungry,
                TINFLStatus::Done => {
                    return if self.flush(sink) { Progress::Done } else { Progress::Unwanted };
                }
                TINFLStatus::NeedsMoreInput | TINFLStatus::HasMoreOutput if !stuck => {}
                _ => {
                    let more = self.flush(sink);
                    let trouble = Trouble::BadData("the packed bytes make no sense");
                    return if more { Progress::Failed(trouble) } else { Progress::Unwanted };
                }
            }
        }
    }

    /// Takes bytes that are not packed, all of `piece`.
    pub fn copy(&mut self, mut piece: &[u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> Progress {
        while !piece.is_empty() {
            let room = self.window.get_mut(self.at..).unwrap_or_default();
            let (now, later) = piece.split_at(piece.len().min(room.len()));
            for (to, from) in room.iter_mut().zip(now) {
                *to = *from;
            }
            piece = later;
            self.at += now.len();
            self.packed += now.len() as u64;
            self.bytes += now.len() as u64;
            if let Some(stop) = self.give_full(sink) {
                return stop;
            }
        }
        Progress::Hungry
    }

    /// Gives what was not given yet; whether more is wanted.
    pub fn flush(&mut self, sink: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let new = self.window.get(self.given..self.at).unwrap_or_default();
        self.given = self.at;
        self.crc.update(new);
        new.is_empty() || sink(new)
    }

    /// Gives the window when it is full, and starts it over; says when to stop.
    fn give_full(&mut self, sink: &mut dyn FnMut(&[u8]) -> bool) -> Option<Progress> {
        if self.at < PIECE {
            return None;
        }
        let more = self.flush(sink);
        (self.at, self.given) = (0, 0);
        if !more {
            Some(Progress::Unwanted)
        } else if self.before + self.bytes > MOST_BYTES || is_too_big(self.packed, self.bytes) {
            Some(Progress::Failed(Trouble::TooBig))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::*;

    #[test]
    fn inflate_stream_end_is_found_to_the_byte_in_any_split() {
        let text: Vec<u8> = (0..3000u32).flat_map(|i| format!("{},", i * i % 977).into_bytes()).collect();
        for level in [0, 1, 6, 9] {
            let mut packed = compress_to_vec(&text, level);
            let end = packed.len();
            packed.extend_from_slice(&[0xff; 40]);
            for size in (1..80).chain([1000, 100_000]) {
                let (mut inflater, mut out, mut used) = (Inflater::default(), Vec::new(), 0);
                for piece in packed.chunks(size) {
                    let mut rest = piece;
                    let progress = inflater.inflate(&mut rest, &mut |bytes| {
                        out.extend_from_slice(bytes);
                        true
                    });
                    used += piece.len() - rest.len();
                    if progress == Progress::Done {
                        break;
                    }
                    assert_eq!(progress, Progress::Hungry);
                }
                assert_eq!(used, end, "pieces of {size}");
                assert!(out == text);
                assert_eq!(inflater.sum(), Crc::of(&text));
            }
        }
    }

    #[test]
    fn inflate_a_thousand_for_one_is_refused() {
        let packed = compress_to_vec(&vec![0; 80 << 20], 9);
        let mut total = 0;
        let progress = Inflater::default().inflate(&mut &packed[..], &mut |bytes| {
            total += bytes.len() as u64;
            true
        });
        assert_eq!(progress, Progress::Failed(Trouble::TooBig));
        assert!(total <= super::super::RATIO_FROM + PIECE as u64);
    }
}
