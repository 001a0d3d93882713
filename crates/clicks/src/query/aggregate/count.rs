//! Counting groups: one pass over the rows, or over the kinds where they decide everything.

use std::collections::HashMap;
use std::hash::Hash;

use super::group::{CodeOf, Groups};
use super::{Measure, NoAnswer};
use crate::hindsight::Outcome;
use crate::model::ids::Id as _;
use crate::model::{Action, Dataset, Kind, NONE};
use crate::query::Selection;
use crate::query::measure::Counts;

/// More places than this are not counted in one array: 4 bytes a place.
const DENSE: u128 = 4_000_000;

/// More groups than this are no answer that anybody reads, and would not fit into a tab.
const MOST_GROUPS: usize = 3_000_000;

/// Measures that are not sums over kinds: what is different, and what labels beside the data say.
const DISTINCT: [Measure; 7] = [
    Measure::People,
    Measure::Urls,
    Measure::Attempts,
    Measure::WarnedAttempts,
    Measure::OverriddenAttempts,
    Measure::ReachedBad,
    Measure::Exposed,
];

/// Groups as numbers, and what was counted in each.
pub struct Counted {
    groupings: usize,
    /// The codes of all groups, one after the other.
    codes: Vec<u32>,
    counts: Vec<Counts>,
    /// The measures of [`DISTINCT`] of each group, as far as asked for.
    distinct: [Vec<u32>; DISTINCT.len()],
    /// Days that were seen, by code.
    pub days: Vec<i64>,
}

/// A place in the space of all codes. Most spaces are small; a few wide fields together need more bits.
trait Place: Copy + Eq + Hash {
    const START: Self;
    /// The place one grouping further in.
    fn with(self, size: u64, code: u32) -> Self;
    /// The last grouping's code, and the place without it.
    fn split(self, size: u64) -> (Self, u32);
    /// As an index, in spaces that are counted in one array.
    fn index(self) -> usize;
}

macro_rules! places {
    ($($number:ty),+) => {$(
        impl Place for $number {
            const START: $number = 0;
            #[inline]
            fn with(self, size: u64, code: u32) -> $number {
                self * <$number>::from(size) + <$number>::from(code)
            }
            fn split(self, size: u64) -> ($number, u32) {
                (self / <$number>::from(size), (self % <$number>::from(size)) as u32)
            }
            #[inline]
            fn index(self) -> usize {
                self as usize
            }
        }
    )+};
}
places!(u64, u128);

/// Where the group of some codes is.
enum Index<P> {
    Dense(Vec<u32>),
    Sparse(HashMap<P, u32>),
}

impl Counted {
    /// Counts the rows of a selection.
    pub fn new(
        data: &Dataset,
        selection: &Selection,
        groups: &Groups<'_>,
        measures: &[Measure],
    ) -> Result<Counted, NoAnswer> {
        let places = groups.sizes.iter().try_fold(1_u128, |all, size| all.checked_mul(u128::from(*size)));
        match places.ok_or_else(too_many)? {
            places @ ..=DENSE => Self::over(
                Index::<u64>::Dense(vec![NONE; places as usize]),
                data,
                selection,
                groups,
                measures,
            ),
            places if places <= u128::from(u64::MAX) => {
                Self::over(Index::<u64>::Sparse(HashMap::new()), data, selection, groups, measures)
            }
            _ => Self::over(Index::<u128>::Sparse(HashMap::new()), data, selection, groups, measures),
        }
    }

    fn over<P: Place>(
        index: Index<P>,
        data: &Dataset,
        selection: &Selection,
        groups: &Groups<'_>,
        measures: &[Measure],
    ) -> Result<Counted, NoAnswer> {
        let out = Counted {
            groupings: groups.len(),
            codes: Vec::new(),
            counts: Vec::new(),
            distinct: Default::default(),
            days: Vec::new(),
        };
        let mut counting = Counting { out, index, sizes: &groups.sizes, ones: Counts::of_kinds(data) };
        let distinct = measures.iter().any(|measure| DISTINCT.contains(measure));
        if groups.are_of_kinds() && !distinct {
            counting.by_kinds(data, selection, groups)?;
            return Ok(counting.out.with_one_answer());
        }
        let members = counting.by_rows(data, selection, groups, distinct)?;
        let mut out = counting.out;
        out.count_distinct(data, selection, &members, measures);
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
        let distinct = || {
            let slot = DISTINCT.iter().position(|distinct| *distinct == measure);
            slot.and_then(|slot| self.distinct[slot].get(at).copied()).unwrap_or(0)
        };
        match measure {
            Measure::Clicks => c.clicks,
            Measure::Malicious => c.malicious,
            Measure::Reached => c.reached,
            Measure::ReachedUnsafe => c.reached_unsafe,
            Measure::Blocked => c.blocked,
            Measure::Overridden => c.overridden,
            Measure::People
            | Measure::Urls
            | Measure::Attempts
            | Measure::WarnedAttempts
            | Measure::OverriddenAttempts
            | Measure::ReachedBad
            | Measure::Exposed => distinct(),
        }
    }

    /// A question without groups has one answer, also where there is nothing to count.
    fn with_one_answer(mut self) -> Counted {
        if self.groupings == 0 && self.counts.is_empty() {
            self.counts.push(Counts::default());
        }
        self
    }

    /// Clicks that reached a page that is bad as is known today: all of them, or those let through before that.
    fn count_reached_bad(
        &mut self,
        data: &Dataset,
        selection: &Selection,
        members: &[(u32, u32)],
        only_exposed: bool,
    ) -> Vec<u32> {
        let facts = selection.hindsight.of(data);
        let mut counts = vec![0_u32; self.counts.len()];
        for (at, row) in members {
            let row = *row as usize;
            let attempt = facts.attempt(row);
            let is_wanted = if only_exposed { attempt == Outcome::Exposed } else { attempt.is_reached_bad() };
            // Of an attempt with a warning only the click past it reached anything.
            if is_wanted && data.kind_of(row).action.reached() {
                counts[*at as usize] += data.weight_of(row);
            }
        }
        counts
    }

    fn count_distinct(
        &mut self,
        data: &Dataset,
        selection: &Selection,
        members: &[(u32, u32)],
        measures: &[Measure],
    ) {
        for (slot, measure) in DISTINCT.iter().enumerate() {
            if !measures.contains(measure) {
                continue;
            }
            if matches!(measure, Measure::ReachedBad | Measure::Exposed) {
                self.distinct[slot] =
                    self.count_reached_bad(data, selection, members, *measure == Measure::Exposed);
                continue;
            }
            let counts_kind = |kind: Kind| match measure {
                Measure::WarnedAttempts => kind.was_warned(),
                Measure::OverriddenAttempts => kind.action == Action::UserOverride,
                _ => true,
            };
            let counted: Vec<bool> = data.kinds.iter().map(|kind| counts_kind(*kind)).collect();
            let of = |row: usize| match measure {
                Measure::People => data.user.at(row).raw(),
                Measure::Urls => data.url.at(row).raw(),
                _ => data.attempt(row),
            };
            let mut counts = vec![0_u32; self.counts.len()];
            let mut pairs: Vec<u64> = Vec::with_capacity(members.len());
            for (at, row) in members {
                if !counted[data.kind[*row as usize] as usize] {
                    continue;
                }
                match of(*row as usize) {
                    // A row that shares its attempt with no other is one of its own, or as many as it stands for.
                    NONE if !matches!(measure, Measure::People | Measure::Urls) => {
                        counts[*at as usize] += data.weight_of(*row as usize);
                    }
                    NONE => {}
                    id => pairs.push((u64::from(*at) << 32) | u64::from(id)),
                }
            }
            pairs.sort_unstable();
            pairs.dedup();
            for pair in pairs {
                counts[(pair >> 32) as usize] += 1;
            }
            self.distinct[slot] = counts;
        }
    }
}

struct Counting<'a, P> {
    out: Counted,
    index: Index<P>,
    sizes: &'a [u64],
    ones: Vec<Counts>,
}

impl<P: Place> Counting<'_, P> {
    /// Kinds are counted until the clock moves on: by day, that is once in 24 hours.
    fn by_kinds(
        &mut self,
        data: &Dataset,
        selection: &Selection,
        groups: &Groups<'_>,
    ) -> Result<(), NoAnswer> {
        let sources = groups.sources();
        let mut codes = vec![0_u32; groups.len()];
        let mut by_kind = vec![0_u32; data.kinds.len()];
        let whole = selection.is_whole() && data.weight.is_empty();
        let mut pending = false;
        for run in selection.hours.runs(selection.rows.clone()) {
            let before = codes.clone();
            let moved = groups.set_clock(&mut codes, run.wall, &mut self.out.days);
            if pending && moved {
                self.book(before, &sources, &mut by_kind)?;
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
        if pending { self.book(codes, &sources, &mut by_kind) } else { Ok(()) }
    }

    /// Books what was counted by kind under the codes of the clock, and starts again from zero.
    fn book(
        &mut self,
        mut codes: Vec<u32>,
        sources: &[CodeOf<'_>],
        by_kind: &mut [u32],
    ) -> Result<(), NoAnswer> {
        for (kind, n) in by_kind.iter_mut().enumerate().filter(|(_, n)| **n > 0) {
            for (code, source) in codes.iter_mut().zip(sources) {
                if let CodeOf::Kind(_, of_kind) = source {
                    *code = of_kind[kind];
                }
            }
            let place =
                self.sizes.iter().zip(&codes).fold(P::START, |place, (size, code)| place.with(*size, *code));
            let at = self.group_of(place)?;
            self.out.counts[at].add(&self.ones[kind], std::mem::take(n));
        }
        Ok(())
    }

    /// Row by row; gives each with its group where somebody will ask who was in it. The codes of an hour's rows
    /// are put together a grouping at a time: each loop does one thing to one column.
    fn by_rows(
        &mut self,
        data: &Dataset,
        selection: &Selection,
        groups: &Groups<'_>,
        remember: bool,
    ) -> Result<Vec<(u32, u32)>, NoAnswer> {
        let sources = groups.sources();
        let mut codes = vec![0_u32; groups.len()];
        let mut members: Vec<(u32, u32)> = Vec::new();
        let whole = selection.is_whole();
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        for run in selection.hours.runs(selection.rows.clone()) {
            groups.set_clock(&mut codes, run.wall, &mut self.out.days);
            rows.clear();
            rows.extend(run.rows.filter(|row| whole || selection.passes(data, *row)).map(|row| row as u32));
            places.clear();
            places.resize(rows.len(), P::START);
            for ((source, size), code) in sources.iter().zip(self.sizes).zip(&codes) {
                match source {
                    CodeOf::Clock => go_in(&mut places, &rows, *size, |_| *code),
                    CodeOf::Nothing => go_in(&mut places, &rows, *size, |_| 0),
                    CodeOf::Kind(kinds, of_kind) => {
                        go_in(&mut places, &rows, *size, |row| of_kind[kinds[row] as usize]);
                    }
                    CodeOf::Row(ids) => go_in(&mut places, &rows, *size, |row| ids[row].wrapping_add(1)),
                    CodeOf::Via(ids, of_id) => go_in(&mut places, &rows, *size, |row| {
                        of_id.get(ids[row] as usize).map_or(0, |id| id.wrapping_add(1))
                    }),
                }
            }
            for (row, place) in rows.iter().zip(&places) {
                let at = self.group_of(*place)?;
                let kind = data.kind[*row as usize] as usize;
                self.out.counts[at].add(&self.ones[kind], data.weight_of(*row as usize));
                if remember {
                    members.push((at as u32, *row));
                }
            }
        }
        Ok(members)
    }

    /// The group at a place of the space of all codes, added when it is new.
    #[inline]
    fn group_of(&mut self, place: P) -> Result<usize, NoAnswer> {
        let next = self.out.counts.len() as u32;
        let at = match &mut self.index {
            Index::Dense(groups) => {
                let group = &mut groups[place.index()];
                if *group == NONE {
                    *group = next;
                }
                *group
            }
            Index::Sparse(groups) => *groups.entry(place).or_insert(next),
        };
        if at == next {
            self.add_group(place)?;
        }
        Ok(at as usize)
    }

    #[cold]
    fn add_group(&mut self, place: P) -> Result<(), NoAnswer> {
        if self.out.counts.len() == MOST_GROUPS {
            return Err(too_many());
        }
        let mut left = place;
        let from = self.out.codes.len();
        for size in self.sizes.iter().rev() {
            let (outer, code) = left.split(*size);
            self.out.codes.push(code);
            left = outer;
        }
        self.out.codes[from..].reverse();
        self.out.counts.push(Counts::default());
        Ok(())
    }
}

/// Takes the places of rows one grouping further in.
#[inline]
fn go_in<P: Place>(places: &mut [P], rows: &[u32], size: u64, code_of: impl Fn(usize) -> u32) {
    for (place, row) in places.iter_mut().zip(rows) {
        *place = place.with(size, code_of(*row as usize));
    }
}

fn too_many() -> NoAnswer {
    NoAnswer::TooMany(format!(
        "This question has more than {MOST_GROUPS} groups. Group by fewer fields, or filter first."
    ))
}
