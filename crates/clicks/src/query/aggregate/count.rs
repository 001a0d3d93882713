//! Counting groups: one pass over the rows, or over the kinds where they decide everything.

use std::collections::HashMap;

use super::group::Groups;
use super::{Measure, NoAnswer};
use crate::model::ids::Id as _;
use crate::model::{Dataset, NONE};
use crate::query::Selection;
use crate::query::measure::Counts;

/// More places than this are not counted in one array: 4 bytes a place.
const DENSE: u128 = 4_000_000;

/// More groups than this are no answer that anybody reads, and would not fit into a tab.
const MOST_GROUPS: usize = 3_000_000;

/// Groups as numbers, and what was counted in each.
pub struct Counted {
    groupings: usize,
    /// The codes of all groups, one after the other.
    codes: Vec<u32>,
    counts: Vec<Counts>,
    /// Distinct users, URLs and attempts of each group, as far as asked for.
    distinct: [Vec<u32>; 3],
    /// Days that were seen, by code.
    pub days: Vec<i64>,
}

/// Where the group of some codes is.
enum Index {
    Dense(Vec<u32>),
    Sparse(HashMap<u128, u32>),
}

impl Counted {
    /// Counts the rows of a selection.
    pub fn new(
        data: &Dataset,
        selection: &Selection,
        groups: &Groups<'_>,
        measures: &[Measure],
    ) -> Result<Counted, NoAnswer> {
        // Without overflow the place in a space of all codes tells groups apart.
        let places = groups.sizes.iter().try_fold(1_u128, |all, size| all.checked_mul(u128::from(*size)));
        let places = places.ok_or_else(too_many)?;
        let index = if places <= DENSE {
            Index::Dense(vec![NONE; places as usize])
        } else {
            Index::Sparse(HashMap::new())
        };
        let mut counting = Counting {
            out: Counted {
                groupings: groups.len(),
                codes: Vec::new(),
                counts: Vec::new(),
                distinct: Default::default(),
                days: Vec::new(),
            },
            index,
            sizes: &groups.sizes,
            ones: Counts::of_kinds(data),
        };
        let distinct = measures
            .iter()
            .any(|m| matches!(m, Measure::People | Measure::Urls | Measure::Attempts));
        if groups.are_of_kinds() && !distinct {
            counting.by_kinds(data, selection, groups)?;
            return Ok(counting.out.with_one_answer());
        }
        let members = counting.by_rows(data, selection, groups, distinct)?;
        let mut out = counting.out;
        out.count_distinct(data, &members, measures);
        Ok(out.with_one_answer())
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// The codes of a group.
    pub fn codes(&self, group: u32) -> &[u32] {
        let from = group as usize * self.groupings;
        &self.codes[from..from + self.groupings]
    }

    /// A measure of a group.
    pub fn measure(&self, measure: Measure, group: u32) -> u32 {
        let (at, c) = (group as usize, &self.counts[group as usize]);
        let distinct = |slot: usize| self.distinct[slot].get(at).copied().unwrap_or(0);
        match measure {
            Measure::Clicks => c.clicks,
            Measure::Malicious => c.malicious,
            Measure::Reached => c.reached,
            Measure::Blocked => c.blocked,
            Measure::Overridden => c.overridden,
            Measure::People => distinct(0),
            Measure::Urls => distinct(1),
            Measure::Attempts => distinct(2),
        }
    }

    /// A question without groups has one answer, also where there is nothing to count.
    fn with_one_answer(mut self) -> Counted {
        if self.groupings == 0 && self.counts.is_empty() {
            self.counts.push(Counts::default());
        }
        self
    }

    fn count_distinct(&mut self, data: &Dataset, members: &[(u32, u32)], measures: &[Measure]) {
        for (slot, measure) in [Measure::People, Measure::Urls, Measure::Attempts].into_iter().enumerate() {
            if !measures.contains(&measure) {
                continue;
            }
            let of = |row: usize| match measure {
                Measure::People => data.user.at(row).raw(),
                Measure::Urls => data.url.at(row).raw(),
                _ => data.attempt(row),
            };
            let mut pairs: Vec<(u64, u32)> = members
                .iter()
                .map(|(at, row)| {
                    let row = *row as usize;
                    ((u64::from(*at) << 32) | u64::from(of(row)), data.weight_of(row))
                })
                .collect();
            pairs.sort_unstable();
            let mut counts = vec![0_u32; self.counts.len()];
            for run in pairs.chunk_by(|a, b| a.0 == b.0) {
                let at = (run[0].0 >> 32) as usize;
                let nobody = run[0].0 as u32 == NONE;
                counts[at] += match (measure, nobody) {
                    // A row that shares its attempt with no other is one of its own, or as many as it stands for.
                    (Measure::Attempts, true) => run.iter().map(|(_, weight)| weight).sum(),
                    (_, true) => 0,
                    _ => 1,
                };
            }
            self.distinct[slot] = counts;
        }
    }
}

struct Counting<'a> {
    out: Counted,
    index: Index,
    sizes: &'a [u64],
    ones: Vec<Counts>,
}

impl Counting<'_> {
    /// Kinds are counted until the clock moves on: by day, that is once in 24 hours.
    fn by_kinds(&mut self, data: &Dataset, selection: &Selection, groups: &Groups<'_>) -> Result<(), NoAnswer> {
        let of_kinds = groups.codes_of_kinds();
        let mut codes = vec![0_u32; groups.len()];
        let mut by_kind = vec![0_u32; data.kinds.len()];
        let whole = selection.is_whole() && data.weight.is_empty();
        let mut pending = false;
        for run in selection.hours.runs(selection.rows.clone()) {
            let before = codes.clone();
            let moved = groups.set_clock(&mut codes, run.wall, &mut self.out.days);
            if pending && moved {
                self.book(before, &of_kinds, &mut by_kind)?;
            }
            pending = true;
            if whole {
                for kind in &data.kind[run.rows] {
                    by_kind[*kind as usize] += 1;
                }
                continue;
            }
            for row in run.rows {
                if selection.passes(data, row) {
                    by_kind[data.kind[row] as usize] += data.weight_of(row);
                }
            }
        }
        if pending { self.book(codes, &of_kinds, &mut by_kind) } else { Ok(()) }
    }

    /// Books what was counted by kind under the codes of the clock, and starts again from zero.
    fn book(
        &mut self,
        mut codes: Vec<u32>,
        of_kinds: &[Option<Vec<u32>>],
        by_kind: &mut [u32],
    ) -> Result<(), NoAnswer> {
        for (kind, n) in by_kind.iter_mut().enumerate().filter(|(_, n)| **n > 0) {
            for (code, of_kind) in codes.iter_mut().zip(of_kinds) {
                if let Some(of_kind) = of_kind {
                    *code = of_kind[kind];
                }
            }
            let at = self.place(&codes)?;
            self.out.counts[at].add(&self.ones[kind], std::mem::take(n));
        }
        Ok(())
    }

    /// Row by row; gives each with its group where somebody will ask who was in it.
    fn by_rows(
        &mut self,
        data: &Dataset,
        selection: &Selection,
        groups: &Groups<'_>,
        remember: bool,
    ) -> Result<Vec<(u32, u32)>, NoAnswer> {
        let of_kinds = groups.codes_of_kinds();
        let of_rows = groups.of_rows();
        let mut codes = vec![0_u32; groups.len()];
        let mut members: Vec<(u32, u32)> = Vec::new();
        let whole = selection.is_whole();
        for run in selection.hours.runs(selection.rows.clone()) {
            groups.set_clock(&mut codes, run.wall, &mut self.out.days);
            for row in run.rows {
                if !(whole || selection.passes(data, row)) {
                    continue;
                }
                let kind = data.kind[row] as usize;
                for (code, of_kind) in codes.iter_mut().zip(&of_kinds) {
                    if let Some(of_kind) = of_kind {
                        *code = of_kind[kind];
                    }
                }
                for (at, ids) in &of_rows {
                    codes[*at] = ids.at(row).wrapping_add(1);
                }
                let at = self.place(&codes)?;
                self.out.counts[at].add(&self.ones[kind], data.weight_of(row));
                if remember {
                    members.push((at as u32, row as u32));
                }
            }
        }
        Ok(members)
    }

    #[inline]
    fn place(&mut self, codes: &[u32]) -> Result<usize, NoAnswer> {
        let next = self.out.counts.len() as u32;
        let at = match &mut self.index {
            Index::Dense(places) => {
                let place = self
                    .sizes
                    .iter()
                    .zip(codes)
                    .fold(0_usize, |place, (size, code)| place * *size as usize + *code as usize);
                let slot = &mut places[place];
                if *slot == NONE {
                    *slot = next;
                }
                *slot
            }
            Index::Sparse(places) => {
                let place = self
                    .sizes
                    .iter()
                    .zip(codes)
                    .fold(0_u128, |place, (size, code)| place * u128::from(*size) + u128::from(*code));
                *places.entry(place).or_insert(next)
            }
        };
        if at == next {
            if self.out.counts.len() == MOST_GROUPS {
                return Err(too_many());
            }
            self.out.codes.extend_from_slice(codes);
            self.out.counts.push(Counts::default());
        }
        Ok(at as usize)
    }
}

fn too_many() -> NoAnswer {
    NoAnswer::TooMany(format!(
        "This question has more than {MOST_GROUPS} groups. Group by fewer fields, or filter first."
    ))
}
