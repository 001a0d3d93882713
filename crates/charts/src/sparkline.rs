//! A line of a few pixels that says only whether something went up.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::PathElement;
use plotters::prelude::DrawingBackend;
use plotters::style::{Color, RGBColor};

use crate::Drawn;
use crate::look::Look;

/// Paints counts as a line over the whole area, from zero to the largest. Less than two counts are no line.
pub fn sparkline<DB: DrawingBackend>(
    root: &DrawingArea<DB, Shift>,
    counts: &[u64],
    color: RGBColor,
    look: &Look,
) -> Drawn<DB> {
    let (width, height) = root.dim_in_pixel();
    let edge = look.px(2.0);
    let (wide, tall) = (width as i32 - 2 * edge, height as i32 - 2 * edge);
    if counts.len() < 2 || wide < 2 || tall < 2 {
        return Ok(());
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let last = counts.len() as f64 - 1.0;
    let point = |(i, &count): (usize, &u64)| {
        let x = edge + (i as f64 / last * f64::from(wide)).round() as i32;
        let y = edge + tall - (count as f64 / most * f64::from(tall)).round() as i32;
        (x, y)
    };
    let line: Vec<(i32, i32)> = counts.iter().enumerate().map(point).collect();
    root.draw(&PathElement::new(line, color.stroke_width(look.px(1.5) as u32)))
}
