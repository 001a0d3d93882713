//! What the drawings say in words: tooltips, the sentence for a screen reader, the table behind a chart.

use chrono::{Datelike, NaiveDate, Timelike};
use clicks::model::Action;
pub use clicks::model::text::thousands;
use clicks::query::{Bucket, Heatmap, TimeSeries};

use crate::scale::wall_clock;

/// What a tooltip says about one bar or cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The period: a day, an hour of the week.
    pub title: String,
    /// One line a fact, the most general first.
    pub lines: Vec<NoteLine>,
}

/// One line of a [`Note`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteLine {
    /// The action it is about; its colour goes beside it.
    pub action: Option<Action>,
    /// Worth the colour of a finding.
    pub bad: bool,
    /// What is counted.
    pub label: String,
    /// How many.
    pub count: String,
    /// Of how many, in percent; empty where that says nothing.
    pub share: String,
}

/// A table that says what a chart shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartTable {
    /// Headings; the first is that of the row headings.
    pub head: Vec<String>,
    /// Rows, the first cell being the heading of the row.
    pub rows: Vec<Vec<String>>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Name of a month, from 1.
pub(crate) fn month_name(month: u32) -> &'static str {
    MONTHS[month.clamp(1, 12) as usize - 1]
}

/// Name of a weekday, from 0 = Sunday.
pub fn weekday_name(weekday: u8) -> &'static str {
    DAYS[usize::from(weekday % 7)]
}

/// `22 Sep`.
pub(crate) fn day_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), &month_name(date.month())[..3])
}

/// `22 Sep 2026`.
pub(crate) fn day_month_year(date: NaiveDate) -> String {
    format!("{} {}", day_month(date), date.year())
}

/// The period that the chart shows: `22 Sep – 20 Nov 2026`, `26 Oct 2026, 07:00–09:00`. Empty without one.
pub fn period(series: &TimeSeries) -> String {
    let (Some(&first), Some(&last)) = (series.starts.first(), series.starts.last()) else {
        return String::new();
    };
    let (first, last) = (wall_clock(first), wall_clock(last));
    if series.bucket == Bucket::Hour {
        let end = last + chrono::TimeDelta::hours(1);
        let (from, to) = (day_month_year(first.date()), day_month_year(last.date()));
        return match (first.hour(), end.hour()) {
            (0, 0) if from == to => from,
            (0, 0) => days(first.date(), last.date()),
            (begin, end) if from == to => format!("{from}, {begin:02}:00–{end:02}:00"),
            (begin, end) => format!("{from}, {begin:02}:00 – {to}, {end:02}:00"),
        };
    }
    let last = match series.bucket {
        Bucket::Week => last.date() + chrono::Days::new(6),
        Bucket::Month => last.date() + chrono::Months::new(1) - chrono::Days::new(1),
        Bucket::Hour | Bucket::Day => last.date(),
    };
    days(first.date(), last)
}

/// From a day to a day, the year once where it is the same.
fn days(first: NaiveDate, last: NaiveDate) -> String {
    match (first == last, first.year() == last.year()) {
        (true, _) => day_month_year(last),
        (false, true) => format!("{} – {}", day_month(first), day_month_year(last)),
        (false, false) => format!("{} – {}", day_month_year(first), day_month_year(last)),
    }
}

/// When a bucket is, as short as it is still true: `26 Oct 07:00`, `26 Oct`, `Week of 26 Oct`, `October 2026`.
pub(crate) fn bucket_when(series: &TimeSeries, bucket: usize) -> String {
    let Some(&start) = series.starts.get(bucket) else { return String::new() };
    let at = wall_clock(start);
    let day = day_month(at.date());
    match series.bucket {
        Bucket::Hour => format!("{day} {:02}:00", at.hour()),
        Bucket::Day => day,
        Bucket::Week => format!("Week of {day}"),
        Bucket::Month => format!("{} {}", month_name(at.month()), at.year()),
    }
}

/// `part` of `whole` in percent. A part that is there is never called 0 %, and one that is not all never 100 %.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return String::new();
    }
    let exact = part as f64 * 100.0 / whole as f64;
    match part {
        0 => "0 %".to_owned(),
        _ if exact < 0.1 => "under 0.1 %".to_owned(),
        _ if exact < 10.0 => format!("{exact:.1} %"),
        _ if part < whole && exact > 99.4 => "over 99 %".to_owned(),
        _ => format!("{exact:.0} %"),
    }
}

/// The period of a bucket in words.
pub fn bucket_title(series: &TimeSeries, bucket: usize) -> String {
    let Some(&start) = series.starts.get(bucket) else {
        return String::new();
    };
    let at = wall_clock(start);
    let date = at.date();
    let day = |date: NaiveDate| {
        let weekday = weekday_name(date.weekday().num_days_from_sunday() as u8);
        format!("{} {}", &weekday[..3], day_month_year(date))
    };
    match series.bucket {
        Bucket::Hour => format!("{}, {:02}:00–{:02}:00", day(date), at.hour(), (at.hour() + 1) % 24),
        Bucket::Day => day(date),
        Bucket::Week => days(date, date + chrono::Days::new(6)),
        Bucket::Month => format!("{} {}", month_name(date.month()), date.year()),
    }
}

fn count_of(series: &TimeSeries, action: usize, bucket: usize) -> u64 {
    series.by_action.get(action).and_then(|counts| counts.get(bucket)).copied().unwrap_or(0)
}

/// Clicks of a bucket, all actions.
pub fn bucket_total(series: &TimeSeries, bucket: usize) -> u64 {
    (0..Action::ALL.len()).map(|action| count_of(series, action, bucket)).sum()
}

/// What the tooltip of a bar says: day, action, count and share.
pub fn bucket_note(series: &TimeSeries, bucket: usize) -> Note {
    range_note(series, bucket, bucket)
}

/// The same for all bars from one to another.
pub fn range_note(series: &TimeSeries, first: usize, last: usize) -> Note {
    let last = last.min(series.starts.len().saturating_sub(1)).max(first);
    let sum = |count: &dyn Fn(usize) -> u64| (first..=last).map(count).sum::<u64>();
    let total = sum(&|i| bucket_total(series, i));
    let mut lines =
        vec![NoteLine { label: "Clicks".to_owned(), count: thousands(total), ..NoteLine::default() }];
    for (index, action) in Action::ALL.into_iter().enumerate() {
        let count = sum(&|i| count_of(series, index, i));
        if count > 0 {
            lines.push(NoteLine {
                action: Some(action),
                bad: false,
                label: action.label().to_owned(),
                count: thousands(count),
                share: percent(count, total),
            });
        }
    }
    for (label, counts) in
        [("Malicious", &series.malicious), ("Reached a page that is not safe", &series.reached_unsafe)]
    {
        let count = sum(&|i| counts.get(i).copied().unwrap_or(0));
        if count > 0 {
            lines.push(NoteLine {
                action: None,
                bad: true,
                label: label.to_owned(),
                count: thousands(count),
                share: percent(count, total),
            });
        }
    }
    let title = match (first == last, bucket_title(series, first)) {
        (true, title) => title,
        (false, title) => format!("{title} to {}", bucket_title(series, last)),
    };
    Note { title, lines }
}

/// The sentence that stands for the chart over time.
pub fn time_sentence(series: &TimeSeries, zone: &str) -> String {
    let n = series.starts.len();
    let total: u64 = (0..n).map(|i| bucket_total(series, i)).sum();
    if total == 0 {
        return "Clicks over time by action: no clicks in this period".to_owned();
    }
    let per = match series.bucket {
        Bucket::Hour => "hour",
        Bucket::Day => "day",
        Bucket::Week => "week",
        Bucket::Month => "month",
    };
    // The first of several equal ones, so that the sentence does not depend on the order of a search.
    let most = (0..n).rev().max_by_key(|&i| bucket_total(series, i)).unwrap_or(0);
    let mut text = format!(
        "Clicks per {per} by action, {} to {}, {zone}: {} clicks, most on {} ({})",
        bucket_title(series, 0),
        bucket_title(series, n - 1),
        thousands(total),
        bucket_title(series, most),
        thousands(bucket_total(series, most)),
    );
    for (index, action) in Action::ALL.into_iter().enumerate() {
        let count: u64 = (0..n).map(|i| count_of(series, index, i)).sum();
        if count > 0 {
            text.push_str(&format!("; {} {}", action.label().to_lowercase(), thousands(count)));
        }
    }
    text
}

/// The chart over time as a table: a row a bucket that has clicks.
pub fn time_table(series: &TimeSeries) -> ChartTable {
    let period = match series.bucket {
        Bucket::Hour => "Hour",
        Bucket::Day => "Day",
        Bucket::Week => "Week",
        Bucket::Month => "Month",
    };
    let mut head = vec![period.to_owned(), "Clicks".to_owned()];
    head.extend(Action::ALL.iter().map(|action| action.label().to_owned()));
    head.extend(["Malicious".to_owned(), "Reached, not safe".to_owned()]);
    let rows = (0..series.starts.len())
        .filter(|&i| bucket_total(series, i) > 0)
        .map(|i| {
            let mut row = vec![bucket_title(series, i), thousands(bucket_total(series, i))];
            row.extend((0..Action::ALL.len()).map(|action| thousands(count_of(series, action, i))));
            for counts in [&series.malicious, &series.reached_unsafe] {
                row.push(thousands(counts.get(i).copied().unwrap_or(0)));
            }
            row
        })
        .collect();
    ChartTable { head, rows }
}

/// Clicks of an hour of the week.
pub fn cell_clicks(map: &Heatmap, weekday: u8, hour: u8) -> u64 {
    cell(&map.clicks, weekday, hour)
}

fn cell(counts: &[Vec<u64>], weekday: u8, hour: u8) -> u64 {
    counts.get(usize::from(weekday)).and_then(|day| day.get(usize::from(hour))).copied().unwrap_or(0)
}

/// What the tooltip of a cell says.
pub fn cell_note(map: &Heatmap, weekday: u8, hour: u8) -> Note {
    let clicks = cell_clicks(map, weekday, hour);
    let total = map.of.unwrap_or_else(|| map.clicks.iter().flatten().sum());
    let malicious = cell(&map.malicious, weekday, hour);
    let mut lines = vec![NoteLine {
        label: heatmap_counts(map),
        count: thousands(clicks),
        share: percent(clicks, total),
        ..NoteLine::default()
    }];
    if malicious > 0 {
        lines.push(NoteLine {
            action: None,
            bad: true,
            label: "Malicious".to_owned(),
            count: thousands(malicious),
            share: percent(malicious, clicks),
        });
    }
    Note { title: format!("{}, {hour:02}:00–{:02}:00", weekday_name(weekday), (hour + 1) % 24), lines }
}

/// What a heatmap counts, as a heading begins.
fn heatmap_counts(map: &Heatmap) -> String {
    let mut letters = map.what.chars();
    match letters.next() {
        None => "Clicks".to_owned(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
    }
}

/// The sentence that stands for the heatmap.
pub fn heatmap_sentence(map: &Heatmap, zone: &str) -> String {
    let total = map.of.unwrap_or_else(|| map.clicks.iter().flatten().sum());
    let what = heatmap_counts(map);
    let words = if map.what.is_empty() { "clicks" } else { &map.what };
    if total == 0 {
        return format!("{what} by hour and weekday: no {words} in this period");
    }
    let cells = (0..7u8).flat_map(|weekday| (0..24u8).map(move |hour| (weekday, hour)));
    let (weekday, hour) = cells.rev().max_by_key(|&(w, h)| cell_clicks(map, w, h)).unwrap_or((0, 0));
    let most = cell_clicks(map, weekday, hour);
    format!(
        "{what} by hour and weekday, {zone}: {} {words}, most on {} from {hour:02}:00 to {:02}:00 ({})",
        thousands(total),
        weekday_name(weekday),
        (hour + 1) % 24,
        thousands(most),
    )
}

/// The heatmap as a table: a row an hour, a column a weekday from Monday.
pub fn heatmap_table(map: &Heatmap) -> ChartTable {
    let week = [1u8, 2, 3, 4, 5, 6, 0];
    let mut head = vec!["Hour".to_owned()];
    head.extend(week.iter().map(|&weekday| weekday_name(weekday).to_owned()));
    let rows = (0..24u8)
        .map(|hour| {
            let mut row = vec![format!("{hour:02}:00")];
            row.extend(week.iter().map(|&weekday| thousands(cell_clicks(map, weekday, hour))));
            row
        })
        .collect();
    ChartTable { head, rows }
}

#[cfg(test)]
mod tests;
