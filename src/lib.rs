//! The app: what a person sees of [`clicks`]. Browser only.

pub mod platform;

/// Wakes up in one of two roles, by where it finds itself.
pub fn start() {
    console_error_panic_hook::set_once();
}
