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

/// A value for each id that the user at hand has met, in a table as small as what one user does: it stays near, where one of
/// all ids would not.
pub struct PerUser<T> {
    user: u32,
    /// What other users left here counts as free.
    slots: Vec<Slot>,
    /// One less than the slots of the user at hand, a power of two.
    mask: usize,
    values: Vec<T>,
}

/// A place where an id is looked for.
#[derive(Clone, Copy)]
struct Slot {
    user: u32,
    id: u32,
    place: u32,
}

impl<T> Default for PerUser<T> {
    fn default() -> PerUser<T> {
        PerUser { user: NONE, slots: Vec::new(), mask: 0, values: Vec::new() }
    }
}

impl<T> PerUser<T> {
    /// From now on this user is at hand, with at most so many ids. No user comes twice.
    pub fn begin(&mut self, user: u32, ids: usize) {
        // Half of it stays free, so that an end is soon found.
        let slots = (ids.max(8) * 2).next_power_of_two();
        if slots > self.slots.len() {
            self.slots.resize(slots, Slot { user: NONE, id: NONE, place: NONE });
        }
        self.user = user;
        self.mask = slots - 1;
        self.values.clear();
    }

    /// The place of an id, with a new value where it was not met; [`NONE`] for what is no id.
    pub fn meet(&mut self, id: u32, new: impl FnOnce() -> T) -> u32 {
        if id == NONE {
            return NONE;
        }
        // Ids that lie side by side fall far apart. Source: Knuth, multiplicative hashing; the golden ratio of 2³².
        let mut at = (id.wrapping_mul(0x9e37_79b9) >> 7) as usize;
        loop {
            let slot = &mut self.slots[at & self.mask];
            if slot.user != self.user {
                let place = self.values.len() as u32;
                *slot = Slot { user: self.user, id, place };
                self.values.push(new());
                return place;
            }
            if slot.id == id {
                return slot.place;
            }
            at += 1;
        }
    }

    /// The value of a place.
    pub fn at(&self, place: u32) -> Option<&T> {
        self.values.get(place as usize)
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, place: u32) -> Option<&mut T> {
        self.values.get_mut(place as usize)
    }

    /// All values.
    pub fn values(&self) -> &[T] {
        &self.values
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

/// What one user did with one link.
pub struct Link {
    /// When it was opened.
    pub intervals: Intervals,
    /// From where, once it is known that no machine did.
    pub openings: Option<Openings>,
}

impl Link {
    /// None yet but a first click.
    pub fn from(time: i64) -> Link {
        Link { intervals: Intervals::from(time), openings: None }
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

/// A message in half the room: random ids differ in it, and whoever makes two that do not could as well write one twice.
pub const fn print_of(message: u128) -> u64 {
    ((message >> 64) as u64).rotate_left(32) ^ message as u64
}

/// From so many networks on one link is not one person's, whoever it is.
const SEVERAL: usize = 3;

/// From which networks a user opened one link of one message, as far as no machine did. Networks are places of a [`PerUser`].
pub struct Openings {
    /// See [`print_of`].
    pub message: u64,
    /// The first networks.
    networks: [u32; SEVERAL],
}

impl Openings {
    /// None yet.
    pub fn of(message: u64) -> Openings {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_user_are_kept_apart_and_forgotten_with_the_next() {
        let mut known: PerUser<u32> = PerUser::default();
        // The second user needs more room than the first, the third less again.
        for (user, ids) in [(0, 10), (1, 5_000), (2, 3)] {
            known.begin(user, ids as usize);
            for round in 1..=2 {
                for id in 0..ids {
                    // Far apart, so that many fall into one place.
                    let place = known.meet(id << 18, || 0);
                    let value = known.at_mut(place).expect("a value");
                    *value += id + 1;
                    assert_eq!(*value, (id + 1) * round, "user {user}, id {id}");
                }
            }
            assert_eq!(known.values().len(), ids as usize);
            assert_eq!(known.meet(NONE, || 0), NONE);
            assert!(known.at(NONE).is_none());
        }
    }
}
