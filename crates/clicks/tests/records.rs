//! The row detail reads the record again from the file, whatever the file is written like.

mod common;

use std::path::{Path, PathBuf};

use clicks::Failure;
use clicks::engine::{DataToken, Engine};
use clicks::import::Loader;
use clicks::query::{AskDetail, AskRows, Detail, Filter, Key, Pivot, RowsAnswer, RowsParams};

fn samples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(root).expect("samples").flatten() {
        let invalid = folder.file_name() == "invalid";
        let Ok(entries) = std::fs::read_dir(folder.path()) else { continue };
        files.extend(entries.flatten().map(|e| e.path()).filter(|p| !invalid && !p.ends_with("README.md")));
    }
    files.sort();
    files
}

#[test]
fn record_of_every_row_of_every_sample_is_found_again() {
    let mut rows = 0;
    for path in samples() {
        let bytes = std::fs::read(&path).expect("a sample");
        let Some(mut session) = common::session_of("unknown", &bytes) else { continue };
        let mut all =
            RowsParams { columns: vec!["url".to_owned()], limit: Some(u32::MAX), ..RowsParams::default() };
        all.order_by = vec!["time".to_owned()];
        let answer: RowsAnswer = common::answer(&mut session, &AskRows(all), &[]);
        for (row, url) in answer.ids.into_iter().zip(answer.rows) {
            let url = url[0].as_str().unwrap_or_default().to_owned();
            let detail: Detail =
                common::answer(&mut session, &AskDetail { row, ..AskDetail::default() }, &[&bytes]);
            let found = detail.raw.iter().any(|(_, cell)| *cell == *url);
            assert!(found, "{}: row {row}, {url}: {:?}", path.display(), detail.raw);
            rows += 1;
        }
    }
    assert!(rows > 100, "{rows} rows in all samples");
}

#[test]
fn pivot_of_every_click_counts_what_its_filter_lets_through() {
    let mut pivots = 0;
    for path in samples() {
        let bytes = std::fs::read(&path).expect("a sample");
        let Some(mut session) = common::session_of("unknown", &bytes) else { continue };
        let limit = RowsParams { limit: Some(40), ..RowsParams::default() };
        let ids = common::answer(&mut session, &AskRows(limit), &[]).ids;
        for row in ids {
            let detail: Detail =
                common::answer(&mut session, &AskDetail { row, ..AskDetail::default() }, &[&bytes]);
            for Pivot { key, value, clicks } in detail.pivots {
                let mut filter = Filter::default();
                filter.set(Key::from_name(&key).expect("a key"), value.original());
                let alone =
                    RowsParams { filter: filter.to_string(), limit: Some(u32::MAX), ..RowsParams::default() };
                let answer: RowsAnswer = common::answer(&mut session, &AskRows(alone), &[]);
                assert_eq!(answer.total, clicks, "{}: {filter}", path.display());
                assert!(answer.ids.contains(&row), "{}: {filter} leaves its own click out", path.display());
                pivots += 1;
            }
        }
    }
    assert!(pivots > 1000, "{pivots} pivots in all samples");
}

/// A file that stopped in the middle once left its rows behind, and shifted where records of later files
/// were looked for.
#[test]
fn file_given_up_in_the_middle_leaves_nothing_but_its_reason() {
    let row = |n: u32| format!("2026-05-04T09:12:3{n}Z,https://a.example/{n},ClickAllowed,ana@contoso.com\n");
    let header = "Timestamp,Url,ActionType,AccountUpn\n";
    let mut loader = Loader::default();
    loader.start_file("half.csv", 0);
    loader.push(format!("{header}{}", row(1).repeat(100)).as_bytes());
    assert_eq!(loader.rows(), 100, "rows were taken before the file stopped");
    let failure = Failure { message: "gone".into(), ..Failure::default() };
    loader.give_up_file(&failure);
    loader.start_file("whole.csv", 0);
    loader.push(format!("{header}{}", row(2)).as_bytes());
    loader.end_file().expect("a click");
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    let opened = engine.install(loader, DataToken(1));
    assert_eq!((opened.rows, opened.files.len()), (1, 2));
    assert_eq!((opened.files[0].kind.as_str(), opened.files[0].why.original()), ("refused", "gone"));
    assert_eq!(engine.data().origin.at(0).file(), 0, "the first file that gave clicks");
}
