//! Where the packed file, recorded samples and scratch folders are.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use clicks::sample::{Plan, write_clicks};

/// The workspace root.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new("."))
}

/// The one file that ships: `CLICKGLASS_HTML`, else `dist/clickglass.html`.
pub fn packed() -> PathBuf {
    let path = std::env::var_os("CLICKGLASS_HTML")
        .map(PathBuf::from)
        .unwrap_or_else(|| workspace().join("dist").join("clickglass.html"));
    let path = std::path::absolute(&path).unwrap_or(path);
    assert!(path.is_file(), "there is no {}; run `cargo xtask dist` first", path.display());
    path
}

/// A recorded sample, or none with a word when they are not on this machine.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("CORPUS") else {
        println!("skipped: CORPUS is not set, {name} is not here");
        return None;
    };
    let path = Path::new(&folder).join(name);
    assert!(path.is_file(), "CORPUS has no {name}");
    Some(path)
}

/// One of the small exports of `tests/samples/`.
pub fn sample(name: &str) -> PathBuf {
    let path = workspace().join("tests").join("samples").join(name);
    assert!(path.is_file(), "tests/samples has no {name}");
    path
}

/// A made-up export on disk; its file goes when this goes.
#[derive(Debug)]
pub struct MadeExport {
    /// Where it is.
    pub path: PathBuf,
}

impl MadeExport {
    /// That many clicks, as the portal exports them.
    pub fn of(rows: u64) -> MadeExport {
        let path = scratch("made").join(format!("clicks-{rows}.csv"));
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a scratch file"));
        write_clicks(&Plan::bench(rows), &mut file).and_then(|()| file.flush()).expect("room on the disk");
        MadeExport { path }
    }
}

impl Drop for MadeExport {
    fn drop(&mut self) {
        if let Some(folder) = self.path.parent() {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// `file:///…` of a path on this machine.
pub fn file_url(path: &Path) -> String {
    url::Url::from_file_path(path)
        .map_or_else(|()| panic!("{} is not an absolute path", path.display()), String::from)
}

/// A new, empty folder under the build's own temporary one.
pub fn scratch(purpose: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("clickglass-{}-{number}-{purpose}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    folder
}
