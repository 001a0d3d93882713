//! What `Get-SafeLinksDetailReport` of Exchange Online PowerShell gives, saved by `Export-Csv` or `ConvertTo-Json`.
//!
//! Source: Microsoft's reference of the cmdlet (MicrosoftDocs/office-docs-powershell) and a recorded answer, which
//! calls the message id `InternalMessageId` and writes dates of the year 1 where it has none.

use super::{Format, Meaning, meaning_in, words_of};
use crate::import::container::Container;
use crate::import::names::Names;
use crate::model::{Action, Field, Verdict, Words};

/// The format.
pub const FORMAT: Format = Format {
    id: "detail-report",
    export_how: "In Exchange Online PowerShell run “Get-SafeLinksDetailReport -StartDate … -EndDate … | Export-Csv clicks.csv”.",
    names: &[
        (Field::Time, &["clicktime"]),
        (Field::User, &["recipientaddress"]),
        (Field::Url, &["url"]),
        (Field::RawAction, &["action"]),
        (Field::Source, &["appname"]),
        (Field::MessageId, &["networkmessageid", "internalmessageid"]),
        (Field::Sender, &["senderaddress"]),
        (Field::Tenant, &["organization"]),
    ],
    own: &["clientmessageid", "urldomain", "sourceid", "detectedby", "urltype", "flags"],
    // What PowerShell adds to a row, and the period that was asked for.
    envelope: &["pscomputername", "psshowcomputername", "runspaceid", "startdate", "enddate"],
    // The default of PageSize and its maximum.
    caps: &[1_000, 5_000],
    keeps_days: &[("detail-report-csv", 7), ("detail-report-json", 7)],
    words: &words_of::<8>(&[&MEANINGS]),
    tells: super::url_protection::by_action,
    fit,
    judge,
    kind,
    ..Format::PLAIN
};

/// The values of `Action` that the reference lists, and what they mean. The reference describes `ClickedEvenBlocked` as a block; its name, its flag of 2 and the words
/// of the portal (“blocked and clicked through”) make it an override.
pub const MEANINGS: [Meaning; 8] = [
    ("Allowed", Verdict::Safe, Action::Allowed),
    ("TenantAllowed", Verdict::Safe, Action::Allowed),
    ("Blocked", Verdict::Malicious, Action::Blocked),
    ("TenantBlocked", Verdict::Blocked, Action::Blocked),
    ("ClickedEvenBlocked", Verdict::Malicious, Action::UserOverride),
    ("TenantBlockedAndClickedThrough", Verdict::Blocked, Action::UserOverride),
    ("ClickedDuringScan", Verdict::Pending, Action::UserOverride),
    ("Scanning", Verdict::Pending, Action::None),
];

fn fit(names: &Names) -> bool {
    ["clicktime", "recipientaddress", "url", "action"].iter().all(|name| names.has(name))
}

/// Verdict and action of a word of the cmdlet or of the portal, which names the same eight things.
pub fn judge(words: &Words<'_>) -> (Verdict, Action) {
    meaning_in(&MEANINGS, words.raw_action)
        .or_else(|| super::url_protection::meaning(words.raw_action))
        .unwrap_or_default()
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("detail-report-csv", "Get-SafeLinksDetailReport (CSV)"),
        _ => ("detail-report-json", "Get-SafeLinksDetailReport (JSON)"),
    }
}
