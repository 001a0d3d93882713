//! Tables of time zones, made by asking the browser what the clock shows there.

use clicks::model::{DAY_MS, MINUTE_MS};
use clicks::query::Zone;

use crate::platform::zone;

/// Clocks change at most once in this long: even around Ramadan, when some clocks go back for a month.
const STEP_MS: i64 = 7 * DAY_MS;

/// A month of a chart begins that much before its first click, and ends that much after its last.
const MARGIN_MS: i64 = 33 * DAY_MS;

/// The offsets of an IANA zone from one instant to another, with a margin; none when the browser does not
/// know the zone.
pub fn table(name: &str, from: i64, to: i64) -> Option<Zone> {
    if !zone::is_known(name) {
        return None;
    }
    let mut at = from - MARGIN_MS;
    let end = to + MARGIN_MS;
    let mut offsets = vec![(at, offset(name, at)?)];
    while at < end {
        let next = at + STEP_MS;
        let (before, after) = (offset(name, at)?, offset(name, next)?);
        if before != after {
            offsets.push((change(name, at, next, before)?, after));
        }
        at = next;
    }
    Some(Zone { name: name.to_owned(), offsets })
}

/// The first minute of a span at which the offset is no longer `before`.
fn change(name: &str, mut low: i64, mut high: i64, before: i32) -> Option<i64> {
    while high - low > MINUTE_MS {
        let middle = low + (high - low) / 2 / MINUTE_MS * MINUTE_MS;
        let middle = middle.max(low + MINUTE_MS);
        if offset(name, middle)? == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high - high.rem_euclid(MINUTE_MS))
}

/// Minutes east of UTC.
fn offset(name: &str, ms: i64) -> Option<i32> {
    let ms = ms - ms.rem_euclid(MINUTE_MS);
    let wall = zone::date_time(ms as f64, name).replace(' ', "T");
    let wall = Zone::default().read(&wall)?;
    i32::try_from((wall - ms) / MINUTE_MS).ok()
}
