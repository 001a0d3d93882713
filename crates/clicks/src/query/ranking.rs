//! The first places: hosts, URLs and users.
//!
//! Every number of an entry is of all its clicks in view. Places are total: where all numbers are equal the
//! order of the texts decides, so that nobody is listed for having been read first.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::measure::Counts;
use super::order::compare_texts;
use super::selection::Selection;
use super::tally::Tally;
use crate::model::ids::Id as _;
use crate::model::{Dataset, NONE, Texts, Untrusted};

/// Places that the overview shows.
const PLACES: usize = 10;

/// The first places of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Ranking {
    /// First places, best first.
    pub entries: Vec<RankEntry>,
    /// How many values have a place at all.
    pub total: u64,
}

/// One place of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RankEntry {
    /// The host, URL or user as the export has it.
    pub value: Untrusted,
    /// Clicks.
    pub clicks: u64,
    /// Distinct users (for a user: 1).
    pub people: u64,
    /// Verdict Malicious.
    pub malicious: u64,
    /// Reached.
    pub reached: u64,
    /// Reached and known not to be safe.
    pub reached_unsafe: u64,
    /// Action Blocked.
    pub blocked: u64,
    /// Action `UserOverride`.
    pub overridden: u64,
    /// Newest click, Unix milliseconds UTC.
    pub last_ms: Option<i64>,
}

/// The rankings of the overview.
pub(super) struct Rankings {
    pub hosts: Ranking,
    pub urls: Ranking,
    pub blocked: Ranking,
    pub reached: Ranking,
    /// Users all of whose clicks in view are left out.
    pub left_out_people: u64,
}

/// `left_out`: rows that do not count for users, ascending.
pub(super) fn rankings(data: &Dataset, selection: &Selection, tally: &Tally, left_out: &[u32]) -> Rankings {
    let ones = Counts::of_kinds(data);
    let mut clicks_of_users = tally.users().to_vec();
    for row in left_out.iter().map(|row| *row as usize) {
        if let Some(clicks) = clicks_of_users.get_mut(data.user.at(row).raw() as usize) {
            *clicks -= data.weight_of(row);
        }
    }
    let is_gone = |(all, rest): &(&u32, &u32)| **all > 0 && **rest == 0;
    let gone = tally.users().iter().zip(&clicks_of_users).filter(is_gone).count() as u64;
    let mut left = left_out.iter().peekable();
    let mut malicious_by_url = vec![0_u32; data.urls.len()];
    let mut by_user = vec![Counts::default(); data.users.len()];
    for row in tally.notable.iter().map(|row| *row as usize) {
        let one = &ones[data.kind[row] as usize];
        let weight = data.weight_of(row);
        malicious_by_url[data.url.at(row).raw() as usize] += one.malicious * weight;
        while left.next_if(|out| (**out as usize) < row).is_some() {}
        if left.peek().is_some_and(|out| **out as usize == row) {
            continue;
        }
        if let Some(counts) = by_user.get_mut(data.user.at(row).raw() as usize) {
            counts.add(one, weight);
        }
    }
    let mut by_host = vec![(0_u32, 0_u32); data.hosts.len()];
    let hosts_of_urls = data.host_of_url.raw();
    for ((host, malicious), clicks) in hosts_of_urls.iter().zip(&malicious_by_url).zip(&tally.by_url) {
        if *clicks > 0
            && let Some(counts) = by_host.get_mut(*host as usize)
        {
            counts.0 += malicious;
            counts.1 += clicks;
        }
    }
    let by_url = malicious_by_url.iter().copied().zip(tally.by_url.iter().copied());
    let (hosts, hosts_total) = top(by_host.iter().copied(), data.hosts.raw(), |(malicious, _)| malicious > 0);
    let (urls, urls_total) = top(by_url, data.urls.raw(), |(_, clicks)| clicks > 0);
    let blocks = by_user.iter().map(|c| (c.blocked, c.overridden));
    let (blocked, blocked_total) = top(blocks, data.users.raw(), |(blocked, _)| blocked > 0);
    let reaches = by_user.iter().map(|c| (c.reached_unsafe, c.overridden));
    let (reached, reached_total) = top(reaches, data.users.raw(), |(reached, _)| reached > 0);
    let seen = Seen::new(data, selection, &ones, &hosts, &urls);
    let users = |places: &[usize], total: u64| Ranking {
        entries: places
            .iter()
            .zip(last_of_users(data, selection, places, left_out))
            .map(|(user, last)| {
                let clicks = clicks_of_users[*user];
                // What is not notable was let through and is safe.
                let plain = clicks - by_user[*user].clicks;
                let counts = Counts { clicks, reached: by_user[*user].reached + plain, ..by_user[*user] };
                entry(data.users.raw(), *user, counts, 1, last)
            })
            .collect(),
        total,
    };
    let of_seen = |names: &Texts, ids: &[usize], first: usize, total| Ranking {
        entries: ids
            .iter()
            .zip(&seen.slots[first..])
            .map(|(id, slot)| {
                entry(names, *id, slot.counts, slot.people(), slot.last.map(|row| data.time[row as usize]))
            })
            .collect(),
        total,
    };
    Rankings {
        hosts: of_seen(data.hosts.raw(), &hosts, 0, hosts_total),
        urls: of_seen(data.urls.raw(), &urls, PLACES, urls_total),
        blocked: users(&blocked, blocked_total),
        reached: users(&reached, reached_total),
        left_out_people: gone,
    }
}

/// The best ids, best first, and how many have a place at all.
fn top(
    counts: impl Iterator<Item = (u32, u32)>,
    texts: &Texts,
    placed: impl Fn((u32, u32)) -> bool,
) -> (Vec<usize>, u64) {
    let mut best: Vec<((u32, u32), usize)> = Vec::with_capacity(PLACES + 1);
    let mut total = 0;
    for (id, key) in counts.enumerate() {
        if !placed(key) {
            continue;
        }
        total += 1;
        let is_before = |(other, place): &((u32, u32), usize)| {
            let by_number = Reverse(*other).cmp(&Reverse(key));
            let by_text = || compare_texts(texts.get(*place as u32), texts.get(id as u32));
            by_number.then_with(by_text) == Ordering::Less
        };
        if best.len() == PLACES && best.last().is_some_and(is_before) {
            continue;
        }
        let place = best.partition_point(is_before);
        best.insert(place, (key, id));
        best.truncate(PLACES);
    }
    (best.into_iter().map(|(_, id)| id).collect(), total)
}

/// The newest click in view of each of these users. From the newest row on: who is in a ranking clicks often.
fn last_of_users(
    data: &Dataset,
    selection: &Selection,
    users: &[usize],
    left_out: &[u32],
) -> Vec<Option<i64>> {
    let mut wanted = vec![false; data.users.len()];
    for user in users {
        wanted[*user] = true;
    }
    let mut found = HashMap::with_capacity(users.len());
    for row in selection.rows.clone().rev() {
        if found.len() == users.len() {
            break;
        }
        let user = data.user.at(row).raw() as usize;
        let counts = || left_out.binary_search(&(row as u32)).is_err();
        if wanted.get(user) == Some(&true) && selection.passes(data, row) && counts() {
            wanted[user] = false;
            found.insert(user, data.time[row]);
        }
    }
    users.iter().map(|user| found.get(user).copied()).collect()
}

/// What is known of the first hosts (slots from 0) and URLs (slots from [`PLACES`]).
struct Seen {
    slots: Vec<Slot>,
}

#[derive(Clone, Default)]
struct Slot {
    counts: Counts,
    people: Vec<bool>,
    /// Its newest row.
    last: Option<u32>,
}

impl Slot {
    fn people(&self) -> u64 {
        self.people.iter().filter(|s| **s).count() as u64
    }
}

impl Seen {
    fn new(data: &Dataset, selection: &Selection, ones: &[Counts], hosts: &[usize], urls: &[usize]) -> Seen {
        // For each URL the slot of its host in the low half, its own in the high half, both from 1.
        let mut of_host = vec![0_u8; data.hosts.len()];
        for (i, host) in hosts.iter().enumerate() {
            of_host[*host] = i as u8 + 1;
        }
        let hosts_of_urls = data.host_of_url.raw().iter();
        let mut marks: Vec<u8> =
            hosts_of_urls.map(|host| of_host.get(*host as usize).copied().unwrap_or(0)).collect();
        for (i, url) in urls.iter().enumerate() {
            marks[*url] |= (i as u8 + 1) << 4;
        }
        let slot = Slot { people: vec![false; data.users.len()], ..Slot::default() };
        let mut seen = Seen { slots: vec![slot; 2 * PLACES] };
        let whole = selection.is_whole();
        // Row by row: what is read lies side by side. A list of the rows of each URL was made and was slower, for what
        // it leads to does not.
        let (rows, urls) = (selection.rows.clone(), data.url.raw());
        for (row, url) in rows.clone().zip(&urls[rows]) {
            let mark = marks[*url as usize];
            if mark != 0 && (whole || selection.passes(data, row)) {
                seen.add(data, row, mark, &ones[data.kind[row] as usize]);
            }
        }
        seen
    }

    /// Adds a row to the slots of its URL's mark.
    fn add(&mut self, data: &Dataset, row: usize, mark: u8, one: &Counts) {
        let user = data.user.at(row).raw();
        let (host, url) = ((mark & 15) as usize, (mark >> 4) as usize);
        for slot in [host.checked_sub(1), url.checked_sub(1).map(|url| PLACES + url)].into_iter().flatten() {
            let slot = &mut self.slots[slot];
            slot.counts.add(one, data.weight_of(row));
            slot.last = Some(row as u32);
            if user != NONE {
                slot.people[user as usize] = true;
            }
        }
    }
}

fn entry(names: &Texts, id: usize, c: Counts, people: u64, last_ms: Option<i64>) -> RankEntry {
    RankEntry {
        value: names.get(u32::try_from(id).unwrap_or(NONE)).into(),
        clicks: c.clicks.into(),
        people,
        malicious: c.malicious.into(),
        reached: c.reached.into(),
        reached_unsafe: c.reached_unsafe.into(),
        blocked: c.blocked.into(),
        overridden: c.overridden.into(),
        last_ms,
    }
}
