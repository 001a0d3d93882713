//! What each user usually does, and what is out of line with it: echoes, intervals, networks never seen before.
//!
//! Owns the rows of each user in the order of time, and everything that is told by them. Must not know points or classes.

use std::ops::Range;

use super::addresses::Addresses;
use super::config::Config;
use super::per_user::{Link, Openings, PerUser, Used, print_of};
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

/// Rows that are put side by side at once: 8 MB.
const BATCH: usize = 1 << 18;

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
        let is_error: Vec<bool> = self.data.kinds.iter().map(is_error).collect();
        let mut usual = Usual::default();
        let mut batch = Vec::new();
        for users in self.batches() {
            batch.clear();
            batch.resize(self.count_of(&users), Row::default());
            self.each_place(&users, |row, place| {
                batch[place] = self.row(row, addresses, &is_error, signals);
            });
            let mut rest = batch.as_mut_slice();
            for user in users.clone() {
                let rows = rest.split_off_mut(..self.rows_of(user).len()).unwrap_or_default();
                usual.learn(user, rows);
                for at in 0..rows.len() {
                    let found = usual.signals(&rows[at]);
                    rows[at].found = rows[at].found.union(found);
                    echoes(&mut rows[at..], &usual.networks);
                }
            }
            self.each_place(&users, |row, place| signals[row] = signals[row].union(batch[place].found));
        }
        if let Some(off) = self.off_hours(signals) {
            let users = self.data.users.len();
            let rows = signals.iter_mut().zip(&self.data.time).zip(self.data.user.raw());
            for ((of_row, time), user) in rows {
                if off[hour_of(*time)] && (*user as usize) < users {
                    of_row.add(Signal::OffHours);
                }
            }
        }
    }

    /// The users in parts of about [`BATCH`] rows, or a quarter of all.
    fn batches(&self) -> Vec<Range<u32>> {
        let most = (self.rows.len() / 4).max(BATCH) as u32;
        let users = self.starts.len() as u32 - 1;
        let mut batches = Vec::new();
        let mut from = 0;
        for user in 0..users {
            if self.starts[user as usize + 1] - self.starts[from as usize] >= most || user + 1 == users {
                batches.push(from..user + 1);
                from = user + 1;
            }
        }
        batches
    }

    /// How many rows some users have.
    fn count_of(&self, users: &Range<u32>) -> usize {
        (self.starts[users.end as usize] - self.starts[users.start as usize]) as usize
    }

    /// Hands out each row of some users with its place when those of one user stand side by side. They are far apart in the
    /// columns: to go through these in their order, and to put each row in its place, is a third of the work of looking for it.
    fn each_place(&self, users: &Range<u32>, mut take: impl FnMut(usize, usize)) {
        let starts = &self.starts[users.start as usize..users.end as usize];
        let mut next: Vec<u32> = starts.iter().map(|start| start - starts[0]).collect();
        for (row, user) in self.data.user.raw().iter().enumerate() {
            if let Some(place) = next.get_mut(user.wrapping_sub(users.start) as usize) {
                take(row, *place as usize);
                *place += 1;
            }
        }
    }

    fn row(&self, row: usize, addresses: &Addresses, is_error: &[bool], signals: &[Signals]) -> Row {
        let data = self.data;
        let ip = data.ip.at(row).raw();
        Row {
            time: data.time[row],
            ip,
            network: addresses.network(ip),
            url: data.url.at(row).raw(),
            message: print_of(data.message.at(row)),
            is_error: is_error[data.kind[row] as usize],
            is_decided: is_machine(signals[row]),
            is_listed: addresses.signals(ip).has_any(LISTED),
            found: Signals::NONE,
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

/// What is asked of a row again and again. Address, network and URL are ids of the data at first, and once they are met their
/// places in what is usual; [`NONE`] stays what it is.
#[derive(Clone, Copy, Default)]
struct Row {
    ip: u32,
    network: u32,
    url: u32,
    time: i64,
    /// See [`print_of`].
    message: u64,
    is_error: bool,
    is_decided: bool,
    is_listed: bool,
    found: Signals,
}

/// What one user usually does.
#[derive(Default)]
struct Usual {
    /// Clicks that no machine made.
    clicks: u32,
    /// Networks that such a click came from.
    of_networks: usize,
    ips: PerUser<Used>,
    networks: PerUser<Used>,
    links: PerUser<Link>,
}

impl Usual {
    /// Forgets who was before, and learns from all rows of this user.
    fn learn(&mut self, user: u32, rows: &mut [Row]) {
        self.clicks = 0;
        self.ips.begin(user, rows.len());
        self.networks.begin(user, rows.len());
        self.links.begin(user, rows.len());
        for row in rows {
            row.ip = self.ips.meet(row.ip, Used::default);
            row.network = self.networks.meet(row.network, Used::default);
            row.url = self.links.meet(row.url, || Link::from(row.time));
            let mut link = self.links.at_mut(row.url);
            if let Some(link) = &mut link {
                link.intervals.add(row.time);
            }
            // Machines have no habits of their victim.
            if row.is_decided {
                continue;
            }
            self.clicks += 1;
            let day = row.time.div_euclid(DAY_MS);
            let places = [self.ips.at_mut(row.ip), self.networks.at_mut(row.network)];
            places.into_iter().flatten().for_each(|used| used.add(day, !row.is_error));
            if let Some(link) = link.filter(|_| row.network != NONE) {
                let openings = link.openings.get_or_insert_with(|| Openings::of(row.message));
                if openings.message == row.message {
                    openings.add(row.network);
                }
            }
        }
        self.of_networks = self.networks.values().iter().filter(|used| used.clicks > 0).count();
    }

    /// What is out of line in a row, and what speaks for a person.
    fn signals(&self, row: &Row) -> Signals {
        let mut found = Signals::default();
        // A scanner comes again and again; only who is mostly there lives in a cloud.
        let is_home_there =
            |used: &Used| used.is_habitual() && (!row.is_listed || used.clicks * 2 >= self.clicks);
        if self.ips.at(row.ip).is_some_and(is_home_there) {
            found.add(Signal::Habitual);
        }
        if let Some(network) = self.networks.at(row.network) {
            if self.clicks >= KNOWN_CLICKS && network.clicks <= 1 {
                found.add(Signal::NewNetwork);
            }
            let others = self.of_networks > usize::from(network.clicks > 0);
            if row.is_error && network.plain == 0 && others {
                found.add(Signal::ErrorAbroad);
            }
        }
        let Some(link) = self.links.at(row.url) else { return found };
        if link.intervals.are_regular() {
            found.add(Signal::Interval);
        }
        let is_home = |network: u32| self.networks.at(network).is_some_and(Used::is_habitual);
        let is_of_several =
            |openings: &Openings| openings.message == row.message && openings.are_of_several(is_home);
        if !row.is_decided && link.openings.as_ref().is_some_and(is_of_several) {
            found.add(Signal::MaybeSomebodyElse);
        }
        found
    }
}

/// H11: the same link from two networks within two minutes of the first of these rows. The foreign one is marked: one in a
/// list, where none is, the one that the user clicks less from.
fn echoes(rows: &mut [Row], networks: &PerUser<Used>) {
    let Some((first, after)) = rows.split_first_mut() else { return };
    let clicks = |network: u32| networks.at(network).map_or(0, |used| used.clicks);
    let time = first.time;
    for other in after.iter_mut().take(LOOKED_AT).take_while(|other| other.time - time <= ECHO_MS) {
        let is_twin = other.url == first.url && other.network != first.network;
        if !is_twin || other.network == NONE || first.network == NONE {
            continue;
        }
        let (one, two) = match (first.is_listed, other.is_listed) {
            // Of two in lists both are scanners.
            (false, false) => {
                (clicks(first.network) < clicks(other.network), clicks(first.network) > clicks(other.network))
            }
            listed => listed,
        };
        for (row, is_foreign) in [(&mut *first, one), (other, two)] {
            if is_foreign {
                row.found.add(Signal::Echo);
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
