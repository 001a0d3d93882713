//! The host of a URL, as a browser would open it.

use std::borrow::Cow;

use super::standard::{Opened, has_scheme, opened};

/// The host in lower case ASCII, without port, user information and trailing dot; empty when there is none.
/// Read by the URL standard (names in any script become punycode, numbers addresses), with three
/// differences: defanged text is read as if it were not, a name without a scheme is one, and
/// `evil.example.` is the same host as `evil.example`. IPv6 hosts keep their brackets.
///
/// ```
/// use model::host_of_url;
/// assert_eq!(host_of_url("https://microsoft.com@Evil.example:8443/a"), "evil.example");
/// assert_eq!(host_of_url("hxxps://evil[.]example/x"), "evil.example");
/// assert_eq!(host_of_url("https://münchen.example/"), "xn--mnchen-3ya.example");
/// assert_eq!(host_of_url("mailto:ana@contoso.com"), "");
/// ```
pub fn host_of_url(url: &str) -> Cow<'_, str> {
    // Nearly every URL is of this plain form, and there may be millions.
    if let Some(host) = plain_host(url) {
        return host;
    }
    Cow::Owned(odd_host(url).unwrap_or_default())
}

/// The host of `http[s]://host[:port]/…` when there is nothing odd about it but capital letters.
fn plain_host(url: &str) -> Option<Cow<'_, str>> {
    let rest = ["https://", "http://"].into_iter().find_map(|scheme| {
        url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
        url.get(scheme.len()..)
    })?;
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    let (host, rest) = rest.split_at(rest.bytes().position(|b| !is_plain(&b)).unwrap_or(rest.len()));
    // A port of four digits is one; longer ones may be none.
    let rest = match rest.strip_prefix(':') {
        Some(port) => {
            let digits = port.bytes().take_while(u8::is_ascii_digit).count();
            port.get(digits..).filter(|_| digits <= 4)?
        }
        None => rest,
    };
    let ends_well = matches!(rest.as_bytes().first(), None | Some(b'/' | b'?' | b'#'));
    // A last label that begins with a digit may be an address in disguise, a punycode label may be none.
    let last = host.rsplit('.').next()?;
    if !ends_well || last.bytes().next().is_none_or(|b| b.is_ascii_digit()) {
        return None;
    }
    let host = match host.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(host.to_ascii_lowercase()),
        false => Cow::Borrowed(host),
    };
    (!host.contains("xn--")).then_some(host)
}

fn odd_host(url: &str) -> Option<String> {
    let plain;
    let url = if url.contains("[.]")
        || url.contains("(.)")
        || url.contains("[:")
        || url.contains("⟨U+")
        || is_defanged(url)
    {
        plain = super::text::refanged(url);
        &plain
    } else {
        url
    };
    match opened(url) {
        Some(read) if is_web(&read.scheme) => host_of(read),
        Some(_) => None,
        None if !has_scheme(url) => bare_host(url.trim()),
        None => None,
    }
}

fn is_defanged(url: &str) -> bool {
    let start = url.trim_start().as_bytes();
    let start = &start[..start.len().min(5)];
    start.len() > 3 && (start[..4].eq_ignore_ascii_case(b"hxxp") || start[..4].eq_ignore_ascii_case(b"fxp:"))
}

fn is_web(scheme: &str) -> bool {
    matches!(scheme, "http" | "https" | "ftp" | "ws" | "wss")
}

/// `evil.example/x` is how people write a URL.
fn bare_host(text: &str) -> Option<String> {
    let end = text.find(['/', '?', '#', ':']).unwrap_or(text.len());
    let name = &text[..end];
    let named = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '。' | '．' | '｡');
    if !name.contains(['.', '。', '．', '｡']) || name.starts_with('.') || !name.chars().all(named) {
        return None;
    }
    host_of(opened(&format!("http://{text}"))?)
}

fn host_of(read: Opened) -> Option<String> {
    let host = read.host;
    (!host.is_empty()).then(|| host.strip_suffix('.').map(str::to_owned).unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_hostile_urls_is_what_a_browser_would_open() {
        let cases = [
            ("https://login.example.net/a?x=1", "login.example.net"),
            ("HTTPS://EVIL.EXAMPLE.", "evil.example"),
            ("https:\\\\evil.example\\a", "evil.example"),
            ("https://[2001:DB8:0::1]:443/", "[2001:db8::1]"),
            ("http://203.0.113.9/x", "203.0.113.9"),
            ("https://a@b@c.example/", "c.example"),
            ("evil.example/x", "evil.example"),
            ("www.no-scheme.example/a", "www.no-scheme.example"),
            ("javascript:alert(1)", ""),
            ("data:text/html,x", ""),
            ("file:///C:/Users/x.docx", ""),
            ("ms-word:ofe|u|https://contoso.sharepoint.com/x.docx", ""),
            ("=HYPERLINK(\"https://evil.example\")", ""),
            ("evil.example\")", ""),
            ("ana@contoso.com", ""),
            ("", ""),
            ("/relative", ""),
            ("https:///evil.example", "evil.example"),
            ("https://host:99", "host"),
            ("https://MÜNCHEN.example/", "xn--mnchen-3ya.example"),
            ("https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example"),
            ("https://ｅｖｉｌ.example/", "evil.example"),
            ("https://evil。example/", "evil.example"),
            ("https://𝐞𝐯𝐢𝐥.example/", "evil.example"),
            ("https://0xC0000207/", "192.0.2.7"),
            ("https://3221225991/", "192.0.2.7"),
            ("https://ex%61mple.com/", "example.com"),
            (" \t https://evil.example/", "evil.example"),
            ("hxxps[:]//evil[.]example/", "evil.example"),
            ("hxxp://evil.example/", "evil.example"),
        ];
        for (url, host) in cases {
            assert_eq!(host_of_url(url), host, "{url}");
        }
    }

    /// Undoing brackets one pair at a time once ended the engine.
    #[test]
    fn host_of_nested_brackets_costs_no_stack() {
        for depth in [1_000, 100_000] {
            let url = format!("https://{}.{}", "[".repeat(depth), "]".repeat(depth));
            assert_eq!(host_of_url(&url), "");
        }
    }

    /// The short way and the standard agree wherever the short way answers.
    #[test]
    fn host_of_plain_urls_is_that_of_the_standard() {
        for url in [
            "https://a.example",
            "http://a_b.-c.example/x",
            "https://a..b/?x",
            "https://localhost#f",
            "HTTPS://EVIL.Example/A",
            "https://evil.example:8443/a",
            "https://evil.example:/a",
            "Http://A.b:80",
        ] {
            let of_standard = opened(url).and_then(host_of);
            assert_eq!(plain_host(url).map(Cow::into_owned), of_standard, "{url}");
        }
        for odd in
            ["https://a.example:80x/", "https://a.example:99999/", "https://XN--a.example/", "https://a.1/"]
        {
            assert_eq!(plain_host(odd), None, "{odd}");
        }
    }
}
