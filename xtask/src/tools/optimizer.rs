//! wasm-opt: makes the program smaller. The one tool that building can do without.
//!
//! Binaryen of a fixed version comes from npm, because a distribution's one is often too old for what the
//! compiler emits (Debian 12 has version 108). One that is on PATH is used only when it is new enough.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths;
use crate::run::{command, on_path, output, run, say};
use crate::system;

const BINARYEN: &str = "132.0.0";

/// Older ones do not know `bulk-memory-opt`, which the compiler's output is marked with.
const OLDEST_ON_PATH: u32 = 120;

/// What the compiler emits for this target and all current browsers run. Named one by one: with all features
/// on, wasm-opt may use some that browsers do not have.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// A wasm-opt that can be used here.
#[derive(Debug)]
pub enum Optimizer {
    /// The pinned one, run by Node.js.
    Pinned(PathBuf),
    /// The one on PATH.
    OnPath,
}

impl Optimizer {
    /// Shrinks `from` into `to`.
    pub fn shrink(&self, from: &Path, to: &Path) -> Result<(), String> {
        let mut command = match self {
            Optimizer::Pinned(script) => {
                let mut node = command("node");
                node.arg(script);
                node
            }
            Optimizer::OnPath => command("wasm-opt"),
        };
        run(command.args(FEATURES).arg("-O2").arg(from).arg("-o").arg(to))
    }
}

/// Finds or installs one; none, in words, when that is not possible.
pub fn ensure() -> Option<Optimizer> {
    let script = pinned_script();
    if script.is_file() && on_path("node") {
        return Some(Optimizer::Pinned(script));
    }
    if !on_path("npm") || !on_path("node") {
        if output(command("wasm-opt").arg("--version")).is_some_and(|text| new_enough(&text)) {
            return Some(Optimizer::OnPath);
        }
        if let Err(error) = system::install(&["nodejs", "npm"]) {
            say(&format!(
                "going on without wasm-opt, the file gets some percent larger. To have it, install Node.js ({error})"
            ));
            return None;
        }
    }
    say(&format!("installing wasm-opt (binaryen {BINARYEN})"));
    match run(&mut npm_install()) {
        Ok(()) => Some(Optimizer::Pinned(script)),
        Err(error) => {
            say(&format!("going on without wasm-opt, the file gets some percent larger: {error}"));
            None
        }
    }
}

fn npm_install() -> Command {
    let mut npm = command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
        .arg("--prefix")
        .arg(folder())
        .arg(format!("binaryen@{BINARYEN}"));
    npm
}

fn folder() -> PathBuf {
    paths::tools_dir().join(format!("binaryen-{BINARYEN}"))
}

fn pinned_script() -> PathBuf {
    folder().join("node_modules").join("binaryen").join("bin").join("wasm-opt")
}

/// `wasm-opt version 108 (version_108)`
fn new_enough(text: &str) -> bool {
    text.split_whitespace()
        .find_map(|word| word.parse::<u32>().ok())
        .is_some_and(|version| version >= OLDEST_ON_PATH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optimizer_on_path_is_refused_when_old() {
        assert!(!new_enough("wasm-opt version 108 (version_108)"));
        assert!(new_enough("wasm-opt version 123 (version_123)"));
        assert!(!new_enough("something else"));
    }
}
