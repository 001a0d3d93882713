//! Archives written in every way, damaged, cut, and not wanted.

use super::super::samples::{Archive, DEFLATED, Log, STORED, STREAMED, Way, log_of, random_text, ways};
use super::*;

#[test]
fn zip_every_way_to_write_an_entry_is_read() {
    let text = random_text(1, 200_000);
    for way in ways() {
        let packed = Archive::default()
            .entry("a/ü.csv", &text, way)
            .entry("b.csv", b"x", way)
            .entry("c", b"", way)
            .end();
        let expected = Log::new().file("a/ü.csv", &text, None).file("b.csv", b"x", None).file("c", b"", None);
        for size in (1..64).chain([1_000, usize::MAX]) {
            assert_eq!(
                log_of(&packed, "x.zip", size),
                expected.clone().ended(Ok(())),
                "{way:?}, pieces of {size}"
            );
        }
    }
}

#[test]
fn zip_what_is_not_looked_at_is_said_and_passed_over() {
    let text = random_text(2, 3_000);
    let inner =
        Archive::default().entry("inner.csv", &text, STREAMED).entry("other.csv", &text, STORED).end();
    let locked = Way { flags: 1, ..DEFLATED };
    let packed = Archive::default()
        .entry("a/", b"", STORED)
        .entry("b/", b"", Way { method: 0, ..STREAMED })
        .entry("__MACOSX/._a.csv", &text, DEFLATED)
        .entry("inner.zip", &inner, STORED)
        .entry("inner again.zip", &inner, Way { method: 0, ..STREAMED })
        .entry("inner too", &inner, Way { method: 0, has_mark: false, ..STREAMED })
        .entry("a.png", &text, STREAMED)
        .entry("locked.csv", &text, locked)
        .entry("locked too.csv", &text, Way { flags: 9, ..locked })
        .entry("other.csv", &text, Way { method: 14, ..DEFLATED })
        .entry("last.csv", &text, DEFLATED)
        .end();
    let expected = Log::new()
        .skipped("a/", Skip::Folder)
        .skipped("b/", Skip::Folder)
        .skipped("__MACOSX/._a.csv", Skip::Junk)
        .skipped("inner.zip", Skip::NestedArchive)
        .skipped("inner again.zip", Skip::NestedArchive)
        .skipped("inner too", Skip::StoredWithoutSize)
        .skipped("a.png", Skip::NotText)
        .skipped("locked.csv", Skip::Encrypted)
        .skipped("locked too.csv", Skip::Encrypted)
        .skipped("other.csv", Skip::Method(14))
        .file("last.csv", &text, None)
        .ended(Ok(()));
    for size in (1..64).chain([1_000, usize::MAX]) {
        assert_eq!(log_of(&packed, "x.zip", size), expected, "pieces of {size}");
    }
}

#[test]
fn zip_damage_in_one_entry_leaves_later_ones() {
    let text = random_text(3, 3_000);
    let bad = Trouble::BadData("the packed bytes make no sense");
    for way in [DEFLATED, STREAMED, STORED] {
        let archive = Archive::default().entry("a.csv", &text, way).entry("b.csv", &text, way);
        let packed = archive.entry("c.csv", &text, way).end();
        for place in 60..500 {
            let mut packed = packed.clone();
            packed[place] ^= 0x55;
            let log = log_of(&packed, "x.zip", 100);
            let good = Log::new().file("c.csv", &text, None).items;
            assert!(log.items.last() == good.last(), "{way:?}, byte {place}: {:?}", log.result);
            assert_eq!(log.result, Some(Ok(())));
        }
        let mut packed = packed.clone();
        packed[41..44].fill(0xff);
        let log = log_of(&packed, "x.zip", 100);
        if way.method == 8 {
            assert_eq!(log.items[0], Log::new().file("a.csv", b"", Some(bad)).items[0]);
        }
    }
}

#[test]
fn zip_cut_anywhere_gives_what_was_there() {
    let text = random_text(4, 1_000);
    for way in ways() {
        let archive = Archive::default().entry("a.csv", &text, way);
        let (entries, packed) = (archive.bytes.len(), archive.end());
        for end in 4..packed.len() {
            let log = log_of(&packed[..end], "x.zip", 64);
            assert!(text.starts_with(&log.bytes()));
            if end < entries {
                assert_eq!(log.result, Some(Err(Trouble::CutOff)), "{way:?}, cut at {end}");
            } else if end > entries + 3 {
                assert_eq!(log.bytes(), text);
            }
        }
    }
}

#[test]
fn zip_with_nothing_but_what_cannot_be_read_fails() {
    let locked = Archive::default().entry("a.csv", b"x", Way { flags: 1, ..DEFLATED }).end();
    assert_eq!(log_of(&locked, "x.zip", 9).result, Some(Err(Trouble::Encrypted)));
    let method = Archive::default().entry("a.csv", b"x", Way { method: 93, ..DEFLATED }).end();
    assert_eq!(log_of(&method, "x.zip", 9).result, Some(Err(Trouble::Method(93))));
    let masked = Archive::default().entry("a.csv", b"x", Way { flags: 1 << 13 | 1, ..DEFLATED }).end();
    assert_eq!(log_of(&masked, "x.zip", 9), Log::new().ended(Err(Trouble::Encrypted)));
}

#[test]
fn zip_of_too_many_files_is_left() {
    let mut archive = Archive::default();
    for _ in 0..MOST_ENTRIES + 5 {
        archive = archive.entry("a/", b"", STORED);
    }
    let log = log_of(&archive.end(), "x.zip", 1_000);
    assert_eq!((log.items.len(), log.result), (MOST_ENTRIES, Some(Err(Trouble::TooManyEntries))));
}

#[test]
fn zip_entry_no_longer_wanted_is_passed_over() {
    let text = random_text(5, 200_000);
    for way in ways() {
        let packed = Archive::default()
            .entry("a.csv", &text, way)
            .entry("b.csv", &text, way)
            .entry("c.csv", b"x", way)
            .end();
        for size in [1, 99, usize::MAX] {
            let mut zip = Zip::default();
            let mut seen = String::new();
            let mut take = |event: Event<'_>| match event {
                Event::Begin { name } => {
                    seen += name;
                    name != "a.csv"
                }
                Event::Bytes(bytes) => {
                    seen += &format!(" {}", bytes.len());
                    false
                }
                Event::End { trouble } => {
                    seen += &format!(" {trouble:?}; ");
                    true
                }
                Event::Skipped { .. } => false,
            };
            packed.chunks(size).for_each(|piece| zip.push(piece, &mut take));
            assert_eq!(zip.end(&mut take), Ok(()));
            assert_eq!(seen, "a.csv None; b.csv 65536 None; c.csv 1 None; ", "{way:?}, pieces of {size}");
        }
    }
}

#[test]
fn zip_that_unpacks_to_too_much_is_left() {
    let zeros = vec![0; 80 << 20];
    let packed = Archive::default().entry("a.csv", &zeros, DEFLATED).entry("b.csv", b"x", STORED).end();
    let log = log_of(&packed, "x.zip", usize::MAX);
    assert_eq!((log.items.len(), log.result), (1, Some(Err(Trouble::TooBig))));
    assert!(log.bytes().len() < 65 << 20);
}
