//! The form of a URL: what stays when everything that is made for one recipient is taken out.
//!
//! Owns what is a token and what is a word. A form is a text, so that two URLs are of one form exactly when these are
//! equal. Must not know hosts, clicks or verdicts.

/// Longer words of letters alone are no words. Source: ours; the longest of the common English ones have 15.
const LONGEST_WORD: usize = 20;
/// So many digits in a row are a number of somebody, not of a version or a year.
const MANY_DIGITS: usize = 5;
/// Letters and digits that take turns so often are no name like `office365` or `mp3`.
const TURNS: usize = 2;
/// What is looked at of a URL: nobody needs more to tell two apart, and a hostile one may have megabytes.
const LOOKED_AT: usize = 600;

/// Writes the form of a URL behind its authority: the path with `*` in the place of tokens, and the names of its parameters.
///
/// `/invoice/a8f3c2/view?e=YW5h&lang=en` is `/invoice/*/view?e&lang`.
pub fn form_of(url: &str, out: &mut String) {
    let rest = behind_authority(url);
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    for segment in path.split(['/', '\\']).filter(|segment| !segment.is_empty()) {
        out.push('/');
        push_segment(segment, out);
    }
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        out.push('?');
        for (place, part) in query.split('&').enumerate() {
            if place > 0 {
                out.push('&');
            }
            match part.split_once('=') {
                Some((name, _)) if !is_token(name) => out.push_str(name),
                None if !is_token(part) => out.push_str(part),
                _ => out.push('*'),
            }
        }
    }
}

/// The part of a URL that tells two pages of one host apart, for URLs that are one with and without `/` at the end and with
/// any fragment that is a place in a page: browsers do not send it. What begins `#/` or `#!` is a page of its own to the
/// programs that run there. Source: `Url` of `UrlClickEvents` always ends with `/` where there is no path.
pub fn page_of(url: &str) -> &str {
    let rest = whole_behind_authority(url);
    let fragment =
        rest.find('#').filter(|at| !rest[*at..].starts_with("#/") && !rest[*at..].starts_with("#!"));
    rest[..fragment.unwrap_or(rest.len())].trim_end_matches('/')
}

/// Whether the path of a form is so much of its own that two hosts that have it are of one hand: at least two words, sixteen
/// letters. Names of parameters say nothing: every newsletter has `utm_source`.
pub fn is_telling(form: &str) -> bool {
    let path = form.split('?').next().unwrap_or_default();
    let words = path.split('/').filter(|part| part.len() > 2 && !part.contains('*'));
    let (mut count, mut letters) = (0, 0);
    for word in words {
        count += 1;
        letters += word.len();
    }
    count >= 2 && letters >= 16
}

/// What follows scheme and authority, without the fragment, of the first [`LOOKED_AT`] bytes.
fn behind_authority(url: &str) -> &str {
    let url = url.get(..floor(url, LOOKED_AT)).unwrap_or(url);
    whole_behind_authority(url).split('#').next().unwrap_or_default()
}

fn whole_behind_authority(url: &str) -> &str {
    let bytes = url.as_bytes();
    let scheme = memchr::memchr_iter(b':', bytes).find(|colon| bytes[*colon..].starts_with(b"://"));
    let rest = url.get(scheme.map_or(0, |colon| colon + 3)..).unwrap_or_default();
    let ends = rest.bytes().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    ends.map_or("", |at| &rest[at..])
}

/// The last place at or before `at` where a text can be cut.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// A segment with its tokens replaced, part by part: `report-2026-8f3a9c.pdf` keeps all but one.
fn push_segment(segment: &str, out: &mut String) {
    let bytes = segment.as_bytes();
    let is_hex = |b: &u8| b.is_ascii_hexdigit() || *b == b'-';
    let is_number = bytes.len() > LONGEST_WORD && bytes.iter().all(is_hex);
    let is_address = |at: usize| bytes[at] == b'@' || bytes[at..].starts_with(b"%40");
    if is_number || memchr::memchr2_iter(b'@', b'%', bytes).any(is_address) {
        out.push('*');
        return;
    }
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let between = match byte {
            b'-' | b'_' | b'~' | b'!' | b':' | b',' | b';' | b'=' => '-',
            b'.' => '.',
            _ => continue,
        };
        push_part(&segment[from..at], out);
        out.push(between);
        from = at + 1;
    }
    push_part(&segment[from..], out);
}

fn push_part(part: &str, out: &mut String) {
    if is_token(part) {
        out.push('*');
        return;
    }
    let from = out.len();
    out.push_str(part);
    out[from..].make_ascii_lowercase();
}

/// Whether a part looks made for one recipient.
fn is_token(part: &str) -> bool {
    let (mut digits, mut letters, mut turns, mut cases, mut others) = (0, 0, 0, 0, 0);
    let mut last: Option<u8> = None;
    for byte in part.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'A'..=b'Z' => letters += 1,
            _ => others += 1,
        }
        if let Some(last) = last.filter(|last| last.is_ascii_alphanumeric() && byte.is_ascii_alphanumeric()) {
            turns += usize::from(last.is_ascii_digit() != byte.is_ascii_digit());
            let is_up = last.is_ascii_lowercase() && byte.is_ascii_uppercase();
            cases += usize::from(is_up);
        }
        last = Some(byte);
    }
    if others > 0 {
        // Escapes and other scripts: words, unless they are long.
        return part.len() > 40 || digits >= MANY_DIGITS && turns >= TURNS;
    }
    match (digits, letters) {
        (0, 0) => false,
        (_, 0) => digits >= MANY_DIGITS,
        (0, _) => letters > LONGEST_WORD || cases > 2,
        _ => turns >= TURNS || digits >= MANY_DIGITS || part.len() > LONGEST_WORD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(url: &str) -> String {
        let mut out = String::new();
        form_of(url, &mut out);
        out
    }

    #[test]
    fn form_of_urls_for_each_recipient_is_one() {
        for (url, wanted) in [
            ("https://evil.example/invoice/a8f3c2/view?e=YW5h&lang=en", "/invoice/*/view?e&lang"),
            ("https://evil.example/invoice/77b1ff/view?e=Ym8&lang=de", "/invoice/*/view?e&lang"),
            ("https://evil.example/r/6f9619ff-8b86-d011-b42d-00c04fc964ff", "/r/*"),
            ("https://evil.example/r/ana@contoso.com/x", "/r/*/x"),
            ("https://evil.example/t/98231", "/t/*"),
            ("https://evil.example/?aGVsbG8gd29ybGQgaGVsbG8", "?*"),
            ("https://evil.example", ""),
            ("https://evil.example/#part", ""),
            ("evil.example/Login/", "/login"),
        ] {
            assert_eq!(form(url), wanted, "{url}");
        }
    }

    #[test]
    fn form_keeps_words_years_and_versions() {
        for (url, wanted) in [
            ("https://a.example/office365/login.php", "/office365/login.php"),
            ("https://a.example/v2/report-2026-q1.pdf", "/v2/report-2026-q1.pdf"),
            ("https://a.example/how_to_reset-your_password", "/how-to-reset-your-password"),
            ("https://a.example/%E4%BD%A0%E5%A5%BD", "/%e4%bd%a0%e5%a5%bd"),
        ] {
            assert_eq!(form(url), wanted, "{url}");
        }
    }

    #[test]
    fn form_of_a_hostile_url_is_short_and_cut_between_characters() {
        assert!(form(&format!("https://a.example/{}", "é/".repeat(100_000))).len() <= LOOKED_AT * 2);
        assert!(form(&"a".repeat(5_000_000)).is_empty());
    }

    #[test]
    fn telling_forms_have_words_of_their_own() {
        assert!(is_telling("/wp-content/office365/verify.php?e"));
        assert!(!is_telling("/r/*?utm_source&utm_medium&utm_campaign"));
        assert!(!is_telling("/login"));
        assert!(!is_telling("/*/*/*?a&b&c"));
    }
}
