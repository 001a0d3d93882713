//! One click that several exports tell of, each in its own way: the table of advanced hunting, the audit log, a report.
//!
//! Owns the rule: same person, same URL, at most two seconds apart, and nothing that speaks against it: another action,
//! another message, another address, another report id of its own kind. Only rows of files that differ in their columns are
//! compared, for two records of one kind that differ are two clicks, as are two rows of one file. Source of the two
//! seconds: the doors to one event write its time with and without fractions and round them apart.
//!
//! Records that are wholly the same are found before, in `duplicates`.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::hash::{finish, mix};
use super::super::ids::Id as _;
use super::super::sorting::sort_ids;
use super::super::{Action, Dataset, NONE, Verdict, address, is_empty_word};
use super::attempts::Attempts;
use super::duplicates::Duplicates;
use super::spellings::Same;

/// How far the times of one click may be apart in two exports, in milliseconds.
pub const APART_MS: i64 = 2_000;

/// How many clicks of one person and URL up to the time of a record, and how many after it, are looked at: a flood must not
/// take time by its square. In one of more, a record whose click is not among these counts as a click of its own.
const MOST_LOOKED_AT: usize = 64;

/// Adds to the duplicates the rows that tell of a click which a row of another file tells of too, and takes them out of the
/// attempts.
pub fn join(
    d: &Dataset,
    people: &Same,
    layouts: &[u64],
    duplicates: &mut Duplicates,
    attempts: &mut Attempts,
) {
    // Files without a click have none.
    let mut of_clicks = layouts.iter().filter(|layout| **layout != 0);
    let first = of_clicks.next();
    if of_clicks.all(|layout| Some(layout) == first) {
        return;
    }
    let mut gone = duplicates.rows.iter().copied().peekable();
    let mut rows: Vec<(u64, i64, u32)> = Vec::new();
    for row in 0..d.len() as u32 {
        if gone.next_if_eq(&row).is_some() {
            continue;
        }
        let at = row as usize;
        let person = people.key(d.user.at(at).raw());
        if person == NONE {
            // Of nobody it cannot be said that it is the same person.
            continue;
        }
        let who = (u64::from(person) << 32) | u64::from(d.url.at(at).raw());
        rows.push((finish(mix(who, 1)), d.time[at], row));
    }
    drop(gone);
    rows.sort_unstable();
    let file = |row: u32| d.origin.at(row as usize).file();
    let stood_for = duplicates.of.iter().map(|(row, of)| (*of, file(*row))).collect();
    let layout = |row: u32| layouts.get(file(row) as usize).copied().unwrap_or_default();
    let mut also: HashMap<u32, Vec<u64>> = HashMap::new();
    for (row, of) in duplicates.of.iter().filter(|(row, of)| layout(*row) != layout(*of)) {
        let also = also.entry(*of).or_default();
        if !also.contains(&layout(*row)) {
            also.push(layout(*row));
        }
    }
    let across = Across { d, people, layouts, stood_for, also };
    let mut found: Vec<(u32, u32)> = Vec::new();
    for run in rows.chunk_by(|a, b| a.0 == b.0 && b.1 - a.1 <= APART_MS) {
        if run.len() > 1 {
            across.join_run(run, &mut found);
        }
    }
    if found.is_empty() {
        return;
    }
    duplicates.told_again = found.iter().map(|(row, _)| u64::from(d.weight_of(*row as usize))).sum();
    attempts.look_alikes = attempts.look_alikes.saturating_sub(across.were_look_alikes(&found));
    duplicates.rows.extend(found.iter().map(|(row, _)| *row));
    // What repeated a row that repeats another one repeats that.
    let of: HashMap<u32, u32> = found.iter().copied().collect();
    for (_, other) in &mut duplicates.of {
        *other = of.get(other).copied().unwrap_or(*other);
    }
    duplicates.of.extend(found);
    duplicates.sort();
    attempts.drop_rows(&duplicates.rows);
}

struct Across<'a> {
    d: &'a Dataset,
    people: &'a Same,
    layouts: &'a [u64],
    /// Rows that a record of a file repeats word by word, with that file: no other of it tells of them too.
    stood_for: HashSet<(u32, u16)>,
    /// Of rows that records of other layouts repeat word by word these layouts: a record of one of them that differs is another
    /// click, whichever of the two stayed.
    also: HashMap<u32, Vec<u64>>,
}

impl Across<'_> {
    fn file(&self, row: u32) -> u16 {
        self.d.origin.at(row as usize).file()
    }

    fn layout(&self, row: u32) -> u64 {
        self.layouts.get(self.file(row) as usize).copied().unwrap_or_default()
    }

    /// Rows of one person and URL, close in time. Those that say what happened stay, and of them those of files that say
    /// more.
    fn join_run(&self, run: &[(u64, i64, u32)], found: &mut Vec<(u32, u32)>) {
        let first = self.layout(run[0].2);
        if run.iter().all(|(_, _, row)| self.layout(*row) == first) {
            return;
        }
        let says_less = |row: u32| {
            let kind = self.d.kind_of(row as usize);
            let told = self.d.file_of(row as usize).fields.told();
            // Whose columns are which decides before which was opened first: what counts must not depend on that.
            let last = (self.layout(row), self.file(row));
            (kind.action == Action::Unknown, kind.verdict == Verdict::Unknown, Reverse(told), last)
        };
        let mut rows: Vec<u32> = run.iter().map(|(_, _, row)| *row).collect();
        let key = |row: u32| (says_less(row), self.d.time[row as usize], row);
        sort_ids(&mut rows, &mut |a, b| key(a).cmp(&key(b)));
        let mut kept: BTreeSet<(i64, u32)> = BTreeSet::new();
        // A row that stays stands for at most one row of each other file.
        let mut stands_for: HashSet<(u32, u16)> = HashSet::new();
        for row in rows {
            let file = self.file(row);
            let time = self.d.time[row as usize];
            let before = kept.range(..=(time, u32::MAX)).rev().take(MOST_LOOKED_AT);
            let after = kept.range((time + 1, 0)..).take(MOST_LOOKED_AT);
            let same = before
                .chain(after)
                .map(|(at, other)| ((at - time).abs(), *other))
                .filter(|(apart, other)| *apart <= APART_MS && !stands_for.contains(&(*other, file)))
                .filter(|(_, other)| {
                    let stood_for = [(*other, file), (row, self.file(*other))];
                    !stood_for.iter().any(|pair| self.stood_for.contains(pair))
                })
                .filter(|(_, other)| self.is_same(row, *other))
                .min()
                .map(|(_, other)| other);
            match same {
                Some(other) => {
                    stands_for.insert((other, file));
                    found.push((row, other));
                }
                None => {
                    kept.insert((time, row));
                }
            }
        }
    }

    /// Whether nothing speaks against two rows being one click.
    fn is_same(&self, a: u32, b: u32) -> bool {
        let (d, x, y) = (self.d, a as usize, b as usize);
        let ids_differ = |a: u128, b: u128| a != 0 && b != 0 && a != b;
        let (one, other) = (d.kind_of(x), d.kind_of(y));
        let actions =
            one.action == other.action || one.action == Action::Unknown || other.action == Action::Unknown;
        // One format writes one event's time in one way, and has ids that are not kept.
        let (here, there) = (d.file_of(x), d.file_of(y));
        let one_format = here.format == there.format;
        let times = !one_format || d.time[x] == d.time[y];
        let of_one_kind = one_format || !(here.own_report_ids || there.own_report_ids);
        let cheap = actions
            && times
            && here.layout != there.layout
            && self.people.key(d.user.at(x).raw()) == self.people.key(d.user.at(y).raw())
            && d.url.at(x).raw() == d.url.at(y).raw()
            && d.weight_of(x) == d.weight_of(y)
            && !ids_differ(d.message.at(x), d.message.at(y))
            && !(of_one_kind && ids_differ(d.report.at(x), d.report.at(y)));
        if cheap && !self.also.is_empty() && self.share_a_layout(a, b) {
            return false;
        }
        if !cheap || d.ip.at(x).raw() == d.ip.at(y).raw() {
            return cheap;
        }
        let ip = |row: usize| address(d.ips.text(d.ip.at(row)));
        let (here, there) = (ip(x), ip(y));
        let says = |ip: &str| !is_empty_word(ip.as_bytes());
        !(says(&here) && says(&there) && !here.eq_ignore_ascii_case(&there))
    }

    /// Whether records of one layout say both of two rows: then they are two clicks.
    fn share_a_layout(&self, a: u32, b: u32) -> bool {
        let of = |row: u32| self.also.get(&row).into_iter().flatten().copied().chain([self.layout(row)]);
        of(a).any(|one| of(b).any(|other| one == other))
    }

    /// How many of these were said to look alike: they share report id, time and URL.
    fn were_look_alikes(&self, found: &[(u32, u32)]) -> u64 {
        let alike = |(a, b): &&(u32, u32)| {
            let (x, y) = (*a as usize, *b as usize);
            self.d.report.at(x) != 0
                && self.d.report.at(x) == self.d.report.at(y)
                && self.d.time[x] == self.d.time[y]
        };
        found.iter().filter(alike).count() as u64
    }
}
