//! What came of an attempt: one person and one link, with the warning, the click past it, and the next try as one.
//!
//! Owns the outcomes and their order. Which rows are one attempt the data says ([`Dataset::attempt`]).

use super::Facts;
use crate::model::ids::Id as _;
use crate::model::{Action, Dataset, Kind, NONE, Texts, Verdict};
use crate::seconds::LostSeconds;

/// What came of an attempt, the gravest first: of several rows the first of these counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Outcome {
    /// A warning or waiting page was shown, and clicked through.
    Overridden,
    /// Let through without one, although malicious, on a block list or not analysed yet.
    Reached,
    /// Let through while nothing was known; later, or of others like it, it was.
    Exposed,
    /// Let through although others of its form or domain had been found to be bad.
    Missed,
    /// Stopped, and nobody went on.
    Stopped,
    /// Ended on an error page or a waiting page.
    Waiting,
    /// A link of a phishing simulation of Microsoft: a test, whatever came of it.
    Simulation,
    /// Let through, and nothing is known against it.
    Safe,
    /// The export does not say.
    #[default]
    Unknown,
}

impl Outcome {
    /// All of them, the gravest first.
    pub const ALL: [Outcome; 9] = [
        Outcome::Overridden,
        Outcome::Reached,
        Outcome::Exposed,
        Outcome::Missed,
        Outcome::Stopped,
        Outcome::Waiting,
        Outcome::Simulation,
        Outcome::Safe,
        Outcome::Unknown,
    ];

    /// Its name in filters, in the API and in exports.
    pub const fn token(self) -> &'static str {
        match self {
            Outcome::Overridden => "overridden",
            Outcome::Reached => "reached",
            Outcome::Exposed => "exposed",
            Outcome::Missed => "missed",
            Outcome::Stopped => "stopped",
            Outcome::Waiting => "waiting",
            Outcome::Simulation => "simulation",
            Outcome::Safe => "safe",
            Outcome::Unknown => "unknown",
        }
    }

    /// What it is called on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Outcome::Overridden => "Past a warning",
            Outcome::Reached => "Let through, not safe",
            Outcome::Exposed => "Let through, bad later",
            Outcome::Missed => "Let through, others like it stopped",
            Outcome::Stopped => "Stopped",
            Outcome::Waiting => "Error or waiting page",
            Outcome::Simulation => "Phishing simulation",
            Outcome::Safe => "Let through",
            Outcome::Unknown => "Unknown",
        }
    }

    /// The outcome of a token, in any case.
    pub fn from_token(token: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|one| one.token().eq_ignore_ascii_case(token.trim()))
    }

    /// The tokens of those in which somebody saw a page that was not safe, as is known today.
    pub const REACHED_BAD: [&'static str; 4] = [
        Outcome::Overridden.token(),
        Outcome::Reached.token(),
        Outcome::Exposed.token(),
        Outcome::Missed.token(),
    ];

    /// Whether it is one of [`Outcome::REACHED_BAD`].
    pub const fn is_reached_bad(self) -> bool {
        matches!(self, Outcome::Overridden | Outcome::Reached | Outcome::Exposed | Outcome::Missed)
    }

    pub(super) fn words() -> Texts {
        let mut words = Texts::default();
        for one in Outcome::ALL {
            words.intern(one.token().as_bytes());
        }
        words
    }

    const fn of_kind(kind: Kind) -> Outcome {
        match (kind.action, kind.verdict) {
            (Action::UserOverride, _) => Outcome::Overridden,
            (Action::Allowed, Verdict::Malicious | Verdict::Blocked | Verdict::Pending) => Outcome::Reached,
            (Action::Allowed, _) => Outcome::Safe,
            (Action::Blocked, _) => Outcome::Stopped,
            (Action::None, _) => Outcome::Waiting,
            (Action::Unknown, _) => Outcome::Unknown,
        }
    }
}

/// The clicks past a page whose showing the export tells too, ascending by row, each with the milliseconds between: from the last
/// block since somebody last went on, where there is none from the first waiting page. Who comes back to a link sees the page
/// anew. Of clicks that have lost their seconds nothing is told.
pub(super) fn pauses(data: &Dataset) -> Vec<(u32, i64)> {
    let mut shown = vec![(None, None); data.shared_attempts as usize];
    let mut pauses = Vec::new();
    if data.sharing.is_empty() {
        return pauses;
    }
    let lost = LostSeconds::new(data);
    // Rows are in the order of time.
    for (row, attempt) in &data.sharing {
        let Some((blocked, waiting)) = shown.get_mut(*attempt as usize) else { continue };
        let (kind, time) = (data.kind_of(*row as usize), data.time[*row as usize]);
        match kind.action {
            action if action.reached() => {
                let at = blocked.take().or(*waiting);
                *waiting = None;
                let is_told = |shown: &u32| {
                    let (shown, past) = (*shown as usize, *row as usize);
                    // A file that tells the seconds of the one has those of the other.
                    let is_another = data.origin.at(shown).file() != data.origin.at(past).file();
                    action == Action::UserOverride
                        && !lost.of(data, past)
                        && !(is_another && lost.of(data, shown))
                };
                let past = at.filter(is_told);
                pauses.extend(past.map(|shown| (*row, time - data.time[shown as usize])));
            }
            Action::Blocked => *blocked = Some(*row),
            _ if kind.verdict == Verdict::Pending => *waiting = waiting.or(Some(*row)),
            _ => {}
        }
    }
    pauses
}

/// The outcome of each row, as its place in [`Outcome::ALL`]. `is_simulation`: of each host, empty where none is.
pub(super) fn of_rows(data: &Dataset, facts: &Facts, is_simulation: &[bool]) -> Vec<u16> {
    let of_kind: Vec<u16> = data.kinds.iter().map(|kind| Outcome::of_kind(*kind) as u16).collect();
    let is_safe: Vec<bool> = of_kind.iter().map(|one| *one == Outcome::Safe as u16).collect();
    let mut of_row: Vec<u16> = data.kind.iter().map(|kind| of_kind[*kind as usize]).collect();
    if !is_simulation.is_empty() {
        for (row, one) in of_row.iter_mut().enumerate() {
            if is_simulation.get(data.host_of_row(row).raw() as usize) == Some(&true) {
                *one = Outcome::Simulation as u16;
            }
        }
    }
    // Of nearly all URLs nothing is known, and a small table of that stays near.
    let is_known = facts.are_known();
    for (row, one) in of_row.iter_mut().enumerate() {
        let may_be_bad = || is_known.get(data.url.at(row).raw() as usize) == Some(&true);
        if !is_safe[data.kind[row] as usize] || *one == Outcome::Simulation as u16 || !may_be_bad() {
            continue;
        }
        if facts.is_exposed(data, row) {
            *one = Outcome::Exposed as u16;
        } else if facts.is_missed(data, row) {
            *one = Outcome::Missed as u16;
        }
    }
    // Of rows that reached a page the gravest counts, of others where none did.
    let mut gravest = vec![(NONE as u16, NONE as u16); data.shared_attempts as usize];
    for (row, attempt) in &data.sharing {
        if let Some((reached, other)) = gravest.get_mut(*attempt as usize) {
            let known = if data.kind_of(*row as usize).action.reached() { reached } else { other };
            *known = of_row[*row as usize].min(*known);
        }
    }
    for (row, attempt) in &data.sharing {
        if let Some((reached, other)) = gravest.get(*attempt as usize) {
            of_row[*row as usize] = if *reached == NONE as u16 { *other } else { *reached };
        }
    }
    of_row
}
