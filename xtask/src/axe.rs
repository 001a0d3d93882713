//! axe-core, which checks the pages for people who cannot see or point: fetched from npm, never part of what ships.

use std::path::PathBuf;

use crate::run::{command, on_path, run_twice};
use crate::{paths, test};

/// Version and integrity, as npm writes them.
const VERSION: &str = "4.14.1";
const INTEGRITY: &str =
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==";

/// Fetches it where it is not there yet.
pub fn ensure() -> Result<PathBuf, String> {
    let path = paths::tools_dir().join(format!("axe-{VERSION}.min.js"));
    if !path.is_file() {
        test::install_missing(&["python3", "ca-certificates"])?;
        let python = if on_path("python3") { "python3" } else { "python" };
        let script = paths::root().join("tests").join("fetch_axe.py");
        run_twice(command(python).arg(script).args([VERSION, INTEGRITY]).arg(&path))?;
    }
    Ok(path)
}
