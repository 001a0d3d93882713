//! Charts as pictures that leave the page.

use charts::{Frame, Look, heatmap_svg, heatmap_with_frame, time_chart_svg, time_chart_with_frame};
use clicks::query::{Heatmap, TimeSeries};

use crate::platform::canvas::png;
use crate::platform::colors::page_look;
use crate::platform::download::Blob;
use crate::platform::download::text_blob;

/// Form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Pixels, at twice the density of a plain screen.
    Png,
    /// Shapes and text.
    Svg,
}

impl Picture {
    /// End of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Picture::Png => "png",
            Picture::Svg => "svg",
        }
    }
}

const TIME_SIZE: (u32, u32) = (960, 380);
const HEATMAP_SIZE: (u32, u32) = (720, 340);
const PNG_SCALE: f64 = 2.0;
const SVG_TYPE: &str = "image/svg+xml;charset=utf-8";

fn size(of: (u32, u32)) -> (f64, f64) {
    (f64::from(of.0), f64::from(of.1))
}

/// The chart over time as a picture in the colours of the page, with title, legend and caption.
pub async fn time_chart_picture(series: &TimeSeries, frame: &Frame, picture: Picture) -> Option<Blob> {
    let look: Look = page_look();
    match picture {
        Picture::Svg => text_blob(&time_chart_svg(series, TIME_SIZE, &look, frame), SVG_TYPE),
        Picture::Png => {
            let look = look.at_scale(PNG_SCALE);
            png(size(TIME_SIZE), PNG_SCALE, |root| time_chart_with_frame(root, series, &look, frame)).await
        }
    }
}

/// The heatmap as a picture in the colours of the page, with title and caption.
pub async fn heatmap_picture(map: &Heatmap, frame: &Frame, picture: Picture) -> Option<Blob> {
    let look: Look = page_look();
    match picture {
        Picture::Svg => text_blob(&heatmap_svg(map, HEATMAP_SIZE, &look, frame), SVG_TYPE),
        Picture::Png => {
            let look = look.at_scale(PNG_SCALE);
            png(size(HEATMAP_SIZE), PNG_SCALE, |root| heatmap_with_frame(root, map, &look, frame)).await
        }
    }
}
