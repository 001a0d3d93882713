//! The check sum of a file, read once more from its beginning.

use sha2::{Digest as _, Sha256};

use super::{Want, Wants};

/// SHA-256 of one of the files that were opened.
pub struct Digest {
    file: usize,
    size: u64,
    read: u64,
    state: Sha256,
    is_done: bool,
    failed: Option<String>,
    room: Vec<u8>,
}

impl Digest {
    /// Of the file at a place among those given, of so many bytes.
    pub fn new(file: usize, size: u64) -> Digest {
        Digest { file, size, read: 0, state: Sha256::new(), is_done: false, failed: None, room: Vec::new() }
    }

    /// How many bytes were read.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// The sum as 64 hexadecimal digits; why not, where the file could not be read to its end.
    pub fn finish(self) -> Result<String, String> {
        match self.failed {
            Some(why) => Err(why),
            None if self.read != self.size => Err("the file has changed since it was opened".to_owned()),
            None => Ok(self.state.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }
}

impl Wants for Digest {
    fn want(&self) -> Want {
        match self.is_done {
            true => Want::Idle,
            false => Want::Read { file: self.file, from: 0, len: self.size },
        }
    }

    fn room(&mut self, len: usize) -> &mut [u8] {
        self.room.resize(len, 0);
        &mut self.room
    }

    fn fed(&mut self, len: usize) -> bool {
        self.state.update(self.room.get(..len).unwrap_or_default());
        self.read += len as u64;
        self.read < self.size
    }

    fn end(&mut self) {
        self.is_done = true;
    }

    fn fail(&mut self, why: &str) {
        self.failed = Some(why.to_owned());
        self.is_done = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_of_pieces_is_that_of_the_whole() {
        // FIPS 180-2, appendix B.1.
        let mut digest = Digest::new(0, 3);
        for piece in [&b"a"[..], b"bc"] {
            digest.feed(piece);
        }
        digest.end();
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.finish().as_deref(), Ok(sum));
        let mut cut = Digest::new(0, 4);
        cut.feed(b"abc");
        cut.end();
        assert!(cut.finish().is_err());
    }
}
