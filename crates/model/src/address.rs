//! Addresses that clicks came from, in one spelling each.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

/// The address in its usual spelling: without port and brackets, version 4 inside version 6 as version 4,
/// version 6 in its shortest form, of a list the first. What is no address stays as it is.
///
/// ```
/// use model::address;
/// assert_eq!(address("203.0.113.7:52111"), "203.0.113.7");
/// assert_eq!(address("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
/// assert_eq!(address("300.1.1.1"), "300.1.1.1");
/// ```
pub fn address(text: &str) -> Cow<'_, str> {
    // Nearly every address is written so, and there may be millions.
    if is_usual_version_4(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let text = text.trim();
    let between = |c: char| matches!(c, ',' | ';') || c.is_whitespace();
    let first = text.split(between).find(|part| !part.is_empty()).unwrap_or("");
    canonical(first).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Four numbers from 0 to 255 between dots, without a zero in front.
fn is_usual_version_4(text: &[u8]) -> bool {
    let (mut numbers, mut number, mut digits) = (1, 0_u32, 0);
    for byte in text {
        match byte {
            b'0'..=b'9' if digits < 3 && !(digits > 0 && number == 0) => {
                number = number * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && number < 256 => (numbers, number, digits) = (numbers + 1, 0, 0),
            _ => return false,
        }
    }
    numbers == 4 && digits > 0 && number < 256
}

fn canonical(text: &str) -> Option<String> {
    if let Some((inside, after)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) {
        let port = after.strip_prefix(':').map_or(after, |port| if port.is_empty() { "x" } else { port });
        return port.bytes().all(|b| b.is_ascii_digit()).then(|| of_version_6(inside)).flatten();
    }
    if let Some((host, port)) = text.split_once(':')
        && host.contains('.')
        && !port.is_empty()
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        return host.parse().ok().map(|v4: std::net::Ipv4Addr| v4.to_string());
    }
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(v4)) => Some(v4.to_string()),
        _ => of_version_6(text),
    }
}

/// A zone (`fe80::1%eth0`) is kept as written.
fn of_version_6(text: &str) -> Option<String> {
    let (bare, zone) = text.split_once('%').map_or((text, None), |(bare, zone)| (bare, Some(zone)));
    let v6: Ipv6Addr = bare.parse().ok()?;
    Some(match (v6.to_ipv4_mapped(), zone) {
        (Some(v4), None) => v4.to_string(),
        (_, None) => v6.to_string(),
        (_, Some(zone)) => format!("{v6}%{zone}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_every_known_spelling_is_one() {
        for (text, shown) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("::FFFF:203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:52111", "203.0.113.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:DB8::1]", "2001:db8::1"),
            ("203.0.113.7, 198.51.100.2", "203.0.113.7"),
            ("203.0.113.7;198.51.100.2", "203.0.113.7"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("fe80::1%eth0", "fe80::1%eth0"),
            ("300.1.1.1", "300.1.1.1"),
            ("999.1.1.1", "999.1.1.1"),
            ("not an ip", "not an ip"),
            ("Internal IP", "Internal IP"),
            ("203.0.113.7:", "203.0.113.7:"),
            ("[2001:db8::1]:x", "[2001:db8::1]:x"),
        ] {
            assert_eq!(address(text), shown, "{text}");
        }
    }
}
