//! The one binary. On the page it mounts the app, in a worker it runs the engine.

fn main() {
    clickglass::start();
}
