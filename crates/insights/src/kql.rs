//! Kusto queries and lists to take back into Defender and Sentinel: a view as a query, sign-ins around clicks, entries for the
//! block list, and queries that give the best exports.
//!
//! Owns the texts and how a value is written into them: no text of an export can end its literal. Pure text, but for the question (`ask`) and
//! what it gathers (`malicious`); must not know the data. What the columns of `UrlClickEvents` mean is in `docs/words.md`; all of it with sources: `docs/kql.md`.

mod ask;
mod indicators;
mod malicious;
#[macro_use]
mod ready;
mod sign_ins;

pub use self::ask::AskKql;
pub use self::indicators::indicators;
pub use self::ready::{READY, Ready};
pub use self::sign_ins::{sign_ins_around, sign_ins_around_in_sentinel};

use std::net::Ipv6Addr;

use serde::{Deserialize, Serialize};

use clicks::beside::bare_id;
use clicks::model::text::refanged;
use clicks::model::{
    Action, Field, MINUTE_MS, NEWEST_MS, OLDEST_MS, Verdict, address, host_of_url, iso_of_ms,
};
use clicks::query::{Filter, Key, Zone, action_of};

/// A text to copy, and what it leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Kql {
    /// The text. Of queries printable ASCII and line ends alone, so that it is safe to show as it is; URLs in it are whole.
    pub text: String,
    /// What could not be said in it, a sentence each.
    pub left_out: Vec<String>,
}

/// Verdict and action of a row, as `docs/words.md` has them: the table has all columns, so a threat is known or there is none.
///
/// `IsClickedThrough` is a boolean in the schema, 0 or 1 in results, and a text in Microsoft's own example (`!= "0"`). As a text
/// it is `true`, `True`, `1` or their contrary, whichever of these it was, and null is the empty text: one test holds for all.
/// `tobool` does not do: what it makes of the text `1` is not documented.
const JUDGED: &str = r#"| extend Through = tostring(IsClickedThrough) in~ ("1", "true"),
    Threat = ThreatTypes !in~ ("", "None", "NoThreatsFound")
| extend Verdict = case(
    Through and Threat, "Malicious",
    ActionType =~ "UrlScanInProgress", "Pending",
    Through, "Blocked",
    ActionType =~ "ClickBlockedByTenantPolicy", "Blocked",
    ActionType =~ "UrlErrorPage", "Unknown",
    Threat, "Malicious",
    ActionType =~ "ClickAllowed", "Safe",
    ActionType =~ "ClickBlocked", "Blocked",
    "Unknown"),
  Action = case(
    Through, "UserOverride",
    ActionType =~ "ClickAllowed", "Allowed",
    ActionType in~ ("ClickBlocked", "ClickBlockedByTenantPolicy"), "Blocked",
    ActionType in~ ("UrlErrorPage", "UrlScanInProgress"), "None",
    "Unknown")
"#;

/// Taken away again, so that the result opens as the same records as any other export of these clicks.
const JUDGED_AWAY: &str = "| project-away Through, Threat, Verdict, Action\n";

const NO_THREAT: &str = r#"ThreatTypes in~ ("", "None", "NoThreatsFound")"#;
const HOST: &str = "tostring(parse_url(Url).Host)";
/// What stands for no id: nothing, or zeros.
const NO_ID: &str = r#"in ("", "00000000-0000-0000-0000-000000000000")"#;

/// The view as a query over `UrlClickEvents`. `span` is the time that the filter lets through: Unix milliseconds, the end not
/// included; open ends may be as far away as they like.
///
/// ```
/// use insights::kql::of_filter;
/// use clicks::query::Filter;
/// let kql = of_filter(&Filter::parse("user=ana@contoso.com&url=login"), None);
/// assert!(kql.text.contains("\n| where AccountUpn =~ \"ana@contoso.com\"\n| where Url contains \"login\"\n"));
/// ```
pub fn of_filter(filter: &Filter, span: Option<(i64, i64)>) -> Kql {
    let mut tests: Vec<String> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    if span.is_none() && filter.limits_time() {
        left_out.push("from, to, range: without clicks nobody knows the span".to_owned());
    }
    let wall = wall_clock(filter.tz.as_deref().unwrap_or_default());
    for key in Key::all().filter(|key| filter.has_key(*key)) {
        let (test, is_whole) = test_of(filter, key, wall.as_deref());
        tests.extend(test);
        if !is_whole {
            left_out.push(format!("{}: {}", key.name(), why(key)));
        }
    }
    let judged = [Key::Is(Field::Verdict), Key::Is(Field::Action), Key::Reached];
    let is_judged = judged.iter().any(|key| filter.has_key(*key));
    let mut text = "// Advanced hunting. In Sentinel write TimeGenerated for Timestamp\n".to_owned();
    for what in &left_out {
        text.push_str(&format!("// Differs from the view: {what}\n"));
    }
    text.push_str("UrlClickEvents\n");
    // The time first: it is what the table is stored by.
    if let Some(time) = span.and_then(within) {
        text.push_str(&format!("| where {time}\n"));
    }
    if is_judged {
        text.push_str(JUDGED);
    }
    for test in &tests {
        text.push_str(&format!("| where {test}\n"));
    }
    if is_judged {
        text.push_str(JUDGED_AWAY);
    }
    // Not part of the query: over every column it costs much, and opened here equal rows count once anyhow.
    text.push_str("// The view counts equal rows once: add | distinct * to count as it does\n");
    Kql { text, left_out }
}

/// The test of a key, and whether it says all of the key. Excluded values that cannot be said are left out one by one, which lets
/// more through; of alternatives all are left out then, because without one of them clicks would be missing.
fn test_of(filter: &Filter, key: Key, wall: Option<&str>) -> (Option<String>, bool) {
    let values = |exclude: bool| -> Vec<&str> {
        filter.terms(key).filter(|term| term.exclude == exclude).map(|term| term.value.as_str()).collect()
    };
    let can_say = |value: &&str| key != Key::Without || lacking(value).is_some();
    let wanted = values(false);
    let (unwanted, unsaid): (Vec<&str>, Vec<&str>) = values(true).into_iter().partition(can_say);
    let mut is_whole = unsaid.is_empty() && key != Key::Text;
    let mut both: Vec<String> = Vec::new();
    if !wanted.is_empty() {
        match ways(key, &wanted, wall) {
            Some(ways) if ways.len() > 1 => both.push(format!("({})", ways.join(" or "))),
            Some(ways) => both.push(one_of(&ways)),
            None => is_whole = false,
        }
    }
    if !unwanted.is_empty() {
        match ways(key, &unwanted, wall) {
            Some(ways) => both.push(format!("not({})", one_of(&ways))),
            None => is_whole = false,
        }
    }
    if key == Key::Is(Field::Host) {
        is_whole &= !wanted.iter().chain(&unwanted).any(|value| host(value).contains("xn--"));
    }
    ((!both.is_empty()).then(|| both.join(" and ")), is_whole)
}

/// Alternatives as one test; without any nothing passes.
fn one_of(ways: &[String]) -> String {
    if ways.is_empty() { "false".to_owned() } else { ways.join(" or ") }
}

/// Why a key is not, or not wholly, in a query.
fn why(key: Key) -> &'static str {
    match key {
        Key::Is(Field::Group) => "a directory of people is not part of UrlClickEvents",
        Key::Is(Field::Tenant) => "UrlClickEvents names no tenant",
        Key::Is(Field::Host) => "names in other letters are found only where the URL has them as xn--",
        Key::Without => "UrlClickEvents has no such column",
        Key::Weekday | Key::Hour => "the clocks of its zone change in the course of the year",
        Key::Text => "looked for in URL, user and address; UrlClickEvents has no tenant, subject or sender",
        _ => "concluded here, from all clicks",
    }
}

/// Tests of which one is enough for a click to have one of the values; none where they cannot be said.
fn ways(key: Key, values: &[&str], wall: Option<&str>) -> Option<Vec<String>> {
    let each = |ways_of: &dyn Fn(&str) -> Vec<String>| -> Vec<String> {
        values.iter().flat_map(|value| ways_of(value)).collect()
    };
    let as_written = |column: &str| in_any_case(column, &each(&|value| vec![folded(value)]));
    Some(match key {
        Key::Sign => return None,
        Key::Is(Field::Verdict) => {
            among("Verdict", false, &each(&|value| named(Verdict::from_word(value).map(Verdict::name))))
        }
        Key::Is(Field::Action) => {
            among("Action", false, &each(&|value| named(action_of(value).map(Action::name))))
        }
        Key::Is(Field::RawAction) => as_written("ActionType"),
        Key::Is(Field::Source) => as_written("Workload"),
        Key::Is(Field::User) => as_written("AccountUpn"),
        Key::Is(Field::MessageId) => in_any_case("NetworkMessageId", &each(&|value| vec![bare_id(value)])),
        Key::Is(Field::Host) => in_any_case(HOST, &each(&|value| vec![host(value)])),
        Key::Is(Field::Ip) => addresses(&each(&|value| vec![address(value).to_lowercase()])),
        Key::Is(Field::Url) => among("Url", false, &each(&spellings)),
        Key::Is(Field::Threat) => each(&|value| vec![threat(value)]),
        Key::UrlPart => each(&|value| found_in(&["Url"], value)),
        Key::Text => each(&|value| found_in(&["Url", "AccountUpn", "IPAddress"], value)),
        Key::Reached => each(&reached),
        Key::Without => {
            let ways: Option<Vec<String>> = values.iter().map(|value| lacking(value)).collect();
            ways?
        }
        Key::Weekday => clock(&format!("toint(dayofweek({}) / 1d)", wall?), values),
        Key::Hour => clock(&format!("hourofday({})", wall?), values),
        Key::Is(_) => return None,
    })
}

fn folded(value: &str) -> String {
    value.trim().to_lowercase()
}

fn named(name: Option<&str>) -> Vec<String> {
    name.map(str::to_owned).into_iter().collect()
}

/// As filters read it; in the query it is compared with the host as the URL writes it.
fn host(value: &str) -> String {
    match host_of_url(value.trim()) {
        host if host.is_empty() => folded(value),
        host => host.into_owned(),
    }
}

/// A typed URL or part of one, and the plain one where it is defanged.
fn spellings(value: &str) -> Vec<String> {
    let plain = refanged(value);
    let mut spellings = vec![value.to_owned()];
    if plain != value {
        spellings.push(plain);
    }
    spellings
}

fn found_in(columns: &[&str], value: &str) -> Vec<String> {
    let spellings = spellings(value);
    columns.iter().flat_map(|column| spellings.iter().map(move |part| contains(column, part))).collect()
}

/// Operators that pass over case know the case of ASCII alone. Source: Kusto's reference of `in~` and `contains`.
fn contains(column: &str, part: &str) -> String {
    if part.is_ascii() {
        return format!("{column} contains {}", quoted(part));
    }
    format!("tolower({column}) contains_cs {}", quoted(&part.to_lowercase()))
}

/// A column that has one of these values, which are in lower case; see [`contains`].
fn in_any_case(column: &str, values: &[String]) -> Vec<String> {
    if values.iter().all(|value| value.is_ascii()) {
        return among(column, true, values);
    }
    among(&format!("tolower({column})"), false, values)
}

/// A column that has one of these values.
fn among(column: &str, any_case: bool, values: &[String]) -> Vec<String> {
    let list: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    let (equals, is_in) = if any_case { ("=~", "in~") } else { ("==", "in") };
    match list.as_slice() {
        [] => Vec::new(),
        [value] => vec![format!("{column} {equals} {value}")],
        _ => vec![format!("{column} {is_in} ({})", list.join(", "))],
    }
}

/// Addresses of version 6 have many spellings: they are compared in the one that `parse_ipv6` gives too, eight groups of four
/// digits; of what is no address it gives nothing. Source: Kusto's reference of it.
fn addresses(values: &[String]) -> Vec<String> {
    let long = |value: &String| -> Option<String> {
        let groups = value.parse::<Ipv6Addr>().ok()?.segments();
        Some(groups.map(|group| format!("{group:04x}")).join(":"))
    };
    let long: Vec<String> = values.iter().filter_map(long).collect();
    let mut ways = in_any_case("IPAddress", values);
    ways.extend(among("parse_ipv6(IPAddress)", false, &long));
    ways
}

/// The cell is a word, or a list of words. `has` finds a whole word of ASCII letters and digits.
fn threat(value: &str) -> String {
    let word = folded(value);
    if word == "none" {
        return NO_THREAT.to_owned();
    }
    match word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        true => format!("ThreatTypes has {}", quoted(&word)),
        false => contains("ThreatTypes", &word),
    }
}

fn reached(value: &str) -> Vec<String> {
    let test = match folded(value).as_str() {
        "yes" | "true" | "1" => r#"Action in ("Allowed", "UserOverride")"#,
        "no" | "false" | "0" => r#"Action !in ("Allowed", "UserOverride")"#,
        "unsafe" => {
            r#"(Action in ("Allowed", "UserOverride") and Verdict in ("Malicious", "Blocked", "Pending"))"#
        }
        "waiting" => r#"(Verdict == "Pending" or Action == "None")"#,
        _ => return Vec::new(),
    };
    vec![test.to_owned()]
}

/// The test of a click that has no value in a field; none where the table has no such column.
fn lacking(value: &str) -> Option<String> {
    let is_it = |field: &Field| field.name().eq_ignore_ascii_case(value.trim());
    let column = match Field::ALL.into_iter().map(|def| def.field).find(is_it)? {
        Field::User => "AccountUpn",
        Field::Ip => "IPAddress",
        Field::Source => "Workload",
        Field::RawAction => "ActionType",
        Field::Host => HOST,
        Field::Threat => return Some(NO_THREAT.to_owned()),
        Field::MessageId => return Some(format!("NetworkMessageId {NO_ID}")),
        Field::ReportId => return Some(format!("ReportId {NO_ID}")),
        _ => return None,
    };
    Some(format!("isempty({column})"))
}

/// The time of a click on the wall of a zone; none for one whose clocks change. Kusto counts in UTC.
fn wall_clock(zone: &str) -> Option<String> {
    let east = Zone::fixed(zone)?.offset_at(0) / MINUTE_MS;
    Some(match east {
        0 => "Timestamp".to_owned(),
        1.. => format!("Timestamp + {east}m"),
        _ => format!("Timestamp - {}m", -east),
    })
}

fn clock(part: &str, values: &[&str]) -> Vec<String> {
    let numbers = values.iter().filter_map(|value| value.trim().parse::<u32>().ok());
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    match numbers.as_slice() {
        [] => Vec::new(),
        _ => vec![format!("{part} in ({})", numbers.join(", "))],
    }
}

/// Ends beyond the clicks that are believed limit nothing.
fn within((from, to): (i64, i64)) -> Option<String> {
    let from = (from > OLDEST_MS).then(|| format!("Timestamp >= {}", instant(from)));
    let to = (to < NEWEST_MS).then(|| format!("Timestamp < {}", instant(to)));
    let both: Vec<String> = from.into_iter().chain(to).collect();
    (!both.is_empty()).then(|| both.join(" and "))
}

fn instant(ms: i64) -> String {
    format!("datetime({})", iso_of_ms(ms.clamp(OLDEST_MS, NEWEST_MS)))
}

/// A text as a literal of Kusto. Only printable ASCII stands for itself; all else is written as UTF-16 in hexadecimal digits, so
/// nothing in it ends the literal or the line, hides, or turns the direction of writing.
///
/// Source: `EscapeSequence` in `KqlTokens.g4` and `DecodeEscapes` in `KustoFacts.cs` of microsoft/Kusto-Query-Language.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04X}"));
                }
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
