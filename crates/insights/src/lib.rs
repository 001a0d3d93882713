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
mod door;
mod first_read;
mod gaps;
mod handled;
pub mod kql;
mod lasting;
mod meaning;
mod offenders;
mod signs;
pub mod simulated;
mod statistics;
mod story;
mod sweep;
mod warnings;
mod when;
mod worklist;

pub use compare::{AskCompare, Change, Comparison, Delta, Side, compare_markdown, halves, split_at};
pub use door::{narrowed, reached_bad};
pub use first_read::{AskFirstRead, FirstRead, Part, Sentence};
pub use handled::{AllHandled, DONE, Handled, worklist_csv, worklist_markdown};
pub use kql::AskKql;
pub use meaning::{AskMeaning, Meaning};
pub use offenders::{APART, AskOffenders, Offender, Offenders, TRIGGERS, offender_said};
pub use signs::{AskSigns, SignCount};
pub use simulated::{AskSimulations, SimulationsAnswer};
pub use story::{AskStory, Mark, Story};
pub use sweep::{AskSweep, Sweep, SweepLine};
pub use warnings::{AskWarnings, Warned, WarnedPart, Warnings};
pub use when::{AskWhen, COUNTED, OddDay, When};
pub use worklist::{AskWorklist, Happened, ToDo, Worklist};
