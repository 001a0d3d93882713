//! Clicks on links that Trend Micro Email Security had rewritten: its URL click tracking.
//!
//! Source: Trend Micro's documentation of URL click tracking logs and of its CEF messages.

use super::{Format, meaning_in};
use crate::import::container::Container;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Verdict, Words};

/// The format.
pub const FORMAT: Format = Format {
    id: "trend-micro",
    export_how: "In Trend Micro Email Security open Logs, URL Click Tracking, and export as CSV.",
    names: &[
        (Field::Time, &["timeofclick", "clicktime"]),
        (Field::User, &["recipient", "mailto"]),
        (Field::Url, &["url"]),
        (Field::RawAction, &["actionapplied", "action"]),
        (Field::Sender, &["sender", "mailfrom"]),
        (Field::Subject, &["subject"]),
        (Field::MessageId, &["messageid"]),
    ],
    own: &["direction", "domainname", "eventid", "eventtype"],
    words: &["Blocked", "Allowed", "Warned and stopped", "Warned but accessed"],
    tells,
    fit,
    judge,
    kind,
    ..Format::PLAIN
};

/// A warning says that a page is suspicious or was never tested: stopped, and no verdict.
const MEANINGS: [(&str, Verdict, Action); 4] = [
    ("Blocked", Verdict::Malicious, Action::Blocked),
    ("Allowed", Verdict::Safe, Action::Allowed),
    ("Warned and stopped", Verdict::Blocked, Action::Blocked),
    ("Warned but accessed", Verdict::Blocked, Action::UserOverride),
];

/// It only rewrites links in mail.
fn tells(fields: FieldSet) -> FieldSet {
    super::url_protection::by_action(fields)
}

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let need = [Field::Time, Field::User, Field::Url, Field::RawAction].into_iter().all(|f| fields.has(f));
    need && fields.has(Field::Sender)
        && (names.has("direction") || names.has("actionapplied"))
        && !names.has("verdict")
}

fn judge(words: &Words<'_>) -> (Verdict, Action) {
    meaning_in(&MEANINGS, words.raw_action).unwrap_or_default()
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("trend-micro-csv", "URL click tracking of Trend Micro (CSV)"),
        _ => ("trend-micro-json", "URL click tracking of Trend Micro (JSON)"),
    }
}
