//! Two things that are compared are measured in turn, and more than once: a busy machine is busy for both.

use harness::Page;

use crate::exports::Export;
use crate::questions::Loaded;
use crate::{floor, many, questions};

/// Odd, so that one round is the median.
const ROUNDS: usize = 5;

/// The floor in milliseconds and the load right after it, of the round whose ratio is the median.
pub async fn floor_and_load(page: &Page, html: &str, export: &Export) -> (f64, Loaded) {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let floor = floor::measure(page, export).await;
        rounds.push((floor, questions::load(page, html, export).await));
    }
    median(rounds, |(floor, loaded)| loaded.seconds / floor)
}

/// The load of one file and of its parts right after it, of the round whose ratio is the median.
pub async fn one_and_many(page: &Page, html: &str, one: &Export, parts: &[Export]) -> (Loaded, Loaded) {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let one = questions::load(page, html, one).await;
        rounds.push((one, many::load(page, html, parts).await));
    }
    median(rounds, |(one, many)| many.seconds / one.seconds)
}

fn median<T>(mut rounds: Vec<T>, ratio: impl Fn(&T) -> f64) -> T {
    rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    rounds.swap_remove(rounds.len() / 2)
}
