//! Drawings of the report, generic over the plotters backend.
//!
//! The core decides what is shown (series, buckets, counts); this crate decides how: where every bar, cell
//! and label lies, which pixel belongs to which, in which colour, and in which words. The same functions
//! paint the canvas of the page and the SVG and PNG of an export. Must not know of a browser, and measures no
//! text: on the web plotters measures with an inline style, which the page's security policy refuses.
#![warn(missing_docs)]

mod frame;
mod heatmap;
mod layout;
mod look;
mod scale;
mod time_chart;
pub mod words;

pub use frame::{Frame, heatmap_svg, heatmap_with_frame, time_chart_svg, time_chart_with_frame};
pub use heatmap::heatmap;
pub use layout::{Area, Bar, Cell, HeatmapLayout, Label, Segment, TimeChartLayout};
pub use look::Look;
pub use plotters::style::RGBColor;
pub use time_chart::{Marker, TimeView, peak, time_chart};

/// What a drawing answers: the backend's own error, or nothing.
pub type Drawn<DB> =
    Result<(), plotters::drawing::DrawingAreaErrorKind<<DB as plotters::backend::DrawingBackend>::ErrorType>>;
