//! `cargo xtask dist`: the one file that ships.

use std::path::PathBuf;

use crate::run::{command, run, say};
use crate::{paths, tools};

/// Builds and packs `dist/clickglass.html`.
pub fn dist() -> Result<PathBuf, String> {
    tools::ensure_build()?;
    say("building the program and packing the page");
    run(command("trunk")
        .args(["build", "--release", "--skip-version-check"])
        // Trunk reads any value of it as its own colour setting and refuses `1`.
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE"))?;
    let staged = paths::trunk_dist().join("index.html");
    let packed = paths::packed();
    if let Some(folder) = packed.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    std::fs::copy(&staged, &packed)
        .map_err(|error| format!("cannot copy {} to {}: {error}", staged.display(), packed.display()))?;
    say(&format!("wrote {}", packed.display()));
    Ok(packed)
}
