//! A chart that leaves the page: with its title, its legend, and a caption that says which clicks it counts.

use clicks::model::Action;
use clicks::protocol::{Heatmap, TimeSeries};
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
    /// Filter and zone in force, so that the picture can be believed without the page.
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
        series
            .by_action
            .get(action)
            .is_some_and(|counts| counts.iter().any(|&count| count > 0))
    };
    let mut legend: Vec<Entry> = Vec::new();
    for (index, action) in Action::ALL
        .into_iter()
        .enumerate()
        .filter(|&(index, _)| present(index))
    {
        debug_assert_eq!(Action::ALL[index], action);
        legend.push((look.action(action), action.label()));
    }
    if series.reached_unsafe.iter().any(|&count| count > 0) {
        legend.push((look.bad, "Below the line: reached a page that is not safe"));
    }
    let inner = framed(root, look, frame, &legend)?;
    let view = TimeView {
        marker: peak(series),
        ..TimeView::default()
    };
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
    svg(size, |root| {
        time_chart_with_frame(root, series, &look.for_svg(), frame)
    })
}

/// A heatmap as the text of an SVG file that needs nothing else.
pub fn heatmap_svg(map: &Heatmap, size: (u32, u32), look: &Look, frame: &Frame) -> String {
    svg(size, |root| {
        heatmap_with_frame(root, map, &look.for_svg(), frame)
    })
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
    fill(
        root,
        Area {
            left: 0,
            top: 0,
            right: width as i32,
            bottom: height as i32,
        },
        look.panel,
    )?;
    let edge = look.px(16.0);
    let title = look.text_style(look.ink, 14.0 / 11.0, true, HPos::Left, VPos::Top);
    root.draw_text(&frame.title, &title, (edge, look.px(12.0)))?;
    let mut top = look.px(36.0);
    if !legend.is_empty() {
        legend_row(root, look, legend, (edge, top))?;
        top += look.px(22.0);
    }
    let caption = look.text_style(look.ink3, 1.0, false, HPos::Left, VPos::Bottom);
    root.draw_text(
        &frame.caption,
        &caption,
        (edge, height as i32 - look.px(9.0)),
    )?;
    Ok(root.margin(top, look.px(30.0), edge, edge))
}

fn legend_row<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    look: &Look,
    legend: &[Entry],
    (mut x, y): (i32, i32),
) -> Drawn<DB> {
    let words = look.text_style(look.ink2, 1.0, false, HPos::Left, VPos::Center);
    let side = look.px(9.0);
    for &(color, word) in legend {
        fill(
            root,
            Area {
                left: x,
                top: y,
                right: x + side,
                bottom: y + side,
            },
            color,
        )?;
        x += side + look.px(6.0);
        root.draw_text(word, &words, (x, y + side / 2))?;
        x += look.text_width(word) + look.px(10.0);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
