//! What building needs, installed where it is missing. Versions are exact, because the page's glue and the
//! program must be cut by one version of wasm-bindgen.

use crate::paths;
use crate::run::{cargo, command, on_path, output, run_twice, say};

const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
const CARGO_FUZZ: &str = "0.13.2";

/// The compiler's target, Trunk, and wasm-bindgen at the version of the crate.
pub fn ensure_build() -> Result<(), String> {
    ensure_target()?;
    ensure_crate("trunk", "trunk", TRUNK, &["--locked"])?;
    // Its lock file lags behind the crates it needs, so it is resolved afresh.
    ensure_crate("wasm-bindgen-cli", "wasm-bindgen", &wasm_bindgen_version()?, &[])
}

/// Firefox's side of WebDriver, which Debian does not package.
pub fn ensure_geckodriver() -> Result<(), String> {
    if on_path("geckodriver") {
        return Ok(());
    }
    ensure_crate("geckodriver", "geckodriver", GECKODRIVER, &["--locked"])
}

/// What builds programs for the fuzzer.
pub fn ensure_fuzz() -> Result<(), String> {
    ensure_crate("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, &["--locked"])
}

/// The version that Cargo.toml pins with `=`.
pub fn wasm_bindgen_version() -> Result<String, String> {
    let manifest = paths::root().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)
        .map_err(|error| format!("cannot read {}: {error}", manifest.display()))?;
    pinned_version(&text)
        .map(str::to_owned)
        .ok_or_else(|| "Cargo.toml does not pin wasm-bindgen with `=`".to_owned())
}

fn pinned_version(manifest: &str) -> Option<&str> {
    manifest
        .lines()
        .find_map(|line| line.trim().strip_prefix("wasm-bindgen = \"="))
        .and_then(|rest| rest.split('"').next())
}

fn ensure_target() -> Result<(), String> {
    let there = output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_some_and(|folder| std::path::Path::new(folder.trim()).is_dir());
    if there {
        return Ok(());
    }
    if !on_path("rustup") {
        return Err(format!(
            "the compiler has no {TARGET} target and there is no rustup to add it. Install Rust from \
             https://rustup.rs, or your system's package with the standard library for {TARGET}"
        ));
    }
    say(&format!("adding the {TARGET} target"));
    run_twice(command("rustup").args(["target", "add", TARGET]))
}

/// A part of the toolchain that a minimal one leaves out, and the command of cargo that it is.
pub fn ensure_component(component: &str, subcommand: &str) -> Result<(), String> {
    if output(cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    if !on_path("rustup") {
        return Err(format!("there is no `cargo {subcommand}` and no rustup to add it; install {component}"));
    }
    say(&format!("adding {component}"));
    run_twice(command("rustup").args(["component", "add", component]))
}

/// Installs a program unless PATH has it at that very version. A program of another version that is already
/// there is left alone: ours then goes beside the build.
fn ensure_crate(package: &str, program: &str, version: &str, flags: &[&str]) -> Result<(), String> {
    let found = output(command(program).arg("--version"));
    if found.as_deref().is_some_and(|text| names_version(text, version)) {
        return Ok(());
    }
    say(&format!("installing {package} {version}, which takes some minutes, once"));
    let mut install = cargo();
    install.args(["install", package, "--version", version]).args(flags);
    if found.is_some() {
        install.arg("--root").arg(paths::tools_dir());
    }
    install
        // Their own release profiles take over half an hour on two cores and gain nothing here.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        // Flags meant for the workspace must not reach the tools.
        .env_remove("RUSTFLAGS");
    run_twice(&mut install).map_err(|error| {
        format!(
            "{error}\n  {package} {version} is needed. By hand: cargo install {package} --version {version}\n  \
             It needs a C compiler (Debian: apt-get install gcc; macOS: xcode-select --install) and crates.io"
        )
    })
}

fn names_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_version_is_read_from_the_manifest() {
        let manifest = "serde = \"1\"\nwasm-bindgen = \"=0.2.130\"\n";
        assert_eq!(pinned_version(manifest), Some("0.2.130"));
        assert_eq!(pinned_version("wasm-bindgen = \"0.2\"\n"), None);
    }

    #[test]
    fn version_is_matched_as_a_whole_word() {
        assert!(names_version("trunk 0.21.14\n", "0.21.14"));
        assert!(!names_version("trunk 0.21.1\n", "0.21.14"));
        assert!(!names_version("trunk 0.21.14-beta\n", "0.21.14"));
    }
}
