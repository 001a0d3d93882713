//! What is counted of one user after the other: what they did from each address, network and link.
//!
//! Owns how what the user before had is forgotten in no time, and the counters. Must not know rows or signals.

use crate::model::NONE;

/// X2: an address is habitual from so many days or clicks on.
const HABITUAL: (u32, u32) = (3, 5);
/// H12: at least so many clicks, at intervals that differ by less than this share of their mean.
pub(super) const INTERVAL: (u32, f64) = (4, 0.05);
/// H12: shorter intervals are one click told twice, or a burst.
const SHORTEST_INTERVAL_MS: i64 = 5_000;
/// H12: seconds. Longer ones are habits of people: the same page every morning.
const LONGEST_INTERVAL: f64 = 4.0 * 3_600.0;

/// A value for each id that the user at hand has met.
pub struct PerUser<T> {
    user: u32,
    /// For each id the user it was met for last, and its place in `values`.
    met: Vec<(u32, u32)>,
    values: Vec<T>,
}

impl<T> PerUser<T> {
    /// For so many ids.
    pub fn new(ids: usize) -> PerUser<T> {
        PerUser { user: NONE, met: vec![(NONE, 0); ids], values: Vec::new() }
    }

    /// From now on this user is at hand, of whom nothing is known. No user comes twice.
    pub fn begin(&mut self, user: u32) {
        self.user = user;
        self.values.clear();
    }

    /// The value of an id, new where it was not met; none for what is no id.
    pub fn meet(&mut self, id: u32, new: impl FnOnce() -> T) -> Option<&mut T> {
        let met = self.met.get_mut(id as usize)?;
        if met.0 != self.user {
            *met = (self.user, self.values.len() as u32);
            self.values.push(new());
        }
        self.values.get_mut(met.1 as usize)
    }

    /// The value of an id that was met.
    pub fn of(&self, id: u32) -> Option<&T> {
        let met = self.met.get(id as usize).filter(|met| met.0 == self.user)?;
        self.values.get(met.1 as usize)
    }

    /// How many ids were met.
    pub fn count(&self) -> usize {
        self.values.len()
    }
}

/// What one user did from one address or network.
#[derive(Clone, Copy, Default)]
pub struct Used {
    /// Clicks.
    pub clicks: u32,
    /// Other clicks than error pages.
    pub plain: u32,
    days: u32,
    last_day: Option<i64>,
}

impl Used {
    /// Counts a click of a day; days come in their order.
    pub fn add(&mut self, day: i64, is_plain: bool) {
        self.clicks += 1;
        self.plain += u32::from(is_plain);
        if self.last_day.replace(day) != Some(day) {
            self.days += 1;
        }
    }

    /// X2.
    pub fn is_habitual(&self) -> bool {
        self.days >= HABITUAL.0 || self.clicks >= HABITUAL.1
    }
}

/// Intervals between the clicks of one user on one URL.
pub struct Intervals {
    last: i64,
    count: u32,
    /// Their sum and the sum of their squares; seconds.
    sum: f64,
    squares: f64,
}

impl Intervals {
    /// None yet: the first click.
    pub fn from(time: i64) -> Intervals {
        Intervals { last: time, count: 0, sum: 0.0, squares: 0.0 }
    }

    /// Counts a click, which is not earlier than the one before it.
    pub fn add(&mut self, time: i64) {
        let since = time - self.last;
        if since < SHORTEST_INTERVAL_MS {
            return;
        }
        let seconds = since as f64 / 1_000.0;
        *self = Intervals {
            last: time,
            count: self.count + 1,
            sum: self.sum + seconds,
            squares: self.squares + seconds * seconds,
        };
    }

    /// H12.
    pub fn are_regular(&self) -> bool {
        let n = f64::from(self.count);
        let mean = self.sum / n;
        self.count + 1 >= INTERVAL.0
            && mean <= LONGEST_INTERVAL
            && (self.squares / n - mean * mean).max(0.0).sqrt() < mean * INTERVAL.1
    }
}

/// From so many networks on one link is not one person's, whoever it is.
const SEVERAL: usize = 3;

/// From which networks a user opened one link of one message, as far as no machine did.
pub struct Openings {
    /// The message.
    pub message: u128,
    /// The first networks.
    networks: [u32; SEVERAL],
}

impl Openings {
    /// None yet.
    pub fn of(message: u128) -> Openings {
        Openings { message, networks: [NONE; SEVERAL] }
    }

    /// Takes note of a network.
    pub fn add(&mut self, network: u32) {
        if !self.networks.contains(&network)
            && let Some(free) = self.networks.iter_mut().find(|known| **known == NONE)
        {
            *free = network;
        }
    }

    /// Whether it was opened from three networks, or from two of which the user is at home in none.
    pub fn are_of_several(&self, is_home: impl Fn(u32) -> bool) -> bool {
        let known = || self.networks.iter().copied().filter(|network| *network != NONE);
        known().count() == SEVERAL || (known().count() > 1 && !known().any(&is_home))
    }
}
