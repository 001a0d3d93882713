use super::*;

#[test]
fn shares_do_not_overstate() {
    for (part, whole, expected) in [
        (0, 10, "0 %"),
        (1, 100_000, "under 0.1 %"),
        (1, 30, "3.3 %"),
        (1, 3, "33 %"),
        (999, 1000, "over 99 %"),
        (7, 7, "100 %"),
        (0, 0, ""),
    ] {
        assert_eq!(percent(part, whole), expected, "{part} of {whole}");
    }
    assert_eq!(thousands(0), "0");
    assert_eq!(thousands(1_234_567), "1,234,567");
}

#[test]
fn a_bar_is_named_by_day_action_count_and_share() {
    let series = TimeSeries {
        starts: vec![1_792_972_800_000],
        by_action: vec![vec![150], vec![36], vec![4], vec![0], vec![0]],
        malicious: vec![40],
        reached_unsafe: vec![6],
        ..TimeSeries::default()
    };
    let note = bucket_note(&series, 0);
    assert_eq!(note.title, "Mon 26 Oct 2026");
    let said: Vec<_> = note.lines.iter().map(|l| format!("{} {} {}", l.label, l.count, l.share)).collect();
    assert_eq!(
        said,
        [
            "Clicks 190 ",
            "Allowed 150 79 %",
            "Blocked 36 19 %",
            "User override 4 2.1 %",
            "Malicious 40 21 %",
            "Reached a page that is not safe 6 3.2 %"
        ]
    );
    assert_eq!(bucket_note(&series, 9).title, "", "a bar that is not there is no panic");
    assert!(time_sentence(&series, "UTC").starts_with("Clicks per day by action, Mon 26 Oct 2026 to "));
}

#[test]
fn a_period_has_its_year_and_a_marker_its_bucket() {
    /// 2026-10-26, a Monday.
    const MONDAY: i64 = 1_792_972_800_000;
    const HOUR: i64 = 3_600_000;
    for (bucket, starts, expected, when) in [
        (Bucket::Hour, vec![MONDAY + 7 * HOUR], "26 Oct 2026, 07:00–08:00", "26 Oct 07:00"),
        (Bucket::Hour, vec![MONDAY, MONDAY + 23 * HOUR], "26 Oct 2026", "26 Oct 00:00"),
        (Bucket::Hour, vec![MONDAY, MONDAY + 47 * HOUR], "26 Oct – 27 Oct 2026", "26 Oct 00:00"),
        (
            Bucket::Hour,
            vec![MONDAY + 15 * HOUR, MONDAY + 38 * HOUR],
            "26 Oct 2026, 15:00 – 27 Oct 2026, 15:00",
            "26 Oct 15:00",
        ),
        (Bucket::Day, vec![MONDAY], "26 Oct 2026", "26 Oct"),
        (Bucket::Day, vec![MONDAY, MONDAY + 80 * 24 * HOUR], "26 Oct 2026 – 14 Jan 2027", "26 Oct"),
        (Bucket::Week, vec![MONDAY], "26 Oct – 1 Nov 2026", "Week of 26 Oct"),
        (Bucket::Month, vec![MONDAY - 25 * 24 * HOUR], "1 Oct – 31 Oct 2026", "October 2026"),
        (Bucket::Day, vec![], "", ""),
    ] {
        let series = TimeSeries { bucket, starts, ..TimeSeries::default() };
        assert_eq!((period(&series).as_str(), bucket_when(&series, 0).as_str()), (expected, when));
    }
}

#[test]
fn a_heatmap_without_clicks_says_so() {
    assert!(heatmap_sentence(&Heatmap::default(), "UTC").ends_with("no clicks in this period"));
    assert_eq!(heatmap_table(&Heatmap::default()).rows.len(), 24);
    assert_eq!(cell_note(&Heatmap::default(), 6, 23).title, "Saturday, 23:00–00:00");
}
