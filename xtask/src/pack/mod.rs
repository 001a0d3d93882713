//! Packs the one page: program, glue and styles inline, no other file, no URL.
//!
//! Runs as Trunk's `post_build` hook, so that developing, serving and shipping all boot the same way. The
//! page itself is the workspace's `index.html`; the marks in it say where each part goes.

mod page;
mod policy;
mod program;
mod styles;

use std::path::PathBuf;

use crate::paths;
use crate::run::say;
use program::Profile;

/// What Trunk calls after each build: writes the page over the staged one.
pub fn hook() -> Result<(), String> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or("`cargo xtask pack` is called by Trunk; run `cargo xtask dist` or `trunk build`")?;
    let profile = match std::env::var("TRUNK_PROFILE").as_deref() {
        Ok("release") => Profile::Release,
        _ => Profile::Debug,
    };

    let template = read(&paths::root().join("index.html"))?;
    let styles = styles::collect(&paths::root().join("style"))?;
    let program = program::build(profile)?;
    let page = page::assemble(&template, &styles, &program)?;

    // What Trunk made for its own loader is not part of the page.
    for entry in
        std::fs::read_dir(&staging).map_err(|error| format!("cannot list {}: {error}", staging.display()))?
    {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_file() {
            std::fs::remove_file(&path)
                .map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
        }
    }
    let target = staging.join("index.html");
    std::fs::write(&target, &page).map_err(|error| format!("cannot write {}: {error}", target.display()))?;
    say(&format!(
        "packed the page: {} kB (program {} kB, {} kB before compression)",
        page.len() / 1000,
        program.base64.len() / 1000,
        program.raw_bytes / 1000
    ));
    Ok(())
}

/// The text of a file, or a sentence that names it.
pub fn read(path: &std::path::Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
