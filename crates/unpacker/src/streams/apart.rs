//! From a wasm file to its streams: what the packer does.

use super::{
    AFTER, ALIGNMENT, ALIGNMENTS, BEFORE, CALLS, LOCALS, OPCODES, Recent, STREAMS, Way, code, joined,
    number_of, of_constant, put_number, take_shortest,
};

/// The streams of a wasm file, one behind the other. Nothing when something in it is not known here, or when they do not
/// give the same bytes again.
pub fn split(wasm: &[u8]) -> Option<Vec<u8>> {
    let (start, end) = code_section(wasm)?;
    let mut streams = vec![Vec::new(); STREAMS];
    streams[BEFORE].extend_from_slice(wasm.get(..start)?);
    streams[AFTER].extend_from_slice(wasm.get(end..)?);
    let mut way = Apart { rest: wasm.get(start..end)?, after: 0, streams, recent: Recent::new() };
    code(&mut way)?;
    if !way.rest.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(wasm.len());
    way.streams.iter().for_each(|stream| put_number(&mut out, stream.len() as u64));
    way.streams.iter().for_each(|stream| out.extend_from_slice(stream));
    joined(&out, wasm.len()).is_some_and(|again| again == wasm).then_some(out)
}

/// Where the functions are.
fn code_section(wasm: &[u8]) -> Option<(usize, usize)> {
    const CODE: u8 = 10;
    let mut at = b"\0asm\x01\0\0\0".len();
    if !wasm.starts_with(b"\0asm\x01\0\0\0") {
        return None;
    }
    loop {
        let id = *wasm.get(at)?;
        let (len, of_len) = number_of(wasm.get(at + 1..)?)?;
        let start = at + 1 + of_len;
        let end = start.checked_add(usize::try_from(len).ok()?)?;
        if id == CODE {
            return Some((start, end));
        }
        at = end;
    }
}

struct Apart<'a> {
    /// What is not taken apart yet.
    rest: &'a [u8],
    /// How much of it comes after this function.
    after: usize,
    streams: Vec<Vec<u8>>,
    recent: Recent,
}

impl<'a> Apart<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    fn put(&mut self, stream: usize, bytes: &[u8]) -> Option<()> {
        self.streams.get_mut(stream)?.extend_from_slice(bytes);
        Some(())
    }
}

impl Way for Apart<'_> {
    fn begin(&mut self) -> Option<()> {
        // It is counted again.
        let len = usize::try_from(take_shortest(&mut self.rest)?).ok()?;
        self.after = self.rest.len().checked_sub(len)?;
        self.recent = Recent::new();
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        (self.rest.len() == self.after).then_some(())
    }

    fn byte(&mut self, stream: usize) -> Option<u8> {
        let byte = self.take(1)?;
        self.put(stream, byte)?;
        byte.first().copied()
    }

    fn bytes(&mut self, stream: usize, len: usize) -> Option<()> {
        let bytes = self.take(len)?;
        self.put(stream, bytes)
    }

    fn number(&mut self, stream: usize) -> Option<u64> {
        let (number, len) = number_of(self.rest)?;
        self.bytes(stream, len)?;
        Some(number)
    }

    fn constant(&mut self, streams: usize) -> Option<()> {
        let (_, len) = number_of(self.rest)?;
        let bytes = self.take(len)?;
        self.put(of_constant(streams, self.rest)?, bytes)
    }

    fn local(&mut self) -> Option<()> {
        let local = u32::try_from(take_shortest(&mut self.rest)?).ok()?;
        put_number(&mut self.streams[LOCALS], self.recent.place_of(local));
        Some(())
    }

    fn call(&mut self) -> Option<()> {
        let function = u32::try_from(take_shortest(&mut self.rest)?).ok()?;
        put_number(&mut self.streams[CALLS], u64::from(function >> 8));
        self.streams[CALLS].push(function as u8);
        Some(())
    }

    fn alignment(&mut self, natural: u8) -> Option<()> {
        match *self.take(1)?.first()? {
            is if is == natural => Some(()),
            is if is < ALIGNMENTS => self.put(OPCODES, &[ALIGNMENT + is]),
            _ => None,
        }
    }
}
