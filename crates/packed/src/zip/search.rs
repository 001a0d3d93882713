//! Where an entry ends whose size is not said before it.
//!
//! Owns the looking for it: a mark that can follow, and before it a descriptor that counts exactly the bytes that were passed. An archive inside
//! the entry has marks too, and descriptors, but those count other bytes.

use memchr::memmem;

use super::header::{DESCRIPTORS, LONGEST_DESCRIPTOR, is_mark};

/// Bytes kept of what was passed: a descriptor and all but one of a mark.
const KEPT: usize = LONGEST_DESCRIPTOR + 3;

/// What is taken for the end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A mark behind a descriptor that counts what was passed.
    Counted,
    /// The same, or a mark right here.
    CountedOrHere,
    /// Any mark: what is passed is packed, and has none but by chance.
    Mark,
}

/// Looks for the end of an entry.
pub struct Search {
    /// The last bytes that were passed.
    kept: Vec<u8>,
    /// Bytes of the entry that were passed before those.
    before: u64,
    until: Until,
}

impl Search {
    /// Of an entry so many bytes of which are behind.
    pub fn new(behind: u64, until: Until) -> Search {
        Search { kept: Vec::new(), before: behind, until }
    }

    /// Takes a piece. When the end is in it, `piece` is left with what follows, and what follows of the bytes before is returned.
    pub fn push(&mut self, piece: &mut &[u8]) -> Option<Vec<u8>> {
        let n_kept = self.kept.len();
        self.kept.extend_from_slice(piece);
        let bytes = std::mem::take(&mut self.kept);
        let place = memmem::find_iter(&bytes, b"PK").find(|place| self.is_end(&bytes, *place));
        if let Some(place) = place {
            *piece = piece.get(place.saturating_sub(n_kept)..).unwrap_or_default();
            return Some(bytes.get(place..n_kept).unwrap_or_default().to_vec());
        }
        *piece = &[];
        let (passed, kept) = bytes.split_at(bytes.len().saturating_sub(KEPT));
        self.before += passed.len() as u64;
        if self.until == Until::CountedOrHere && !passed.is_empty() {
            self.until = Until::Counted;
        }
        self.kept = kept.to_vec();
        None
    }

    fn is_end(&self, bytes: &[u8], place: usize) -> bool {
        let (before, after) = bytes.split_at(place);
        let is_free = self.until == Until::Mark || place == 0 && self.until == Until::CountedOrHere;
        is_mark(after) && (is_free || DESCRIPTORS.iter().any(|form| self.ends(form, before)))
    }

    fn ends(&self, form: &super::header::Form, before: &[u8]) -> bool {
        before.len().checked_sub(form.size).is_some_and(|start| {
            let descriptor = before.get(start..).unwrap_or_default();
            form.has_packed(descriptor, self.before + start as u64)
        })
    }
}
