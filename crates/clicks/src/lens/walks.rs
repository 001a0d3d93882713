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

/// The rows of each address with as many as a walk needs, oldest first. What is no address has none, and a proxy of people is
/// many people.
fn rows_by_address(data: &Dataset, addresses: &Addresses) -> Vec<Vec<u32>> {
    const NEVER: Signals =
        Signals::NONE.with(Signal::NoAddress).with(Signal::PeopleProxy).with(Signal::SaidHuman);
    let least = Preset::Strict.walk().0 as u32;
    let mut clicks = vec![0_u32; data.ips.len()];
    for ip in data.ip.raw() {
        if let Some(clicks) = clicks.get_mut(*ip as usize) {
            *clicks += 1;
        }
    }
    let mut place_of = vec![NONE; data.ips.len()];
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for (ip, _) in clicks.iter().enumerate().filter(|(_, clicks)| **clicks >= least) {
        if !addresses.signals(ip as u32).has_any(NEVER) {
            place_of[ip] = rows.len() as u32;
            rows.push(Vec::new());
        }
    }
    for (row, ip) in data.ip.raw().iter().enumerate() {
        let place = place_of.get(*ip as usize).copied().unwrap_or(NONE);
        if let Some(rows) = rows.get_mut(place as usize) {
            rows.push(row as u32);
        }
    }
    rows
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
