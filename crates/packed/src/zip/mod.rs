//! Zip, read from front to back while it comes in (APPNOTE 6.3.10).
//!
//! Owns the headers in front of each entry, the descriptors behind it, and where an entry ends. The list at the end of the archive is not
//! needed, and not read: reading by it is in `directory`. Must not know how bytes are inflated.

mod header;
mod search;
#[cfg(test)]
mod tests;

pub use header::{DEFLATED, STORED, widen};
use header::{DESCRIPTORS, Header, MARK_CENTRAL, MARK_LOCAL, MARK_SPLIT, MARK_SPLIT_ONE};
use search::{Search, Until};

use super::inflate::{Inflater, Progress};
use super::{Event, MOST_ENTRIES, Receiver, Skip, Trouble, fill, u32_at};

/// Bytes of an entry's header before its name.
pub const HEADER: usize = Header::FIXED;

/// Whether a file begins as an archive does: with an entry, with the end of an empty archive, or with the mark of one that was to be split.
pub fn begins(head: &[u8]) -> bool {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => true,
        [b'P', b'K', 7, 8, rest @ ..] | [b'P', b'K', b'0', b'0', rest @ ..] => {
            rest.starts_with(b"PK\x03\x04") || rest.is_empty()
        }
        _ => false,
    }
}

/// What is read next.
enum Part {
    /// The mark that says what follows; true at the very beginning.
    Mark(bool),
    /// An entry's header.
    Header,
    /// Packed bytes: those that are left where the size is known.
    Packed(Option<u64>),
    /// Bytes that are not packed, so many.
    Stored(u64),
    /// So many bytes that nobody looks at.
    Passed(u64),
    /// Bytes that nobody looks at, to where the next header follows.
    Searched(Search),
    /// Check sum and sizes behind an entry.
    Descriptor,
    /// Nothing any more.
    Over,
}

/// Unpacks zip.
pub struct Zip {
    part: Part,
    /// What is there of the part at hand.
    held: Vec<u8>,
    header: Header,
    /// Whether an entry began and its end was not said yet.
    is_open: bool,
    n_entries: usize,
    inflater: Inflater,
    /// Whether anything came out or was meant to be passed over.
    has_use: bool,
    /// The first trouble that there was in an entry.
    first: Option<Trouble>,
    /// Why it could not be followed to its end.
    lost: Option<Trouble>,
}

impl Default for Zip {
    fn default() -> Zip {
        Zip {
            part: Part::Mark(true),
            held: Vec::new(),
            header: Header::default(),
            is_open: false,
            n_entries: 0,
            inflater: Inflater::default(),
            has_use: false,
            first: None,
            lost: None,
        }
    }
}

impl Zip {
    /// Takes a piece.
    pub fn push(&mut self, mut piece: &[u8], out: &mut Receiver<'_>) {
        while !piece.is_empty() {
            self.step(&mut piece, out);
        }
    }

    /// The end of the file.
    pub fn end(&mut self, out: &mut Receiver<'_>) -> Result<(), Trouble> {
        if let Part::Descriptor = self.part {
            self.take_descriptor(Trouble::CutOff, out);
        }
        if let Part::Mark(is_first) = self.part
            && self.held.len() >= 4
        {
            self.take_mark(is_first, out);
        }
        if !matches!(self.part, Part::Over) {
            self.give_up(Trouble::CutOff, out);
        }
        match (self.lost, self.first) {
            (Some(lost), _) => Err(lost),
            (None, Some(first)) if !self.has_use => Err(first),
            _ => Ok(()),
        }
    }

    /// Reads some of the part at hand, or goes on to the next.
    fn step(&mut self, piece: &mut &[u8], out: &mut Receiver<'_>) {
        match &mut self.part {
            Part::Mark(is_first) => {
                let is_first = *is_first;
                if fill(&mut self.held, piece, 4) {
                    self.take_mark(is_first, out);
                }
            }
            Part::Header => {
                if fill(&mut self.held, piece, Header::FIXED) {
                    let whole = Header::size(&self.held);
                    if fill(&mut self.held, piece, whole) {
                        self.take_header(out);
                    }
                }
            }
            Part::Packed(_) => self.inflate(piece, out),
            Part::Stored(left) => {
                let (now, later) =
                    piece.split_at(piece.len().min(usize::try_from(*left).unwrap_or(usize::MAX)));
                *piece = later;
                *left -= now.len() as u64;
                let left = *left;
                let progress = self.inflater.copy(now, &mut |bytes| out(Event::Bytes(bytes)));
                match progress {
                    Progress::Unwanted => self.leave(left, out),
                    Progress::Failed(trouble) => self.give_up(trouble, out),
                    _ if left == 0 => self.check(out),
                    _ => {}
                }
            }
            Part::Passed(left) => {
                let n = piece.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                *piece = piece.get(n..).unwrap_or_default();
                *left -= n as u64;
                if *left == 0 {
                    self.passed();
                }
            }
            Part::Searched(search) => {
                if let Some(held) = search.push(piece) {
                    self.held = held;
                    self.part = Part::Mark(false);
                }
            }
            Part::Descriptor => {
                if fill(&mut self.held, piece, header::LONGEST_DESCRIPTOR + 4) {
                    self.take_descriptor(Trouble::BadData("no sizes behind an entry"), out);
                }
            }
            Part::Over => *piece = &[],
        }
    }

    fn take_mark(&mut self, is_first: bool, out: &mut Receiver<'_>) {
        match u32_at(&self.held, 0) {
            MARK_LOCAL => self.part = Part::Header,
            MARK_SPLIT | MARK_SPLIT_ONE if is_first => {
                self.held.clear();
                self.part = Part::Mark(false);
            }
            mark if MARK_CENTRAL.contains(&mark) => {
                // The list of all entries: what was to be read was read. Of an archive without any, this is all.
                self.part = Part::Over;
            }
            _ => self.give_up(Trouble::BadData("no entry where one should begin"), out),
        }
    }

    fn take_header(&mut self, out: &mut Receiver<'_>) {
        self.header = Header::read(&self.held);
        self.held.clear();
        self.n_entries += 1;
        if self.n_entries > MOST_ENTRIES {
            return self.give_up(Trouble::TooManyEntries, out);
        }
        let header = &self.header;
        if header.is_masked() {
            // Sizes and names are made up when the list of entries is encrypted (APPNOTE 6.3.10, 7.2.2).
            return self.give_up(Trouble::Encrypted, out);
        }
        if let Some(why) = header.skip() {
            self.has_use |= !matches!(why, Skip::Encrypted | Skip::Method(_) | Skip::StoredWithoutSize);
            let trouble = match why {
                Skip::Encrypted => Some(Trouble::Encrypted),
                Skip::Method(method) => Some(Trouble::Method(method)),
                _ => None,
            };
            self.first = self.first.or(trouble);
            out(Event::Skipped { name: &header.name, why });
            let until = if why == Skip::Folder { Until::CountedOrHere } else { Until::Counted };
            return self.pass(self.header.packed, 0, until);
        }
        self.inflater.begin();
        let (method, packed) = (header.method, header.packed);
        self.is_open = true;
        if !out(Event::Begin { name: &self.header.name }) {
            return self.leave(packed.unwrap_or_default(), out);
        }
        if method == STORED {
            self.part = Part::Stored(packed.unwrap_or_default());
            if packed.unwrap_or_default() == 0 {
                self.check(out);
            }
        } else {
            self.part = Part::Packed(packed);
            if packed == Some(0) {
                self.spoilt(Trouble::BadData("a packed entry without bytes"), 0, out);
            }
        }
    }

    fn inflate(&mut self, piece: &mut &[u8], out: &mut Receiver<'_>) {
        let Part::Packed(left) = &mut self.part else { return };
        let most = left.map_or(usize::MAX, |left| usize::try_from(left).unwrap_or(usize::MAX));
        let (mut now, later) = piece.split_at(piece.len().min(most));
        let offered = now.len();
        let progress = self.inflater.inflate(&mut now, &mut |bytes| out(Event::Bytes(bytes)));
        let used = offered - now.len();
        *piece = piece.get(used..).unwrap_or(later);
        if let Some(left) = left {
            *left -= used as u64;
        }
        let left = *left;
        match (progress, left) {
            (Progress::Hungry, Some(0)) => {
                self.spoilt(Trouble::BadData("a packed entry ends too early"), 0, out);
            }
            (Progress::Hungry, _) => {}
            (Progress::Done, None | Some(0)) => self.check(out),
            (Progress::Done, Some(left)) => {
                self.spoilt(Trouble::BadData("a packed entry ends before its end"), left, out);
            }
            (Progress::Unwanted, left) => self.leave(left.unwrap_or_default(), out),
            // A trap is not followed any further.
            (Progress::Failed(Trouble::TooBig), _) => self.give_up(Trouble::TooBig, out),
            (Progress::Failed(trouble), left) => self.spoilt(trouble, left.unwrap_or_default(), out),
        }
    }

    /// The bytes of an entry are all there: checks them now, or when the descriptor behind them is read.
    fn check(&mut self, out: &mut Receiver<'_>) {
        self.inflater.flush(&mut |bytes| out(Event::Bytes(bytes)));
        if self.header.has_descriptor {
            self.part = Part::Descriptor;
            return;
        }
        self.part = Part::Mark(false);
        let is_whole = self.header.sum == self.inflater.sum()
            && self.header.bytes.is_none_or(|n| n == self.inflater.bytes());
        self.close((!is_whole).then_some(Trouble::BadChecksum), out);
    }

    /// Reads the descriptor from what is held of it and of the mark behind it. It has a mark of its own or not, and sizes of four or eight
    /// bytes (APPNOTE 6.3.10, 4.3.9): it is the form whose sizes are those that were counted. Where there is none the trouble is this.
    fn take_descriptor(&mut self, otherwise: Trouble, out: &mut Receiver<'_>) {
        let (packed, bytes) = (self.inflater.packed(), self.inflater.bytes());
        let fits = |form: &header::Form| form.is_at(&self.held, packed, bytes);
        let followed = |form: &header::Form| form.is_followed(&self.held);
        let form = DESCRIPTORS
            .iter()
            .find(|form| fits(form) && followed(form))
            .or_else(|| DESCRIPTORS.iter().find(|form| fits(form)))
            .or_else(|| DESCRIPTORS.iter().find(|form| followed(form)));
        let Some(form) = form else {
            if header::is_mark(&self.held) {
                // None there, whatever the header says.
                self.header.has_descriptor = false;
                return self.check(out);
            }
            self.close(Some(otherwise), out);
            let (held, mut search) = (std::mem::take(&mut self.held), Search::new(packed, Until::Mark));
            let mut rest = held.as_slice();
            let found = search.push(&mut rest);
            self.part = found.map_or(Part::Searched(search), |_| Part::Mark(false));
            return self.held.extend_from_slice(rest);
        };
        let is_whole = fits(form) && form.sum(&self.held) == self.inflater.sum();
        self.held.drain(..form.size.min(self.held.len()));
        self.part = Part::Mark(false);
        self.close((!is_whole).then_some(Trouble::BadChecksum), out);
    }

    /// No more of the entry is wanted.
    fn leave(&mut self, left: u64, out: &mut Receiver<'_>) {
        self.has_use = true;
        self.close(None, out);
        self.pass_rest(left, Until::Counted);
    }

    /// Something is wrong inside the entry; the next one may be fine.
    fn spoilt(&mut self, trouble: Trouble, left: u64, out: &mut Receiver<'_>) {
        self.close(Some(trouble), out);
        self.pass_rest(left, Until::Mark);
    }

    /// Passes over what is left of the entry at hand.
    fn pass_rest(&mut self, left: u64, until: Until) {
        self.pass(self.header.packed.map(|_| left), self.inflater.packed(), until);
    }

    /// Passes over so many bytes, or to where the entry ends, when so many bytes of it are behind.
    fn pass(&mut self, left: Option<u64>, behind: u64, until: Until) {
        match left {
            Some(0) => self.passed(),
            Some(left) => self.part = Part::Passed(left),
            None => self.part = Part::Searched(Search::new(behind, until)),
        }
    }

    /// The bytes of an entry that nobody looks at are over.
    fn passed(&mut self) {
        self.part = match self.header.packed {
            // What is behind it has a size that only those who counted know.
            Some(packed) if self.header.has_descriptor => {
                Part::Searched(Search::new(packed, Until::CountedOrHere))
            }
            _ => Part::Mark(false),
        };
    }

    /// The archive cannot be followed from here on.
    fn give_up(&mut self, trouble: Trouble, out: &mut Receiver<'_>) {
        self.lost = Some(trouble);
        self.part = Part::Over;
        self.close(Some(trouble), out);
    }

    /// Gives what is left and says that the entry ended, if one began.
    fn close(&mut self, trouble: Option<Trouble>, out: &mut Receiver<'_>) {
        if !std::mem::replace(&mut self.is_open, false) {
            return;
        }
        self.inflater.flush(&mut |bytes| out(Event::Bytes(bytes)));
        self.has_use |= trouble.is_none() || self.inflater.bytes() > 0;
        self.first = self.first.or(trouble);
        out(Event::End { trouble });
    }
}
