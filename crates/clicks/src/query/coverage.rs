//! Which days each file covers, and where nothing does: what is needed to stitch exports of thirty days into a year.
//!
//! Owns days, gaps and overlaps. A gap is not known to be a time without clicks, nor a loss: it is said and no more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Cx;
use crate::model::sorting::sorted;
use crate::model::{DAY_MS, Untrusted, iso_date_of_ms};

/// More days than this are put together, so that a picture has something to show.
const MOST_STEPS: i64 = 366;

/// A stretch without a click shorter than this is a weekend, or a quiet day.
const SHORTEST_GAP_DAYS: i64 = 4;

/// How many lines are told apart by tenant.
const MOST_LINES: usize = 500;

/// How many gaps are named.
const NAMED_GAPS: usize = 20;

/// Which days the files cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Coverage {
    /// First day with a click, as ISO date in UTC.
    pub from: String,
    /// Last one.
    pub to: String,
    /// How many days a step is: 1, or more where there are too many.
    pub step_days: u32,
    /// How many steps there are.
    pub steps: u32,
    /// One line a file, or a file and tenant where a file has several.
    pub lines: Vec<CoverageLine>,
    /// Stretches of four days or more without a click in any file, as first and last day, the longest first.
    pub gaps: Vec<(String, String)>,
    /// How many there are in all.
    pub all_gaps: u32,
    /// Those of them in which clicks are to be expected, the longest first: an export of these days is hardly there.
    pub missing: Vec<Missing>,
}

/// Days without a click, and how many there would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Missing {
    /// First day, as an ISO date in UTC.
    pub from: String,
    /// Last day.
    pub to: String,
    /// How many days.
    pub days: u32,
    /// As many clicks as that many days have on average, gaps counted in.
    pub expected: u64,
}

/// So many clicks have to be expected for days to be missed: where they come by chance, so many do not stay away by
/// chance (e to the power of -20), and weekends and holidays of a small firm have fewer.
const MISSED: u64 = 20;

/// The days of one file while they are counted.
struct Line {
    clicks: Vec<u32>,
    first: usize,
    last: usize,
}

/// The days of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CoverageLine {
    /// Place of the file in the list of files.
    pub file: u32,
    /// The tenant, where the file names some.
    pub tenant: Untrusted,
    /// Clicks of each step, counted for every file that has them: a click that two files tell of is in both lines.
    pub clicks: Vec<u32>,
    /// First and last day, as ISO dates in UTC.
    pub from: String,
    /// See `from`.
    pub to: String,
}

/// Which days the open files cover.
pub fn coverage(cx: &Cx) -> Coverage {
    let d = cx.data();
    let Some((first, last)) = d.span() else { return Coverage::default() };
    let (first, last) = (first.div_euclid(DAY_MS), last.div_euclid(DAY_MS));
    let days = last - first + 1;
    let step = (days + MOST_STEPS - 1) / MOST_STEPS;
    let steps = (days + step - 1) / step;
    let mut lines: BTreeMap<(u16, u32), Line> = BTreeMap::new();
    let mut covered = vec![false; days as usize];
    let mut also = d.also_in.iter().peekable();
    for row in 0..d.len() {
        let day = (d.time[row].div_euclid(DAY_MS) - first) as usize;
        covered[day] = true;
        let place = day / step as usize;
        let tenant = d.tenant.raw().get(row).copied().unwrap_or(crate::model::NONE);
        let clicks = d.weight_of(row);
        let mut count = |file: u16| {
            // Beyond so many lines tenants share that of their file.
            let is_new = lines.len() >= MOST_LINES && !lines.contains_key(&(file, tenant));
            let tenant = if is_new { crate::model::NONE } else { tenant };
            let line = lines.entry((file, tenant)).or_insert_with(|| Line {
                clicks: vec![0; steps as usize],
                first: day,
                last: day,
            });
            line.clicks[place] = line.clicks[place].saturating_add(clicks);
            line.first = line.first.min(day);
            line.last = line.last.max(day);
        };
        count(d.origin.at(row).file());
        while let Some((_, file)) = also.next_if(|(at, _)| *at as usize == row) {
            count(*file);
        }
    }
    let places: Vec<u32> = cx.taken_files().map(|(place, _)| place).collect();
    let day_of = |day: i64| iso_date_of_ms((first + day) * DAY_MS);
    let lines = lines
        .into_iter()
        .map(|((file, tenant), line)| CoverageLine {
            file: places.get(file as usize).copied().unwrap_or_default(),
            tenant: d.tenants.raw().get(tenant).into(),
            from: day_of(line.first as i64),
            to: day_of(line.last as i64),
            clicks: line.clicks,
        })
        .collect();
    // The longest first: a month that is missing must not stand behind quiet weekends.
    let gaps = sorted(gaps(&covered), |a, b| (b.1 - b.0).cmp(&(a.1 - a.0)));
    let a_day = d.clicks() as f64 / days as f64;
    Coverage {
        missing: gaps
            .iter()
            .map(|(from, to)| Missing {
                from: day_of(*from),
                to: day_of(*to),
                days: (to - from + 1) as u32,
                expected: (a_day * (to - from + 1) as f64) as u64,
            })
            .take_while(|missing| missing.expected >= MISSED)
            .take(NAMED_GAPS)
            .collect(),
        from: day_of(0),
        to: day_of(days - 1),
        step_days: step as u32,
        steps: steps as u32,
        lines,
        all_gaps: gaps.len() as u32,
        gaps: gaps.iter().take(NAMED_GAPS).map(|(from, to)| (day_of(*from), day_of(*to))).collect(),
    }
}

/// Stretches of days without a click, first and last.
fn gaps(covered: &[bool]) -> Vec<(i64, i64)> {
    let mut gaps = Vec::new();
    let mut from = 0_i64;
    for (day, is) in (0_i64..).zip(covered) {
        if *is {
            if day - from >= SHORTEST_GAP_DAYS {
                gaps.push((from, day - 1));
            }
            from = day + 1;
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_shorter_than_a_long_weekend_are_none() {
        let days = |text: &str| text.bytes().map(|b| b == b'x').collect::<Vec<_>>();
        assert_eq!(gaps(&days("x...x")), []);
        assert_eq!(gaps(&days("x....xx......x")), [(1, 4), (7, 12)]);
    }
}
