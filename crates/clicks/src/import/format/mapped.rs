//! Any table with a URL, a time and a user, whose columns somebody has named.
//!
//! Owns what its words mean: those that some known export has, and our own. Words of no export are unknown, and shown. The
//! columns come here under the names that [`crate::import::ReadAs`] gives them.

use super::{Format, audit, detail_report, explorer, hunting};
use crate::import::container::Container;
use crate::import::names::Names;
use crate::model::{Action, Field, FieldSet, Verdict, Words};

/// The format. No file writes such names: they begin with a sign that means nothing anywhere.
pub const FORMAT: Format = Format {
    id: "mapped",
    export_how: "Any CSV with a URL, a time and a user: say which column is what.",
    names: &[
        (Field::Time, &["\u{e000}time"]),
        (Field::Url, &["\u{e000}url"]),
        (Field::User, &["\u{e000}user"]),
        (Field::RawAction, &["\u{e000}rawaction"]),
        (Field::Verdict, &["\u{e000}verdict"]),
        (Field::Ip, &["\u{e000}ip"]),
        (Field::Source, &["\u{e000}source"]),
        (Field::Subject, &["\u{e000}subject"]),
        (Field::Sender, &["\u{e000}sender"]),
        (Field::Device, &["\u{e000}device"]),
        (Field::Threat, &["\u{e000}threat"]),
    ],
    words: &["Allowed", "Blocked", "UserOverride", "User override", "None"],
    by_hand: true,
    tells,
    fit,
    judge,
    kind,
    ..Format::PLAIN
};

fn tells(fields: FieldSet) -> FieldSet {
    match fields.has(Field::RawAction) {
        true => fields.with(Field::Action).with(Field::ClickedThrough),
        false => fields,
    }
}

fn fit(names: &Names) -> bool {
    let fields = names.fields(&FORMAT);
    [Field::Time, Field::Url, Field::User].into_iter().all(|field| fields.has(field))
}

/// What some export means by the same word: the verdict of a column of its own goes before.
fn judge(words: &Words<'_>) -> (Verdict, Action) {
    // A bare number means something in the audit log, and something else in every other table.
    let is_number = !words.raw_action.is_empty() && words.raw_action.bytes().all(|b| b.is_ascii_digit());
    let of_others = [hunting::FORMAT.judge, detail_report::judge, explorer::FORMAT.judge, audit::FORMAT.judge]
        .iter()
        .map(|judge| judge(words))
        .find(|(_, action)| *action != Action::Unknown && !is_number);
    let (verdict, action) = of_others.unwrap_or_default();
    let action = match action {
        Action::Unknown => Action::from_word(words.raw_action).unwrap_or_default(),
        action => action,
    };
    let said = match words.verdict.trim() {
        "" => None,
        word => Some(Verdict::from_word(word).unwrap_or_default()),
    };
    // Nobody knows that a page was safe where neither a verdict nor a threat has a column.
    let concluded = match (words.threat, verdict) {
        (Some(true), Verdict::Safe | Verdict::Unknown) => Verdict::Malicious,
        (None, Verdict::Safe) => Verdict::Unknown,
        _ => verdict,
    };
    (said.unwrap_or(concluded), action)
}

const fn kind(container: Container, _names: &Names, _streaming: bool) -> (&'static str, &'static str) {
    match container {
        Container::Csv => ("mapped-csv", "a table whose columns you named"),
        _ => ("mapped-json", "JSON whose keys you named"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read_as::NAMEABLE;

    #[test]
    fn mapped_fields_are_those_that_can_be_named_under_the_names_they_are_given() {
        assert_eq!(FORMAT.names.len(), NAMEABLE.len());
        for field in NAMEABLE {
            let name = format!("\u{e000}{}", field.name()).to_lowercase();
            let found = FORMAT.names.iter().find(|(known, _)| *known == field).map(|(_, names)| names[0]);
            assert_eq!(found, Some(name.as_str()), "{field:?}");
        }
    }
}
