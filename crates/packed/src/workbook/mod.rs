//! Workbooks, as Excel writes them: each sheet as delimited text (ECMA-376, Office Open XML).
//!
//! Owns which parts there are and how they hang together. A workbook is read by the list at its end and by parts that any order has, so its
//! packed bytes are collected first; what is in them is then read part by part, never unpacked as a whole. Must not know what is in the sheets.

mod date;
mod records;
mod sheet;
mod strings;
mod styles;
mod xml;

use std::collections::HashSet;

use records::Records;
use sheet::{Shared, Sheet};
use xml::{Take, Token, Xml};

use super::directory::{Directory, Entry};
use super::inflate::Inflater;
use super::{Event, MOST_ENTRIES, MOST_PACKED_WORKBOOK, Receiver, Skip, Trouble, zip};

/// Whether an archive that begins so is a workbook or another file of the same kind: by what the files in it are called.
pub fn begins(head: &[u8]) -> bool {
    let head = head.get(..head.len().min(4096)).unwrap_or_default();
    memchr::memmem::find_iter(head, b"PK\x03\x04").any(|at| {
        let names = head.get(at + zip::HEADER..).unwrap_or_default();
        let signs = [b"[Content_Types].xml".as_slice(), b"_rels/.rels", b"docProps/", b"xl/"];
        signs.iter().any(|sign| names.starts_with(sign))
    })
}

/// Collects a workbook and reads it.
#[derive(Default)]
pub struct Workbook {
    packed: Vec<u8>,
    is_too_big: bool,
}

impl Workbook {
    /// Takes a piece.
    pub fn push(&mut self, piece: &[u8]) {
        let is_within = piece.len() <= MOST_PACKED_WORKBOOK - self.packed.len();
        if self.is_too_big || !is_within || self.packed.try_reserve(piece.len()).is_err() {
            self.is_too_big = true;
            self.packed = Vec::new();
        } else {
            self.packed.extend_from_slice(piece);
        }
    }

    /// The end of the file: everything comes out now.
    pub fn end(&mut self, out: &mut Receiver<'_>) -> Result<(), Trouble> {
        if self.is_too_big {
            return Err(Trouble::TooBig);
        }
        let packed = std::mem::take(&mut self.packed);
        Reader {
            directory: Directory::read(&packed)?,
            inflater: Inflater::default(),
            packed: packed.len() as u64,
        }
        .read(out)
    }
}

/// What a part is to the one that names it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Workbook,
    Sheet,
    Strings,
    Styles,
    Other,
}

impl Role {
    /// By the last word of its kind: the rest of it differs between the two editions of the standard.
    fn of(kind: &str) -> Role {
        match kind.rsplit('/').next() {
            Some("officeDocument") => Role::Workbook,
            Some("worksheet") => Role::Sheet,
            Some("sharedStrings") => Role::Strings,
            Some("styles") => Role::Styles,
            _ => Role::Other,
        }
    }
}

/// A part that another names.
struct Relation {
    id: String,
    role: Role,
    /// Its path in the archive.
    path: String,
}

struct Reader<'f> {
    directory: Directory<'f>,
    inflater: Inflater,
    packed: u64,
}

impl Reader<'_> {
    fn read(&mut self, out: &mut Receiver<'_>) -> Result<(), Trouble> {
        let roots = self.relations("")?;
        let root = roots.into_iter().find(|relation| relation.role == Role::Workbook).map(|root| root.path);
        if self.directory.find("xl/workbook.bin").is_some() {
            return Err(Trouble::BadData("a binary workbook: save it as .xlsx"));
        }
        let path = root.filter(|path| self.directory.find(path).is_some());
        let path = path.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let (sheets, is_1904) = self.sheets(&path)?;
        let relations = self.relations(&path)?;
        let path_of = |role: Role, usual: &str| {
            let relation = relations.iter().find(|relation| relation.role == role);
            relation.map_or_else(|| usual.to_owned(), |relation| relation.path.clone())
        };
        let mut shared = Shared { is_1904, ..Shared::default() };
        let strings = self
            .scan(&path_of(Role::Strings, "xl/sharedStrings.xml"), &mut |token| shared.strings.take(token));
        let styles = self.scan(&path_of(Role::Styles, "xl/styles.xml"), &mut |token| {
            shared.styles.take(token);
            Ok(())
        });
        // Damage in what all sheets share is said at each of them; without it nothing would be right.
        let mut doubt = None;
        for read in [strings, styles] {
            match read {
                Ok(_) => {}
                Err(trouble @ (Trouble::BadChecksum | Trouble::BadData(_))) => {
                    doubt = doubt.or(Some(trouble));
                }
                Err(trouble) => return Err(trouble),
            }
        }
        let (mut bytes, mut first, mut has_use) = (0, None, false);
        let mut read = HashSet::new();
        for (name, id) in sheets {
            let relation = relations.iter().find(|relation| relation.id == id);
            let path = relation.map_or("", |relation| relation.path.as_str());
            if !path.is_empty() && !read.insert(path) {
                out(Event::Skipped { name: &name, why: Skip::Again });
                continue;
            }
            // A sheet that is a chart or a dialog.
            if relation.is_some_and(|relation| relation.role != Role::Sheet) {
                out(Event::Skipped { name: &name, why: Skip::NotText });
                continue;
            }
            let before = bytes;
            let trouble = if out(Event::Begin { name: &name }) {
                self.sheet(path, &shared, &mut bytes, out).err().or(doubt)
            } else {
                None
            };
            out(Event::End { trouble });
            has_use |= trouble.is_none() || bytes > before;
            first = first.or(trouble);
            if trouble == Some(Trouble::TooBig) {
                return Err(Trouble::TooBig);
            }
        }
        first.filter(|_| !has_use).map_or(Ok(()), Err)
    }

    /// Gives one sheet, and counts what was given.
    fn sheet(
        &mut self,
        path: &str,
        shared: &Shared,
        bytes: &mut u64,
        out: &mut Receiver<'_>,
    ) -> Result<(), Trouble> {
        let mut sheet = Sheet::new(shared, Records::new(self.packed, *bytes));
        let mut sink = |piece: &[u8]| out(Event::Bytes(piece));
        let scanned = self.scan(path, &mut |token| sheet.take(token, &mut sink));
        let is_unwanted = sheet.records.is_unwanted();
        let ended = if is_unwanted { Ok(()) } else { sheet.end(&mut sink) };
        *bytes = sheet.records.bytes();
        if sheet.records.is_unwanted() {
            return Ok(());
        }
        if scanned? { ended } else { Err(Trouble::BadData("a sheet that is not there")) }
    }

    /// The sheets in their order, each with its name and the name of its relation; and whether dates are counted from 1904 (18.2).
    fn sheets(&mut self, path: &str) -> Result<(Vec<(String, String)>, bool), Trouble> {
        let (mut sheets, mut is_1904) = (Vec::new(), false);
        let is_there = self.scan(path, &mut |token| {
            let Token::Open(tag) = token else { return Ok(()) };
            if tag.name == b"workbookPr" {
                is_1904 = matches!(tag.get("date1904"), Some(b"1" | b"true" | b"on"));
            } else if tag.name == b"sheet" {
                if sheets.len() == MOST_ENTRIES {
                    return Err(Trouble::TooManyEntries);
                }
                let mut name = tag.text("name").unwrap_or_default().into_bytes();
                strings::unescape(&mut name, 0);
                let name = String::from_utf8_lossy(&name).into_owned();
                sheets.push((name, tag.text("id").unwrap_or_default()));
            }
            Ok(())
        })?;
        let is_workbook = is_there && !sheets.is_empty();
        if is_workbook { Ok((sheets, is_1904)) } else { Err(Trouble::BadData("no workbook")) }
    }

    /// The parts that a part names, or the archive when the path is empty (ECMA-376 part 2, 6.5).
    fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Trouble> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let path = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let mut relations = Vec::new();
        self.scan(&path, &mut |token| {
            let Token::Open(tag) = token else { return Ok(()) };
            if tag.name == b"Relationship" {
                if relations.len() == MOST_ENTRIES {
                    return Err(Trouble::TooManyEntries);
                }
                let text = |name| tag.text(name).unwrap_or_default();
                relations.push(Relation {
                    id: text("Id"),
                    role: Role::of(&text("Type")),
                    path: resolve(folder, &text("Target")),
                });
            }
            Ok(())
        })?;
        Ok(relations)
    }

    /// Reads a part to its end; whether it is there.
    fn scan(&mut self, path: &str, take: &mut Take<'_>) -> Result<bool, Trouble> {
        let Some(entry) = self.directory.find(path) else { return Ok(false) };
        scan(&self.directory, entry, &mut self.inflater, take).map(|()| true)
    }
}

fn scan(
    directory: &Directory<'_>,
    entry: &Entry<'_>,
    inflater: &mut Inflater,
    take: &mut Take<'_>,
) -> Result<(), Trouble> {
    let (mut xml, mut read) = (Xml::default(), Ok(()));
    let unpacked = directory.unpack(entry, inflater, &mut |bytes| {
        read = xml.push(bytes, take);
        read.is_ok()
    });
    // Of bytes that are wrong it is known why the text is: that says more.
    unpacked?;
    read?;
    xml.end()
}

/// The path of a part that another in that folder names.
fn resolve(folder: &str, target: &str) -> String {
    let folder = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{Archive, DEFLATED, Log, log_of, workbook, workbook_log, workbook_with};
    use super::*;

    #[test]
    fn workbook_any_split_gives_its_sheets_in_order() {
        let packed = workbook();
        for size in (1..64).chain([1_000, usize::MAX]) {
            assert_eq!(log_of(&packed, "x", size), workbook_log(), "pieces of {size}");
        }
    }

    #[test]
    fn workbook_cut_anywhere_fails() {
        let packed = workbook();
        for end in 4..packed.len() {
            assert!(
                log_of(&packed[..end], "x.xlsx", 64).result.is_some_and(|result| result.is_err()),
                "cut at {end}"
            );
        }
    }

    #[test]
    fn workbook_damage_is_said_where_it_counts() {
        let doubt = Trouble::BadData("XML with a document type");
        let log = log_of(&workbook_with(&[("xl/sharedStrings.xml", "<!DOCTYPE a><sst/>")]), "x", 100);
        assert!(
            matches!(&log.items[2], super::super::samples::Item::File { end, .. } if *end == Some(Some(doubt)))
        );
        assert_eq!(log.result, Some(Ok(())));
        let gone = Trouble::BadData("a sheet that is not there");
        let log = log_of(&workbook_with(&[("xl/worksheets/one.xml", "")]), "x", 100);
        assert_eq!(log.items[2], Log::new().file("Hidden", b"", Some(gone)).items[0]);
        for part in ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
            assert!(
                log_of(&workbook_with(&[(part, "")]), "x", 100).result.is_some_and(|result| result.is_err())
            );
        }
    }

    #[test]
    fn workbook_part_named_by_many_sheets_is_read_once() {
        let sheets: String =
            (0..5_000).map(|n| format!("<sheet name='{n}' xmlns:r='x' r:id='r2'/>")).collect();
        let list = format!("<workbook><sheets>{sheets}</sheets></workbook>");
        let log = log_of(&workbook_with(&[("xl/workbook.xml", &list)]), "x", 100);
        assert_eq!(log.items.len(), 5_000);
        assert_eq!(log.items[1], Log::new().skipped("1", Skip::Again).items[0]);
    }

    #[test]
    fn workbook_of_another_kind_is_said_to_be_none() {
        let root = "<Relationships><Relationship Type='x/officeDocument' Target='word/document.xml'/></Relationships>";
        let document = Archive::default()
            .entry("[Content_Types].xml", b"<Types/>", DEFLATED)
            .entry("_rels/.rels", root.as_bytes(), DEFLATED)
            .entry("word/document.xml", b"<w:document/>", DEFLATED);
        let expected = Log::new().ended(Err(Trouble::BadData("no workbook")));
        assert_eq!(log_of(&document.end(), "x.docx", 100), expected);
        let binary = Archive::default().entry("[Content_Types].xml", b"", DEFLATED).entry(
            "xl/workbook.bin",
            b"",
            DEFLATED,
        );
        let expected = Log::new().ended(Err(Trouble::BadData("a binary workbook: save it as .xlsx")));
        assert_eq!(log_of(&binary.end(), "x.xlsb", 100), expected);
    }

    #[test]
    fn workbook_sheet_no_longer_wanted_ends_and_the_next_begins() {
        let mut unpacker = Workbook::default();
        unpacker.push(&workbook());
        let mut seen = Vec::new();
        let end = unpacker.end(&mut |event| {
            match event {
                Event::Begin { name } | Event::Skipped { name, .. } => seen.push(name.to_owned()),
                Event::Bytes(_) => seen.push("bytes".into()),
                Event::End { trouble } => seen.push(format!("{trouble:?}")),
            }
            !matches!(event, Event::Begin { name: "Hidden" } | Event::Bytes(_))
        });
        assert_eq!(end, Ok(()));
        assert_eq!(seen, ["Clicks & more", "bytes", "None", "Chart", "Hidden", "None"]);
    }

    #[test]
    fn workbook_that_unpacks_to_too_much_is_left() {
        let row = "<row><c r='XFD1'><v>1</v></c></row>".repeat(100_000);
        let packed =
            workbook_with(&[("xl/worksheets/two.xml", &format!("<x><sheetData>{row}</sheetData></x>"))]);
        let mut workbook = Workbook::default();
        workbook.push(&packed);
        let mut total = 0;
        let end = workbook.end(&mut |event| {
            if let Event::Bytes(bytes) = event {
                total += bytes.len() as u64;
            }
            true
        });
        assert_eq!(end, Err(Trouble::TooBig));
        assert!(total < super::super::RATIO_FROM + (1 << 20));
    }
}
