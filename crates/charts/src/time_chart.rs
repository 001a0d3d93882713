//! Clicks over time: stacked bars by action.

use clicks::query::TimeSeries;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::Rectangle;
use plotters::prelude::DrawingBackend;
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use crate::Drawn;
use crate::layout::{Area, TimeChartLayout};
use crate::look::Look;
use crate::words::thousands;

/// What is marked in a chart beside its data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeView {
    /// The bar under the pointer or the keyboard.
    pub marked: Option<usize>,
    /// First and last bar of a range being picked, in any order.
    pub brush: Option<(usize, usize)>,
    /// A sentence at the bar where something happened.
    pub marker: Option<Marker>,
}

/// A sentence at a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marker {
    /// The bar.
    pub bucket: usize,
    /// The sentence.
    pub text: String,
}

/// Where malicious clicks stand out: the worst bucket, if it has at least ten of them and five times as many
/// as the middle one of the buckets that have clicks. Below that any maximum is noise, and saying so would be
/// crying wolf.
pub fn peak(series: &TimeSeries) -> Option<Marker> {
    let mut busy: Vec<u64> = (0..series.starts.len())
        .filter(|&i| crate::words::bucket_total(series, i) > 0)
        .map(|i| series.malicious.get(i).copied().unwrap_or(0))
        .collect();
    busy.sort_unstable();
    let middle = busy.get(busy.len() / 2).copied()?;
    let bucket = (0..series.malicious.len()).rev().max_by_key(|&i| series.malicious[i])?;
    let count = series.malicious[bucket];
    if count < 10 || count < middle.saturating_mul(5) {
        return None;
    }
    let when = crate::words::bucket_when(series, bucket);
    Some(Marker { bucket, text: format!("{when}: {} malicious clicks", thousands(count)) })
}

/// Paints the chart over the whole area. The background is left as it is.
pub fn time_chart<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    series: &TimeSeries,
    look: &Look,
    view: &TimeView,
) -> Drawn<DB> {
    let layout = TimeChartLayout::new(series, root.dim_in_pixel(), look);
    bands(root, &layout, look, view)?;
    axes(root, &layout, look)?;
    let mark = look.px(3.0);
    for bar in &layout.bars {
        for segment in &bar.segments {
            let area = Area { left: bar.left, top: segment.top, right: bar.right, bottom: segment.bottom };
            fill(root, area, look.action(segment.action))?;
        }
        if bar.flagged {
            // Below the baseline, where no bar can hide it: somebody got to a page that is not safe.
            let top = layout.plot.bottom + look.px(2.0);
            let area = Area { left: bar.left, top, right: bar.right, bottom: top + mark };
            fill(root, area, look.reached)?;
        }
    }
    if let Some(marker) = &view.marker {
        sentence(root, &layout, look, marker)?;
    }
    Ok(())
}

/// Fills a rectangle, edges as [`Area`] has them.
pub(crate) fn fill<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    area: Area,
    color: impl Color,
) -> Drawn<DB> {
    root.draw(&Rectangle::new([(area.left, area.top), (area.right, area.bottom)], color.filled()))
}

/// The bands behind the bars that are marked or being picked.
fn bands<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    layout: &TimeChartLayout,
    look: &Look,
    view: &TimeView,
) -> Drawn<DB> {
    let band = |first: usize, last: usize, alpha: f64| {
        let (Some(first), Some(last)) = (layout.bars.get(first), layout.bars.get(last)) else {
            return Ok(());
        };
        // Of a lone bar the slot is the whole chart: the band stays with what is painted.
        let around = look.px(8.0);
        let left = first.slot.left.max(first.left - around);
        let right = last.slot.right.min(last.right + around).max(left + 1);
        let area = Area { left, right, ..first.slot };
        fill(root, area, look.ink3.mix(alpha))
    };
    if let Some((a, b)) = view.brush {
        band(a.min(b), a.max(b), 0.22)?;
    }
    if let Some(marked) = view.marked {
        band(marked, marked, 0.16)?;
    }
    Ok(())
}

fn axes<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    layout: &TimeChartLayout,
    look: &Look,
) -> Drawn<DB> {
    let plot = layout.plot;
    let counts = look.text_style(look.ink3, 1.0, false, HPos::Right, VPos::Center);
    for label in &layout.counts {
        // Filled, not stroked: a line between two pixels is a blurred one.
        let line = Area { top: label.y, bottom: label.y + look.px(1.0), ..plot };
        fill(root, line, look.line)?;
        root.draw_text(&label.text, &counts, (label.x, label.y))?;
    }
    let dates = look.text_style(look.ink3, 1.0, false, HPos::Center, VPos::Bottom);
    for label in layout.dates.iter().chain(&layout.part_of) {
        root.draw_text(&label.text, &dates, (label.x, label.y))?;
    }
    Ok(())
}

/// A dashed line through the bar and a sentence on the side where there is room.
fn sentence<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    layout: &TimeChartLayout,
    look: &Look,
    marker: &Marker,
) -> Drawn<DB> {
    let Some(bar) = layout.bars.get(marker.bucket) else {
        return Ok(());
    };
    let plot = layout.plot;
    let x = bar.left;
    let (dash, step) = (look.px(3.0), look.px(6.0));
    let width = look.text_width(&marker.text);
    let room_after = plot.right - x > width + look.px(6.0);
    let room_before = x - look.px(4.0) > width;
    // A line through the words would cross them out.
    let mut top = if room_after || room_before { look.px(2.0) } else { look.px(look.font_px * 1.4) };
    let painted = bar.segments.last().map_or(plot.bottom, |segment| segment.top);
    while top < painted {
        let dash = Area { left: x, top, right: x + look.px(1.0), bottom: (top + dash).min(painted) };
        fill(root, dash, look.bad)?;
        top += step;
    }
    // A text that is cut at the edge names another day. Where neither side has room it stands over its bar.
    let (h, x) = match (room_after, room_before) {
        (true, _) => (HPos::Left, x + look.px(5.0)),
        (false, true) => (HPos::Right, x - look.px(4.0)),
        (false, false) => (HPos::Left, (plot.right - width).max(0)),
    };
    let style = look.text_style(look.bad, 1.0, true, h, VPos::Center);
    root.draw_text(&marker.text, &style, (x, look.px(look.font_px * 0.7)))
}
