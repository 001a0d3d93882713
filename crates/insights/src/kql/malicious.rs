//! What malicious clicks were on, for a block list.
//!
//! Owns what is left out: hosts that everybody needs, and tests. How a list is written, [`super::indicators`] says.

use std::collections::HashSet;

use clicks::Failure;
use clicks::hindsight::{Outcome, SharedDomains};
use clicks::model::ids::Id as _;
use clicks::model::{Verdict, bare, host_of_url, registrable_domain, wraps};
use clicks::query::Cx;

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
    let shared = SharedDomains::new(selection.hindsight.own_names(data));
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
            match shared.has(registrable_domain(&host)) || wraps(&host).is_some() {
                true => found.shared += 1,
                false => found.hosts.push(host),
            }
        }
    }
    Ok(found)
}
