//! What fills the window: one page at a time.

mod clicks;
mod landing;
mod loading;
mod overview;
mod rankings;
mod report;
mod tile_texts;
mod tiles;
mod trust;

pub use self::landing::Landing;
pub use self::loading::LoadingPage;
pub use self::report::Report;
