//! Day before month or month before day: decided once for all files of one kind that are opened together.
//!
//! Owns the decision and its words. Rows were read month first; those that could be read the other way are
//! remembered until the end, because one date in any of the files decides for all.

use std::collections::BTreeMap;

use super::when::DateOrder;
use crate::model::DAY_MS;

/// What is known of the dates of one file.
#[derive(Default)]
pub struct FileDates {
    /// Files with an equal text were written by one kind of source.
    pub kind: String,
    /// What its dates tell.
    pub order: DateOrder,
    /// Rows that could be read both ways.
    pub rows: Vec<u32>,
    /// First and one beyond the last row.
    pub all: std::ops::Range<usize>,
    /// How many days the source keeps clicks, where that is known.
    pub keeps_days: Option<i64>,
}

/// How the dates of a file are read that could be read both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// There is none.
    NothingToDecide,
    /// Day first, because of a date in this file or in another of its kind.
    DayFirst,
    /// Month first, likewise.
    MonthFirst,
    /// Day first, because otherwise the file would hold more days than its source keeps.
    DayFirstBySpan,
    /// Month first, likewise.
    MonthFirstBySpan,
    /// Both orders are in the file; those that read both ways are taken month first.
    Both,
    /// It cannot be told; month first is a guess.
    Guessed,
    /// Day first, because somebody said so.
    DayFirstAsTold,
    /// Month first, likewise.
    MonthFirstAsTold,
}

impl Decided {
    /// Whether rows that were read month first must be turned.
    pub const fn turns(self) -> bool {
        matches!(self, Decided::DayFirst | Decided::DayFirstBySpan | Decided::DayFirstAsTold)
    }

    /// Whether the dates may be wrong.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Decided::Both | Decided::Guessed)
    }

    /// Why, to be put behind the words about the zone.
    pub const fn why(self) -> &'static str {
        match self {
            Decided::NothingToDecide => "",
            Decided::DayFirst => "; day before month, because one number over 12 stands first",
            Decided::MonthFirst => "; month before day, because one number over 12 stands second",
            Decided::DayFirstBySpan => {
                "; day before month, because the other reading spreads the file over more days than its source keeps"
            }
            Decided::MonthFirstBySpan => {
                "; month before day, because the other reading spreads the file over more days than its source keeps"
            }
            Decided::Both => {
                "; day and month in both orders: those that read both ways are taken month first"
            }
            Decided::DayFirstAsTold => "; day before month, as you said",
            Decided::MonthFirstAsTold => "; month before day, as you said",
            Decided::Guessed => "; day and month cannot be told apart: taken month first",
        }
    }
}

/// Decides for each file. `time` gives the time of a row as it was read.
pub fn decide(files: &[FileDates], time: impl Fn(usize) -> i64) -> Vec<Decided> {
    let mut of_kinds: BTreeMap<&str, Decided> = BTreeMap::new();
    let decide_one =
        |file| decide_one(file, |kind| *of_kinds.entry(kind).or_insert_with(|| of_kind(kind, files, &time)));
    files.iter().map(decide_one).collect()
}

/// What was decided, where somebody said it otherwise: only dates that read both ways follow.
pub fn told(files: &[FileDates], decided: Vec<Decided>, day_first: Option<bool>) -> Vec<Decided> {
    let Some(day_first) = day_first else { return decided };
    let told = if day_first { Decided::DayFirstAsTold } else { Decided::MonthFirstAsTold };
    files.iter().zip(decided).map(|(file, old)| if file.order.either == 0 { old } else { told }).collect()
}

/// `of_kind` decides for all files of a kind.
fn decide_one<'a>(file: &'a FileDates, of_kind: impl FnOnce(&'a str) -> Decided) -> Decided {
    match by_dates(&[file]) {
        _ if file.order.either == 0 => Decided::NothingToDecide,
        Some(decided) => decided,
        None => of_kind(&file.kind),
    }
}

fn of_kind(kind: &str, files: &[FileDates], time: &impl Fn(usize) -> i64) -> Decided {
    let alike: Vec<&FileDates> = files.iter().filter(|file| file.kind == kind).collect();
    let keeps = alike.first().and_then(|file| file.keeps_days);
    match by_dates(&alike) {
        Some(decided) if decided != Decided::Both => decided,
        _ => by_span(&alike, keeps, time).unwrap_or(Decided::Guessed),
    }
}

fn by_dates(files: &[&FileDates]) -> Option<Decided> {
    let any = |of: fn(&DateOrder) -> u64| files.iter().any(|f| of(&f.order) > 0);
    match (any(|o| o.day_first), any(|o| o.month_first)) {
        (true, true) => Some(Decided::Both),
        (true, false) => Some(Decided::DayFirst),
        (false, true) => Some(Decided::MonthFirst),
        (false, false) => None,
    }
}

/// The reading under which the files span no more days than their source keeps, if only one does.
fn by_span(files: &[&FileDates], keeps: Option<i64>, time: &impl Fn(usize) -> i64) -> Option<Decided> {
    let longest = (keeps? + 1) * DAY_MS;
    let fits = |turned: bool| {
        files.iter().all(|file| {
            let at = |row: usize| {
                let may_turn = turned && file.rows.binary_search(&(row as u32)).is_ok();
                if may_turn { crate::model::turned(time(row)) } else { time(row) }
            };
            let first = file.all.clone().map(at).min().unwrap_or(0);
            let last = file.all.clone().map(at).max().unwrap_or(0);
            last - first <= longest
        })
    };
    match (fits(false), fits(true)) {
        (true, false) => Some(Decided::MonthFirstBySpan),
        (false, true) => Some(Decided::DayFirstBySpan),
        _ => None,
    }
}
