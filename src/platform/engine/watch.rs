//! Notices a worker that gives no sign of life while somebody waits for it.
//!
//! Counts, and decides nothing: a long job is no crime. Must not know how the worker is asked.

use std::cell::Cell;

/// How often the worker is asked for a sign of life while somebody waits, in milliseconds.
pub const TICK_MS: i32 = 1_000;
/// After so many ticks in a row without one it is said. The longest single job that was measured, a grouping
/// of three wide fields over 5 million rows, takes 25 of them.
const PATIENCE: u32 = 30;

/// Counts ticks without a sign of life. Ticks, not time: a computer that slept has missed none.
#[derive(Debug, Default)]
pub struct Watch {
    /// Somebody counts already.
    counting: Cell<bool>,
    ticks: Cell<u32>,
}

impl Watch {
    /// Takes up the counting; false when it is under way.
    pub fn begin(&self) -> bool {
        let begins = !self.counting.replace(true);
        if begins {
            self.ticks.set(0);
        }
        begins
    }

    /// The counting is over: nobody waits any more. Says whether silence had been said.
    pub fn end(&self) -> bool {
        self.counting.set(false);
        self.heard()
    }

    /// There was a sign of life. Says whether silence had been said.
    pub fn heard(&self) -> bool {
        self.ticks.replace(0) >= PATIENCE
    }

    /// Another tick went by. Says whether this is the one at which to say that the worker is silent.
    pub fn tick(&self) -> bool {
        self.ticks.set(self.ticks.get().saturating_add(1));
        self.ticks.get() == PATIENCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_said_once_and_taken_back_at_the_next_sign_of_life() {
        let watch = Watch::default();
        assert!(watch.begin() && !watch.begin());
        let said: Vec<u32> = (1..=100).filter(|_| watch.tick()).collect();
        assert_eq!(said, [PATIENCE]);
        assert!(watch.heard() && !watch.heard());
        watch.tick();
        assert!(!watch.end() && watch.begin());
    }
}
