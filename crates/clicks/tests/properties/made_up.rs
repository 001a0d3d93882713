//! Small made-up data: few clicks of few values, so that everything meets everything, and the values are those
//! that go wrong.
//!
//! Owns the pools of values and how clicks are written as files. Must not know what is asked of them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The columns of the flat report, in the order of [`Click`].
const FLAT: [&str; 15] = [
    "Date",
    "User",
    "Original URL",
    "Verdict",
    "Action",
    "Click Source",
    "IP Address",
    "Device",
    "Message Subject",
    "Sender",
    "Tenant",
    "Raw Action",
    "Threat Types",
    "Message ID",
    "Report ID",
];

/// The columns of advanced hunting, with their places in [`FLAT`]; what has none is the override.
const HUNTING: [(&str, Option<usize>); 12] = [
    ("Timestamp", Some(0)),
    ("AccountUpn", Some(1)),
    ("Url", Some(2)),
    ("ActionType", Some(11)),
    ("Workload", Some(5)),
    ("IPAddress", Some(6)),
    ("Subject", Some(8)),
    ("SenderFromAddress", Some(9)),
    ("ThreatTypes", Some(12)),
    ("NetworkMessageId", Some(13)),
    ("ReportId", Some(14)),
    ("IsClickedThrough", None),
];

pub const TIMES: &[&str] = &[
    "2026-05-04T09:12:33Z",
    "2026-05-04T09:12:33Z",
    "2026-05-04T09:12:33.0001Z",
    "2026-05-04T09:12:33.250Z",
    "2026-05-04T11:52:33+00:00",
    "2026-05-04T23:59:59.999Z",
    "2026-05-05T00:00:00Z",
    "2026-05-05 12:52:34",
    "2026-05-31T23:30:00Z",
    "2026-06-01T00:00:00Z",
];

pub const USERS: &[&str] = &[
    "",
    "ana@contoso.com",
    "ANA@contoso.com",
    " ana@contoso.com",
    "bo@contoso.com",
    "null",
    "Éa@contoso.com",
    "éa@contoso.com",
    "İ@contoso.com",
    "i̇@contoso.com",
    "Z",
    "_",
    "a,b!c%d&e=f",
    "none",
    "ß",
    "ẞ",
    "😀",
    "\u{fb01}",
];

pub const URLS: &[&str] = &[
    "https://evil.example/a",
    "https://evil.example/A",
    "HTTPS://EVIL.example:443/b?x=1&y=2",
    "https://evil.example./a",
    "http://contoso-login.example/%41,b",
    "https://[2001:DB8::1]/x",
    "http://0xc0000207/",
    "hxxps://evil[.]example/a",
    "www.no-scheme.example/a",
    "mailto:ana@contoso.com",
    "no url at all",
    "=cmd|' /C calc'!A0",
    "https://münchen.example/ä",
    "https://a.example/\"q\"\n&r=2",
    "x",
];

pub const IPS: &[&str] = &[
    "",
    "10.0.0.9",
    "10.0.0.10",
    "9.255.255.255",
    "::ffff:10.0.0.9",
    "2001:db8::1",
    "2001:DB8:0::1",
    "::2",
    "fe80::1%eth0",
    "fe80::2",
    "unknown",
    "999.1.1.1",
    "10.0.0.9, 10.0.0.10",
    "10.0.0.9:443",
    "Unknown",
];

pub const RAW_ACTIONS: &[&str] = &[
    "ClickAllowed",
    "ClickBlocked",
    "ClickBlockedByTenantPolicy",
    "UrlErrorPage",
    "UrlScanInProgress",
    "Nonsense",
    "nonsense",
    "clickallowed",
    "",
];

pub const SOURCES: &[&str] = &["Email", "teams", "Office", "Copilot", "SharePoint", "sharepoint", ""];

pub const THREATS: &[&str] = &[
    "",
    "Phish",
    "Malware",
    "Phish, Malware",
    "malware;phish",
    "[\"Phish\",\"Spam\"]",
    "NoThreatsFound",
    "PHISH",
    "Zap",
    "none",
];

pub const SUBJECTS: &[&str] = &["", "Invoice", "invoice", "=1+1", "Re: a;b", "-", "\u{202e}abc", "Ünder"];

pub const SENDERS: &[&str] = &["", "a@evil.example", "A@evil.example", "b@evil.example"];

pub const DEVICES: &[&str] = &["", "Windows 11", "iOS", "windows 11"];

pub const TENANTS: &[&str] = &["", "contoso", "Contoso", "fabrikam", "c0470501-0000-4000-8000-000000000001"];

pub const IDS: &[&str] = &[
    "",
    "{8C2F1A60-0000-4000-8000-00000000000A}",
    "8c2f1a60-0000-4000-8000-00000000000a",
    "1c2f1a60-0000-4000-8000-00000000000a",
    "odd-7",
    "Odd-7",
    "odd-10",
    "00000000-0000-0000-0000-000000000000",
    "f",
    "9",
];

const VERDICTS: &[&str] = &["Malicious", "Blocked", "Block list", "Pending", "Safe", "Unknown", "", "odd"];
const ACTIONS: &[&str] = &["Allowed", "Blocked", "User override", "None", "Unknown", "UserOverride", ""];

/// A click as cells in the order of [`FLAT`], and whether it was clicked through.
#[derive(Clone, Debug)]
pub struct Click {
    cells: [&'static str; FLAT.len()],
    through: &'static str,
}

fn click() -> impl Strategy<Value = Click> {
    let first =
        (select(TIMES), select(USERS), select(URLS), select(VERDICTS), select(ACTIONS), select(SOURCES));
    let second = (select(IPS), select(DEVICES), select(SUBJECTS), select(SENDERS), select(TENANTS));
    let third = (select(RAW_ACTIONS), select(THREATS), select(IDS), select(IDS));
    let through = select(&["0", "1", "false", "TRUE", "", "perhaps"][..]);
    (first, second, third, through).prop_map(|(a, b, c, through)| Click {
        cells: [a.0, a.1, a.2, a.3, a.4, a.5, b.0, b.1, b.2, b.3, b.4, c.0, c.1, c.2, c.3],
        through,
    })
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn csv(lines: impl Iterator<Item = Vec<String>>) -> String {
    lines.map(|cells| cells.join(",") + "\r\n").collect()
}

/// The flat report: every column that there is.
fn flat(clicks: &[Click]) -> String {
    let head = FLAT.map(quoted).to_vec();
    csv(std::iter::once(head).chain(clicks.iter().map(|click| click.cells.map(quoted).to_vec())))
}

/// A hunting export that lacks the columns of `dropped`; time, user, URL and action stay, so that it is one.
fn hunting(clicks: &[Click], dropped: &[bool]) -> String {
    let kept: Vec<_> = HUNTING
        .iter()
        .zip(dropped)
        .enumerate()
        .filter(|(place, (_, dropped))| *place < 4 || !**dropped)
        .map(|(_, (column, _))| *column)
        .collect();
    let head = kept.iter().map(|(name, _)| quoted(name)).collect();
    let row = |click: &Click| {
        kept.iter().map(|(_, place)| quoted(place.map_or(click.through, |at| click.cells[at]))).collect()
    };
    csv(std::iter::once(head).chain(clicks.iter().map(row)))
}

/// One file, as one of the two formats.
fn file() -> impl Strategy<Value = String> {
    (vec(click(), 0..14), any::<bool>(), vec(prop::bool::weighted(0.2), HUNTING.len())).prop_map(
        |(clicks, is_flat, dropped)| if is_flat { flat(&clicks) } else { hunting(&clicks, &dropped) },
    )
}

/// The files of a small data set.
pub fn files() -> impl Strategy<Value = Vec<String>> {
    vec(file(), 1..3)
}
