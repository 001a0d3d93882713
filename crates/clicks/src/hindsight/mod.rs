//! What all clicks together say of a URL, whenever that was found out: since when it is known to be bad, on what ground, and
//! which campaign it belongs to; and what came of each attempt in that light.
//!
//! Owns these conclusions about the whole data. They lie beside the clicks and change none of them: verdict and action stay
//! what the export says. Must not know filters or questions. The rules with their sources: `docs/insights.md`.

mod attempts;
mod campaigns;
mod known_bad;
mod shape;
mod shared_domains;
mod simulators;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::link::{Own, signs_of, signs_of_host, signs_of_text};
use crate::model::ids::Id as _;
use crate::model::sorting::sorted;
use crate::model::{Dataset, Field, FieldColumn, Ids, NONE, Texts, wraps};

pub use self::attempts::Outcome;
pub use self::known_bad::{Ground, LOOK_BACK_MS, NEW_FOR_MS, SOME_TIME};
pub use self::shape::page_of;
pub use self::shared_domains::SharedDomains;
pub use self::simulators::is_simulation_host;

/// The conclusions about a data set, drawn when somebody first asks for them.
#[derive(Default)]
pub struct Hindsight {
    facts: OnceCell<Facts>,
    own: OnceCell<Own>,
    own_names: OnceCell<HashSet<String>>,
    signs: OnceCell<Vec<u16>>,
}

impl Hindsight {
    /// The conclusions about a data set: always the same one.
    pub fn of(&self, data: &Dataset) -> &Facts {
        self.facts.get_or_init(|| Facts::new(data, self.own_names(data)))
    }

    /// The names of the tenant's own domains: what is registered of those that users have, providers of mail left out.
    pub fn own_names(&self, data: &Dataset) -> &HashSet<String> {
        self.own_names.get_or_init(|| self.own(data).domains().map(str::to_owned).collect())
    }

    /// The domains that are the tenant's own: those of most users.
    pub fn own(&self, data: &Dataset) -> &Own {
        self.own.get_or_init(|| own_domains(data))
    }

    /// What can be seen of each URL: a bit a [`crate::link::Sign`]. One pass over the URLs, hosts looked at once each.
    pub fn signs(&self, data: &Dataset) -> &[u16] {
        self.signs.get_or_init(|| {
            let own = self.own(data);
            let of_host: Vec<(u16, bool)> =
                data.hosts.iter().map(|host| (signs_of_host(host, own), wraps(host).is_some())).collect();
            let of_url = |(url, host): (&str, &u32)| match of_host.get(*host as usize) {
                Some((_, true)) => signs_of(url, data.hosts.raw().get(*host), own),
                Some((signs, false)) => signs | signs_of_text(url, false),
                None => signs_of_text(url, false),
            };
            data.urls.iter().zip(data.host_of_url.raw()).map(of_url).collect()
        })
    }
}

fn own_domains(data: &Dataset) -> Own {
    let mut count: HashMap<&str, u32> = HashMap::new();
    let domains = data.users.iter().filter_map(|user| user.rsplit_once('@')).map(|(_, domain)| domain);
    domains.for_each(|domain| *count.entry(domain).or_default() += 1);
    let all: Vec<(&str, u32)> = count.into_iter().collect();
    let all = sorted(all, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    Own::new(all.into_iter().map(|(domain, _)| domain))
}

/// What is concluded of each URL, and of each row.
#[derive(Default)]
pub struct Facts {
    /// Of each URL the instant it is known to be bad since, Unix milliseconds, and on what ground.
    since: Vec<(i64, Ground)>,
    /// The campaign of each URL.
    campaign_of_url: Vec<u32>,
    campaigns: Texts,
    /// What came of the attempt of each row, see [`Outcome`].
    of_row: Vec<u16>,
    words: Texts,
    /// See [`attempts::pauses`].
    pauses: Vec<(u32, i64)>,
}

impl Facts {
    /// Draws them: a few passes over the rows, and one over the URLs of hosts that anything bad is known of.
    pub fn new(data: &Dataset, own: &HashSet<String>) -> Facts {
        let known = known_bad::KnownBad::new(data, own);
        let (campaign_of_url, campaigns) = campaigns::campaigns(data, &known);
        let mut facts = Facts {
            since: known.since.clone(),
            campaign_of_url,
            campaigns,
            of_row: Vec::new(),
            words: Outcome::words(),
            pauses: Vec::new(),
        };
        facts.of_row = attempts::of_rows(data, &facts, &known.is_simulation);
        facts.pauses = attempts::pauses(data);
        facts
    }

    /// Since when the URL of a row is known to be bad, in Unix milliseconds, and on what ground; none where nothing is known.
    pub fn known_since(&self, data: &Dataset, row: usize) -> Option<(i64, Ground)> {
        let known = self.since.get(data.url.at(row).raw() as usize).copied();
        known.filter(|(_, ground)| *ground != Ground::None)
    }

    /// Of each URL whether anything is known against it.
    fn are_known(&self) -> Vec<bool> {
        self.since.iter().map(|(_, ground)| *ground != Ground::None).collect()
    }

    /// Whether a row reached a page that nothing was known of then, and that was found out later: let through at most
    /// [`NEW_FOR_MS`] before the URL itself, or others of its form or domain, were judged.
    pub fn is_exposed(&self, data: &Dataset, row: usize) -> bool {
        let is_early =
            |since: i64| since == SOME_TIME || (1..=NEW_FOR_MS).contains(&(since - data.time[row]));
        self.let_through(data, row).is_some_and(|(since, ground)| ground > Ground::Listed && is_early(since))
    }

    /// Whether a row was let through although others of its form or domain had been found to be bad.
    pub fn is_missed(&self, data: &Dataset, row: usize) -> bool {
        self.let_through(data, row)
            .is_some_and(|(since, ground)| ground > Ground::Url && since <= data.time[row])
    }

    /// What is known of the URL of a row that was let through as safe.
    fn let_through(&self, data: &Dataset, row: usize) -> Option<(i64, Ground)> {
        let kind = data.kind_of(row);
        if !kind.action.reached() || kind.verdict.is_unsafe() {
            return None;
        }
        self.known_since(data, row)
    }

    /// What came of the attempt that a row is of.
    pub fn attempt(&self, row: usize) -> Outcome {
        let place = self.of_row.get(row).copied().unwrap_or_default();
        Outcome::ALL.get(place as usize).copied().unwrap_or_default()
    }

    /// Whether a row reached a page that is not safe, as is known today: the attempt came to that, and this is the click of it
    /// that got through.
    pub fn has_reached_bad(&self, data: &Dataset, row: usize) -> bool {
        self.attempt(row).is_reached_bad() && data.kind_of(row).action.reached()
    }

    /// Milliseconds from the warning to a click past it, where the export tells both.
    pub fn to_override(&self, row: usize) -> Option<i64> {
        let at = self.pauses.binary_search_by_key(&(row as u32), |(row, _)| *row).ok()?;
        self.pauses.get(at).map(|(_, pause)| *pause)
    }

    /// The number of the campaign of a row; [`crate::model::NONE`] for none.
    pub fn campaign(&self, data: &Dataset, row: usize) -> u32 {
        self.campaign_of_url.get(data.url.at(row).raw() as usize).copied().unwrap_or(NONE)
    }

    /// The names of all campaigns, by number.
    pub const fn campaigns(&self) -> &Texts {
        &self.campaigns
    }

    /// One of the fields that are concluded as a column of the clicks; none for others.
    pub fn column<'a>(&'a self, data: &'a Dataset, field: Field) -> Option<FieldColumn<'a>> {
        let (ids, texts, ordered) = match field {
            Field::Campaign => (Ids::Via(data.url.raw(), &self.campaign_of_url), &self.campaigns, false),
            Field::Attempt => {
                (Ids::Label(&self.of_row, (0..Outcome::ALL.len() as u32).collect()), &self.words, true)
            }
            _ => return None,
        };
        Some(FieldColumn { ids, texts, parts: None, ordered })
    }
}
