//! `cargo xtask serve`: develop with the page in a browser.

use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::run::{command, on_path, run, say};
use crate::tools;

const ADDRESS: &str = "127.0.0.1:8080";

/// Serves the page, built again at every change, until it is interrupted.
pub fn serve() -> Result<(), String> {
    tools::ensure_build()?;
    if TcpStream::connect(ADDRESS).is_ok() {
        return Err(format!("something is already listening on {ADDRESS}; stop it and try again"));
    }
    say("building; the first time takes some minutes");
    thread::spawn(open_when_up);
    run(command("trunk")
        .args(["serve", "--skip-version-check"])
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE"))
}

/// Trunk listens only after its first build, so an answer there means that the page is ready.
fn open_when_up() {
    while TcpStream::connect(ADDRESS).is_err() {
        thread::sleep(Duration::from_millis(300));
    }
    let url = format!("http://{ADDRESS}/");
    say(&format!("serving {url} (reload the page after a change)"));
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let opened = on_path(opener)
        && command(opener)
            .arg(&url)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    if !opened {
        say(&format!("no browser could be opened from here; open {url} yourself"));
    }
}
