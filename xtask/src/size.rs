//! `cargo xtask size`: what the packed file costs.

use crate::paths;

/// Prints every figure beside its limit; fails when one is above.
pub fn size() -> Result<(), String> {
    let packed = std::fs::read(paths::packed()).map_err(|error| {
        format!("cannot read dist/clickglass.html: {error}. Run `cargo xtask dist` first")
    })?;
    let limits = super::pack::read(&paths::root().join("xtask").join("limits.toml"))?;
    let page = String::from_utf8_lossy(&packed);

    let figures = [
        ("packed", packed.len() as u64),
        ("packed_brotli", brotli_len(&packed)),
        ("wasm", wasm_len()?),
        ("css", between(&page, "<style>", "</style>").len() as u64),
        ("crates", crate::layers::dependencies("clickglass")?.len() as u64),
    ];
    println!("{:<16}{:>12}{:>12}", "", "is", "may be");
    let mut above = Vec::new();
    for (name, is) in figures {
        let limit =
            limit_of(&limits, name).ok_or_else(|| format!("xtask/limits.toml has no number for `{name}`"))?;
        let mark = if is > limit { "  ← above" } else { "" };
        println!("{name:<16}{is:>12}{limit:>12}{mark}");
        if is > limit {
            above.push(name);
        }
    }
    if above.is_empty() { Ok(()) } else { Err(format!("above the limit: {}", above.join(", "))) }
}

fn wasm_len() -> Result<u64, String> {
    let wasm = paths::target_dir().join("pack").join("release").join("clickglass_bg.wasm");
    std::fs::metadata(&wasm)
        .map(|meta| meta.len())
        .map_err(|error| format!("cannot read {}: {error}. Run `cargo xtask dist` first", wasm.display()))
}

fn brotli_len(bytes: &[u8]) -> u64 {
    let mut counter = Counter(0);
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    match brotli::BrotliCompress(&mut &bytes[..], &mut counter, &parameters) {
        Ok(_) => counter.0,
        // Writing to a counter cannot fail; if it ever does, the figure must not look good.
        Err(_) => u64::MAX,
    }
}

struct Counter(u64);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    page.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(inside, _)| inside)
}

/// The file has nothing but comments and `name = 1_000` lines, so no parser of the whole format is needed.
fn limit_of(limits: &str, name: &str) -> Option<u64> {
    limits.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == name).then(|| value.trim().replace('_', "").parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limit_is_read_with_its_separators() {
        let limits = "# packed = 1\npacked = 1_500_000\npacked_brotli = 7\n";
        assert_eq!(limit_of(limits, "packed"), Some(1_500_000));
        assert_eq!(limit_of(limits, "packed_brotli"), Some(7));
        assert_eq!(limit_of(limits, "wasm"), None);
    }
}
