//! The headline numbers.

use serde::{Deserialize, Serialize};

use super::LeftOut;
use crate::model::ids::Id as _;
use crate::model::{Action, Dataset, Field, Kind, Verdict};
use crate::query::measure::Counts;
use crate::query::tally::Tally;
use crate::query::{Filter, Key, Selection};

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
    /// Clicks that no person made, as far as can be told: automated, or likely so. See [`crate::lens`]. None while nobody has
    /// looked yet, in a quick answer.
    pub automated: Option<u64>,
}

/// Of the attempts that were shown a warning or waiting page, those that went past it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OverrideRate {
    /// Attempts that were clicked through.
    pub overridden: u64,
    /// Attempts that were warned.
    pub warned: u64,
}

impl Filter {
    /// Whether it says what came of a click. Under such a filter a rate of overrides is one of nothing but overrides,
    /// or none.
    pub fn bends_rates(&self) -> bool {
        BENDING.iter().any(|key| self.has_key(*key))
    }

    /// The filter that a rate is counted under: the same but for what came of a click.
    #[must_use]
    pub fn unbent(mut self) -> Filter {
        BENDING.iter().for_each(|key| self.remove_key(*key));
        self
    }
}

const BENDING: [Key; 4] =
    [Key::Is(Field::Action), Key::Is(Field::RawAction), Key::Is(Field::Attempt), Key::Reached];

/// The headline numbers alone.
pub fn totals_of(data: &Dataset, selection: &Selection) -> Totals {
    let mut totals = totals(data, selection, &Tally::new(data, selection));
    totals.automated = Some(clicks_of(data, &machines(data, selection)));
    totals
}

/// The rows in view that no person made, ascending.
pub(super) fn machines(data: &Dataset, selection: &Selection) -> Vec<u32> {
    let labels = selection.lens.labels(data);
    let mut rows = labels.machines(selection.rows.clone());
    rows.retain(|row| selection.passes(data, *row as usize));
    rows
}

/// What some rows come to that lists of users leave out.
pub(super) fn left_out(data: &Dataset, rows: &[u32], people: u64) -> LeftOut {
    let mut sum = Counts::default();
    for row in rows.iter().map(|row| *row as usize) {
        sum.add(&Counts::of_kind(data.kind_of(row)), data.weight_of(row));
    }
    LeftOut {
        clicks: sum.clicks.into(),
        people,
        malicious: sum.malicious.into(),
        reached_unsafe: sum.reached_unsafe.into(),
        blocked: sum.blocked.into(),
        ..LeftOut::default()
    }
}

/// The clicks of some rows.
pub(super) fn clicks_of(data: &Dataset, rows: &[u32]) -> u64 {
    rows.iter().map(|row| u64::from(data.weight_of(*row as usize))).sum()
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

/// What a row is to the override rate, by its kind.
const SEEN: u8 = 1;
const WARNED: u8 = 2;
const OVERRIDDEN: u8 = 4;

fn sign_of(kind: Kind) -> u8 {
    let warned = if kind.was_warned() { WARNED } else { 0 };
    let overridden = if kind.action == Action::UserOverride { OVERRIDDEN } else { 0 };
    warned | overridden
}

/// The override rate alone, without the rest of an overview: under another filter than that in view it is asked for
/// beside it.
pub(super) fn rate_of(data: &Dataset, selection: &Selection) -> OverrideRate {
    let signs: Vec<u8> = data
        .kinds
        .iter()
        .zip(&selection.kind_fails)
        .map(|(kind, fails)| if *fails == 0 { sign_of(*kind) } else { 0 })
        .collect();
    let fails = selection.row_fails.as_deref();
    let mut attempts = Attempts::new(data);
    for (row, kind) in selection.rows.clone().zip(&data.kind[selection.rows.clone()]) {
        let sign = signs[*kind as usize];
        if sign & WARNED != 0 && fails.is_none_or(|fails| fails[row] == 0) {
            attempts.add(row, sign);
        }
    }
    attempts.rate()
}

/// The warned rows as attempts. Rows that share an attempt with others are few; every other row is an attempt of its own.
struct Attempts<'a> {
    data: &'a Dataset,
    /// The rows that share, from the place where the last row added stands among them.
    shared: std::iter::Peekable<std::slice::Iter<'a, (u32, u32)>>,
    /// What was seen of each attempt that is shared.
    states: Vec<u8>,
    /// Those that are not shared.
    alone: OverrideRate,
}

impl Attempts<'_> {
    fn new(data: &Dataset) -> Attempts<'_> {
        Attempts {
            data,
            shared: data.sharing.iter().peekable(),
            states: vec![0; data.shared_attempts as usize],
            alone: OverrideRate::default(),
        }
    }

    /// Adds a row with what it is. Rows come in their order: one walk through both lists finds those that share.
    fn add(&mut self, row: usize, sign: u8) {
        while self.shared.next_if(|(shared, _)| (*shared as usize) < row).is_some() {}
        match self.shared.peek() {
            Some((same, attempt)) if *same as usize == row => {
                self.states[*attempt as usize] |= sign & (WARNED | OVERRIDDEN);
            }
            _ => {
                let attempts = u64::from(self.data.weight_of(row));
                self.alone.warned += attempts;
                self.alone.overridden += attempts * u64::from(sign & OVERRIDDEN != 0);
            }
        }
    }

    fn shared_with(&self, bit: u8) -> u64 {
        self.states.iter().filter(|state| **state & bit != 0).count() as u64
    }

    fn rate(&self) -> OverrideRate {
        OverrideRate {
            overridden: self.alone.overridden + self.shared_with(OVERRIDDEN),
            warned: self.alone.warned + self.shared_with(WARNED),
        }
    }
}

/// Counts that need a look at single rows: who was exposed, and attempts.
fn add_of_rows(t: &mut Totals, data: &Dataset, selection: &Selection, tally: &Tally) {
    const EXPOSED: u8 = 8;
    let signs: Vec<u8> = data
        .kinds
        .iter()
        .map(|kind| sign_of(*kind) | if Counts::of_kind(*kind).reached_unsafe > 0 { EXPOSED } else { 0 })
        .collect();
    let mut attempts = Attempts::new(data);
    let mut sharing = 0;
    for (row, attempt) in &data.sharing {
        if selection.rows.contains(&(*row as usize)) && selection.passes(data, *row as usize) {
            sharing += u64::from(data.weight_of(*row as usize));
            attempts.states[*attempt as usize] |= SEEN;
        }
    }
    let mut exposed = vec![false; data.users.len()];
    for row in tally.notable.iter().map(|row| *row as usize) {
        let sign = signs[data.kind[row] as usize];
        if sign & EXPOSED != 0
            && let Some(exposed) = exposed.get_mut(data.user.at(row).raw() as usize)
        {
            *exposed = true;
        }
        if sign & WARNED != 0 {
            attempts.add(row, sign);
        }
    }
    t.attempts = t.clicks - sharing + attempts.shared_with(SEEN);
    let rate = attempts.rate();
    (t.warned_attempts, t.overridden_attempts) = (rate.warned, rate.overridden);
    t.reached_unsafe_people = exposed.iter().filter(|e| **e).count() as u64;
}
