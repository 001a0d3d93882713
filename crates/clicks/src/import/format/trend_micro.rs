//! Clicks on links that Trend Micro Email Security had rewritten: its URL click tracking.
//!
//! Source: Trend Micro's documentation of URL click tracking logs and of its CEF messages.

use super::{Admit, Format, Meaning, Record, meaning_in, words_of};
use crate::import::container::Container;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Verdict, Words, is_empty_word};

/// The format.
pub const FORMAT: Format = Format {
    id: "trend-micro",
    export_how: "In Trend Micro Email Security open Logs, URL Click Tracking, and export as CSV.",
    names: &[
        (Field::Time, &["timeofclick", "clicktime"]),
        (Field::User, &["recipient", "mailto", "duser"]),
        (Field::Url, &["url", "request"]),
        (Field::RawAction, &["actionapplied", "action", "act"]),
        (Field::Sender, &["sender", "mailfrom", "suser"]),
        (Field::Subject, &["subject", "msg"]),
        (Field::MessageId, &["messageid"]),
    ],
    extra: &[&["cefname"]],
    // When the line was written.
    envelope: &["rt"],
    sets: &[Field::Source],
    own: &["direction", "domainname", "eventid", "eventtype"],
    words: &words_of::<4>(&[&MEANINGS]),
    tells,
    fit,
    admit,
    judge,
    kind,
    ..Format::PLAIN
};

/// A warning says that a page is suspicious or was never tested: stopped, and no verdict.
const MEANINGS: [Meaning; 4] = [
    ("Blocked", Verdict::Malicious, Action::Blocked),
    ("Allowed", Verdict::Safe, Action::Allowed),
    ("Warned and stopped", Verdict::Blocked, Action::Blocked),
    ("Warned but accessed", Verdict::Blocked, Action::UserOverride),
];

/// It only rewrites links in mail.
fn tells(fields: FieldSet) -> FieldSet {
    super::url_protection::by_action(fields).with(Field::Source)
}

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let need = [Field::Time, Field::User, Field::Url, Field::RawAction].into_iter().all(|f| fields.has(f));
    need && fields.has(Field::Sender)
        && ["direction", "actionapplied", "cefname"].iter().any(|name| names.has(name))
        && !names.has("verdict")
}

/// Lines of CEF are of all kinds of events; the name says which are clicks.
fn admit(record: &mut Record<'_>) -> Admit {
    let name = Record::said(record.extra(0));
    if !name.is_empty() && name != "CTP_DETECTION" {
        record.example = record.extra[0];
        return Admit::Leave(Why::OtherTable);
    }
    if is_empty_word(record.cell(Field::Url)) {
        return Admit::Leave(Why::NoUrl);
    }
    // One event is one click, whoever else it was sent to; and it only rewrites links in mail.
    let recipient = Record::said(record.cell(Field::User)).into_owned();
    if let Some((first, _)) = recipient.split_once(';') {
        record.set(Field::User, first.trim());
    }
    record.set(Field::Source, "Email");
    Admit::Take
}

fn judge(words: &Words<'_>) -> (Verdict, Action) {
    meaning_in(&MEANINGS, words.raw_action).unwrap_or_default()
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Cef => ("trend-micro-cef", "URL click tracking of Trend Micro (CEF)"),
        Container::Csv => ("trend-micro-csv", "URL click tracking of Trend Micro (CSV)"),
        _ => ("trend-micro-json", "URL click tracking of Trend Micro (JSON)"),
    }
}
