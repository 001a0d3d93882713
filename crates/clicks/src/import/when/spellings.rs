//! The spellings of times beside the usual one: names of months, numbers in either order, days of a spreadsheet, epochs.
//!
//! Owns what is slow and seldom. Must not know what a whole file tells of its order.

use super::{Moment, day_ms, fraction, iso_date, offset};
use crate::model::{DAY_MS, days_of_date};

/// The time in a cell that is not written as nearly all are, or none when it is no time.
#[cold]
pub(super) fn slow(cell: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(cell).ok()?;
    // Newer ICU writes a narrow no-break space before AM and PM.
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    let text = text.trim().trim_matches('"').trim();
    if let Some(ms) = epoch(text) {
        return Some(Moment { ms, zoned: true, ..Moment::default() });
    }
    if let Some(ms) = serial(text) {
        return Some(Moment { ms, ..Moment::default() });
    }
    if let Some(date) = text.as_bytes().first_chunk::<10>()
        && let Some(days) = iso_date(date)
    {
        return after_iso_date(days, &text[10..]);
    }
    let close;
    let text = match year_first_with_blanks(text) {
        Some(written) => {
            close = written;
            close.as_str()
        }
        None => text,
    };
    let first = text.split([',', ' ', 'T']).next()?;
    if text.bytes().any(|b| b.is_ascii_alphabetic()) && !first.contains(['/', '.', '-']) {
        return named_month(text);
    }
    let separator = ['/', '.', '-'].into_iter().find(|c| first.contains(*c))?;
    let numbers: Vec<u32> = first.split(separator).map(|n| n.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = numbers[..] else { return None };
    let clock = clock_of(text[first.len()..].trim_start_matches([',', ' ', 'T']))?;
    let moment = day_or_month(a, b, c, separator)?;
    let is_open = moment.either || moment.day_first || moment.month_first;
    let shape = u8::from(is_open) << (u8::from(separator == '-') * 2 + u8::from(clock.half));
    Some(Moment { ms: moment.ms + clock.ms, shape, ..clock }.with_order_of(moment))
}

/// `2022. 08. 01. 10:12:49`, as Hungarian writes a date, without the blanks and the last dot of the date.
fn year_first_with_blanks(text: &str) -> Option<String> {
    let (year, rest) = text.split_once(". ")?;
    let (month, rest) = rest.split_once('.')?;
    let (day, clock) = rest.trim_start().split_once('.')?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    is_year.then(|| format!("{year}.{}.{} {}", month.trim(), day.trim(), clock.trim()))
}

/// What may follow an ISO date when it is not the usual whole time: nothing, or a clock without seconds.
fn after_iso_date(days: i64, rest: &str) -> Option<Moment> {
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
    let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone_at);
    let clock = clock_of(clock)?;
    let offset = offset(zone.as_bytes())?;
    let ms = days * DAY_MS + clock.ms - offset.unwrap_or(0);
    Some(Moment { ms, zoned: offset.is_some(), ..clock })
}

/// `Apr 15, 2024 11:09:27 AM`, `15 Apr 2024 11:09`, `Monday, August 1, 2022 10:12:49 AM`.
fn named_month(text: &str) -> Option<Moment> {
    let mut words = text.split([',', ' ']).filter(|w| !w.is_empty()).peekable();
    if words.peek().is_some_and(|w| w.ends_with("day")) {
        words.next();
    }
    let (one, two) = (words.next()?, words.next()?);
    let (month, day) = match month_of_name(one) {
        Some(month) => (month, two.parse().ok()?),
        None => (month_of_name(two)?, one.parse().ok()?),
    };
    let year = words.next()?.parse().ok()?;
    let clock: Vec<&str> = words.collect();
    let clock = clock_of(&clock.join(" "))?;
    Some(Moment { ms: days_of_date(year, month, day)? * DAY_MS + clock.ms, ..clock })
}

/// Midnight of three numbers, and what they tell of their order.
fn day_or_month(a: u32, b: u32, c: u32, separator: char) -> Option<Moment> {
    let at = |year: u32, month, day| {
        let days = days_of_date(i32::try_from(year).ok()?, month, day)?;
        Some(Moment { ms: days * DAY_MS, ..Moment::default() })
    };
    if a > 31 {
        return at(a, b, c);
    }
    // Dots are written day first wherever they are written.
    if separator == '.' {
        return at(c, b, a);
    }
    match (a > 12, b > 12) {
        (true, _) => at(c, b, a).map(|m| Moment { day_first: true, ..m }),
        (false, true) => at(c, a, b).map(|m| Moment { month_first: true, ..m }),
        (false, false) => at(c, a, b).map(|m| Moment { either: true, ..m }),
    }
}

/// `9:12[:33[.fraction]] [AM|pm]` as a time of the first day there is; nothing is midnight.
fn clock_of(text: &str) -> Option<Moment> {
    let lower = text.trim().to_ascii_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    if lower.is_empty() {
        return Some(Moment { coarse: true, ..Moment::default() });
    }
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (lower.as_str(), None),
    };
    // Finnish and others write dots where there are no colons.
    let dotted = !digits.contains(':') && digits.matches('.').count() >= 1;
    let with_colons = if dotted { digits.replacen('.', ":", 2) } else { String::new() };
    let digits = if dotted { with_colons.trim() } else { digits.trim() };
    let at = digits.find(['.', ',']).unwrap_or(digits.len());
    let (ticks, rest) = fraction(&digits.as_bytes()[at..]);
    if !rest.is_empty() || digits.ends_with(['.', ',']) {
        return None;
    }
    let number = |n: &str| n.parse().ok().filter(|_| n.bytes().all(|b| b.is_ascii_digit()));
    let numbers: Vec<i64> = digits[..at].split(':').map(number).collect::<Option<_>>()?;
    let (h, m, s) = match numbers[..] {
        [h, m] => (h, m, None),
        [h, m, s] => (h, m, Some(s)),
        _ => return None,
    };
    let h = match half {
        Some(_) if !(1..=12).contains(&h) => return None,
        Some(add) => h % 12 + add,
        None => h,
    };
    let ms = day_ms(h, m, s.unwrap_or(0), ticks / 10_000)?;
    Some(Moment {
        ms,
        ticks: (ticks % 10_000) as u32,
        coarse: s.is_none(),
        half: half.is_some(),
        ..Moment::default()
    })
}

fn month_of_name(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|n| *n == start).map(|i| i as u32 + 1)
}

/// A time as spreadsheets count it: days since the end of 1899, with a fraction. Five digits before the point are the years
/// 1927 to 2173; what is not between 2000 and 2100 is refused as any other time.
fn serial(text: &str) -> Option<i64> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if days.len() != 5 || !digits(days) || !digits(fraction) || fraction.len() > 17 {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    // 25,569 is the first of January 1970. A thousandth of a second is more than the last digits can say.
    Some(((number - 25_569.0) * DAY_MS as f64).round() as i64)
}

/// Epoch seconds or milliseconds, or `/Date(1659348769000)/` as Windows PowerShell writes it.
fn epoch(text: &str) -> Option<i64> {
    let inside = text.strip_prefix("/Date(").and_then(|t| t.strip_suffix(")/"));
    // The number is UTC; an offset behind it only says where it was written.
    let inside = inside.map(|t| t.split(['+', '-']).next().unwrap_or(t));
    let digits = inside.unwrap_or(text);
    if !(digits.len() == 10 || digits.len() == 13) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    Some(if digits.len() == 10 { number * 1000 } else { number })
}
