//! Numbers, times and values in words. One way to say each of them.

mod filter;

use clicks::model::text::{defanged, shown};

pub use self::filter::{Piece, chip_text, chip_words, key_label, piece_text, pieces, value_label};

/// `12,480`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 click`, `12,480 clicks`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// `4.6 %`, `89 %`; small shares keep a digit, and what is not none is never `0 %`.
pub fn percent(n: u64, of: u64) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    let share = n as f64 * 100.0 / of as f64;
    match share {
        _ if n == 0 => "0 %".to_owned(),
        _ if share < 0.1 => "under 0.1 %".to_owned(),
        _ if n < of && share > 99.0 => "over 99 %".to_owned(),
        _ if share < 10.0 => format!("{share:.1} %"),
        _ => format!("{share:.0} %"),
    }
}

/// `1.9 GB`.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let mut size = n as f64;
    let mut unit = 0;
    while size >= 1000.0 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    match unit {
        0 => format!("{n} bytes"),
        _ if size < 10.0 => format!("{size:.1} {}", UNITS[unit]),
        _ => format!("{size:.0} {}", UNITS[unit]),
    }
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

/// `21 Nov 2026` of an ISO date; other text as it is.
pub fn short_date(iso: &str) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = iso.get(..10).unwrap_or(iso).splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    match (year, month, day.and_then(|d| d.parse::<u8>().ok())) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => shown(iso),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        assert_eq!(number(0), "0");
        assert_eq!(number(12_480), "12,480");
        assert_eq!(number(1_000_000), "1,000,000");
        assert_eq!(percent(0, 10), "0 %");
        assert_eq!(percent(1, 10_000), "under 0.1 %");
        assert_eq!(percent(9_999, 10_000), "over 99 %");
        assert_eq!(percent(573, 12_480), "4.6 %");
        assert_eq!(percent(1, 0), "–");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(1_900_000_000), "1.9 GB");
    }

    #[test]
    fn urls_inside_a_text_are_all_defanged() {
        assert_eq!(
            defanged_inside(r#"["https://a.example/x","http://b.example"] é://c.d e"#),
            r#"["hxxps://a[.]example/x","hxxp://b[.]example"] é[:]//c[.]d e"#
        );
        assert_eq!(defanged_inside("plain, text."), "plain, text.");
    }

    #[test]
    fn dates_in_words() {
        assert_eq!(short_date("2026-11-21T10:00:00Z"), "21 Nov 2026");
        assert_eq!(short_date("soon"), "soon");
    }
}
