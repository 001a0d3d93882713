//! Where every bar, cell and label lies, and what lies at a pixel. Drawing and hovering share it.
//!
//! Pure: sizes and counts in, pixels of the backend out. Rectangles hold their left and upper edge and not
//! their right and lower one.

use clicks::model::Action;
use clicks::query::{Heatmap, TimeSeries};

use crate::look::Look;
use crate::scale::{count_ticks, date_ticks};
use crate::words::{bucket_total, cell_clicks, thousands};

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge, outside.
    pub right: i32,
    /// Lower edge, outside.
    pub bottom: i32,
}

impl Area {
    const fn holds(&self, x: i32, y: i32) -> bool {
        x >= self.left && x < self.right && y >= self.top && y < self.bottom
    }
}

/// Text and the pixel it is anchored at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Horizontal position.
    pub x: i32,
    /// Vertical position.
    pub y: i32,
    /// What is written.
    pub text: String,
}

/// One bar: a bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// Everything that belongs to the bucket, up to the next one and over the whole height.
    pub slot: Area,
    /// Left edge of what is painted.
    pub left: i32,
    /// Right edge of what is painted, outside.
    pub right: i32,
    /// Pieces with clicks, from the baseline upwards.
    pub segments: Vec<Segment>,
    /// The bucket has clicks that reached a page that is not safe.
    pub flagged: bool,
}

/// The piece of a bar that stands for one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The action.
    pub action: Action,
    /// Upper edge.
    pub top: i32,
    /// Lower edge, outside.
    pub bottom: i32,
}

/// Geometry of the chart over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeChartLayout {
    /// Where bars may be.
    pub plot: Area,
    /// One a bucket, in the order of time.
    pub bars: Vec<Bar>,
    /// Grid lines: `y` is the line, `x` where the label ends.
    pub counts: Vec<Label>,
    /// Labels below the bars, by their middle.
    pub dates: Vec<Label>,
}

impl TimeChartLayout {
    /// Lays the chart out for a drawing area of this size.
    pub fn new(series: &TimeSeries, (width, height): (u32, u32), look: &Look) -> TimeChartLayout {
        let n = series.starts.len();
        let most = (0..n).map(|i| bucket_total(series, i)).max().unwrap_or(0);
        let ticks = count_ticks(most);
        let scale_max = ticks.last().copied().unwrap_or(1).max(1);
        let widest = ticks.iter().map(|&t| look.text_width(&thousands(t))).max().unwrap_or(0);
        let (width, height) = (width as i32, height as i32);
        let plot = Area {
            left: widest + look.px(8.0),
            // Room above the bars for a sentence at one of them.
            top: look.px(look.font_px * 2.0),
            right: width - look.px(2.0),
            bottom: height - look.px(look.font_px + 13.0),
        };
        if plot.right <= plot.left || plot.bottom <= plot.top {
            return TimeChartLayout::default();
        }
        let tall = f64::from(plot.bottom - plot.top);
        let counts = ticks
            .iter()
            .map(|&tick| Label {
                x: plot.left - look.px(7.0),
                y: plot.bottom - (tick as f64 / scale_max as f64 * tall).round() as i32,
                text: thousands(tick),
            })
            .collect();
        let bars = (0..n).map(|i| bar(series, i, &plot, scale_max, look)).collect();
        let mut layout = TimeChartLayout { plot, bars, counts, dates: Vec::new() };
        layout.dates = layout.date_labels(series, height, look);
        layout
    }

    fn date_labels(&self, series: &TimeSeries, height: i32, look: &Look) -> Vec<Label> {
        let room = (self.plot.right - self.plot.left) / look.px(look.font_px * 6.0);
        let y = height - look.px(2.0);
        let labels = date_ticks(series, room.max(1) as usize).into_iter().filter_map(|(i, text)| {
            let bar = self.bars.get(i)?;
            // Half a label may stand out to the left of the first bar, none beyond the right edge.
            let half = look.text_width(&text) / 2;
            let x = ((bar.left + bar.right) / 2).min(self.plot.right - half).max(half);
            Some(Label { x, y, text })
        });
        labels.collect()
    }

    /// The bucket at a pixel, whether or not its bar is so high: an empty day is a day too.
    pub fn bucket_at(&self, x: i32, y: i32) -> Option<usize> {
        if !self.plot.holds(x, y) {
            return None;
        }
        let after = self.bars.partition_point(|bar| bar.slot.left <= x);
        after.checked_sub(1)
    }

    /// The nearest bucket to a pixel column: for a drag that has left the plot.
    pub fn nearest_bucket(&self, x: i32) -> Option<usize> {
        let last = self.bars.len().checked_sub(1)?;
        let after = self.bars.partition_point(|bar| bar.slot.left <= x);
        Some(after.saturating_sub(1).min(last))
    }

    /// The painted piece at a pixel.
    pub fn segment_at(&self, x: i32, y: i32) -> Option<(usize, Action)> {
        let bucket = self.bucket_at(x, y)?;
        let bar = self.bars.get(bucket)?;
        let segment = bar.segments.iter().find(|segment| y >= segment.top && y < segment.bottom)?;
        (x >= bar.left && x < bar.right).then_some((bucket, segment.action))
    }
}

/// Lays out one bar. Every action that occurs is at least a pixel high: four overrides above ten thousand
/// allowed clicks are the finding of the day. The allowed piece, which is none, gives way for them.
fn bar(series: &TimeSeries, index: usize, plot: &Area, scale_max: u64, look: &Look) -> Bar {
    let n = series.starts.len().max(1) as i64;
    let wide = i64::from(plot.right - plot.left);
    let edge = |i: i64| plot.left + (wide * i / n) as i32;
    let (left, right) = (edge(index as i64), edge(index as i64 + 1));
    let gap = if right - left >= look.px(3.0) { look.px(1.0) } else { 0 };
    let tall = f64::from(plot.bottom - plot.top);
    let pixels = |count: u64| (count as f64 / scale_max as f64 * tall).round() as i32;
    let count = |action: usize| {
        series.by_action.get(action).and_then(|counts| counts.get(index)).copied().unwrap_or(0)
    };
    let thin = look.px(1.0);
    let mut heights = [0; Action::ALL.len()];
    for (action, height) in heights.iter_mut().enumerate().skip(1) {
        if count(action) > 0 {
            *height = pixels(count(action)).max(thin);
        }
    }
    let others: i32 = heights.iter().sum();
    if count(0) > 0 {
        heights[0] = (pixels(bucket_total(series, index)) - others).max(thin);
    }
    let mut bottom = plot.bottom;
    let mut segments = Vec::with_capacity(2);
    for (action, height) in Action::ALL.into_iter().zip(heights).filter(|&(_, height)| height > 0) {
        segments.push(Segment { action, top: bottom - height, bottom });
        bottom -= height;
    }
    Bar {
        slot: Area { left, top: plot.top, right, bottom: plot.bottom },
        left,
        right: (right - gap).max(left + 1),
        segments,
        flagged: series.reached_unsafe.get(index).is_some_and(|&count| count > 0),
    }
}

/// One cell: an hour of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// 0 = Sunday.
    pub weekday: u8,
    /// 0 to 23.
    pub hour: u8,
    /// What is painted.
    pub area: Area,
    /// Shade, 0 to 6; 0 only for a cell without clicks.
    pub level: usize,
}

/// Geometry of the heatmap: seven rows from Monday, twenty-four columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeatmapLayout {
    /// Where cells may be.
    pub plot: Area,
    /// Row by row.
    pub cells: Vec<Cell>,
    /// Weekdays, by the right end and the middle of the row.
    pub days: Vec<Label>,
    /// Every fourth hour, by the middle of its column.
    pub hours: Vec<Label>,
}

/// Rows from above, as the data counts weekdays.
const WEEK: [u8; 7] = [1, 2, 3, 4, 5, 6, 0];

impl HeatmapLayout {
    /// Lays the heatmap out for a drawing area of this size.
    pub fn new(map: &Heatmap, (width, height): (u32, u32), look: &Look) -> HeatmapLayout {
        let plot = Area {
            // Wider than three average letters: M and W are.
            left: look.text_width("Mond") + look.px(8.0),
            top: look.px(2.0),
            right: width as i32 - look.px(1.0),
            bottom: height as i32 - look.px(look.font_px + 13.0),
        };
        if plot.right - plot.left < 48 || plot.bottom - plot.top < 14 {
            return HeatmapLayout::default();
        }
        let most = map.clicks.iter().flatten().copied().max().unwrap_or(0);
        let gap = if plot.right - plot.left >= 24 * look.px(8.0) { look.px(2.0) } else { 1 };
        let column = |hour: i32| plot.left + (plot.right - plot.left) * hour / 24;
        let row = |at: i32| plot.top + (plot.bottom - plot.top) * at / 7;
        let mut layout = HeatmapLayout { plot, ..HeatmapLayout::default() };
        for (at, weekday) in (0i32..).zip(WEEK) {
            for hour in 0..24u8 {
                let area = Area {
                    left: column(i32::from(hour)),
                    top: row(at),
                    right: column(i32::from(hour) + 1) - gap,
                    bottom: row(at + 1) - gap,
                };
                let level = level(cell_clicks(map, weekday, hour), most);
                layout.cells.push(Cell { weekday, hour, area, level });
            }
            layout.days.push(Label {
                x: plot.left - look.px(7.0),
                y: (row(at) + row(at + 1) - gap) / 2,
                text: crate::words::weekday_name(weekday)[..3].to_owned(),
            });
        }
        for hour in (0..24).step_by(4) {
            layout.hours.push(Label {
                x: (column(hour) + column(hour + 1) - gap) / 2,
                y: height as i32 - look.px(2.0),
                text: format!("{hour:02}"),
            });
        }
        layout
    }

    /// The cell at a pixel; the gap after a cell belongs to it.
    pub fn cell_at(&self, x: i32, y: i32) -> Option<&Cell> {
        if !self.plot.holds(x, y) {
            return None;
        }
        self.cells.iter().rfind(|cell| cell.area.left <= x && cell.area.top <= y)
    }
}

/// Shade of a cell. The square root keeps a busy hour from making all others look empty.
fn level(clicks: u64, most: u64) -> usize {
    if clicks == 0 || most == 0 {
        return 0;
    }
    let share = (clicks as f64 / most as f64).sqrt();
    ((share * 6.0).round() as usize).clamp(1, 6)
}

#[cfg(test)]
mod tests;
