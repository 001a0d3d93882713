//! Attacker text made safe to look at.
//!
//! Every URL, subject, sender and user name is written by an attacker until proven otherwise. Owns the two
//! ways such text may be shown: as it is with everything invisible made visible, and defanged. Must not
//! know where it is shown.

/// Longest text that a cell shows; the rest is counted. A URL of several kilobytes is normal in an attack.
pub const SHOWN_MAX: usize = 2_000;

/// The text with control, bidi and other invisible characters written out as `⟨U+202E⟩`, cut after
/// [`SHOWN_MAX`] characters with the number of those left out.
///
/// ```
/// use clicks::model::text::shown;
/// assert_eq!(shown("invoice\u{202e}fdp.exe"), "invoice⟨U+202E⟩fdp.exe");
/// ```
pub fn shown(text: &str) -> String {
    if text.len() <= SHOWN_MAX && text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut left = text.chars();
    for c in left.by_ref().take(SHOWN_MAX) {
        if is_invisible(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", c as u32));
        } else {
            out.push(c);
        }
    }
    let rest = left.count();
    if rest > 0 {
        out.push_str(&format!("… ({rest} more characters)"));
    }
    out
}

/// Control characters, and those that reorder, join or hide text: Unicode bidi controls (UAX 9), zero-width
/// characters, line and paragraph separators, tags, variation selectors, fillers and odd spaces.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{2800}' | '\u{3000}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The URL so that nothing makes it a link: the scheme's `tt` becomes `xx`, `://` stays, every dot of the
/// authority is put in brackets. Text that is no URL, or is defanged already, only gets its host-like dots
/// bracketed. Invisible characters are made visible as in [`shown`].
///
/// ```
/// use clicks::model::text::defanged;
/// assert_eq!(defanged("https://evil.example/a.b?c=d.e"), "hxxps://evil[.]example/a.b?c=d.e");
/// assert_eq!(defanged("hxxps://evil[.]example/"), "hxxps://evil[.]example/");
/// assert_eq!(defanged("evil.example"), "evil[.]example");
/// ```
pub fn defanged(url: &str) -> String {
    let (scheme, rest) = match url.find("://") {
        Some(at) if at <= 16 => (&url[..at], &url[at + 3..]),
        _ => ("", url),
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let mut out = String::with_capacity(url.len() + 8);
    if scheme.len() < url.len() - rest.len() {
        out.push_str(&defanged_scheme(scheme));
        out.push_str("://");
    }
    let mut before = '\0';
    for c in authority.chars() {
        if c == '.' && before != '[' {
            out.push_str("[.]");
        } else {
            out.push(c);
        }
        before = c;
    }
    // A second URL inside the path or the query must not turn into a link either.
    out.push_str(&tail.replace("://", "[:]//"));
    shown(&out)
}

fn defanged_scheme(scheme: &str) -> String {
    match scheme.to_ascii_lowercase().as_str() {
        "http" => "hxxp".to_owned(),
        "https" => "hxxps".to_owned(),
        "ftp" => "fxp".to_owned(),
        _ => scheme.to_owned(),
    }
}

/// Undoes defanging for grouping: `hxxp` → `http`, `[.]` and `(.)` → `.`, `[:]//` → `://`.
///
/// ```
/// use clicks::model::text::refanged;
/// assert_eq!(refanged("hxxps[:]//evil[.]example/a"), "https://evil.example/a");
/// ```
pub fn refanged(url: &str) -> String {
    let plain = url.replace("[.]", ".").replace("(.)", ".").replace("[:]//", "://").replace("[://]", "://");
    match plain.get(..4) {
        Some(head) if head.eq_ignore_ascii_case("hxxp") => format!("http{}", &plain[4..]),
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defanged_hostile_urls_leaves_nothing_to_click() {
        let cases = [
            ("http://a.b", "hxxp://a[.]b"),
            ("HTTPS://A.B/", "hxxps://A[.]B/"),
            ("https://microsoft.com@evil.example/x", "hxxps://microsoft[.]com@evil[.]example/x"),
            ("https://[2001:db8::1]/a", "hxxps://[2001:db8::1]/a"),
            ("https://a.b/?u=https://c.d/e", "hxxps://a[.]b/?u=https[:]//c.d/e"),
            ("mailto:a@b.c", "mailto:a@b[.]c"),
            ("", ""),
            ("://", "://"),
        ];
        for (url, expected) in cases {
            assert_eq!(defanged(url), expected, "{url}");
        }
    }

    #[test]
    fn shown_long_text_says_how_much_is_left_out() {
        let text = shown(&"é".repeat(SHOWN_MAX + 3));
        assert!(text.ends_with("… (3 more characters)"));
    }
}
