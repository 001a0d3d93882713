//! Where every bar, cell and label lies, and what lies at a pixel. Drawing and hovering share it.
//!
//! Pure: sizes and counts in, pixels of the backend out. Rectangles hold their left and upper edge and not
//! their right and lower one.

use clicks::model::Action;
use clicks::query::{Heatmap, TimeSeries};

use crate::look::Look;
use crate::scale::{Tick, count_ticks, date_ticks};
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
    /// A second line below them: the day of hours, the year.
    pub part_of: Vec<Label>,
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
            bottom: height - look.px(look.font_px * 2.0 + 15.0),
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
        let mut layout = TimeChartLayout { plot, bars, counts, ..TimeChartLayout::default() };
        layout.label_dates(series, height, look);
        layout
    }

    fn label_dates(&mut self, series: &TimeSeries, height: i32, look: &Look) {
        let room = (self.plot.right - self.plot.left) / look.px(look.font_px * 7.0);
        let ticks = date_ticks(series, room.max(1) as usize);
        let label = |tick: &Tick, text: &str, y: i32| {
            let bar = self.bars.get(tick.bucket)?;
            // Half a label may stand out to the left of the first bar, none beyond the right edge.
            let half = look.text_width(text) / 2;
            let x = ((bar.left + bar.right) / 2).min(self.plot.right - half).max(half);
            Some(Label { x, y, text: text.to_owned() })
        };
        let (lower, upper) = (height - look.px(2.0), height - look.px(look.font_px + 4.0));
        let dates = ticks.iter().filter_map(|tick| label(tick, &tick.text, upper)).collect();
        let part_of = ticks.iter().filter(|tick| !tick.part_of.is_empty());
        let part_of = part_of.filter_map(|tick| label(tick, &tick.part_of, lower)).collect();
        (self.dates, self.part_of) = (dates, apart(part_of, look));
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
}

/// Leaves out labels that would touch: the first stays, then the last, then what has room between them.
fn apart(mut labels: Vec<Label>, look: &Look) -> Vec<Label> {
    let touch = |a: &Label, b: &Label| {
        let halves = (look.text_width(&a.text) + look.text_width(&b.text)) / 2;
        b.x - a.x < halves + look.px(4.0)
    };
    let Some(last) = labels.pop() else { return labels };
    let mut kept: Vec<Label> = Vec::with_capacity(labels.len() + 1);
    for label in labels {
        let fits = kept.last().is_none_or(|before| !touch(before, &label) && !touch(&label, &last));
        if fits {
            kept.push(label);
        }
    }
    if kept.last().is_none_or(|before| !touch(before, &last)) {
        kept.push(last);
    }
    kept
}

/// Widest bar in CSS pixels: a lone hour is a bar, not a wall.
const WIDEST: f64 = 48.0;

/// Lays out one bar. Every action that occurs is at least a pixel high: four overrides above ten thousand
/// allowed clicks are the finding of the day. The allowed piece, which is none, gives way for them.
fn bar(series: &TimeSeries, index: usize, plot: &Area, scale_max: u64, look: &Look) -> Bar {
    let n = series.starts.len().max(1) as i64;
    let wide = i64::from(plot.right - plot.left);
    let edge = |i: i64| plot.left + (wide * i / n) as i32;
    let (left, right) = (edge(index as i64), edge(index as i64 + 1));
    let gap = if right - left >= look.px(3.0) { look.px(1.0) } else { 0 };
    let painted = (right - left - gap).clamp(1, look.px(WIDEST));
    let painted_left = left + (right - left - gap - painted).max(0) / 2;
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
        left: painted_left,
        right: painted_left + painted,
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
    /// What the shades mean: a square each, from none to most.
    pub scale: Vec<Area>,
    /// The fewest and the most clicks of a cell, by the right end of the first and the left end of the second.
    pub scale_ends: Vec<Label>,
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
            bottom: height as i32 - look.px(look.font_px * 2.0 + 21.0),
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
                y: plot.bottom + look.px(look.font_px + 5.0),
                text: format!("{hour:02}"),
            });
        }
        layout.explain(most, height as i32, look);
        layout
    }

    /// The scale of the shades, at the lower right: a shade without a number says only more or less.
    fn explain(&mut self, most: u64, height: i32, look: &Look) {
        let (side, gap, bottom) = (look.px(10.0), look.px(2.0), height - look.px(2.0));
        let most = thousands(most);
        let y = bottom - side / 2;
        let right = self.plot.right - look.text_width(&most) - look.px(4.0);
        let left = right - 7 * (side + gap);
        let square = |at: i32| {
            let left = left + at * (side + gap);
            Area { left, top: bottom - side, right: left + side, bottom }
        };
        self.scale = (0..7).map(square).collect();
        let before = Label { x: left - look.px(4.0), y, text: "0".to_owned() };
        self.scale_ends = vec![before, Label { x: right + look.px(2.0), y, text: most }];
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
