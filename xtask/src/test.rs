//! `cargo xtask test`: everything that must hold, one part after the other.

use std::time::Instant;

use crate::run::{cargo, command, on_path, run, run_and_read};
use crate::{axe, dist, layers, paths, size, system, tools, truth};

type Part = (&'static str, fn() -> Result<(), String>);

/// In this order: what is quick to know comes first, what needs the packed file last.
const PARTS: [Part; 8] = [
    ("fmt", fmt),
    ("core", core),
    ("layers", layers::layers),
    ("dist", || dist::dist().map(drop)),
    ("size", size::size),
    ("clippy", clippy),
    ("e2e", end_to_end),
    ("truth", truth::part),
];

/// Debian's names of what drives Chromium, with a font to draw.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

/// Debian's names of what drives the other browsers.
const OTHERS: [&str; 3] = ["firefox-esr", "webkit2gtk-driver", "xvfb"];

/// Browsers that run beside each other, at the most.
const BROWSERS_AT_A_TIME: usize = 4;

/// So many failed browser tests are tried again alone; of more, something is wrong.
const FAILURES_TRIED_AGAIN: usize = 3;

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

/// Runs a program of the end-to-end package that drives Chromium over the packed file.
pub fn browser_program(name: &str, arguments: &[String]) -> Result<(), String> {
    set_up_chromium()?;
    let mut program = cargo();
    program.args(["run", "--quiet", "--package", "end-to-end", "--bin", name]);
    if name == "bench" {
        program
            .arg("--release")
            // The profile that ships aborts, and then nobody would stop the browser.
            .env("CARGO_PROFILE_RELEASE_PANIC", "unwind");
    }
    // Pictures can be taken of another file, which is then named.
    let named = name == "shots" && !arguments.is_empty();
    if !named && !paths::packed().is_file() {
        dist::dist()?;
    }
    run(program.arg("--").args(arguments))
}

/// What the lens makes of labelled traffic, as a table.
pub fn bench_lens() -> Result<(), String> {
    run(cargo().args(["test", "--quiet", "--package", "clicks", "--test", "labelled", "--", "--nocapture"]))
}

fn fmt() -> Result<(), String> {
    tools::ensure_component("rustfmt", "fmt")?;
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// Every crate but the app, which runs in a browser, and what drives that: one that is new is among them.
fn core() -> Result<(), String> {
    run(cargo().args(["test", "--workspace", "--exclude", "clickglass", "--exclude", "end-to-end"]))?;
    // The arithmetic and the words of the app, which need no browser.
    run(cargo().args(["test", "--package", "clickglass", "--lib"]))
}

/// The app on the browser's target and with the profile that ships, so that build scripts and macros are
/// those of `dist`; everything else natively.
fn clippy() -> Result<(), String> {
    tools::ensure_component("clippy", "clippy")?;
    let deny = ["--", "--deny", "warnings"];
    run(cargo()
        .args(["clippy", "--release", "--target", "wasm32-unknown-unknown", "--package", "clickglass"])
        .args(deny))?;
    run(cargo().args(["clippy", "--all-targets", "--workspace", "--exclude", "clickglass"]).args(deny))
}

fn end_to_end() -> Result<(), String> {
    set_up_browsers()?;
    if !paths::packed().is_file() {
        return Err("there is no dist/clickglass.html; run `cargo xtask dist` first".to_owned());
    }
    // A browser takes more than one core: more of them at a time only wait for each other.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = format!("--test-threads={}", cores.min(BROWSERS_AT_A_TIME));
    let axe = axe::ensure()?;
    // What the page answers is held against it.
    run(cargo().args(["build", "--package", "clickglass-cli"]))?;
    let browsers = |arguments: &[&str]| {
        let mut tests = cargo();
        tests
            .args(["test", "--package", "end-to-end", "--test", "browsers", "--"])
            .args(arguments)
            .env("CLICKGLASS_HTML", paths::packed())
            .env("AXE", &axe)
            .env("CLICKGLASS_CLI", paths::target_dir().join("debug").join("clickglass"));
        tests
    };
    let (outcome, printed) = run_and_read(&mut browsers(&[&threads]));
    let Err(error) = outcome else { return Ok(()) };
    let failed = failed_tests(&printed);
    if failed.is_empty() || failed.len() > FAILURES_TRIED_AGAIN {
        return Err(error);
    }
    // Real browsers on a machine that does other things too: what fails once and not alone is told, and to be mended,
    // and is no reason to hold back everything else.
    println!("\nonce more, alone: {}", failed.join(", "));
    let mut again = vec!["--exact", "--test-threads=1"];
    again.extend(&failed);
    run(&mut browsers(&again))?;
    println!("UNSTEADY: failed once and passed alone: {}", failed.join(", "));
    Ok(())
}

/// Names of the tests that failed, as Rust's test harness prints them.
fn failed_tests(printed: &str) -> Vec<&str> {
    printed.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED")).collect()
}

/// Installs Chromium where we may, and fails with what to install where it is still missing.
pub fn set_up_chromium() -> Result<(), String> {
    install_missing(&CHROMIUM)?;
    demand(&["chromedriver"], "Chromium or Chrome and its driver")?;
    // A browser that cannot even say its version fails every test in a way that tells nothing.
    run(command("chromedriver").arg("--version"))
}

/// The same for all browsers: one that is left out in silence is one that nobody tests.
fn set_up_browsers() -> Result<(), String> {
    set_up_chromium()?;
    install_missing(&OTHERS)?;
    demand(&["firefox-esr", "firefox"], "Firefox")?;
    tools::ensure_geckodriver()?;
    // WebKitGTK exists there alone; elsewhere its tests say so.
    if cfg!(target_os = "linux") {
        demand(&["WebKitWebDriver"], "WebKitGTK's driver (Debian: webkit2gtk-driver)")?;
        demand(&["Xvfb"], "Xvfb (Debian: xvfb)")?;
    }
    Ok(())
}

/// Debian packages that are not there yet; elsewhere nothing.
pub fn install_missing(packages: &[&str]) -> Result<(), String> {
    if !system::is_debian() {
        return Ok(());
    }
    let missing = system::missing(packages);
    if missing.is_empty() { Ok(()) } else { system::install(&missing) }
}

fn demand(programs: &[&str], install: &str) -> Result<(), String> {
    if programs.iter().any(|program| on_path(program)) {
        Ok(())
    } else {
        Err(format!("there is no {} on PATH; install {install}", programs.join(" or ")))
    }
}

#[cfg(test)]
mod tests {
    use super::failed_tests;

    #[test]
    fn failed_tests_are_named_once_and_passed_ones_are_not() {
        let printed = "test a::one ... ok\ntest b::two ... FAILED\n\nfailures:\n\n---- b::two stdout ----\ntest result: FAILED. 1 passed";
        assert_eq!(failed_tests(printed), ["b::two"]);
    }
}
