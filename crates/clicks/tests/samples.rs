//! Every file of `tests/samples` against the table in its folder's README, however the bytes are cut.

use std::fs;
use std::path::{Path, PathBuf};

use clicks::engine::Engine;
use clicks::import::Loader;
use clicks::protocol::{Failure, FileReport, Request, Response, RowsParams};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples")
}

/// Rows of the README's table: cells by column.
fn table(folder: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(samples().join(folder).join("README.md")).expect(folder);
    let lines = text.lines().filter(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines.skip(2).map(cells).collect()
}

/// Reads one file in pieces. Answers its report with what the engine then holds, as text.
fn read(path: &Path, name: &str, piece: usize) -> Result<(FileReport, String), Failure> {
    let bytes = fs::read(path).expect("a sample");
    let mut loader = Loader::default();
    loader.start_file(name, bytes.len() as u64);
    for piece in bytes.chunks(piece) {
        loader.push(piece);
    }
    loader.end_file()?;
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    let mut opened = engine.install(loader);
    let rows = engine.answer(&Request::Rows(RowsParams { limit: 1000, ..RowsParams::default() }));
    let Response::Rows(rows) = rows else { panic!("{name}: {rows:?}") };
    let report = opened.files.remove(0);
    Ok((report, format!("{rows:#?}")))
}

#[test]
fn every_sample_is_read_as_its_readme_says() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for folder in
        ["hunting-csv", "graph-json", "legacy-json", "log-analytics-csv", "log-analytics-json", "streaming"]
    {
        for row in table(folder) {
            seen += 1;
            let file = format!("{folder}/{}", row[0]);
            let found = match read(&samples().join(&file), &row[0], usize::MAX) {
                Ok((r, _)) => [r.rows, r.refused, r.skipped, r.duplicates].map(|n| n.to_string()),
                Err(failure) => {
                    wrong.push(format!("{file}: {failure:?}"));
                    continue;
                }
            };
            if found != row[1..5] {
                wrong.push(format!("{file}: {found:?}, the README says {:?}", &row[1..5]));
            }
        }
    }
    assert!(wrong.is_empty(), "rows, refused, skipped, duplicates:\n{}", wrong.join("\n"));
    assert!(seen >= 40, "{seen} samples");
}

#[test]
fn every_refused_sample_says_what_it_is_and_what_to_do() {
    let mut wrong = Vec::new();
    for row in table("invalid") {
        match read(&samples().join("invalid").join(&row[0]), &row[0], usize::MAX) {
            Ok((report, _)) => wrong.push(format!("{}: read as {}", row[0], report.kind_label)),
            Err(f) if f.kind != row[1] => wrong.push(format!("{}: {}, {}", row[0], f.kind, f.message)),
            Err(f) if f.message.is_empty() || f.instead.is_none() => wrong.push(format!("{}: silent", row[0])),
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Neither the name of a file nor the way its bytes arrive may change what is read.
#[test]
fn names_and_pieces_change_nothing() {
    for folder in
        ["hunting-csv", "graph-json", "legacy-json", "log-analytics-csv", "log-analytics-json", "streaming", "invalid"]
    {
        for row in table(folder) {
            let path = samples().join(folder).join(&row[0]);
            let plain = |read: Result<(FileReport, String), Failure>| match read {
                Ok((report, rows)) => Ok((FileReport { name: String::new(), ..report }, rows)),
                Err(failure) => Err(Failure { file: None, ..failure }),
            };
            let whole = plain(read(&path, &row[0], usize::MAX));
            for piece in [1, 2, 7, 64, 1000] {
                let pieces = plain(read(&path, "unknown", piece));
                assert_eq!(pieces, whole, "{folder}/{} in pieces of {piece}", row[0]);
            }
        }
    }
}

/// The same clicks in another wrapping are the same clicks.
#[test]
fn wrappings_of_the_same_clicks_agree() {
    let rows = |file: &str| read(&samples().join(file), file, usize::MAX).map(|(_, rows)| rows);
    let plain = rows("hunting-csv/plain.csv");
    for other in [
        "hunting-csv/bom.csv",
        "hunting-csv/utf16le-bom.csv",
        "hunting-csv/utf16be.csv",
        "hunting-csv/utf16le-no-bom.csv",
        "hunting-csv/semicolon-excel.csv",
        "hunting-csv/tab-separated.csv",
        "graph-json/plain.json",
        "graph-json/bare-array.json",
    ] {
        assert_eq!(rows(other), plain, "{other}");
    }
}
