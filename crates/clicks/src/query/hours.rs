//! The wall-clock hours that clicks fall into.
//!
//! Rows are in the order of time, so that an hour is a range of rows. The ranges of a zone are found once;
//! counting by hour, day or weekday then never looks at a time.

use std::ops::Range;

use super::Zone;
use crate::model::{Dataset, HOUR_MS};

/// The hours of a data set in one zone; hours without rows are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// The zone.
    pub zone: Zone,
    /// Wall clock at the start of each hour (see [`Zone::wall_of`]) and its first row.
    starts: Vec<(i64, u32)>,
    rows: usize,
}

/// Rows of one wall-clock hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourRun {
    /// The wall clock at the start of the hour.
    pub wall: i64,
    /// The rows.
    pub rows: Range<usize>,
}

impl Hours {
    /// Finds the hours of all rows.
    pub fn new(data: &Dataset, zone: Zone) -> Hours {
        let mut starts = Vec::new();
        let mut row = 0;
        while let Some(first) = data.time.get(row) {
            let wall = zone.wall_of(*first);
            starts.push((wall - wall.rem_euclid(HOUR_MS), row as u32));
            let until = zone.next_hour(*first);
            // Gallop, then halve: an hour has few rows in a small export and thousands in a large one.
            let times = &data.time[row..];
            let mut step = 64;
            while step < times.len() && times[step] < until {
                step *= 2;
            }
            row += times[..step.min(times.len())].partition_point(|t| *t < until).max(1);
        }
        Hours { zone, starts, rows: data.len() }
    }

    /// The hours that a range of rows touches, each with its rows inside the range.
    pub fn runs(&self, rows: Range<usize>) -> impl Iterator<Item = HourRun> + '_ {
        let first = self.starts.partition_point(|(_, start)| *start as usize <= rows.start).saturating_sub(1);
        let ends = self.starts.iter().skip(first + 1).map(|(_, start)| *start as usize).chain([self.rows]);
        self.starts[first.min(self.starts.len())..]
            .iter()
            .zip(ends)
            .map(move |((wall, start), end)| HourRun {
                wall: *wall,
                rows: (*start as usize).max(rows.start)..end.min(rows.end),
            })
            .take_while(|run| !run.rows.is_empty())
    }
}
