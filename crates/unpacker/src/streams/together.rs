//! From streams to the wasm file: what the page does at every start.

use super::{
    AFTER, ALIGNMENT, ALIGNMENTS, BEFORE, CALLS, LOCALS, OPCODES, Recent, STREAMS, Way, code, number_of,
    of_constant, put_number, take_shortest,
};

/// The wasm file of so many bytes that these streams are of; nothing when they are of none. That no byte was changed on the
/// way, the checksum around them knows.
pub fn joined(streams: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let mut rest = streams;
    let mut lens = [0; STREAMS];
    for len in &mut lens {
        *len = usize::try_from(take_shortest(&mut rest)?).ok()?;
    }
    let mut streams = [[].as_slice(); STREAMS];
    for (stream, len) in streams.iter_mut().zip(lens) {
        (*stream, rest) = rest.split_at_checked(len)?;
    }
    let mut out = Vec::new();
    out.try_reserve_exact(bytes).ok()?;
    out.extend_from_slice(std::mem::take(&mut streams[BEFORE]));
    let after = std::mem::take(&mut streams[AFTER]);
    let mut way = Together { streams, out, bytes, start: 0, recent: Recent::new() };
    code(&mut way)?;
    way.out.extend_from_slice(after);
    let is_whole =
        rest.is_empty() && way.streams.iter().all(|stream| stream.is_empty()) && way.out.len() == bytes;
    is_whole.then_some(way.out)
}

struct Together<'a> {
    /// What is left of each.
    streams: [&'a [u8]; STREAMS],
    out: Vec<u8>,
    /// How long that may become.
    bytes: usize,
    /// Where this function begins.
    start: usize,
    recent: Recent,
}

impl Way for Together<'_> {
    fn begin(&mut self) -> Option<()> {
        self.start = self.out.len();
        self.recent = Recent::new();
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        // Its size comes before it, and is known only now.
        let end = self.out.len();
        put_number(&mut self.out, (end - self.start) as u64);
        let of_size = self.out.len() - end;
        self.out.get_mut(self.start..)?.rotate_right(of_size);
        (self.out.len() <= self.bytes).then_some(())
    }

    fn byte(&mut self, stream: usize) -> Option<u8> {
        let (byte, rest) = self.streams.get_mut(stream)?.split_first()?;
        self.streams[stream] = rest;
        self.out.push(*byte);
        Some(*byte)
    }

    fn bytes(&mut self, stream: usize, len: usize) -> Option<()> {
        let (bytes, rest) = self.streams.get(stream)?.split_at_checked(len)?;
        self.streams[stream] = rest;
        self.out.extend_from_slice(bytes);
        Some(())
    }

    fn number(&mut self, stream: usize) -> Option<u64> {
        let (number, len) = number_of(self.streams.get(stream)?)?;
        self.bytes(stream, len)?;
        Some(number)
    }

    fn constant(&mut self, streams: usize) -> Option<()> {
        self.number(of_constant(streams, self.streams[OPCODES])?)?;
        Some(())
    }

    fn local(&mut self) -> Option<()> {
        let local = self.recent.at(take_shortest(&mut self.streams[LOCALS])?)?;
        put_number(&mut self.out, local.into());
        Some(())
    }

    fn call(&mut self) -> Option<()> {
        let high = u32::try_from(take_shortest(&mut self.streams[CALLS])?).ok()?;
        let (low, rest) = self.streams[CALLS].split_first()?;
        self.streams[CALLS] = rest;
        put_number(&mut self.out, u64::from(high) << 8 | u64::from(*low));
        Some(())
    }

    fn alignment(&mut self, natural: u8) -> Option<()> {
        let is = match self.streams[OPCODES].split_first() {
            Some((is, rest)) if (ALIGNMENT..ALIGNMENT + ALIGNMENTS).contains(is) => {
                self.streams[OPCODES] = rest;
                is - ALIGNMENT
            }
            _ => natural,
        };
        self.out.push(is);
        Some(())
    }
}
