//! Times the engine without a browser, for work on the engine itself: `cargo run --release -p clicks
//! --example native [rows]`. The figures that count are those of `cargo xtask bench`.

use std::time::Instant;

use clicks::ask::{self, Written};
use clicks::engine::{DataToken, Engine};
use clicks::import::Loader;
use clicks::query::{AskDashboard, AskQuery, AskRows, QueryParams, RowsParams};
use clicks::sample::{Plan, write_clicks};

fn main() {
    let rows = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut bytes = Vec::new();
    time("generate", || write_clicks(&Plan::bench(rows), &mut bytes)).expect("memory");
    println!("{} MB", bytes.len() / 1_000_000);
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    let mut loader = Loader::default();
    let began = Instant::now();
    loader.start_file("bench.csv", bytes.len() as u64);
    for piece in bytes.chunks(1 << 20) {
        loader.push(piece);
    }
    let _report = loader.end_file().expect("clicks");
    println!("{:>9.1} ms  read", began.elapsed().as_secs_f64() * 1e3);
    let opened = time("order", || engine.install(loader, DataToken(1)));
    println!("{} rows, {} users, {} urls", opened.rows, engine.data().users.len(), engine.data().urls.len());
    let overview = |filter: &str| Written::of(&AskDashboard { filter: filter.into(), quick: false });
    let url = RowsParams { order_by: vec!["user".into(), "time".into()], ..RowsParams::default() };
    let questions = [
        ("overview", overview("range=89d")),
        ("overview, other filter", overview("range=60d&verdict=!pending")),
        ("day × action", query("range=88d", &["day", "rawAction"], &["clicks"])),
        ("top users", query("range=87d", &["user"], &["blocked"])),
        ("heatmap", query("range=86d", &["weekday", "hour"], &["clicks"])),
        ("URL search", query("url=login", &[], &["clicks"])),
        ("first page by user, time", Written::of(&AskRows(url.clone()))),
        ("first page by user, time, again", Written::of(&AskRows(url))),
        ("people by host", query("range=85d", &["host"], &["people"])),
    ];
    for (name, question) in questions {
        let question = ask::read(&question).unwrap_or_else(|failure| panic!("{failure:?}"));
        if let Err(failure) = time(name, || engine.answer(&*question, Vec::new())) {
            println!("{failure:?}");
        }
    }
}

fn query(filter: &str, group_by: &[&str], measures: &[&str]) -> Written {
    let texts = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    let query = QueryParams {
        filter: filter.into(),
        group_by: texts(group_by),
        measures: texts(measures),
        ..QueryParams::default()
    };
    Written::of(&AskQuery { queries: vec![query] })
}

fn time<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = work();
    println!("{:>9.1} ms  {name}", began.elapsed().as_secs_f64() * 1e3);
    result
}
