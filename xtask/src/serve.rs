//! `cargo xtask serve`: develop with the page in a browser.

use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::run::{command, on_path, run, say};
use crate::tools;

const HOST: &str = "127.0.0.1";
/// The port of Trunk.toml.
const PORT: u16 = 8080;

/// Serves the page, built again at every change, until it is interrupted.
pub fn serve(arguments: &[String]) -> Result<(), String> {
    let port = match arguments.first().map(|text| text.parse()) {
        None => PORT,
        Some(Ok(port)) => port,
        Some(Err(_)) => return Err("the argument of serve is a port, such as 8081".to_owned()),
    };
    let address = format!("{HOST}:{port}");
    if TcpStream::connect(&address).is_ok() {
        return Err(format!(
            "something is already listening on {address}; stop it, or name another port: cargo xtask serve {}",
            port.saturating_add(1)
        ));
    }
    tools::ensure_build()?;
    say("building; the first time takes some minutes");
    thread::spawn(move || open_when_up(&address));
    run(command("trunk")
        .args(["serve", "--skip-version-check", "--port", &port.to_string()])
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE"))
}

/// Trunk listens only after its first build, so an answer there means that the page is ready.
fn open_when_up(address: &str) {
    while TcpStream::connect(address).is_err() {
        thread::sleep(Duration::from_millis(300));
    }
    let url = format!("http://{address}/");
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
