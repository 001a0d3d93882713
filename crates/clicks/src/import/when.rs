//! Reads the times of an export, in every spelling that has been seen.
//!
//! Owns the spellings and the decision between day-first and month-first, which belongs to a whole file:
//! one number over twelve decides for all rows. Must not know columns or containers. The spellings are
//! those of recorded exports and of the issues in which tools failed on them.

use crate::model::{DAY_MS, HOUR_MS, MINUTE_MS, NEWEST_MS, OLDEST_MS, date_of_days, days_of_date};

/// How one file writes its times, learnt while reading it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The header says that the times are local ones of an unknown zone.
    pub local: bool,
    /// The header says UTC.
    pub utc: bool,
    /// Times read that carry `Z` or an offset.
    pub with_zone: u64,
    /// Times read that do not.
    pub without_zone: u64,
    /// Times whose first number can only be a day.
    pub day_first: u64,
    /// Times whose second number can only be a day.
    pub month_first: u64,
    /// Times that read both ways.
    pub either: u64,
    /// ISO dates met before and their days, by month and day: rows repeat the dates of their period.
    dates: DateCache,
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
    /// Unix milliseconds of a cell, or none when it is no time or not a believable one.
    #[inline]
    pub fn read(&mut self, cell: &[u8]) -> Option<i64> {
        let ms = match self.iso(cell) {
            Some(ms) => ms,
            None => self.slow(cell)?,
        };
        (OLDEST_MS..NEWEST_MS).contains(&ms).then_some(ms)
    }

    /// `2026-05-04T09:12:33[.fraction][Z|±hh:mm|±hhmm]`, `T` or a space.
    #[inline]
    fn iso(&mut self, cell: &[u8]) -> Option<i64> {
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
        let (millis, rest) = fraction(&cell[19..]);
        let offset = self.offset(rest)?;
        let of_day = day_ms(h, m, s, millis)?;
        Some(days * DAY_MS + of_day - offset)
    }

    /// Zone at the end of a time: milliseconds east of UTC.
    #[inline]
    fn offset(&mut self, rest: &[u8]) -> Option<i64> {
        let rest = rest.trim_ascii();
        if matches!(rest, b"Z" | b"z" | b"UTC") {
            self.with_zone += 1;
            return Some(0);
        }
        if rest.is_empty() {
            self.without_zone += 1;
            return Some(0);
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
        self.with_zone += 1;
        Some(sign * (h * HOUR_MS + m * MINUTE_MS))
    }

    #[cold]
    fn slow(&mut self, cell: &[u8]) -> Option<i64> {
        let text = std::str::from_utf8(cell).ok()?;
        // Newer ICU writes a narrow no-break space before AM and PM.
        let text = text.replace(['\u{202f}', '\u{a0}'], " ");
        let text = text.trim().trim_matches('"');
        if let Some(ms) = epoch(text) {
            self.with_zone += 1;
            return Some(ms);
        }
        if let Some(date) = text.as_bytes().first_chunk::<10>()
            && text.len() == 10
            && let Some(days) = iso_date(date)
        {
            self.without_zone += 1;
            return Some(days * DAY_MS);
        }
        let mut parts = text.splitn(2, [',', ' ']);
        let first = parts.next()?;
        if first.bytes().all(|b| b.is_ascii_alphabetic()) {
            return self.named_month(text);
        }
        let separator = ['/', '.', '-'].into_iter().find(|c| first.contains(*c))?;
        let numbers: Vec<u32> = first.split(separator).map(|n| n.parse().ok()).collect::<Option<_>>()?;
        let [a, b, year] = numbers[..] else { return None };
        let of_day = clock_of(parts.next().unwrap_or("").trim_start_matches([',', ' ']))?;
        let days = self.day_or_month(a, b, year, separator)?;
        self.without_zone += 1;
        Some(days * DAY_MS + of_day)
    }

    /// `Apr 15, 2024 11:09:27 AM`, `15 Apr 2024 11:09`, `Monday, August 1, 2022 10:12:49 AM`.
    fn named_month(&mut self, text: &str) -> Option<i64> {
        let mut words = text.split([',', ' ']).filter(|w| !w.is_empty()).peekable();
        if words.peek().is_some_and(|w| w.ends_with("day")) {
            words.next();
        }
        let month = month_of_name(words.next()?)?;
        let day = words.next()?.parse().ok()?;
        let year = words.next()?.parse().ok()?;
        let clock: Vec<&str> = words.collect();
        let of_day = clock_of(&clock.join(" "))?;
        self.without_zone += 1;
        Some(days_of_date(year, month, day)? * DAY_MS + of_day)
    }

    fn day_or_month(&mut self, a: u32, b: u32, year: u32, separator: char) -> Option<i64> {
        let year = i32::try_from(year).ok()?;
        // Dots are written day first wherever they are written.
        if separator == '.' || (a > 12 && b <= 12) {
            self.day_first += u64::from(separator != '.');
            return days_of_date(year, b, a);
        }
        if b > 12 {
            self.month_first += 1;
        } else {
            self.either += 1;
        }
        days_of_date(year, a, b)
    }

    /// Whether the rows that read both ways must be turned: they were read month first, and the file has
    /// shown that it writes the day first.
    pub fn must_turn(&self) -> bool {
        self.day_first > 0 && self.month_first == 0 && self.either > 0
    }

    /// Turns a time that was read month first.
    pub fn turned(ms: i64) -> i64 {
        let (year, month, day) = date_of_days(ms.div_euclid(DAY_MS));
        match days_of_date(year, day, month) {
            Some(days) if day <= 12 => days * DAY_MS + ms.rem_euclid(DAY_MS),
            _ => ms,
        }
    }

    /// `utc`, `assumed` or `local`, and why.
    pub fn certainty(&self) -> (&'static str, String) {
        let mut why = if self.local {
            ("local", "the header says local time; its offset is not in the file, times are shown as written")
        } else if self.utc {
            ("utc", "the header says UTC")
        } else if self.without_zone == 0 {
            ("utc", "every time carries its zone")
        } else if self.with_zone == 0 {
            ("assumed", "no time carries a zone: taken as UTC")
        } else {
            ("assumed", "some times carry no zone: those are taken as UTC")
        };
        let order = match (self.day_first > 0, self.month_first > 0, self.either > 0) {
            (true, false, true) => "; day before month, because one number over 12 stands first",
            (false, true, true) => "; month before day, because one number over 12 stands second",
            (true, true, true) => {
                "; day and month in both orders: those that read both ways are taken month first"
            }
            (false, false, true) => "; day and month cannot be told apart: taken month first",
            _ => "",
        };
        if order.contains("cannot") || order.contains("both orders") {
            why.0 = if why.0 == "local" { "local" } else { "assumed" };
        }
        (why.0, format!("{}{order}", why.1))
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

/// Milliseconds of a fraction of any length, and what follows it.
#[inline]
fn fraction(rest: &[u8]) -> (i64, &[u8]) {
    let Some((b'.' | b',', digits)) = rest.split_first() else { return (0, rest) };
    let n = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut millis = 0;
    for i in 0..3 {
        millis = millis * 10 + digits[..n].get(i).map_or(0, |b| i64::from(b - b'0'));
    }
    (millis, &digits[n..])
}

/// A leap second is counted as the second before it.
#[inline]
fn day_ms(h: i64, m: i64, s: i64, millis: i64) -> Option<i64> {
    (h < 24 && m < 60 && s <= 60).then_some(h * HOUR_MS + m * MINUTE_MS + s.min(59) * 1000 + millis)
}

/// `9:12[:33[.fraction]] [AM|pm]`; nothing is midnight.
fn clock_of(text: &str) -> Option<i64> {
    let lower = text.trim().to_ascii_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    if lower.is_empty() {
        return Some(0);
    }
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (lower.as_str(), None),
    };
    let (clock, millis) = match digits.trim().split_once('.') {
        Some((clock, fraction)) if !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) => {
            (clock, format!("{fraction:0<3}")[..3].parse().ok()?)
        }
        Some(_) => return None,
        None => (digits.trim(), 0),
    };
    let numbers: Vec<i64> = clock.split(':').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    let (h, m, s) = match numbers[..] {
        [h, m] => (h, m, 0),
        [h, m, s] => (h, m, s),
        _ => return None,
    };
    let h = match half {
        Some(_) if !(1..=12).contains(&h) => return None,
        Some(add) => h % 12 + add,
        None => h,
    };
    if h < 0 || m < 0 || s < 0 {
        return None;
    }
    day_ms(h, m, s, millis)
}

fn month_of_name(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|n| *n == start).map(|i| i as u32 + 1)
}

/// Epoch seconds or milliseconds, or `/Date(1659348769000)/` as Windows PowerShell writes it.
fn epoch(text: &str) -> Option<i64> {
    let digits = text.strip_prefix("/Date(").and_then(|t| t.strip_suffix(")/")).unwrap_or(text);
    if !(digits.len() == 10 || digits.len() == 13) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    Some(if digits.len() == 10 { number * 1000 } else { number })
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
            ("2022-08-01", "2022-08-01T00:00:00Z"),
            ("Apr 15, 2024 11:09:27 AM", "2024-04-15T11:09:27Z"),
            ("Dec 29, 2025 12:10:57\u{202f}PM", "2025-12-29T12:10:57Z"),
            ("Monday, August 1, 2022 10:12:49 AM", "2022-08-01T10:12:49Z"),
            ("13/03/2024, 3:40:13.988 pm", "2024-03-13T15:40:13.988Z"),
            ("6/28/2023, 1:07:35 PM", "2023-06-28T13:07:35Z"),
            ("10/25/2023, 9:43:21.994 AM", "2023-10-25T09:43:21.994Z"),
            ("06/28/2023 13:07:35", "2023-06-28T13:07:35Z"),
            ("01.08.2022 10:12:49", "2022-08-01T10:12:49Z"),
            ("12:00:00", ""),
            ("5/4/2026 12:00:00 AM", "2026-05-04T00:00:00Z"),
            ("1659348769000", "2022-08-01T10:12:49Z"),
            ("/Date(1659348769000)/", "2022-08-01T10:12:49Z"),
            ("0001-01-01T00:00:00", ""),
            ("2026-02-30T00:00:00Z", ""),
            ("2026-05-04T25:00:00Z", ""),
            ("", ""),
            ("yesterday", ""),
            ("1/2/3/4", ""),
            ("2026-05-04T09:12:33Q", ""),
            ("5/4/2026 13:00:00 PM", ""),
        ];
        for (cell, iso) in cases {
            let ms = Clock::default().read(cell.as_bytes());
            assert_eq!(ms.map_or(String::new(), iso_of_ms), iso, "{cell}");
        }
    }

    #[test]
    fn clock_one_number_over_twelve_decides_for_the_file() {
        let mut clock = Clock::default();
        let either = clock.read(b"03/04/2024 10:00:00").map(iso_of_ms);
        assert_eq!(either.as_deref(), Some("2024-03-04T10:00:00Z"));
        assert!(!clock.must_turn());
        clock.read(b"13/04/2024 10:00:00");
        assert!(clock.must_turn());
        let ms = Clock::default().read(b"03/04/2024 10:00:00").map(Clock::turned).map(iso_of_ms);
        assert_eq!(ms.as_deref(), Some("2024-04-03T10:00:00Z"));
        assert_eq!(clock.certainty().0, "assumed");
    }
}
