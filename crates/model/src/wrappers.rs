//! URLs that stand inside other URLs: what services of mail security put around a link, and how what is inside is read.
//!
//! Owns the services, the form of each, and what a URL is without defanging. Must not know what is suspicious, nor who asks.

use std::borrow::Cow;

use crate::host_of_url;
use crate::text::refanged;

/// A URL that stands inside of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The service around it: `Safe Links`, `Proofpoint`, `Mimecast`, `Barracuda`, `Cisco`, `Sophos`, `Check Point`, `Symantec`,
    /// `Trellix`.
    pub by: &'static str,
    /// What is inside, not defanged. A host alone where no more can be told.
    pub url: String,
    /// It is the whole URL, and not its host alone.
    pub is_whole: bool,
}

/// Wrapper in wrapper in wrapper: more is an attack on whoever reads it. No source: two are usual.
pub const MOST_LAYERS: usize = 8;

/// The service whose data this is about; the others are other vendors.
pub const SAFE_LINKS: &str = "Safe Links";

/// How a service writes what is inside.
enum Form {
    /// As the value of this parameter, with escapes.
    Value(&'static str),
    /// In one of three ways: `/v1/`, `/v2/`, `/v3/`.
    Proofpoint,
    /// Not at all, but for the host, where somebody chose that it be shown.
    Host,
    /// As the last part of the path, with escapes.
    LastPart,
    /// As base64 in `u`; the host in `d`.
    Base64,
    /// Between two `___`.
    Underlined,
}

/// A service: its host, or what that ends with; how the path begins; its name; its form.
type Wrapper = (&'static str, &'static str, &'static str, Form);

/// The services that are known.
///
/// Sources: Safe Links: Microsoft Learn, “Safe Links in Microsoft Defender for Office 365”; its hosts for governments and China
/// and the pages of Teams and Outlook as links in public archives have them. Proofpoint: help.proofpoint.com, “How do I decode
/// a rewritten URL?”, and its published decoder 3.0.1; `urldefense.us` as in public archives. Mimecast: its support pages
/// “URL Protect: Embedded Links” and “Targeted Threat Protection: Domain Update Feb 2024”. Barracuda: campus.barracuda.com,
/// “Understanding Link Protection”. The others: links in public mail archives.
static WRAPPERS: [Wrapper; 17] = [
    ("safelinks.protection.outlook.com", "", SAFE_LINKS, Form::Value("url")),
    ("safelinks.protection.office365.us", "", SAFE_LINKS, Form::Value("url")),
    ("safelinks.protection.apps.mil", "", SAFE_LINKS, Form::Value("url")),
    ("safelinks.protection.partner.outlook.cn", "", SAFE_LINKS, Form::Value("url")),
    ("teams.cdn.office.net", "/evergreen-assets/safelinks/", SAFE_LINKS, Form::Value("url")),
    ("outlook.office.com", "/mail/safelink.html", SAFE_LINKS, Form::Value("url")),
    ("urldefense.proofpoint.com", "/v", "Proofpoint", Form::Proofpoint),
    ("urldefense.com", "/v", "Proofpoint", Form::Proofpoint),
    ("urldefense.us", "/v", "Proofpoint", Form::Proofpoint),
    ("mimecast.com", "/s", "Mimecast", Form::Host),
    ("mimecastprotect.com", "/s", "Mimecast", Form::Host),
    ("linkprotect.cudasvc.com", "/url", "Barracuda", Form::Value("a")),
    ("secure-web.cisco.com", "/", "Cisco", Form::LastPart),
    ("protection.sophos.com", "", "Sophos", Form::Base64),
    ("protect.checkpoint.com", "/v", "Check Point", Form::Underlined),
    ("clicktime.symantec.com", "", "Symantec", Form::Value("u")),
    ("protect2.fireeye.com", "", "Trellix", Form::Value("u")),
];

/// What stands inside a URL, the outermost layer first, at most [`MOST_LAYERS`]; nothing for a URL that is not wrapped, and for
/// one whose inside cannot be read: without a host, or with escapes that are no text. Linear in its length.
pub fn layers(url: &str) -> Vec<Layer> {
    let mut found: Vec<Layer> = Vec::new();
    while found.len() < MOST_LAYERS {
        let around = found.last().map_or(url, |layer| layer.url.as_str());
        let Some(layer) = opened(around) else { break };
        found.push(layer);
    }
    found
}

/// A URL as it is, without wrappers and defanging, so that it can be compared with its wrapped or defanged twin. What a wrapper
/// only tells the host of stays wrapped. A plain URL is borrowed, without blanks before it, after a look at its bytes and its
/// host.
pub fn bare(url: &str) -> Cow<'_, str> {
    match layers(url).into_iter().rfind(|layer| layer.is_whole) {
        Some(layer) => Cow::Owned(layer.url),
        None => unfanged(url),
    }
}

/// [`bare`] of a URL whose host is known: where that [`wraps`] nothing, a look at its bytes is enough.
pub fn bare_of(url: &str, may_be_wrapped: bool) -> Cow<'_, str> {
    if may_be_wrapped { bare(url) } else { unfanged(url) }
}

/// The service whose host this is, as [`host_of_url`] gives it: the target of its URLs stands inside of them.
pub fn wraps(host: &str) -> Option<&'static str> {
    wrapper_of(host).map(|(_, _, by, _)| *by)
}

/// The innermost URL, or its host where no more is known, and whether another vendor than Microsoft has wrapped it.
pub fn inside(url: &str) -> (Cow<'_, str>, bool) {
    let mut layers = layers(url);
    let is_foreign = layers.iter().any(|layer| layer.by != SAFE_LINKS);
    match layers.pop() {
        Some(layer) => (Cow::Owned(layer.url), is_foreign),
        None => (unfanged(url), false),
    }
}

fn wrapper_of(host: &str) -> Option<&'static Wrapper> {
    // Mimecast has pages of its own beside those that wrap.
    let wraps = |form: &Form| !matches!(form, Form::Host) || host.contains("protect");
    WRAPPERS.iter().find(|(known, _, _, form)| is_under(host, known) && wraps(form))
}

/// Whether a host is this one, or one under it.
pub fn is_under(host: &str, known: &str) -> bool {
    host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// A host, and all that it stands under, the longest first: `a.b.example`, `b.example`, `example`.
pub fn with_parents(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, parent)| parent))
}

/// One layer.
fn opened(url: &str) -> Option<Layer> {
    let url = unfanged(url);
    let host = host_of_url(&url);
    let (_, path, by, form) = wrapper_of(&host)?;
    let (_, rest) = parted(&url);
    if !rest.starts_with(*path) {
        return None;
    }
    let mut is_whole = true;
    let inner = match form {
        // What stands behind `#` never reaches the service.
        Form::Value(name) => decoded(parameter(rest.split('#').next()?, name)?)?,
        Form::Proofpoint => proofpoint(rest)?,
        Form::Host => {
            is_whole = false;
            decoded(parameter(rest, "domain")?)?
        }
        Form::LastPart => decoded(rest.rsplit_once('/')?.1)?,
        Form::Base64 => match parameter(rest, "u").and_then(of_base64) {
            Some(url) => url,
            None => {
                is_whole = false;
                decoded(parameter(rest, "d")?)?
            }
        },
        Form::Underlined => rest.split("___").nth(1)?.to_owned(),
    };
    let inner = unfanged(&with_slashes(&inner)).into_owned();
    let has_host = !host_of_url(&inner).is_empty();
    has_host.then_some(Layer { by, url: inner, is_whole })
}

/// What is inside of a link of Proofpoint, from its path on.
fn proofpoint(rest: &str) -> Option<String> {
    if let Some(inside) = rest.strip_prefix("/v3/__") {
        return starred(inside);
    }
    let value = parameter(rest, "u")?;
    let value = match rest.starts_with("/v2/") {
        true => decoded(&value.replace('-', "%").replace('_', "/")),
        false => decoded(value),
    };
    // The decoder of the vendor undoes what HTML escapes; in a URL that is the ampersand.
    value.map(|url| url.replace("&amp;", "&"))
}

/// `https://a.example/x*y__;Kw!…` is `https://a.example/x+y`: characters that mail could spoil are replaced by `*`, runs of
/// two and more by `**` and their length, and stand as base64 behind `__;`. A star that none is left for stays one.
fn starred(inside: &str) -> Option<String> {
    let (url, behind) = inside.split_once("__;")?;
    let replaced = of_base64(behind.split('!').next().unwrap_or_default())?;
    let url = decoded(url)?;
    let mut out = String::with_capacity(url.len());
    let (mut stars, mut left) = (url.chars(), replaced.chars());
    while let Some(c) = stars.next() {
        if c != '*' {
            out.push(c);
            continue;
        }
        let mut ahead = stars.clone();
        let run = match ahead.next() {
            // `A` for two characters, `B` for three …
            Some('*') => ahead.next().and_then(|c| u8::try_from(c).ok()).and_then(sextet),
            _ => None,
        };
        match run {
            Some(run) => {
                out.extend(left.by_ref().take(usize::from(run) + 2));
                stars = ahead;
            }
            None => out.push(left.next().unwrap_or('*')),
        }
    }
    Some(out)
}

/// What passed through some programs has one slash behind `https:`.
fn with_slashes(url: &str) -> Cow<'_, str> {
    for scheme in ["https:/", "http:/"] {
        if let Some(rest) = url.strip_prefix(scheme) {
            return match rest.starts_with('/') {
                true => Cow::Borrowed(url),
                false => Cow::Owned(format!("{scheme}/{rest}")),
            };
        }
    }
    Cow::Borrowed(url)
}

/// Authority of a web URL, with or without scheme, and what follows it; both empty for other URLs.
pub fn parted(url: &str) -> (&str, &str) {
    const WEB: [&str; 5] = ["https", "http", "ftp", "wss", "ws"];
    let ends = |b: u8| matches!(b, b'/' | b'\\' | b'?' | b'#');
    let scheme = url.split_once(':').filter(|(scheme, _)| !scheme.bytes().any(ends));
    let (is_web, behind) = match scheme {
        Some((scheme, behind)) if WEB.iter().any(|web| scheme.eq_ignore_ascii_case(web)) => (true, behind),
        // What stands before a port has a dot.
        Some((scheme, _)) if !scheme.contains('.') => return ("", ""),
        _ => (false, url),
    };
    let behind = if is_web { behind.trim_start_matches(['/', '\\']) } else { behind };
    let (authority, rest) = behind.split_at(behind.bytes().position(ends).unwrap_or(behind.len()));
    // Without a scheme it is an address of mail.
    if !is_web && authority.contains('@') { ("", "") } else { (authority, rest) }
}

/// The value of a parameter of the query, as it is written. Ampersands may still be those of HTML.
fn parameter<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = rest.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut named = values.filter(|(key, _)| key.strip_prefix("amp;").unwrap_or(key) == name);
    named.next().map(|(_, value)| value)
}

/// With the escapes `%41` undone; those that are broken stay. None where that is no text.
pub fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        let escaped = match *byte == b'%' {
            true => digit(0).zip(digit(1)),
            false => None,
        };
        match escaped {
            Some((high, low)) => {
                out.push((high << 4 | low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// The text of base64, also of what a URL has escaped in it. None where it is none.
fn of_base64(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let text = decoded(text)?;
    let is_well = base64(text.as_bytes(), &mut |byte| {
        out.push(byte);
        true
    });
    String::from_utf8(out).ok().filter(|_| is_well)
}

/// Hands the bytes that base64 stands for, of either alphabet, one after the other to `take`, until that says no. Whether all
/// were taken.
pub fn base64(text: &[u8], take: &mut dyn FnMut(u8) -> bool) -> bool {
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text {
        let Some(six) = sextet(*byte) else { return *byte == b'=' };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            if !take((bits >> count) as u8) {
                return false;
            }
        }
    }
    true
}

/// What a letter of base64 stands for.
const fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    })
}

/// Without defanging, and without blanks before it: as [`refanged`], and the schemes that stand inside of it too, in the case
/// that they have.
pub fn unfanged(url: &str) -> Cow<'_, str> {
    /// What defanging leaves in a URL.
    const MARKS: [&str; 5] = ["[.]", "(.)", "[:]", "[://]", "⟨U+"];
    let url = url.trim_start();
    let begins = |name: &str| url.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    // The last one is the first byte of `⟨`.
    let may_be_marked = || memchr::memchr3(b'[', b'(', 0xe2, url.as_bytes()).is_some();
    let is_marked = || may_be_marked() && MARKS.iter().any(|mark| url.contains(*mark));
    match begins("hxxp") || begins("fxp:") || is_marked() {
        true => Cow::Owned(refanged(&with_schemes(url))),
        false => Cow::Borrowed(url),
    }
}

/// `hxxp` is `http`, and `fxp` is `ftp`, wherever a colon follows.
fn with_schemes(url: &str) -> String {
    let mut bytes = url.as_bytes().to_vec();
    let mut before = b' ';
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        let begins = |name: &[u8]| rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
        let len = if begins(b"hxxp") {
            4
        } else if begins(b"fxp") && !before.is_ascii_alphanumeric() {
            3
        } else {
            0
        };
        before = bytes[at];
        let after = rest.get(len..).unwrap_or_default();
        let after = after.strip_prefix(b"s").or_else(|| after.strip_prefix(b"S")).unwrap_or(after);
        if len > 0 && (after.starts_with(b":") || after.starts_with(b"[:")) {
            for byte in bytes.iter_mut().skip(at).take(len) {
                match *byte {
                    b'x' => *byte = b't',
                    b'X' => *byte = b'T',
                    _ => {}
                }
            }
        }
    }
    // One letter for another is still a text.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests;
