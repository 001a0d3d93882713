//! Figures of the packed file in a real Chromium: `cargo xtask bench [rows]`.
//!
//! Never fails for being slow. Every figure is printed beside the floor (the same bytes only handed to a
//! worker) and the peers measured before.

mod exports;
mod felt;
mod floor;
mod many;
mod memory;
mod peers;
mod questions;
mod rounds;
mod table;

use std::process::ExitCode;

use harness::{Browser, Launch, drive, file_url, packed};

use exports::Export;
use table::Table;

/// Rows of the export when nobody names another number.
const ROWS: u64 = 1_000_000;
const JSON_ROWS: u64 = 100_000;
/// In how many files the export is opened once more.
const PARTS: u64 = 40;

fn main() -> ExitCode {
    let rows = match std::env::args().nth(1).map(|text| text.replace('_', "").parse()) {
        None => ROWS,
        Some(Ok(rows)) if rows > 0 => rows,
        Some(_) => {
            eprintln!("bench: the argument is a number of rows, such as 5000000");
            return ExitCode::FAILURE;
        }
    };
    let csv = Export::csv(rows);
    let lines = Export::json_lines(JSON_ROWS.min(rows));
    let html = file_url(&packed());

    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.allow_seconds(1_800).await;
        let mut table = Table::new(csv.megabytes());

        // The first reading also brings the file into the system's cache and counts for nothing.
        floor::measure(&page, &csv).await;
        let (floor, loaded) = rounds::floor_and_load(&page, &html, &csv).await;
        table.floor(floor);
        table.load(&csv, &loaded, floor);
        table.memory(memory::of_renderer(&page).await);
        for question in questions::ALL {
            let figure = questions::ask(&page, question).await;
            table.question(question, figure.as_ref(), floor);
        }

        for deed in felt::ALL {
            table.deed(deed, felt::measure(&page, deed).await);
        }

        let other = Export::other_csv(rows.div_ceil(PARTS));
        table.added(&other, many::add(&page, &other).await, loaded.seconds);
        let parts = csv.parts(PARTS);
        let (one, many) = rounds::one_and_many(&page, &html, &csv, &parts).await;
        table.parts(&many, &one);

        let loaded = questions::load(&page, &html, &lines).await;
        table.json_lines(&lines, &loaded);
        table.print();
    });
    ExitCode::SUCCESS
}
