//! What each user usually does, and what is out of line with it: bursts, echoes, intervals, networks never seen before.
//!
//! Owns the rows of each user in the order of time, and everything that is told by them. Must not know points or classes.

use std::collections::HashMap;

use super::Shared;
use super::addresses::Addresses;
use super::config::{Config, Preset};
use super::signals::{Signal, Signals};
use crate::model::ids::Id as _;
use crate::model::sorting::{sort_ids, sorted};
use crate::model::{Action, DAY_MS, Dataset, HOUR_MS, IpId, Kind, NONE, Verdict};

/// So many rows of one user are looked at after each: a person has fewer in two minutes, an attack on time more.
const LOOKED_AT: usize = 128;

/// H5: all links of a message within so many milliseconds, at least so many.
const ALL_LINKS: (usize, i64) = (3, 10_000);
/// H10 needs a user of whom enough is known.
const KNOWN_CLICKS: u32 = 10;
/// H11: the same link again from another network within so many milliseconds.
const ECHO_MS: i64 = 120_000;
/// H12: at least so many clicks, at intervals that differ by less than this share of their mean.
const INTERVAL: (u32, f64) = (4, 0.05);
/// H12: shorter intervals are one click told twice, or a burst.
const SHORTEST_INTERVAL_MS: i64 = 5_000;
/// H12: seconds. Longer ones are habits of people: the same page every morning.
const LONGEST_INTERVAL: f64 = 4.0 * 3_600.0;
/// H13: clicks that the hours of a company are learned from.
const HOURS_FROM: u64 = 200;
/// H13: the share of clicks in the hours that are called off.
const OFF_SHARE: f64 = 0.02;
/// H15: the way out of a company.
const EGRESS: (u32, u32) = (5, 3);
/// X2: an address is habitual from so many days or clicks on.
const HABITUAL: (u32, u32) = (3, 5);

/// Whose addresses are in a list of machines, though people may be there too.
const LISTED: Signals = Signals::NONE
    .with(Signal::ServiceAddress)
    .with(Signal::VendorAddress)
    .with(Signal::CloudAddress)
    .with(Signal::MicrosoftCloud)
    .with(Signal::SaidAutomated);

/// The rows of each user, in the order of time.
pub struct Habits<'a> {
    data: &'a Dataset,
    /// Where the rows of each user begin in `rows`.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

/// How many users and days each address has, and what follows.
pub struct SharedAddresses {
    is_egress: Vec<bool>,
    /// Addresses of which too little is known, or too much, for a walk to decide: the data have fewer days than a way out is
    /// learned from, or half of those who come from there do other things there too.
    is_open: Vec<bool>,
    /// See [`super::Labels::egress`].
    pub egress: Vec<Shared>,
    /// See [`super::Labels::cloud_proxies`].
    pub cloud_proxies: Vec<Shared>,
}

impl SharedAddresses {
    /// Whether an address is the way out of a company.
    pub fn is_egress(&self, ip: u32) -> bool {
        self.is_egress.get(ip as usize).copied().unwrap_or(false)
    }

    /// Marks the rows of ways out. What looked like a walk there was a mass mail; also where everybody comes from one address
    /// in a cloud. And a walk from an address in no list may be less than one.
    pub fn mark(&self, data: &Dataset, addresses: &Addresses, signals: &mut [Signals]) {
        const WALKS: Signals = Signals::NONE.with(Signal::Walk).with(Signal::FewRecipients);
        let mut is_proxy = vec![false; self.is_egress.len()];
        self.cloud_proxies.iter().for_each(|shared| is_proxy[shared.ip.raw() as usize] = true);
        let is_proxy = |ip: u32| is_proxy.get(ip as usize).copied().unwrap_or(false);
        for (of_row, ip) in signals.iter_mut().zip(data.ip.raw()) {
            if self.is_egress(*ip) {
                *of_row = of_row.minus(WALKS).with(Signal::Egress);
            } else if is_proxy(*ip) {
                *of_row = of_row.minus(WALKS);
            } else if of_row.has(Signal::Walk)
                && addresses.signals(*ip) == Signals::NONE
                && self.is_open.get(*ip as usize) == Some(&true)
            {
                *of_row = of_row.minus(WALKS).with(Signal::FewRecipients);
            }
        }
    }
}

/// What one user did from one address or network.
#[derive(Clone, Copy)]
struct Used {
    id: u32,
    clicks: u32,
    /// Other clicks than error pages.
    plain: u32,
    days: u32,
    last_day: i64,
}

impl Used {
    /// X2.
    fn is_habitual(&self) -> bool {
        self.days >= HABITUAL.0 || self.clicks >= HABITUAL.1
    }
}

/// Counts by id, for one user after the other: what the user before had is forgotten in no time.
struct Counter {
    /// For each id the user it was met for last, and its place in `used`.
    met: Vec<(u32, u32)>,
    used: Vec<Used>,
}

impl Counter {
    fn new(ids: usize) -> Counter {
        Counter { met: vec![(NONE, 0); ids], used: Vec::new() }
    }

    fn begin(&mut self) {
        self.used.clear();
    }

    fn count(&mut self, user: u32, id: u32, day: i64, is_plain: bool) {
        let Some(met) = self.met.get_mut(id as usize) else { return };
        if met.0 != user {
            *met = (user, self.used.len() as u32);
            self.used.push(Used { id, clicks: 0, plain: 0, days: 0, last_day: i64::MIN });
        }
        let used = &mut self.used[met.1 as usize];
        used.clicks += 1;
        used.plain += u32::from(is_plain);
        if used.last_day != day {
            used.last_day = day;
            used.days += 1;
        }
    }

    fn of(&self, user: u32, id: u32) -> Option<&Used> {
        let met = self.met.get(id as usize).filter(|met| met.0 == user)?;
        self.used.get(met.1 as usize)
    }
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

    fn each_user(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let bounds = self.starts.array_windows();
        (0..).zip(bounds.map(|[from, to]| &self.rows[*from as usize..*to as usize]))
    }

    /// H4: several different links of one message at once. Clicks without a message are compared by where they were made.
    pub fn bursts(&self, preset: Preset, signals: &mut [Signals]) {
        let data = self.data;
        let group = |row: usize| {
            let message = data.message.at(row);
            (message, if message == 0 { data.kind_of(row).source.raw() } else { 0 })
        };
        let strict = Preset::Strict.burst();
        let wanted = [(preset.burst(), Signal::Burst), (strict, Signal::FewAtOnce)];
        let mut crowded = Vec::new();
        let mut urls = Vec::new();
        for (user, rows) in self.each_user() {
            for at in 0..rows.len() {
                let first = rows[at] as usize;
                let Some(second) = rows.get(at + 1) else { break };
                if data.time[*second as usize] - data.time[first] > ALL_LINKS.1 {
                    continue;
                }
                let of_first = group(first);
                urls.clear();
                let mut marked = [false; 2];
                for (step, row) in rows[at..].iter().take(LOOKED_AT).enumerate() {
                    let row = *row as usize;
                    if data.time[row] - data.time[first] > ALL_LINKS.1 {
                        break;
                    }
                    let url = data.url.at(row).raw();
                    if group(row) != of_first || urls.contains(&url) {
                        continue;
                    }
                    urls.push(url);
                    for (((count, within), signal), marked) in wanted.into_iter().zip(&mut marked) {
                        if !*marked
                            && urls.len() >= count
                            && is_within(data.time[first], data.time[row], within)
                        {
                            *marked = true;
                            let members = rows[at..=at + step].iter().map(|row| *row as usize);
                            members
                                .filter(|row| group(*row) == of_first)
                                .for_each(|row| signals[row].add(signal));
                        }
                    }
                    // The windows of later rows mark what comes then.
                    if urls.len() >= ALL_LINKS.0 {
                        break;
                    }
                }
                let is_new = crowded.last().is_none_or(|(message, of, from): &(u128, u32, usize)| {
                    (*message, *of) != (of_first.0, user) || data.time[first] - data.time[*from] > ALL_LINKS.1
                });
                if urls.len() >= ALL_LINKS.0 && of_first.0 != 0 && is_new {
                    crowded.push((of_first.0, user, first));
                }
            }
        }
        self.all_links(&crowded, signals);
    }

    /// H5: of the messages of which somebody opened several links in ten seconds, those of which all links were. What links
    /// a message has is told by the links that several users clicked in it.
    fn all_links(&self, crowded: &[(u128, u32, usize)], signals: &mut [Signals]) {
        let data = self.data;
        if crowded.is_empty() {
            return;
        }
        let mut known: HashMap<u128, u32> = HashMap::new();
        let mut links: Vec<Links> = Vec::new();
        // Nearly no row is of such a message, which the lowest bits tell.
        let mut may_be = vec![false; 1 << 16];
        for (message, ..) in crowded {
            may_be[*message as usize & 0xffff] = true;
            known.entry(*message).or_insert_with(|| {
                links.push(Links::default());
                links.len() as u32 - 1
            });
        }
        for row in 0..data.len() {
            let message = data.message.at(row);
            if may_be[message as usize & 0xffff]
                && let Some(links) = known.get(&message).and_then(|at| links.get_mut(*at as usize))
            {
                links.add(data.url.at(row).raw(), data.user.at(row).raw());
            }
        }
        for (message, user, first) in crowded {
            let Some(all) = known.get(message).and_then(|at| links.get(*at as usize)) else { continue };
            let rows = self.rows_of(*user);
            let from = rows.partition_point(|row| (*row as usize) < *first);
            let within = rows[from..].iter().map(|row| *row as usize).take(LOOKED_AT).filter(|row| {
                data.time[*row] - data.time[*first] <= ALL_LINKS.1 && data.message.at(*row) == *message
            });
            let mut urls = Vec::new();
            let members: Vec<usize> = within.collect();
            for row in &members {
                let url = data.url.at(*row).raw();
                if !urls.contains(&url) {
                    urls.push(url);
                }
            }
            if all.are_of_several && all.urls.len() < LOOKED_AT && urls.len() == all.urls.len() {
                members.iter().for_each(|row| signals[*row].add(Signal::AllLinks));
            }
        }
    }

    fn rows_of(&self, user: u32) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or_default() as usize;
        &self.rows[bound(user as usize)..bound(user as usize + 1)]
    }

    /// H15: which addresses many users have on several days, by other clicks than those of bursts and walks: a scanner has no
    /// others. Those of scanners and clouds are never learned.
    pub fn shared(&self, addresses: &Addresses, signals: &[Signals]) -> SharedAddresses {
        const ODD: Signals = Signals::NONE
            .with(Signal::Burst)
            .with(Signal::Walk)
            .with(Signal::FewRecipients)
            .with(Signal::BeforeDelivery);
        let data = self.data;
        let len = data.ips.len();
        let (mut users, mut everybody) = (vec![0_u32; len], vec![0_u32; len]);
        let (mut met, mut met_oddly) = (vec![NONE; len], vec![NONE; len]);
        for (user, rows) in self.each_user() {
            for row in rows {
                let ip = data.ip.at(*row as usize).raw() as usize;
                if met_oddly.get(ip).is_some_and(|met| *met != user) {
                    met_oddly[ip] = user;
                    everybody[ip] += 1;
                }
                if met.get(ip).is_some_and(|met| *met != user) && !signals[*row as usize].has_any(ODD) {
                    met[ip] = user;
                    users[ip] += 1;
                }
            }
        }
        let (mut days, mut last) = (vec![0_u32; len], vec![i64::MIN; len]);
        for (row, ip) in data.ip.raw().iter().enumerate().filter(|(row, _)| !signals[*row].has_any(ODD)) {
            let day = data.time[row].div_euclid(DAY_MS);
            if let Some(last) = last.get_mut(*ip as usize).filter(|last| **last != day) {
                *last = day;
                days[*ip as usize] += 1;
            }
        }
        let span =
            data.span().map_or(0, |(first, last)| last.div_euclid(DAY_MS) - first.div_euclid(DAY_MS) + 1);
        let enough = i64::from(EGRESS.1).min(span) as u32;
        let never = Signals::of([
            Signal::ServiceAddress,
            Signal::VendorAddress,
            Signal::CloudAddress,
            Signal::NoAddress,
            Signal::SaidAutomated,
        ]);
        let is_egress = |ip: usize| {
            users[ip] >= EGRESS.0 && days[ip] >= enough && !addresses.signals(ip as u32).has_any(never)
        };
        let is_egress: Vec<bool> = (0..len).map(is_egress).collect();
        let listed = |of: &dyn Fn(usize) -> bool| {
            let one = |ip: usize| Shared { ip: IpId::from_raw(ip as u32), users: users[ip], days: days[ip] };
            let found = (0..len).filter(|ip| of(*ip)).map(one).collect();
            sorted(found, |a: &Shared, b: &Shared| (b.users, a.ip).cmp(&(a.users, b.ip)))
        };
        let clouds = Signals::of([Signal::CloudAddress, Signal::MicrosoftCloud]);
        let all = data.users.len();
        let is_cloud_proxy = |ip: usize| {
            everybody[ip] >= EGRESS.0
                && everybody[ip] as usize * 2 > all
                && addresses.signals(ip as u32).has_any(clouds)
        };
        let (egress, cloud_proxies) = (listed(&|ip| is_egress[ip]), listed(&is_cloud_proxy));
        let is_short = span < EGRESS.1.into();
        let is_open = (0..len).map(|ip| is_short || users[ip] * 2 >= everybody[ip]).collect();
        SharedAddresses { is_egress, is_open, egress, cloud_proxies }
    }

    /// Everything that is told by what a user usually does.
    pub fn mark(&self, addresses: &Addresses, signals: &mut [Signals]) {
        let data = self.data;
        let off = self.off_hours(signals);
        let is_error: Vec<bool> = data.kinds.iter().map(is_error).collect();
        let mut by_ip = Counter::new(data.ips.len());
        let mut by_network = Counter::new(addresses.count);
        let mut intervals = Intervals::new(data.urls.len());
        let mut openings = Openings::new(data.urls.len());
        let mut rows: Vec<Row> = Vec::new();
        for (user, of_user) in self.each_user() {
            by_ip.begin();
            by_network.begin();
            intervals.begin();
            openings.begin();
            rows.clear();
            // Side by side: the rows of a user are far apart in the columns, and are gone through several times.
            rows.extend(of_user.iter().map(|row| self.row(*row as usize, addresses, &is_error, signals)));
            let mut usual = 0;
            for row in &rows {
                intervals.count(user, row.url, row.time);
                // Machines have no habits of their victim.
                if row.is_decided {
                    continue;
                }
                usual += 1;
                let day = row.time.div_euclid(DAY_MS);
                by_ip.count(user, row.ip, day, !row.is_error);
                by_network.count(user, row.network, day, !row.is_error);
                openings.count(data, user, row);
            }
            let is_home = |network: u32| by_network.of(user, network).is_some_and(Used::is_habitual);
            for (at, row) in rows.iter().enumerate() {
                let mut found = Signals::default();
                let of_network = by_network.of(user, row.network);
                // A scanner comes again and again; only who is mostly there lives in a cloud.
                let is_listed = addresses.signals(row.ip).has_any(LISTED);
                let is_home_there =
                    |used: &Used| used.is_habitual() && (!is_listed || used.clicks * 2 >= usual);
                if by_ip.of(user, row.ip).is_some_and(is_home_there) {
                    found.add(Signal::Habitual);
                }
                if row.network != NONE {
                    if usual >= KNOWN_CLICKS && of_network.is_none_or(|used| used.clicks == 1) {
                        found.add(Signal::NewNetwork);
                    }
                    let others = || by_network.used.iter().any(|used| used.id != row.network);
                    if row.is_error && of_network.is_none_or(|used| used.plain == 0) && others() {
                        found.add(Signal::ErrorAbroad);
                    }
                }
                if intervals.is_regular(user, row.url) {
                    found.add(Signal::Interval);
                }
                if !row.is_decided && openings.are_of_several(data, user, row, is_home) {
                    found.add(Signal::MaybeSomebodyElse);
                }
                if off.as_ref().is_some_and(|off| off[hour_of(row.time)]) {
                    found.add(Signal::OffHours);
                }
                signals[row.row] = signals[row.row].union(found);
                echoes(user, &rows[at..], addresses, &by_network, signals);
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

/// The links of a message, as far as somebody clicked them.
#[derive(Default)]
struct Links {
    urls: Vec<u32>,
    user: Option<u32>,
    are_of_several: bool,
}

impl Links {
    fn add(&mut self, url: u32, user: u32) {
        if self.urls.len() < LOOKED_AT && !self.urls.contains(&url) {
            self.urls.push(url);
        }
        self.are_of_several |= *self.user.get_or_insert(user) != user;
    }
}

/// What is asked of a row again and again.
struct Row {
    row: usize,
    time: i64,
    ip: u32,
    network: u32,
    url: u32,
    is_error: bool,
    is_decided: bool,
}

/// H11: the same link from two networks within two minutes of the first of these rows. The foreign one is marked: one in a
/// list, where none is, the one that the user clicks less from.
fn echoes(user: u32, rows: &[Row], addresses: &Addresses, by_network: &Counter, signals: &mut [Signals]) {
    let Some((first, after)) = rows.split_first() else { return };
    let clicks = |network: u32| by_network.of(user, network).map_or(0, |used| used.clicks);
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

/// Whether two times are at most so far apart; 0: in the same second.
fn is_within(first: i64, then: i64, within: i64) -> bool {
    match within {
        0 => first.div_euclid(SECOND_MS) == then.div_euclid(SECOND_MS),
        within => then - first <= within,
    }
}

const SECOND_MS: i64 = 1_000;

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

/// Intervals between the clicks of a user on each URL.
struct Intervals {
    met: Vec<(u32, u32)>,
    /// Last time, how many intervals, their sum, the sum of their squares; seconds.
    runs: Vec<(i64, u32, f64, f64)>,
}

impl Intervals {
    fn new(urls: usize) -> Intervals {
        Intervals { met: vec![(NONE, 0); urls], runs: Vec::new() }
    }

    fn begin(&mut self) {
        self.runs.clear();
    }

    fn count(&mut self, user: u32, url: u32, time: i64) {
        let Some(met) = self.met.get_mut(url as usize) else { return };
        if met.0 != user {
            *met = (user, self.runs.len() as u32);
            self.runs.push((time, 0, 0.0, 0.0));
            return;
        }
        let run = &mut self.runs[met.1 as usize];
        let since = time - run.0;
        if since < SHORTEST_INTERVAL_MS {
            return;
        }
        let seconds = since as f64 / 1_000.0;
        *run = (time, run.1 + 1, run.2 + seconds, run.3 + seconds * seconds);
    }

    fn is_regular(&self, user: u32, url: u32) -> bool {
        let met = self.met.get(url as usize).filter(|met| met.0 == user);
        met.and_then(|met| self.runs.get(met.1 as usize)).is_some_and(|(_, intervals, sum, squares)| {
            let n = f64::from(*intervals);
            let mean = sum / n;
            *intervals + 1 >= INTERVAL.0
                && mean <= LONGEST_INTERVAL
                && (squares / n - mean * mean).max(0.0).sqrt() < mean * INTERVAL.1
        })
    }
}

/// From which networks a user opened each link, as far as no machine did.
struct Openings {
    met: Vec<(u32, u32)>,
    /// The first row, and the first networks.
    links: Vec<(usize, [u32; SEVERAL])>,
}

/// From so many networks on one link is not one person's, whoever it is.
const SEVERAL: usize = 3;

impl Openings {
    fn new(urls: usize) -> Openings {
        Openings { met: vec![(NONE, 0); urls], links: Vec::new() }
    }

    fn begin(&mut self) {
        self.links.clear();
    }

    fn count(&mut self, data: &Dataset, user: u32, row: &Row) {
        let Some(met) = self.met.get_mut(row.url as usize).filter(|_| row.network != NONE) else { return };
        if met.0 != user {
            *met = (user, self.links.len() as u32);
            self.links.push((row.row, [NONE; SEVERAL]));
        }
        let link = &mut self.links[met.1 as usize];
        if !link.1.contains(&row.network)
            && let Some(free) = link.1.iter_mut().find(|known| **known == NONE)
            && data.message.at(link.0) == data.message.at(row.row)
        {
            *free = row.network;
        }
    }

    /// Whether a link of a message was opened from three networks, or from two of which the user is at home in none.
    fn are_of_several(&self, data: &Dataset, user: u32, row: &Row, is_home: impl Fn(u32) -> bool) -> bool {
        let met = self.met.get(row.url as usize).filter(|met| met.0 == user);
        let link = met.and_then(|met| self.links.get(met.1 as usize));
        link.is_some_and(|(first, networks)| {
            let known = || networks.iter().copied().filter(|network| *network != NONE);
            networks[1] != NONE
                && (known().count() == SEVERAL || !known().any(&is_home))
                && data.message.at(*first) == data.message.at(row.row)
        })
    }
}
