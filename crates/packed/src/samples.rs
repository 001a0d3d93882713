//! Packed files made on the spot, and what comes out of them. For tests alone.

use miniz_oxide::deflate::compress_to_vec;

use super::crc::Crc;
use super::inflate::PIECE;
use super::{Event, Skip, Trouble, Unpacker};

/// What came out of a file.
#[derive(Clone, Debug, Default)]
pub struct Log {
    pub items: Vec<Item>,
    /// The size of each piece.
    pub pieces: Vec<usize>,
    pub result: Option<Result<(), Trouble>>,
}

/// One file inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    File { name: String, bytes: Vec<u8>, end: Option<Option<Trouble>> },
    Skipped { name: String, why: Skip },
}

impl PartialEq for Log {
    fn eq(&self, other: &Log) -> bool {
        self.items == other.items && self.result == other.result
    }
}

impl Log {
    pub fn new() -> Log {
        Log::default()
    }

    pub fn file(mut self, name: &str, bytes: &[u8], trouble: Option<Trouble>) -> Log {
        self.items.push(Item::File { name: name.into(), bytes: bytes.into(), end: Some(trouble) });
        self
    }

    pub fn skipped(mut self, name: &str, why: Skip) -> Log {
        self.items.push(Item::Skipped { name: name.into(), why });
        self
    }

    pub fn ended(mut self, result: Result<(), Trouble>) -> Log {
        self.result = Some(result);
        self
    }

    /// All bytes of all files.
    pub fn bytes(&self) -> Vec<u8> {
        let bytes =
            |item: &Item| if let Item::File { bytes, .. } = item { bytes.clone() } else { Vec::new() };
        self.items.iter().flat_map(bytes).collect()
    }

    fn take(&mut self, event: Event<'_>) {
        let is_open = matches!(self.items.last(), Some(Item::File { end: None, .. }));
        match (event, self.items.last_mut()) {
            (Event::Begin { name }, _) if !is_open => {
                self.items.push(Item::File { name: name.into(), bytes: Vec::new(), end: None });
            }
            (Event::Skipped { name, why }, _) if !is_open => {
                self.items.push(Item::Skipped { name: name.into(), why });
            }
            (Event::Bytes(new), Some(Item::File { bytes, end: None, .. })) => {
                assert!((1..=PIECE).contains(&new.len()));
                self.pieces.push(new.len());
                bytes.extend_from_slice(new);
            }
            (Event::End { trouble }, Some(Item::File { end: end @ None, .. })) => *end = Some(trouble),
            (event, _) => panic!("{event:?} in the wrong place"),
        }
    }
}

/// What comes out of a file of that name in pieces of that size.
pub fn log_of(packed: &[u8], name: &str, size: usize) -> Log {
    let mut log = Log::default();
    let mut unpacker = Unpacker::of(packed, name).expect("packed");
    packed.chunks(size).for_each(|piece| {
        unpacker.push(piece, &mut |event| {
            log.take(event);
            true
        });
    });
    let result = unpacker.end(&mut |event| {
        log.take(event);
        true
    });
    assert!(!matches!(log.items.last(), Some(Item::File { end: None, .. })), "a file without end");
    log.ended(result)
}

/// Numbers that look random and are the same every time (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end.max(1)
    }
}

/// Text that packs to about a third.
pub fn random_text(seed: u64, size: usize) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut text = Vec::new();
    while text.len() < size {
        text.extend_from_slice(
            format!(
                "2026-05-04T09:12:{:02},https://example.net/{:x}\n",
                random.below(60),
                random.next() >> 40
            )
            .as_bytes(),
        );
    }
    text.truncate(size);
    text
}

pub fn gzip(text: &[u8]) -> Vec<u8> {
    gzip_with(text, 0, b"")
}

/// With these flags set and what they announce in the header.
pub fn gzip_with(text: &[u8], flags: u8, extra: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255];
    let parts: [(u8, &[u8]); 4] = [(4, extra), (8, b"a\xe9.csv\0"), (16, b"a comment\0"), (2, b"??")];
    for (flag, part) in parts {
        if flags & flag != 0 {
            if flag == 4 {
                out.extend_from_slice(&(part.len() as u16).to_le_bytes());
            }
            out.extend_from_slice(part);
        }
    }
    out.extend(compress_to_vec(text, 6));
    out.extend_from_slice(&Crc::of(text).to_le_bytes());
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out
}

/// How an entry of an archive is written.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub method: u16,
    pub flags: u16,
    /// Whether the descriptor behind it, if there is one, has a mark and long sizes.
    pub has_mark: bool,
    pub is_long: bool,
    /// Whether the header has its sizes in the extra field.
    pub is_zip64: bool,
}

pub const DEFLATED: Way = Way { method: 8, flags: 0, has_mark: false, is_long: false, is_zip64: false };
pub const STORED: Way = Way { method: 0, ..DEFLATED };
pub const STREAMED: Way = Way { flags: 8, has_mark: true, ..DEFLATED };

/// Every way that is read.
pub fn ways() -> Vec<Way> {
    let mut ways =
        vec![DEFLATED, STORED, Way { is_zip64: true, ..DEFLATED }, Way { is_zip64: true, ..STORED }];
    for has_mark in [false, true] {
        for is_long in [false, true] {
            ways.push(Way { has_mark, is_long, is_zip64: is_long, ..STREAMED });
        }
    }
    ways
}

/// An archive being written.
#[derive(Clone, Default)]
pub struct Archive {
    pub bytes: Vec<u8>,
    list: Vec<u8>,
    n: u16,
}

impl Archive {
    pub fn entry(mut self, name: &str, text: &[u8], way: Way) -> Archive {
        let packed = if way.method == 8 { compress_to_vec(text, 6) } else { text.to_vec() };
        let is_streamed = way.flags & 8 != 0;
        let (sum, sizes) = (Crc::of(text), [packed.len() as u64, text.len() as u64]);
        let at = self.bytes.len() as u32;
        let mut extra = b"\x99\x99\x02\0xx".to_vec();
        if way.is_zip64 {
            let sizes = if is_streamed { [0, 0] } else { sizes };
            extra.extend_from_slice(&[1, 0, 16, 0]);
            extra.extend_from_slice(&sizes[1].to_le_bytes());
            extra.extend_from_slice(&sizes[0].to_le_bytes());
        }
        let head = |is_list: bool| {
            let mut head = Vec::new();
            let (sum, sizes) = if is_streamed && !is_list { (0, [0, 0]) } else { (sum, sizes) };
            head.extend([20, 0]);
            head.extend(way.flags.to_le_bytes());
            head.extend(way.method.to_le_bytes());
            head.extend([0; 4]);
            head.extend(sum.to_le_bytes());
            for size in sizes {
                let size = if way.is_zip64 && !is_list { u32::MAX } else { size as u32 };
                head.extend(size.to_le_bytes());
            }
            head.extend((name.len() as u16).to_le_bytes());
            head.extend(if is_list { 0 } else { extra.len() as u16 }.to_le_bytes());
            head
        };
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(head(false));
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&extra);
        self.bytes.extend(&packed);
        if is_streamed {
            if way.has_mark {
                self.bytes.extend(b"PK\x07\x08");
            }
            self.bytes.extend(sum.to_le_bytes());
            for size in sizes {
                let size = size.to_le_bytes();
                self.bytes.extend(if way.is_long { &size[..] } else { &size[..4] });
            }
        }
        self.list.extend(b"PK\x01\x02\x14\0");
        self.list.extend(head(true));
        self.list.extend([0; 10]);
        self.list.extend(at.to_le_bytes());
        self.list.extend(name.as_bytes());
        self.n += 1;
        self
    }

    pub fn end(mut self) -> Vec<u8> {
        let at = self.bytes.len() as u32;
        self.bytes.extend(&self.list);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.n.to_le_bytes());
        self.bytes.extend(self.n.to_le_bytes());
        self.bytes.extend((self.list.len() as u32).to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

/// A workbook with two sheets of clicks, a chart, a date, a shared text.
pub fn workbook() -> Vec<u8> {
    workbook_with(&[])
}

/// The same with some parts replaced, or left out where they are empty.
pub fn workbook_with(replaced: &[(&str, &str)]) -> Vec<u8> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships><Relationship Id='r1' Type='{KIND}/worksheet' Target='worksheets/one.xml'/>\
         <Relationship Id='r2' Type='{KIND}/worksheet' Target='/xl/worksheets/two.xml'/>\
         <Relationship Id='r3' Type='{KIND}/chartsheet' Target='charts/c.xml'/>\
         <Relationship Id='r4' Type='{KIND}/styles' Target='../xl/./styles.xml'/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Type='{KIND}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    );
    let parts = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &root),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='x'><sheets><sheet name='Clicks &amp; more' sheetId='7' r:id='r2'/>\
             <sheet name='Chart' r:id='r3'/><sheet name='Hidden' state='hidden' r:id='r1'/></sheets></workbook>",
        ),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/sharedStrings.xml", "<sst><si><t>Time</t></si><si><r><t>Ur</t></r><r><t>l</t></r></si></sst>"),
        (
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs></styleSheet>",
        ),
        (
            "xl/worksheets/one.xml",
            "<worksheet><sheetData><row><c><v>1.50</v></c></row></sheetData></worksheet>",
        ),
        (
            "xl/worksheets/two.xml",
            "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>\
             <row r='3'><c r='A3' s='1'><v>46146.38371527778</v></c><c r='B3' t='inlineStr'><is><t>https://a.example/?q=&quot;</t>\
             </is></c></row></sheetData></worksheet>",
        ),
    ];
    let mut archive = Archive::default();
    for (name, part) in parts {
        let part = replaced.iter().find(|(other, _)| *other == name).map_or(part, |(_, part)| *part);
        if !part.is_empty() {
            archive = archive.entry(name, part.as_bytes(), DEFLATED);
        }
    }
    archive.end()
}

/// What comes out of `workbook`.
pub fn workbook_log() -> Log {
    Log::new()
        .file("Clicks & more", b"Time,Url\n\n2026-05-04T09:12:33,\"https://a.example/?q=\"\"\"\n", None)
        .skipped("Chart", Skip::NotText)
        .file("Hidden", b"1.50\n", None)
        .ended(Ok(()))
}
