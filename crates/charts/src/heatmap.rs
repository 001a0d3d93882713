//! Clicks by weekday and hour.

use clicks::query::Heatmap;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::Polygon;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use crate::Drawn;
use crate::layout::{Area, HeatmapLayout};
use crate::look::Look;

/// Paints the heatmap over the whole area; `marked` is weekday (0 = Sunday) and hour. The background is left
/// as it is.
pub fn heatmap<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    map: &Heatmap,
    look: &Look,
    marked: Option<(u8, u8)>,
) -> Drawn<DB> {
    let layout = HeatmapLayout::new(map, root.dim_in_pixel(), look);
    for cell in &layout.cells {
        if marked == Some((cell.weekday, cell.hour)) {
            let edge = look.px(2.0);
            let Area { left, top, right, bottom } = cell.area;
            let around =
                Area { left: left - edge, top: top - edge, right: right + edge, bottom: bottom + edge };
            rounded(root, around, look.px(3.0), look.ink)?;
        }
    }
    for cell in &layout.cells {
        rounded(root, cell.area, look.px(2.0), look.heat[cell.level.min(6)])?;
    }
    let days = look.text_style(look.ink3, 1.0, false, HPos::Right, VPos::Center);
    for label in &layout.days {
        root.draw_text(&label.text, &days, (label.x, label.y))?;
    }
    let hours = look.text_style(look.ink3, 1.0, false, HPos::Center, VPos::Bottom);
    for label in &layout.hours {
        root.draw_text(&label.text, &hours, (label.x, label.y))?;
    }
    for (area, shade) in layout.scale.iter().zip(look.heat) {
        rounded(root, *area, look.px(2.0), shade)?;
    }
    for (label, h) in layout.scale_ends.iter().zip([HPos::Right, HPos::Left]) {
        let style = look.text_style(look.ink3, 1.0, false, h, VPos::Center);
        root.draw_text(&label.text, &style, (label.x, label.y))?;
    }
    Ok(())
}

/// A rectangle with its corners cut: at this size that is what a round corner looks like.
fn rounded<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    area: Area,
    corner: i32,
    color: RGBColor,
) -> Drawn<DB> {
    let Area { left, top, right, bottom } = area;
    let cut = corner.min((right - left) / 3).min((bottom - top) / 3).max(0);
    let points = vec![
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    ];
    root.draw(&Polygon::new(points, color.filled()))
}
