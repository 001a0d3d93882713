//! What an export cannot tell, for it has no column for it, and what that costs.
//!
//! Owns the words of these notes. Which columns there are is said by the format and its records.

use super::describe::note;
use super::format::Format;
use super::report::{FileReport, Gap, Level};
use crate::model::{Field, FieldSet};

/// One line for each column that carries figures and is not there.
pub(super) fn note_columns(
    report: &mut FileReport,
    fields: FieldSet,
    format: &Format,
    allowed: u64,
    judged: u64,
) {
    // Of columns that somebody named only those are there.
    let has_column = |field: Field| format.has_verdict_column() && (!format.by_hand || fields.has(field));
    let (says_actions, says_verdicts) = (has_column(Field::RawAction), has_column(Field::Verdict));
    // Of a column that nobody asks for nobody can be told that the query left it out.
    let left_out = |field: Field| match format.queried_as(field) {
        Some(column) => format!("The query left out {column}"),
        None => "No record in it says it".to_owned(),
    };
    // A click-through column alone tells overrides, but not what was allowed or blocked.
    if !fields.has(Field::RawAction) && !says_actions {
        note(
            report,
            Level::Warn,
            Gap::Action.code(),
            "This export does not say what happened to a click",
            &format!(
                "{}: actions are unknown, and nothing can be said about blocks and overrides.",
                match format.queried_as(Field::RawAction) {
                    Some(column) => format!("The query left out {column}"),
                    None => "No record in it has a word for what happened".to_owned(),
                }
            ),
        );
    } else if allowed == 0 {
        note(
            report,
            Level::Warn,
            Gap::Allowed.code(),
            "There are no allowed clicks in this export",
            "Many queries keep only what was stopped. If this one did, rates say nothing: of what was exported, nothing was let through.",
        );
    }
    if says_verdicts && report.rows > 0 && judged == 0 {
        // Our own export of clicks whose threats nobody knew says nothing else.
        note(
            report,
            Level::Warn,
            Gap::Threats.code(),
            "This report does not say what was malicious",
            "No click in it is Safe or Malicious: verdicts are unknown, and malicious clicks cannot be counted.",
        );
    }
    if !fields.has(Field::Threat)
        && !says_verdicts
        && !(format.tells)(fields.without(Field::Verdict)).has(Field::Verdict)
    {
        note(
            report,
            Level::Warn,
            Gap::Threats.code(),
            "This export does not say what was malicious",
            &format!(
                "{}: verdicts are unknown, and malicious clicks cannot be counted.",
                left_out(Field::Threat)
            ),
        );
    }
    if !fields.has(Field::ClickedThrough) {
        note(
            report,
            Level::Warn,
            Gap::ClickThrough.code(),
            "This export cannot show an override",
            &format!(
                "{}: who clicked through a warning is not known, and no override rate can be given.",
                left_out(Field::ClickedThrough)
            ),
        );
    }
    if !fields.has(Field::ReportId) {
        note(
            report,
            Level::Info,
            "no-report-id",
            "Attempts cannot be told in this export",
            &format!(
                "{}: {}",
                match format.can_have(Field::ReportId) {
                    true => "The query left out ReportId",
                    false => "Exports of this kind have no report id",
                },
                match fields.has(Field::ClickedThrough) {
                    true =>
                        "a block and the override that followed count as two attempts, so an override rate comes out too low.",
                    false => "each click counts as an attempt of its own.",
                }
            ),
        );
    }
}
