//! A chart that leaves the page: with its title, its legend, and a caption that says which clicks it counts.

use clicks::model::Action;
use clicks::query::{Heatmap, TimeSeries};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, VPos};

use crate::Drawn;
use crate::heatmap::heatmap;
use crate::layout::Area;
use crate::look::Look;
use crate::time_chart::{TimeView, fill, peak, time_chart};

/// What stands around an exported chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What the chart shows.
    pub title: String,
    /// When, with the year and the zone.
    pub period: String,
    /// Filter in force, so that the picture can be believed without the page.
    pub caption: String,
}

/// One entry of a legend: colour and word.
type Entry = (plotters::style::RGBColor, &'static str);

/// Paints a time chart with its frame and a background.
pub fn time_chart_with_frame<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    series: &TimeSeries,
    look: &Look,
    frame: &Frame,
) -> Drawn<DB> {
    let present = |action: usize| {
        series.by_action.get(action).is_some_and(|counts| counts.iter().any(|&count| count > 0))
    };
    let mut legend: Vec<Entry> = Vec::new();
    for (index, action) in Action::ALL.into_iter().enumerate().filter(|&(index, _)| present(index)) {
        debug_assert_eq!(Action::ALL[index], action);
        legend.push((look.action(action), action.label()));
    }
    if series.reached_unsafe.iter().any(|&count| count > 0) {
        legend.push((look.reached, "Below the line: reached a page that is not safe"));
    }
    let inner = framed(root, look, frame, &legend)?;
    let view = TimeView { marker: peak(series), ..TimeView::default() };
    time_chart(&inner, series, look, &view)
}

/// Paints a heatmap with its frame and a background.
pub fn heatmap_with_frame<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    map: &Heatmap,
    look: &Look,
    frame: &Frame,
) -> Drawn<DB> {
    let inner = framed(root, look, frame, &[])?;
    heatmap(&inner, map, look, None)
}

/// A time chart as the text of an SVG file that needs nothing else.
pub fn time_chart_svg(series: &TimeSeries, size: (u32, u32), look: &Look, frame: &Frame) -> String {
    svg(size, |root| time_chart_with_frame(root, series, &look.for_svg(), frame))
}

/// A heatmap as the text of an SVG file that needs nothing else.
pub fn heatmap_svg(map: &Heatmap, size: (u32, u32), look: &Look, frame: &Frame) -> String {
    svg(size, |root| heatmap_with_frame(root, map, &look.for_svg(), frame))
}

fn svg<'a, F>(size: (u32, u32), draw: F) -> String
where
    F: for<'b> FnOnce(&DrawingArea<SVGBackend<'b>, Shift>) -> Drawn<SVGBackend<'b>>,
{
    let mut text = String::with_capacity(64 * 1024);
    {
        let root = SVGBackend::with_string(&mut text, size).into_drawing_area();
        // The string backend cannot fail to write; a chart that could not be drawn is an empty picture.
        if draw(&root).is_ok() {
            root.present().ok();
        }
    }
    text
}

/// Paints background, title, legend and caption, and gives the area that is left.
fn framed<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    look: &Look,
    frame: &Frame,
    legend: &[Entry],
) -> Result<DrawingArea<DB, Shift>, plotters::drawing::DrawingAreaErrorKind<DB::ErrorType>> {
    let (width, height) = root.dim_in_pixel();
    fill(root, Area { left: 0, top: 0, right: width as i32, bottom: height as i32 }, look.panel)?;
    let edge = look.px(16.0);
    let title = look.text_style(look.ink, 14.0 / 11.0, true, HPos::Left, VPos::Top);
    root.draw_text(&frame.title, &title, (edge, look.px(12.0)))?;
    let period = look.text_style(look.ink2, 1.0, false, HPos::Left, VPos::Top);
    root.draw_text(&frame.period, &period, (edge, look.px(32.0)))?;
    let mut top = look.px(54.0);
    if !legend.is_empty() {
        top = legend_rows(root, look, legend, (edge, top))?;
    }
    let caption = look.text_style(look.ink3, 1.0, false, HPos::Left, VPos::Bottom);
    let line_height = look.px(look.font_px + 4.0);
    let lines = wrapped(&frame.caption, width as i32 - 2 * edge, look);
    let mut y = height as i32 - look.px(9.0) - line_height * (lines.len() as i32 - 1);
    let bottom = height as i32 - y + look.px(look.font_px + 10.0);
    for line in &lines {
        root.draw_text(line, &caption, (edge, y))?;
        y += line_height;
    }
    Ok(root.margin(top, bottom, edge, edge))
}

/// Most lines of a caption: a filter can be a long text, and the picture is of the chart.
const CAPTION_LINES: usize = 3;

/// Breaks a text at spaces; what does not fit into the last line is cut, visibly.
fn wrapped(text: &str, width: i32, look: &Look) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let longer = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
        if look.text_width(&longer) <= width || (lines[last].is_empty() && last + 1 == CAPTION_LINES) {
            lines[last] = longer;
        } else if last + 1 < CAPTION_LINES && !lines[last].is_empty() {
            lines.push(word.to_owned());
        } else if last + 1 < CAPTION_LINES {
            lines[last] = longer;
        } else {
            lines[last].push_str(" …");
            break;
        }
    }
    let most = (width / look.px(look.font_px * 0.6).max(1)).max(1) as usize;
    for line in &mut lines {
        if line.chars().count() > most {
            let cut: String = line.chars().take(most.saturating_sub(1)).collect();
            *line = format!("{cut}…");
        }
    }
    lines
}

/// Paints the legend, in as many rows as it needs, and answers where the chart may begin.
fn legend_rows<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    look: &Look,
    legend: &[Entry],
    (left, mut y): (i32, i32),
) -> Result<i32, plotters::drawing::DrawingAreaErrorKind<DB::ErrorType>> {
    let words = look.text_style(look.ink2, 1.0, false, HPos::Left, VPos::Center);
    let (side, row) = (look.px(9.0), look.px(18.0));
    let right = root.dim_in_pixel().0 as i32 - left;
    let mut x = left;
    for &(color, word) in legend {
        let wide = side + look.px(6.0) + look.text_width(word);
        if x > left && x + wide > right {
            x = left;
            y += row;
        }
        fill(root, Area { left: x, top: y, right: x + side, bottom: y + side }, color)?;
        root.draw_text(word, &words, (x + side + look.px(6.0), y + side / 2 + look.px(1.0)))?;
        x += wide + look.px(8.0);
    }
    Ok(y + row)
}

#[cfg(test)]
mod tests;
