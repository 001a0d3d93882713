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
        let whole = selection.is_whole() && data.kinds.len() <= FEW && data.weight.is_empty();
        for run in selection.hours.runs(selection.rows.clone()) {
            let classes = if whole {
                tally.count_all(data, &run, &signs)
            } else {
                tally.count_passing(data, &run, &signs, selection.row_fails.as_deref())
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

    /// Counts the rows of a run that pass.
    fn count_passing(
        &mut self,
        data: &Dataset,
        run: &HourRun,
        signs: &[u8],
        row_fails: Option<&[u8]>,
    ) -> [u32; CLASSES] {
        let mut classes = [0; CLASSES];
        let nobody = self.by_user.len() - 1;
        let (users, urls) = (data.user.raw(), data.url.raw());
        for row in run.rows.clone() {
            if row_fails.is_some_and(|fails| fails[row] != 0) {
                continue;
            }
            let kind = data.kind[row] as usize;
            let sign = signs[kind];
            let weight = data.weight_of(row);
            self.by_kind[kind] += u64::from(weight);
            if sign & PASSES == 0 {
                continue;
            }
            classes[(sign & CLASS) as usize % CLASSES] += weight;
            self.by_user[(users[row] as usize).min(nobody)] += weight;
            self.by_url[urls[row] as usize] += weight;
            if sign & NOTABLE != 0 {
                self.notable.push(row as u32);
            }
        }
        classes
    }

    /// Clicks of each user; rows without one are left out.
    pub fn users(&self) -> &[u32] {
        self.by_user.split_last().map_or(&[], |(_nobody, users)| users)
    }
}
