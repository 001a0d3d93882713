//! A made-up proxy's list of clicks, to see what a new format costs. No product writes it.

use super::{Admit, Format, Record};
use crate::import::container::Container;
use crate::import::log::Why;
use crate::import::names::Names;
use crate::model::{Action, Field, Verdict, Words, is_empty_word};

/// The format.
pub const FORMAT: Format = Format {
    id: "madeup",
    export_how: "Nobody can: it is made up.",
    names: &[
        (Field::Time, &["when"]),
        (Field::User, &["who"]),
        (Field::Url, &["link"]),
        (Field::RawAction, &["outcome"]),
    ],
    own: &[],
    foreign: &[],
    envelope: &[],
    envelope_of_records: None,
    caps: &[],
    keeps_days: None,
    disarmed: false,
    counted_once: false,
    words: &["let through", "stopped"],
    fit,
    admit,
    judge,
    kind,
};

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    [Field::Time, Field::Url, Field::RawAction].into_iter().all(|f| fields.has(f))
}

fn admit(record: &Record<'_>) -> Admit {
    if is_empty_word(record.url) { Admit::Leave(Why::NoUrl) } else { Admit::Take }
}

fn judge(words: &Words<'_>) -> (Verdict, Action) {
    match words.raw_action {
        "let through" => (Verdict::Unknown, Action::Allowed),
        "stopped" => (Verdict::Blocked, Action::Blocked),
        _ => (Verdict::Unknown, Action::Unknown),
    }
}

const fn kind(_container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    ("madeup", "a made-up list of clicks")
}
