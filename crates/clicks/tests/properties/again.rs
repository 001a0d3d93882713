//! What was imported once is imported the same again: every sample under a name that says nothing, split
//! anywhere; and what we export opens with the same data.
//!
//! Owns which parts of the data an export must keep. Must not know how a file is written.

use std::path::{Path, PathBuf};

use clicks::query::{Report, RowsAnswer};
use clicks::session::{GivenFile, Session, Want, Wants};
use clicks::{engine::DataToken, query::Around};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::common;
use crate::made_up::files;
use crate::open::{answer, cases, exported, session};

fn samples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples");
    let folders = std::fs::read_dir(root).expect("samples").flatten();
    let inside = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten().flatten();
    let mut files: Vec<PathBuf> =
        inside.map(|e| e.path()).filter(|path| !path.ends_with("README.md")).collect();
    files.sort();
    files
}

/// A session with one file, read in pieces of these lengths in turn; the failure where it is refused.
fn read_in_pieces(name: &str, bytes: &[u8], lengths: &[usize]) -> Result<(Session, Value), String> {
    let mut session = Session::new(Around::new(Box::new(|_, _, _| None)));
    let given = GivenFile { name: name.to_owned(), size: bytes.len() as u64 };
    let mut opening = session.open(vec![given], 7);
    let mut lengths = lengths.iter().cycle();
    let mut at = 0;
    while at < bytes.len() {
        let length = lengths.next().map_or(bytes.len(), |length| (*length).min(bytes.len() - at));
        if !opening.feed(&bytes[at..at + length]) {
            break;
        }
        at += length;
    }
    opening.end();
    assert_eq!(opening.want(), Want::Idle);
    let mut opened = session.install(opening, DataToken(1)).map_err(|mut failure| {
        failure.file = None;
        format!("{failure:?}")
    })?;
    for file in &mut opened.files {
        // A file inside a packed one is called after both.
        file.name = file.name.original().trim_start_matches(name).to_owned().into();
    }
    Ok((session, json!(opened)))
}

/// Every cell of every click, in no order: clicks of one millisecond may stand in any. That a time is of an unknown
/// zone is not in our exports; the time itself is.
fn cells(session: &mut Session) -> Vec<String> {
    let rows: RowsAnswer = answer(session, "rows", &json!({"limit": 100_000}));
    assert_eq!(rows.columns[0], "time");
    let text = |row: &Vec<Value>| {
        let time = row[0].as_str().unwrap_or_default().trim_end_matches('Z');
        format!("{time} {}", json!(row[1..]))
    };
    let mut rows: Vec<String> = rows.rows.iter().map(text).collect();
    rows.sort();
    rows
}

/// Holds exports of what is open against what is open.
fn check_exports(session: &mut Session) -> Result<(), TestCaseError> {
    let before = cells(session);
    let report: Report = answer(session, "report", &json!({"limit": 0}));
    for format in ["csv", "json"] {
        let plain = exported(session, &json!({"format": format, "defang": false})).expect("rows");
        let Some(mut again) = common::session_of("unknown", plain.as_bytes()) else {
            return Err(TestCaseError::fail(format!("not clicks: {plain}")));
        };
        prop_assert_eq!(&cells(&mut again), &before, "{}", plain);
        let safe = exported(session, &json!({"format": format})).expect("rows");
        let mut again = common::session_of("unknown", safe.as_bytes()).expect("clicks");
        let mut found: Report = answer(&mut again, "report", &json!({"limit": 0}));
        // A URL that the export held in both spellings is one.
        prop_assert!(found.totals.urls <= report.totals.urls);
        found.totals.urls = report.totals.urls;
        prop_assert_eq!(&found.totals, &report.totals, "{}", safe);
    }
    Ok(())
}

#[test]
fn export_of_every_sample_opens_with_the_same_data() {
    let mut opened = 0;
    for path in samples() {
        let bytes = std::fs::read(&path).expect("a sample");
        let Some(mut session) = common::session_of("unknown", &bytes) else { continue };
        let checked = check_exports(&mut session);
        assert!(checked.is_ok(), "{}: {}", path.display(), checked.expect_err("a difference"));
        opened += 1;
    }
    assert!(opened > 50, "{opened} samples were exported");
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn sample_of_any_name_split_anywhere_is_imported_as_it_was(
        path in select(samples()),
        lengths in vec(prop_oneof![1..9_usize, 9..5_000_usize], 1..6),
    ) {
        let bytes = std::fs::read(&path).expect("a sample");
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let whole = read_in_pieces(&name, &bytes, &[usize::MAX]);
        let split = read_in_pieces("unknown", &bytes, &lengths);
        match (whole, split) {
            (Ok((mut whole, report)), Ok((mut split, other))) => {
                prop_assert_eq!(other, report, "{}", path.display());
                prop_assert_eq!(cells(&mut split), cells(&mut whole), "{}", path.display());
            }
            (whole, split) => {
                prop_assert_eq!(split.err(), whole.err(), "{}", path.display());
            }
        }
    }

    #[test]
    fn export_of_any_data_opens_with_the_same_data(files in files()) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        check_exports(&mut session)?;
    }
}
