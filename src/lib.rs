//! The app: what a person sees of [`clicks`]. Browser only.

mod app;
pub mod charts;
mod commands;
mod help;
mod pages;
mod palette;
pub mod platform;
pub mod state;
mod ui;

pub use app::mount;

/// Wakes up in one of two roles, by where it finds itself.
pub fn start() {
    console_error_panic_hook::set_once();
    platform::standard::lend_browser();
    if platform::engine::worker::is_here() {
        platform::engine::worker::run();
        return;
    }
    let engine = platform::engine::EngineClient::start();
    let state = mount(engine);
    let open = move |files| platform::api::promised(state.open_instead(files));
    platform::api::install(engine, std::rc::Rc::new(open));
}
