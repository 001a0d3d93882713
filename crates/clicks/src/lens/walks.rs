//! H8: one address that opens the same link, or links of the same message, for one recipient after the other.
//!
//! Owns what a walk is. The way out of a company is none, for in a mass mail many people click the same from one address: what
//! its other clicks say is a matter of habits.

use super::addresses::Addresses;
use super::config::Preset;
use super::signals::{Signal, Signals};
use crate::model::ids::Id as _;
use crate::model::{Dataset, NONE};

/// So many rows of one address are looked at after each: in a minute a company has fewer, an attack on time more.
const LOOKED_AT: usize = 256;

/// Marks the rows of walks, and of what is less than one. Whether the address is a company's way out, and the walk none, is
/// known once all are marked.
pub fn mark(data: &Dataset, preset: Preset, addresses: &Addresses, signals: &mut [Signals]) {
    let strict = Preset::Strict.walk();
    let mut met = Vec::new();
    let mut seen: Vec<Row> = Vec::new();
    for rows in &rows_by_address(data, addresses) {
        seen.clear();
        // Side by side: the rows of an address are far apart in the columns, and are gone through several times.
        seen.extend(rows.iter().map(|row| Row::of(data, *row as usize)));
        for (at, _) in seen.iter().enumerate() {
            let ahead = &seen[at..seen.len().min(at + LOOKED_AT)];
            mark_from(ahead, preset.walk(), Signal::Walk, signals, &mut met);
            if preset == Preset::Strict {
                // It finds what the others find.
                mark_from(ahead, Preset::Balanced.walk(), Signal::Walk, signals, &mut met);
            }
            mark_from(ahead, strict, Signal::FewRecipients, signals, &mut met);
        }
    }
}

/// What is asked of a row again and again.
struct Row {
    row: u32,
    user: u32,
    url: u32,
    time: i64,
    message: u128,
}

impl Row {
    fn of(data: &Dataset, row: usize) -> Row {
        Row {
            row: row as u32,
            user: data.user.at(row).raw(),
            url: data.url.at(row).raw(),
            time: data.time[row],
            message: data.message.at(row),
        }
    }

    /// Whether both are of one link or message.
    fn is_like(&self, other: &Row) -> bool {
        self.url == other.url || (self.message != 0 && self.message == other.message)
    }
}

/// The rows of each address that a walk may have come from, oldest first. What is no address has none, and a proxy of people
/// is many people.
fn rows_by_address(data: &Dataset, addresses: &Addresses) -> Vec<Vec<u32>> {
    const NEVER: Signals =
        Signals::NONE.with(Signal::NoAddress).with(Signal::PeopleProxy).with(Signal::SaidHuman);
    let mut place_of = dense(data, |ip| !addresses.signals(ip).has_any(NEVER));
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for place in place_of.iter_mut().filter(|place| **place != NONE) {
        *place = rows.len() as u32;
        rows.push(Vec::new());
    }
    for (row, ip) in data.ip.raw().iter().enumerate() {
        let place = place_of.get(*ip as usize).copied().unwrap_or(NONE);
        if let Some(rows) = rows.get_mut(place as usize) {
            rows.push(row as u32);
        }
    }
    rows
}

/// Of each address some number where as many clicks as a walk needs were as near to each other as those of one are, whosever
/// they are; [`NONE`] where they were not. Told by the last few times of each alone, for the rows of an address are far apart
/// in the columns.
fn dense(data: &Dataset, may_walk: impl Fn(u32) -> bool) -> Vec<u32> {
    // What is lenient asks more users of the same time.
    const WALKS: [(usize, i64); 2] = [Preset::Strict.walk(), Preset::Balanced.walk()];
    const KEPT: usize = WALKS[1].0;
    let mut clicks = vec![0_usize; data.ips.len()];
    for ip in data.ip.raw() {
        if let Some(clicks) = clicks.get_mut(*ip as usize) {
            *clicks += 1;
        }
    }
    let mut place_of = vec![NONE; data.ips.len()];
    let mut times: Vec<[i64; KEPT]> = Vec::new();
    let mut next: Vec<usize> = Vec::new();
    for (ip, _) in clicks.iter().enumerate().filter(|(_, clicks)| **clicks >= WALKS[0].0) {
        if may_walk(ip as u32) {
            place_of[ip] = times.len() as u32;
            times.push([i64::MIN; KEPT]);
            next.push(0);
        }
    }
    let mut is_dense = vec![false; times.len()];
    for (time, ip) in data.time.iter().zip(data.ip.raw()) {
        let place = place_of.get(*ip as usize).copied().unwrap_or(NONE) as usize;
        let Some(times) = times.get_mut(place) else { continue };
        times[next[place] % KEPT] = *time;
        let is_walk = |(users, within): (usize, i64)| {
            let first = times[(next[place] + KEPT + 1 - users) % KEPT];
            time.saturating_sub(first) <= within
        };
        is_dense[place] |= WALKS.into_iter().any(is_walk);
        next[place] += 1;
    }
    for place in place_of.iter_mut().filter(|place| is_dense.get(**place as usize) == Some(&false)) {
        *place = NONE;
    }
    place_of
}

/// Marks the first row and those after it that belong to a walk, if enough users are in it. `met` is room to count them in.
fn mark_from(
    rows: &[Row],
    (users, within): (usize, i64),
    signal: Signal,
    signals: &mut [Signals],
    met: &mut Vec<u32>,
) {
    let Some(first) = rows.first() else { return };
    // Nearly every row has too few after it in time.
    if rows.get(users - 1).is_none_or(|row| row.time - first.time > within) {
        return;
    }
    met.clear();
    let mut last = 0;
    for (at, row) in rows.iter().enumerate() {
        if row.time - first.time > within {
            break;
        }
        if row.user != NONE && row.is_like(first) && !met.contains(&row.user) {
            met.push(row.user);
            last = at;
            if met.len() >= users {
                break;
            }
        }
    }
    if met.len() >= users {
        for row in rows[..=last].iter().filter(|row| row.is_like(first)) {
            signals[row.row as usize].add(signal);
        }
    }
}
