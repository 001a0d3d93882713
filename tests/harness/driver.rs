//! The drivers: programs that speak WebDriver for a browser.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::process::Process;

/// A driver that answers on a port of its own.
#[derive(Debug)]
pub struct Driver {
    /// The driver, and with it the browser.
    pub process: Process,
    /// The screen it draws on, where it needs one. Ended after the driver: fields drop in order.
    _screen: Option<Process>,
    /// Where it listens.
    pub url: String,
}

impl Driver {
    /// Starts the driver and waits until it listens.
    pub fn start(browser: Browser, profile: &Path) -> Driver {
        let port = free_port();
        let (mut command, screen) = match browser {
            Browser::Chromium => {
                let mut command = Command::new("chromedriver");
                command.arg(format!("--port={port}"));
                (command, None)
            }
            Browser::Firefox => {
                let mut command = Command::new("geckodriver");
                command
                    .args(["--port", &port.to_string()])
                    .args(["--websocket-port", &free_port().to_string()])
                    .arg("--profile-root")
                    .arg(profile)
                    .env("MOZ_HEADLESS", "1");
                (command, None)
            }
            Browser::WebKit => {
                let (screen, display) = start_screen();
                let mut command = Command::new("WebKitWebDriver");
                command
                    .arg(format!("--port={port}"))
                    .env("DISPLAY", display)
                    // Its sandbox needs rights that a container's root does not have.
                    .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                    .env("LIBGL_ALWAYS_SOFTWARE", "1")
                    .env("XDG_DATA_HOME", profile)
                    .env("XDG_CACHE_HOME", profile);
                (command, Some(screen))
            }
        };
        let process = Process::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        wait_for_port(port, browser);
        Driver { process, _screen: screen, url: format!("http://127.0.0.1:{port}") }
    }
}

/// What a browser needs and this machine does not have, each with what to install.
pub fn missing(browser: Browser) -> Vec<String> {
    let needs: &[(&[&str], &str)] = match browser {
        Browser::Chromium => &[(&["chromedriver"], "chromium-driver")],
        Browser::Firefox => &[
            (&["firefox-esr", "firefox"], "firefox-esr"),
            (&["geckodriver"], "geckodriver, by `cargo install geckodriver`"),
        ],
        Browser::WebKit => &[(&["WebKitWebDriver"], "webkit2gtk-driver"), (&["Xvfb"], "xvfb")],
    };
    let mut missing: Vec<String> = needs
        .iter()
        .filter(|(programs, _)| programs.iter().all(|program| on_path(program).is_none()))
        .map(|(programs, package)| format!("there is no {}; install {package}", programs[0]))
        .collect();
    if browser == Browser::WebKit && missing.is_empty() && mini_browser().is_none() {
        missing.push("there is no MiniBrowser; install webkit2gtk-driver".to_owned());
    }
    missing
}

/// A program's place on PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// WebKitGTK's own small browser, which is not on PATH.
pub fn mini_browser() -> Option<PathBuf> {
    let libraries = Path::new("/usr/lib");
    let mut folders = vec![libraries.to_owned(), PathBuf::from("/usr/libexec")];
    if let Ok(entries) = std::fs::read_dir(libraries) {
        folders.extend(entries.flatten().map(|entry| entry.path()));
    }
    folders
        .iter()
        .flat_map(|folder| {
            ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]
                .map(|version| folder.join(version).join("MiniBrowser"))
        })
        .find(|file| file.is_file())
}

/// A screen in memory; it says itself which number was free.
fn start_screen() -> (Process, String) {
    let mut screen = Process::start(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    );
    let mut number = String::new();
    if let Some(output) = screen.take_stdout() {
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its number");
    }
    let number = number.trim().to_owned();
    assert!(!number.is_empty(), "Xvfb did not start");
    (screen, format!(":{number}"))
}

/// A port that no other test of this process is given, below those that connections get by themselves: between the
/// look and the driver's own bind nobody else may come.
fn free_port() -> u16 {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    let port = |_| {
        let n = std::process::id().wrapping_mul(131).wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        12_000 + (n % 20_000) as u16
    };
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    (0..1_000).map(port).find(is_free).expect("a free port")
}

fn wait_for_port(port: u16, browser: Browser) {
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(started.elapsed() < Duration::from_secs(30), "the driver of {browser:?} does not listen");
        std::thread::sleep(Duration::from_millis(30));
    }
}
