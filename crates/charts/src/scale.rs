//! Ticks: which counts and which dates are written along the axes.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};
use clicks::query::{Bucket, TimeSeries};

use crate::words::{day_month, day_month_year, month_name};

/// Steps between counts, up from zero: at most five ticks, whole numbers, of the form 1, 2 or 5 with zeros.
/// The last is at least `max`.
pub(crate) fn count_ticks(max: u64) -> Vec<u64> {
    let mut step: u64 = 1;
    let mut factors = [2, 5, 10].into_iter().cycle();
    let mut decade: u64 = 1;
    while step.saturating_mul(4) < max {
        match factors.next() {
            Some(10) => {
                decade = decade.saturating_mul(10);
                step = decade;
            }
            Some(factor) => step = decade.saturating_mul(factor),
            None => break,
        }
        if step == u64::MAX {
            break;
        }
    }
    let n = max.div_ceil(step).max(1);
    (0..=n).map(|i| step.saturating_mul(i)).collect()
}

/// Wall-clock time of a bucket's start.
pub(crate) fn wall_clock(ms: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().naive_utc()
}

/// What is written below a bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Index of the bucket.
    pub bucket: usize,
    /// Its hour, day or month.
    pub text: String,
    /// What that is part of, on a second line: the day of hours, the year. Empty where a tick before it says so.
    pub part_of: String,
}

/// Ticks of the axis of time; never more than `most` of them. The first and the last say the year, as does each where
/// another one begins: a picture of the chart has no other place for it.
pub(crate) fn date_ticks(series: &TimeSeries, most: usize) -> Vec<Tick> {
    let starts: Vec<NaiveDateTime> = series.starts.iter().map(|&ms| wall_clock(ms)).collect();
    let most = most.max(1);
    // From the finest to the coarsest place where a reader expects a label; the first that fits is taken.
    let places: &[fn(&NaiveDateTime) -> bool] = match series.bucket {
        Bucket::Hour => &[any, every::<3>, every::<6>, every::<12>, midnight],
        Bucket::Day => &[any, monday, month_start],
        Bucket::Week => &[any, first_week],
        Bucket::Month => &[any, january],
    };
    let at = |place: fn(&NaiveDateTime) -> bool| -> Vec<usize> {
        (0..starts.len()).filter(|&i| place(&starts[i])).collect()
    };
    let fitting = places.iter().map(|&place| at(place)).find(|at| !at.is_empty() && at.len() <= most);
    let indices = fitting.unwrap_or_else(|| {
        // A period so long or a chart so narrow that nothing fits: some of the coarsest, evenly.
        let all = places.iter().rev().map(|&place| at(place)).find(|at| !at.is_empty()).unwrap_or_default();
        let stride = all.len().div_ceil(most).max(1);
        all.into_iter().step_by(stride).collect()
    });
    let times: Vec<NaiveDateTime> = indices.iter().map(|&i| starts[i]).collect();
    // Where every tick is a midnight, the days are what tells them apart.
    let hours = series.bucket == Bucket::Hour && !(times.len() > 1 && times.iter().all(midnight));
    let last = times.len().saturating_sub(1);
    let ticks = indices.iter().zip(&times).enumerate().map(|(place, (&bucket, at))| {
        let ends = place == 0 || place == last;
        let year = ends || times[place - 1].year() != at.year();
        let text = match series.bucket {
            Bucket::Hour if hours => format!("{:02}:00", at.hour()),
            Bucket::Month => month_name(at.month())[..3].to_owned(),
            _ => day_month(at.date()),
        };
        let part_of = match (hours, year) {
            (true, true) => day_month_year(at.date()),
            (true, false) if times[place - 1].date() != at.date() => day_month(at.date()),
            (false, true) => at.year().to_string(),
            _ => String::new(),
        };
        Tick { bucket, text, part_of }
    });
    ticks.collect()
}

fn any(_: &NaiveDateTime) -> bool {
    true
}

/// Hours that are a multiple of so many.
fn every<const HOURS: u32>(at: &NaiveDateTime) -> bool {
    at.hour().is_multiple_of(HOURS)
}

fn midnight(at: &NaiveDateTime) -> bool {
    at.hour() == 0
}

fn monday(at: &NaiveDateTime) -> bool {
    at.weekday() == chrono::Weekday::Mon
}

fn month_start(at: &NaiveDateTime) -> bool {
    at.day() == 1
}

fn first_week(at: &NaiveDateTime) -> bool {
    at.day() <= 7
}

fn january(at: &NaiveDateTime) -> bool {
    at.month() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_round_and_few() {
        for (max, expected) in [
            (0, vec![0, 1]),
            (1, vec![0, 1]),
            (3, vec![0, 1, 2, 3]),
            (9, vec![0, 5, 10]),
            (371, vec![0, 100, 200, 300, 400]),
            (1_000_001, vec![0, 500_000, 1_000_000, 1_500_000]),
        ] {
            assert_eq!(count_ticks(max), expected, "{max}");
        }
        for max in [0, 4, 5, 41, 99, 12_345, u64::from(u32::MAX), u64::MAX / 8] {
            let ticks = count_ticks(max);
            assert!(ticks.len() <= 5 && ticks.last().is_some_and(|&t| t >= max), "{max}: {ticks:?}");
        }
    }

    fn days(first_ms: i64, n: i64) -> TimeSeries {
        TimeSeries { starts: (0..n).map(|i| first_ms + i * 86_400_000).collect(), ..TimeSeries::default() }
    }

    /// 2026-09-22, a Tuesday.
    const TUESDAY: i64 = 1_790_035_200_000;

    #[test]
    fn days_are_labelled_by_week_and_then_by_month() {
        let labels =
            |n, most| date_ticks(&days(TUESDAY, n), most).into_iter().map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(labels(3, 8), ["22 Sep", "23 Sep", "24 Sep"]);
        assert_eq!(labels(30, 8), ["28 Sep", "5 Oct", "12 Oct", "19 Oct"]);
        assert_eq!(labels(100, 4), ["1 Oct", "1 Nov", "1 Dec"]);
        assert_eq!(labels(0, 4), Vec::<String>::new());
    }

    fn written(bucket: Bucket, starts: Vec<i64>, most: usize) -> Vec<String> {
        let series = TimeSeries { bucket, starts, ..TimeSeries::default() };
        let ticks = date_ticks(&series, most).into_iter();
        ticks.map(|t| format!("{} {}", t.text, t.part_of).trim().to_owned()).collect()
    }

    #[test]
    fn ticks_of_hours_say_the_day_first_and_at_midnight() {
        let hours = |from: i64, n: i64| (from..from + n).map(|i| TUESDAY + i * 3_600_000).collect();
        let day = ["00:00 22 Sep 2026", "06:00", "12:00", "18:00 22 Sep 2026"];
        assert_eq!(written(Bucket::Hour, hours(0, 24), 5), day);
        let night = ["22:00 22 Sep 2026", "23:00", "00:00 23 Sep", "01:00 23 Sep 2026"];
        assert_eq!(written(Bucket::Hour, hours(22, 4), 8), night);
        assert_eq!(written(Bucket::Hour, hours(24, 1), 8), ["00:00 23 Sep 2026"]);
        assert_eq!(written(Bucket::Hour, hours(0, 72), 4), ["22 Sep 2026", "23 Sep", "24 Sep 2026"]);
    }

    #[test]
    fn ticks_of_days_and_months_say_the_year_at_the_ends_and_where_it_begins() {
        let days = |n: i64| (0..n).map(|i| TUESDAY + i * 86_400_000).collect();
        assert_eq!(written(Bucket::Day, days(3), 8), ["22 Sep 2026", "23 Sep", "24 Sep 2026"]);
        let months = ["1 Oct 2026", "1 Nov", "1 Dec", "1 Jan 2027", "1 Feb", "1 Mar 2027"];
        assert_eq!(written(Bucket::Day, days(170), 8), months);
        assert_eq!(written(Bucket::Month, vec![TUESDAY - 21 * 86_400_000], 8), ["Sep 2026"]);
    }

    #[test]
    fn labels_are_capped_whatever_the_period() {
        for n in [1, 10, 1_000, 20_000] {
            for most in [1, 3, 12] {
                assert!(date_ticks(&days(TUESDAY, n), most).len() <= most, "{n} days, {most} labels");
            }
        }
    }
}
