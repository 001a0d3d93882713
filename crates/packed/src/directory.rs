//! Zip, read by the list of entries at its end, for a file that is there as a whole (APPNOTE 6.3.10, 4.3.12 to 4.3.16).
//!
//! Owns the list and the way to one entry. Must not know what entries mean. Nothing is copied out of the file: names and packed bytes are
//! where they are.

use memchr::memmem;

use super::inflate::{Inflater, Progress};
use super::zip::{DEFLATED, STORED, widen};
use super::{MOST_ENTRIES, Trouble, u16_at, u32_at, u64_at};

const MARK_LOCAL: u32 = 0x0403_4b50;
const MARK_ENTRY: u32 = 0x0201_4b50;
const MARK_END: &[u8] = b"PK\x05\x06";
const MARK_LONG_END: u32 = 0x0606_4b50;
const MARK_LOCATOR: u32 = 0x0706_4b50;
/// Bytes of the end, without the comment, which is at most 65,535 bytes long.
const END: usize = 22;
const MOST_END: usize = END + 0xffff;

/// An entry as the list has it.
pub struct Entry<'f> {
    pub name: &'f [u8],
    is_encrypted: bool,
    method: u16,
    sum: u32,
    packed: u64,
    bytes: u64,
    at: u64,
}

/// The list of an archive.
pub struct Directory<'f> {
    file: &'f [u8],
    entries: Vec<Entry<'f>>,
}

impl<'f> Directory<'f> {
    /// Reads the list.
    pub fn read(file: &'f [u8]) -> Result<Directory<'f>, Trouble> {
        let tail = file.len().saturating_sub(MOST_END);
        let end = memmem::rfind_iter(file.get(tail..).unwrap_or_default(), MARK_END)
            .map(|place| tail + place)
            .find(|place| place + END <= file.len())
            .ok_or(Trouble::CutOff)?;
        let mut at = u64::from(u32_at(file, end + 16));
        if let Some(long) = long_end(file, end) {
            at = u64_at(file, long + 48);
        }
        let mut at = usize::try_from(at).unwrap_or(usize::MAX);
        let mut entries = Vec::new();
        while let Some(rest) = file.get(at..).filter(|rest| u32_at(rest, 0) == MARK_ENTRY) {
            if entries.len() == MOST_ENTRIES {
                return Err(Trouble::TooManyEntries);
            }
            let (entry, size) = entry(rest);
            entries.push(entry);
            at += size;
        }
        if entries.is_empty() && u16_at(file, end + 10) != 0 {
            return Err(Trouble::BadData("no list of files where one should be"));
        }
        Ok(Directory { file, entries })
    }

    /// The entry of that name, in capitals or not, as names of parts are compared (ECMA-376 part 2, 6.2.2.3).
    pub fn find(&self, name: &str) -> Option<&Entry<'f>> {
        let same = |a: u8, b: u8| a.eq_ignore_ascii_case(&b) || (a == b'\\' && b == b'/');
        self.entries.iter().find(|entry| {
            let found = entry.name.strip_prefix(b"/").unwrap_or(entry.name);
            found.len() == name.len() && found.iter().zip(name.bytes()).all(|(a, b)| same(*a, b))
        })
    }

    /// Unpacks an entry into `sink` for as long as that wants more, and checks it when it was wanted as a whole.
    pub fn unpack(
        &self,
        entry: &Entry<'f>,
        inflater: &mut Inflater,
        sink: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<(), Trouble> {
        if entry.is_encrypted {
            return Err(Trouble::Encrypted);
        }
        let mut packed = self.packed(entry).ok_or(Trouble::BadData("a file in it lies outside of it"))?;
        inflater.begin();
        let progress = match entry.method {
            STORED => inflater.copy(packed, sink),
            DEFLATED => inflater.inflate(&mut packed, sink),
            method => return Err(Trouble::Method(method)),
        };
        match progress {
            Progress::Unwanted => return Ok(()),
            Progress::Failed(trouble) => return Err(trouble),
            Progress::Hungry | Progress::Done => {}
        }
        if !inflater.flush(sink) {
            return Ok(());
        }
        if progress == Progress::Hungry && entry.method == DEFLATED {
            return Err(Trouble::BadData("a file in it ends too early"));
        }
        let is_whole = inflater.sum() == entry.sum && inflater.bytes() == entry.bytes;
        if is_whole { Ok(()) } else { Err(Trouble::BadChecksum) }
    }

    fn packed(&self, entry: &Entry<'f>) -> Option<&'f [u8]> {
        let header = self.file.get(usize::try_from(entry.at).ok()?..)?;
        if u32_at(header, 0) != MARK_LOCAL {
            return None;
        }
        let size = 30 + usize::from(u16_at(header, 26)) + usize::from(u16_at(header, 28));
        header.get(size..)?.get(..usize::try_from(entry.packed).ok()?)
    }
}

/// Where the end with 64 bits is, when there is one (4.3.14, 4.3.15).
fn long_end(file: &[u8], end: usize) -> Option<usize> {
    let locator = end.checked_sub(20).filter(|at| u32_at(file, *at) == MARK_LOCATOR)?;
    let long = usize::try_from(u64_at(file, locator + 8)).ok()?;
    file.get(long..).is_some_and(|rest| rest.len() >= 56 && u32_at(rest, 0) == MARK_LONG_END).then_some(long)
}

/// One entry of the list, and its size there (4.3.12).
fn entry(bytes: &[u8]) -> (Entry<'_>, usize) {
    let (n_name, n_extra) = (usize::from(u16_at(bytes, 28)), usize::from(u16_at(bytes, 30)));
    let rest = bytes.get(46..).unwrap_or_default();
    let (name, rest) = rest.split_at_checked(n_name).unwrap_or_default();
    let extra = rest.get(..n_extra).unwrap_or_default();
    let mut values = [u32_at(bytes, 24), u32_at(bytes, 20), u32_at(bytes, 42)].map(u64::from);
    widen(&mut values, extra);
    let [bytes_out, packed, at] = values;
    let entry = Entry {
        name,
        is_encrypted: u16_at(bytes, 8) & 1 != 0,
        method: u16_at(bytes, 10),
        sum: u32_at(bytes, 16),
        packed,
        bytes: bytes_out,
        at,
    };
    (entry, 46 + n_name + n_extra + usize::from(u16_at(bytes, 32)))
}
