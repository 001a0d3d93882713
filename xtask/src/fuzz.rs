//! `cargo xtask fuzz`: inputs that nobody thought of, found by what they reach in the core.
//!
//! Owns the run: the fuzzer, where its inputs come from and where they stay. What must hold of an input is said by
//! the targets in `fuzz/`.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::run::{cargo, command, output, run, say};
use crate::tools;

/// Minutes of a run that nobody asked to be shorter.
const MINUTES: u64 = 15;

/// The programs of `fuzz/`, each with the longest input that it is given, in bytes. Longer ones are found no faster
/// and take longer.
const TARGETS: [(&str, u32); 3] = [("loader", 8192), ("requests", 1024), ("filter", 512)];

/// An input that takes longer than this, in seconds, is a finding: the core has no long work on so few bytes.
const LONGEST: u32 = 20;

/// The command: how many minutes, shared out among the targets.
pub fn fuzz(arguments: &[String]) -> Result<(), String> {
    let minutes = match arguments {
        [] => MINUTES,
        [minutes] => {
            minutes.parse().map_err(|error| format!("`{minutes}` is no number of minutes: {error}"))?
        }
        _ => return Err("`fuzz` takes a number of minutes".to_owned()),
    };
    say("a hundred megabytes of each kind that somebody may write to hurt");
    run(cargo().args(["test", "--release", "--package", "clicks", "--test", "hostile_size"]).args([
        "--",
        "--include-ignored",
        "--nocapture",
    ]))?;
    tools::ensure_fuzz()?;
    let programs = build()?;
    let seconds = (minutes * 60 / TARGETS.len() as u64).max(1);
    let mut found = Vec::new();
    for (target, longest) in TARGETS {
        say(&format!("fuzzing `{target}` for {seconds} s"));
        let program = programs.join(format!("{target}{}", std::env::consts::EXE_SUFFIX));
        if let Err(error) = search(&program, target, longest, seconds)? {
            let inputs = findings(target)?;
            let again = inputs.iter().map(|input| format!("\n  {} {}", program.display(), input.display()));
            found.push(format!("{error}; again with{}", again.collect::<String>()));
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

/// Builds the targets; the folder they are in.
fn build() -> Result<PathBuf, String> {
    let built = folder("build");
    // The core has no unsafe code, so a sanitizer would look for what cannot be there, at half the speed.
    run(cargo()
        .args(["fuzz", "build", "--fuzz-dir"])
        .arg(project())
        .args(["--sanitizer", "none", "--target", &host()?, "--target-dir"])
        .arg(&built)
        // The flags by which the fuzzer sees what an input reaches are not stable.
        .env("RUSTC_BOOTSTRAP", "1"))?;
    Ok(built.join(host()?).join("release"))
}

/// Runs one target. The inner error is a finding.
fn search(program: &Path, target: &str, longest: u32, seconds: u64) -> Result<Result<(), String>, String> {
    let corpus = folder("corpus").join(target);
    let artifacts = folder("artifacts").join(target);
    // What was found before is known, or was mended: it must not be taken for a finding of this run.
    if artifacts.is_dir() {
        std::fs::remove_dir_all(&artifacts).map_err(|error| failed("empty", &artifacts, &error))?;
    }
    for folder in [&corpus, &artifacts] {
        std::fs::create_dir_all(folder).map_err(|error| failed("make", folder, &error))?;
    }
    seed(target, &corpus)?;
    let mut prefix = artifacts.into_os_string();
    prefix.push(std::path::MAIN_SEPARATOR_STR);
    let mut artifact = std::ffi::OsString::from("-artifact_prefix=");
    artifact.push(prefix);
    let mut dictionary = std::ffi::OsString::from("-dict=");
    dictionary.push(project().join("words.dict"));
    Ok(run(command(program)
        .arg(&corpus)
        .args([format!("-max_total_time={seconds}"), format!("-max_len={longest}")])
        .args([format!("-timeout={LONGEST}"), "-verbosity=0".to_owned(), "-print_funcs=0".to_owned()])
        .arg("-print_final_stats=1")
        .arg(artifact)
        .arg(dictionary)))
}

/// Puts what the project has as inputs into a corpus: samples for the loader, else seeds that are kept beside the
/// targets. Each run adds what it found to the same corpus.
fn seed(target: &str, corpus: &Path) -> Result<(), String> {
    let seeds = if target == "loader" {
        let samples = paths::root().join("tests").join("samples");
        files(&samples)?.into_iter().filter(|folder| folder.is_dir()).collect()
    } else {
        vec![project().join("seeds").join(target)]
    };
    for folder in seeds {
        let of = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for seed in files(&folder)?.into_iter().filter(|seed| seed.is_file()) {
            let name = format!("{of}-{}", seed.file_name().unwrap_or_default().to_string_lossy());
            std::fs::copy(&seed, corpus.join(name)).map_err(|error| failed("copy", &seed, &error))?;
        }
    }
    Ok(())
}

/// The inputs that a run stopped at.
fn findings(target: &str) -> Result<Vec<PathBuf>, String> {
    files(&folder("artifacts").join(target))
}

/// What is in a folder, in the order of names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| failed("list", folder, &error))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> String {
    format!("cannot {what} {}: {error}", path.display())
}

/// The targets' own workspace.
fn project() -> PathBuf {
    paths::root().join("fuzz")
}

fn folder(of: &str) -> PathBuf {
    paths::target_dir().join("fuzz").join(of)
}

/// The platform that this compiler builds for when nobody says.
fn host() -> Result<String, String> {
    output(command("rustc").arg("-vV"))
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned)))
        .ok_or_else(|| "rustc does not say what it builds for".to_owned())
}
