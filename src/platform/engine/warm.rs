//! Reads made-up clicks while nobody waits.
//!
//! Browsers compile a program twice: at once, and well once its functions have run for a while. This way the
//! second has happened when the first file comes: a million rows then load in two thirds of the time.

use clicks::ask::Question;
use clicks::engine::{DataToken, Engine};
use clicks::import::{Loader, RawRecord};
use clicks::query::{AskDashboard, AskRows, RowsParams};
use clicks::sample::{Format, Plan, sample_csv, write_clicks};
use insights::{AskFirstRead, AskOffenders, AskSigns, AskWarnings, AskWhen, AskWorklist};

use super::host::Host;
use super::{tick, zones};

/// After so many rounds over some megabytes nothing gets faster any more.
const ROUNDS: u32 = 4;

/// Warms up, until the host is asked for something real.
pub async fn up(host: &Host) {
    let mut lines = Plan::sample();
    lines.format = Format::JsonLines;
    lines.rows = 1_000;
    let mut json = Vec::new();
    // Writing to memory does not fail.
    write_clicks(&lines, &mut json).ok();
    let csv = sample_csv();
    for _round in 0..ROUNDS {
        let mut loader = Loader::default();
        for (name, bytes) in [("a", &csv), ("b", &json)] {
            tick::pause().await;
            if host.was_used() {
                return;
            }
            loader.start_file(name, bytes.len() as u64);
            loader.push(bytes);
            drop(loader.end_file());
        }
        let mut engine = Engine::new(Box::new(zones::table));
        engine.install(loader, DataToken::default());
        for filter in ["", "range=30d", "action=blocked", "q=login"] {
            drop(engine.ask(&AskDashboard { filter: filter.to_owned(), quick: false }));
        }
        let meanings: [&dyn Question; 6] = [
            &AskFirstRead::default(),
            &AskSigns::default(),
            &AskWorklist::default(),
            &AskOffenders::default(),
            &AskWhen::default(),
            &AskWarnings::default(),
        ];
        for question in meanings {
            tick::pause().await;
            if host.was_used() {
                return;
            }
            drop(engine.answer(question, RawRecord::new()));
        }
        let by_user = RowsParams { order_by: vec!["user".to_owned()], ..RowsParams::default() };
        drop(engine.ask(&AskRows(by_user)));
    }
}
