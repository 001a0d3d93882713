//! Time zones as tables of offsets, and the wall-clock hours that clicks fall into.
//!
//! Owns the arithmetic from instants to wall clocks. Must not know where a table comes from: the browser
//! has every zone's rules, so that none are shipped here.

use crate::model::{DAY_MS, HOUR_MS, MINUTE_MS, days_of_date};

/// Offsets of one time zone over a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its name, printed wherever a time is.
    pub name: String,
    /// From which instant on (Unix ms) which offset east of UTC (minutes) holds; ascending, the first
    /// entry holds for everything before it too. Empty is UTC.
    pub offsets: Vec<(i64, i32)>,
}

/// Gives the table of an IANA zone for a span of instants, or none when the zone is not known.
pub type ZoneSource = Box<dyn Fn(&str, i64, i64) -> Option<Zone>>;

impl Default for Zone {
    fn default() -> Zone {
        Zone { name: "UTC".to_owned(), offsets: Vec::new() }
    }
}

impl Zone {
    /// `UTC`, `Z`, `+02:00`, `-0530`, `+9`; none for anything else.
    pub fn fixed(name: &str) -> Option<Zone> {
        let name = name.trim();
        if name.is_empty() || ["utc", "z", "gmt"].iter().any(|n| n.eq_ignore_ascii_case(name)) {
            return Some(Zone::default());
        }
        let (sign, digits) = match name.as_bytes().first()? {
            b'+' => (1, &name[1..]),
            b'-' => (-1, &name[1..]),
            _ => return None,
        };
        let digits = digits.replace(':', "");
        let number: i32 = digits.parse().ok()?;
        let minutes = if digits.len() <= 2 { number * 60 } else { number / 100 * 60 + number % 100 };
        if minutes > 18 * 60 {
            return None;
        }
        let sign_text = if sign > 0 { '+' } else { '-' };
        let name = format!("UTC{sign_text}{:02}:{:02}", minutes / 60, minutes % 60);
        Some(Zone { name, offsets: vec![(i64::MIN, sign * minutes)] })
    }

    /// Milliseconds east of UTC at an instant.
    pub fn offset_at(&self, ms: i64) -> i64 {
        let after = self.offsets.partition_point(|(from, _)| *from <= ms);
        let entry = self.offsets.get(after.saturating_sub(1));
        entry.map_or(0, |(_, minutes)| i64::from(*minutes) * MINUTE_MS)
    }

    /// The wall clock at an instant, as milliseconds since 1970-01-01T00:00 there.
    pub fn wall_of(&self, ms: i64) -> i64 {
        ms + self.offset_at(ms)
    }

    /// The instant of a wall clock. Of two (the clock went back) the first, of none (it went forward) the
    /// one after the gap.
    pub fn instant_of(&self, wall: i64) -> i64 {
        let early = wall - self.offset_at(wall - DAY_MS);
        if self.wall_of(early) == wall {
            return early;
        }
        wall - self.offset_at(wall + DAY_MS)
    }

    /// The first instant after `ms` at which the wall clock begins a new hour or jumps.
    pub fn next_hour(&self, ms: i64) -> i64 {
        let wall = self.wall_of(ms);
        let hour_end = ms + (HOUR_MS - wall.rem_euclid(HOUR_MS));
        let after = self.offsets.partition_point(|(from, _)| *from <= ms);
        self.offsets.get(after).map_or(hour_end, |(jump, _)| hour_end.min(*jump))
    }

    /// Reads an ISO date or date-time: with an offset as that instant, without one on this zone's wall.
    pub fn read(&self, text: &str) -> Option<i64> {
        let text = text.trim();
        let (date, rest) = (text.get(..10)?, text.get(10..)?);
        let mut numbers = date.split('-');
        let year = numbers.next()?.parse().ok()?;
        let month = numbers.next()?.parse().ok()?;
        let day = numbers.next()?.parse().ok()?;
        let midnight = days_of_date(year, month, day)? * DAY_MS;
        let Some(rest) = rest.strip_prefix(['T', ' ', 't']) else {
            return rest.is_empty().then(|| self.instant_of(midnight));
        };
        let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(zone_at);
        let wall = midnight + clock_ms(clock)?;
        if zone.is_empty() {
            return Some(self.instant_of(wall));
        }
        Some(Zone::fixed(zone)?.instant_of(wall))
    }
}

fn clock_ms(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next().unwrap_or("0").parse().ok()?;
    let seconds: f64 = parts.next().unwrap_or("0").parse().ok()?;
    let ok = (0..=24).contains(&hours) && (0..60).contains(&minutes) && (0.0..61.0).contains(&seconds);
    ok.then_some(hours * HOUR_MS + minutes * MINUTE_MS + (seconds * 1000.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iso_of_ms;

    /// Central European time around the changes of 2026.
    fn berlin() -> Zone {
        let spring = Zone::default().read("2026-03-29T01:00:00Z").unwrap_or_default();
        let autumn = Zone::default().read("2026-10-25T01:00:00Z").unwrap_or_default();
        Zone { name: "Europe/Berlin".to_owned(), offsets: vec![(0, 60), (spring, 120), (autumn, 60)] }
    }

    #[test]
    fn zone_wall_clocks_convert_both_ways() {
        let zone = berlin();
        for (text, utc) in [
            ("2026-01-15", "2026-01-14T23:00:00Z"),
            ("2026-07-15T12:30", "2026-07-15T10:30:00Z"),
            ("2026-07-15T12:30:00Z", "2026-07-15T12:30:00Z"),
            ("2026-07-15T12:30:00+05:30", "2026-07-15T07:00:00Z"),
            ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
        ] {
            assert_eq!(zone.read(text).map(iso_of_ms).as_deref(), Some(utc), "{text}");
        }
        assert_eq!(zone.read("2026-13-01"), None);
        assert_eq!(zone.read("soon"), None);
    }

    #[test]
    fn zone_fixed_offsets_are_read() {
        for (name, shown) in
            [("utc", "UTC"), ("+02:00", "UTC+02:00"), ("-0530", "UTC-05:30"), ("+9", "UTC+09:00")]
        {
            assert_eq!(Zone::fixed(name).map(|z| z.name).as_deref(), Some(shown));
        }
        assert_eq!(Zone::fixed("Europe/Berlin"), None);
        assert_eq!(Zone::fixed("+99:00"), None);
    }

    #[test]
    fn zone_half_hours_begin_at_the_wall_clock() {
        let india = Zone::fixed("+05:30").unwrap_or_default();
        assert_eq!(india.next_hour(0), 30 * MINUTE_MS);
    }
}
