//! Tables of time zones, made by asking the browser what the clock shows there.

use clicks::model::MINUTE_MS;
use clicks::query::Zone;

use crate::platform::zone;

/// The offsets of an IANA zone from one instant to another, with a margin; none when the browser does not
/// know the zone.
pub fn table(name: &str, from: i64, to: i64) -> Option<Zone> {
    if !zone::is_known(name) {
        return None;
    }
    Zone::sampled(name, from, to, |ms| offset(name, ms))
}

/// Minutes east of UTC.
fn offset(name: &str, ms: i64) -> Option<i32> {
    let ms = ms - ms.rem_euclid(MINUTE_MS);
    let wall = zone::date_time(ms as f64, name).replace(' ', "T");
    let wall = Zone::default().read(&wall)?;
    i32::try_from((wall - ms) / MINUTE_MS).ok()
}
