//! Tables of time zones, which a browser has by itself.

use chrono::{DateTime, Offset as _, TimeZone as _};
use chrono_tz::{TZ_VARIANTS, Tz};
use clicks::query::Zone;

/// The offsets of an IANA zone from one instant to another, with a margin; none for a zone that nobody knows.
pub fn table(name: &str, from: i64, to: i64) -> Option<Zone> {
    let zone = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name))?;
    Zone::sampled(name, from, to, |ms| offset(*zone, ms))
}

/// Minutes east of UTC.
fn offset(zone: Tz, ms: i64) -> Option<i32> {
    let instant = DateTime::from_timestamp_millis(ms)?.naive_utc();
    // What is shown of a clock are its minutes, also of a local one that is some seconds off.
    Some(zone.offset_from_utc_datetime(&instant).fix().local_minus_utc().div_euclid(60))
}
