//! Proof of what may name what: the core no browser type, the app none outside of its one folder for them.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::run::{cargo, output, say};

/// What must not be among the dependencies of the core. On the browser's target, because on others some
/// crates hide what they use there.
const FORBIDDEN: [&str; 5] = ["wasm-bindgen", "web-sys", "js-sys", "leptos", "plotters"];

/// Crates that call the browser, and the one folder of the app that does.
const BROWSER: [&str; 2] = ["web_sys", "js_sys"];
const PLATFORM: &str = "src/platform";

/// Fails when anything names what it must not.
pub fn layers() -> Result<(), String> {
    core()?;
    platform()
}

/// Fails when the app calls the browser outside of its folder for that.
fn platform() -> Result<(), String> {
    let mut named = Vec::new();
    let mut files = 0;
    for file in sources(&paths::root().join("src"))? {
        if file.starts_with(paths::root().join(PLATFORM)) {
            continue;
        }
        files += 1;
        let text = std::fs::read_to_string(&file)
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        named.extend(names_browser(&text).into_iter().map(|line| format!("{}:{line}", file.display())));
    }
    if named.is_empty() {
        say(&format!("{files} files of the app call no browser themselves"));
        Ok(())
    } else {
        Err(format!("{} is named outside of {PLATFORM}:\n{}", BROWSER.join(" or "), named.join("\n")))
    }
}

/// Lines, from 1, of a source that name a crate of the browser.
fn names_browser(source: &str) -> Vec<usize> {
    let names = |line: &str| {
        let code = line.split("//").next().unwrap_or(line);
        BROWSER.into_iter().any(|name| code.contains(name))
    };
    source.lines().zip(1..).filter(|(line, _)| names(line)).map(|(_, number)| number).collect()
}

/// All Rust files of a folder and of those in it.
fn sources(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Fails when the core depends on any of what is forbidden there.
fn core() -> Result<(), String> {
    // It stands on all the others.
    let tree = dependencies("insights")?;
    let found: Vec<&str> =
        FORBIDDEN.into_iter().filter(|forbidden| tree.iter().any(|name| name == forbidden)).collect();
    if found.is_empty() {
        say(&format!("the core has {} crates, none of {}", tree.len(), FORBIDDEN.join(", ")));
        Ok(())
    } else {
        Err(format!(
            "the core must not depend on {}. `cargo tree --target wasm32-unknown-unknown -p insights -i {}` says why it does",
            found.join(", "),
            found[0]
        ))
    }
}

/// Names of all crates that a package of the workspace has in the browser, itself included.
pub fn dependencies(package: &str) -> Result<Vec<String>, String> {
    let text = output(cargo().args([
        "tree",
        "--target",
        "wasm32-unknown-unknown",
        // Macros run in the compiler, they do not ship.
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--package",
        package,
    ]))
    .ok_or_else(|| "`cargo tree` failed".to_owned())?;
    let mut names: Vec<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_named_in_code_is_found_and_in_words_is_not() {
        let source =
            "//! Must not name web_sys.\nuse web_sys::File;\nlet a = js_sys::Array::new();\nlet b = 1;\n";
        assert_eq!(names_browser(source), [2, 3]);
    }
}
