//! Clicks that Proofpoint Targeted Attack Protection saw on links it had rewritten: the SIEM API, version 2.
//!
//! Source: Proofpoint's documentation of the SIEM API, and recorded answers. It only knows clicks on what it holds
//! for a threat; whether a click was let through is said by the array that holds it, or by what a forwarder made of
//! the name of that array.

use super::{Admit, Format, Record};
use crate::import::agent::device_of_agent;
use crate::import::container::Container;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Verdict, Words, is_empty_word};

/// The format.
pub const FORMAT: Format = Format {
    id: "proofpoint",
    export_how: "Save the answer of GET /v2/siem/all?format=json of the Proofpoint TAP API.",
    names: &[
        (Field::Time, &["clicktime"]),
        (Field::User, &["recipient"]),
        (Field::Url, &["url"]),
        (Field::RawAction, &["eventtype", "status"]),
        (Field::Ip, &["clickip"]),
        (Field::Sender, &["sender"]),
        (Field::Threat, &["classification"]),
        (Field::MessageId, &["messageid"]),
        (Field::ReportId, &["id"]),
        (Field::Device, &["useragent"]),
    ],
    extra: &[&["threatstatus"], &["type"]],
    sets: &[Field::RawAction, Field::Source, Field::Device],
    own: &["campaignid", "guid", "senderip", "threatid", "threattime", "threaturl"],
    words: &["clicksPermitted", "clicksBlocked", "permitted", "blocked"],
    tells,
    fit,
    admit,
    judge,
    kind,
    ..Format::PLAIN
};

const THREAT_STATUS: usize = 0;
const TYPE: usize = 1;

/// Put behind the word for a click on what was found to be harmless since.
const TAKEN_BACK: [&str; 2] = ["cleared", "falsePositive"];

/// It only rewrites links in mail.
fn tells(fields: FieldSet) -> FieldSet {
    fields.with(Field::Source).with(Field::Verdict)
}

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let need = [Field::Time, Field::User, Field::Url].into_iter().all(|field| fields.has(field));
    need && ["clickip", "threaturl", "threatstatus", "classification"].iter().filter(|n| names.has(n)).count() >= 2
}

fn admit(record: &mut Record<'_>) -> Admit {
    let kind = Record::said(record.extra(TYPE)).to_ascii_lowercase();
    let event = Record::said(record.cell(Field::RawAction)).to_ascii_lowercase();
    if [record.array, &kind, &event].iter().any(|said| said.starts_with("message")) {
        return Admit::Leave(Why::OtherTable);
    }
    if is_empty_word(record.cell(Field::Url)) {
        return Admit::Leave(Why::NoUrl);
    }
    let said = Record::said(record.cell(Field::RawAction)).into_owned();
    let array = if record.array.starts_with("clicks") { record.array } else { "" };
    let word = if said.is_empty() { array } else { &said };
    let status = Record::said(record.extra(THREAT_STATUS)).into_owned();
    let taken_back = TAKEN_BACK.iter().find(|word| word.eq_ignore_ascii_case(&status));
    let action = match taken_back {
        Some(since) => format!("{word} ({since})"),
        None => word.to_owned(),
    };
    record.set(Field::RawAction, action.trim());
    // One event is one click, whoever else it was sent to; a table has the list as text.
    let who = Record::said(record.cell(Field::User)).into_owned();
    if who.starts_with('[') || who.matches('@').count() > 1 {
        let outside = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"' | '\'' | '[' | ']' | '<' | '>' | '(' | ')');
        record.set(Field::User, who.split(outside).find(|part| part.contains('@')).unwrap_or(&who));
    }
    record.set(Field::Source, "Email");
    let device = device_of_agent(&Record::said(record.cell(Field::Device)));
    record.set(Field::Device, &device);
    Admit::Take
}

fn judge(words: &Words<'_>) -> (Verdict, Action) {
    let (word, since) = words.raw_action.split_once('(').unwrap_or((words.raw_action, ""));
    let word = word.trim().to_ascii_lowercase();
    let action = match word.trim_start_matches("clicks").trim_start_matches("click").trim_start_matches([' ', '_', '-']) {
        "permitted" => Action::Allowed,
        "blocked" => Action::Blocked,
        _ => Action::Unknown,
    };
    (if since.is_empty() { Verdict::Malicious } else { Verdict::Safe }, action)
}

fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("proofpoint-csv", "clicks of Proofpoint TAP (CSV)"),
        Container::Lines => ("proofpoint-jsonl", "clicks of Proofpoint TAP (JSON lines)"),
        _ => ("proofpoint-json", "clicks of Proofpoint TAP (JSON)"),
    }
}
