//! Clicks on links that Mimecast Targeted Threat Protection had rewritten: the logs of its API 1 and 2.0, and the
//! lines of its SIEM integration.
//!
//! Source: Mimecast's documentation of `get-ttp-url-logs` and of the SIEM logs, and recorded answers. A scan of a link on
//! delivery (“Entry Scan”) is no click; the address in a record is that of the sender.

use super::{Admit, Format, Record};
use crate::import::container::Container;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Span, Verdict, Words, is_empty_word};

/// The format.
pub const FORMAT: Format = Format {
    id: "mimecast",
    export_how: "Save the answer of POST /api/ttp/url/get-logs of the Mimecast API.",
    names: &[
        (Field::Time, &["date", "timestamp", "datetime"]),
        (Field::User, &["useremailaddress", "recipients", "recipient"]),
        (Field::Url, &["url"]),
        (Field::Verdict, &["scanresult", "blockreason"]),
        (Field::RawAction, &["action"]),
        (Field::Subject, &["subject"]),
        (Field::Sender, &["fromuseremailaddress", "senderenvelope"]),
        (Field::MessageId, &["messageid"]),
    ],
    extra: &[&["creationmethod"], &["userawarenessaction"], &["useroverride"], &["type", "eventtype"]],
    scans_by: Some("creationMethod"),
    sets: &[Field::RawAction, Field::Source, Field::ClickedThrough],
    own: &["ttpdefinition", "actions", "adminoverride", "category", "urlcategory", "sendingip", "sourceip", "route", "emailpartsdescription", "tagmap"],
    words: &["allow", "warn", "block", "warn, continued", "block, continued", "allow, continued"],
    // What somebody did at the warning makes one too.
    tells,
    fit,
    admit,
    judge,
    kind,
    // Its words are few, and the verdict has a column.
    known_by_action: false,
    ..Format::PLAIN
};

const CREATION_METHOD: usize = 0;
const AWARENESS: usize = 1;
const OVERRIDE: usize = 2;
const TYPE: usize = 3;

/// Put behind the word for a click of somebody who went on from a warning.
const CONTINUED: &str = ", continued";

/// It only rewrites links in mail.
fn tells(fields: FieldSet) -> FieldSet {
    fields.with(Field::Source)
}

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let need = [Field::Time, Field::User, Field::Url, Field::RawAction].into_iter().all(|f| fields.has(f));
    let of_api = names.has("scanresult") && names.has("useremailaddress");
    let of_siem = names.has("urlcategory") && names.has("senderenvelope");
    need && (of_api || of_siem)
}

fn admit(record: &mut Record<'_>) -> Admit {
    let said = |place: usize| Record::said(record.extra(place)).to_ascii_lowercase();
    if said(CREATION_METHOD) == "entry scan" {
        return Admit::Leave(Why::NobodyClicked);
    }
    let kind = said(TYPE);
    if !kind.is_empty() && !kind.contains("url") {
        record.example = record.extra[TYPE];
        return Admit::Leave(Why::OtherTable);
    }
    let goes_on = said(AWARENESS) == "continue" || !matches!(said(OVERRIDE).as_str(), "" | "none" | "false");
    if is_empty_word(record.cell(Field::Url)) {
        return Admit::Leave(Why::NoUrl);
    }
    // Only where the record has a place for it, it says who went on.
    let says = record.extra[AWARENESS] != Span::EMPTY || record.extra[OVERRIDE] != Span::EMPTY;
    if says {
        record.set(Field::ClickedThrough, if goes_on { "1" } else { "0" });
    }
    if goes_on {
        let action = Record::said(record.cell(Field::RawAction)).into_owned() + CONTINUED;
        record.set(Field::RawAction, &action);
    }
    record.set(Field::Source, "Email");
    Admit::Take
}

/// What was scanned clean is safe, whatever a rule said. What a rule stopped without a scan is on a list.
fn judge(words: &Words<'_>) -> (Verdict, Action) {
    let raw = words.raw_action.to_ascii_lowercase();
    let (word, goes_on) = match raw.strip_suffix(CONTINUED) {
        Some(word) => (word, true),
        None => (raw.as_str(), false),
    };
    let stopped = matches!(word, "warn" | "block");
    let result = words.verdict.to_ascii_lowercase();
    let verdict = match result.trim() {
        "clean" | "safe" => Verdict::Safe,
        result if result.contains("malicious") || result.contains("phish") || result.contains("malware") => {
            Verdict::Malicious
        }
        _ if stopped => Verdict::Blocked,
        _ => Verdict::Unknown,
    };
    let action = match word {
        "warn" | "block" if goes_on => Action::UserOverride,
        "warn" | "block" => Action::Blocked,
        "allow" => Action::Allowed,
        _ => Action::Unknown,
    };
    (verdict, action)
}

fn kind(container: Container, names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("mimecast-csv", "clicks of Mimecast TTP (CSV)"),
        _ if names.has("senderenvelope") => ("mimecast-siem", "clicks of Mimecast TTP (SIEM logs)"),
        _ => ("mimecast-json", "clicks of Mimecast TTP (JSON)"),
    }
}
