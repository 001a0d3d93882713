//! The row detail reads the record again from the file, whatever the file is written like.

use std::path::{Path, PathBuf};

use clicks::engine::Engine;
use clicks::import::Loader;
use clicks::model::Column;
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
        engine.install(loader);
        for row in 0..engine.data().len() as u32 {
            let url = values::text(engine.data(), row as usize, Column::Url);
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
