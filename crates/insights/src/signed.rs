//! How many clicks have URLs that look odd, by what can be seen of them.
//!
//! Owns the question; what a sign is, [`clicks::link`] says.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use clicks::Failure;
use clicks::hindsight::{Outcome, is_shared_domain};
use clicks::link::Sign;
use clicks::model::ids::Id as _;
use clicks::model::{Verdict, bare, host_of_url, registrable_domain, wraps};
use clicks::query::{Ask, Cx};

/// Asks which signs the URLs of the clicks in view have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSigns {
    /// Canonical text of a filter.
    pub filter: String,
}

/// One sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SignCount {
    /// Its name in filters.
    pub sign: String,
    /// What it is called on the page.
    pub label: String,
    /// What it means.
    pub why: String,
    /// Clicks.
    pub clicks: u64,
    /// Distinct URLs.
    pub urls: u64,
    /// Clicks that reached a page that is not safe, as is known today.
    pub reached: u64,
}

impl Ask for AskSigns {
    const NAME: &'static str = "signs";
    type Answer = Vec<SignCount>;

    fn answer(&self, cx: &mut Cx) -> Result<Vec<SignCount>, Failure> {
        let (_, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        let (signs, facts) = (selection.hindsight.signs(data), selection.hindsight.of(data));
        let mut counts = [(0_u64, 0_u64, 0_u64); Sign::COUNT];
        let mut seen = vec![false; data.urls.len()];
        for row in selection.iter(data) {
            let url = data.url.at(row).raw() as usize;
            let Some(bits) = signs.get(url).copied().filter(|bits| *bits != 0) else { continue };
            let is_new = !std::mem::replace(&mut seen[url], true);
            let clicks = u64::from(data.weight_of(row));
            let reached = facts.has_reached_bad(data, row);
            for sign in Sign::of_bits(bits) {
                let count = &mut counts[sign as usize];
                count.0 += clicks;
                count.1 += u64::from(is_new);
                count.2 += clicks * u64::from(reached);
            }
        }
        let said = |(def, (clicks, urls, reached)): (clicks::link::SignDef, (u64, u64, u64))| SignCount {
            sign: def.token.to_owned(),
            label: def.label.to_owned(),
            why: def.why.to_owned(),
            clicks,
            urls,
            reached,
        };
        Ok(Sign::ALL.into_iter().zip(counts).map(said).filter(|sign| sign.clicks > 0).collect())
    }
}

/// What malicious clicks were on, each once, for a block list; wrapped links as what is inside.
pub(super) struct Malicious {
    /// Hosts that nobody needs for anything else, as far as is known.
    pub hosts: Vec<String>,
    /// URLs.
    pub urls: Vec<String>,
    /// How many hosts are left out: to block them would block what everybody uses, or the tenant itself.
    pub shared: u64,
}

/// What malicious clicks in view were on. Links of simulations are no attack.
pub(super) fn malicious(cx: &mut Cx, filter: &str) -> Result<Malicious, Failure> {
    let (_, selection) = cx.select(filter)?;
    let data = cx.data();
    let own = selection.hindsight.own_names(data);
    let facts = selection.hindsight.of(data);
    let mut seen = vec![false; data.urls.len()];
    let mut hosts = HashSet::new();
    let mut found = Malicious { hosts: Vec::new(), urls: Vec::new(), shared: 0 };
    for row in selection.iter(data) {
        let url = data.url.at(row);
        let is_bad =
            data.kind_of(row).verdict == Verdict::Malicious && facts.attempt(row) != Outcome::Simulation;
        if !is_bad || std::mem::replace(&mut seen[url.raw() as usize], true) {
            continue;
        }
        let inside = bare(data.urls.text(url));
        let host = host_of_url(&inside).into_owned();
        found.urls.push(inside.into_owned());
        if !host.is_empty() && hosts.insert(host.clone()) {
            match is_shared_domain(registrable_domain(&host), own) || wraps(&host).is_some() {
                true => found.shared += 1,
                false => found.hosts.push(host),
            }
        }
    }
    Ok(found)
}
