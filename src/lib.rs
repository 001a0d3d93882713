//! The app: what a person sees of [`clicks`]. Browser only.

mod app;
pub mod charts;
mod pages;
pub mod platform;
pub mod state;
mod ui;

pub use app::mount;

/// Wakes up in one of two roles, by where it finds itself.
pub fn start() {
    console_error_panic_hook::set_once();
}
