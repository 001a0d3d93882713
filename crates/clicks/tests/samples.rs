//! Every file of `tests/samples` against the table in its folder's README, however the bytes are cut.

use std::fs;
use std::path::{Path, PathBuf};

use clicks::Failure;
use clicks::engine::{DataToken, Engine};
use clicks::import::{FileReport, Loader};
use clicks::model::Untrusted;
use clicks::query::{AskRows, RowsParams};

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

/// Folders of samples that hold clicks.
const FOLDERS: [&str; 18] = [
    "hunting-csv",
    "graph-json",
    "legacy-json",
    "log-analytics-csv",
    "log-analytics-json",
    "streaming",
    "flat-csv",
    "flat-json",
    "detail-report",
    "url-protection",
    "explorer",
    "audit",
    "wrapped",
    "proofpoint",
    "mimecast",
    "trend-micro",
    "packed",
    "mapped",
];

/// Folders of samples that hold what stands beside clicks.
const BESIDE: [&str; 5] = ["messages", "simulation", "people", "sign-ins", "policy"];

type Read = Result<(Vec<FileReport>, String), Box<Failure>>;

/// Reads one file in pieces. Answers the reports of it, or of the files inside it, with what the engine then holds, as
/// text.
fn read(path: &Path, name: &str, piece: usize) -> Read {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut loader = Loader::default();
    loader.start_file(name, bytes.len() as u64);
    for piece in bytes.chunks(piece) {
        loader.push(piece);
    }
    loader.end_file()?;
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    let opened = engine.install(loader, DataToken(1));
    let params = RowsParams { limit: Some(1000), ..RowsParams::default() };
    let rows = engine.ask(&AskRows(params)).expect(name);
    Ok((opened.files, format!("{rows:#?}")))
}

/// A sum over all reports, as the table writes it.
fn sum(files: &[FileReport], of: impl Fn(&FileReport) -> u64) -> String {
    files.iter().map(of).sum::<u64>().to_string()
}

/// Records that were there already: the tables of what stands beside clicks count them once and do not name them.
fn again(report: &FileReport) -> u64 {
    report.reasons.iter().filter(|r| r.code == "same-again").map(|r| r.count).sum()
}

#[test]
fn every_sample_is_read_as_its_readme_says() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for folder in FOLDERS {
        for row in table(folder) {
            seen += 1;
            let file = format!("{folder}/{}", row[0]);
            let found = match read(&samples().join(&file), &row[0], usize::MAX) {
                Ok((files, _)) => [
                    sum(&files, |r| r.rows),
                    sum(&files, |r| r.refused),
                    sum(&files, |r| r.skipped),
                    sum(&files, |r| r.duplicates),
                ],
                Err(_) if row[1..5] == ["0", "0", "0", "0"] => continue,
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
    assert!(seen >= 140, "{seen} samples");
}

#[test]
fn every_sample_beside_clicks_is_read_as_its_readme_says() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for folder in BESIDE {
        for row in table(folder) {
            seen += 1;
            let file = format!("{folder}/{}", row[0]);
            let found = match read(&samples().join(&file), &row[0], usize::MAX) {
                // Clicks that are there too stand in no column of their own.
                Ok((files, _)) if files.iter().all(|r| r.beside.is_empty()) => {
                    [sum(&files, |r| r.rows), sum(&files, |r| r.refused), sum(&files, |r| r.skipped)]
                }
                Ok((files, _)) => [
                    sum(&files, |r| r.beside.iter().map(|b| b.records).sum()),
                    sum(&files, |r| r.refused),
                    sum(&files, |r| r.skipped - again(r)),
                ],
                Err(_) if row[1..4] == ["0", "0", "0"] => continue,
                Err(failure) => {
                    wrong.push(format!("{file}: {failure:?}"));
                    continue;
                }
            };
            if found != row[1..4] {
                wrong.push(format!("{file}: {found:?}, the README says {:?}", &row[1..4]));
            }
        }
    }
    assert!(wrong.is_empty(), "kept, refused, skipped:\n{}", wrong.join("\n"));
    assert!(seen >= 45, "{seen} samples");
}

#[test]
fn every_refused_sample_says_what_it_is_and_what_to_do() {
    let mut wrong = Vec::new();
    for row in table("invalid") {
        match read(&samples().join("invalid").join(&row[0]), &row[0], usize::MAX) {
            Ok((files, _)) => wrong.push(format!("{}: read as {}", row[0], files[0].kind_label)),
            Err(f) if f.kind.name() != row[1] => {
                wrong.push(format!("{}: {}, {}", row[0], f.kind, f.message.shown()));
            }
            Err(f) if f.message.is_empty() || f.instead.is_none() => {
                wrong.push(format!("{}: silent", row[0]));
            }
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Neither the name of a file nor the way its bytes arrive may change what is read.
#[test]
fn names_and_pieces_change_nothing() {
    for folder in FOLDERS.into_iter().chain(BESIDE).chain(["invalid"]) {
        for row in table(folder) {
            let path = samples().join(folder).join(&row[0]);
            let plain = |read: Read, name: &str| -> Read {
                let (mut files, rows) = read.map_err(|failure| Failure { file: None, ..*failure })?;
                for file in &mut files {
                    // A file inside a packed one is called after both.
                    let inner = file.name.original().trim_start_matches(name).to_owned();
                    file.name = Untrusted::from(inner);
                }
                Ok((files, rows))
            };
            let whole = plain(read(&path, &row[0], usize::MAX), &row[0]);
            // The longest samples byte by byte would take longer than all others together.
            let long = fs::metadata(&path).expect("a sample").len() > 12_000;
            for piece in (1..=64).chain([1000]).filter(|piece| !long || *piece % 31 == 8) {
                let pieces = plain(read(&path, "unknown", piece), "unknown");
                assert_eq!(pieces, whole, "{folder}/{} in pieces of {piece}", row[0]);
            }
        }
    }
}

/// The loader with one whole sample in it.
fn engine_of(file: &str) -> Engine {
    let mut loader = Loader::default();
    loader.start_file(file, 0);
    loader.push(&fs::read(samples().join(file)).expect(file));
    let read = loader.end_file();
    assert!(read.is_ok(), "{file}: {read:?}");
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    let _opened = engine.install(loader, DataToken(1));
    engine
}

/// One column of all clicks, oldest first.
fn column(file: &str, name: &str) -> Vec<String> {
    let params = RowsParams {
        columns: vec![name.to_owned()],
        order_by: vec!["time".to_owned()],
        limit: Some(1000),
        ..RowsParams::default()
    };
    let rows = engine_of(file).ask(&AskRows(params)).expect(file).rows;
    rows.iter().map(|row| row[0].as_str().unwrap_or("∅").to_owned()).collect()
}

/// What happened to the clicks of each sample: allowed, blocked, overridden, no page, unknown.
#[test]
fn actions_are_judged_as_the_readmes_say() {
    for (file, expected) in [
        ("hunting-csv/plain.csv", [2, 2, 1, 1, 0]),
        ("hunting-csv/union-other-tables.csv", [1, 2, 0, 0, 0]),
        ("hunting-csv/projection-no-action.csv", [0, 0, 1, 0, 3]),
        ("hunting-csv/booleans-mixed.csv", [0, 5, 5, 0, 0]),
        ("hunting-csv/clickthrough-same-report.csv", [0, 3, 2, 1, 0]),
        ("hunting-csv/unknown-action.csv", [1, 1, 0, 0, 5]),
        ("hunting-csv/error-pages.csv", [0, 0, 1, 3, 0]),
        ("hunting-csv/duplicates-identical.csv", [1, 1, 1, 0, 0]),
        ("log-analytics-csv/custom-table-suffix.csv", [1, 1, 1, 0, 0]),
        ("log-analytics-json/cli-strings.json", [1, 1, 1, 0, 0]),
        ("streaming/blob-jsonl-crlf.json", [1, 1, 1, 1, 0]),
    ] {
        let actions = column(file, "action");
        let found = ["Allowed", "Blocked", "UserOverride", "None", "Unknown"]
            .map(|name| actions.iter().filter(|action| *action == name).count());
        assert_eq!(found, expected, "{file}: {actions:?}");
    }
}

#[test]
fn times_are_read_as_the_readmes_say() {
    for (file, expected) in [
        (
            "hunting-csv/local-time-dmy.csv",
            vec!["2024-03-05T09:00:00", "2024-03-12T00:00:00", "2024-03-12T12:30:00", "2024-03-13T15:40:13"],
        ),
        (
            "hunting-csv/us-long.csv",
            vec!["2024-02-29T13:02:03", "2024-04-15T11:09:27", "2025-01-01T00:00:00", "2025-12-29T12:10:57"],
        ),
        (
            "hunting-csv/kusto-suffix-1.csv",
            vec!["2026-05-04T09:12:33", "2026-05-04T09:40:01", "2026-05-04T09:40:09"],
        ),
        (
            "log-analytics-csv/utc.csv",
            vec!["2026-05-04T09:12:33", "2026-05-04T09:40:01", "2026-05-04T09:40:09", "2026-05-14T12:02:17"],
        ),
        (
            "log-analytics-csv/sdk-dump.csv",
            vec!["2024-07-17T10:48:36", "2024-07-17T10:48:36", "2024-07-17T10:48:44", "2024-07-18T00:00:00"],
        ),
    ] {
        let found: Vec<String> =
            column(file, "time").into_iter().map(|time| time.chars().take(19).collect()).collect();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn texts_come_through_as_the_export_has_them() {
    assert_eq!(column("hunting-csv/windows-1252.csv", "user")[0], "jörg.müller@contoso.com");
    assert_eq!(
        column("hunting-csv/crlf-quoted-newline.csv", "url")[1],
        "https://contoso-login.example/owa/?x=1\r\n&y=2"
    );
    assert_eq!(column("graph-json/escapes-and-order.json", "url")[0], "https://kit.example/a?q=\"x\"");
    assert_eq!(column("hunting-csv/kusto-suffix-1.csv", "subject")[0], "=Invoice, \"urgent\"");
    assert!(column("streaming/blob-jsonl-crlf.json", "tenant").iter().all(|t| t.starts_with("c0470501-")));
    assert!(
        column("log-analytics-csv/utc.csv", "tenant").iter().all(|t| t == "∅"),
        "a workspace is no tenant"
    );
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

/// A projection that keeps `IsClickedThrough` and drops `ActionType` was once said to have no allowed clicks.
#[test]
fn projection_without_action_says_so_and_nothing_about_allowed_clicks() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/samples/hunting-csv/projection-no-action.csv");
    let bytes = std::fs::read(path).expect("a sample");
    let mut loader = clicks::import::Loader::default();
    loader.start_file("projection.csv", bytes.len() as u64);
    loader.push(&bytes);
    loader.end_file().expect("clicks");
    let report = loader.finish().files.remove(0);
    let codes: Vec<&str> = report.notes.iter().map(|n| n.code.as_str()).collect();
    assert!(codes.contains(&"no-action") && !codes.contains(&"no-allowed"), "{codes:?}");
}
