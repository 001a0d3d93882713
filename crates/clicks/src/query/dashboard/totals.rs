//! The headline numbers.

use serde::{Deserialize, Serialize};

use crate::model::ids::Id as _;
use crate::model::{Action, Dataset, Verdict};
use crate::query::Selection;
use crate::query::measure::{Counts, was_warned};
use crate::query::tally::Tally;

/// The headline numbers. Every one counts clicks unless it says otherwise; a row may stand for several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Totals {
    /// Clicks.
    pub clicks: u64,
    /// Distinct users.
    pub people: u64,
    /// Distinct URLs.
    pub urls: u64,
    /// Verdict Malicious.
    pub malicious: u64,
    /// Action Allowed or `UserOverride`.
    pub reached: u64,
    /// Reached, and the verdict is known and not Safe: the number an analyst acts on.
    pub reached_unsafe: u64,
    /// Distinct users behind `reached_unsafe`.
    pub reached_unsafe_people: u64,
    /// Verdict Malicious and reached.
    pub reached_malicious: u64,
    /// Action Blocked.
    pub blocked: u64,
    /// Verdict Malicious and action Blocked.
    pub blocked_malicious: u64,
    /// Action `UserOverride`.
    pub overridden: u64,
    /// Verdict Pending, whatever the action.
    pub pending: u64,
    /// Error pages: action None and the verdict not Pending.
    pub errors: u64,
    /// Action Allowed.
    pub allowed: u64,
    /// Distinct attempts: rows that share a user and a report id are one attempt, a row without one is its own.
    pub attempts: u64,
    /// Attempts in which a warning or waiting page was shown.
    pub warned_attempts: u64,
    /// Attempts in which the user clicked through such a page.
    pub overridden_attempts: u64,
    /// Clicks that look automated; none until clicks are labelled.
    pub automated: Option<u64>,
}

/// The headline numbers alone.
pub fn totals_of(data: &Dataset, selection: &Selection) -> Totals {
    totals(data, selection, &Tally::new(data, selection))
}

pub(super) fn totals(data: &Dataset, selection: &Selection, tally: &Tally) -> Totals {
    let mut t = Totals::default();
    for (kind, count) in data
        .kinds
        .iter()
        .zip(&tally.by_kind)
        .enumerate()
        .filter_map(|(i, pair)| (selection.kind_fails[i] == 0).then_some(pair))
    {
        let one = Counts::of_kind(*kind);
        let n = *count;
        t.clicks += n;
        t.malicious += n * u64::from(one.malicious);
        t.reached += n * u64::from(one.reached);
        t.reached_unsafe += n * u64::from(one.reached_unsafe);
        t.blocked += n * u64::from(one.blocked);
        t.overridden += n * u64::from(one.overridden);
        t.reached_malicious += n * u64::from(one.reached * one.malicious);
        t.blocked_malicious += n * u64::from(one.blocked * one.malicious);
        t.pending += n * u64::from(kind.verdict == Verdict::Pending);
        t.errors += n * u64::from(kind.action == Action::None && kind.verdict != Verdict::Pending);
        t.allowed += n * u64::from(kind.action == Action::Allowed);
    }
    let distinct = |counts: &[u32]| counts.iter().map(|n| u32::from(*n > 0)).sum::<u32>().into();
    t.people = distinct(tally.users());
    t.urls = distinct(&tally.by_url);
    add_of_rows(&mut t, data, selection, tally);
    t
}

/// Counts that need a look at single rows: who was exposed, and attempts. Rows that share an attempt with
/// others are few; every other row is an attempt of its own.
fn add_of_rows(t: &mut Totals, data: &Dataset, selection: &Selection, tally: &Tally) {
    const SEEN: u8 = 1;
    const WARNED: u8 = 2;
    const OVERRIDDEN: u8 = 4;
    const EXPOSED: u8 = 8;
    let signs: Vec<u8> = data
        .kinds
        .iter()
        .map(|kind| {
            let warned = if was_warned(*kind) { WARNED } else { 0 };
            let overridden = if kind.action == Action::UserOverride { OVERRIDDEN } else { 0 };
            let exposed = if Counts::of_kind(*kind).reached_unsafe > 0 { EXPOSED } else { 0 };
            warned | overridden | exposed
        })
        .collect();
    let mut states = vec![0_u8; data.shared_attempts as usize];
    let mut sharing = 0;
    for (row, attempt) in &data.sharing {
        if selection.rows.contains(&(*row as usize)) && selection.passes(data, *row as usize) {
            sharing += u64::from(data.weight_of(*row as usize));
            states[*attempt as usize] |= SEEN;
        }
    }
    // Both lists ascend: one walk finds the notable rows that share an attempt.
    let mut shared = data.sharing.iter().peekable();
    let mut exposed = vec![false; data.users.len()];
    for row in tally.notable.iter().map(|row| *row as usize) {
        let sign = signs[data.kind[row] as usize];
        if sign & EXPOSED != 0
            && let Some(exposed) = exposed.get_mut(data.user.at(row).raw() as usize)
        {
            *exposed = true;
        }
        if sign & WARNED == 0 {
            continue;
        }
        while shared.next_if(|(shared, _)| (*shared as usize) < row).is_some() {}
        match shared.peek() {
            Some((same, attempt)) if *same as usize == row => {
                states[*attempt as usize] |= sign & (WARNED | OVERRIDDEN);
            }
            _ => {
                let attempts = u64::from(data.weight_of(row));
                t.warned_attempts += attempts;
                t.overridden_attempts += attempts * u64::from(sign & OVERRIDDEN != 0);
            }
        }
    }
    let count = |bit: u8| states.iter().filter(|s| **s & bit != 0).count() as u64;
    t.attempts = t.clicks - sharing + count(SEEN);
    t.warned_attempts += count(WARNED);
    t.overridden_attempts += count(OVERRIDDEN);
    t.reached_unsafe_people = exposed.iter().filter(|e| **e).count() as u64;
}
