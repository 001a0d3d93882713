//! Clicks in the unified audit log: record type 41, `TIUrlClickData`, from Purview, `Search-UnifiedAuditLog`, the
//! Management Activity API or the table `CloudAppEvents`, which all hold the same record as JSON.
//!
//! Source: Microsoft's schema of the Management Activity API (MicrosoftDocs/office-365-management-api) and recorded
//! records, which spell `Url`, `UserIp` and `UrlClickAction` otherwise than the schema, write times without a zone, and
//! often have no `UrlClickAction` at all.

use super::{Admit, Format, Meaning, Record, meaning_in, words_of};
use crate::import::container::Container;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Span, Verdict, Words, is_empty_word};

/// The format.
pub const FORMAT: Format = Format {
    id: "audit",
    export_how: "In purview.microsoft.com open Audit, search for the record type ThreatIntelligenceUrl and export all results; or run “Search-UnifiedAuditLog -RecordType ThreatIntelligenceUrl”.",
    names: &[
        // When the record was written comes half an hour after the click.
        (Field::Time, &["timeofclick", "creationtime", "creationdate"]),
        (Field::User, &["userid", "userids"]),
        (Field::Url, &["url"]),
        (Field::RawAction, &["urlclickaction"]),
        (Field::Source, &["appname"]),
        (Field::Ip, &["userip", "clientip"]),
        (Field::Tenant, &["organizationid"]),
        (Field::MessageId, &["sourceid"]),
    ],
    extra: &[&["recordtype"], &["operation", "operations"], &["blocked"], &["clickedthrough"]],
    sets: &[Field::RawAction],
    own: &["id", "userkey", "usertype", "version", "workload", "appversion", "eventdeeplink"],
    // What the search adds to a record.
    envelope: &["recordid", "resultindex", "resultcount", "identity", "isvalid", "objectstate", "runspaceid", "pscomputername", "psshowcomputername"],
    // The page of Search-UnifiedAuditLog and the most that Purview exports.
    caps: &[5_000, 50_000],
    utc: Some("audit records are written in UTC"),
    words: &words_of::<12>(&[&MEANINGS]),
    tells,
    fit,
    admit,
    judge,
    kind,
    ..Format::PLAIN
};

const RECORD_TYPE: usize = 0;
const OPERATION: usize = 1;
const BLOCKED: usize = 2;
const CLICKED_THROUGH: usize = 3;

/// The values of `UrlClickAction`, as number and as name; 0 and 1 are of older versions of the schema.
const MEANINGS: [Meaning; 12] = [
    ("0", Verdict::Unknown, Action::Unknown),
    ("None", Verdict::Unknown, Action::Unknown),
    ("1", Verdict::Safe, Action::Allowed),
    ("Allowed", Verdict::Safe, Action::Allowed),
    ("2", Verdict::Malicious, Action::Blocked),
    ("Blockpage", Verdict::Malicious, Action::Blocked),
    ("3", Verdict::Pending, Action::None),
    ("PendingDetonationPage", Verdict::Pending, Action::None),
    ("4", Verdict::Malicious, Action::UserOverride),
    ("BlockPageOverride", Verdict::Malicious, Action::UserOverride),
    ("5", Verdict::Pending, Action::UserOverride),
    ("PendingDetonationPageOverride", Verdict::Pending, Action::UserOverride),
];

fn tells(fields: FieldSet) -> FieldSet {
    super::url_protection::by_action(fields)
}

/// A record of the log, of whatever type: which of them are clicks is said by [`admit`].
fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let record = names.has("operation") && names.has("recordtype") && fields.has(Field::User);
    let click = names.has("timeofclick") && fields.has(Field::Url) && fields.has(Field::User);
    (record || click) && !names.has("auditdata") && !names.has("actiontype")
}

fn admit(record: &mut Record<'_>) -> Admit {
    let operation = Record::said(record.extra(OPERATION)).into_owned();
    let kind = Record::said(record.extra(RECORD_TYPE)).into_owned();
    let is_click = match (operation.as_str(), kind.as_str()) {
        ("", "") => true,
        ("", kind) => kind == "41" || kind.eq_ignore_ascii_case("ThreatIntelligenceUrl"),
        (operation, _) => operation.eq_ignore_ascii_case("TIUrlClickData"),
    };
    if !is_click {
        record.example = record.extra[if operation.is_empty() { RECORD_TYPE } else { OPERATION }];
        return Admit::Leave(Why::OtherTable);
    }
    if is_empty_word(record.cell(Field::Url)) {
        return Admit::Leave(Why::NoUrl);
    }
    // Older records say it in two booleans.
    if is_empty_word(record.cell(Field::RawAction)) {
        let yes = |place: usize| Record::said(record.extra(place)).eq_ignore_ascii_case("true");
        match (yes(CLICKED_THROUGH), yes(BLOCKED)) {
            (true, _) => record.set(Field::RawAction, "BlockPageOverride"),
            (false, true) => record.set(Field::RawAction, "Blockpage"),
            _ => {}
        }
    }
    // Only of mail the source is a message.
    let app = Record::said(record.cell(Field::Source)).to_ascii_lowercase();
    if !matches!(app.as_str(), "mail" | "email" | "outlook") {
        record.cells[Field::MessageId as usize] = Span::EMPTY;
    }
    Admit::Take
}

fn judge(words: &Words<'_>) -> (Verdict, Action) {
    meaning_in(&MEANINGS, words.raw_action).unwrap_or_default()
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("audit-csv", "clicks of the unified audit log (CSV)"),
        Container::Lines => ("audit-jsonl", "clicks of the unified audit log (JSON lines)"),
        _ => ("audit-json", "clicks of the unified audit log (JSON)"),
    }
}
