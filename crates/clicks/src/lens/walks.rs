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
    let rows = rows_by_address(data, addresses);
    let strict = Preset::Strict.walk();
    for rows in &rows {
        for (at, _) in rows.iter().enumerate() {
            let ahead = &rows[at..rows.len().min(at + LOOKED_AT)];
            mark_from(data, ahead, preset.walk(), Signal::Walk, signals);
            if preset == Preset::Strict {
                // It finds what the others find.
                mark_from(data, ahead, Preset::Balanced.walk(), Signal::Walk, signals);
            }
            mark_from(data, ahead, strict, Signal::FewRecipients, signals);
        }
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

/// Marks the first row and those after it that belong to a walk, if enough users are in it.
fn mark_from(
    data: &Dataset,
    rows: &[u32],
    (users, within): (usize, i64),
    signal: Signal,
    signals: &mut [Signals],
) {
    let Some(first) = rows.first().map(|row| *row as usize) else { return };
    let user = |row: usize| data.user.at(row).raw();
    let same = |row: usize| {
        let message = data.message.at(row);
        data.url.at(row) == data.url.at(first) || (message != 0 && message == data.message.at(first))
    };
    let mut met: Vec<u32> = Vec::with_capacity(users);
    let mut last = 0;
    for (at, row) in rows.iter().enumerate() {
        let row = *row as usize;
        if data.time[row] - data.time[first] > within {
            break;
        }
        if user(row) != NONE && same(row) && !met.contains(&user(row)) {
            met.push(user(row));
            last = at;
            if met.len() >= users {
                break;
            }
        }
    }
    if met.len() >= users {
        for row in rows[..=last].iter().map(|row| *row as usize).filter(|row| same(*row)) {
            signals[row].add(signal);
        }
    }
}
