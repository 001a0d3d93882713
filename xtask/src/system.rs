//! Packages of the operating system, where we may install them.

use crate::run::{command, on_path, output, run_twice, say};

/// Installs Debian packages when this is Debian (or a relative) and we are root; otherwise says what is missing.
pub fn install(packages: &[&str]) -> Result<(), String> {
    let list = packages.join(" ");
    if !on_path("apt-get") {
        return Err(format!("please install what Debian calls: {list}"));
    }
    if !is_root() {
        return Err(format!("please run: sudo apt-get install {list}"));
    }
    say(&format!("installing {list}"));
    let apt = |arguments: &[&str]| {
        run_twice(
            command("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["-qq", "-o", "Dpkg::Use-Pty=0"])
                .args(arguments)
                .stdout(std::process::Stdio::null()),
        )
    };
    apt(&["update"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend_from_slice(packages);
    apt(&arguments)
}

/// Which of these packages dpkg does not know as installed.
pub fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    packages
        .iter()
        .copied()
        .filter(|package| {
            let status =
                output(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]));
            status.is_none_or(|status| status.trim() != "installed")
        })
        .collect()
}

/// Whether packages can be asked for at all.
pub fn is_debian() -> bool {
    on_path("dpkg-query") && on_path("apt-get")
}

fn is_root() -> bool {
    output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
