//! Starting other programs and saying so.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::paths;

/// Says what is happening, so that a long silence is never a riddle.
pub fn say(text: &str) {
    eprintln!("xtask: {text}");
}

/// A child in the workspace root, with our tools first on its PATH and our target folder.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(paths::root())
        .env("PATH", search_path())
        .env("CARGO_TARGET_DIR", paths::target_dir());
    command
}

/// The same cargo that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a child to its end; its output goes where ours goes.
pub fn run(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    let status = command.status().map_err(|error| format!("`{shown}` could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})")) }
}

/// Runs a child to its end, and gives what it printed beside showing it.
pub fn run_and_read(command: &mut Command) -> (Result<(), String>, String) {
    let shown = shown(command);
    let mut printed = String::new();
    let outcome = command.stdout(Stdio::piped()).spawn().and_then(|mut child| {
        for line in BufReader::new(child.stdout.take().ok_or(ErrorKind::BrokenPipe)?).lines() {
            let line = line?;
            println!("{line}");
            printed.push_str(&line);
            printed.push('\n');
        }
        child.wait()
    });
    let outcome = match outcome {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` failed ({status})")),
        Err(error) => Err(format!("`{shown}` could not be run: {error}")),
    };
    (outcome, printed)
}

/// Runs a child once more when it fails: what comes over a network may come the second time.
pub fn run_twice(command: &mut Command) -> Result<(), String> {
    run(command).or_else(|error| {
        say(&format!("{error}; trying once more"));
        run(command)
    })
}

/// What a child prints, or none when it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of that name is on our PATH.
pub fn on_path(program: &str) -> bool {
    let name = if cfg!(windows) { format!("{program}.exe") } else { program.to_owned() };
    std::env::split_paths(&search_path()).any(|folder| folder.join(&name).is_file())
}

/// Our own tools, then what `cargo install` puts down, then the caller's PATH.
fn search_path() -> OsString {
    let mut folders = vec![paths::tools_dir().join("bin")];
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        folders.push(Path::new(&home).join("bin"));
    } else if let Some(home) = std::env::home_dir() {
        folders.push(home.join(".cargo").join("bin"));
    }
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    std::env::join_paths(folders).unwrap_or_else(|_| std::env::var_os("PATH").unwrap_or_default())
}

fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}
