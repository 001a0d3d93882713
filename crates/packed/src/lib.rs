//! Packed files: gzip, zip and workbooks, unpacked as they come in.
//!
//! Owns what comes out of a packed file, what can go wrong with it, what is not looked at, and the limits. Must not know what the text inside
//! says. Every byte is hostile: no size that a file claims is believed before the bytes are there, nothing is recursive, and what is held at
//! once is bounded: a window of 64 KiB, a header, and of a workbook its packed bytes and its shared strings.

mod crc;
mod directory;
mod gzip;
mod inflate;
mod skip;
mod workbook;
mod zip;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod samples;

use gzip::Gzip;
pub use skip::Skip;
use workbook::Workbook;
use zip::Zip;

/// Most bytes that may come out of one file. More than the largest export that a browser has room for.
pub const MOST_BYTES: u64 = 16 << 30;
/// Most files inside one file. An export of that many parts is a mistake, or meant to be one.
pub const MOST_ENTRIES: usize = 10_000;
/// Most packed bytes of a workbook, which is read by its end and so held whole. Excel's million rows of clicks are a quarter of it.
pub const MOST_PACKED_WORKBOOK: usize = 256 << 20;
/// A byte that unpacks to more than this many, once `RATIO_FROM` bytes came out, is a trap. Deflate cannot say more than 1,032 for one.
pub const MOST_RATIO: u64 = 1_000;
/// Fewer bytes than this harm nobody, whatever they were packed to.
pub const RATIO_FROM: u64 = 64 << 20;

/// What comes out of a packed file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A file inside begins.
    Begin {
        /// Its path inside the archive, or the name of the sheet.
        name: &'a str,
    },
    /// Bytes of it, at most 64 KiB.
    Bytes(&'a [u8]),
    /// It ended.
    End {
        /// Why what came out is not the whole of it, or not surely. None when size and check sum held, or when the receiver wanted no more.
        trouble: Option<Trouble>,
    },
    /// A file inside that is not looked at.
    Skipped {
        /// Its path inside the archive.
        name: &'a str,
        /// Why.
        why: Skip,
    },
}

/// Takes what comes out; says whether more of the file at hand is wanted. Only the answers to `Begin` and `Bytes` count.
pub type Receiver<'r> = dyn FnMut(Event<'_>) -> bool + 'r;

/// What can go wrong with a packed file or with one file in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// It ends before its end.
    CutOff,
    /// What came out has another size or check sum than was put in.
    BadChecksum,
    /// It is not what its format says, and what is not.
    BadData(&'static str),
    /// It unpacks to more than anybody can mean.
    TooBig,
    /// A password is needed.
    Encrypted,
    /// It is packed by a method that is not known here, by its number.
    Method(u16),
    /// More files inside than `MOST_ENTRIES`.
    TooManyEntries,
}

impl Trouble {
    /// What it is and what to do, for a person.
    pub fn describe(&self) -> String {
        let text = match self {
            Trouble::CutOff => {
                "The packed file ends too early, it was cut off on its way: copy or download it again"
            }
            Trouble::BadChecksum => {
                "What came out does not match the check sum in the packed file, so some of it may be wrong: \
                 copy or download it again"
            }
            Trouble::BadData(what) => {
                return format!(
                    "The packed file cannot be read ({what}): export it again, or unpack it and open what is inside"
                );
            }
            Trouble::TooBig => {
                "The packed file unpacks to more than an export can be: if that is meant, unpack it and open what \
                 is inside in parts"
            }
            Trouble::Encrypted => {
                "The packed file is protected by a password: unpack it with the password and open what is inside"
            }
            Trouble::Method(method) => {
                let method = method_name(*method);
                return format!(
                    "The packed file is packed in a way that is not known here ({method}): unpack it and open what \
                     is inside"
                );
            }
            Trouble::TooManyEntries => {
                return format!(
                    "More than {MOST_ENTRIES} files are in the packed file: unpack it and open those that hold clicks"
                );
            }
        };
        text.into()
    }
}

/// What a method of packing is called (APPNOTE 6.3.10, 4.4.5).
fn method_name(method: u16) -> String {
    let name = match method {
        1 => "Shrink",
        6 => "Implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        98 => "PPMd",
        99 => "AES",
        _ => return format!("method {method}"),
    };
    name.into()
}

/// Unpacks one file that comes in pieces. Any split of its bytes gives the same events.
pub struct Unpacker {
    kind: Kind,
}

enum Kind {
    Gzip(Gzip),
    Zip(Zip),
    Workbook(Workbook),
}

impl Unpacker {
    /// For a file of that name whose first bytes are these: four at least where there are as many, and 4 KiB are enough to tell a workbook
    /// from another archive. None when it is not packed, or in a way that is not known.
    pub fn of(head: &[u8], name: &str) -> Option<Unpacker> {
        let kind = if gzip::begins(head) {
            Kind::Gzip(Gzip::new(name))
        } else if !zip::begins(head) {
            return None;
        } else if workbook::begins(head) {
            Kind::Workbook(Workbook::default())
        } else {
            Kind::Zip(Zip::default())
        };
        Some(Unpacker { kind })
    }

    /// Whether the files inside are sheets.
    pub const fn is_workbook(&self) -> bool {
        matches!(self.kind, Kind::Workbook(_))
    }

    /// Whether it is one file that was packed, not an archive of some.
    pub const fn is_one_file(&self) -> bool {
        matches!(self.kind, Kind::Gzip(_))
    }

    /// Takes a piece of the file. Where the receiver wants no more of a file inside, the rest of it is passed over and not checked.
    pub fn push(&mut self, piece: &[u8], out: &mut Receiver<'_>) {
        match &mut self.kind {
            Kind::Gzip(gzip) => gzip.push(piece, out),
            Kind::Zip(zip) => zip.push(piece, out),
            Kind::Workbook(workbook) => workbook.push(piece),
        }
    }

    /// The end of the file. What was given stays given.
    ///
    /// # Errors
    ///
    /// When it ends too early, when what follows some place in it could not be read, or when nothing came out of it for a reason other than
    /// that all of it was skipped.
    pub fn end(&mut self, out: &mut Receiver<'_>) -> Result<(), Trouble> {
        match &mut self.kind {
            Kind::Gzip(gzip) => gzip.end(out),
            Kind::Zip(zip) => zip.end(out),
            Kind::Workbook(workbook) => workbook.end(out),
        }
    }
}

/// Whether so much out of so little is a trap.
fn is_too_big(packed: u64, bytes: u64) -> bool {
    bytes > RATIO_FROM && bytes / MOST_RATIO > packed
}

/// The two bytes at a place, low byte first; zero where there are none.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |b| u16::from_le_bytes(*b))
}

/// The four bytes at a place, low byte first; zero where there are none.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b))
}

/// The eight bytes at a place, low byte first; zero where there are none.
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |b| u64::from_le_bytes(*b))
}

/// Moves bytes from the front of `piece` to the end of `held` until there are `want`; whether there are.
fn fill(held: &mut Vec<u8>, piece: &mut &[u8], want: usize) -> bool {
    let n = want.saturating_sub(held.len()).min(piece.len());
    let (head, rest) = piece.split_at(n);
    held.extend_from_slice(head);
    *piece = rest;
    held.len() >= want
}
