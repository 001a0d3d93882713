//! What the chart over time shows: which part of time, in which buckets.

mod common;

use clicks::model::iso_of_ms;
use clicks::query::{AskDashboard, Bucket, TimeSeries, Zone};

/// Two months, Friday 2026-09-25 to Friday 2026-11-27; ana clicks on one day alone.
const EXPORT: &str = "\
Timestamp,AccountUpn,Url,ActionType,ThreatTypes,IsClickedThrough
2026-09-25T08:30:00Z,ben@contoso.example,https://a.example/,ClickAllowed,,false
2026-10-26T07:10:00Z,ana@contoso.example,https://a.example/,ClickBlocked,Phish,false
2026-10-26T07:20:00Z,ana@contoso.example,https://a.example/,ClickBlocked,Phish,false
2026-10-26T09:00:00Z,ana@contoso.example,https://a.example/,ClickAllowed,,false
2026-11-27T15:45:00Z,ben@contoso.example,https://a.example/,ClickAllowed,,false
";

/// Central European time: the clocks go back on 25 October 2026 at 01:00 UTC.
fn berlin() -> Zone {
    let utc = Zone::default();
    let autumn = utc.read("2026-10-25T01:00:00Z").unwrap_or_default();
    Zone { name: "Europe/Berlin".to_owned(), offsets: vec![(i64::MIN, 120), (autumn, 60)] }
}

fn over_time(filter: &str) -> TimeSeries {
    let (name, bytes) = ("two-months.csv", EXPORT.as_bytes());
    let session = match filter.contains("tz=") {
        true => common::session_in(Box::new(|_, _, _| Some(berlin())), &[(name, bytes)]),
        false => common::session_of(name, bytes),
    };
    common::answer(
        &mut session.expect("clicks"),
        &AskDashboard { filter: filter.to_owned(), quick: false },
        &[],
    )
    .over_time
}

/// How long a bucket is, how many there are, where the first begins and the last ends, how many clicks.
fn shape(filter: &str) -> (Bucket, usize, String, String, u64) {
    let series = over_time(filter);
    let [Some(first), Some(end)] = [series.bounds.first(), series.bounds.last()] else {
        panic!("{filter}: no buckets");
    };
    let clicks = series.by_action.iter().flatten().sum();
    (series.bucket, series.starts.len(), iso_of_ms(*first), iso_of_ms(*end), clicks)
}

#[test]
fn domain_with_few_clicks_in_view_is_that_of_the_data() {
    let whole = |clicks| {
        let (from, to) = ("2026-09-25T00:00:00Z".to_owned(), "2026-11-28T00:00:00Z".to_owned());
        (Bucket::Day, 64, from, to, clicks)
    };
    assert_eq!(shape(""), whole(5));
    assert_eq!(shape("user=ana@contoso.example"), whole(3), "quiet weeks are shown");
    assert_eq!(shape("user=nobody"), whole(0));
}

#[test]
fn domain_with_a_window_is_the_window() {
    for (filter, bucket, n, from, to, clicks) in [
        // A day in the middle, and the last one, of which the export has the first sixteen hours.
        ("from=2026-10-26&to=2026-10-27", Bucket::Hour, 24, "2026-10-26T00", "2026-10-27T00", 3),
        ("from=2026-11-27&to=2026-11-28", Bucket::Hour, 24, "2026-11-27T00", "2026-11-28T00", 1),
        ("from=2026-10-26T07:00&to=2026-10-26T08:00", Bucket::Hour, 1, "2026-10-26T07", "2026-10-26T08", 2),
        ("from=2026-10-24&to=2026-10-27", Bucket::Hour, 72, "2026-10-24T00", "2026-10-27T00", 3),
        ("from=2026-10-24&to=2026-10-27T00:00:00.001", Bucket::Day, 4, "2026-10-24T00", "2026-10-28T00", 3),
        // An end that the filter leaves open is that of the data.
        ("from=2026-11-20", Bucket::Day, 8, "2026-11-20T00", "2026-11-28T00", 1),
        ("to=2026-09-27", Bucket::Hour, 40, "2026-09-25T08", "2026-09-27T00", 1),
        // Of a range the end is the newest click.
        ("range=24h", Bucket::Hour, 25, "2026-11-26T15", "2026-11-27T16", 1),
        ("range=7d&to=2026-11-21", Bucket::Hour, 9, "2026-11-20T15", "2026-11-21T00", 0),
    ] {
        let at = |hour: &str| format!("{hour}:00:00Z");
        assert_eq!(shape(filter), (bucket, n, at(from), at(to), clicks), "{filter}");
    }
}

#[test]
fn domain_of_a_window_beyond_the_data_ends_with_the_days_of_the_data() {
    let (bucket, n, from, to, clicks) = shape("from=1990-01-01&to=2090-01-01");
    let ends = (from.as_str(), to.as_str());
    assert_eq!((bucket, n, clicks), (Bucket::Day, 64, 5));
    assert_eq!(ends, ("2026-09-25T00:00:00Z", "2026-11-28T00:00:00Z"));
    assert_eq!(shape("range=40000d"), (bucket, n, from, to, clicks));
    for outside in ["from=2027-01-01", "to=2026-01-01", "from=2027-01-01&to=2028-01-01", "to=2026-09-25"] {
        assert_eq!(over_time(outside).bounds, Vec::<i64>::new(), "{outside}");
    }
    assert!(over_time("from=2026-10-27&to=2026-10-26").bounds.is_empty(), "an end before the beginning");
}

#[test]
fn domain_in_a_zone_has_its_days() {
    let day = shape("tz=Europe/Berlin&from=2026-10-26&to=2026-10-27");
    let (from, to) = ("2026-10-25T23:00:00Z".to_owned(), "2026-10-26T23:00:00Z".to_owned());
    assert_eq!(day, (Bucket::Hour, 24, from, to, 3));
    // The day on which the clocks go back has 24 hours on the clock: one of them is two hours long.
    let series = over_time("tz=Europe/Berlin&from=2026-10-25&to=2026-10-26");
    let long = series.bounds.windows(2).filter(|b| b[1] - b[0] == 7_200_000).count();
    assert_eq!((series.starts.len(), long), (24, 1));
}
