//! What is counted of one view, in one pass over its clicks.
//!
//! Owns the period that a view is of, and which clicks, attempts and people count for what. Must not know the other view.

use std::collections::HashSet;

use super::Side;
use clicks::hindsight::{Facts, Outcome};
use clicks::model::ids::Id as _;
use clicks::model::text::counted;
use clicks::model::{Action, DAY_MS, Dataset, Field, Kind, Verdict, iso_date_of_ms};
use clicks::query::{Filter, Selection};

/// Counts of people grow more slowly than the period: they are compared where the lengths of both differ by so much at most.
/// No source: a day in ten is less than chance moves them.
const ALIKE: f64 = 0.1;

/// What is counted of one view.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) clicks: u64,
    pub(super) machines: u64,
    /// Clicks whose verdict is known, and those that are malicious.
    pub(super) judged: u64,
    pub(super) malicious: u64,
    /// Malicious clicks of which it is known what came of them, and those that were stopped.
    pub(super) malicious_told: u64,
    pub(super) malicious_stopped: u64,
    /// Attempts that were warned, where the export tells overrides, and those that went on.
    pub(super) warned: u64,
    pub(super) overridden: u64,
    /// Clicks of each day of the period.
    pub(super) by_day: Vec<u64>,
    /// By number of the user.
    pub(super) people: Vec<Person>,
    /// Of each host: [`CLICKED`], [`BAD`].
    pub(super) hosts: Vec<u8>,
    /// The layouts of the files that its clicks are of.
    pub(super) layouts: HashSet<u64>,
}

/// What is counted of one person, machines left out.
#[derive(Clone, Copy, Default)]
pub(super) struct Person {
    pub(super) clicks: u64,
    /// Some click says what came of it.
    pub(super) told: bool,
    /// Attempts that reached a page that is not safe.
    pub(super) reached: u64,
}

/// Of a host: somebody clicked it; a click was malicious or reached a page that is not safe.
const CLICKED: u8 = 1;
pub(super) const BAD: u8 = 2;
/// Of an attempt with several rows: warned, clicked through, counted as reached.
const WARNED: u8 = 1;
const OVERRIDDEN: u8 = 2;
const REACHED: u8 = 4;

impl Seen {
    pub(super) fn new(data: &Dataset, selection: &Selection) -> Seen {
        let facts = selection.hindsight.of(data);
        let labels = selection.lens.labels(data);
        let (from, to) = period(data, selection.window).unwrap_or_default();
        let days = (to - from).unsigned_abs().div_ceil(DAY_MS.unsigned_abs());
        let mut seen = Seen {
            from,
            to,
            by_day: vec![0; days as usize],
            people: vec![Person::default(); data.users.len()],
            hosts: vec![0; data.hosts.len()],
            ..Seen::default()
        };
        let mut files = vec![false; data.files.len()];
        let mut attempts = vec![0_u8; data.shared_attempts as usize];
        for row in selection.iter(data) {
            let n = u64::from(data.weight_of(row));
            let kind = data.kind_of(row);
            let is_person = labels.class(row).is_person();
            seen.clicks += n;
            seen.machines += n * u64::from(!is_person);
            seen.add_verdict(kind, n);
            let day = usize::try_from((data.time[row] - from) / DAY_MS).unwrap_or(usize::MAX);
            if let Some(day) = seen.by_day.get_mut(day) {
                *day += n;
            }
            if let Some(file) = files.get_mut(data.origin.at(row).file() as usize) {
                *file = true;
            }
            if let Some(host) = seen.hosts.get_mut(data.host_of_row(row).raw() as usize) {
                *host |= if is_bad(data, facts, row) { CLICKED | BAD } else { CLICKED };
            }
            if kind.was_warned() && data.file_of(row).fields.has(Field::ClickedThrough) {
                let is_past = kind.action == Action::UserOverride;
                match attempts.get_mut(data.attempt(row) as usize) {
                    Some(attempt) => *attempt |= if is_past { WARNED | OVERRIDDEN } else { WARNED },
                    None => {
                        seen.warned += n;
                        seen.overridden += n * u64::from(is_past);
                    }
                }
            }
            let person = seen.people.get_mut(data.user.at(row).raw() as usize).filter(|_| is_person);
            let Some(person) = person else { continue };
            person.clicks += n;
            person.told |= facts.attempt(row) != Outcome::Unknown;
            if facts.has_reached_bad(data, row) {
                // Several ways past one warning are one attempt.
                let is_new = match attempts.get_mut(data.attempt(row) as usize) {
                    None => true,
                    Some(attempt) => {
                        let is_new = *attempt & REACHED == 0;
                        *attempt |= REACHED;
                        is_new
                    }
                };
                person.reached += n * u64::from(is_new);
            }
        }
        let with = |bit: u8| attempts.iter().filter(|attempt| **attempt & bit != 0).count() as u64;
        seen.warned += with(WARNED);
        seen.overridden += with(OVERRIDDEN);
        let of_clicks = data.files.iter().zip(&files).filter(|(_, has_clicks)| **has_clicks);
        seen.layouts = of_clicks.map(|(file, _)| file.layout).collect();
        seen
    }

    fn add_verdict(&mut self, kind: Kind, n: u64) {
        self.judged += n * u64::from(kind.verdict != Verdict::Unknown);
        if kind.verdict == Verdict::Malicious {
            self.malicious += n;
            self.malicious_told += n * u64::from(kind.action != Action::Unknown);
            self.malicious_stopped += n * u64::from(kind.action == Action::Blocked);
        }
    }

    pub(super) fn days(&self) -> f64 {
        (self.to - self.from) as f64 / DAY_MS as f64
    }

    pub(super) fn people(&self) -> u64 {
        self.people.iter().filter(|one| one.clicks > 0).count() as u64
    }

    /// People who reached a page that is not safe, of those whose clicks say what came of them.
    pub(super) fn people_reached(&self) -> (u64, u64) {
        let reached = self.people.iter().filter(|one| one.reached > 0).count();
        let told = self.people.iter().filter(|one| one.told).count();
        (reached as u64, told as u64)
    }

    pub(super) fn side(&self, filter: &Filter, selection: &Selection) -> Side {
        let date = |ms: i64| iso_date_of_ms(selection.hours.zone.wall_of(ms));
        let people = self.people();
        let said =
            format!("{} of {}", counted(self.clicks, "click", "clicks"), counted(people, "person", "people"));
        let when = match self.from < self.to {
            true => format!("in {}, {} to {}", days_said(self.days()), date(self.from), date(self.to - 1)),
            false => "outside of the days that any file has clicks of".to_owned(),
        };
        Side {
            filter: filter.to_string(),
            said: format!("{said} {when}"),
            from_ms: self.from,
            to_ms: self.to,
            days: self.days(),
            clicks: self.clicks,
            people,
        }
    }
}

/// The time that a view is of: its window, as far as files have clicks of these days. None where they have none.
///
/// Files are taken to have all clicks of the days of the oldest and the newest one: an export is cut at midnights.
fn period(data: &Dataset, window: Option<(i64, i64)>) -> Option<(i64, i64)> {
    let (first, last) = data.span()?;
    let midnight = |ms: i64| ms.div_euclid(DAY_MS) * DAY_MS;
    let (from, to) = window.unwrap_or((i64::MIN, i64::MAX));
    let (from, to) = (from.max(midnight(first)), to.min(midnight(last) + DAY_MS));
    (from < to).then_some((from, to))
}

/// Whether a host is bad by a row of it. A simulation is a test.
pub(super) fn is_bad(data: &Dataset, facts: &Facts, row: usize) -> bool {
    let is_malicious = data.kind_of(row).verdict == Verdict::Malicious;
    facts.attempt(row) != Outcome::Simulation && (is_malicious || facts.has_reached_bad(data, row))
}

/// Whether both periods are of about one length.
pub(super) fn are_alike(was: &Seen, is: &Seen) -> bool {
    let (a, b) = (was.days(), is.days());
    (a - b).abs() <= ALIKE * a.max(b)
}

/// `30 days`, `0.5 days`.
pub(super) fn days_said(days: f64) -> String {
    match days.fract() == 0.0 {
        true => counted(days as u64, "day", "days"),
        false => format!("{days:.1} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_words() {
        assert_eq!(days_said(1.0), "1 day");
        assert_eq!(days_said(30.0), "30 days");
        assert_eq!(days_said(0.26), "0.3 days");
    }
}
