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

/// Clocks change at most once in this long: even around Ramadan, when some clocks go back for a month.
const STEP_MS: i64 = 7 * DAY_MS;

/// A month of a chart begins that much before its first click, and ends that much after its last.
const MARGIN_MS: i64 = 33 * DAY_MS;

/// The first minute of a span at which the offset is no longer `before`.
fn change(mut low: i64, mut high: i64, before: i32, offset: impl Fn(i64) -> Option<i32>) -> Option<i64> {
    while high - low > MINUTE_MS {
        let middle = low + (high - low) / 2 / MINUTE_MS * MINUTE_MS;
        let middle = middle.max(low + MINUTE_MS);
        if offset(middle)? == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high - high.rem_euclid(MINUTE_MS))
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
        let (hours, minutes) = match digits.split_once(':') {
            Some(parts) => parts,
            None if digits.is_ascii() && digits.len() > 2 => digits.split_at(digits.len() - 2),
            None => (digits, "0"),
        };
        let part = |text: &str, end: i32| {
            let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|n: &i32| plain && *n < end)
        };
        let minutes: i32 = part(hours, 19)? * 60 + part(minutes, 60)?;
        if minutes > 18 * 60 {
            return None;
        }
        let sign_text = if sign > 0 { '+' } else { '-' };
        let name = format!("UTC{sign_text}{:02}:{:02}", minutes / 60, minutes % 60);
        Some(Zone { name, offsets: vec![(i64::MIN, sign * minutes)] })
    }

    /// The offsets of a zone from one instant to another, with a margin, where only single ones can be asked for: minutes east of
    /// UTC at an instant. None when one is not known.
    pub fn sampled(name: &str, from: i64, to: i64, offset: impl Fn(i64) -> Option<i32>) -> Option<Zone> {
        let mut at = from - MARGIN_MS;
        let end = to + MARGIN_MS;
        let mut offsets = vec![(at, offset(at)?)];
        while at < end {
            let next = at + STEP_MS;
            let (before, after) = (offset(at)?, offset(next)?);
            if before != after {
                offsets.push((change(at, next, before, &offset)?, after));
            }
            at = next;
        }
        Some(Zone { name: name.to_owned(), offsets })
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
    /// first one after the gap.
    pub fn instant_of(&self, wall: i64) -> i64 {
        // The clock moves by less than a day; of the offsets in force around it one may be right.
        let early = wall - self.offset_at(wall - DAY_MS);
        if self.wall_of(early) == wall {
            return early;
        }
        let late = wall - self.offset_at(wall + DAY_MS);
        if self.wall_of(late) == wall {
            return late;
        }
        // Between the two the clock jumped over it.
        let after = self.offsets.partition_point(|(from, _)| *from <= late.min(early));
        self.offsets.get(after).map_or(late, |(jump, _)| *jump)
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
        let dashed = text.as_bytes().get(4) == Some(&b'-');
        let length = if dashed { 10 } else { 8 };
        let (date, rest) = (text.get(..length)?, text.get(length..)?);
        let number = |from: usize, to: usize| {
            let digits = date.get(from..to)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
        };
        let (year, month, day) = if dashed {
            let in_order = date.as_bytes()[7] == b'-';
            in_order.then_some(())?;
            (number(0, 4)?, number(5, 7)?, number(8, 10)?)
        } else {
            (number(0, 4)?, number(4, 6)?, number(6, 8)?)
        };
        let midnight = days_of_date(i32::try_from(year).ok()?, month, day)? * DAY_MS;
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

/// `09`, `09:30`, `09:30:15`, `09:30:15.250`.
fn clock_ms(clock: &str) -> Option<i64> {
    let part = |text: &str, end: i64| {
        let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|n: &i64| plain && *n < end)
    };
    let mut parts = clock.split(':');
    let hours = part(parts.next()?, 24)?;
    let minutes = part(parts.next().unwrap_or("00"), 60)?;
    let (seconds, fraction) = match parts.next() {
        Some(text) => text.split_once('.').unwrap_or((text, "0")),
        None => ("00", "0"),
    };
    let seconds = part(seconds, 61)?.min(59);
    let plain =
        !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) && parts.next().is_none();
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok().filter(|_| plain)?;
    Some(hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000 + millis)
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
            ("2026-03-29T02:30", "2026-03-29T01:00:00Z"),
            ("20260715", "2026-07-14T22:00:00Z"),
            ("2026-07-15T12:30:15.2504Z", "2026-07-15T12:30:15.250Z"),
        ] {
            assert_eq!(zone.read(text).map(iso_of_ms).as_deref(), Some(utc), "{text}");
        }
        for text in [
            "2026-13-01",
            "soon",
            "2026-1-1",
            "2026-07-15T25:00",
            "2026-07-15T12:30:",
            "2026-07-15x",
            "+202601",
        ] {
            assert_eq!(zone.read(text), None, "{text}");
        }
    }

    #[test]
    fn zone_fixed_offsets_are_read() {
        for (name, shown) in
            [("utc", "UTC"), ("+02:00", "UTC+02:00"), ("-0530", "UTC-05:30"), ("+9", "UTC+09:00")]
        {
            assert_eq!(Zone::fixed(name).map(|z| z.name).as_deref(), Some(shown));
        }
        assert_eq!(Zone::fixed("Europe/Berlin"), None);
        for name in ["+99:00", "+-2147483648", "+2:-30", "+18:30", "+", "-", "+1:2:3", "+²"] {
            assert_eq!(Zone::fixed(name), None, "{name}");
        }
    }

    #[test]
    fn zone_half_hours_begin_at_the_wall_clock() {
        let india = Zone::fixed("+05:30").unwrap_or_default();
        assert_eq!(india.next_hour(0), 30 * MINUTE_MS);
    }
}
