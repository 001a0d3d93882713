//! Sign-ins around clicks, as a query.

use std::collections::{HashMap, HashSet};

use clicks::model::text::thousands;
use clicks::model::{MINUTE_MS, NEWEST_MS, OLDEST_MS};

use super::{folded, instant, quoted};

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
