use super::*;
use clicks::query::Bucket;

fn series() -> TimeSeries {
    let days: i64 = 14;
    let allowed = (0..days as u64).map(|i| if i % 7 < 5 { 40 + 3 * i } else { 4 }).collect();
    let of = |day: usize, count: u64| (0..days as usize).map(|i| if i == day { count } else { 0 }).collect();
    TimeSeries {
        bucket: Bucket::Day,
        starts: (0..days).map(|i| 1_792_368_000_000 + i * 86_400_000).collect(),
        bounds: (0..=days).map(|i| 1_792_368_000_000 + i * 86_400_000).collect(),
        by_action: vec![allowed, of(8, 31), of(8, 2), of(3, 1), of(20, 0)],
        malicious: of(8, 33),
        reached_unsafe: of(8, 2),
    }
}

fn frame() -> Frame {
    Frame {
        title: "Clicks over time".to_owned(),
        period: "19 Oct – 1 Nov 2026, UTC".to_owned(),
        caption: "All clicks · <b>&".to_owned(),
    }
}

#[test]
fn time_chart_golden() {
    insta::assert_snapshot!(time_chart_svg(&series(), (560, 260), &Look::light(), &frame()));
}

#[test]
fn heatmap_golden() {
    let clicks: Vec<Vec<u64>> = (0..7u64).map(|day| (0..24).map(|hour| day * hour % 11).collect()).collect();
    let map = Heatmap { malicious: vec![vec![0; 24]; 7], clicks, ..Heatmap::default() };
    insta::assert_snapshot!(heatmap_svg(&map, (420, 220), &Look::dark(), &frame()));
}

#[test]
fn an_exported_picture_needs_nothing_else_and_runs_nothing() {
    let svg = time_chart_svg(&series(), (560, 260), &Look::light(), &frame());
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "whole");
    assert_eq!(svg.matches("http").count(), 1, "the namespace is the only address");
    for part in ["<script", "href", "style=", "<b>", "url("] {
        assert!(!svg.contains(part), "{part}");
    }
    assert!(svg.contains("27 Oct: 33 malicious clicks"));
    assert!(svg.contains("19 Oct – 1 Nov 2026, UTC"), "the period, with its year");
    assert!(svg.contains("Below the line"), "the legend names the marks");
    assert_eq!(svg, time_chart_svg(&series(), (560, 260), &Look::light(), &frame()), "the same twice");
}

#[test]
fn nothing_is_drawn_as_nothing() {
    let empty = time_chart_svg(&TimeSeries::default(), (300, 200), &Look::light(), &Frame::default());
    assert!(empty.trim_end().ends_with("</svg>"));
    assert!(heatmap_svg(&Heatmap::default(), (10, 10), &Look::light(), &Frame::default()).contains("</svg>"));
    assert_eq!(peak(&TimeSeries::default()), None);
}

#[test]
fn a_long_caption_is_broken_and_cut_where_it_can_be_seen() {
    let look = Look::light();
    assert_eq!(wrapped("All clicks", 300, &look), ["All clicks"]);
    assert_eq!(wrapped("", 300, &look), [""]);
    let long = "user=ana@contoso.com ".repeat(60);
    let lines = wrapped(&long, 300, &look);
    assert_eq!(lines.len(), 3);
    assert!(lines[2].ends_with('…'), "{lines:?}");
    let unbroken = wrapped(&"x".repeat(5_000), 300, &look);
    assert!(unbroken.iter().all(|line| line.chars().count() < 60), "{unbroken:?}");
}
