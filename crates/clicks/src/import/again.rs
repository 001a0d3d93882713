//! A stretch of a file inside a packed one, unpacked a second time to show a record of it.
//!
//! Owns the way there: a packed file can only be read from its beginning. Must not know records.

use super::loader::HEAD;
use packed::{Event, Unpacker};

/// Most bytes that are kept. The longest record that is read at all is as long.
const MOST: usize = 8 << 20;

/// Unpacks up to a place, and keeps what follows it.
pub struct Again {
    name: String,
    /// First bytes, until there are enough to begin.
    head: Vec<u8>,
    unpacker: Option<Unpacker>,
    stretch: Stretch,
}

/// What is wanted of the files inside.
struct Stretch {
    /// How many files begin before the one that is wanted.
    place: usize,
    begun: usize,
    /// First byte that is wanted.
    from: u64,
    /// Bytes of the file at hand that came.
    came: u64,
    bytes: Vec<u8>,
    /// The file that is wanted has ended.
    ended: bool,
}

impl Again {
    pub(super) fn new(name: String, place: usize, from: u64) -> Again {
        let stretch = Stretch { place, begun: 0, from, came: 0, bytes: Vec::new(), ended: false };
        Again { name, head: Vec::new(), unpacker: None, stretch }
    }

    /// Takes the next piece of the packed file. Says whether more of it is needed.
    pub fn push(&mut self, piece: &[u8]) -> bool {
        match &mut self.unpacker {
            Some(unpacker) => {
                let stretch = &mut self.stretch;
                unpacker.push(piece, &mut |event| stretch.take(event));
            }
            None => {
                self.head.extend_from_slice(piece);
                if self.head.len() >= HEAD {
                    self.begin();
                }
            }
        }
        !self.stretch.is_done()
    }

    /// The packed file has ended.
    pub fn end(&mut self) {
        if self.unpacker.is_none() {
            self.begin();
        }
        if let Some(unpacker) = &mut self.unpacker {
            let stretch = &mut self.stretch;
            // What is wrong with the packed file was said when it was opened.
            unpacker.end(&mut |event| stretch.take(event)).ok();
        }
    }

    /// What stands from the place on, and whether it goes to the end of the file inside.
    pub fn found(&self) -> (&[u8], bool) {
        (&self.stretch.bytes, self.stretch.ended)
    }

    fn begin(&mut self) {
        let head = std::mem::take(&mut self.head);
        self.unpacker = Unpacker::of(&head, &self.name);
        if let Some(unpacker) = &mut self.unpacker {
            let stretch = &mut self.stretch;
            unpacker.push(&head, &mut |event| stretch.take(event));
        }
    }
}

impl Stretch {
    fn is_done(&self) -> bool {
        self.ended || self.bytes.len() >= MOST
    }

    fn take(&mut self, event: Event<'_>) -> bool {
        match event {
            Event::Begin { .. } => {
                self.begun += 1;
                self.came = 0;
            }
            Event::Bytes(bytes) if self.begun == self.place + 1 => {
                let skip = usize::try_from(self.from.saturating_sub(self.came)).unwrap_or(usize::MAX);
                self.came += bytes.len() as u64;
                if let Some(wanted) = bytes.get(skip..) {
                    let room = MOST.saturating_sub(self.bytes.len());
                    self.bytes.extend_from_slice(&wanted[..wanted.len().min(room)]);
                }
            }
            Event::End { .. } => self.ended |= self.begun == self.place + 1,
            Event::Bytes(_) | Event::Skipped { .. } => {}
        }
        // Files before it are unpacked as they were the first time, so that they are numbered alike.
        !self.is_done()
    }
}
