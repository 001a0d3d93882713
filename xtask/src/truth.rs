//! `cargo xtask truth`: a second engine, in Python, asks the packed page and counts for itself.
//!
//! Owns Python's environment and the run. Must not know a question or an answer: those are in `tests/truth/`.

use std::path::{Path, PathBuf};

use crate::run::{cargo, command, on_path, run, run_twice, say};
use crate::{dist, paths, test};

/// Questions of a run that nobody asked to be shorter.
const QUESTIONS: u32 = 5000;

/// Questions and seed of the part of `cargo xtask test`: half a minute, the same every time.
const IN_TEST: (u32, u32) = (400, 1);

/// The oldest Python that the second engine is written for.
const PYTHON: (u32, u32) = (3, 11);

/// The command: how many questions, and the seed of the first data set.
pub fn truth(arguments: &[String]) -> Result<(), String> {
    if arguments.len() > 2 {
        return Err("`truth` takes a number of questions and a seed".to_owned());
    }
    let number = |place: usize, what: &str, default: u32| match arguments.get(place) {
        None => Ok(default),
        Some(text) => text.parse::<u32>().map_err(|error| format!("`{text}` is no {what}: {error}")),
    };
    let questions = number(0, "number of questions", QUESTIONS)?;
    let seed = number(1, "seed", clock_seed())?;
    if !paths::packed().is_file() && std::env::var_os("CLICKGLASS_HTML").is_none() {
        dist::dist()?;
    }
    ask(questions, seed)
}

/// The part of `cargo xtask test`.
pub fn part() -> Result<(), String> {
    if !paths::packed().is_file() {
        return Err("there is no dist/clickglass.html; run `cargo xtask dist` first".to_owned());
    }
    ask(IN_TEST.0, IN_TEST.1)
}

fn ask(questions: u32, seed: u32) -> Result<(), String> {
    test::set_up_chromium()?;
    let python = environment()?;
    run(cargo().args(["build", "--quiet", "--package", "end-to-end", "--bin", "truth"]))?;
    let folder = paths::root().join("target").join("truth");
    say(&format!(
        "asking {questions} questions from seed {seed}; what disagrees stays in {}",
        folder.display()
    ));
    let mut engine = command(&python);
    engine
        .arg("-B")
        .arg(scripts().join("main.py"))
        .arg(paths::target_dir().join("debug").join(format!("truth{}", std::env::consts::EXE_SUFFIX)))
        .arg(&folder)
        .args([questions.to_string(), seed.to_string()])
        .env("PYTHONUTF8", "1");
    if std::env::var_os("CLICKGLASS_HTML").is_none() {
        engine.env("CLICKGLASS_HTML", paths::packed());
    }
    run(&mut engine)
}

/// A Python of our own with exactly the packages of `requirements.txt`, made once for each set of versions.
fn environment() -> Result<PathBuf, String> {
    let folder = paths::target_dir().join("truth-venv");
    let python = if cfg!(windows) {
        folder.join("Scripts").join("python.exe")
    } else {
        folder.join("bin").join("python")
    };
    let list = scripts().join("requirements.txt");
    let wanted =
        std::fs::read_to_string(&list).map_err(|error| format!("cannot read {}: {error}", list.display()))?;
    let stamp = folder.join("installed.txt");
    if python.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    test::install_missing(&["python3-venv"])?;
    let base = if on_path("python3") { "python3" } else { "python" };
    let version = format!("import sys; sys.exit(sys.version_info < ({}, {}))", PYTHON.0, PYTHON.1);
    run(command(base).args(["-c", &version]))
        .map_err(|error| format!("{error}\n  Python {}.{} or newer is needed", PYTHON.0, PYTHON.1))?;
    say("making an environment for Python");
    run(command(base).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut install = command(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(&list);
    run_twice(&mut install)?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
    Ok(python)
}

fn scripts() -> PathBuf {
    Path::new(paths::root()).join("tests").join("truth")
}

/// Another seed each time, so that every run asks something new; it is said, to be asked again.
fn clock_seed() -> u32 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u32::try_from(now.as_secs() % 1_000_000).unwrap_or_default()
}
