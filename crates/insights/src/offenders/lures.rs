//! What tells one lure from another: its campaign, where none is known its host.
//!
//! Owns that. A host that a campaign is called by is that campaign, or its domain is: somebody who clicked the waiting page and
//! the malicious one of a host fell for one lure.

use std::collections::{HashMap, HashSet};

use clicks::hindsight::{Facts, SharedDomains};
use clicks::model::ids::Id as _;
use clicks::model::{Dataset, Field, NONE, Untrusted, registrable_domain};
use clicks::query::values;

/// The lures of a data set.
pub struct Lures<'a> {
    data: &'a Dataset,
    /// What is concluded of it.
    pub facts: &'a Facts,
    /// Of each host the campaign that is called by it or its domain; [`NONE`] for none.
    of_host: Vec<u32>,
}

impl<'a> Lures<'a> {
    /// Looks at each host once.
    pub fn new(data: &'a Dataset, facts: &'a Facts, own: &HashSet<String>) -> Lures<'a> {
        let named: HashMap<&str, u32> = facts.campaigns().iter().zip(0..).collect();
        let shared = SharedDomains::new(own);
        let campaign = |host: &str| {
            let domain = registrable_domain(host);
            let named = named.get(host).or_else(|| named.get(domain));
            // A platform that everybody uses is no lure of its own.
            named.filter(|_| !shared.has(domain)).copied()
        };
        let of_host = match named.is_empty() {
            true => Vec::new(),
            false => data.hosts.iter().map(|host| campaign(host).unwrap_or(NONE)).collect(),
        };
        Lures { data, facts, of_host }
    }

    fn campaign(&self, row: usize) -> u32 {
        match self.facts.campaign(self.data, row) {
            NONE => self.of_host.get(self.data.host_of_row(row).raw() as usize).copied().unwrap_or(NONE),
            campaign => campaign,
        }
    }

    /// The lure of a row: two numbers are equal where these are.
    pub fn number(&self, row: usize) -> u64 {
        match self.campaign(row) {
            NONE => 1 << 32 | u64::from(self.data.host_of_row(row).raw()),
            campaign => campaign.into(),
        }
    }

    /// What it is called.
    pub fn name(&self, row: usize) -> Untrusted {
        match self.campaign(row) {
            NONE => values::text(self.data, row, Field::Host).into(),
            campaign => self.facts.campaigns().get(campaign).into(),
        }
    }
}
