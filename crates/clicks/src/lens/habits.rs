//! What each user usually does, and what is out of line with it: echoes, intervals, networks never seen before.
//!
//! Owns the rows of each user in the order of time, and everything that is told by them. Must not know points or classes.

use super::addresses::Addresses;
use super::config::Config;
use super::per_user::{Intervals, Openings, PerUser, Used};
use super::signals::{Signal, Signals};
use crate::model::ids::Id as _;
use crate::model::sorting::sort_ids;
use crate::model::{Action, DAY_MS, Dataset, HOUR_MS, Kind, NONE, Verdict};

/// So many rows of one user are looked at after each: a person has fewer in two minutes, an attack on time more.
pub const LOOKED_AT: usize = 128;

/// H10 needs a user of whom enough is known.
pub(super) const KNOWN_CLICKS: u32 = 10;
/// H11: the same link again from another network within so many milliseconds.
pub(super) const ECHO_MS: i64 = 120_000;
/// H13: clicks that the hours of a company are learned from.
const HOURS_FROM: u64 = 200;
/// H13: the share of clicks in the hours that are called off.
pub(super) const OFF_SHARE: f64 = 0.02;

/// Whose addresses are in a list of machines, though people may be there too.
const LISTED: Signals = Signals::NONE
    .with(Signal::ServiceAddress)
    .with(Signal::VendorAddress)
    .with(Signal::CloudAddress)
    .with(Signal::MicrosoftCloud)
    .with(Signal::SaidAutomated);

/// The rows of each user, in the order of time.
pub struct Habits<'a> {
    /// The clicks.
    pub data: &'a Dataset,
    /// Where the rows of each user begin in `rows`.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl<'a> Habits<'a> {
    /// Sorts the rows by user; those without one are left out.
    pub fn new(data: &'a Dataset) -> Habits<'a> {
        let users = data.users.len();
        let mut starts = vec![0_u32; users + 1];
        for user in data.user.raw().iter().filter(|user| (**user as usize) < users) {
            starts[*user as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0_u32; starts[users] as usize];
        for (row, user) in data.user.raw().iter().enumerate().filter(|(_, user)| (**user as usize) < users) {
            let place = &mut next[*user as usize];
            rows[*place as usize] = row as u32;
            *place += 1;
        }
        Habits { data, starts, rows }
    }

    /// The users, each with their rows.
    pub fn each_user(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let bounds = self.starts.array_windows();
        (0..).zip(bounds.map(|[from, to]| &self.rows[*from as usize..*to as usize]))
    }

    /// The rows of a user.
    pub fn rows_of(&self, user: u32) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or_default() as usize;
        &self.rows[bound(user as usize)..bound(user as usize + 1)]
    }

    /// Everything that is told by what a user usually does.
    pub fn mark(&self, addresses: &Addresses, signals: &mut [Signals]) {
        let data = self.data;
        let off = self.off_hours(signals);
        let is_error: Vec<bool> = data.kinds.iter().map(is_error).collect();
        let mut by_ip: PerUser<Used> = PerUser::new(data.ips.len());
        let mut by_network: PerUser<Used> = PerUser::new(addresses.count);
        let mut intervals: PerUser<Intervals> = PerUser::new(data.urls.len());
        let mut openings: PerUser<Openings> = PerUser::new(data.urls.len());
        let mut rows: Vec<Row> = Vec::new();
        for (user, of_user) in self.each_user() {
            by_ip.begin(user);
            by_network.begin(user);
            intervals.begin(user);
            openings.begin(user);
            rows.clear();
            // Side by side: the rows of a user are far apart in the columns, and are gone through several times.
            rows.extend(of_user.iter().map(|row| self.row(*row as usize, addresses, &is_error, signals)));
            let mut usual = 0;
            for row in &rows {
                if let Some(intervals) = intervals.meet(row.url, || Intervals::from(row.time)) {
                    intervals.add(row.time);
                }
                // Machines have no habits of their victim.
                if row.is_decided {
                    continue;
                }
                usual += 1;
                let day = row.time.div_euclid(DAY_MS);
                let places = [by_ip.meet(row.ip, Used::default), by_network.meet(row.network, Used::default)];
                places.into_iter().flatten().for_each(|used| used.add(day, !row.is_error));
                if row.network != NONE {
                    let openings = openings.meet(row.url, || Openings::of(row.message));
                    if let Some(openings) = openings.filter(|openings| openings.message == row.message) {
                        openings.add(row.network);
                    }
                }
            }
            let is_home = |network: u32| by_network.of(network).is_some_and(Used::is_habitual);
            for (at, row) in rows.iter().enumerate() {
                let mut found = Signals::default();
                let of_network = by_network.of(row.network);
                // A scanner comes again and again; only who is mostly there lives in a cloud.
                let is_listed = addresses.signals(row.ip).has_any(LISTED);
                let is_home_there =
                    |used: &Used| used.is_habitual() && (!is_listed || used.clicks * 2 >= usual);
                if by_ip.of(row.ip).is_some_and(is_home_there) {
                    found.add(Signal::Habitual);
                }
                if row.network != NONE {
                    if usual >= KNOWN_CLICKS && of_network.is_none_or(|used| used.clicks == 1) {
                        found.add(Signal::NewNetwork);
                    }
                    let others = by_network.count() > usize::from(of_network.is_some());
                    if row.is_error && of_network.is_none_or(|used| used.plain == 0) && others {
                        found.add(Signal::ErrorAbroad);
                    }
                }
                if intervals.of(row.url).is_some_and(Intervals::are_regular) {
                    found.add(Signal::Interval);
                }
                let is_of_several = |openings: &&Openings| {
                    openings.are_of_several(is_home) && openings.message == row.message
                };
                if !row.is_decided && openings.of(row.url).filter(is_of_several).is_some() {
                    found.add(Signal::MaybeSomebodyElse);
                }
                if off.as_ref().is_some_and(|off| off[hour_of(row.time)]) {
                    found.add(Signal::OffHours);
                }
                signals[row.row] = signals[row.row].union(found);
                echoes(&rows[at..], addresses, &by_network, signals);
            }
        }
    }

    fn row(&self, row: usize, addresses: &Addresses, is_error: &[bool], signals: &[Signals]) -> Row {
        let data = self.data;
        let ip = data.ip.at(row).raw();
        Row {
            row,
            time: data.time[row],
            ip,
            network: addresses.network(ip),
            url: data.url.at(row).raw(),
            message: data.message.at(row),
            is_error: is_error[data.kind[row] as usize],
            is_decided: is_machine(signals[row]),
        }
    }

    /// H13: hours of the day, of UTC, in which nearly nobody clicks; none where too little is known.
    fn off_hours(&self, signals: &[Signals]) -> Option<[bool; 24]> {
        let data = self.data;
        let mut hours = [0_u64; 24];
        for (row, of_row) in signals.iter().enumerate() {
            if !is_machine(*of_row) {
                hours[hour_of(data.time[row])] += 1;
            }
        }
        let all: u64 = hours.iter().sum();
        if all < HOURS_FROM {
            return None;
        }
        let mut order: Vec<u32> = (0..24).collect();
        sort_ids(&mut order, &mut |a, b| hours[a as usize].cmp(&hours[b as usize]));
        let mut off = [false; 24];
        let mut sum = 0;
        for hour in order.into_iter().map(|hour| hour as usize) {
            sum += hours[hour];
            if sum as f64 > all as f64 * OFF_SHARE {
                break;
            }
            off[hour] = true;
        }
        Some(off)
    }
}

/// What is asked of a row again and again.
struct Row {
    row: usize,
    time: i64,
    ip: u32,
    network: u32,
    url: u32,
    message: u128,
    is_error: bool,
    is_decided: bool,
}

/// H11: the same link from two networks within two minutes of the first of these rows. The foreign one is marked: one in a
/// list, where none is, the one that the user clicks less from.
fn echoes(rows: &[Row], addresses: &Addresses, by_network: &PerUser<Used>, signals: &mut [Signals]) {
    let Some((first, after)) = rows.split_first() else { return };
    let clicks = |network: u32| by_network.of(network).map_or(0, |used| used.clicks);
    let is_listed = |row: &Row| addresses.signals(row.ip).has_any(LISTED);
    for other in after.iter().take(LOOKED_AT).take_while(|other| other.time - first.time <= ECHO_MS) {
        let is_twin = other.url == first.url && other.network != first.network;
        if !is_twin || other.network == NONE || first.network == NONE {
            continue;
        }
        let (one, two) = match (is_listed(first), is_listed(other)) {
            // Of two in lists both are scanners.
            (false, false) => {
                (clicks(first.network) < clicks(other.network), clicks(first.network) > clicks(other.network))
            }
            listed => listed,
        };
        for (row, is_foreign) in [(first.row, one), (other.row, two)] {
            if is_foreign {
                signals[row].add(Signal::Echo);
            }
        }
    }
}

fn hour_of(ms: i64) -> usize {
    (ms.rem_euclid(DAY_MS) / HOUR_MS) as usize
}

/// Somebody says that it is one, or a signal decides.
fn is_machine(signals: Signals) -> bool {
    !signals.has(Signal::SaidHuman)
        && (signals.has(Signal::SaidAutomated) || Config::deciding(signals).is_some())
}

/// An error page: nothing was shown to the user, which a waiting page is.
fn is_error(kind: &Kind) -> bool {
    kind.action == Action::None && kind.verdict != Verdict::Pending
}
