//! Instants and their text. Milliseconds of Unix time, UTC; the calendar is chrono's.

use chrono::{DateTime, Datelike, NaiveDate};

/// Milliseconds of a minute, an hour, a day.
pub const MINUTE_MS: i64 = 60_000;
/// See [`MINUTE_MS`].
pub const HOUR_MS: i64 = 3_600_000;
/// See [`MINUTE_MS`].
pub const DAY_MS: i64 = 86_400_000;

/// Oldest click that is believed, 2000-01-01: Safe Links began in 2015, and `0001-01-01` is how .NET
/// writes "no date".
pub const OLDEST_MS: i64 = 946_684_800_000;
/// Newest click that is believed, 2100-01-01.
pub const NEWEST_MS: i64 = 4_102_444_800_000;

/// Days since 1970-01-01 of a calendar date, if there is such a date.
pub fn days_of_date(year: i32, month: u32, day: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(i64::from(date.num_days_from_ce()) - 719_163)
}

/// Year, month and day of a number of days since 1970-01-01.
pub fn date_of_days(days: i64) -> (i32, u32, u32) {
    let date = i32::try_from(days + 719_163).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
    date.map_or((1970, 1, 1), |d| (d.year(), d.month(), d.day()))
}

/// `2026-05-04T09:12:33.123Z`; whole seconds without the fraction.
pub fn iso_of_ms(ms: i64) -> String {
    let Some(at) = DateTime::from_timestamp_millis(ms) else { return String::new() };
    let (y, m, d) = (at.year(), at.month(), at.day());
    let of_day = ms.rem_euclid(DAY_MS);
    let (h, min, s) = (of_day / HOUR_MS, of_day / MINUTE_MS % 60, of_day / 1000 % 60);
    let fraction = of_day % 1000;
    if fraction == 0 {
        format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}Z")
    } else {
        format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}.{fraction:03}Z")
    }
}

/// Days since 1970 of an ISO date, `2026-11-21`; none of other text.
pub fn days_of_iso_date(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    days_of_date(year, month, day)
}

/// The ISO date some days after another.
pub fn date_after(date: &str, days: i64) -> Option<String> {
    Some(iso_date_of_ms((days_of_iso_date(date)? + days) * DAY_MS))
}

/// `2026-05-04` of wall-clock milliseconds.
pub fn iso_date_of_ms(ms: i64) -> String {
    let (y, m, d) = date_of_days(ms.div_euclid(DAY_MS));
    format!("{y:04}-{m:02}-{d:02}")
}

/// Weekday of wall-clock milliseconds, 0 = Sunday. 1970-01-01 was a Thursday.
pub fn weekday_of_ms(ms: i64) -> usize {
    (ms.div_euclid(DAY_MS) + 4).rem_euclid(7) as usize
}

/// Hour of the day, 0–23, of wall-clock milliseconds.
pub fn hour_of_ms(ms: i64) -> usize {
    (ms.rem_euclid(DAY_MS) / HOUR_MS) as usize
}

/// The time with day and month changed, as if they had been read in the other order; the same where there is no such
/// day.
pub fn turned(ms: i64) -> i64 {
    let (year, month, day) = date_of_days(ms.div_euclid(DAY_MS));
    match days_of_date(year, day, month) {
        Some(days) => days * DAY_MS + ms.rem_euclid(DAY_MS),
        None => ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_known_days_convert_both_ways() {
        for (y, m, d, days) in [(1970, 1, 1, 0), (2000, 3, 1, 11_017), (2026, 11, 21, 20_778)] {
            assert_eq!(days_of_date(y, m, d), Some(days));
            assert_eq!(date_of_days(days), (y, m, d));
        }
        assert_eq!(days_of_date(2025, 2, 29), None);
    }

    #[test]
    fn iso_text_of_instants_has_a_fraction_only_where_there_is_one() {
        assert_eq!(iso_of_ms(1_777_885_953_000), "2026-05-04T09:12:33Z");
        assert_eq!(iso_of_ms(1_777_885_953_120), "2026-05-04T09:12:33.120Z");
        assert_eq!(weekday_of_ms(1_777_885_953_000), 1, "a Monday");
        assert_eq!(hour_of_ms(1_777_885_953_000), 9);
    }
}
