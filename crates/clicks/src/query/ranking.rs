//! The first places: hosts, URLs and users.

use super::dashboard::Tally;
use super::measure::Counts;
use super::selection::Selection;
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
    let mut by_url = vec![Counts::default(); data.urls.len()];
    let mut by_host = vec![Counts::default(); data.hosts.len()];
    let mut by_user = vec![Counts::default(); data.users.len()];
    for row in tally.notable.iter().map(|row| *row as usize) {
        let one = &ones[data.kind[row] as usize];
        by_url[data.url[row] as usize].add(one, 1);
        if let Some(counts) = by_host.get_mut(data.host_of(row) as usize) {
            counts.add(one, 1);
        }
        if let Some(counts) = by_user.get_mut(data.user[row] as usize) {
            counts.add(one, 1);
        }
    }
    // Safe clicks were not looked at one by one; their numbers come from the pass before.
    for (url, clicks) in tally.by_url.iter().enumerate() {
        by_url[url].clicks = *clicks;
    }
    by_host.iter_mut().for_each(|c| c.clicks = 0);
    for (url, host) in data.host_of_url.iter().enumerate() {
        if let Some(counts) = by_host.get_mut(*host as usize) {
            counts.clicks += tally.by_url[url];
        }
    }
    for (user, clicks) in tally.by_user.iter().enumerate() {
        by_user[user].clicks = *clicks;
    }
    let (hosts, hosts_total) = top(&by_host, |c| (c.malicious, c.clicks), |c| c.malicious > 0);
    let (urls, urls_total) = top(&by_url, |c| (c.malicious, c.clicks), |c| c.clicks > 0);
    let (blocked, blocked_total) = top(&by_user, |c| (c.blocked, c.overridden), |c| c.blocked > 0);
    let (reached, reached_total) = top(&by_user, |c| (c.reached_unsafe, c.overridden), |c| c.reached_unsafe > 0);
    let seen = Seen::new(data, selection, &hosts, &urls);
    let users = |places: &[usize], total: u64| Ranking {
        entries: places.iter().map(|p| entry(&data.users, &by_user, *p, 1, None)).collect(),
        total,
    };
    Rankings {
        hosts: Ranking {
            entries: hosts
                .iter()
                .enumerate()
                .map(|(i, p)| entry(&data.hosts, &by_host, *p, seen.people(i), seen.last[i]))
                .collect(),
            total: hosts_total,
        },
        urls: Ranking {
            entries: urls
                .iter()
                .enumerate()
                .map(|(i, p)| entry(&data.urls, &by_url, *p, seen.people(PLACES + i), seen.last[PLACES + i]))
                .collect(),
            total: urls_total,
        },
        blocked: users(&blocked, blocked_total),
        reached: users(&reached, reached_total),
    }
}

/// The best ids by `rank`, best first, ties in the order of ids, and how many have a place at all.
fn top(
    counts: &[Counts],
    rank: impl Fn(&Counts) -> (u32, u32),
    placed: impl Fn(&Counts) -> bool,
) -> (Vec<usize>, u64) {
    let mut best: Vec<((u32, u32), usize)> = Vec::with_capacity(PLACES + 1);
    let mut total = 0;
    for (id, count) in counts.iter().enumerate().filter(|(_, c)| placed(c)) {
        total += 1;
        let key = rank(count);
        if best.len() == PLACES && best[PLACES - 1].0 >= key {
            continue;
        }
        let place = best.partition_point(|(k, _)| *k >= key);
        best.insert(place, (key, id));
        best.truncate(PLACES);
    }
    (best.into_iter().map(|(_, id)| id).collect(), total)
}

/// Who clicked the first hosts (slots from 0) and URLs (slots from [`PLACES`]), and when last.
struct Seen {
    people: Vec<Vec<bool>>,
    last: Vec<Option<i64>>,
}

impl Seen {
    fn new(data: &Dataset, selection: &Selection, hosts: &[usize], urls: &[usize]) -> Seen {
        let mut slots = vec![0_u8; data.urls.len()];
        for (url, host) in data.host_of_url.iter().enumerate() {
            let of_host = hosts.iter().position(|h| *h == *host as usize).map_or(0, |i| i + 1);
            slots[url] = of_host as u8;
        }
        for (i, url) in urls.iter().enumerate() {
            slots[*url] |= (i as u8 + 1) << 4;
        }
        let mut seen =
            Seen { people: vec![vec![false; data.users.len()]; 2 * PLACES], last: vec![None; 2 * PLACES] };
        for row in selection.rows.clone() {
            let slot = slots[data.url[row] as usize];
            if slot != 0 && selection.passes(data, row) {
                seen.mark(data, row, slot);
            }
        }
        seen
    }

    fn mark(&mut self, data: &Dataset, row: usize, slot: u8) {
        let (host, url) = ((slot & 15) as usize, (slot >> 4) as usize);
        for place in [host.checked_sub(1), url.checked_sub(1).map(|u| PLACES + u)].into_iter().flatten() {
            self.last[place] = Some(data.time[row]);
            if let Some(seen) = self.people[place].get_mut(data.user[row] as usize) {
                *seen = true;
            }
        }
    }

    fn people(&self, slot: usize) -> u64 {
        self.people[slot].iter().filter(|s| **s).count() as u64
    }
}

fn entry(names: &Dictionary, counts: &[Counts], id: usize, people: u64, last_ms: Option<i64>) -> RankEntry {
    let c = counts[id];
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
