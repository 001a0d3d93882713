//! What nobody should send: bytes at random, archives with bytes changed, cut or repeated. Nothing may fail, hang or depend on the split.

use super::samples::{Archive, Log, Random, gzip, gzip_with, log_of, random_text, ways, workbook};
use super::{Unpacker, inflate::PIECE};

/// The same events, pieces included, whole and in pieces.
fn check(packed: &[u8], name: &str, size: usize) {
    let (whole, split) = (log_of(packed, name, usize::MAX), log_of(packed, name, size));
    assert_eq!(whole, split, "pieces of {size}");
    assert_eq!(whole.pieces, split.pieces, "pieces of {size}");
}

fn archives() -> Vec<Vec<u8>> {
    let text = random_text(9, 700);
    let mut archive = Archive::default();
    for way in ways() {
        archive = archive.entry("a.csv", &text, way).entry("x.png", &text, way);
    }
    let inner = Archive::default().entry("inner.csv", &text, ways()[0]).end();
    let unknown =
        archive.clone().entry("inner.zip", &inner, super::samples::STREAMED).entry("b.csv", &text, ways()[1]);
    vec![
        [gzip_with(&text, 30, b"extra"), gzip(&text), vec![0; 9]].concat(),
        gzip(&random_text(8, 3 * PIECE)),
        archive.end(),
        unknown.end(),
        workbook(),
    ]
}

#[test]
fn unpacker_any_split_gives_the_same_events() {
    for packed in archives() {
        for size in (1..64).chain([100, 1_000, 4_096]) {
            check(&packed, "export", size);
        }
    }
}

#[test]
fn unpacker_changed_archives_never_panic_and_do_not_depend_on_the_split() {
    let archives = archives();
    let mut random = Random::new(1);
    for round in 0..20_000 {
        let mut packed = archives[round % archives.len()].clone();
        for _ in 0..=random.below(4) {
            let place = random.below(packed.len());
            match random.below(5) {
                0 => packed[place] = random.next() as u8,
                1 => packed[place] ^= 1 << random.below(8),
                2 => packed.truncate(place.max(30)),
                3 => {
                    let end = packed.len().min(place + random.below(200));
                    let again = packed[place..end].to_vec();
                    packed.splice(place..place, again);
                }
                _ => {
                    let end = packed.len().min(place + random.below(20));
                    packed.drain(place..end);
                }
            }
            if packed.len() < 30 {
                break;
            }
        }
        if Unpacker::of(&packed, "export").is_some() {
            let size = [1, 7, 64, 999][random.below(4)];
            check(&packed, "export", size);
        }
    }
}

#[test]
fn unpacker_changed_xml_never_panics() {
    let parts = [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/worksheets/two.xml",
    ];
    let words = [
        "<",
        ">",
        "<row>",
        "</row>",
        "<row r='1048577'>",
        "<c>",
        "<c r='XFD9' t='s'>",
        "<c s='1'>",
        "<c t='b'>",
        "</c>",
        "<v>",
        "</v>",
        "<is>",
        "</is>",
        "<t>",
        "</t>",
        "<rPh>",
        "</rPh>",
        "<si>",
        "</si>",
        "\"",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "&#x0;",
        "&",
        ";",
        "_x",
        "_xD83D_",
        "/>",
        "0",
        "1",
        "46146.5",
        "1e300",
        "-",
        "</sheetData>",
        "<sheet name='",
        "<xf numFmtId='14'/>",
        " ",
        "\u{e9}",
    ];
    let mut random = Random::new(2);
    for round in 0..20_000 {
        let name = parts[round % parts.len()];
        let mut part = String::new();
        for _ in 0..random.below(40) {
            part += words[random.below(words.len())];
        }
        let seed = super::samples::workbook_with(&[(name, &format!("<sheetData><sst><cellXfs>{part}"))]);
        log_of(&seed, "export", usize::MAX);
    }
}

#[test]
fn unpacker_random_bytes_never_panic() {
    let mut random = Random::new(3);
    let heads: [&[u8]; 6] =
        [b"\x1f\x8b\x08", b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK\x03\x04xl/", b""];
    for round in 0..20_000 {
        let mut bytes = heads[round % heads.len()].to_vec();
        bytes.extend(
            (0..random.below(600)).map(|_| if random.below(3) > 0 { 0 } else { random.next() as u8 }),
        );
        if Unpacker::of(&bytes, "x").is_some() {
            check(&bytes, if round % 2 == 0 { "x.xlsx" } else { "x" }, 17);
        }
    }
}

#[test]
fn unpacker_other_files_are_not_packed() {
    let heads: [&[u8]; 6] = [b"", b"P", b"PK", b"Time,Url", b"\x1f\x8b\x00", b"PK\x07\x08PK\x01\x02"];
    for head in heads {
        assert!(Unpacker::of(head, "x.zip").is_none());
    }
    assert_eq!(log_of(b"PK\x05\x06", "x.zip", 1), Log::new().ended(Ok(())));
}
