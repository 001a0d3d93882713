//! Who and what is in one of the two views and not in the other: people who reached a page that is not safe, and hosts.
//!
//! Owns who counts as new, recovered or gone, and the order of the lists. Must not know filters.

use super::seen::{BAD, Person, Seen, is_bad};
use super::{Change, Comparison, HOSTS, PEOPLE};
use clicks::model::ids::Id as _;
use clicks::model::sorting::{sort_ids, sort_pairs};
use clicks::model::text::counted;
use clicks::model::{Dataset, NONE};
use clicks::query::Selection;

impl Comparison {
    /// Compares who reached a page that is not safe.
    pub(super) fn add_people(&mut self, data: &Dataset, was: &Seen, is: &Seen) {
        let (mut new, mut recovered): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for (user, (before, after)) in (0_u32..).zip(was.people.iter().zip(&is.people)) {
            match (before.reached > 0, after.reached > 0) {
                (false, true) => {
                    new.push(user);
                    self.newcomers += u64::from(before.clicks == 0);
                }
                (true, false) if after.clicks > 0 => recovered.push(user),
                (true, false) => self.gone += 1,
                _ => {}
            }
        }
        self.new_offenders_total = new.len() as u64;
        self.recovered_total = recovered.len() as u64;
        self.new_offenders = listed(data, new, [&is.people, &was.people], "before");
        self.recovered = listed(data, recovered, [&was.people, &is.people], "after");
    }

    /// Finds the hosts that nobody clicked before.
    pub(super) fn add_hosts(&mut self, data: &Dataset, after: &Selection, was: &Seen, is: &Seen) {
        let mut place = vec![NONE; data.hosts.len()];
        let mut hosts: Vec<Change> = Vec::new();
        for (host, (before, after)) in (0_u32..).zip(was.hosts.iter().zip(&is.hosts)) {
            if *before == 0
                && *after & BAD != 0
                && let Some(place) = place.get_mut(host as usize)
            {
                *place = hosts.len() as u32;
                hosts.push(Change { name: data.hosts.raw().get(host).into(), ..Change::default() });
            }
        }
        self.new_hosts_total = hosts.len() as u64;
        if hosts.is_empty() {
            return;
        }
        let (facts, labels) = (after.hindsight.of(data), after.lens.labels(data));
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for row in after.iter(data) {
            let Some(at) = place.get(data.host_of_row(row).raw() as usize).copied() else { continue };
            let Some(host) = hosts.get_mut(at as usize) else { continue };
            let n = u64::from(data.weight_of(row));
            host.clicks += n;
            host.bad += n * u64::from(is_bad(data, facts, row));
            let user = data.user.at(row);
            if !user.is_none() && labels.class(row).is_person() {
                pairs.push((at, user.raw()));
            }
        }
        sort_pairs(&mut pairs);
        pairs.dedup();
        for (at, _) in pairs {
            if let Some(host) = hosts.get_mut(at as usize) {
                host.people += 1;
            }
        }
        let mut order: Vec<u32> = (0..hosts.len() as u32).collect();
        sort_ids(&mut order, &mut |a, b| {
            let size = |at: u32| hosts.get(at as usize).map(|host| (host.people, host.clicks));
            size(b).cmp(&size(a)).then(a.cmp(&b))
        });
        let told = |host: &Change| Change {
            said: format!(
                "{}, {}",
                counted(host.people, "person", "people"),
                counted(host.clicks, "click", "clicks")
            ),
            ..host.clone()
        };
        self.new_hosts =
            order.iter().take(HOSTS).filter_map(|at| hosts.get(*at as usize)).map(told).collect();
    }
}

/// People of a list, those first who reached most, then those who clicked most in the other view. `of`: what is counted of
/// them in the view that they reached a bad page in, and in the other, which `when` names.
fn listed(data: &Dataset, mut users: Vec<u32>, of: [&[Person]; 2], when: &str) -> Vec<Change> {
    let count = |user: u32| {
        let [here, there] = of.map(|people| people.get(user as usize).copied().unwrap_or_default());
        (here.reached, there.clicks)
    };
    sort_ids(&mut users, &mut |a, b| count(b).cmp(&count(a)).then(a.cmp(&b)));
    let told = |user: &u32| {
        let (bad, clicks) = count(*user);
        Change {
            name: data.users.raw().get(*user).into(),
            said: format!("{}, {} {when}", counted(bad, "time", "times"), counted(clicks, "click", "clicks")),
            bad,
            clicks,
            people: 0,
        }
    };
    users.iter().take(PEOPLE).map(told).collect()
}
