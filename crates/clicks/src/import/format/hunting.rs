//! The table `UrlClickEvents` of advanced hunting, in any container.
//!
//! Source: Microsoft's reference of the table, `advanced-hunting-urlclickevents-table`, and recorded exports.

use super::{Admit, Envelope, Format, Queried, Record};
use crate::import::container::Container;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Action, Field, Verdict, Words, is_empty_word};

/// The format.
pub const FORMAT: Format = Format {
    id: "hunting",
    export_how: "In security.microsoft.com open Advanced hunting, run “UrlClickEvents | where Timestamp > ago(30d)” and export the result as CSV.",
    // `TimeGenerated` stands in where Log Analytics has no `Timestamp`; the names ending in 1 are Kusto's for
    // the second of two equal columns. The last users are what joined queries call them.
    names: &[
        (Field::Time, &["timestamp", "timegenerated", "timestamp1", "timegenerated1"]),
        (Field::Url, &["url", "url1"]),
        (Field::RawAction, &["actiontype", "actiontype1"]),
        (
            Field::User,
            &["accountupn", "accountupn1", "userprincipalname", "upn", "user", "accountname", "recipientemailaddress"],
        ),
        (Field::Source, &["workload", "workload1"]),
        (Field::MessageId, &["networkmessageid", "networkmessageid1"]),
        (Field::ReportId, &["reportid", "reportidstring", "reportid1"]),
        (Field::Threat, &["threattypes", "threattypes1"]),
        (Field::Ip, &["ipaddress", "ipaddress1"]),
        (Field::ClickedThrough, &["isclickedthrough", "isclickedthrough1"]),
        (Field::Subject, &["subject", "emailsubject"]),
        (Field::Sender, &["senderfromaddress", "sendermailfromaddress", "senderaddress"]),
    ],
    own: &["detectionmethods", "urlchain", "appname", "appversion", "sourceid"],
    foreign: &FOREIGN,
    // What Log Analytics and the streaming API add. `TenantId` is the workspace there.
    envelope: &["tenantid", "sourcesystem", "type", "tablename", "billedsize", "isbillable", "timereceivedbysvc"],
    envelope_of_records: Some(&STREAM),
    // 10,000 was the limit of advanced hunting, 30,000 is the one of its export and of Log Analytics,
    // 100,000 the newest.
    caps: &[10_000, 30_000, 100_000],
    // Log Analytics keeps what it is told to, a file of lines may come from anywhere.
    keeps_days: &[("hunting-csv", 30), ("graph-json", 30), ("hunting-api-json", 30)],
    queried: Some(&Queried {
        table: "UrlClickEvents",
        columns: &[
            (Field::RawAction, "ActionType"),
            (Field::ClickedThrough, "IsClickedThrough"),
            (Field::Threat, "ThreatTypes"),
        ],
    }),
    words: &CLICK_ACTIONS,
    fit,
    admit,
    judge,
    kind,
    // A click-through makes an action of any word.
    known_by_action: false,
    ..Format::PLAIN
};

/// The streaming API, into event hubs and blobs. Source: recorded records.
const STREAM: Envelope = Envelope {
    inside: "properties",
    table: "category",
    family: "AdvancedHunting-",
    own: "AdvancedHunting-UrlClickEvents",
    tenant: "tenantId",
};

/// Columns of `EmailUrlInfo`, which has URLs that nobody clicked.
const LINK_TABLE: [&str; 3] = ["urllocation", "urldomain", "urlchainid"];

/// Columns of other tables of advanced hunting: one of them in a result says that rows may be no clicks.
const FOREIGN: [&str; 38] = [
    "urllocation",
    "urldomain",
    "urlchainid",
    "deviceid",
    "devicename",
    "filename",
    "folderpath",
    "sha1",
    "sha256",
    "registrykey",
    "remoteip",
    "remoteurl",
    "logontype",
    "initiatingprocessfilename",
    "initiatingprocessaccountupn",
    "emaildirection",
    "deliveryaction",
    "deliverylocation",
    "latestdeliverylocation",
    "internetmessageid",
    "attachmentcount",
    "urlcount",
    "filetype",
    "applicationid",
    "accountobjectid",
    "accountdisplayname",
    "isadminoperation",
    "objectname",
    "objecttype",
    "objectid",
    "activitytype",
    "activityobjects",
    "raweventdata",
    "useragenttags",
    "resourcedisplayname",
    "errorcode",
    "correlationid",
    "alertid",
];

/// The documented values of `ActionType`; they also tell clicks from rows of other tables.
pub const CLICK_ACTIONS: [&str; 5] =
    ["ClickAllowed", "ClickBlocked", "ClickBlockedByTenantPolicy", "UrlErrorPage", "UrlScanInProgress"];

fn is_click_action(word: &[u8]) -> bool {
    CLICK_ACTIONS.iter().any(|a| a.as_bytes().eq_ignore_ascii_case(word))
}

/// The table, whole or a projection of it: a URL, a time, a user or words that only clicks have, and nothing that says it is
/// another table.
fn fit(names: &Names) -> bool {
    // ThreatTypes is no sign: mails joined with their links have it too.
    let sign = ["actiontype", "isclickedthrough", "urlchain", "workload", "accountupn"]
        .iter()
        .any(|n| names.has(n));
    let fields = names.fields(&FORMAT);
    let need = [Field::Url, Field::Time].into_iter().all(|field| fields.has(field));
    let links = LINK_TABLE.iter().any(|n| names.has(n));
    let click_words = names.has("isclickedthrough") || (names.has("actiontype") && names.has("workload"));
    let other = names.has_foreign(&FORMAT) || links;
    // A projection without the user is of clicks only where nothing else can be meant.
    let is_of_nobody = !other && names.has("actiontype") && names.has("workload");
    need && match fields.has(Field::User) {
        true if other => click_words,
        true => sign,
        false => is_of_nobody,
    }
}

/// A click has a URL. Among rows of other tables it also has a word that only clicks have.
fn admit(record: &mut Record<'_>) -> Admit {
    let said = !is_empty_word(record.cell(Field::ClickedThrough))
        || is_click_action(record.cell(Field::RawAction));
    if is_empty_word(record.cell(Field::Url)) {
        let of_another = !said && (record.has.foreign || record.has.mixed || !record.has.click_words);
        let own = record.has.url && !of_another;
        return Admit::Leave(if own { Why::NoUrl } else { Why::OtherTable });
    }
    // Writers of JSON leave out what is null: a click of nobody names no user, but what happened to it.
    if !said && (record.has.foreign || !(record.has.user || record.has.click_words)) {
        return Admit::Leave(Why::OtherTable);
    }
    Admit::Take
}

/// Verdict and action of a row.
///
/// `IsClickedThrough` is only ever true for "Continue anyway" on a warning page: it makes any row an
/// override. Where it is false the action type alone decides; a plain `ClickAllowed` reached the site.
/// An export without `ActionType` says nothing about what happened: unknown, never allowed. One without
/// `ThreatTypes` does not say what the scan found: unknown, never safe.
fn judge(words: &Words<'_>) -> (Verdict, Action) {
    let action = words.raw_action.trim();
    let is = |name: &str| action.eq_ignore_ascii_case(name);
    let by_threat = |without: Verdict| match words.threat {
        Some(true) => Verdict::Malicious,
        Some(false) => without,
        None => Verdict::Unknown,
    };
    let (verdict, plain) = if is("ClickAllowed") {
        (by_threat(Verdict::Safe), Action::Allowed)
    } else if is("ClickBlocked") {
        (by_threat(Verdict::Blocked), Action::Blocked)
    } else if is("ClickBlockedByTenantPolicy") {
        (Verdict::Blocked, Action::Blocked)
    } else if is("UrlErrorPage") {
        (Verdict::Unknown, Action::None)
    } else if is("UrlScanInProgress") {
        (Verdict::Pending, Action::None)
    } else {
        (by_threat(Verdict::Unknown), Action::Unknown)
    };
    if words.clicked_through != Some(true) {
        return (verdict, plain);
    }
    let verdict = match words.threat {
        Some(true) => Verdict::Malicious,
        _ if is("UrlScanInProgress") => Verdict::Pending,
        None if !is("ClickBlockedByTenantPolicy") => Verdict::Unknown,
        _ => Verdict::Blocked,
    };
    (verdict, Action::UserOverride)
}

fn kind(container: Container, names: &Names, streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => {
            let sentinel = names.zoned || names.typed || names.has("timegenerated") || names.has("sourcesystem");
            if sentinel {
                ("log-analytics-csv", "UrlClickEvents from Sentinel or Log Analytics (CSV)")
            } else {
                ("hunting-csv", "UrlClickEvents from Advanced hunting (CSV)")
            }
        }
        Container::Results => ("graph-json", "UrlClickEvents from Graph runHuntingQuery (JSON)"),
        Container::LegacyResults => {
            ("hunting-api-json", "UrlClickEvents from the Advanced hunting API (JSON)")
        }
        Container::Tables => ("log-analytics-json", "UrlClickEvents from the Log Analytics API (JSON)"),
        Container::Records => ("event-hub-json", "UrlClickEvents from an event hub (JSON)"),
        Container::Lines if streaming => {
            ("streaming-jsonl", "UrlClickEvents from the streaming API (JSON lines)")
        }
        Container::Array if streaming => ("streaming-json", "UrlClickEvents from the streaming API (JSON)"),
        Container::Lines | Container::Cef => ("json-lines", "UrlClickEvents as JSON lines"),
        Container::Array | Container::Value | Container::Named => ("json-array", "UrlClickEvents as a JSON array"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judge_every_documented_action_with_and_without_threat_and_override() {
        use Verdict::{Blocked, Malicious, Pending, Safe, Unknown};
        let cases = [
            ("ClickAllowed", Some(false), false, Safe, Action::Allowed),
            ("ClickAllowed", Some(true), false, Malicious, Action::Allowed),
            ("ClickAllowed", None, false, Unknown, Action::Allowed),
            ("clickallowed", Some(true), true, Malicious, Action::UserOverride),
            ("ClickBlocked", Some(true), false, Malicious, Action::Blocked),
            ("ClickBlocked", Some(false), false, Blocked, Action::Blocked),
            ("ClickBlocked", None, false, Unknown, Action::Blocked),
            ("ClickBlocked", Some(true), true, Malicious, Action::UserOverride),
            ("ClickBlocked", Some(false), true, Blocked, Action::UserOverride),
            ("ClickBlocked", None, true, Unknown, Action::UserOverride),
            ("ClickBlockedByTenantPolicy", Some(false), false, Blocked, Action::Blocked),
            ("ClickBlockedByTenantPolicy", None, true, Blocked, Action::UserOverride),
            ("UrlErrorPage", Some(false), false, Unknown, Action::None),
            ("UrlScanInProgress", Some(false), false, Pending, Action::None),
            ("UrlScanInProgress", Some(true), false, Pending, Action::None),
            ("UrlScanInProgress", Some(false), true, Pending, Action::UserOverride),
            ("UrlScanInProgress", Some(true), true, Malicious, Action::UserOverride),
            ("DpapiAccessed", Some(false), false, Unknown, Action::Unknown),
            ("", Some(true), false, Malicious, Action::Unknown),
            ("", Some(false), true, Blocked, Action::UserOverride),
        ];
        for (raw_action, threat, through, verdict, action) in cases {
            let words = Words { raw_action, threat, clicked_through: Some(through), threats: "", verdict: "", action: "" };
            assert_eq!(judge(&words), (verdict, action), "{raw_action} {threat:?} {through}");
        }
    }

    #[test]
    fn projection_without_the_user_is_the_table_where_nothing_else_can_be_meant() {
        let is_fit = |names: &str| fit(&Names::new(names.split(',').map(str::to_owned).collect()));
        assert!(is_fit("Timestamp,Url,ActionType,Workload,NetworkMessageId,ThreatTypes"));
        assert!(!is_fit("Timestamp,Url,ActionType,ThreatTypes") && !is_fit("Timestamp,Url,Workload,UrlChain"));
    }

    #[test]
    fn names_of_other_tables_are_no_click_table() {
        for names in [
            "Timestamp,DeviceId,DeviceName,ActionType,RemoteUrl",
            "Timestamp,NetworkMessageId,Url,UrlDomain,UrlLocation,ReportId",
            "Timestamp,NetworkMessageId,SenderFromAddress,RecipientEmailAddress,Subject",
            "Event ID,User,Date,IP address",
        ] {
            assert!(!fit(&Names::new(names.split(',').map(str::to_owned).collect())), "{names}");
        }
    }
}
