//! Files that are no click data: what they are, and what to export instead.
//!
//! Owns one table of signs. A file that is recognised is named, so that nobody has to guess why it was
//! refused.

use super::header::Header;
use crate::protocol::{Failure, FailureKind};

/// What a refused file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Its name, to be put after "This is".
    pub what: &'static str,
    /// What to do instead.
    pub instead: &'static str,
}

const HUNT: &str = "In security.microsoft.com open Advanced hunting, run “UrlClickEvents | where Timestamp > ago(30d)” and export the result as CSV.";
const LATER: &str = "This version reads the table UrlClickEvents. In security.microsoft.com open Advanced hunting, run “UrlClickEvents | where Timestamp > ago(30d)” and export the result as CSV.";

/// Signs in the names of columns or keys (all of a row must be there), the most telling first.
const SIGNS: [(&[&str], &str, &str); 22] = [
    (
        &["action", "messagecount", "recipientcount"],
        "a summary made by Get-SafeLinksAggregateReport: it holds counts, not clicks",
        "Run Get-SafeLinksDetailReport, or better export UrlClickEvents from Advanced hunting.",
    ),
    (&["clicktime", "recipientaddress", "action"], "a report made by Get-SafeLinksDetailReport", LATER),
    (
        &["clicktime", "user", "url", "action", "app"],
        "the URL protection report of the Defender portal",
        LATER,
    ),
    (&["timeclicked", "urlclickaction"], "the URL clicks of Threat Explorer", LATER),
    (&["auditdata", "operation"], "an audit log search of Purview", LATER),
    (&["auditdata", "operations"], "an audit log search of Purview", LATER),
    (
        &["recordtype", "operation", "creationtime"],
        "records of the Office 365 Management Activity API",
        LATER,
    ),
    (&["originalurl", "verdict", "action"], "a flat Safe Links report", LATER),
    (
        &["networkmessageid", "subject", "recipientemailaddress"],
        "the table EmailEvents: messages delivered, not links clicked",
        HUNT,
    ),
    (
        &["networkmessageid", "url", "urldomain"],
        "the table EmailUrlInfo: links delivered, not links clicked",
        HUNT,
    ),
    (&["usermail", "emaillinkclickedtimestamp"], "the users of an attack simulation", HUNT),
    (&["campaignid", "email", "time", "message", "details"], "the events of a GoPhish campaign", HUNT),
    (&["email", "status", "senddate", "modifieddate"], "the results of a GoPhish campaign", HUNT),
    (&["email", "clickedat", "deliveredat"], "the results of a KnowBe4 campaign", HUNT),
    (&["recipientid", "pstid"], "the recipients of a KnowBe4 simulation", HUNT),
    (&["clicksblocked"], "clicks recorded by Proofpoint TAP", LATER),
    (&["clickspermitted"], "clicks recorded by Proofpoint TAP", LATER),
    (&["clicklogs"], "click logs of Mimecast", LATER),
    (&["clickip", "threaturl"], "clicks recorded by Proofpoint TAP", LATER),
    (
        &["eventid", "useragent", "ipaddress", "date"],
        "the activity log of Defender for Cloud Apps: no Safe Links clicks are in it",
        HUNT,
    ),
    (&["deviceid"], "a result of Advanced hunting about devices: no links were clicked in it", HUNT),
    (&["devicename"], "a log about devices: no links were clicked in it", HUNT),
];

/// Says what a file with these names is, if it is known.
pub fn recognise(header: &Header) -> Option<Recognised> {
    let known = SIGNS.iter().find(|(names, _, _)| names.iter().all(|n| header.has(n)));
    known.map(|(_, what, instead)| Recognised { what, instead })
}

/// The message for a file that was read and holds no click.
pub fn not_clicks(header: &Header, container: &str) -> Failure {
    match recognise(header) {
        Some(r) => failure(FailureKind::NotClicks, format!("This is {}.", r.what), Some(r.what), r.instead),
        None => {
            let mut names: Vec<&str> = header.names.iter().map(String::as_str).take(6).collect();
            if header.names.len() > names.len() {
                names.push("…");
            }
            let message = if names.is_empty() {
                format!("This {container} holds no records of clicks.")
            } else {
                format!(
                    "This {container} has the columns {}: no click of a Safe Links export has these.",
                    names.join(", ")
                )
            };
            failure(FailureKind::NotClicks, message, None, HUNT)
        }
    }
}

/// The message for a file with the right columns and no usable click in it.
pub fn no_rows(container: &str) -> Failure {
    let message = format!("This {container} has the columns of a click export and not one click in it.");
    failure(
        FailureKind::Empty,
        message,
        None,
        "Check the period and the filter of the query, then export again.",
    )
}

/// The message for a file of which the first bytes say that it is packed or no text.
pub fn by_magic(head: &[u8]) -> Option<Failure> {
    let (what, message, instead) = match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] if contains(head, b"xl/") || contains(head, b"[Content_Types]") => (
            "an Excel workbook",
            "This is an Excel workbook (XLSX), which is a packed format.",
            "Open it in Excel and save it as “CSV UTF-8 (comma delimited)”, or export CSV in the first place.",
        ),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => (
            "a ZIP archive",
            "This is a ZIP archive, not the export itself.",
            "Unpack it and open the CSV or JSON file inside.",
        ),
        [0x1f, 0x8b, ..] => (
            "a gzip file",
            "This is a gzip file, not the export itself.",
            "Unpack it (gunzip, 7-Zip) and open the file inside.",
        ),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", "This is a PDF document.", HUNT),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => (
            "an old Office document",
            "This is an Office document of the old binary kind (XLS or MSG).",
            "Open it in Excel and save it as “CSV UTF-8 (comma delimited)”.",
        ),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => (
            "a Zstandard file",
            "This is a Zstandard file, not the export itself.",
            "Unpack it and open the file inside.",
        ),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => ("a picture", "This is a picture.", HUNT),
        _ => return by_text(head),
    };
    let kind =
        if matches!(head[0], b'P' | 0x1f | 0x28) { FailureKind::Zipped } else { FailureKind::NotClicks };
    Some(failure(kind, message.to_owned(), Some(what), instead))
}

fn by_text(head: &[u8]) -> Option<Failure> {
    let start = head.trim_ascii_start();
    let start = &start[..start.len().min(64)];
    if !start.starts_with(b"<") {
        return None;
    }
    let lower = start.to_ascii_lowercase();
    let (what, message) = if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        ("a web page", "This is a web page, often a sign-in page saved in place of the export.")
    } else {
        ("an XML file", "This is an XML file.")
    };
    Some(failure(FailureKind::NotClicks, message.to_owned(), Some(what), HUNT))
}

fn contains(head: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(head, part).is_some()
}

/// A failure without a place; the loader adds the file.
pub fn failure(kind: FailureKind, message: String, recognised: Option<&str>, instead: &str) -> Failure {
    Failure {
        kind,
        message,
        recognised: recognised.map(str::to_owned),
        instead: Some(instead.to_owned()),
        ..Failure::default()
    }
}

/// The message for text without a readable header.
pub fn no_header() -> Failure {
    failure(
        FailureKind::NotClicks,
        "This file does not begin with a line of column names.".to_owned(),
        None,
        HUNT,
    )
}
