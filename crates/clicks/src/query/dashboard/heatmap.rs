//! Clicks by weekday and hour of the day.

use serde::{Deserialize, Serialize};

use crate::model::{Action, Verdict, hour_of_ms, weekday_of_ms};
use crate::query::tally::{Tally, class_of};

/// Clicks by weekday and hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Heatmap {
    /// 7 × 24 counts, `[weekday][hour]`, weekday 0 = Sunday; empty without clicks.
    pub clicks: Vec<Vec<u64>>,
    /// The malicious ones among them, same shape.
    pub malicious: Vec<Vec<u64>>,
    /// What is counted, in the plural; empty for clicks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// Of how many, where the cells do not add up to it: somebody is in several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
}

pub(super) fn heatmap(tally: &Tally) -> Heatmap {
    if tally.hours.is_empty() {
        return Heatmap::default();
    }
    let grid = vec![vec![0; 24]; 7];
    let mut map = Heatmap { clicks: grid.clone(), malicious: grid, ..Heatmap::default() };
    let malicious = class_of(Verdict::Malicious, Action::Allowed);
    for hour in &tally.hours {
        let (day, of_day) = (weekday_of_ms(hour.wall), hour_of_ms(hour.wall));
        map.clicks[day][of_day] += hour.classes.iter().map(|c| u64::from(*c)).sum::<u64>();
        map.malicious[day][of_day] +=
            hour.classes[malicious..malicious + 5].iter().map(|c| u64::from(*c)).sum::<u64>();
    }
    map
}
