//! Proof that the core names no browser type and draws nothing.

use crate::run::{cargo, output, say};

/// What must not be among the dependencies of the core. On the browser's target, because on others some
/// crates hide what they use there.
const FORBIDDEN: [&str; 5] = ["wasm-bindgen", "web-sys", "js-sys", "leptos", "plotters"];

/// Fails when the core depends on any of it.
pub fn layers() -> Result<(), String> {
    let tree = dependencies("clicks")?;
    let found: Vec<&str> =
        FORBIDDEN.into_iter().filter(|forbidden| tree.iter().any(|name| name == forbidden)).collect();
    if found.is_empty() {
        say(&format!("the core has {} crates, none of {}", tree.len(), FORBIDDEN.join(", ")));
        Ok(())
    } else {
        Err(format!(
            "crates/clicks must not depend on {}. `cargo tree --target wasm32-unknown-unknown -p clicks -i {}` says why it does",
            found.join(", "),
            found[0]
        ))
    }
}

/// Names of all crates that a package of the workspace has in the browser, itself included.
pub fn dependencies(package: &str) -> Result<Vec<String>, String> {
    let text = output(cargo().args([
        "tree",
        "--target",
        "wasm32-unknown-unknown",
        // Macros run in the compiler, they do not ship.
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--package",
        package,
    ]))
    .ok_or_else(|| "`cargo tree` failed".to_owned())?;
    let mut names: Vec<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    Ok(names)
}
