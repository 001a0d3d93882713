//! Any bytes are read without a panic, and to the same data however they are split.
#![no_main]

use clicks::import::Loader;
use clicks::model::Field;
use clicks::query::values;
use libfuzzer_sys::fuzz_target;

/// What a file comes to in pieces of these lengths in turn: its report and every cell.
fn everything(bytes: &[u8], lengths: [usize; 2]) -> String {
    let mut loader = Loader::default();
    loader.start_file("unknown", bytes.len() as u64);
    let (mut rest, mut turn) = (bytes, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(lengths[turn % 2].clamp(1, rest.len()));
        loader.push(piece);
        rest = after;
        turn += 1;
    }
    if let Err(failure) = loader.end_file() {
        return format!("{failure:?}");
    }
    let loaded = loader.finish();
    let mut text = String::new();
    for report in &loaded.files {
        let beside: u64 = report.beside.iter().map(|kind| kind.records).sum();
        let counted = report.rows + report.duplicates + report.refused + report.skipped + beside;
        assert_eq!(report.records, counted, "records = rows + duplicates + refused + skipped + beside");
        text.push_str(&format!("{report:?}\n"));
    }
    text.push_str(&format!("{:?} {:?}\n", loaded.tables, loaded.tables.simulations.people()));
    for row in 0..loaded.data.len() {
        let cells: Vec<String> =
            Field::columns().map(|field| values::text(&loaded.data, row, field)).collect();
        text.push_str(&format!("{} {:?} {cells:?}\n", loaded.data.line[row], loaded.data.origin.at(row)));
    }
    text
}

fuzz_target!(|bytes: &[u8]| {
    // The last bytes say how the file is split too, so that an input is a file and nothing else.
    let [.., long, short] = bytes else { return };
    let lengths = [usize::from(*short) % 31 + 1, usize::from(*long) * 16 + 1];
    assert_eq!(everything(bytes, lengths), everything(bytes, [bytes.len(); 2]));
});
