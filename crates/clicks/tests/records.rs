//! The row detail reads the record again from the file, whatever the file is written like.

use std::path::{Path, PathBuf};

use clicks::engine::Engine;
use clicks::import::Loader;
use clicks::model::Field;
use clicks::query::values;

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
        let mut loader = Loader::default();
        loader.start_file("unknown", bytes.len() as u64);
        bytes.chunks(700).for_each(|piece| loader.push(piece));
        if loader.end_file().is_err() {
            continue;
        }
        let mut engine = Engine::new(Box::new(|_, _, _| None));
        engine.install(loader, clicks::protocol::DataToken(1));
        for row in 0..engine.data().len() as u32 {
            let url = values::text(engine.data(), row as usize, Field::Url);
            let place = engine.place_of(row).expect("a place");
            let record = &bytes[place.byte as usize..];
            let detail = engine.detail(row, Some((record, true))).expect("a row");
            let found = detail.raw.iter().any(|(_, cell)| *cell == url);
            assert!(found, "{}: row {row}, {url}: {:?}", path.display(), detail.raw);
            rows += 1;
        }
    }
    assert!(rows > 100, "{rows} rows in all samples");
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
    let failure = clicks::protocol::Failure { message: "gone".to_owned(), ..Default::default() };
    loader.give_up_file(&failure);
    loader.start_file("whole.csv", 0);
    loader.push(format!("{header}{}", row(2)).as_bytes());
    loader.end_file().expect("a click");
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    let opened = engine.install(loader, clicks::protocol::DataToken(1));
    assert_eq!((opened.rows, opened.files.len()), (1, 2));
    assert_eq!((opened.files[0].kind.as_str(), opened.files[0].why.as_str()), ("refused", "gone"));
    assert_eq!(engine.place_of(0).map(|place| place.file), Some(0), "the first file that gave clicks");
}
