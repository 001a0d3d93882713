//! What somebody says about files that do not say it themselves.

#[expect(dead_code, reason = "other tests open files of which nobody says anything")]
#[path = "../common/mod.rs"]
mod common;

mod columns;
mod keys;
mod times;
mod words;

use clicks::Failure;
use clicks::engine::DataToken;
use clicks::import::{Opened, ReadAs};
use clicks::query::{Around, AskRows, RowsParams, Zone, ZoneSource};
use clicks::session::{GivenFile, Session};

/// Berlin, as far as these files go: summer time from 29 March 2026.
fn berlin() -> ZoneSource {
    Box::new(|name, _, _| {
        let offsets = vec![(0, 60), (1_774_746_000_000, 120)];
        (name == "Europe/Berlin").then(|| Zone { name: name.to_owned(), offsets })
    })
}

fn open(bytes: &[u8], read_as: &str) -> Result<(Session, Opened), Failure> {
    let mut session = Session::new(Around::new(berlin()));
    let given = vec![GivenFile { name: "unknown".to_owned(), size: bytes.len() as u64 }];
    let mut opening = session.open_as(given, 7, ReadAs::parse(read_as));
    common::read_all(&mut opening, &[bytes]);
    let opened = session.install(opening, DataToken(1))?;
    Ok((session, opened))
}

/// Some columns of all clicks, oldest first.
fn cells(session: &mut Session, bytes: &[u8], columns: &[&str]) -> Vec<String> {
    let params = RowsParams {
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        order_by: vec!["time".to_owned()],
        limit: Some(100),
        ..RowsParams::default()
    };
    let rows = common::answer(session, &AskRows(params), &[bytes]).rows;
    let text = |row: &Vec<serde_json::Value>| {
        row.iter().map(|cell| cell.as_str().unwrap_or("∅")).collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(text).collect()
}

fn sample(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
