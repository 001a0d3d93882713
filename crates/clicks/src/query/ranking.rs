//! The first places: hosts, URLs and users.

use super::measure::Counts;
use super::selection::Selection;
use super::tally::Tally;
use crate::model::{Dataset, Dictionary, NONE};
use crate::protocol::{RankEntry, Ranking};

/// Places that the overview shows.
const PLACES: usize = 10;

/// The rankings of the overview.
pub(super) struct Rankings {
    pub hosts: Ranking,
    pub urls: Ranking,
    pub blocked: Ranking,
    pub reached: Ranking,
}

pub(super) fn rankings(data: &Dataset, selection: &Selection, tally: &Tally) -> Rankings {
    let ones = Counts::of_kinds(data);
    let mut malicious_by_url = vec![0_u32; data.urls.len()];
    let mut by_user = vec![Counts::default(); data.users.len()];
    for row in tally.notable.iter().map(|row| *row as usize) {
        let one = &ones[data.kind[row] as usize];
        malicious_by_url[data.url[row] as usize] += one.malicious;
        if let Some(counts) = by_user.get_mut(data.user[row] as usize) {
            counts.add(one, 1);
        }
    }
    let mut by_host = vec![(0_u32, 0_u32); data.hosts.len()];
    for ((host, malicious), clicks) in data.host_of_url.iter().zip(&malicious_by_url).zip(&tally.by_url) {
        if *clicks > 0
            && let Some(counts) = by_host.get_mut(*host as usize)
        {
            counts.0 += malicious;
            counts.1 += clicks;
        }
    }
    let by_url = malicious_by_url.iter().copied().zip(tally.by_url.iter().copied());
    let (hosts, hosts_total) = top(by_host.iter().copied(), |(malicious, _)| malicious > 0);
    let (urls, urls_total) = top(by_url, |(_, clicks)| clicks > 0);
    let blocks = by_user.iter().map(|c| (c.blocked, c.overridden));
    let (blocked, blocked_total) = top(blocks, |(blocked, _)| blocked > 0);
    let reaches = by_user.iter().map(|c| (c.reached_unsafe, c.overridden));
    let (reached, reached_total) = top(reaches, |(reached, _)| reached > 0);
    let seen = Seen::new(data, selection, tally, &ones, &hosts, &urls);
    let users = |places: &[usize], total: u64| Ranking {
        entries: places
            .iter()
            .map(|user| {
                let counts = Counts { clicks: tally.users()[*user], ..by_user[*user] };
                entry(&data.users, *user, counts, 1, None)
            })
            .collect(),
        total,
    };
    let of_seen = |names, ids: &[usize], clicks: &dyn Fn(usize) -> u32, first: usize, total| Ranking {
        entries: ids
            .iter()
            .enumerate()
            .map(|(i, id)| {
                let slot = &seen.slots[first + i];
                let counts = Counts { clicks: clicks(*id), ..slot.counts };
                entry(names, *id, counts, slot.people(), slot.last)
            })
            .collect(),
        total,
    };
    Rankings {
        hosts: of_seen(&data.hosts, &hosts, &|host| by_host[host].1, 0, hosts_total),
        urls: of_seen(&data.urls, &urls, &|url| tally.by_url[url], PLACES, urls_total),
        blocked: users(&blocked, blocked_total),
        reached: users(&reached, reached_total),
    }
}

/// The best ids, best first, ties in the order of ids, and how many have a place at all.
fn top(counts: impl Iterator<Item = (u32, u32)>, placed: impl Fn((u32, u32)) -> bool) -> (Vec<usize>, u64) {
    let mut best: Vec<((u32, u32), usize)> = Vec::with_capacity(PLACES + 1);
    let mut worst = (0, 0);
    let mut total = 0;
    for (id, key) in counts.enumerate() {
        if !placed(key) {
            continue;
        }
        total += 1;
        if best.len() == PLACES && worst >= key {
            continue;
        }
        let place = best.partition_point(|(k, _)| *k >= key);
        best.insert(place, (key, id));
        best.truncate(PLACES);
        worst = best.last().map_or(worst, |(k, _)| *k);
    }
    (best.into_iter().map(|(_, id)| id).collect(), total)
}

/// What is known of the first hosts (slots from 0) and URLs (slots from [`PLACES`]): of their malicious
/// clicks, or of all clicks where none is.
struct Seen {
    slots: Vec<Slot>,
}

#[derive(Clone, Default)]
struct Slot {
    counts: Counts,
    people: Vec<bool>,
    last: Option<i64>,
}

impl Slot {
    fn people(&self) -> u64 {
        self.people.iter().filter(|s| **s).count() as u64
    }

    fn add(&mut self, data: &Dataset, row: usize, one: &Counts) {
        self.counts.add(one, 1);
        self.last = self.last.max(Some(data.time[row]));
        if let Some(seen) = self.people.get_mut(data.user[row] as usize) {
            *seen = true;
        }
    }
}

impl Seen {
    fn new(
        data: &Dataset,
        selection: &Selection,
        tally: &Tally,
        ones: &[Counts],
        hosts: &[usize],
        urls: &[usize],
    ) -> Seen {
        // For each URL the slot of its host in the low half, its own in the high half, both from 1.
        let mut of_host = vec![0_u8; data.hosts.len()];
        for (i, host) in hosts.iter().enumerate() {
            of_host[*host] = i as u8 + 1;
        }
        let mut marks: Vec<u8> =
            data.host_of_url.iter().map(|host| of_host.get(*host as usize).copied().unwrap_or(0)).collect();
        for (i, url) in urls.iter().enumerate() {
            marks[*url] |= (i as u8 + 1) << 4;
        }
        let slot = Slot { people: vec![false; data.users.len()], ..Slot::default() };
        let mut seen = Seen { slots: vec![slot; 2 * PLACES] };
        for row in tally.notable.iter().map(|row| *row as usize) {
            let one = &ones[data.kind[row] as usize];
            if one.malicious > 0 {
                seen.add(data, row, marks[data.url[row] as usize], one);
            }
        }
        // Without enough malicious ones the places go to URLs that are clicked most; then every row counts.
        let plain: Vec<usize> = (0..urls.len()).filter(|i| seen.slots[PLACES + i].last.is_none()).collect();
        if plain.is_empty() {
            return seen;
        }
        marks.fill(0);
        for i in &plain {
            marks[urls[*i]] = (*i as u8 + 1) << 4;
        }
        for row in selection.rows.clone() {
            let mark = marks[data.url[row] as usize];
            if mark != 0 && selection.passes(data, row) {
                seen.add(data, row, mark, &ones[data.kind[row] as usize]);
            }
        }
        seen
    }

    /// Adds a row to the slots of its URL's mark.
    fn add(&mut self, data: &Dataset, row: usize, mark: u8, one: &Counts) {
        let (host, url) = ((mark & 15) as usize, (mark >> 4) as usize);
        for slot in [host.checked_sub(1), url.checked_sub(1).map(|url| PLACES + url)].into_iter().flatten() {
            self.slots[slot].add(data, row, one);
        }
    }
}

fn entry(names: &Dictionary, id: usize, c: Counts, people: u64, last_ms: Option<i64>) -> RankEntry {
    RankEntry {
        value: names.get(u32::try_from(id).unwrap_or(NONE)).to_owned(),
        clicks: c.clicks.into(),
        people,
        malicious: c.malicious.into(),
        reached_unsafe: c.reached_unsafe.into(),
        blocked: c.blocked.into(),
        overridden: c.overridden.into(),
        last_ms,
    }
}
