//! The URL protection report of the Defender portal.
//!
//! Source: Microsoft's description of the report, `reports-defender-for-office-365`. It hides what was allowed
//! unless somebody asks for it.

use super::{Format, Meaning, detail_report, meaning_in, words_of};
use crate::import::container::Container;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Verdict};

/// The format.
pub const FORMAT: Format = Format {
    id: "url-protection",
    export_how: "In security.microsoft.com open Reports, URL protection report, set the filter to all actions (allowed ones are hidden at first) and choose Export.",
    names: &[
        (Field::Time, &["clicktime", "date"]),
        (Field::User, &["user", "recipient"]),
        (Field::Url, &["url"]),
        (Field::RawAction, &["action"]),
        (Field::Source, &["app"]),
    ],
    own: &["tags"],
    // The details reach 30 days back, those by application 7.
    keeps_days: &[("url-protection-csv", 30), ("url-protection-json", 30)],
    // And the words behind the phrases, which its own requests have.
    words: &words_of::<16>(&[&MEANINGS, &detail_report::MEANINGS]),
    tells: by_action,
    fit,
    judge: detail_report::judge,
    kind,
    ..Format::PLAIN
};

/// The phrases of the portal.
const MEANINGS: [Meaning; 8] = [
    ("Allowed", Verdict::Safe, Action::Allowed),
    ("Allowed by tenant admin", Verdict::Safe, Action::Allowed),
    ("Blocked", Verdict::Malicious, Action::Blocked),
    ("Blocked by tenant admin", Verdict::Blocked, Action::Blocked),
    ("Blocked and clicked through", Verdict::Malicious, Action::UserOverride),
    ("Blocked by tenant admin and clicked through", Verdict::Blocked, Action::UserOverride),
    ("Clicked through during scan", Verdict::Pending, Action::UserOverride),
    ("Pending scan", Verdict::Pending, Action::None),
];

/// What a phrase of the portal means.
pub fn meaning(phrase: &str) -> Option<(Verdict, Action)> {
    meaning_in(&MEANINGS, phrase)
}

/// Each of the words says what was found and who clicked through.
pub fn by_action(fields: FieldSet) -> FieldSet {
    match fields.has(Field::RawAction) {
        true => fields.with(Field::Verdict).with(Field::ClickedThrough),
        false => fields,
    }
}

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let need = [Field::Time, Field::User, Field::Url, Field::RawAction, Field::Source];
    // Proxies write such tables too; only this one calls the time so, or has tags of people.
    let own = names.has("clicktime") || names.has("tags");
    own && need.into_iter().all(|field| fields.has(field)) && !names.has("verdict")
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("url-protection-csv", "the URL protection report (CSV)"),
        _ => ("url-protection-json", "the URL protection report (JSON)"),
    }
}
