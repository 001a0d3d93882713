//! Numbers, times and values in words. One way to say each of them.

mod filter;

use clicks::beside::GroupBy;
use clicks::import::Gap;
pub use clicks::model::text::defanged_inside;
use clicks::model::text::shown;
use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::Dashboard;

pub use self::filter::{Piece, chip_text, filter_text, key_label, piece_text, pieces, value_label};
use crate::platform::zone;

pub use clicks::model::text::{counted, thousands as number};

/// What "Reached, not safe" counts: decision 005.
pub const REACHED_NOT_SAFE: &str = "Clicks that were let through or clicked through, to a page whose verdict is Malicious, Block list or Pending. A verdict that is not known does not count.";

/// Where it is not: "not in this export", or of several not in every one.
pub fn absent_from(d: &Dashboard) -> &'static str {
    if d.files > 1 { "not in every export" } else { "not in this export" }
}

/// What the exports do not say, in words.
pub const fn not_said(d: &Dashboard, gap: Gap) -> &'static str {
    match (gap, d.files > 1) {
        (Gap::Threats, false) => "threats not in this export",
        (Gap::Threats, true) => "threats not in every export",
        (Gap::Action, false) => "no action in this export",
        (Gap::Action, true) => "actions not in every export",
        (Gap::ClickThrough, false) => "click-throughs not in this export",
        (Gap::ClickThrough, true) => "click-throughs not in every export",
        (Gap::Allowed, false) => "no allowed clicks in this export",
        (Gap::Allowed, true) => "no allowed clicks in these exports",
    }
}

/// A sentence without its full stop, to be given one.
pub fn unpointed(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}

/// `4.6 %`, `89 %`; "–" where there is nothing to be a part of.
pub fn percent(n: u64, of: u64) -> String {
    if of == 0 { "–".to_owned() } else { charts::words::percent(n, of) }
}

/// "56 of 4,000 clicks".
pub fn in_view(d: &Dashboard) -> String {
    format!("{} of {}", number(d.totals.clicks), counted(d.all_clicks, "click", "clicks"))
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

/// A time of the data in a zone; text that is no time as it is.
pub fn time_in(value: &str, tz: &str) -> String {
    let ms = value.parse::<f64>().unwrap_or_else(|_| zone::unix_ms(value));
    if ms.is_nan() { shown(value) } else { zone::date_time(ms, tz) }
}

/// A value of a field as it is shown, and copied: safe.
pub fn value_text(field: Field, value: &Untrusted, tz: &str) -> String {
    let word = match field {
        Field::Time => Some(time_in(value.original(), tz)),
        Field::Url | Field::Host => Some(value.shown_url()),
        Field::Verdict => Verdict::from_word(value.original()).map(|v| v.label().to_owned()),
        Field::Action => Action::from_word(value.original()).map(|a| a.label().to_owned()),
        Field::Automation | Field::Attempt | Field::Campaign => {
            Some(value_label(field.name(), value.original()))
        }
        _ => None,
    };
    word.unwrap_or_else(|| defanged_inside(value.original()))
}

/// What the groups of people are, on screen.
pub const fn group_label(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Group => "Group",
        GroupBy::Department => "Department",
        GroupBy::Company => "Company",
        GroupBy::Office => "Office",
        GroupBy::JobTitle => "Job title",
        GroupBy::Manager => "Manager",
        GroupBy::AccountType => "Account type",
    }
}

/// What to call a field in the middle of a sentence.
pub const fn field_word(field: Field) -> &'static str {
    match field {
        Field::Time => "date",
        Field::User => "user",
        Field::Url => "URL",
        Field::Verdict => "verdict",
        Field::Action => "action",
        Field::Source => "source",
        Field::Ip => "IP address",
        Field::Subject => "subject",
        Field::Sender => "sender",
        Field::Tenant => "tenant",
        Field::RawAction => "raw action",
        Field::Threat => "threat type",
        Field::Host => "host",
        Field::MessageId => "message",
        Field::ReportId => "report id",
        Field::Campaign => "campaign",
        Field::Attempt => "outcome",
        _ => "value",
    }
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

/// A span of milliseconds in its largest fitting unit: `12 seconds`, `5 minutes`, `3 hours`, `2 days`.
pub fn span(ms: i64) -> String {
    let seconds = ms.unsigned_abs() / 1_000;
    match seconds {
        0..120 => counted(seconds, "second", "seconds"),
        120..7_200 => counted(seconds / 60, "minute", "minutes"),
        7_200..172_800 => counted(seconds / 3_600, "hour", "hours"),
        _ => counted(seconds / 86_400, "day", "days"),
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
