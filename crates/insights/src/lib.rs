//! What the clicks mean, and what has to be done: conclusions that somebody acts on.
//!
//! Owns one file a conclusion: a pure function of the data, the rows in view and what somebody chose, with its question
//! beside it. Stands on [`clicks::query`], which owns every number. Must not know how an answer is shown. The rules with their
//! sources: `docs/insights.md`.

mod accounts;
mod after;
pub mod api;
pub mod ask;
mod compare;
mod copied;
mod door;
mod first_read;
mod gaps;
mod handled;
pub mod kql;
mod meaning;
mod offenders;
mod signed;
pub mod simulated;
mod statistics;
mod story;
mod sweep;
mod warnings;
mod when;
mod worklist;

pub use compare::{AskCompare, Change, Comparison, Delta, Side, compare_markdown, halves, split_at};
pub use copied::AskKql;
pub use door::narrowed;
pub use first_read::{AskFirstRead, FirstRead, Part, Sentence};
pub use handled::{AllHandled, DONE, Handled, worklist_csv, worklist_markdown};
pub use meaning::{AskMeaning, Meaning};
pub use offenders::{APART, AskOffenders, Offender, Offenders, TRIGGERS, offender_said};
pub use signed::{AskSigns, SignCount};
pub use simulated::{AskSimulations, SimulationsAnswer};
pub use story::{AskStory, Mark, Story};
pub use sweep::{AskSweep, Sweep, SweepLine};
pub use warnings::{AskWarnings, Warned, WarnedPart, Warnings};
pub use when::{AskWhen, COUNTED, OddDay, When};
pub use worklist::{AskWorklist, Happened, ToDo, Worklist};

use clicks::model::text::counted;
use clicks::model::{DAY_MS, HOUR_MS, MINUTE_MS};

/// A length of time in one unit, two where hours are few: `7 s`, `34 min`, `3 h 5 min`, `2 days`.
pub(crate) fn lasting(ms: i64) -> String {
    match ms.max(0) {
        ms if ms < MINUTE_MS => format!("{} s", ms / 1_000),
        ms if ms < 2 * HOUR_MS => format!("{} min", ms / MINUTE_MS),
        ms if ms < 2 * DAY_MS => match ms % HOUR_MS / MINUTE_MS {
            0 => format!("{} h", ms / HOUR_MS),
            minutes => format!("{} h {minutes} min", ms / HOUR_MS),
        },
        ms => counted((ms / DAY_MS).unsigned_abs(), "day", "days"),
    }
}
