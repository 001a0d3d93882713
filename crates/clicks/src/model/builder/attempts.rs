//! Tells records that are the same from rows that belong together.
//!
//! Identical records come from at-least-once delivery and from files that overlap: they count once. Rows
//! that share a report id and a user are one attempt (the block, the override, the retry): all of them
//! stay. Source: Microsoft's description of `ReportId` in the table `UrlClickEvents`.

use super::super::hash::{finish, mix};
use super::super::{Dataset, NONE};
use super::MAX_KINDS;

/// The rows that repeat an earlier one, and the rows that share an attempt with another one with the index
/// of that attempt; both ascending. `rest` is the hash of what the columns do not hold.
pub fn join(d: &mut Dataset, rest: &[u32]) -> (Vec<u32>, Vec<(u32, u32)>) {
    let mut keys = rows_not_alone(d);
    keys.sort_unstable();
    let mut duplicate = Vec::new();
    let mut sharing = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for run in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        if run.len() > 1 {
            group.clear();
            group.extend(run.iter().map(|key| *key as u32));
            join_group(d, rest, &mut group, &mut duplicate, &mut sharing);
        }
    }
    duplicate.sort_unstable();
    sharing.sort_unstable();
    (duplicate, sharing)
}

/// Rows whose hash some other row has too (and a few that only seem so), as the upper half of the hash
/// beside the row. Nearly every row is alone, so that sorting all of them would be wasted: one bit a place
/// tells that a hash was met, another that it was met again.
fn rows_not_alone(d: &Dataset) -> Vec<u64> {
    let places = (d.len() * 16).next_power_of_two().max(64);
    let mask = places as u64 - 1;
    let mut met = vec![0_u64; places / 64];
    let mut again = vec![0_u64; places / 64];
    for row in 0..d.len() {
        let place = group_hash(d, row) & mask;
        let (word, bit) = ((place >> 6) as usize, 1 << (place & 63));
        again[word] |= met[word] & bit;
        met[word] |= bit;
    }
    drop(met);
    let mut keys = Vec::new();
    for row in 0..d.len() {
        let hash = group_hash(d, row);
        let place = hash & mask;
        if again[(place >> 6) as usize] & (1 << (place & 63)) != 0 {
            keys.push((hash & !0xffff_ffff) | row as u64);
        }
    }
    keys
}

/// Rows that could be the same record or one attempt have the same hash: by report id, and where there is
/// none, by what a repeated record cannot differ in.
fn group_hash(d: &Dataset, row: usize) -> u64 {
    let report = d.report.at(row);
    if report != 0 {
        return finish(mix(report as u64, (report >> 64) as u64));
    }
    let who = (u64::from(d.user[row]) << 32) | u64::from(d.url[row]);
    finish(mix(d.time[row] as u64, who))
}

fn join_group(
    d: &mut Dataset,
    rest: &[u32],
    group: &mut [u32],
    duplicate: &mut Vec<u32>,
    sharing: &mut Vec<(u32, u32)>,
) {
    group.sort_unstable_by_key(|row| {
        let row = *row as usize;
        (d.report.at(row), d.user[row], identity(d, rest, row), row)
    });
    for attempt in group.chunk_by(|a, b| {
        let (a, b) = (*a as usize, *b as usize);
        d.report.at(a) == d.report.at(b) && d.user[a] == d.user[b]
    }) {
        let mut kept = 0;
        let mut first = NONE;
        let mut mark = Vec::new();
        for (i, row) in attempt.iter().enumerate() {
            let repeats = i > 0 && same(d, rest, attempt[i - 1] as usize, *row as usize);
            if repeats {
                duplicate.push(*row);
            } else {
                kept += 1;
                first = first.min(*row);
                mark.push(*row);
            }
        }
        if kept > 1 && d.report.at(first as usize) != 0 {
            sharing.extend(mark.into_iter().map(|row| (row, d.shared_attempts)));
            d.shared_attempts += 1;
        }
    }
}

fn identity(d: &Dataset, rest: &[u32], row: usize) -> u64 {
    let ids = [
        d.time[row] as u64,
        (u64::from(d.user[row]) << 32) | u64::from(d.url[row]),
        (u64::from(d.ip[row]) << 32) | u64::from(d.kind[row]),
        d.message.at(row) as u64,
        (d.message.at(row) >> 64) as u64,
        rest[row].into(),
    ];
    ids.into_iter().fold(0, mix)
}

fn same(d: &Dataset, rest: &[u32], a: usize, b: usize) -> bool {
    let sparse = |column: &[u32]| column.get(a) == column.get(b);
    // Rows beyond the last kind share it without saying the same.
    (d.kind[a] as usize) < MAX_KINDS - 1
        && d.time[a] == d.time[b]
        && d.user[a] == d.user[b]
        && d.url[a] == d.url[b]
        && d.ip[a] == d.ip[b]
        && d.kind[a] == d.kind[b]
        && d.message.at(a) == d.message.at(b)
        && d.report.at(a) == d.report.at(b)
        && rest[a] == rest[b]
        && sparse(&d.subject)
        && sparse(&d.sender)
        && sparse(&d.device)
        && sparse(&d.tenant)
}
