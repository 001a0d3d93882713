//! The program of the page: the wasm that cargo made, its glue, and its packed form.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::run::{command, output, run};
use crate::{paths, tools};

/// How cargo built it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// While developing: no time is spent on size.
    Debug,
    /// What ships.
    Release,
}

/// What the page carries.
#[derive(Debug)]
pub struct Program {
    /// The wasm, gzip, then base64.
    pub base64: String,
    /// Its size before that.
    pub raw_bytes: usize,
    /// JavaScript between the wasm and the browser, a classic script.
    pub glue: String,
}

/// Cuts glue and wasm from what cargo made.
///
/// Not from what Trunk made of it: its glue is a module, which a page opened from disk cannot load and a
/// worker made from a blob cannot import.
pub fn build(profile: Profile) -> Result<Program, String> {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    let made = paths::target_dir().join("wasm32-unknown-unknown").join(folder).join("clickglass.wasm");
    if !made.is_file() {
        return Err(format!("cargo has not made {}", made.display()));
    }
    check_tool()?;

    let out = paths::target_dir().join("pack").join(folder);
    std::fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let mut bindgen = command("wasm-bindgen");
    bindgen
        .args(["--target", "no-modules", "--no-typescript", "--out-name", "clickglass", "--out-dir"])
        .arg(&out);
    if profile == Profile::Release {
        bindgen.args(["--remove-name-section", "--remove-producers-section"]);
    }
    run(bindgen.arg(&made))?;

    // No wasm-opt: its output is smaller raw and larger compressed, see docs/decisions/002.
    let wasm = read(&out.join("clickglass_bg.wasm"))?;
    Ok(Program {
        base64: STANDARD.encode(gzip(&wasm, profile)?),
        raw_bytes: wasm.len(),
        glue: super::read(&out.join("clickglass.js"))?,
    })
}

fn check_tool() -> Result<(), String> {
    let wanted = tools::wasm_bindgen_version()?;
    let found = output(command("wasm-bindgen").arg("--version"));
    match found {
        Some(text) if text.split_whitespace().any(|word| word == wanted) => Ok(()),
        Some(text) => Err(format!(
            "wasm-bindgen on PATH is `{}`, Cargo.toml pins {wanted}. Run `cargo xtask serve`, or: cargo install wasm-bindgen-cli --version {wanted}",
            text.trim()
        )),
        None => Err(format!(
            "there is no wasm-bindgen on PATH. Run `cargo xtask serve`, or: cargo install wasm-bindgen-cli --version {wanted}"
        )),
    }
}

fn gzip(bytes: &[u8], profile: Profile) -> Result<Vec<u8>, String> {
    let level = match profile {
        Profile::Debug => Compression::fast(),
        Profile::Release => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| format!("cannot compress the program: {error}"))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
