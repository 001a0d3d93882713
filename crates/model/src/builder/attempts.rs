//! Joins rows that belong together into attempts.
//!
//! Rows that share a report id and a user are one attempt (the block, the override, the retry): all of them stay, but for
//! those that say the same. Source: Microsoft's description of `ReportId` in the table `UrlClickEvents`.
//!
//! Owns which rows are looked at together: those that could be one record or one attempt, which is found out in one pass,
//! for the data is large and nearly every row is alone. Must not know when two records are the same (`duplicates`).

use std::collections::{HashMap, HashSet};

use super::super::hash::{finish, mix};
use super::super::ids::Id as _;
use super::super::sorting::{sort_ids, sort_pairs};
use super::super::{Dataset, MINUTE_MS};
use super::duplicates::{Duplicates, Rows};
use super::spellings::Same;

/// Rows that share an attempt.
#[derive(Default)]
pub struct Attempts {
    /// Rows that share an attempt with another one, ascending, with the index of that attempt.
    pub sharing: Vec<(u32, u32)>,
    /// How many such attempts there are.
    pub count: u32,
    /// Rows of several files that share everything but say something else.
    pub look_alikes: u64,
}

impl Attempts {
    /// Takes rows out that turned out to repeat others, ascending. An attempt of which one row is left is none that is
    /// shared.
    pub fn drop_rows(&mut self, gone: &[u32]) {
        self.sharing.retain(|(row, _)| gone.binary_search(row).is_err());
        let mut rows: HashMap<u32, u32> = HashMap::new();
        for (_, attempt) in &self.sharing {
            *rows.entry(*attempt).or_default() += 1;
        }
        self.sharing.retain(|(_, attempt)| rows.get(attempt).is_some_and(|rows| *rows > 1));
        let mut new: HashMap<u32, u32> = HashMap::new();
        for (_, attempt) in &mut self.sharing {
            let next = new.len() as u32;
            *attempt = *new.entry(*attempt).or_insert(next);
        }
        self.count = new.len() as u32;
    }
}

/// Finds the rows that repeat another one, and joins the others into attempts.
pub fn join(rows: &Rows<'_>) -> (Duplicates, Attempts) {
    let mut keys = rows_not_alone(rows.d, rows.people);
    keys.sort_unstable();
    let (mut duplicates, mut attempts) = (Duplicates::default(), Attempts::default());
    let mut group: Vec<u32> = Vec::new();
    for run in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        if run.len() > 1 {
            group.clear();
            group.extend(run.iter().map(|key| *key as u32));
            join_group(rows, &mut group, &mut duplicates, &mut attempts);
        }
    }
    duplicates.sort();
    sort_pairs(&mut attempts.sharing);
    (duplicates, attempts)
}

/// Rows whose hash some other row has too (and a few that only seem so), as the upper half of the hash
/// beside the row. Nearly every row is alone, so that sorting all of them would be wasted: one bit a place
/// tells that a hash was met, another that it was met again.
fn rows_not_alone(d: &Dataset, people: &Same) -> Vec<u64> {
    let places = (d.len() * 16).next_power_of_two().max(64);
    let mask = places as u64 - 1;
    let mut met = vec![0_u64; places / 64];
    let mut again = vec![0_u64; places / 64];
    for row in 0..d.len() {
        let place = group_hash(d, people, row) & mask;
        let (word, bit) = ((place >> 6) as usize, 1 << (place & 63));
        again[word] |= met[word] & bit;
        met[word] |= bit;
    }
    drop(met);
    let mut keys = Vec::new();
    for row in 0..d.len() {
        let hash = group_hash(d, people, row);
        let place = hash & mask;
        if again[(place >> 6) as usize] & (1 << (place & 63)) != 0 {
            keys.push((hash & !0xffff_ffff) | row as u64);
        }
    }
    keys
}

/// Rows that could be the same record or one attempt have the same hash: by report id, and where there is
/// none, by what a repeated record cannot differ in.
fn group_hash(d: &Dataset, people: &Same, row: usize) -> u64 {
    let report = d.report.at(row);
    if report != 0 {
        return finish(mix(report as u64, (report >> 64) as u64));
    }
    let who = (u64::from(people.key(d.user.at(row).raw())) << 32) | u64::from(d.url.at(row).raw());
    finish(mix(d.time[row] as u64, who))
}

fn join_group(rows: &Rows<'_>, group: &mut [u32], duplicates: &mut Duplicates, attempts: &mut Attempts) {
    let attempt_of = |row: u32| (rows.d.report.at(row as usize), rows.person(row));
    let key = |row: u32| (attempt_of(row), rows.core(row), row);
    sort_ids(group, &mut |a, b| key(a).cmp(&key(b)));
    let mut kept: Vec<u32> = Vec::new();
    for attempt in group.chunk_by(|a, b| attempt_of(*a) == attempt_of(*b)) {
        kept.clear();
        for same in attempt.chunk_by(|a, b| rows.core(*a) == rows.core(*b)) {
            rows.keep(same, &mut kept, duplicates);
        }
        if kept.len() > 1 && attempt_of(kept[0]).0 != 0 {
            attempts.look_alikes += look_alikes(rows, &kept);
            attempts.sharing.extend(kept.iter().map(|row| (*row, attempts.count)));
            attempts.count += 1;
        }
    }
}

/// Rows of one attempt that share time and URL with a row of another file. Where one of them has no seconds, the
/// minute is all there is to share.
fn look_alikes(rows: &Rows<'_>, kept: &[u32]) -> u64 {
    let d = rows.d;
    if d.files.len() < 2 {
        return 0;
    }
    let minute = |row: &u32| d.time[*row as usize].div_euclid(MINUTE_MS);
    let url = |row: &u32| d.url.at(*row as usize).raw();
    let is_coarse = |row: &&u32| rows.may_be_distinct(**row) && d.time[**row as usize] % MINUTE_MS == 0;
    let coarse: HashSet<(i64, u32)> = kept.iter().filter(is_coarse).map(|r| (minute(r), url(r))).collect();
    let at = |row: &u32| match coarse.contains(&(minute(row), url(row))) {
        true => minute(row) * MINUTE_MS,
        false => d.time[*row as usize],
    };
    let file = |row: &u32| u32::from(d.origin.at(*row as usize).file());
    // Of the type that rows across files are sorted by: one routine for both.
    let mut rows: Vec<(u64, i64, u32)> =
        kept.iter().map(|row| (u64::from(url(row)), at(row), file(row))).collect();
    rows.sort_unstable();
    let of_several = |run: &&[(u64, i64, u32)]| run.first().map(|r| r.2) != run.last().map(|r| r.2);
    rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(of_several).map(|run| run.len() as u64 - 1).sum()
}
