//! How long after the delivery of its message a link was opened (H6, H7).
//!
//! Owns these times, and when the clocks of two exports say nothing of one another. Simulations follow the same rules.

use super::Config;
use super::signals::{Signal, Signals};
use crate::model::Dataset;

/// Clocks of two services differ by so much. Source: `docs/lens.md`, H7.
pub const CLOCKS_MS: i64 = 5_000;
/// H6, the weaker half, and how soon a vendor's address tells a machine: people surf through it later. Source: `docs/lens.md`.
pub const SOON_MS: i64 = 30_000;
/// Where so many clicks, and more than one in so many, precede delivery, clocks differ; and where most do. No source: scanners
/// that early are rare, and a clock that is wrong is wrong for all.
const EARLY_FROM: u64 = 10;
const EARLY_OF: u64 = 10;

/// Whether two clocks differ of which it is known so often how long one was after the other, and which was early so often.
pub const fn clocks_differ(early: u64, known: u64) -> bool {
    early * 2 > known || (early >= EARLY_FROM && early * EARLY_OF > known)
}

/// Marks the clicks of messages whose delivery is known; none where the clocks of the two files differ.
pub(super) fn mark(data: &Dataset, config: &Config, signals: &mut [Signals]) {
    let after = |(row, delivered): &(u32, i64)| data.time[*row as usize] - delivered;
    let early = data.delivered.iter().filter(|one| after(one) < -CLOCKS_MS).count() as u64;
    if clocks_differ(early, data.delivered.len() as u64) {
        return;
    }
    for one in &data.delivered {
        let signal = match after(one) {
            after if after < -CLOCKS_MS => Signal::BeforeDelivery,
            after if after <= config.preset.at_delivery_ms() => Signal::AtDelivery,
            ..=SOON_MS => Signal::SoonAfterDelivery,
            _ => continue,
        };
        signals[one.0 as usize].add(signal);
    }
}
