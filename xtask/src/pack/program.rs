//! The program of the page: the wasm that cargo made, its glue, and its packed form.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{LzipOptions, LzipWriter, LzmaOptions};

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

/// What the page carries: a large program, and a small one that unpacks it.
#[derive(Debug)]
pub struct Program {
    /// The program, taken apart, lzip, then base64.
    pub base64: String,
    /// Its size before that.
    pub raw_bytes: usize,
    /// JavaScript between it and the browser, a classic script.
    pub glue: String,
    /// The unpacker, gzip, then base64.
    pub unpacker: String,
    /// JavaScript between it and the browser, a classic script.
    pub unpacker_glue: String,
}

/// Cuts glue and wasm from what cargo made, and builds the unpacker.
///
/// Not from what Trunk made of it: its glue is a module, which a page opened from disk cannot load and a
/// worker made from a blob cannot import.
pub fn build(profile: Profile) -> Result<Program, String> {
    check_tool()?;
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    // No wasm-opt: its output is smaller raw and larger compressed, see docs/decisions/002.
    let (mut wasm, glue) = bind("clickglass", folder, "wasm_bindgen", profile)?;
    hide_folders(&mut wasm);
    // Always the quick one: a program that unpacks slowly helps nobody, while developing too.
    // Only what the page has of it: cargo links nothing with LTO that the packer can use too.
    run(command("cargo")
        .args(["rustc", "--quiet", "--locked", "--release", "--package", "unpacker", "--lib"])
        .args(["--crate-type", "cdylib", "--target", WASM]))?;
    let (unpacker, unpacker_glue) = bind("unpacker", "release", "unpacker", Profile::Release)?;
    Ok(Program {
        base64: STANDARD.encode(lzma(&streams_of(&wasm)?, profile)?),
        raw_bytes: wasm.len(),
        glue,
        unpacker: STANDARD.encode(gzip(&unpacker)?),
        unpacker_glue,
    })
}

/// Panics name the files of crates by their folders on the machine that built them: 12 kB that say nothing to anybody else.
/// What leads to a crate becomes as many dashes, so that nothing moves.
fn hide_folders(wasm: &mut [u8]) {
    let cargo =
        std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let registry = cargo.map(|cargo| format!("{cargo}/registry/src/")).unwrap_or_default();
    for folder in [registry.as_bytes(), b"/rustc/"].into_iter().filter(|folder| !folder.is_empty()) {
        let mut from = 0;
        while let Some(at) = wasm[from..].windows(folder.len()).position(|window| window == folder) {
            let start = from + at;
            let mut end = start + folder.len();
            // The folder in it is the registry's, or the commit of the compiler.
            while wasm.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')) {
                end += 1;
            }
            wasm[start..end].fill(b'-');
            from = end;
        }
    }
}

const WASM: &str = "wasm32-unknown-unknown";

/// Wasm and glue of one program that cargo made; the glue is a variable of this name.
fn bind(program: &str, folder: &str, global: &str, profile: Profile) -> Result<(Vec<u8>, String), String> {
    let made = paths::target_dir().join(WASM).join(folder).join(format!("{program}.wasm"));
    if !made.is_file() {
        return Err(format!("cargo has not made {}", made.display()));
    }
    let out = paths::target_dir().join("pack").join(folder);
    std::fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let mut bindgen = command("wasm-bindgen");
    bindgen
        .args(["--target", "no-modules", "--no-typescript", "--no-modules-global", global])
        .args(["--out-name", program, "--out-dir"])
        .arg(&out);
    if profile == Profile::Release {
        bindgen.args(["--remove-name-section", "--remove-producers-section"]);
    }
    run(bindgen.arg(&made))?;
    let wasm = read(&out.join(format!("{program}_bg.wasm")))?;
    Ok((wasm, super::read(&out.join(format!("{program}.js")))?))
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

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.map_err(|error| format!("cannot compress the unpacker: {error}"))
}

/// What the page puts together again. No program is packed as it is instead: that would be a second way to boot, which
/// nobody takes.
fn streams_of(wasm: &[u8]) -> Result<Vec<u8>, String> {
    unpacker::split(wasm).ok_or_else(|| {
        "the program has an instruction that crates/unpacker does not know, or would not come back as it was; \
         what follows each opcode is in crates/unpacker/src/streams/operands.rs"
            .to_owned()
    })
}

/// A `.lz` file. Its dictionary is as large as what is in it, for that is what unpacking reserves.
fn lzma(bytes: &[u8], profile: Profile) -> Result<Vec<u8>, String> {
    let mut options = LzipOptions::with_preset(if profile == Profile::Release { 9 } else { 0 });
    let all = u32::try_from(bytes.len()).map_err(|error| error.to_string())?.next_power_of_two();
    (options.lzma_options.dict_size, options.lzma_options.nice_len) = (all, LzmaOptions::NICE_LEN_MAX);
    let mut writer = LzipWriter::new(Vec::new(), options);
    let packed = writer.write_all(bytes).and_then(|()| writer.finish());
    packed.map_err(|error| format!("cannot compress the program: {error}"))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
