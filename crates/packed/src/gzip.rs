//! Gzip: one file, packed (RFC 1952).
//!
//! Owns header and trailer of its members; several members one after the other are one file. Must not know how bytes are inflated.

use super::inflate::{Inflater, Progress};
use super::{Event, Receiver, Skip, Trouble, fill, u16_at, u32_at};

/// Whether a file begins as gzip does: two marks, then deflate, the only method there is (RFC 1952, 2.3.1).
pub fn begins(head: &[u8]) -> bool {
    head.starts_with(MEMBER)
}

const MEMBER: &[u8] = &[0x1f, 0x8b, 8];
/// Flags of a member.
const HEADER_SUM: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0b1110_0000;
const OTHER_FOLLOWS: Trouble = Trouble::BadData("something else follows the gzip data");
/// More of a name than this is not kept.
const LONGEST_NAME: usize = 1024;

/// What is read next.
#[derive(Clone, Copy)]
enum Part {
    /// The ten bytes that every member begins with.
    Fixed,
    /// How many bytes of extra field there are.
    ExtraSize,
    /// So many bytes of extra field.
    Extra(usize),
    /// The name, ended by a zero.
    Name,
    /// The comment, ended by a zero.
    Comment,
    /// The check sum of the header: not looked at, for nothing in the header but the name is used.
    HeaderSum,
    Body,
    /// Check sum and size.
    Trailer,
    /// Zeros that fill up, or another member.
    Between,
    /// Nothing any more.
    Over,
}

/// Unpacks gzip.
pub struct Gzip {
    part: Part,
    /// What is there of the part at hand.
    held: Vec<u8>,
    flags: u8,
    /// The name by the outer file, then by the header.
    name: String,
    has_begun: bool,
    /// Whether the end was said or is not to be.
    is_closed: bool,
    /// Bytes that had come out before this member.
    before: u64,
    inflater: Inflater,
    trouble: Option<Trouble>,
}

impl Gzip {
    /// For a file of that name.
    pub fn new(outer: &str) -> Gzip {
        let ending = |ending: &str| {
            let (name, end) = outer.split_at_checked(outer.len().checked_sub(ending.len())?)?;
            (end.eq_ignore_ascii_case(ending) && !name.is_empty()).then_some(name)
        };
        let name = match (ending(".gz"), ending(".tgz")) {
            (Some(name), _) => name.to_owned(),
            (_, Some(name)) => format!("{name}.tar"),
            _ => outer.to_owned(),
        };
        Gzip {
            part: Part::Fixed,
            held: Vec::new(),
            flags: 0,
            name,
            has_begun: false,
            is_closed: false,
            before: 0,
            inflater: Inflater::default(),
            trouble: None,
        }
    }

    /// Takes a piece.
    pub fn push(&mut self, mut piece: &[u8], out: &mut Receiver<'_>) {
        while !piece.is_empty() {
            self.step(&mut piece, out);
        }
    }

    /// The end of the file.
    pub fn end(&mut self, out: &mut Receiver<'_>) -> Result<(), Trouble> {
        let is_other = self.has_begun && matches!(self.part, Part::Fixed) && !self.held_may_be_member();
        let is_cut = !is_other && !matches!(self.part, Part::Between | Part::Over);
        if is_other {
            self.trouble = Some(OTHER_FOLLOWS);
        } else if is_cut {
            self.trouble = Some(Trouble::CutOff);
        }
        self.close(out);
        match self.trouble {
            Some(trouble) if is_cut || self.inflater.bytes() == 0 => Err(trouble),
            _ => Ok(()),
        }
    }

    /// Reads some of the part at hand, or goes on to the next.
    fn step(&mut self, piece: &mut &[u8], out: &mut Receiver<'_>) {
        match self.part {
            Part::Fixed => {
                if fill(&mut self.held, piece, 10) {
                    let is_member = begins(&self.held);
                    self.flags = self.held.get(3).copied().unwrap_or_default();
                    self.held.clear();
                    if is_member && self.flags & RESERVED == 0 {
                        self.after(0, out);
                    } else if self.has_begun {
                        self.fail(OTHER_FOLLOWS, out);
                    } else {
                        self.fail(Trouble::BadData("no gzip header"), out);
                    }
                }
            }
            Part::ExtraSize => {
                if fill(&mut self.held, piece, 2) {
                    self.part = Part::Extra(u16_at(&self.held, 0).into());
                    self.held.clear();
                    self.skip_extra(piece, out);
                }
            }
            Part::Extra(_) => self.skip_extra(piece, out),
            Part::Name | Part::Comment => self.take_text(piece, out),
            Part::HeaderSum => {
                if fill(&mut self.held, piece, 2) {
                    self.held.clear();
                    self.after(HEADER_SUM, out);
                }
            }
            Part::Body => self.inflate(piece, out),
            Part::Trailer => {
                if fill(&mut self.held, piece, 8) {
                    let bytes = self.inflater.bytes() - self.before;
                    let (sum, size) = (u32_at(&self.held, 0), u32_at(&self.held, 4));
                    if sum != self.inflater.sum() || size != bytes as u32 {
                        self.trouble = Some(Trouble::BadChecksum);
                    }
                    self.held.clear();
                    self.part = Part::Between;
                }
            }
            Part::Between => {
                let zeros = piece.iter().take_while(|byte| **byte == 0).count();
                *piece = piece.get(zeros..).unwrap_or_default();
                if !piece.is_empty() {
                    self.part = Part::Fixed;
                }
            }
            Part::Over => *piece = &[],
        }
    }

    fn held_may_be_member(&self) -> bool {
        self.held.iter().zip(MEMBER).all(|(byte, mark)| byte == mark)
    }

    /// Goes on to the first part after the one with this flag that the member has.
    fn after(&mut self, flag: u8, out: &mut Receiver<'_>) {
        let later = [
            (EXTRA, Part::ExtraSize),
            (NAME, Part::Name),
            (COMMENT, Part::Comment),
            (HEADER_SUM, Part::HeaderSum),
        ];
        let place = later.iter().position(|(other, _)| *other == flag).map_or(0, |place| place + 1);
        let next = later.iter().skip(place).find(|(other, _)| self.flags & other != 0);
        self.part = next.map_or(Part::Body, |(_, part)| *part);
        if matches!(self.part, Part::Body) {
            self.begin(out);
        }
    }

    fn skip_extra(&mut self, piece: &mut &[u8], out: &mut Receiver<'_>) {
        let Part::Extra(left) = self.part else { return };
        let n = left.min(piece.len());
        *piece = piece.get(n..).unwrap_or_default();
        self.part = Part::Extra(left - n);
        if left == n {
            self.after(EXTRA, out);
        }
    }

    /// Name or comment, to the zero that ends it.
    fn take_text(&mut self, piece: &mut &[u8], out: &mut Receiver<'_>) {
        let end = memchr::memchr(0, piece);
        let text = piece.get(..end.unwrap_or(piece.len())).unwrap_or_default();
        self.held.extend(text.iter().take(LONGEST_NAME.saturating_sub(self.held.len())));
        *piece = piece.get(text.len() + 1..).unwrap_or_default();
        if end.is_none() {
            return;
        }
        let text = std::mem::take(&mut self.held);
        if matches!(self.part, Part::Name) {
            if !self.has_begun && !text.is_empty() {
                self.name = name_of(text);
            }
            self.after(NAME, out);
        } else {
            self.after(COMMENT, out);
        }
    }

    /// The header is read: the first one says that a file begins.
    fn begin(&mut self, out: &mut Receiver<'_>) {
        self.before = self.inflater.bytes();
        self.inflater.begin_stream();
        if std::mem::replace(&mut self.has_begun, true) {
            return;
        }
        // Only a tar is what people make of several files; any other ending may be anything.
        if self.name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("tar")) {
            out(Event::Skipped { name: &self.name, why: Skip::NestedArchive });
            (self.is_closed, self.part) = (true, Part::Over);
        } else if !out(Event::Begin { name: &self.name }) {
            self.leave(out);
        }
    }

    fn inflate(&mut self, piece: &mut &[u8], out: &mut Receiver<'_>) {
        match self.inflater.inflate(piece, &mut |bytes| out(Event::Bytes(bytes))) {
            Progress::Hungry => {}
            Progress::Done => self.part = Part::Trailer,
            Progress::Unwanted => self.leave(out),
            Progress::Failed(trouble) => self.fail(trouble, out),
        }
    }

    /// No more of it is wanted.
    fn leave(&mut self, out: &mut Receiver<'_>) {
        self.trouble = None;
        self.part = Part::Over;
        self.close(out);
    }

    /// It cannot go on.
    fn fail(&mut self, trouble: Trouble, out: &mut Receiver<'_>) {
        self.trouble = Some(trouble);
        self.part = Part::Over;
        self.close(out);
    }

    /// Gives what is left and says that the file ended, if it began.
    fn close(&mut self, out: &mut Receiver<'_>) {
        if std::mem::replace(&mut self.is_closed, true) || !self.has_begun {
            return;
        }
        self.inflater.flush(&mut |bytes| out(Event::Bytes(bytes)));
        out(Event::End { trouble: self.trouble });
    }
}

/// The name in a header: UTF-8 as everybody writes it, or Latin-1 as the format has it (RFC 1952, 2.3.1).
fn name_of(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|e| e.into_bytes().into_iter().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{Log, gzip, gzip_with, log_of, random_text};
    use super::super::{Unpacker, inflate::PIECE};
    use super::*;

    #[test]
    fn gzip_header_with_every_flag_is_read_over() {
        let text = b"Time,Url\n";
        let extra = b"\x04\0abcd".as_slice();
        for flags in 0..32u8 {
            let packed = gzip_with(text, flags, extra);
            let name = if flags & NAME != 0 { "a\u{e9}.csv" } else { "outer.csv" };
            let expected = Log::new().file(name, text, None).ended(Ok(()));
            for size in 1..64 {
                assert_eq!(
                    log_of(&packed, "outer.csv.gz", size),
                    expected,
                    "flags {flags}, pieces of {size}"
                );
            }
        }
    }

    #[test]
    fn gzip_members_one_after_the_other_are_one_file() {
        let (one, two) = (random_text(1, 100_000), random_text(2, 50_000));
        let mut packed = [gzip(&one), gzip(b""), vec![0; 5], gzip(&two), vec![0; 700]].concat();
        let whole = [one, two].concat();
        let expected = Log::new().file("x.json", &whole, None).ended(Ok(()));
        for size in (1..64).chain([1000, PIECE, 10 << 20]) {
            assert_eq!(log_of(&packed, "x.json.gz", size), expected, "pieces of {size}");
        }
        packed.extend_from_slice(b"something else");
        let log = log_of(&packed, "x.json.gz", 100);
        assert_eq!(log, Log::new().file("x.json", &whole, Some(OTHER_FOLLOWS)).ended(Ok(())));
        packed.truncate(packed.len() - 13);
        let log = log_of(&packed, "x.json.gz", 100);
        assert_eq!(log, Log::new().file("x.json", &whole, Some(OTHER_FOLLOWS)).ended(Ok(())));
    }

    #[test]
    fn gzip_cut_anywhere_gives_what_was_there() {
        let text = random_text(3, 5_000);
        let packed = gzip(&text);
        for end in 3..packed.len() {
            let log = log_of(&packed[..end], "x.gz", 64);
            assert_eq!(log.result, Some(Err(Trouble::CutOff)), "cut at {end}");
            assert!(text.starts_with(&log.bytes()));
        }
        assert!(log_of(&packed[..packed.len() - 8], "x.gz", 64).bytes() == text);
    }

    #[test]
    fn gzip_wrong_sum_or_size_is_said_at_the_end() {
        let text = random_text(4, 5_000);
        for back in 1..9 {
            let mut packed = gzip(&text);
            let place = packed.len() - back;
            packed[place] ^= 1;
            let expected = Log::new().file("x", &text, Some(Trouble::BadChecksum)).ended(Ok(()));
            assert_eq!(log_of(&packed, "x.gz", 1000), expected);
        }
    }

    #[test]
    fn gzip_bad_from_the_first_byte_on_fails() {
        let packed = [&gzip(b"")[..10], &[0xff; 20]].concat();
        let bad = Trouble::BadData("the packed bytes make no sense");
        assert_eq!(log_of(&packed, "x.gz", 3), Log::new().file("x", b"", Some(bad)).ended(Err(bad)));
    }

    #[test]
    fn gzip_of_a_tar_is_named_and_not_opened() {
        for name in ["logs.tgz", "logs.tar.gz"] {
            let log = log_of(&gzip(b"whatever"), name, 5);
            assert_eq!(log, Log::new().skipped("logs.tar", Skip::NestedArchive).ended(Ok(())));
        }
    }

    #[test]
    fn gzip_no_longer_wanted_ends_at_once() {
        let packed = gzip(&random_text(5, 300_000));
        for size in [1, 10, 1000, 1 << 20] {
            let mut unpacker = Unpacker::of(&packed, "x.gz").expect("gzip");
            let (mut pieces, mut ends) = (0, 0);
            let mut take = |event: Event<'_>| match event {
                Event::Bytes(bytes) => {
                    assert_eq!(bytes.len(), PIECE);
                    pieces += 1;
                    pieces < 2
                }
                Event::End { trouble } => {
                    assert_eq!(trouble, None);
                    ends += 1;
                    true
                }
                _ => true,
            };
            packed.chunks(size).for_each(|piece| unpacker.push(piece, &mut take));
            assert_eq!(unpacker.end(&mut take), Ok(()));
            assert_eq!((pieces, ends), (2, 1), "pieces of {size}");
        }
    }
}
