//! What the URL standard makes of a text: the one place that asks whoever knows.
//!
//! In a browser that is the browser, which lends its reader ([`lend`]): names in other scripts need tables of Unicode that it has
//! and the program need not carry. Everywhere else it is the crate `url`. Source: <https://url.spec.whatwg.org>.

/// An absolute URL, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Scheme in lower case, without its colon.
    pub scheme: String,
    /// Host in lower case ASCII, IPv6 in brackets; empty for none.
    pub host: String,
    /// Path and query, percent-encoded.
    pub path: String,
}

/// Reads an absolute URL; none where it is none.
pub type Standard = fn(&str) -> Option<Opened>;

#[cfg(target_family = "wasm")]
static LENT: std::sync::OnceLock<Standard> = std::sync::OnceLock::new();

/// Lends the reader of the world that the program runs in. Before that nothing is an absolute URL.
#[cfg(target_family = "wasm")]
pub fn lend(standard: Standard) {
    // The first one stays; there is one browser.
    LENT.get_or_init(|| standard);
}

/// Does nothing where the crate `url` reads.
#[cfg(not(target_family = "wasm"))]
pub const fn lend(_standard: Standard) {}

/// Reads an absolute URL; none where it is none.
#[cfg(target_family = "wasm")]
pub fn opened(url: &str) -> Option<Opened> {
    LENT.get().and_then(|read| read(url))
}

/// Reads an absolute URL; none where it is none.
#[cfg(not(target_family = "wasm"))]
pub fn opened(url: &str) -> Option<Opened> {
    let url = url::Url::parse(url).ok()?;
    // As `search` of a browser: of an empty query nothing.
    let query = url.query().filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(Opened {
        scheme: url.scheme().to_owned(),
        host: url.host_str().unwrap_or_default().to_owned(),
        path: format!("{}{query}", url.path()),
    })
}

/// Whether a text begins with a scheme, and so is no relative URL.
pub fn has_scheme(text: &str) -> bool {
    // What browsers take away before they read.
    let text = text.trim_start_matches(|c: char| c <= ' ');
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let is_in = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '\t' | '\n' | '\r');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_is_read_into_scheme_host_and_path() {
        let read = |url| opened(url).map(|o| [o.scheme, o.host, o.path]);
        let of = |parts: [&str; 3]| Some(parts.map(str::to_owned));
        assert_eq!(
            read("HTTPS://Ana@Evil.Example:8443/ä?q=1#x"),
            of(["https", "evil.example", "/%C3%A4?q=1"])
        );
        assert_eq!(read("http://[2001:DB8:0::1]/"), of(["http", "[2001:db8::1]", "/"]));
        assert_eq!(read("mailto:ana@contoso.com"), of(["mailto", "", "ana@contoso.com"]));
        assert_eq!(read("/relative"), None);
    }

    #[test]
    fn scheme_is_told_as_the_standard_tells_it() {
        for (text, has) in [
            ("https://a", true),
            (" \u{1}ht\ntp:a", true),
            ("evil.example:80", true),
            ("evil.example/x:y", false),
            ("1a:b", false),
            (":a", false),
            ("", false),
        ] {
            assert_eq!(has_scheme(text), has, "{text:?}");
            let is_relative = url::Url::parse(text) == Err(url::ParseError::RelativeUrlWithoutBase);
            assert_eq!(is_relative, !has, "{text:?}");
        }
    }
}
