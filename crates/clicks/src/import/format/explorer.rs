//! The URL clicks of Threat Explorer and of Real-time detections.
//!
//! Source: Microsoft's `threat-explorer-real-time-detections-about` and `threat-explorer-email-security`: the
//! table says what was shown (“Block page override”), the small export of one message says “Block overridden”.

use super::{Format, Meaning, meaning_in, words_of};
use crate::import::container::Container;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Verdict, Words};

/// The format.
pub const FORMAT: Format = Format {
    id: "explorer",
    export_how: "In security.microsoft.com open Explorer, URL clicks, and choose Export.",
    names: &[
        (Field::Time, &["timeclicked", "clicktime"]),
        (Field::User, &["recipient", "recipients", "user"]),
        (Field::Url, &["url"]),
        (Field::RawAction, &["urlclickaction", "clickverdict"]),
        (Field::Ip, &["clientip"]),
        (Field::MessageId, &["networkmessageid"]),
        (Field::ReportId, &["clickid"]),
        (Field::Threat, &["threattype", "threattypes"]),
    ],
    own: &["tags", "urlchain", "detectiontechnology"],
    keeps_days: &[("explorer-csv", 30), ("explorer-json", 30)],
    // Nothing says that a Click ID is the ReportId of advanced hunting.
    own_report_ids: true,
    words: &words_of::<15>(&[&MEANINGS]),
    tells,
    fit,
    judge,
    kind,
    ..Format::PLAIN
};

/// What they mean where no threat type says more. After `Failure` the user may have got there: unknown.
const MEANINGS: [Meaning; 15] = [
    ("Allowed", Verdict::Safe, Action::Allowed),
    ("Block page", Verdict::Malicious, Action::Blocked),
    ("Blocked page", Verdict::Malicious, Action::Blocked),
    ("Blocked", Verdict::Malicious, Action::Blocked),
    ("Block page override", Verdict::Malicious, Action::UserOverride),
    ("Blocked page override", Verdict::Malicious, Action::UserOverride),
    ("Block overridden", Verdict::Malicious, Action::UserOverride),
    ("Pending detonation page", Verdict::Pending, Action::None),
    ("Pending verdict", Verdict::Pending, Action::None),
    ("Pending detonation page override", Verdict::Pending, Action::UserOverride),
    ("Pending verdict bypassed", Verdict::Pending, Action::UserOverride),
    ("Error page", Verdict::Unknown, Action::None),
    ("Error", Verdict::Unknown, Action::None),
    ("Failure", Verdict::Unknown, Action::Unknown),
    ("None", Verdict::Unknown, Action::Unknown),
];

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    [Field::Time, Field::User, Field::Url, Field::RawAction].into_iter().all(|field| fields.has(field))
}

/// Its words say who clicked through; what was found is said by the threat types.
fn tells(fields: FieldSet) -> FieldSet {
    let fields = if fields.has(Field::RawAction) { fields.with(Field::ClickedThrough) } else { fields };
    if fields.has(Field::Threat) { fields.with(Field::Verdict) } else { fields }
}

/// `Block` among the threat types is an entry of the tenant's block list: nothing was found.
fn judge(words: &Words<'_>) -> (Verdict, Action) {
    let (verdict, action) = meaning_in(&MEANINGS, words.raw_action).unwrap_or_default();
    let listed = words.threats.split(',').all(|threat| threat.trim().eq_ignore_ascii_case("block"));
    match (verdict, words.threat) {
        (Verdict::Malicious, Some(true)) if listed => (Verdict::Blocked, action),
        (Verdict::Safe, Some(true)) if !listed => (Verdict::Malicious, action),
        // What was let through was safe only where no threat is named.
        (Verdict::Safe, None) => (Verdict::Unknown, action),
        _ => (verdict, action),
    }
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("explorer-csv", "URL clicks of Threat Explorer (CSV)"),
        _ => ("explorer-json", "URL clicks of Threat Explorer (JSON)"),
    }
}
