//! The charts of the page: canvases that follow their size, the theme and the pointer.
//!
//! Owns wiring alone. Where a bar lies and what it is called is decided in the crate of the same name; every
//! browser call is in [`crate::platform`].

mod heatmap;
mod picture;
mod surface;
mod table;
mod time;
mod tip;

pub use ::charts::Frame;
pub use heatmap::HeatmapChart;
pub use picture::{Picture, heatmap_picture, time_chart_picture};
pub use table::{HeatmapTable, TimeTable};
pub use time::TimeChart;
