//! Clicks over time: which buckets, and what is in them.

use serde::{Deserialize, Serialize};

use super::selection::Selection;
use super::tally::{CLASSES, HourCount, class_of};
use super::zone::Zone;
use crate::model::{Action, DAY_MS, HOUR_MS, Verdict, date_of_days, days_of_date};

/// Clicks per time bucket, stacked by action; buckets without clicks are there, with zeros.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TimeSeries {
    /// How long a bucket is.
    pub bucket: Bucket,
    /// Start of each bucket as wall-clock milliseconds in the zone (1970-01-01T00:00 there = 0).
    pub starts: Vec<i64>,
    /// Start of each bucket as Unix milliseconds UTC, one more than buckets: the last is the end.
    pub bounds: Vec<i64>,
    /// Clicks by action (in the order of [`crate::model::Action::ALL`]) and bucket.
    pub by_action: Vec<Vec<u64>>,
    /// Malicious clicks a bucket.
    pub malicious: Vec<u64>,
    /// Clicks that reached a page that is not safe, a bucket.
    pub reached_unsafe: Vec<u64>,
}

impl TimeSeries {
    /// Clicks with one action, a bucket.
    pub fn of(&self, action: Action) -> Vec<u64> {
        let at = Action::ALL.into_iter().position(|one| one == action);
        at.and_then(|at| self.by_action.get(at)).cloned().unwrap_or_default()
    }
}

/// Length of a time bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bucket {
    /// One hour.
    Hour,
    /// One calendar day in the zone.
    #[default]
    Day,
    /// Seven days from Monday.
    Week,
    /// One calendar month.
    Month,
}

/// Counts hours into as few buckets as still show the rhythm: hours up to three days, days up to half a
/// year, weeks up to three years, then months. Which buckets there are follows from the filter's window and the data,
/// never from the clicks in view: a quiet week is a finding too.
pub(super) fn series(hours: &[HourCount], selection: &Selection, span: Option<(i64, i64)>) -> TimeSeries {
    let zone = &selection.hours.zone;
    let Some((first, last)) = domain(span, selection.window, zone) else { return TimeSeries::default() };
    let (first, last) = (zone.wall_of(first), zone.wall_of(last));
    let bucket = match (last - first) / DAY_MS {
        ..3 => Bucket::Hour,
        3..190 => Bucket::Day,
        190..1_100 => Bucket::Week,
        _ => Bucket::Month,
    };
    let mut starts = vec![start_of(bucket, first)];
    while let Some(start) = starts.last().map(|s| next_of(bucket, *s)).filter(|s| *s <= last) {
        starts.push(start);
    }
    let end = next_of(bucket, starts.last().copied().unwrap_or(0));
    let bounds = starts.iter().chain([&end]).map(|wall| zone.instant_of(*wall)).collect();
    let mut series = TimeSeries {
        bucket,
        by_action: vec![vec![0; starts.len()]; Action::ALL.len()],
        malicious: vec![0; starts.len()],
        reached_unsafe: vec![0; starts.len()],
        bounds,
        starts,
    };
    for hour in hours {
        let at = series.starts.partition_point(|start| *start <= hour.wall).saturating_sub(1);
        add(&mut series, at, &hour.classes);
    }
    series
}

/// First and last instant that the chart shows. An end that the filter sets is shown as it is set, but not
/// beyond the days of the oldest and the newest click of the data: nobody knows what was clicked there, and bare
/// axis would say that nothing was. An end that it leaves open is that click.
fn domain(span: Option<(i64, i64)>, window: Option<(i64, i64)>, zone: &Zone) -> Option<(i64, i64)> {
    let (oldest, newest) = span?;
    let midnight = |ms: i64| zone.wall_of(ms).div_euclid(DAY_MS) * DAY_MS;
    let (from, to) = window.unwrap_or((i64::MIN, i64::MAX));
    let first = if from == i64::MIN { oldest } else { from.max(zone.instant_of(midnight(oldest))) };
    let last = if to == i64::MAX {
        newest
    } else {
        to.min(zone.instant_of(midnight(newest) + DAY_MS)).saturating_sub(1)
    };
    (first <= last).then_some((first, last))
}

fn add(series: &mut TimeSeries, at: usize, classes: &[u32; CLASSES]) {
    for verdict in Verdict::ALL {
        for (place, action) in Action::ALL.into_iter().enumerate() {
            let n = u64::from(classes[class_of(verdict, action)]);
            series.by_action[place][at] += n;
            if verdict == Verdict::Malicious {
                series.malicious[at] += n;
            }
            if action.reached() && verdict.is_unsafe() {
                series.reached_unsafe[at] += n;
            }
        }
    }
}

fn start_of(bucket: Bucket, wall: i64) -> i64 {
    let day = wall.div_euclid(DAY_MS);
    match bucket {
        Bucket::Hour => wall - wall.rem_euclid(HOUR_MS),
        Bucket::Day => day * DAY_MS,
        // 1970-01-01 was a Thursday, three days after a Monday.
        Bucket::Week => (day - (day + 3).rem_euclid(7)) * DAY_MS,
        Bucket::Month => {
            let (year, month, _) = date_of_days(day);
            days_of_date(year, month, 1).unwrap_or(day) * DAY_MS
        }
    }
}

fn next_of(bucket: Bucket, start: i64) -> i64 {
    match bucket {
        Bucket::Hour => start + HOUR_MS,
        Bucket::Day => start + DAY_MS,
        Bucket::Week => start + 7 * DAY_MS,
        // No month has 32 days, and the next one has more than 4.
        Bucket::Month => start_of(bucket, start + 32 * DAY_MS),
    }
}
