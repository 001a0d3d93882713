//! Numbers, times and values in words. One way to say each of them.

use clicks::model::text::{defanged, shown};
use clicks::model::{Action, Verdict};
use clicks::query::Chip;

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

/// What to call a filter key on screen.
pub fn key_label(key: &str) -> &'static str {
    match key {
        "verdict" => "Verdict",
        "action" => "Action",
        "rawAction" => "Raw action",
        "source" => "Source",
        "user" => "User",
        "group" => "Group",
        "host" => "Host",
        "url" => "URL",
        "tenant" => "Tenant",
        "ip" => "IP address",
        "threat" => "Threat",
        "automation" => "Clicked by",
        "campaign" => "Campaign",
        "weekday" => "Weekday",
        "hour" => "Hour",
        "reached" => "Reached",
        "q" => "Search",
        "range" => "Last",
        "from" => "From",
        "to" => "Before",
        "tz" => "Time zone",
        _ => "Other",
    }
}

/// What to call a value of a filter key on screen; safe to look at.
pub fn value_label(key: &str, value: &str) -> String {
    match key {
        "verdict" => Verdict::from_word(value).map_or_else(|| shown(value), |v| v.label().to_owned()),
        "action" => Action::from_word(value).map_or_else(|| shown(value), |a| a.label().to_owned()),
        "weekday" => weekday(value.parse().unwrap_or(7)).map_or_else(|| shown(value), str::to_owned),
        "hour" => value.parse::<u8>().map_or_else(|_| shown(value), |h| format!("{h:02}:00–{h:02}:59")),
        "reached" => match value.to_ascii_lowercase().as_str() {
            "unsafe" => "Reached, not safe".to_owned(),
            "waiting" => "Pending or error".to_owned(),
            "yes" => "Reached".to_owned(),
            "no" => "Not reached".to_owned(),
            _ => format!("Reached {}", shown(value)),
        },
        "from" | "to" => short_moment(value),
        "range" => range_label(value),
        "host" | "url" => defanged(value),
        "threat" if value.eq_ignore_ascii_case("none") => "No threat found".to_owned(),
        "source" | "threat" => capitalised(&shown(value)),
        _ => shown(value),
    }
}

/// A piece of the filter in two words: what it is about, and the value. The first is empty where the value
/// says it all.
pub fn chip_words(chip: &Chip) -> (&'static str, String) {
    let about = if chip.key == "reached" { "" } else { key_label(chip.key) };
    (about, value_label(chip.key, &chip.value))
}

/// A piece of the filter as one text.
pub fn chip_text(chip: &Chip) -> String {
    let (about, value) = chip_words(chip);
    let not = if chip.exclude { "not" } else { "" };
    [about, not, &value].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `Email` of `email`: a filter takes these words in any case.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
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

/// `30 days` of `30d`.
pub fn range_label(range: &str) -> String {
    let (digits, unit) = range.split_at(range.len() - range.chars().last().map_or(0, char::len_utf8));
    let word = match unit {
        "d" => "days",
        "h" => "hours",
        _ => return shown(range),
    };
    if digits == "1" {
        format!("1 {}", word.trim_end_matches('s'))
    } else {
        format!("{} {word}", shown(digits))
    }
}

/// Name of a weekday, 0 = Sunday.
pub fn weekday(day: usize) -> Option<&'static str> {
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].get(day).copied()
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

/// `21 Nov 2026 09:00` of an ISO date with a time; the date alone where it has none.
fn short_moment(iso: &str) -> String {
    match iso.get(10..).map(|rest| rest.trim_start_matches(['T', ' '])) {
        Some(time) if !time.is_empty() => format!("{} {}", short_date(iso), shown(time)),
        _ => short_date(iso),
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
            r#"["hxxps://a[.]example/x","hxxp://b[.]example"] é://c[.]d e"#
        );
        assert_eq!(defanged_inside("plain, text."), "plain, text.");
    }

    #[test]
    fn values_in_words_are_safe_to_look_at() {
        assert_eq!(value_label("host", "evil.example"), "evil[.]example");
        assert_eq!(value_label("action", "useroverride"), "User override");
        assert_eq!(value_label("weekday", "9"), "9");
        assert_eq!(value_label("source", "email"), "Email");
        assert_eq!(value_label("to", "2026-11-22T09:00"), "22 Nov 2026 09:00");
        let chip = |key, value: &str, exclude| chip_text(&Chip { key, value: value.to_owned(), exclude });
        assert_eq!(chip("reached", "unsafe", false), "Reached, not safe");
        assert_eq!(chip("weekday", "1", true), "Weekday not Monday");
        assert_eq!(range_label("30d"), "30 days");
        assert_eq!(range_label("é"), "é");
        assert_eq!(range_label(""), "");
        assert_eq!(short_date("2026-11-21T10:00:00Z"), "21 Nov 2026");
        assert_eq!(short_date("soon"), "soon");
    }
}
