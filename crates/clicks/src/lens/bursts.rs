//! H4 and H5: several links of one message at once, and all of them.
//!
//! Owns the windows in which they are looked for.

use std::collections::HashMap;

use super::config::Preset;
use super::habits::{Habits, LOOKED_AT};
use super::signals::{Signal, Signals};
use crate::model::ids::Id as _;

/// H5: all links of a message within so many milliseconds, at least so many.
pub(super) const ALL_LINKS: (usize, i64) = (3, 10_000);

impl Habits<'_> {
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

/// Whether two times are at most so far apart; 0: in the same second.
fn is_within(first: i64, then: i64, within: i64) -> bool {
    match within {
        0 => first.div_euclid(SECOND_MS) == then.div_euclid(SECOND_MS),
        within => then - first <= within,
    }
}

const SECOND_MS: i64 = 1_000;
