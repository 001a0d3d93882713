//! The content security policy: the promise, kept by the browser, that nothing is sent anywhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Allows exactly the scripts and the styles that the page carries.
#[derive(Debug)]
pub struct Policy {
    scripts: Vec<String>,
    style: String,
}

impl Policy {
    /// Takes the texts as they stand between their tags.
    pub fn new<'a>(scripts: impl IntoIterator<Item = &'a str>, style: &str) -> Policy {
        Policy { scripts: scripts.into_iter().map(hash).collect(), style: hash(style) }
    }

    /// The value of the header or of the meta element.
    pub fn text(&self) -> String {
        format!(
            "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; \
             worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'",
            self.scripts.join(" "),
            self.style
        )
    }
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_names_each_hash_and_nothing_else() {
        // The empty text's hash is known from everywhere.
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert_eq!(
            Policy::new([""], "").text(),
            format!(
                "default-src 'none'; script-src {empty} 'wasm-unsafe-eval'; style-src {empty}; img-src data: blob:; \
                 worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'"
            )
        );
    }
}
