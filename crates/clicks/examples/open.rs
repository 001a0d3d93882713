//! Opens files as the page does and says what they are: `cargo run --release -p clicks --example open FILE…`.

use std::time::Instant;

use clicks::engine::{DataToken, Engine};
use clicks::import::Loader;
use clicks::query::AskDashboard;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        let began = Instant::now();
        let mut loader = Loader::default();
        loader.start_file(&path, bytes.len() as u64);
        bytes.chunks(1 << 20).for_each(|piece| loader.push(piece));
        let report = loader.end_file();
        let mut engine = Engine::new(Box::new(|_, _, _| None));
        engine.install(loader, DataToken(1));
        drop(engine.ask(&AskDashboard::default()));
        println!("{path}: {:.2} s", began.elapsed().as_secs_f64());
        match report {
            Ok(report) => {
                println!(
                    "  {} clicks, {} refused, {} duplicates of {} records: {}",
                    report.rows,
                    report.refused,
                    engine.data().files.iter().map(|f| f.duplicates).sum::<u64>(),
                    report.records,
                    report.kind_label
                );
                for reason in report.reasons {
                    println!(
                        "  {} × {} (line {})",
                        reason.count,
                        reason.text.shown(),
                        reason.lines.first().unwrap_or(&0)
                    );
                }
            }
            Err(failure) => println!("  {} line {:?}", failure.message.shown(), failure.line),
        }
    }
}
