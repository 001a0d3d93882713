//! `cargo xtask test`: everything that must hold, one part after the other.

use std::time::Instant;

use crate::run::{cargo, command, run, say};
use crate::{dist, layers, paths, size, system, tools};

type Part = (&'static str, fn() -> Result<(), String>);

/// In this order: what is quick to know comes first, what needs the packed file last.
const PARTS: [Part; 7] = [
    ("fmt", fmt),
    ("core", core),
    ("layers", layers::layers),
    ("dist", || dist::dist().map(drop)),
    ("size", size::size),
    ("clippy", clippy),
    ("e2e", end_to_end),
];

/// Debian's names of what the end-to-end tests drive.
const BROWSERS: [&str; 6] =
    ["chromium", "chromium-driver", "firefox-esr", "webkit2gtk-driver", "xvfb", "fonts-dejavu-core"];

/// Runs all parts, or those named; goes on after a failure, so that one run tells everything.
pub fn test(wanted: &[String]) -> Result<(), String> {
    if let Some(unknown) = wanted.iter().find(|name| !PARTS.iter().any(|(part, _)| part == name)) {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no part `{unknown}`; there are {}", names.join(", ")));
    }
    let started = Instant::now();
    let mut failed = Vec::new();
    let mut passed = 0;
    for (name, part) in PARTS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("\n── {name} ──");
        let part_started = Instant::now();
        let outcome = part();
        let seconds = part_started.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => {
                passed += 1;
                println!("── {name}: passed in {seconds:.1} s");
            }
            Err(message) => {
                println!("{message}\n── {name}: FAILED after {seconds:.1} s");
                failed.push(name);
            }
        }
    }
    println!("\n{passed} passed, {} failed in {:.0} s", failed.len(), started.elapsed().as_secs_f64());
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

/// Runs a program of the end-to-end package that drives a browser over the packed file.
pub fn browser_program(name: &str, arguments: &[String]) -> Result<(), String> {
    set_up_browsers()?;
    let mut program = cargo();
    program.args(["run", "--quiet", "--package", "end-to-end", "--bin", name]);
    if name == "bench" {
        program
            .arg("--release")
            // The profile that ships aborts, and then nobody would stop the browser.
            .env("CARGO_PROFILE_RELEASE_PANIC", "unwind");
    }
    if arguments.is_empty() && !paths::packed().is_file() {
        dist::dist()?;
    }
    run(program.arg("--").args(arguments))
}

fn fmt() -> Result<(), String> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn core() -> Result<(), String> {
    run(cargo().args(["test", "--package", "clicks", "--package", "charts", "--package", "xtask"]))
}

/// The app on the browser's target and with the profile that ships, so that build scripts and macros are
/// those of `dist`; everything else natively.
fn clippy() -> Result<(), String> {
    let deny = ["--", "--deny", "warnings"];
    run(cargo()
        .args(["clippy", "--release", "--target", "wasm32-unknown-unknown", "--package", "clickglass"])
        .args(deny))?;
    run(cargo()
        .args(["clippy", "--all-targets"])
        .args(["--package", "clicks", "--package", "charts", "--package", "xtask", "--package", "end-to-end"])
        .args(deny))
}

fn end_to_end() -> Result<(), String> {
    set_up_browsers()?;
    if !paths::packed().is_file() {
        return Err("there is no dist/clickglass.html; run `cargo xtask dist` first".to_owned());
    }
    run(cargo().args(["test", "--package", "end-to-end"]).env("CLICKGLASS_HTML", paths::packed()))
}

/// Installs the browsers where we may; elsewhere what is on PATH is used and the tests say what they miss.
fn set_up_browsers() -> Result<(), String> {
    if system::is_debian() {
        let missing = system::missing(&BROWSERS);
        if !missing.is_empty() {
            system::install(&missing)?;
        }
    }
    for driver in ["chromedriver"] {
        if !crate::run::on_path(driver) {
            return Err(format!("there is no {driver} on PATH; install Chromium or Chrome and its driver"));
        }
    }
    if let Err(error) = tools::ensure_geckodriver() {
        say(&format!("Firefox will not be tested: {error}"));
    }
    // A browser that cannot even say its version fails every test in a way that tells nothing.
    run(command("chromedriver").arg("--version"))
}
