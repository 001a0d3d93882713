//! The flat report of nine columns, as our own exports write it and other reporting tools do: one row a
//! click, verdict and action in plain words.
//!
//! Source: our `export/` and the published column list of such reports. A file that we wrote opens again with
//! the same clicks.

use super::Format;
use crate::import::container::Container;
use crate::import::names::Names;
use crate::model::{Action, Field, Verdict, Words};

/// The format.
pub const FORMAT: Format = Format {
    id: "flat",
    export_how: "On the page of Clickglass choose Export, CSV or JSON. Other tools call it a Safe Links report.",
    names: &[
        (Field::Time, &["date", "time", "timestamp"]),
        (Field::User, &["user"]),
        (Field::Url, &["originalurl", "url"]),
        (Field::Verdict, &["verdict"]),
        (Field::Action, &["action"]),
        (Field::Source, &["clicksource", "source"]),
        (Field::Ip, &["ipaddress", "ip"]),
        (Field::Device, &["device"]),
        (Field::Subject, &["messagesubject", "subject"]),
        (Field::Sender, &["sender"]),
        (Field::Tenant, &["tenant"]),
        (Field::RawAction, &["rawaction"]),
        (Field::Threat, &["threattypes", "threat"]),
        (Field::MessageId, &["messageid"]),
        (Field::ReportId, &["reportid"]),
    ],
    // Derived from the URL.
    envelope: &["host"],
    disarmed: true,
    counted_once: true,
    words: &super::hunting::CLICK_ACTIONS,
    // There is a column for it.
    // With verdict and action it says who clicked through.
    tells: |fields| fields.with(Field::ClickedThrough),
    fit,
    judge,
    kind,
    // It says the action itself.
    known_by_action: false,
    ..Format::PLAIN
};

/// Our own export leaves out what none of its clicks has; it names the host beside ids that other tools do not have.
fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    let need = [Field::Time, Field::User, Field::Url].into_iter().all(|f| fields.has(f));
    let (verdict, action) = (fields.has(Field::Verdict), fields.has(Field::Action));
    // Proxies name a host too, and no report id.
    let own = names.has("host") && ["rawaction", "reportid", "messageid"].iter().any(|name| names.has(name));
    need && (verdict && action || own && (verdict || action))
}

/// The words stand as they are; what is not one of ours is unknown, and kept as the raw action.
fn judge(words: &Words<'_>) -> (Verdict, Action) {
    let verdict = match words.verdict.trim() {
        word if word.eq_ignore_ascii_case("Pending Verdict") => Verdict::Pending,
        word => Verdict::from_word(word).unwrap_or_default(),
    };
    (verdict, Action::from_word(words.action).unwrap_or_default())
}

const fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("flat-csv", "a flat report of clicks (CSV)"),
        _ => ("flat-json", "a flat report of clicks (JSON)"),
    }
}
