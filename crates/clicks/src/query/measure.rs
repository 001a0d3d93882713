//! What each kind of click counts towards.

use crate::model::{Action, Dataset, Kind, Verdict};

/// The measures that are sums over clicks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Clicks.
    pub clicks: u32,
    /// Verdict Malicious.
    pub malicious: u32,
    /// Reached.
    pub reached: u32,
    /// Reached, and Malicious, Block list or Pending: an unknown verdict does not count.
    pub reached_unsafe: u32,
    /// Action Blocked.
    pub blocked: u32,
    /// Action `UserOverride`.
    pub overridden: u32,
}

impl Counts {
    /// What one click of a kind counts.
    pub const fn of_kind(kind: Kind) -> Counts {
        let reached = kind.action.reached();
        Counts {
            clicks: 1,
            malicious: matches!(kind.verdict, Verdict::Malicious) as u32,
            reached: reached as u32,
            reached_unsafe: kind.is_reached_unsafe() as u32,
            blocked: matches!(kind.action, Action::Blocked) as u32,
            overridden: matches!(kind.action, Action::UserOverride) as u32,
        }
    }

    /// What one click of each kind counts.
    pub fn of_kinds(data: &Dataset) -> Vec<Counts> {
        data.kinds.iter().map(|kind| Counts::of_kind(*kind)).collect()
    }

    /// Adds `n` clicks of what `one` counts.
    #[inline]
    pub fn add(&mut self, one: &Counts, n: u32) {
        self.clicks += one.clicks * n;
        self.malicious += one.malicious * n;
        self.reached += one.reached * n;
        self.reached_unsafe += one.reached_unsafe * n;
        self.blocked += one.blocked * n;
        self.overridden += one.overridden * n;
    }
}
