//! Kusto queries and lists to take back into Defender and Sentinel: a view as a query, sign-ins around clicks, entries for the
//! block list, and queries that give the best exports.
//!
//! Owns the texts and how a value is written into them: no text of an export can end its literal. Pure text; must not know
//! the data. What the columns of `UrlClickEvents` mean is in `docs/words.md`; all of it with sources: `docs/kql.md`.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use clicks::beside::bare_id;
use clicks::model::standard::{Opened, opened};
use clicks::model::text::{counted, defanged, refanged, thousands};
use clicks::model::{
    Action, Field, MINUTE_MS, NEWEST_MS, OLDEST_MS, Verdict, address, host_of_url, iso_of_ms,
};
use clicks::query::{Filter, Key, Zone};

/// A text to copy, and what it leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Kql {
    /// The text. Of queries printable ASCII and line ends alone, so that it is safe to show as it is; URLs in it are whole.
    pub text: String,
    /// What could not be said in it, a sentence each.
    pub left_out: Vec<String>,
}

/// A query that produces what can be opened here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// What it is called.
    pub title: &'static str,
    /// What it gives and how it is opened.
    pub means: &'static str,
    /// The query.
    pub text: &'static str,
}

/// The same columns in every query of clicks: rows that two exports share say the same then, and count once. Columns that older
/// tenants lack (`AppName` and its like) are not among them, because a query that names one fails there.
macro_rules! of_clicks {
    ($more:literal) => {
        concat!(
            "\n| project Timestamp, Url, ActionType, AccountUpn, Workload, NetworkMessageId, ThreatTypes,",
            "\n    DetectionMethods, IPAddress, IsClickedThrough, UrlChain, ReportId",
            $more
        )
    };
}

/// What is read of a sign-in, and what somebody looks at beside it. Both tables of Advanced hunting have all of these.
macro_rules! of_sign_ins {
    () => {
        "Timestamp, AccountUpn, IPAddress, Country, City, Application, ErrorCode, LogonType,\n    OSPlatform, Browser, UserAgent, SessionId, RiskLevelAggregated"
    };
}

/// Queries for Advanced hunting that give the best input. Sources of limits: `docs/kql.md`.
pub const READY: &[Ready] = &[
    Ready {
        title: "Clicks of the last 30 days",
        means: "Every click with all that is read here. Export the result and open it.",
        text: concat!("UrlClickEvents\n| where Timestamp > ago(30d)", of_clicks!("")),
    },
    Ready {
        title: "Clicks with subject and sender",
        means: "The same in one table with the subject and the sender of the message.",
        // One row a message on the right, so that a message to many does not multiply its clicks.
        text: concat!(
            "let clicks = UrlClickEvents | where Timestamp > ago(30d);\n",
            "let messages = clicks | where isnotempty(NetworkMessageId) | distinct NetworkMessageId;\n",
            "clicks\n",
            "| join kind=leftouter (\n",
            "    EmailEvents\n",
            "    | where Timestamp > ago(30d) and NetworkMessageId in (messages)\n",
            "    | summarize Subject = take_any(Subject), SenderFromAddress = take_any(SenderFromAddress)\n",
            "        by NetworkMessageId\n",
            "    ) on NetworkMessageId",
            of_clicks!(", Subject, SenderFromAddress")
        ),
    },
    Ready {
        title: "Messages of clicked links",
        means: "When each message was delivered and where to, with subject and sender. Open it together with the clicks.",
        text: "\
let messages = UrlClickEvents
| where Timestamp > ago(30d) and isnotempty(NetworkMessageId)
| distinct NetworkMessageId;
EmailEvents
| where Timestamp > ago(30d) and NetworkMessageId in (messages)
| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject, SenderFromAddress,
    DeliveryAction, LatestDeliveryLocation",
    },
    Ready {
        title: "Clicks in parts",
        means: "For more than 100,000 clicks: run it with 0, 1, 2 and 3, export each, and open the four together.",
        text: concat!(
            "UrlClickEvents\n| where Timestamp > ago(30d)\n| where hash(ReportId, 4) == 0",
            of_clicks!("")
        ),
    },
    Ready {
        title: "Sign-ins of people who reached bad pages",
        means: "All their sign-ins of the last 30 days, so that a new address stands out. Open it together with the clicks.",
        text: concat!(
            "let people = UrlClickEvents\n",
            "| where Timestamp > ago(30d)\n",
            "| where tostring(IsClickedThrough) in~ (\"1\", \"true\")\n",
            "    or (ActionType =~ \"ClickAllowed\" and isnotempty(ThreatTypes))\n",
            "| summarize by Upn = tolower(AccountUpn);\n",
            "EntraIdSignInEvents // older tenants: AADSignInEventsBeta\n",
            "| where Timestamp > ago(30d) and tolower(AccountUpn) in (people)\n",
            "| project ",
            of_sign_ins!()
        ),
    },
];

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

/// As filters read it: `override` is what people say.
fn action_of(word: &str) -> Option<Action> {
    if word.trim().eq_ignore_ascii_case("override") {
        return Some(Action::UserOverride);
    }
    Action::from_word(word)
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

/// More people are no query that anybody reads.
const MOST_PEOPLE: usize = 200;
/// The same for clicks.
const MOST_CLICKS: usize = 1_000;
/// A week: sign-ins further away say nothing of a click.
const MOST_MINUTES: i64 = 7 * 24 * 60;

const HUNTING: &str = concat!(
    "clicks
| join kind=inner (
    EntraIdSignInEvents // older tenants: AADSignInEventsBeta
    | where Timestamp between (since .. until)
    | extend Upn = tolower(AccountUpn)
    ) on Upn
| where Timestamp between ((Clicked - around) .. (Clicked + around))
| project Clicked, ",
    of_sign_ins!(),
    "
| sort by AccountUpn asc, Timestamp asc
"
);

const SENTINEL: &str = "\
clicks
| join kind=inner (
    SigninLogs // those without a prompt: AADNonInteractiveUserSignInLogs
    | where TimeGenerated between (since .. until)
    | extend Upn = tolower(UserPrincipalName)
    ) on Upn
| where TimeGenerated between ((Clicked - around) .. (Clicked + around))
| project Clicked, TimeGenerated, UserPrincipalName, IPAddress, Location, AppDisplayName, ResultType,
    DeviceDetail, UserAgent, RiskLevelDuringSignIn
| sort by UserPrincipalName asc, TimeGenerated asc
";

/// A query for the sign-ins of people so many minutes before and after instants (Unix milliseconds), in Advanced hunting. Nobody
/// gives no text. Of more than 200 people or 1,000 clicks the first are asked for, which the text says.
pub fn sign_ins_around(people: &[(String, i64)], minutes: i64) -> String {
    around(people, minutes, HUNTING)
}

/// [`sign_ins_around`] for the table `SigninLogs` of Sentinel.
pub fn sign_ins_around_in_sentinel(people: &[(String, i64)], minutes: i64) -> String {
    around(people, minutes, SENTINEL)
}

fn around(people: &[(String, i64)], minutes: i64, body: &str) -> String {
    let minutes = minutes.clamp(1, MOST_MINUTES);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut met: HashSet<String> = HashSet::new();
    let mut lines: Vec<String> = Vec::new();
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for (user, at) in people {
        let upn = folded(user);
        if upn.is_empty() {
            continue;
        }
        let line = format!("    {}, {}", quoted(&upn), instant(*at));
        let next = places.len();
        let place = *places.entry(upn).or_insert(next);
        // Met before is asked for before, or cut.
        if met.insert(line.clone()) && place < MOST_PEOPLE && lines.len() < MOST_CLICKS {
            let at = (*at).clamp(OLDEST_MS, NEWEST_MS);
            (first, last) = (first.min(at), last.max(at));
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    if lines.len() < met.len() {
        text.push_str(&format!(
            "// Cut: the first {} of {} clicks, of {MOST_PEOPLE} people at the most\n",
            thousands(lines.len() as u64),
            thousands(met.len() as u64)
        ));
    }
    let away = minutes * MINUTE_MS;
    text.push_str(&format!(
        "let around = {minutes}m;\nlet since = {};\nlet until = {};\nlet clicks = datatable(Upn: string, Clicked: datetime) [\n{}\n];\n{body}",
        instant(first - away),
        instant(last + away),
        lines.join(",\n")
    ));
    text
}

/// Entries for the block list of a tenant (Tenant Allow/Block List, URLs), one a line, each once: hosts, then URLs. Defanged they
/// are for tickets; the list takes the others. The portal takes 20 at a time, `New-TenantAllowBlockListItems` any number.
///
/// A host is `~host~`: itself, its subdomains, all paths. A URL is its host, path and query, exactly; without a path it is its host.
/// Source: `URL syntax for the Tenant Allow/Block List` and `New-TenantAllowBlockListItems`, Example 1, of Microsoft's reference.
pub fn indicators(hosts: &[&str], urls: &[&str], defang: bool) -> Kql {
    let mut met: HashSet<String> = HashSet::new();
    let mut text = String::new();
    let mut without = 0;
    let all =
        hosts.iter().map(|host| entries_of_host(host)).chain(urls.iter().map(|url| entries_of_url(url)));
    for mut entries in all {
        entries.retain(|entry| entry.len() <= MOST_OF_ENTRY);
        without += u64::from(entries.is_empty());
        for entry in entries {
            if met.insert(entry.clone()) {
                text.push_str(&if defang { defanged(&entry) } else { entry });
                text.push('\n');
            }
        }
    }
    let mut left_out = Vec::new();
    if without > 0 {
        left_out.push(format!(
            "{} cannot be an entry: the list takes hosts with a dot, no * or ~ inside, 250 characters.",
            counted(without, "of them", "of them")
        ));
    }
    Kql { text, left_out }
}

/// Source: as [`indicators`].
const MOST_OF_ENTRY: usize = 250;

/// An address of version 4 does not imply its paths, and no wildcard belongs to one of version 6.
fn entries_of_host(host: &str) -> Vec<String> {
    let read = host_of_url(host.trim());
    let name: &str = if read.is_empty() { host.trim() } else { &read };
    match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(IpAddr::V4(v4)) => return vec![v4.to_string(), format!("{v4}/*")],
        Ok(IpAddr::V6(v6)) => return vec![v6.to_string()],
        Err(_no_address) => {}
    }
    if is_name(&read) { vec![format!("~{read}~")] } else { Vec::new() }
}

/// Browsers take more for a host than the list does, `*` and quotes among it.
fn is_name(host: &str) -> bool {
    let is_plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    is_plain && host.rsplit_once('.').is_some_and(|(name, last)| !name.is_empty() && last.len() > 1)
}

/// Without what no entry may have: scheme, user, port; without the fragment, which no server sees.
fn entries_of_url(url: &str) -> Vec<String> {
    let host = host_of_url(url);
    let plain = refanged(url);
    let read = opened(plain.trim()).or_else(|| opened(&format!("http://{}", plain.trim())));
    let Some(Opened { path, .. }) = read else { return Vec::new() };
    if path.len() <= 1 {
        return entries_of_host(&host);
    }
    let is_host = is_name(&host) || host.parse::<Ipv4Addr>().is_ok();
    // All else that the list does not take was encoded when the URL was read, but for one kind of quotes.
    let path = path.replace('\'', "%27");
    if is_host && !path.contains(['*', '~', '"']) { vec![format!("{host}{path}")] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A literal as Kusto reads it.
    fn read(literal: &str) -> String {
        let inside = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("quotes");
        let mut units: Vec<u16> = Vec::new();
        let mut chars = inside.chars();
        while let Some(c) = chars.next() {
            assert!((' '..='~').contains(&c) && c != '"', "{literal}");
            if c != '\\' {
                units.push(c as u16);
                continue;
            }
            match chars.next() {
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).expect("four digits"));
                }
                Some(c @ ('"' | '\\')) => units.push(c as u16),
                other => panic!("{literal}: {other:?}"),
            }
        }
        String::from_utf16(&units).expect("a text")
    }

    fn lines(filter: &str) -> Vec<String> {
        let kql = of_filter(&Filter::parse(filter), None);
        let tests = kql.text.lines().filter_map(|line| line.strip_prefix("| where "));
        tests.map(str::to_owned).collect()
    }

    const HOSTILE: [&str; 16] = [
        "\"",
        "\\",
        "\\\"",
        "\" | union * //",
        "\\\\\" or true //",
        "a\nb",
        "a\r\n| where true",
        "\u{2028}| union *",
        "\u{85}",
        "\0\u{1b}[2J\u{7f}",
        "invoice\u{202e}fdp.exe",
        "\u{feff}\u{200b}\u{e0041}",
        "```",
        "'@\"h\"",
        "münchen 😀 ẞ",
        "",
    ];

    #[test]
    fn quoted_hostile_text_is_one_literal_of_printable_ascii_that_reads_as_it_was() {
        for text in HOSTILE {
            assert_eq!(read(&quoted(text)), text, "{text:?}");
        }
        assert_eq!(quoted("a\"b\\c\u{202e}😀"), r#""a\"b\\c\u202E\uD83D\uDE00""#);
    }

    #[test]
    fn filter_hostile_values_add_no_line_to_the_query() {
        for key in Key::all() {
            let mut plain = Filter::default();
            plain.add(key, "x", false);
            let wanted = of_filter(&plain, None).text.lines().count();
            for value in HOSTILE.into_iter().filter(|value| !value.trim().is_empty()) {
                for exclude in [false, true] {
                    let mut filter = Filter::default();
                    filter.add(key, value, exclude);
                    let text = of_filter(&filter, None).text;
                    assert!(text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)), "{text}");
                    assert_eq!(text.lines().count(), wanted, "{} {value:?}\n{text}", key.name());
                }
            }
        }
    }

    #[test]
    fn filter_every_key_that_can_be_said_is_a_line() {
        for (filter, line) in [
            ("verdict=malicious", r#"Verdict == "Malicious""#),
            ("verdict=Block list,pending", r#"Verdict in ("Blocked", "Pending")"#),
            ("action=override,!allowed", r#"Action == "UserOverride" and not(Action == "Allowed")"#),
            ("reached=yes", r#"Action in ("Allowed", "UserOverride")"#),
            (
                "reached=unsafe,waiting",
                r#"((Action in ("Allowed", "UserOverride") and Verdict in ("Malicious", "Blocked", "Pending")) or (Verdict == "Pending" or Action == "None"))"#,
            ),
            ("rawAction=ClickBlocked", r#"ActionType =~ "clickblocked""#),
            ("source=!Teams", r#"not(Workload =~ "teams")"#),
            (
                "threat=Phish,none",
                r#"(ThreatTypes has "phish" or ThreatTypes in~ ("", "None", "NoThreatsFound"))"#,
            ),
            ("threat=!High conf", r#"not(ThreatTypes contains "high conf")"#),
            (
                "user=Ana@Contoso.com,bob@contoso.com",
                r#"AccountUpn in~ ("ana@contoso.com", "bob@contoso.com")"#,
            ),
            ("user=JÖRG@contoso.com", r#"tolower(AccountUpn) == "j\u00F6rg@contoso.com""#),
            ("host=Evil[.]example", r#"tostring(parse_url(Url).Host) =~ "evil.example""#),
            ("url=Login", r#"Url contains "Login""#),
            ("url=!É", r#"not(tolower(Url) contains_cs "\u00E9")"#),
            (
                "url=hxxps://evil[.]example",
                r#"(Url contains "hxxps://evil[.]example" or Url contains "https://evil.example")"#,
            ),
            ("urlIs=https://a.example/X", r#"Url == "https://a.example/X""#),
            ("ip=203.0.113.7:443", r#"IPAddress =~ "203.0.113.7""#),
            (
                "ip=2001:DB8::1",
                r#"(IPAddress =~ "2001:db8::1" or parse_ipv6(IPAddress) == "2001:0db8:0000:0000:0000:0000:0000:0001")"#,
            ),
            ("messageId={ABC-1}", r#"NetworkMessageId =~ "abc-1""#),
            (
                "without=user,messageId,!threat",
                r#"(isempty(AccountUpn) or NetworkMessageId in ("", "00000000-0000-0000-0000-000000000000")) and not(ThreatTypes in~ ("", "None", "NoThreatsFound"))"#,
            ),
            ("weekday=1,5", "toint(dayofweek(Timestamp) / 1d) in (1, 5)"),
            ("hour=!9&tz=-05:30", "not(hourofday(Timestamp - 330m) in (9))"),
            ("hour=23&tz=%2B02:00", "hourofday(Timestamp + 120m) in (23)"),
            ("q=bob", r#"(Url contains "bob" or AccountUpn contains "bob" or IPAddress contains "bob")"#),
        ] {
            assert_eq!(lines(filter), [line], "{filter}");
        }
    }

    #[test]
    fn filter_what_cannot_be_said_is_left_out_and_said() {
        for (filter, key, still) in [
            ("group=Sales", "group", 0),
            ("automation=human,review", "automation", 0),
            ("campaign=x", "campaign", 0),
            ("attempt=exposed", "attempt", 0),
            ("tenant=Contoso", "tenant", 0),
            ("hour=9&tz=Europe/Berlin", "hour", 0),
            ("weekday=!1&tz=Europe/Berlin", "weekday", 0),
            ("without=user,subject", "without", 0),
            ("without=!user,!subject", "without", 1),
            ("q=bob", "q", 1),
            ("host=münchen.example", "host", 1),
            ("range=7d", "from", 0),
        ] {
            let kql = of_filter(&Filter::parse(filter), None);
            assert_eq!(kql.left_out.len(), 1, "{filter}: {:?}", kql.left_out);
            assert!(kql.left_out[0].starts_with(key), "{filter}: {:?}", kql.left_out);
            assert!(
                kql.text.contains(&format!("\n// Differs from the view: {}\n", kql.left_out[0])),
                "{}",
                kql.text
            );
            assert_eq!(lines(filter).len(), still, "{filter}");
        }
        for filter in
            ["verdict=safe&user=a,!b&url=x&without=ip&hour=1", "lens=strict&tz=Europe/Berlin&nokey=1"]
        {
            assert_eq!(of_filter(&Filter::parse(filter), None).left_out, [""; 0], "{filter}");
        }
    }

    #[test]
    fn filter_impossible_values_let_nothing_through_and_shut_nothing_out() {
        let mut filter = Filter::default();
        filter.add(Key::Is(Field::Verdict), "junk", false);
        filter.add(Key::Reached, "junk", true);
        let text = of_filter(&filter, None).text;
        assert!(text.contains("\n| where false\n") && text.contains("\n| where not(false)\n"), "{text}");
    }

    #[test]
    fn filter_whole_query_has_its_parts_in_order() {
        let filter = Filter::parse("range=7d&verdict=malicious&user=ana@contoso.com");
        let kql = of_filter(&filter, Some((1_777_885_953_000, 1_777_885_953_251)));
        let text = format!(
            "// Advanced hunting. In Sentinel write TimeGenerated for Timestamp\nUrlClickEvents\n\
             | where Timestamp >= datetime(2026-05-04T09:12:33Z) and Timestamp < datetime(2026-05-04T09:12:33.251Z)\n\
             {JUDGED}| where Verdict == \"Malicious\"\n| where AccountUpn =~ \"ana@contoso.com\"\n\
             | project-away Through, Threat, Verdict, Action\n\
             // The view counts equal rows once: add | distinct * to count as it does\n"
        );
        assert_eq!(kql, Kql { text, left_out: Vec::new() });
    }

    #[test]
    fn span_open_ends_limit_nothing_and_far_ones_are_times_that_kusto_has() {
        assert_eq!(within((i64::MIN, i64::MAX)), None);
        assert_eq!(within((i64::MIN, 0)).as_deref(), Some("Timestamp < datetime(2000-01-01T00:00:00Z)"));
        assert_eq!(
            within((i64::MAX, i64::MAX)).as_deref(),
            Some("Timestamp >= datetime(2100-01-01T00:00:00Z)")
        );
    }

    #[test]
    fn sign_ins_around_instants_are_asked_once_and_for_no_more_than_these_people() {
        assert_eq!(sign_ins_around(&[(" ".to_owned(), 0)], 60), "");
        let ana = |upn: &str, at: i64| (upn.to_owned(), at);
        let at = 1_777_885_953_000;
        let people = [ana("Ana@Contoso.com", at), ana("ana@contoso.com ", at), ana("\"]; drop", at + 60_000)];
        for text in [sign_ins_around(&people, 60), sign_ins_around_in_sentinel(&people, 60)] {
            let head = "let around = 60m;\nlet since = datetime(2026-05-04T08:12:33Z);\nlet until = datetime(2026-05-04T10:13:33Z);\n\
                let clicks = datatable(Upn: string, Clicked: datetime) [\n    \"ana@contoso.com\", datetime(2026-05-04T09:12:33Z),\n    \
                \"\\\"]; drop\", datetime(2026-05-04T09:13:33Z)\n];\nclicks\n| join kind=inner (\n";
            assert!(text.starts_with(head), "{text}");
        }
        let many: Vec<(String, i64)> = (0..340).map(|n| ana(&format!("u{n}@contoso.com"), at)).collect();
        let text = sign_ins_around(&many, i64::MAX);
        assert!(text.starts_with(
            "// Cut: the first 200 of 340 clicks, of 200 people at the most\nlet around = 10080m;"
        ));
        let often: Vec<(String, i64)> = (0..2_300).map(|n| ana("ana@contoso.com", at + n)).collect();
        let text = sign_ins_around(&often, -5);
        assert!(text.starts_with(
            "// Cut: the first 1,000 of 2,300 clicks, of 200 people at the most\nlet around = 1m;"
        ));
        assert!(!sign_ins_around(&[ana("a", i64::MIN), ana("b", i64::MAX)], 60).contains("datetime()"));
    }

    #[test]
    fn indicators_are_entries_that_the_list_takes() {
        for (host, lines) in [
            ("evil.example", "~evil.example~\n"),
            ("hxxps://Evil[.]example/x", "~evil.example~\n"),
            ("münchen.example", "~xn--mnchen-3ya.example~\n"),
            ("203.0.113.9", "203.0.113.9\n203.0.113.9/*\n"),
            ("[2001:db8::1]", "2001:db8::1\n"),
            ("localhost", ""),
            ("https://*.example", ""),
            ("a.b", ""),
            ("", ""),
            ("x\ny.example", ""),
        ] {
            let made = indicators(&[host], &[], false);
            assert_eq!(made.text, lines, "{host}");
            assert_eq!(made.left_out.is_empty(), !lines.is_empty(), "{host}");
        }
        for (url, lines) in [
            ("https://ana:pw@Evil.example:8443/a/b?x=1#ana@contoso.com", "evil.example/a/b?x=1\n"),
            ("https://evil.example/", "~evil.example~\n"),
            ("hxxps://evil[.]example/it's \"ü\"", "evil.example/it%27s%20%22%C3%BC%22\n"),
            ("evil.example/x", "evil.example/x\n"),
            ("http://203.0.113.9/x", "203.0.113.9/x\n"),
            ("https://evil.example/*", ""),
            ("https://*.example/x", ""),
            ("https://a\"b.example/x", ""),
            ("https://evil.example/~bob", ""),
            ("https://[2001:db8::1]/x", ""),
            ("mailto:ana@contoso.com", ""),
            ("not a url", ""),
        ] {
            assert_eq!(indicators(&[], &[url], false).text, lines, "{url}");
        }
        let long = format!("https://evil.example/{}", "x".repeat(300));
        assert_eq!(indicators(&[], &[long.as_str()], false).text, "");
    }

    #[test]
    fn indicators_are_listed_once_and_defanged_for_tickets() {
        let urls =
            ["https://evil.example/a", "https://evil.example:443/a#b", "https://evil.example", "file:///x"];
        let made = indicators(&["evil.example", "EVIL.example"], &urls, true);
        assert_eq!(made.text, "~evil[.]example~\nevil[.]example/a\n");
        assert_eq!(made.left_out.len(), 1);
        assert!(made.left_out[0].starts_with("1 of them cannot be an entry"), "{:?}", made.left_out);
    }

    #[test]
    fn ready_queries_are_printable_and_name_no_column_twice() {
        for ready in READY {
            assert!(ready.text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)), "{}", ready.title);
            let (_, columns) = ready.text.rsplit_once("| project ").expect("columns");
            let mut columns: Vec<&str> = columns.split(',').map(str::trim).collect();
            let all = columns.len();
            columns.sort_unstable();
            columns.dedup();
            assert_eq!(columns.len(), all, "{}", ready.title);
        }
    }
}
