//! Day before month or month before day: decided once for all files of one kind that write their dates alike.
//!
//! Owns the decision and its words. Rows were read month first; those that could be read the other way are
//! remembered until the end, because one date in any of the files decides for all.

use std::collections::HashMap;

use super::when::{DateOrder, DateShape};
use crate::model::DAY_MS;

/// What is known of the dates of one file.
#[derive(Clone, Default)]
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

impl FileDates {
    /// What files have in common that decide for each other. PowerShell and the portal write dates as the settings of
    /// somebody's machine say: a date with AM and PM tells nothing of one without, nor `/` of `-`.
    fn alike(&self) -> Option<(&str, DateShape)> {
        self.order.shape.is_one().then_some((&self.kind, self.order.shape))
    }
}

/// How the dates of a file are read that could be read both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// There is none.
    NothingToDecide,
    /// Day first.
    DayFirst(By),
    /// Month first.
    MonthFirst(By),
    /// Both orders are in the file; those that read both ways are taken month first.
    Both,
    /// It cannot be told; month first is a guess.
    Guessed,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A date in the file.
    Itself,
    /// A date in another file that writes its dates alike: its place in the list.
    Another(usize),
    /// In the other order the file would hold more days than its source keeps.
    Span,
    /// Somebody said so.
    Told,
    /// Somebody said so, though the file then holds more days than its source keeps.
    ToldBeyond,
}

impl Decided {
    /// Whether rows that were read month first must be turned.
    pub const fn turns(self) -> bool {
        matches!(self, Decided::DayFirst(_))
    }

    /// Whether the dates may be wrong.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Decided::Both | Decided::Guessed)
    }

    /// The other file that decided: its place in the list.
    pub const fn another(self) -> Option<usize> {
        match self {
            Decided::DayFirst(By::Another(file)) | Decided::MonthFirst(By::Another(file)) => Some(file),
            _ => None,
        }
    }

    /// The order that was decided for, in words.
    pub const fn order(self) -> &'static str {
        match self {
            Decided::NothingToDecide => "",
            Decided::DayFirst(_) => "day before month",
            Decided::MonthFirst(_) => "month before day",
            Decided::Both => "day and month in both orders: those that read both ways are taken month first",
            Decided::Guessed => "day and month cannot be told apart: taken month first",
        }
    }

    /// Why, to be put behind the words about the zone. `another` is the name of the file that decided, if another did.
    pub fn why(self, another: &str) -> String {
        let (by, place) = match self {
            Decided::NothingToDecide => return String::new(),
            Decided::DayFirst(by) => (by, "first"),
            Decided::MonthFirst(by) => (by, "second"),
            Decided::Both | Decided::Guessed => return format!("; {}", self.order()),
        };
        let why = match by {
            By::Itself => format!("because one number over 12 stands {place}"),
            By::Another(_) => format!("because one number over 12 stands {place} in {another}"),
            By::Span => {
                "because the other reading spreads the file over more days than its source keeps".to_owned()
            }
            By::Told => "as you said".to_owned(),
            By::ToldBeyond => "as you said, though so it holds more days than its source keeps".to_owned(),
        };
        format!("; {}, {why}", self.order())
    }
}

/// Decides for each file. `time` gives the time of a row as it was read; `day_first` is what somebody said, which counts
/// where no date in the file itself says otherwise.
pub fn decide(files: &[FileDates], time: impl Fn(usize) -> i64, day_first: Option<bool>) -> Vec<Decided> {
    let told = |by: Decided| match (day_first, by) {
        (_, Decided::NothingToDecide | Decided::DayFirst(By::Itself) | Decided::MonthFirst(By::Itself)) => by,
        (Some(true), Decided::MonthFirst(By::Span)) => Decided::DayFirst(By::ToldBeyond),
        (Some(false), Decided::DayFirst(By::Span)) => Decided::MonthFirst(By::ToldBeyond),
        (Some(true), _) => Decided::DayFirst(By::Told),
        (Some(false), _) => Decided::MonthFirst(By::Told),
        (None, _) => by,
    };
    let mut of_alike = HashMap::new();
    let by_files = files.iter().map(|file| match by_date(file) {
        _ if file.order.either == 0 => Decided::NothingToDecide,
        Some(by) => by,
        None => match file.alike() {
            Some(alike) => *of_alike.entry(alike).or_insert_with(|| of_all_alike(file, files, &time)),
            // It writes its dates in several ways: no other decides for it, nor it for another.
            None => of_all_alike(file, files, &time),
        },
    });
    by_files.map(told).collect()
}

/// For all files that write their dates like this one, of which none says it of itself.
fn of_all_alike(file: &FileDates, files: &[FileDates], time: &impl Fn(usize) -> i64) -> Decided {
    let alike: Vec<(usize, &FileDates)> = files
        .iter()
        .enumerate()
        .filter(|(_, other)| {
            std::ptr::eq(*other, file) || other.alike().is_some_and(|alike| Some(alike) == file.alike())
        })
        .collect();
    let first =
        |wanted: Decided| alike.iter().find(|(_, f)| by_date(f) == Some(wanted)).map(|(place, _)| *place);
    match (first(Decided::DayFirst(By::Itself)), first(Decided::MonthFirst(By::Itself))) {
        (Some(place), None) => Decided::DayFirst(By::Another(place)),
        (None, Some(place)) => Decided::MonthFirst(By::Another(place)),
        _ => {
            let files: Vec<&FileDates> = alike.into_iter().map(|(_, file)| file).collect();
            by_span(&files, file.keeps_days, time).unwrap_or(Decided::Guessed)
        }
    }
}

/// What the dates of a file say of themselves.
fn by_date(file: &FileDates) -> Option<Decided> {
    match (file.order.day_first > 0, file.order.month_first > 0) {
        (true, true) => Some(Decided::Both),
        (true, false) => Some(Decided::DayFirst(By::Itself)),
        (false, true) => Some(Decided::MonthFirst(By::Itself)),
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
        (true, false) => Some(Decided::MonthFirst(By::Span)),
        (false, true) => Some(Decided::DayFirst(By::Span)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::when::Clock;

    /// A file of the dates, whose rows begin at a place of all rows, with the times as they were read.
    fn file(dates: &[&str], times: &mut Vec<i64>) -> FileDates {
        let (mut clock, from) = (Clock::default(), times.len());
        let mut rows = Vec::new();
        for date in dates {
            let moment = clock.read(date.as_bytes()).expect("a time");
            if moment.either {
                rows.push(times.len() as u32);
            }
            times.push(moment.ms);
        }
        let kind = "hunting-csv".to_owned();
        FileDates { kind, order: clock.order, rows, all: from..times.len(), keeps_days: Some(30) }
    }

    #[test]
    fn dates_written_in_several_ways_are_decided_for_each_file_alone() {
        let mut times = Vec::new();
        // Day first the one lies within days, month first the other.
        let one = file(&["01/05/2026 09:00:00", "03-05-2026 09:00:00"], &mut times);
        let other = file(&["05/01/2026 09:00:00", "05-03-2026 09:00:00"], &mut times);
        let files = [one, other];
        let decided = decide(&files, |row| times[row], None);
        assert_eq!(decided, [Decided::DayFirst(By::Span), Decided::MonthFirst(By::Span)]);
    }
}
