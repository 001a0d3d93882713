//! Files that are no click data: what they are, and what to export instead.
//!
//! Owns one table of signs. A file that is recognised is named, so that nobody has to guess why it was
//! refused.

use super::HUNTING;
use crate::failure::{Failure, FailureKind};
use crate::import::names::Names;

/// A kind of file that is recognised and refused.
pub struct Refused {
    /// Names of columns or keys, normalised; all of them must be there.
    signs: &'static [&'static str],
    /// Its name, to be put after "This is".
    what: &'static str,
    /// What to do instead; none: export the table of advanced hunting.
    instead: Instead,
}

#[derive(Clone, Copy)]
enum Instead {
    /// Export the table of advanced hunting.
    Hunt,
    /// Something else.
    Do(&'static str),
}

impl Instead {
    fn text(self) -> String {
        match self {
            Instead::Hunt => HUNTING.export_how.to_owned(),
            Instead::Do(what) => what.to_owned(),
        }
    }
}

/// The most telling first.
const REFUSED: &[Refused] = &[
    Refused {
        signs: &["action", "messagecount", "recipientcount"],
        what: "a summary made by Get-SafeLinksAggregateReport: it holds counts, not clicks",
        instead: Instead::Do(
            "Run Get-SafeLinksDetailReport, or better export UrlClickEvents from Advanced hunting.",
        ),
    },
    Refused {
        signs: &["originalurl", "verdict", "action"],
        what: "a flat Safe Links report without a date or a user",
        instead: Instead::Do("Save it with the columns Date, User, Original URL, Verdict and Action."),
    },
    Refused {
        signs: &["url", "allowed", "blocked", "blockoverridden"],
        what: "the top clicks of Threat Explorer: they are counts, not clicks",
        instead: Instead::Do("In Explorer open the tab URL clicks and export the list below the chart."),
    },
    Refused {
        signs: &["username", "emailaddress", "countofclicked"],
        what: "the user coverage of attack simulations: they are counts, not what happened",
        instead: Instead::Do("Open one simulation and export its users."),
    },
    Refused {
        signs: &["pstid", "clickedcount"],
        what: "totals of KnowBe4 security tests: they are counts, not what happened",
        instead: Instead::Do(
            "Save the recipients of the test: GET /v1/phishing/security_tests/{id}/recipients.",
        ),
    },
    Refused {
        signs: &["clickstatistics"],
        what: "the top clickers of Proofpoint TAP: they are counts, not clicks",
        instead: Instead::Do("Save the answer of GET /v2/siem/all of the SIEM API."),
    },
    Refused {
        signs: &["confidenceindicator", "saas"],
        what: "security events of Check Point: an alert does not say which link was clicked",
        instead: Instead::Hunt,
    },
    Refused {
        signs: &["urlblocked", "urlclicked", "clickid"],
        what: "a report made by Get-UrlTrace, which was switched off in 2021",
        instead: Instead::Hunt,
    },
    Refused {
        signs: &["eventid", "useragent", "ipaddress", "date"],
        what: "the activity log of Defender for Cloud Apps: no Safe Links clicks are in it",
        instead: Instead::Hunt,
    },
    Refused {
        signs: &["deviceid"],
        what: "a result of Advanced hunting about devices: no links were clicked in it",
        instead: Instead::Hunt,
    },
    Refused {
        signs: &["devicename"],
        what: "a log about devices: no links were clicked in it",
        instead: Instead::Hunt,
    },
];

/// The message for a file that is known for what it is, and is no click data.
pub fn refused(names: &Names) -> Option<Failure> {
    let known = REFUSED.iter().find(|known| known.signs.iter().all(|sign| names.has(sign)))?;
    let message = format!("This file holds {}.", known.what);
    Some(failure(FailureKind::NotClicks, message, Some(known.what), known.instead.text()))
}

/// The message for a file that was read and holds no click.
pub fn not_clicks(names: &Names, container: &str) -> Failure {
    let is_control =
        |name: &String| name.contains(|c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t'));
    if names.written.iter().any(is_control) {
        let message = "This file is no text: it holds bytes that no export has.".to_owned();
        return failure(FailureKind::NotClicks, message, None, Instead::Hunt.text());
    }
    if names.written.iter().any(|name| name.contains('\r')) {
        return failure(
            FailureKind::Broken,
            "The lines of this file end with carriage returns alone, as old Macs wrote them.".to_owned(),
            None,
            "Save it again with the line ends of Windows or Unix, or export it again.".to_owned(),
        );
    }
    if let Some(failure) = refused(names) {
        return failure;
    }
    if names.written.first().is_some_and(|first| names.len() <= 3 && first.contains("  : ")) {
        return failure(
            FailureKind::NotClicks,
            "This is what PowerShell prints as a list, not a table.".to_owned(),
            Some("a list printed by PowerShell"),
            "Put “| ConvertTo-Json -Depth 5” or “| Export-Csv -NoTypeInformation” behind the command and save that.".to_owned(),
        );
    }
    if names.written.first().is_some_and(|first| first.starts_with("#1 of ")) {
        let message = "This file has no line of column names: it begins with a record.".to_owned();
        return failure(FailureKind::NotClicks, message, None, Instead::Hunt.text());
    }
    let mut listed: Vec<&str> = names.written.iter().map(|name| shortened(name)).take(6).collect();
    if names.len() > listed.len() {
        listed.push("…");
    }
    let message = if listed.is_empty() {
        format!("This {container} holds no records of clicks.")
    } else {
        format!(
            "This {container} has the columns {}: no click of a Safe Links export has these.",
            listed.join(", ")
        )
    };
    let who = ["user", "mail", "name", "upn"]
        .iter()
        .any(|word| names.written.iter().any(|n| n.to_lowercase().contains(word)));
    let for_people = match who && names.len() > 1 {
        true => " A list of people needs a column UserPrincipalName or Mail, and one such as Department.",
        false => "",
    };
    failure(FailureKind::NotClicks, message, None, Instead::Hunt.text() + for_people)
}

/// As much of a column's name as helps to know the file again. What is no export may have any.
fn shortened(name: &str) -> &str {
    name.char_indices().nth(40).map_or(name, |(end, _)| &name[..end])
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
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", "This is a PDF document.", HUNTING.export_how),
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
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => {
            ("a picture", "This is a picture.", HUNTING.export_how)
        }
        _ => return by_text(head),
    };
    let kind =
        if matches!(head[0], b'P' | 0x1f | 0x28) { FailureKind::Zipped } else { FailureKind::NotClicks };
    Some(failure(kind, message.to_owned(), Some(what), instead.to_owned()))
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
    Some(failure(FailureKind::NotClicks, message.to_owned(), Some(what), HUNTING.export_how.to_owned()))
}

fn contains(head: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(head, part).is_some()
}

/// A failure without a place; the loader adds the file.
pub fn failure(kind: FailureKind, message: String, recognised: Option<&str>, instead: String) -> Failure {
    Failure {
        kind,
        message: message.into(),
        recognised: recognised.map(str::to_owned),
        instead: Some(instead),
        ..Failure::default()
    }
}

/// The message for text without a readable header.
pub fn unlike_any() -> Failure {
    let message = "This file does not begin with a line of column names.".to_owned();
    failure(FailureKind::NotClicks, message, None, HUNTING.export_how.to_owned())
}
