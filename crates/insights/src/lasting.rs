//! Lengths of time in words.

use clicks::model::text::counted;
use clicks::model::{DAY_MS, HOUR_MS, MINUTE_MS};

/// A length of time in one unit, two where hours are few: `7 s`, `34 min`, `3 h 5 min`, `2 days`.
pub fn lasting(ms: i64) -> String {
    match ms.max(0) {
        ms if ms < MINUTE_MS => format!("{} s", ms / 1_000),
        ms if ms < 2 * HOUR_MS => format!("{} min", ms / MINUTE_MS),
        ms if ms < 2 * DAY_MS => match ms % HOUR_MS / MINUTE_MS {
            0 => format!("{} h", ms / HOUR_MS),
            minutes => format!("{} h {minutes} min", ms / HOUR_MS),
        },
        ms => counted((ms / DAY_MS).unsigned_abs(), "day", "days"),
    }
}
