//! The one pass over the selected rows that everything on the overview comes from.

use std::ops::Range;

use super::Selection;
use super::hours::HourRun;
use crate::model::{Action, Dataset, Verdict};

/// Combinations of verdict and action.
pub(super) const CLASSES: usize = 25;

/// Class of a kind: verdict × 5 + action.
pub(super) const fn class_of(verdict: Verdict, action: Action) -> usize {
    verdict as usize * 5 + action as usize
}

/// Clicks of one wall-clock hour by class.
pub(super) struct HourCount {
    pub wall: i64,
    pub classes: [u32; CLASSES],
}

/// What the pass gathers.
pub(super) struct Tally {
    pub hours: Vec<HourCount>,
    /// Rows by kind that pass everything but the kind's own keys.
    pub by_kind: Vec<u64>,
    /// One place more than there are users, for rows without one.
    by_user: Vec<u32>,
    pub by_url: Vec<u32>,
    /// Passing rows that are not plainly safe and allowed.
    pub notable: Vec<u32>,
}

/// What the inner loops need to know of a kind, in one byte: its class, whether it passes, whether its
/// rows are looked at again.
const CLASS: u8 = 31;
const NOTABLE: u8 = 32;
const PASSES: u8 = 64;

/// Kinds that are counted an hour in a small array; an export has a few dozen.
const FEW: usize = 256;

impl Tally {
    pub fn new(data: &Dataset, selection: &Selection) -> Tally {
        let plain = class_of(Verdict::Safe, Action::Allowed);
        let signs: Vec<u8> = data
            .kinds
            .iter()
            .zip(&selection.kind_fails)
            .map(|(kind, fails)| {
                let class = class_of(kind.verdict, kind.action);
                class as u8 | if class == plain { 0 } else { NOTABLE } | if *fails == 0 { PASSES } else { 0 }
            })
            .collect();
        let mut tally = Tally {
            hours: Vec::new(),
            by_kind: vec![0; data.kinds.len()],
            by_user: vec![0; data.users.len() + 1],
            by_url: vec![0; data.urls.len()],
            notable: Vec::new(),
        };
        let weighed = !data.weight.is_empty();
        let whole = selection.is_whole() && data.kinds.len() <= FEW && !weighed;
        let fails = selection.row_fails.as_deref();
        let mut passing = Vec::new();
        for run in selection.hours.runs(selection.rows.clone()) {
            let classes = match (whole, weighed) {
                (true, _) => tally.count_all(data, &run, &signs),
                (_, true) => tally.count_passing::<true>(data, &run, &signs, fails, &mut passing),
                (_, false) => tally.count_passing::<false>(data, &run, &signs, fails, &mut passing),
            };
            if classes.iter().any(|c| *c > 0) {
                tally.hours.push(HourCount { wall: run.wall, classes });
            }
        }
        tally
    }

    /// Counts all rows of a run. A loop a column: each does one thing, and the rows of an hour are still
    /// in the nearest cache when the next loop comes.
    fn count_all(&mut self, data: &Dataset, run: &HourRun, signs: &[u8]) -> [u32; CLASSES] {
        let Range { start, end } = run.rows;
        let mut signs_of = [0_u8; FEW];
        signs_of[..signs.len()].copy_from_slice(signs);
        // Two counters a kind, turn and turn about: a row need not wait for the one before it.
        let mut even = [0_u32; FEW];
        let mut odd = [0_u32; FEW];
        let (pairs, last) = data.kind[start..end].as_chunks::<2>();
        for [a, b] in pairs {
            even[*a as usize % FEW] += 1;
            odd[*b as usize % FEW] += 1;
        }
        for kind in last {
            even[*kind as usize % FEW] += 1;
        }
        for (row, kind) in (start as u32..).zip(&data.kind[start..end]) {
            if signs_of[*kind as usize % FEW] & NOTABLE != 0 {
                self.notable.push(row);
            }
        }
        let nobody = self.by_user.len() - 1;
        for user in &data.user.raw()[start..end] {
            self.by_user[(*user as usize).min(nobody)] += 1;
        }
        for url in &data.url.raw()[start..end] {
            self.by_url[*url as usize] += 1;
        }
        let mut classes = [0; CLASSES];
        for (kind, sum) in self.by_kind.iter_mut().enumerate() {
            let n = even[kind] + odd[kind];
            *sum += u64::from(n);
            classes[(signs_of[kind] & CLASS) as usize % CLASSES] += n;
        }
        classes
    }

    /// Counts the rows of a run that pass. Which these are is found first, without a branch a row; then again a loop a
    /// column.
    fn count_passing<const WEIGHED: bool>(
        &mut self,
        data: &Dataset,
        run: &HourRun,
        signs: &[u8],
        row_fails: Option<&[u8]>,
        passing: &mut Vec<u32>,
    ) -> [u32; CLASSES] {
        let mut classes = [0; CLASSES];
        let weight = |row: usize| if WEIGHED { data.weight_of(row) } else { 1 };
        let Range { start, end } = run.rows;
        passing.resize((end - start).max(passing.len()), 0);
        let mut n = 0;
        let kinds = &data.kind[start..end];
        match row_fails.map(|fails| &fails[start..end]) {
            Some(fails) => {
                for ((row, kind), fails) in (start..end).zip(kinds).zip(fails) {
                    let counts = u32::from(*fails == 0);
                    self.by_kind[*kind as usize] += u64::from(counts * weight(row));
                    passing[n] = row as u32;
                    n += usize::from(counts == 1 && signs[*kind as usize] & PASSES != 0);
                }
            }
            None => {
                for (row, kind) in (start..end).zip(kinds) {
                    self.by_kind[*kind as usize] += u64::from(weight(row));
                    passing[n] = row as u32;
                    n += usize::from(signs[*kind as usize] & PASSES != 0);
                }
            }
        }
        let passing = &passing[..n];
        for row in passing {
            let sign = signs[data.kind[*row as usize] as usize];
            classes[(sign & CLASS) as usize % CLASSES] += weight(*row as usize);
            if sign & NOTABLE != 0 {
                self.notable.push(*row);
            }
        }
        let (users, urls) = (data.user.raw(), data.url.raw());
        let nobody = self.by_user.len() - 1;
        for row in passing {
            let row = *row as usize;
            self.by_user[(users[row] as usize).min(nobody)] += weight(row);
        }
        for row in passing {
            let row = *row as usize;
            self.by_url[urls[row] as usize] += weight(row);
        }
        classes
    }

    /// Clicks of each user; rows without one are left out.
    pub fn users(&self) -> &[u32] {
        self.by_user.split_last().map_or(&[], |(_nobody, users)| users)
    }
}
