//! A file that is cut off, or in which one byte is changed, added or gone, loses the records it touches at the
//! most, and says so.
//!
//! Owns the writings that records come in, with the places of the records. Must not know how readers find the
//! way back.

use std::ops::Range;

use clicks::import::{FileReport, Loader};
use clicks::model::Field;
use clicks::query::values;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::open::cases;

/// Records in a file.
const RECORDS: usize = 6;

/// A whole file and where its records are, each with what separates it from the next.
#[derive(Clone, Debug, Default)]
struct Written {
    bytes: Vec<u8>,
    records: Vec<Range<usize>>,
}

const NAMES: [&str; 5] = ["Timestamp", "Url", "ActionType", "AccountUpn", "Subject"];

fn cells(n: usize, subject: &str) -> [String; 5] {
    let time = format!("2026-05-04T09:12:{:02}Z", n + 10);
    [
        time,
        format!("https://a.example/{n}/"),
        "ClickAllowed".to_owned(),
        format!("ana{n}@contoso.com"),
        subject.to_owned(),
    ]
}

/// Subjects that need quoting in some records, so that quotes of one could close what damage opened in another.
const SUBJECTS: [&str; 3] = ["plain", "with, comma", "two\nlines, \"said\""];

fn csv_cell(cell: &str, always: bool) -> String {
    if always || cell.contains(['"', ',', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn json_record(cells: &[String; 5], pretty: bool) -> String {
    let (open, between, close) = if pretty { ("{\n    ", ",\n    ", "\n  }") } else { ("{", ",", "}") };
    let members: Vec<String> = NAMES
        .iter()
        .zip(cells)
        .map(|(name, cell)| format!("\"{name}\":{}", serde_json::json!(cell)))
        .collect();
    format!("{open}{}{close}", members.join(between))
}

fn positional(cells: &[String; 5]) -> String {
    serde_json::json!(cells).to_string()
}

/// How a file is written.
struct Writing {
    head: &'static str,
    record: fn(&[String; 5]) -> String,
    between: &'static str,
    tail: &'static str,
}

const CSV_HEAD: &str = "Timestamp,Url,ActionType,AccountUpn,Subject\r\n";
const TABLE_HEAD: &str = r#"{"tables":[{"name":"PrimaryResult","columns":[{"name":"Timestamp"},{"name":"Url"},{"name":"ActionType"},{"name":"AccountUpn"},{"name":"Subject"}],"rows":["#;

const WRITINGS: [Writing; 7] = [
    Writing { head: CSV_HEAD, record: |c| join(c, true), between: "\r\n", tail: "\r\n" },
    Writing { head: CSV_HEAD, record: |c| join(c, false), between: "\n", tail: "\n" },
    Writing { head: "", record: |c| json_record(c, false), between: "\n", tail: "\n" },
    Writing { head: "[", record: |c| json_record(c, false), between: ",", tail: "]" },
    Writing { head: "[\n  ", record: |c| json_record(c, true), between: ",\n  ", tail: "\n]\n" },
    Writing {
        head: "{\"schema\":[{\"name\":\"Timestamp\",\"type\":\"DateTime\"}],\"results\":[",
        record: |c| json_record(c, false),
        between: ",\n",
        tail: "]}",
    },
    Writing { head: TABLE_HEAD, record: positional, between: ",", tail: "]}]}" },
];

fn join(cells: &[String; 5], always: bool) -> String {
    cells.iter().map(|cell| csv_cell(cell, always)).collect::<Vec<_>>().join(",")
}

impl Writing {
    /// `hard` records have subjects that need quoting.
    fn file(&self, hard: &[usize; RECORDS]) -> Written {
        let mut written = Written { bytes: self.head.as_bytes().to_vec(), records: Vec::new() };
        for (n, subject) in hard.iter().enumerate() {
            let start = written.bytes.len();
            written.bytes.extend((self.record)(&cells(n, SUBJECTS[*subject])).into_bytes());
            written.bytes.extend(if n + 1 < RECORDS { self.between } else { self.tail }.as_bytes());
            written.records.push(start..written.bytes.len());
        }
        written
    }

    /// What stands between a record and the next.
    fn gap(&self) -> usize {
        self.between.len()
    }
}

/// What a file comes to: its report, and for each record its row, where it is there as it was.
fn load(bytes: &[u8]) -> Option<(FileReport, Vec<Vec<String>>)> {
    let mut loader = Loader::default();
    loader.start_file("unknown", bytes.len() as u64);
    // The start of a file is looked at whole: what is to come in pieces must stand behind it.
    loader.push(&[[b' '; 4_095].as_slice(), b"\n"].concat());
    bytes.chunks(50).for_each(|piece| loader.push(piece));
    loader.end_file().ok()?;
    let loaded = loader.finish();
    let cells = |row| Field::columns().map(|field| values::text(&loaded.data, row, field)).collect();
    Some((loaded.files[0].clone(), (0..loaded.data.len()).map(cells).collect()))
}

/// Records that are lost, and whether anything is said. A file that is refused loses all and says it.
fn lost(whole: &Written, damaged: &[u8]) -> (Vec<usize>, bool) {
    let (_, rows) = load(&whole.bytes).expect("a whole file");
    assert_eq!(rows.len(), RECORDS, "{}", String::from_utf8_lossy(&whole.bytes));
    let Some((report, found)) = load(damaged) else { return ((0..RECORDS).collect(), true) };
    assert!(found.len() <= RECORDS, "more clicks than records: {found:?}");
    let is_gone = |n: &usize| !found.contains(&rows[*n]);
    // A record with a changed cell is there, as far as anybody can know.
    let gone: Vec<usize> = (0..RECORDS).filter(is_gone).collect();
    let said = report.refused + report.skipped > 0 || report.notes.iter().any(|note| note.code == "cut-off");
    (gone, said || found.len() == RECORDS)
}

fn hard() -> impl Strategy<Value = [usize; RECORDS]> {
    prop::array::uniform6(prop_oneof![2 => Just(0), 1 => Just(1), 1 => Just(2_usize)])
}

/// Bytes that mean something somewhere come most often.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![3 => select(&b"\",\n{}[]:\\"[..]), 1 => any::<u8>()]
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn file_with_a_damaged_byte_loses_the_records_it_touches_and_says_so(
        writing in 0..WRITINGS.len(),
        hard in hard(),
        at in any::<Index>(),
        byte in byte(),
        kind in 0..3,
    ) {
        let writing = &WRITINGS[writing];
        let whole = writing.file(&hard);
        let first = whole.records[0].start;
        let at = first + at.index(whole.records[RECORDS - 1].end - writing.tail.len() - first);
        // By its indentation the next record is found: one that is damaged there leads nowhere.
        let indented = writing.between.contains("\n ");
        prop_assume!(!(indented && whole.records.iter().any(|r| (r.end - writing.gap()..r.end).contains(&at))));
        let mut damaged = whole.bytes.clone();
        match kind {
            0 => damaged[at] = byte,
            1 => damaged.insert(at, byte),
            _ => drop(damaged.remove(at)),
        }
        let (gone, said) = lost(&whole, &damaged);
        // What separates two records belongs to both, and so does the end of one that reaches up to it.
        let touches = |n: &usize| {
            let record = &whole.records[*n];
            (record.start.saturating_sub(writing.gap() + usize::from(kind == 1))..record.end).contains(&at)
        };
        let text = String::from_utf8_lossy(&damaged).into_owned();
        // What a file is can be told by its first byte alone: without it the file is refused, which is loud.
        let refused = at == 0 && gone.len() == RECORDS;
        // A bracket in one long line of lists may open a list that only the next record closes.
        let is_bracket = |byte: Option<&u8>| byte.is_some_and(|byte| b"[]".contains(byte));
        let in_lists = writing.head == TABLE_HEAD && (is_bracket(damaged.get(at)) || is_bracket(whole.bytes.get(at)));
        let touched = |n: &usize| touches(n) || (in_lists && *n > 0 && touches(&(n - 1)));
        prop_assert!(refused || gone.iter().all(touched), "byte {at} lost {gone:?}: {text}");
        prop_assert!(said, "byte {at} lost {gone:?} in silence: {text}");
    }

    #[test]
    fn file_that_is_cut_off_loses_what_is_behind_the_cut_alone(
        writing in 0..WRITINGS.len(),
        hard in hard(),
        at in any::<Index>(),
    ) {
        let writing = &WRITINGS[writing];
        let whole = writing.file(&hard);
        let at = whole.records[1].start + at.index(whole.bytes.len() - whole.records[1].start);
        let (gone, said) = lost(&whole, &whole.bytes[..at]);
        let before = |n: &usize| whole.records[*n].end - writing.gap() <= at && *n + 1 < RECORDS;
        prop_assert!(!gone.iter().any(before), "cut at {at} lost {gone:?}");
        // A cut between two records cannot be seen where nothing is to come behind the last one.
        let in_a_record = whole.records.iter().any(|r| r.start < at && at + writing.gap() < r.end);
        let closed_by_tail = !writing.tail.trim().is_empty();
        // A cell that is cut in its middle is a cell.
        let seen = closed_by_tail || (in_a_record && writing.head.is_empty());
        prop_assert!(said || !seen, "cut at {at} lost {gone:?} in silence");
    }
}

/// Clicks of a file and records refused in it.
fn counts(file: &str) -> (u64, u64) {
    let (report, _) = load(file.as_bytes()).expect("clicks");
    (report.rows, report.refused)
}

fn csv_line(n: usize, subject: &str) -> String {
    format!("2026-05-04T09:12:{n:02}Z,https://a.example/{n},ClickAllowed,ana,{subject}\n")
}

/// Everything up to the next quote of the file was once the one record, and in this column it was even taken.
#[test]
fn csv_quote_that_another_record_closes_costs_its_line_alone() {
    let plain: String = (2..40).map(|n| csv_line(n, "plain")).collect();
    for last in ["\"with, comma\"", "5\" disk", "\"\""] {
        let file = format!("{CSV_HEAD}{}{plain}{}", csv_line(1, "\"open"), csv_line(50, last));
        assert_eq!(counts(&file), (39, 1), "{last}");
    }
}

/// A record that lost its bracket once cost the next one too, and a row of a table all up to the end.
#[test]
fn json_record_without_its_end_costs_itself_alone() {
    let file = WRITINGS[3].file(&[0; RECORDS]).bytes;
    let file = String::from_utf8(file).expect("text");
    assert_eq!(counts(&file.replacen("},{", ",{", 1)), (5, 1));
    let rows = String::from_utf8(WRITINGS[6].file(&[0; RECORDS]).bytes).expect("text");
    assert_eq!(counts(&rows.replacen("],[", ",[", 1)), (5, 1));
}

/// The end of a row that lost its beginning was once taken for the end of all rows.
#[test]
fn json_row_without_its_beginning_costs_itself_alone() {
    let rows = String::from_utf8(WRITINGS[6].file(&[0; RECORDS]).bytes).expect("text");
    for damaged in ["],", "],]"] {
        assert_eq!(counts(&rows.replacen("],[", damaged, 1)), (5, 1), "{damaged}");
    }
}

/// A bracket too many once made all records behind it one value.
#[test]
fn json_bracket_too_many_costs_one_record_at_the_most() {
    let file = String::from_utf8(WRITINGS[3].file(&[0; RECORDS]).bytes).expect("text");
    assert_eq!(counts(&file.replacen("},{", "}[{", 1)), (6, 0));
    assert_eq!(counts(&file.replacen("},{", "}[,{", 1)), (6, 0));
    let rows = String::from_utf8(WRITINGS[6].file(&[0; RECORDS]).bytes).expect("text");
    assert_eq!(counts(&rows.replacen("],[", "][[", 1)), (5, 1));
}
