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
}

pub(super) fn heatmap(tally: &Tally) -> Heatmap {
    if tally.hours.is_empty() {
        return Heatmap::default();
    }
    let mut map = Heatmap { clicks: vec![vec![0; 24]; 7], malicious: vec![vec![0; 24]; 7] };
    let malicious = class_of(Verdict::Malicious, Action::Allowed);
    for hour in &tally.hours {
        let (day, of_day) = (weekday_of_ms(hour.wall), hour_of_ms(hour.wall));
        map.clicks[day][of_day] += hour.classes.iter().map(|c| u64::from(*c)).sum::<u64>();
        map.malicious[day][of_day] +=
            hour.classes[malicious..malicious + 5].iter().map(|c| u64::from(*c)).sum::<u64>();
    }
    map
}
