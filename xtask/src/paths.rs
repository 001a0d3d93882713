//! Where things are. Everything is looked up from the workspace, never from the current folder.

use std::path::{Path, PathBuf};

/// The workspace root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new("."))
}

/// Where cargo builds for every child of this program.
///
/// On CI that is a folder outside the clone, so that a later run of another clone is warm; a folder that the
/// caller names wins.
pub fn target_dir() -> PathBuf {
    if let Some(named) = std::env::var_os("CARGO_TARGET_DIR") {
        return root().join(named);
    }
    if std::env::var_os("CI").is_some()
        && let Some(cache) = cache_dir()
    {
        return cache.join("target");
    }
    root().join("target")
}

/// Tools of exact versions that are not on PATH.
pub fn tools_dir() -> PathBuf {
    target_dir().join("tools")
}

/// The one file that ships.
pub fn packed() -> PathBuf {
    root().join("dist").join("clickglass.html")
}

/// Where Trunk writes; not `dist/`, which holds only what ships.
pub fn trunk_dist() -> PathBuf {
    root().join("target").join("trunk")
}

fn cache_dir() -> Option<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
    Some(base.join("clickglass"))
}
