//! All styles in one block, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};

/// Joins the stylesheets: tokens and base first, then the parts and the pages by name and what lies over them, forced colours and print last,
/// because they override them all.
pub fn collect(folder: &Path) -> Result<String, String> {
    let mut files = vec![folder.join("tokens.css"), folder.join("base.css")];
    for part in ["ui", "pages"] {
        files.extend(stylesheets(&folder.join(part))?);
    }
    files.extend(["palette.css", "help.css"].map(|file| folder.join(file)));
    files.extend(["forced_colors.css", "print.css"].map(|file| folder.join(file)));

    let mut all = String::new();
    for file in files.iter().filter(|file| file.is_file()) {
        all.push_str(&super::read(file)?);
        all.push('\n');
    }
    Ok(all)
}

/// All stylesheets of a folder and of those in it: what two pages share stands before what one of them has.
fn stylesheets(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            files.push(path);
        }
    }
    files.sort();
    folders.sort();
    for folder in folders {
        files.extend(stylesheets(&folder)?);
    }
    Ok(files)
}
