//! Reads the times of an export, in every spelling that has been seen.
//!
//! Owns the usual spelling, which must be fast, and what the times of a file tell of its order of day and month: one
//! number over twelve decides for all rows, in [`super::dates`]. Must not know columns or containers. The spellings
//! are those of recorded exports and of the issues in which tools failed on them.

mod spellings;

use self::spellings::slow;
use crate::beside::Stamp;
use crate::model::{DAY_MS, HOUR_MS, MINUTE_MS, NEWEST_MS, OLDEST_MS, days_of_date};

/// How one file writes its times, learnt from the times that were believed.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The header says that the times are local ones of an unknown zone.
    pub local: bool,
    /// The header says UTC.
    pub utc: bool,
    /// Somebody said whose clock it is, and its times are instants now.
    pub told: Option<String>,
    /// Why times without a zone are UTC, where the format says so.
    pub by_format: Option<&'static str>,
    /// Times read that carry `Z` or an offset.
    pub with_zone: u64,
    /// Times read that do not.
    pub without_zone: u64,
    /// How days and months stand.
    pub order: DateOrder,
    /// Times read that have no seconds.
    pub coarse: u64,
    /// ISO dates met before and their days, by month and day: rows repeat the dates of their period.
    dates: DateCache,
}

/// What the dates of a file tell of their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateOrder {
    /// Times whose first number can only be a day.
    pub day_first: u64,
    /// Times whose second number can only be a day.
    pub month_first: u64,
    /// Times that read both ways; they were read month first.
    pub either: u64,
    /// How such dates are written.
    pub shape: DateShape,
}

/// In which ways the dates of a file are written whose order is open: a bit for each of `/` and `-` without and with AM or
/// PM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateShape(u8);

impl DateShape {
    /// Whether all are written in one way.
    pub const fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }
}

/// A time that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Unix milliseconds.
    pub ms: i64,
    /// Ten-millionths of a second beyond the milliseconds, 0 to 9,999.
    pub ticks: u32,
    /// It has no seconds.
    pub coarse: bool,
    /// Day and month could change places.
    pub either: bool,
    zoned: bool,
    day_first: bool,
    month_first: bool,
    /// The bit of [`DateShape`].
    shape: u8,
    /// AM or PM is written.
    half: bool,
}

/// One place for each day of a year.
#[derive(Clone, Debug)]
struct DateCache(Box<[([u8; 10], i64); 512]>);

impl Default for DateCache {
    fn default() -> DateCache {
        DateCache(Box::new([([0; 10], 0); 512]))
    }
}

impl DateCache {
    /// The place of `2026-05-04`: four bits of the month, five of the day.
    #[inline]
    fn at(&mut self, date: &[u8; 10]) -> &mut ([u8; 10], i64) {
        let digit = |i: usize| usize::from(date[i] & 15);
        let month = (digit(5) * 10 + digit(6)) & 15;
        let day = (digit(8) * 10 + digit(9)) & 31;
        &mut self.0[month * 32 + day]
    }
}

impl Clock {
    /// The time in a cell, or none when it is no time or not a believable one.
    #[inline]
    pub fn read(&mut self, cell: &[u8]) -> Option<Moment> {
        let moment = match self.iso(cell) {
            Some(moment) => moment,
            None => slow(cell)?,
        };
        if !(OLDEST_MS..NEWEST_MS).contains(&moment.ms) {
            return None;
        }
        // Only times that are taken have a say in how the file is read.
        self.with_zone += u64::from(moment.zoned);
        self.without_zone += u64::from(!moment.zoned);
        self.coarse += u64::from(moment.coarse);
        self.order.day_first += u64::from(moment.day_first);
        self.order.month_first += u64::from(moment.month_first);
        self.order.either += u64::from(moment.either);
        self.order.shape.0 |= moment.shape;
        Some(moment)
    }

    /// `2026-05-04T09:12:33[.fraction][Z|±hh:mm|±hhmm]`, `T` or a space.
    #[inline]
    fn iso(&mut self, cell: &[u8]) -> Option<Moment> {
        let date: &[u8; 10] = cell.first_chunk()?;
        let known = self.dates.at(date);
        if known.0 != *date {
            *known = (*date, iso_date(date)?);
        }
        let days = known.1;
        let clock: &[u8; 9] = cell.get(10..)?.first_chunk()?;
        if !matches!(clock[0], b'T' | b' ' | b't') || clock[3] != b':' || clock[6] != b':' {
            return None;
        }
        let (h, m, s) = (two(clock[1], clock[2])?, two(clock[4], clock[5])?, two(clock[7], clock[8])?);
        let (fraction, rest) = fraction(&cell[19..]);
        let offset = offset(rest)?;
        let of_day = day_ms(h, m, s, fraction / 10_000)?;
        Some(Moment {
            ms: days * DAY_MS + of_day - offset.unwrap_or(0),
            ticks: (fraction % 10_000) as u32,
            zoned: offset.is_some(),
            ..Moment::default()
        })
    }

    /// Whether its times are, or may be, those of a clock on some wall.
    pub fn is_of_a_place(&self) -> bool {
        self.local || (!self.utc && self.by_format.is_none() && self.with_zone == 0 && self.without_zone > 0)
    }

    /// `utc`, `assumed` or `local`, and why.
    pub fn certainty(&self) -> (&'static str, &'static str) {
        if self.told.is_some() {
            ("told", "the clock of the place that you named")
        } else if self.local {
            ("local", "the header says local time; its offset is not in the file, times are taken for UTC")
        } else if self.utc {
            ("utc", "the header says UTC")
        } else if self.without_zone == 0 {
            ("utc", "every time carries its zone")
        } else if let Some(why) = self.by_format {
            ("utc", why)
        } else if self.with_zone == 0 {
            ("assumed", "no time carries a zone: taken as UTC")
        } else {
            ("assumed", "some times carry no zone: those are taken as UTC")
        }
    }
}

/// Milliseconds east of UTC at the end of a time: none where there is no zone, an outer none where what
/// stands there is no zone.
#[inline]
fn offset(rest: &[u8]) -> Option<Option<i64>> {
    let rest = rest.trim_ascii();
    if rest.is_empty() {
        return Some(None);
    }
    if matches!(rest, b"Z" | b"z" | b"UTC") {
        return Some(Some(0));
    }
    let (sign, digits) = match rest {
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (h, m) = match digits {
        [a, b, b':', c, d] | [a, b, c, d] => (two(*a, *b)?, two(*c, *d)?),
        [a, b] => (two(*a, *b)?, 0),
        _ => return None,
    };
    (h <= 18 && m < 60).then_some(Some(sign * (h * HOUR_MS + m * MINUTE_MS)))
}

impl From<Moment> for Stamp {
    fn from(moment: Moment) -> Stamp {
        Stamp { ms: moment.ms, either: moment.either }
    }
}

impl Moment {
    const fn with_order_of(self, other: Moment) -> Moment {
        Moment { either: other.either, day_first: other.day_first, month_first: other.month_first, ..self }
    }
}

fn iso_date(date: &[u8; 10]) -> Option<i64> {
    if date[4] != b'-' || date[7] != b'-' {
        return None;
    }
    let year = two(date[0], date[1])? * 100 + two(date[2], date[3])?;
    days_of_date(year as i32, two(date[5], date[6])? as u32, two(date[8], date[9])? as u32)
}

#[inline]
fn two(a: u8, b: u8) -> Option<i64> {
    let (a, b) = (a.wrapping_sub(b'0'), b.wrapping_sub(b'0'));
    (a < 10 && b < 10).then_some(i64::from(a) * 10 + i64::from(b))
}

/// Ten-millionths of a second of a fraction of any length, and what follows it.
#[inline]
fn fraction(rest: &[u8]) -> (i64, &[u8]) {
    let Some((b'.' | b',', digits)) = rest.split_first() else { return (0, rest) };
    const VALUE: [i64; 7] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    let mut ticks = 0;
    let mut rest = digits;
    for value in VALUE {
        let Some((digit @ b'0'..=b'9', after)) = rest.split_first() else { return (ticks, rest) };
        ticks += i64::from(digit - b'0') * value;
        rest = after;
    }
    let more = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    (ticks, &rest[more..])
}

/// A leap second is counted as the second before it.
#[inline]
fn day_ms(h: i64, m: i64, s: i64, millis: i64) -> Option<i64> {
    (h < 24 && m < 60 && s <= 60).then(|| h * HOUR_MS + m * MINUTE_MS + s.min(59) * 1000 + millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iso_of_ms;

    #[test]
    fn clock_every_known_spelling_is_read() {
        let cases = [
            ("2023-12-21T19:56:05Z", "2023-12-21T19:56:05Z"),
            ("2026-07-19T17:02:06.1314605Z", "2026-07-19T17:02:06.131Z"),
            ("2024-07-17 10:48:36+00:00", "2024-07-17T10:48:36Z"),
            ("2021-10-16T14:45:34+0200", "2021-10-16T12:45:34Z"),
            ("2022-08-01T10:12:49", "2022-08-01T10:12:49Z"),
            ("2022-08-01 10:12", "2022-08-01T10:12:00Z"),
            ("2022-08-01T10:12Z", "2022-08-01T10:12:00Z"),
            ("2022-08-01", "2022-08-01T00:00:00Z"),
            ("2022/08/01 10:12:49", "2022-08-01T10:12:49Z"),
            ("Apr 15, 2024 11:09:27 AM", "2024-04-15T11:09:27Z"),
            ("15 Apr 2024 11:09", "2024-04-15T11:09:00Z"),
            ("Dec 29, 2025 12:10:57\u{202f}PM", "2025-12-29T12:10:57Z"),
            ("Monday, August 1, 2022 10:12:49 AM", "2022-08-01T10:12:49Z"),
            ("13/03/2024, 3:40:13.988 pm", "2024-03-13T15:40:13.988Z"),
            ("6/28/2023, 1:07:35 PM", "2023-06-28T13:07:35Z"),
            ("10/25/2023, 9:43:21.994 AM", "2023-10-25T09:43:21.994Z"),
            ("06/28/2023 13:07:35", "2023-06-28T13:07:35Z"),
            ("01.08.2022 10:12:49", "2022-08-01T10:12:49Z"),
            ("04.05.2026 09:12", "2026-05-04T09:12:00Z"),
            ("1.8.2022 10.12.49", "2022-08-01T10:12:49Z"),
            ("2022. 08. 01. 10:12:49", "2022-08-01T10:12:49Z"),
            ("46141.41666666666", "2026-04-29T10:00:00Z"),
            ("46140", "2026-04-28T00:00:00Z"),
            ("12345", ""),
            ("12:00:00", ""),
            ("5/4/2026 12:00:00 AM", "2026-05-04T00:00:00Z"),
            ("1659348769000", "2022-08-01T10:12:49Z"),
            ("/Date(1659348769000)/", "2022-08-01T10:12:49Z"),
            ("0001-01-01T00:00:00", ""),
            ("2026-02-30T00:00:00Z", ""),
            ("2026-05-04T25:00:00Z", ""),
            ("2026-05-04T09:12:33+99:00", ""),
            ("", ""),
            ("yesterday", ""),
            ("1/2/3/4", ""),
            ("2026-05-04T09:12:33Q", ""),
            ("5/4/2026 13:00:00 PM", ""),
            ("5/4/2026 +1:-2", ""),
        ];
        for (cell, iso) in cases {
            let moment = Clock::default().read(cell.as_bytes());
            assert_eq!(moment.map_or(String::new(), |m| iso_of_ms(m.ms)), iso, "{cell}");
        }
    }

    #[test]
    fn clock_keeps_ten_millionths_and_says_where_seconds_are_missing() {
        let read = |cell: &str| Clock::default().read(cell.as_bytes()).map(|m| (m.ticks, m.coarse));
        assert_eq!(read("2026-07-19T17:02:06.1314605Z"), Some((4605, false)));
        assert_eq!(read("5/4/2026 9:12:33.1310001 AM"), Some((1, false)));
        assert_eq!(read("5/4/2026 9:12"), Some((0, true)));
        assert_eq!(read("2022-08-01"), Some((0, true)));
    }

    #[test]
    fn clock_only_believed_dates_have_a_say_in_their_order() {
        let mut clock = Clock::default();
        let either = clock.read(b"03/04/2024 10:00:00").map(|m| (iso_of_ms(m.ms), m.either));
        assert_eq!(either, Some(("2024-03-04T10:00:00Z".to_owned(), true)));
        let endless = "13/04/2024 9223372036854775807:9223372036854775807:00";
        for refused in ["29/02/2023 10:00:00", "13/04/1901 10:00:00", "13/04/2024 99:00:00", endless] {
            assert_eq!(clock.read(refused.as_bytes()), None);
        }
        assert_eq!(clock.order, DateOrder { either: 1, shape: DateShape(1), ..DateOrder::default() });
        clock.read(b"13/04/2024 10:00:00");
        assert_eq!(clock.order.day_first, 1);
        let turned =
            Clock::default().read(b"03/04/2024 10:00:00").map(|m| iso_of_ms(crate::model::turned(m.ms)));
        assert_eq!(turned.as_deref(), Some("2024-04-03T10:00:00Z"));
    }
}
