//! Ticks: which counts and which dates are written along the axes.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};
use clicks::query::{Bucket, TimeSeries};

use crate::words::{day_month, month_name};

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

/// Index of a bucket and what is written below it; never more than `most` of them.
pub(crate) fn date_ticks(series: &TimeSeries, most: usize) -> Vec<(usize, String)> {
    let starts: Vec<NaiveDateTime> = series.starts.iter().map(|&ms| wall_clock(ms)).collect();
    let most = most.max(1);
    // From the finest to the coarsest place where a reader expects a label; the first that fits is taken.
    let places: &[fn(&NaiveDateTime) -> bool] = match series.bucket {
        Bucket::Hour => &[any, every_six_hours, midnight, monday_midnight, month_midnight],
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
    indices.into_iter().map(|i| (i, tick_label(series.bucket, &starts[i], i == 0))).collect()
}

fn tick_label(bucket: Bucket, at: &NaiveDateTime, first: bool) -> String {
    match bucket {
        Bucket::Hour if at.hour() != 0 => format!("{:02}:00", at.hour()),
        Bucket::Hour | Bucket::Day | Bucket::Week => day_month(at.date()),
        Bucket::Month if first || at.month() == 1 => {
            format!("{} {}", &month_name(at.month())[..3], at.year())
        }
        Bucket::Month => month_name(at.month())[..3].to_owned(),
    }
}

fn any(_: &NaiveDateTime) -> bool {
    true
}

fn every_six_hours(at: &NaiveDateTime) -> bool {
    at.hour().is_multiple_of(6)
}

fn midnight(at: &NaiveDateTime) -> bool {
    at.hour() == 0
}

fn monday(at: &NaiveDateTime) -> bool {
    at.weekday() == chrono::Weekday::Mon
}

fn monday_midnight(at: &NaiveDateTime) -> bool {
    midnight(at) && monday(at)
}

fn month_start(at: &NaiveDateTime) -> bool {
    at.day() == 1
}

fn month_midnight(at: &NaiveDateTime) -> bool {
    midnight(at) && month_start(at)
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
            |n, most| date_ticks(&days(TUESDAY, n), most).into_iter().map(|(_, l)| l).collect::<Vec<_>>();
        assert_eq!(labels(3, 8), ["22 Sep", "23 Sep", "24 Sep"]);
        assert_eq!(labels(30, 8), ["28 Sep", "5 Oct", "12 Oct", "19 Oct"]);
        assert_eq!(labels(100, 4), ["1 Oct", "1 Nov", "1 Dec"]);
        assert_eq!(labels(0, 4), Vec::<String>::new());
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
