//! Dates as a workbook counts them: days since an epoch, with the time as their fraction (ECMA-376 part 1, 18.17.4).
//!
//! Owns the two epochs and the way to write a date. Must not know which numbers are dates.

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The first day after the year 9999, counted from 1900.
const END: f64 = 2_958_466.0;
/// Days from the epoch of 1900 to the one of 1904.
const TO_1904: i64 = 1_462;
/// Days from the day before the first of 1900 to 1970. As if 1900 were a leap year, which that epoch takes it for.
const TO_1970: i64 = 25_569;

/// Adds a date to `out` as `2026-05-04T09:12:33`, with milliseconds where there are some, or a time of day alone as `09:12:33`; whether it was
/// one. The fraction is rounded to the millisecond, which is as exact as Excel is.
pub fn write(serial: f64, is_1904: bool, out: &mut Vec<u8>) -> bool {
    if !(0.0..END).contains(&serial) {
        return false;
    }
    let ms = (serial * DAY as f64).round() as i64;
    let (mut day, ms) = (ms / DAY, ms % DAY);
    let has_day = is_1904 || day > 0;
    if is_1904 {
        day += TO_1904;
    } else if day < 60 {
        day += 1;
    }
    let (year, month, day) = date_of(day - TO_1970);
    let (hour, minute, second, ms) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000);
    let mut text = format!("{hour:02}:{minute:02}:{second:02}");
    if ms > 0 {
        text = format!("{text}.{ms:03}");
    }
    if has_day {
        text = format!("{year:04}-{month:02}-{day:02}T{text}");
    }
    out.extend_from_slice(text.as_bytes());
    true
}

/// Year, month and day of a day since 1970, by eras of 400 years that begin in March.
fn date_of(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + later, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_serials_are_written_to_the_millisecond() {
        let cases = [
            (46_146.383_715_277_78, false, "2026-05-04T09:12:33"),
            (46_155.666_666_666_66, false, "2026-05-13T16:00:00"),
            (46_155.666_666_666_6, false, "2026-05-13T16:00:00"),
            (46_146.383_716_724_54, false, "2026-05-04T09:12:33.125"),
            (44_684.999_999_999_99, false, "2022-05-04T00:00:00"),
            (44_684.383_715_277_78, true, "2026-05-04T09:12:33.000"),
            (45_351.0, false, "2024-02-29T00:00:00"),
            (61.0, false, "1900-03-01T00:00:00"),
            (59.0, false, "1900-02-28T00:00:00"),
            (1.0, false, "1900-01-01T00:00:00"),
            (0.5, false, "12:00:00"),
            (0.5, true, "1904-01-01T12:00:00"),
            (2_958_465.0, false, "9999-12-31T00:00:00"),
            (2_958_466.0, false, "!"),
            (-1.0, false, "!"),
            (f64::NAN, false, "!"),
            (f64::INFINITY, false, "!"),
        ];
        for (serial, is_1904, expected) in cases {
            let mut out = Vec::new();
            let found = write(serial, is_1904, &mut out);
            let expected = expected.trim_end_matches(".000");
            assert_eq!(found, expected != "!", "{serial}");
            assert_eq!(String::from_utf8_lossy(&out), expected.trim_end_matches('!'), "{serial}");
        }
    }
}
