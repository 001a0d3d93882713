use super::*;
use clicks::query::Bucket;

const SIZE: (u32, u32) = (700, 220);

fn series(days: usize) -> TimeSeries {
    let day = 86_400_000;
    let allowed = |i: usize| if i % 7 < 5 { 200 + i as u64 } else { 0 };
    TimeSeries {
        starts: (0..days as i64).map(|i| 1_790_035_200_000 + i * day).collect(),
        bounds: (0..=days as i64).map(|i| 1_790_035_200_000 + i * day).collect(),
        by_action: vec![
            (0..days).map(allowed).collect(),
            vec![20; days],
            (0..days).map(|i| u64::from(i == 3)).collect(),
            vec![0; days],
            vec![0; days],
        ],
        malicious: vec![20; days],
        reached_unsafe: (0..days).map(|i| u64::from(i == 3)).collect(),
        ..TimeSeries::default()
    }
}

#[test]
fn every_pixel_of_the_plot_belongs_to_the_bar_that_is_painted_there() {
    for days in [1, 7, 60, 365, 2_000] {
        let layout = TimeChartLayout::new(&series(days), SIZE, &Look::light());
        for (i, bar) in layout.bars.iter().enumerate().filter(|(_, bar)| bar.slot.left < bar.slot.right) {
            for x in [bar.slot.left, bar.slot.right - 1] {
                assert_eq!(layout.bucket_at(x, layout.plot.top), Some(i), "{days} days, bar {i}, pixel {x}");
            }
        }
        assert_eq!(layout.bucket_at(layout.plot.left - 1, layout.plot.top), None);
        assert_eq!(layout.bucket_at(layout.plot.right, layout.plot.top), None);
        assert_eq!(layout.nearest_bucket(-50), Some(0));
        assert_eq!(layout.nearest_bucket(9_999), Some(days - 1));
    }
}

#[test]
fn bar_of_few_buckets_is_no_wall() {
    for scale in [1.0, 2.0] {
        let look = Look::light().at_scale(scale);
        let size = ((880.0 * scale) as u32, (220.0 * scale) as u32);
        for n in [1, 3, 7, 30] {
            let layout = TimeChartLayout::new(&series(n), size, &look);
            assert!(layout.bars.iter().all(|bar| bar.right - bar.left <= look.px(48.0)), "{n} at {scale}");
            for bar in &layout.bars {
                let (before, after) = (bar.left - bar.slot.left, bar.slot.right - bar.right);
                assert!((before - after).abs() <= look.px(2.0), "in the middle of its slot: {bar:?}");
            }
        }
    }
}

#[test]
fn labels_of_the_second_line_do_not_touch() {
    for bucket in [Bucket::Hour, Bucket::Day, Bucket::Week, Bucket::Month] {
        for (n, width) in [(1, 330), (24, 330), (30, 880), (72, 880), (72, 330), (13, 200)] {
            let look = Look::light();
            let series = TimeSeries { bucket, ..series(n) };
            let layout = TimeChartLayout::new(&series, (width, 220), &look);
            assert!(!layout.part_of.is_empty(), "the year is somewhere");
            let wide = |label: &Label| look.text_width(&label.text) / 2;
            for pair in layout.part_of.windows(2) {
                assert!(pair[0].x + wide(&pair[0]) < pair[1].x - wide(&pair[1]), "{bucket:?} {n}: {pair:?}");
            }
        }
    }
}

#[test]
fn one_override_above_ten_thousand_clicks_is_seen() {
    let mut series = series(7);
    series.by_action[0] = vec![10_000; 7];
    let layout = TimeChartLayout::new(&series, SIZE, &Look::light());
    let bar = &layout.bars[3];
    let heights: Vec<_> = bar.segments.iter().map(|s| (s.action, s.bottom - s.top)).collect();
    assert_eq!(heights[1..], [(Action::Blocked, 1), (Action::UserOverride, 1)]);
    assert!(bar.flagged && !layout.bars[2].flagged);
}

#[test]
fn bars_stay_inside_and_apart() {
    for scale in [1.0, 1.5, 2.0, 3.0] {
        let look = Look::light().at_scale(scale);
        let size = ((700.0 * scale) as u32, (220.0 * scale) as u32);
        let layout = TimeChartLayout::new(&series(60), size, &look);
        for pair in layout.bars.windows(2) {
            assert!(pair[0].right < pair[1].left, "a gap between bars at scale {scale}");
        }
        for bar in &layout.bars {
            assert!(bar.left >= layout.plot.left && bar.right <= layout.plot.right);
            assert!(bar.segments.iter().all(|s| s.top >= layout.plot.top && s.bottom <= layout.plot.bottom));
        }
        assert!(layout.counts.len() <= 5 && layout.dates.len() <= 12);
        let apart = layout.dates.windows(2).all(|l| l[1].x - l[0].x >= look.text_width(&l[0].text));
        assert!(apart, "labels touch at scale {scale}: {:?}", layout.dates);
    }
}

#[test]
fn no_size_and_no_data_is_a_panic() {
    for size in [(0, 0), (1, 1), (30, 400), (400, 10), (20_000, 8)] {
        for days in [0, 1, 3_000] {
            let layout = TimeChartLayout::new(&series(days), size, &Look::dark().at_scale(2.0));
            assert!(layout.bucket_at(5, 5).is_none_or(|i| i < days));
        }
        let layout = HeatmapLayout::new(&Heatmap::default(), size, &Look::dark());
        assert!(layout.cells.len() == 168 || layout.cells.is_empty());
    }
    let torn = TimeSeries { starts: vec![0, 1], by_action: vec![vec![5]], ..TimeSeries::default() };
    assert_eq!(TimeChartLayout::new(&torn, SIZE, &Look::light()).bars.len(), 2);
}

#[test]
fn cells_run_from_monday_and_are_found_by_pixel() {
    let mut clicks = vec![vec![0; 24]; 7];
    clicks[1][9] = 400;
    clicks[2][9] = 4;
    let map = Heatmap { malicious: clicks.clone(), clicks, ..Heatmap::default() };
    let layout = HeatmapLayout::new(&map, (360, 180), &Look::light());
    assert_eq!(layout.cells.len(), 168);
    assert_eq!(layout.days.iter().map(|l| l.text.as_str()).collect::<String>(), "MonTueWedThuFriSatSun");
    for cell in &layout.cells {
        let found = layout.cell_at(cell.area.left, cell.area.top);
        assert_eq!(found, Some(cell));
        let gap = layout.cell_at(cell.area.right, cell.area.bottom - 1);
        assert_eq!(gap, Some(cell), "the gap after a cell belongs to it");
    }
    let level =
        |weekday, hour| layout.cells.iter().find(|c| (c.weekday, c.hour) == (weekday, hour)).map(|c| c.level);
    assert_eq!((level(1, 9), level(2, 9), level(0, 0)), (Some(6), Some(1), Some(0)));
    assert_eq!(layout.cell_at(0, 0), None);
}
