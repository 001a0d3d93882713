//! Attacker text made safe to look at.
//!
//! Every URL, subject, sender and user name is written by an attacker until proven otherwise. Owns the ways
//! such text may leave: with everything invisible made visible, defanged, and cut to what a screen holds.
//! Must not know where it is shown. What is handed on in files is never cut.

/// Longest text that a cell shows; the rest is counted. A URL of several kilobytes is normal in an attack.
pub const SHOWN_MAX: usize = 2_000;

/// The text with control, bidi and other invisible characters written out as `⟨U+202E⟩`, cut after
/// [`SHOWN_MAX`] characters with the number of those left out.
///
/// ```
/// use model::text::shown;
/// assert_eq!(shown("invoice\u{202e}fdp.exe"), "invoice⟨U+202E⟩fdp.exe");
/// ```
pub fn shown(text: &str) -> String {
    if text.len() <= SHOWN_MAX && text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return text.to_owned();
    }
    cut(text, push_visible)
}

/// A URL as [`defanged`], cut like [`shown`].
pub fn shown_url(url: &str) -> String {
    let whole = defanged(url);
    if whole.len() <= SHOWN_MAX {
        return whole;
    }
    cut(&whole, |c, out| out.push(c))
}

fn cut(text: &str, push: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len().min(SHOWN_MAX) + 32);
    let mut left = text.chars();
    for c in left.by_ref().take(SHOWN_MAX) {
        push(c, &mut out);
    }
    let rest = left.count();
    if rest > 0 {
        out.push_str(&format!("… ({rest} more characters)"));
    }
    out
}

fn push_visible(c: char, out: &mut String) {
    if is_invisible(c) {
        out.push_str(&format!("⟨U+{:04X}⟩", c as u32));
    } else {
        out.push(c);
    }
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

/// The URL so that nothing makes it a link, whole: `http` becomes `hxxp` wherever it is a scheme, other
/// schemes and all but the first one lose their colon to brackets, every dot of a host is put in brackets.
/// Invisible characters are made visible as in [`shown`]. What is defanged already stays as it is.
///
/// ```
/// use model::text::defanged;
/// assert_eq!(defanged("https://evil.example/a.b?c=d.e"), "hxxps://evil[.]example/a.b?c=d.e");
/// assert_eq!(defanged("hxxps://evil[.]example/"), "hxxps://evil[.]example/");
/// assert_eq!(defanged("evil.example"), "evil[.]example");
/// ```
pub fn defanged(url: &str) -> String {
    defanged_with(url, &mut [])
}

/// As [`defanged`]; places in the URL, in ascending order, become the places in what is made of it.
pub(super) fn defanged_with(url: &str, places: &mut [usize]) -> String {
    let mut out = String::with_capacity(url.len() + 16);
    let mut places = places.iter_mut().peekable();
    // What stands first may be a host without a scheme.
    let mut in_host = true;
    let mut met_scheme = false;
    let mut before = '\0';
    let mut rest = url;
    while let Some(c) = rest.chars().next() {
        while let Some(place) = places.next_if(|place| **place <= url.len() - rest.len()) {
            *place = out.len();
        }
        if let Some(plain) = scheme_at(rest, before) {
            // In the case it had: URLs that differ in it alone stay different ones.
            out.extend(rest[..plain].chars().map(toothless));
            before = 's';
            rest = &rest[plain..];
            continue;
        }
        if let Some(after) = rest.strip_prefix(':') {
            let bracketed = before == '[' && after.starts_with(']');
            let after = if bracketed { &after[1..] } else { after };
            let slashes = after.len() - after.trim_start_matches(['/', '\\']).len();
            let web = ends_with_web_scheme(&out, bracketed);
            if slashes >= 2 || web {
                let first = web && !met_scheme && !bracketed;
                out.push_str(if bracketed {
                    ":]"
                } else if first {
                    ":"
                } else {
                    "[:]"
                });
                out.push_str(&after[..slashes]);
                met_scheme = true;
                in_host = true;
                before = '/';
                rest = &after[slashes..];
                continue;
            }
        }
        in_host &= !matches!(c, '/' | '?' | '#' | '\\' | ' ' | '\t' | '\n' | '\r' | '|' | '"' | '<' | '>');
        let dot = matches!(c, '.' | '。' | '．' | '｡');
        if dot && before != '[' && (in_host || ends_with_www(&out)) {
            out.push('[');
            out.push(c);
            out.push(']');
        } else {
            push_visible(c, &mut out);
        }
        before = c;
        rest = &rest[c.len_utf8()..];
    }
    places.for_each(|place| *place = out.len());
    out
}

/// `t` of a scheme, which becomes `x`; two of them make `hxxp`, one makes `fxp`.
const fn toothless(c: char) -> char {
    match c {
        't' => 'x',
        'T' => 'X',
        other => other,
    }
}

/// Length of a scheme that browsers open, at the start of `rest` and at the start of a word.
fn scheme_at(rest: &str, before: char) -> Option<usize> {
    if before.is_ascii_alphanumeric() {
        // `xhttp:` is no scheme that anything opens, but `…http:` inside a word may be found by a linker.
        return rest
            .get(..4)
            .filter(|head| head.eq_ignore_ascii_case("http") && opens(&rest[4..]))
            .map(|_| 4);
    }
    for plain in ["https", "http", "ftp"] {
        let there = rest.get(..plain.len()).is_some_and(|head| head.eq_ignore_ascii_case(plain));
        if there && rest[plain.len()..].starts_with([':', '[']) && opens(&rest[plain.len()..]) {
            return Some(plain.len());
        }
    }
    None
}

/// Whether a colon follows, in brackets or not, perhaps after the `s` of `https`.
fn opens(rest: &str) -> bool {
    let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
    rest.starts_with(':') || rest.starts_with("[:]")
}

fn ends_with_web_scheme(out: &str, bracketed: bool) -> bool {
    let out = if bracketed { out.strip_suffix('[').unwrap_or(out) } else { out };
    ["hxxp", "hxxps", "fxp"].iter().any(|scheme| {
        let at = out.len().checked_sub(scheme.len());
        at.and_then(|at| out.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })
}

/// Mail programs make links of `www.` alone.
fn ends_with_www(out: &str) -> bool {
    out.len() >= 3 && out.get(out.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Whether programs would make a link of some part of a text.
pub fn has_link(text: &str) -> bool {
    let is_scheme = |at: usize| {
        let name = text.get(at..at + 4).unwrap_or_default();
        name.eq_ignore_ascii_case("http") && opens(&text[at + 4..])
    };
    memchr::memchr2_iter(b'h', b'H', text.as_bytes()).any(is_scheme)
}

/// Undoes defanging for grouping: `hxxp` → `http`, `[.]` and `(.)` → `.`, `[:]//` → `://`, `⟨U+200B⟩` → what it stands for.
///
/// ```
/// use model::text::refanged;
/// assert_eq!(refanged("hxxps[:]//evil[.]example/a"), "https://evil.example/a");
/// ```
pub fn refanged(url: &str) -> String {
    let plain = url.replace("[.]", ".").replace("(.)", ".").replace("[:]//", "://").replace("[://]", "://");
    let plain = with_invisible(plain.trim_start());
    match (plain.get(..4), plain.get(..3)) {
        (Some(head), _) if head.eq_ignore_ascii_case("hxxp") => format!("http{}", &plain[4..]),
        (_, Some(head)) if head.eq_ignore_ascii_case("fxp") => format!("ftp{}", &plain[3..]),
        _ => plain.to_owned(),
    }
}

/// Characters that were made visible, as they were.
fn with_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(VISIBLE) {
        let (c, len) = made_visible(&rest[at..]).unwrap_or(('⟨', '⟨'.len_utf8()));
        out.push_str(&rest[..at]);
        out.push(c);
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    out
}

/// How a character that was made visible begins.
const VISIBLE: &str = "⟨U+";

/// The character that was made visible at the start of a text, and how many bytes stand for it.
pub(super) fn made_visible(text: &str) -> Option<(char, usize)> {
    let (hex, _) = text.strip_prefix(VISIBLE)?.split_once('⟩')?;
    let code = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() <= 6)?;
    let c = char::from_u32(code).filter(|c| is_invisible(*c))?;
    Some((c, VISIBLE.len() + hex.len() + '⟩'.len_utf8()))
}

/// A count with its thousands set apart: `12,480`.
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 click`, `12,480 clicks`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// A text with URLs in it, such as a cell of JSON: every one of them defanged.
pub fn defanged_inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let scheme = rest[..at]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let is_end =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ',' | ']' | '}' | '\\');
        let end = rest[at + 3..].find(is_end).map_or(rest.len(), |i| at + 3 + i);
        out.push_str(&shown(&rest[..scheme]));
        out.push_str(&defanged(&rest[scheme..end]));
        rest = &rest[end..];
    }
    out.push_str(&shown(rest));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refanged_export_has_the_host_it_had() {
        for url in [
            "HTTPS://Evil.example/",
            "https://evil\u{ad}.example/x",
            "https://⟨U+0041⟩.example/",
            "ftp://f.example",
        ] {
            let again = crate::host_of_url(&defanged(url)).into_owned();
            assert_eq!(again, crate::host_of_url(url), "{url}");
        }
    }

    #[test]
    fn defanged_hostile_urls_leaves_nothing_to_click() {
        let cases = [
            ("http://a.b", "hxxp://a[.]b"),
            ("HTTPS://A.B/", "HXXPS://A[.]B/"),
            ("https://microsoft.com@evil.example/x", "hxxps://microsoft[.]com@evil[.]example/x"),
            ("https://[2001:db8::1]/a", "hxxps://[2001:db8::1]/a"),
            ("https://a.b/?u=https://c.d/e", "hxxps://a[.]b/?u=hxxps[:]//c[.]d/e"),
            ("https://a.b/http://c.d", "hxxps://a[.]b/hxxp[:]//c[.]d"),
            ("mailto:a@b.c", "mailto:a@b[.]c"),
            ("", ""),
            ("                 https://evil.example/x", "                 hxxps://evil[.]example/x"),
            ("Please sign in: https://evil.example/x", "Please sign in: hxxps://evil[.]example/x"),
            ("\u{200b}https://evil.example/x", "⟨U+200B⟩hxxps://evil[.]example/x"),
            ("averyveryverylongscheme://evil.example/x", "averyveryverylongscheme[:]//evil[.]example/x"),
            ("https:\\\\evil.example\\x.y", "hxxps:\\\\evil[.]example\\x.y"),
            ("http:evil.example", "hxxp:evil[.]example"),
            ("http:/evil.example", "hxxp:/evil[.]example"),
            ("ms-word:ofe|u|https://evil.example/x.docx", "ms-word:ofe|u|hxxps://evil[.]example/x.docx"),
            ("https://evil。example/x", "hxxps://evil[。]example/x"),
            ("=HYPERLINK(\"https://evil.example\")", "=HYPERLINK(\"hxxps://evil[.]example\")"),
            ("xhttps://evil.example", "xhxxps://evil[.]example"),
            ("https://a.b/?u=www.evil.example", "hxxps://a[.]b/?u=www[.]evil.example"),
            ("file://server/share/x.pdf", "file[:]//server/share/x.pdf"),
            ("ftp://files.example/x", "fxp://files[.]example/x"),
            ("https://evil.example:8443/a", "hxxps://evil[.]example:8443/a"),
            ("https[:]//evil.example", "hxxps[:]//evil[.]example"),
        ];
        for (url, expected) in cases {
            assert_eq!(defanged(url), expected, "{url}");
            assert_eq!(defanged(expected), *expected, "again {url}");
        }
    }

    #[test]
    fn link_in_a_text_is_found_wherever_it_stands() {
        for text in ["Invoice: https://a.b", "HTTP:/x", "ühttp:\\\\x", "xhttps[:]//a"] {
            assert!(has_link(text), "{text}");
        }
        for text in ["", "http", "https is safe", "h", "hxxps://a[.]b", "éhtté"] {
            assert!(!has_link(text), "{text}");
        }
    }

    #[test]
    fn shown_long_text_says_how_much_is_left_out_and_defanged_keeps_all() {
        let text = shown(&"é".repeat(SHOWN_MAX + 3));
        assert!(text.ends_with("… (3 more characters)"));
        let url = format!("https://a.example/{}", "x".repeat(40_000));
        assert_eq!(defanged(&url).len(), url.len() + 2);
        assert!(shown_url(&url).ends_with("more characters)"));
    }
}
