//! The host of a URL, read as a browser would, without a URL library (0.17 MB for what is needed here).

use std::borrow::Cow;

/// The host in lower case, without port, user information and trailing dot; empty when there is none.
/// Defanged text is read as if it were not. IPv6 hosts keep their brackets.
///
/// ```
/// use clicks::model::host_of_url;
/// assert_eq!(host_of_url("https://microsoft.com@Evil.example:8443/a"), "evil.example");
/// assert_eq!(host_of_url("hxxps://evil[.]example/x"), "evil.example");
/// assert_eq!(host_of_url("mailto:ana@contoso.com"), "");
/// ```
pub fn host_of_url(url: &str) -> Cow<'_, str> {
    // Nearly every URL is of this plain form, and there may be millions.
    if let Some(host) = plain_host(url) {
        return Cow::Borrowed(host);
    }
    Cow::Owned(odd_host(url))
}

/// The host of `http[s]://host/…` when it is in lower case and has nothing odd about it.
fn plain_host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plain = |b: &u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_');
    let end = rest.as_bytes().iter().position(|b| !plain(b)).unwrap_or(rest.len());
    let ends_well = matches!(rest.as_bytes().get(end), None | Some(b'/' | b'?' | b'#'));
    let host = &rest[..end];
    (ends_well && !host.is_empty() && !host.ends_with('.')).then_some(host)
}

fn odd_host(url: &str) -> String {
    let url = url.trim_start();
    if url.contains("[.]") || url.contains("(.)") || url.contains("[:]") {
        let plain = super::text::refanged(url);
        return if plain == url { String::new() } else { odd_host(&plain) };
    }
    let Some(rest) = after_scheme(url) else { return String::new() };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = &rest[..end];
    // What stands before the last @ is user information: the classic disguise.
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[').and_then(|h| h.split_once(']')) {
        Some((v6, _port)) => return format!("[{}]", v6.to_lowercase()),
        None => host.rsplit_once(':').map_or(host, |(name, _port)| name),
    };
    host.trim_end_matches('.').to_lowercase()
}

/// What follows `scheme:` and its slashes. Browsers take backslashes for slashes and any number of them.
fn after_scheme(url: &str) -> Option<&str> {
    let colon = url.find(':');
    let scheme_ends = url.find(['/', '?', '#', '.', '@', '\\']).unwrap_or(url.len());
    match colon {
        Some(at) if at < scheme_ends || url[..at].bytes().all(|b| b.is_ascii_alphanumeric()) => {
            let rest = &url[at + 1..];
            let path = rest.trim_start_matches(['/', '\\']);
            let web = matches!(
                url[..at].to_ascii_lowercase().as_str(),
                "http" | "https" | "hxxp" | "hxxps" | "ftp" | "fxp" | "ws" | "wss"
            );
            // A scheme without slashes is no host (mailto:), except where browsers add them.
            (web || path.len() < rest.len()).then_some(path)
        }
        // No scheme: "evil.example/x" is how people write a URL.
        _ => (url.contains('.') && !url.starts_with(['/', '.'])).then_some(url),
    }
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
            ("https://[2001:DB8::1]:443/", "[2001:db8::1]"),
            ("http://203.0.113.9/x", "203.0.113.9"),
            ("https://a@b@c.example/", "c.example"),
            ("evil.example/x", "evil.example"),
            ("javascript:alert(1)", ""),
            ("data:text/html,x", ""),
            ("", ""),
            ("/relative", ""),
            ("https:///evil.example", "evil.example"),
            ("https://xn--pypal-4ve.com/", "xn--pypal-4ve.com"),
            ("https://host:99", "host"),
        ];
        for (url, host) in cases {
            assert_eq!(host_of_url(url), host, "{url}");
        }
    }
}
