//! Which files are meant: those that are named, all in a folder, what comes on standard input.
//!
//! Owns names, order and which tenant a file is of. Must not know what is in a file: packed ones are unpacked by the core.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// A file to read, or what came on standard input.
pub struct Input {
    /// Its name, to show: as it stands in its folder, or, in a folder that was named, from there on.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Where it is.
    pub content: Content,
    /// The folder that it is in, below what was named: the tenant, where folders are tenants.
    folder: String,
}

/// Where bytes are.
pub enum Content {
    /// On disk.
    File(PathBuf),
    /// In memory.
    Bytes(Vec<u8>),
}

/// Folders in folders in folders: a link that leads back would have no end.
const DEEPEST: usize = 32;

/// What standard input is called.
const STDIN: &str = "standard input";

/// All files of what was named, in the order given, those of a folder by name. `-` is standard input.
pub fn all(paths: &[PathBuf]) -> Result<Vec<Input>, String> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| format!("Cannot read {STDIN}: {error}."))?;
            let size = bytes.len() as u64;
            inputs.push(Input {
                name: STDIN.to_owned(),
                size,
                content: Content::Bytes(bytes),
                folder: String::new(),
            });
        } else if path.is_dir() {
            let before = inputs.len();
            folder(path, Path::new(""), 0, &mut inputs)?;
            if inputs.len() == before {
                return Err(format!("There is no file in {}.", path.display()));
            }
        } else {
            let name = path.file_name().map(Path::new).unwrap_or(path);
            let parent = path.parent().and_then(Path::file_name).unwrap_or_default();
            inputs.push(file(path, name, parent.to_string_lossy().into_owned())?);
        }
    }
    Ok(inputs)
}

/// The same by tenant, in the order of their names: the first folder below what was named, of a file that was named its own.
pub fn by_tenant(inputs: Vec<Input>) -> Vec<(String, Vec<Input>)> {
    let mut tenants: Vec<(String, Vec<Input>)> = Vec::new();
    for input in inputs {
        match tenants.iter_mut().find(|(tenant, _)| *tenant == input.folder) {
            Some((_, of_tenant)) => of_tenant.push(input),
            None => tenants.push((input.folder.clone(), vec![input])),
        }
    }
    tenants.sort_by(|a, b| a.0.cmp(&b.0));
    tenants
}

fn folder(root: &Path, below: &Path, depth: usize, inputs: &mut Vec<Input>) -> Result<(), String> {
    let at = root.join(below);
    let unreadable = |error: io::Error| format!("Cannot read {}: {error}.", at.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&at).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        // What is hidden is of programs, not of people.
        if !name.to_string_lossy().starts_with('.') {
            names.push(below.join(name));
        }
    }
    names.sort();
    for name in names {
        let path = root.join(&name);
        if path.is_dir() {
            if depth < DEEPEST {
                folder(root, &name, depth + 1, inputs)?;
            }
        } else if path.is_file() {
            let first = name.parent().and_then(|parent| parent.iter().next()).unwrap_or_default();
            inputs.push(file(&path, &name, first.to_string_lossy().into_owned())?);
        }
    }
    Ok(())
}

fn file(path: &Path, name: &Path, folder: String) -> Result<Input, String> {
    let size = fs::metadata(path).map_err(|error| format!("Cannot read {}: {error}.", path.display()))?.len();
    let content = Content::File(path.to_owned());
    Ok(Input { name: name.to_string_lossy().into_owned(), size, content, folder })
}
