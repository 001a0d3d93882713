//! H15: addresses that many users share: ways out of a company, and clouds that a company may surf through.
//!
//! Owns what is learned of them, and what that makes of a walk.

use super::Shared;
use super::addresses::Addresses;
use super::habits::Habits;
use super::signals::{Signal, Signals};
use crate::model::ids::Id as _;
use crate::model::sorting::sorted;
use crate::model::{DAY_MS, Dataset, IpId, NONE};

/// H15: the way out of a company.
const EGRESS: (u32, u32) = (5, 3);

/// How many users and days each address has, and what follows.
pub struct SharedAddresses {
    is_egress: Vec<bool>,
    /// Addresses of which too little is known, or too much, for a walk to decide: the data have fewer days than a way out is
    /// learned from, or half of those who come from there do other things there too.
    is_open: Vec<bool>,
    /// See [`super::Labels::egress`].
    pub egress: Vec<Shared>,
    /// See [`super::Labels::cloud_proxies`].
    pub cloud_proxies: Vec<Shared>,
}

impl SharedAddresses {
    /// H15: which addresses many users have on several days, by other clicks than those of bursts and walks: a scanner has no
    /// others. Those of scanners and clouds are never learned.
    pub fn new(habits: &Habits<'_>, addresses: &Addresses, signals: &[Signals]) -> SharedAddresses {
        const ODD: Signals = Signals::NONE
            .with(Signal::Burst)
            .with(Signal::Walk)
            .with(Signal::FewRecipients)
            .with(Signal::BeforeDelivery);
        let data = habits.data;
        let len = data.ips.len();
        let (mut users, mut everybody) = (vec![0_u32; len], vec![0_u32; len]);
        let (mut met, mut met_oddly) = (vec![NONE; len], vec![NONE; len]);
        for (user, rows) in habits.each_user() {
            for row in rows {
                let ip = data.ip.at(*row as usize).raw() as usize;
                if met_oddly.get(ip).is_some_and(|met| *met != user) {
                    met_oddly[ip] = user;
                    everybody[ip] += 1;
                }
                if met.get(ip).is_some_and(|met| *met != user) && !signals[*row as usize].has_any(ODD) {
                    met[ip] = user;
                    users[ip] += 1;
                }
            }
        }
        let (mut days, mut last) = (vec![0_u32; len], vec![i64::MIN; len]);
        for (row, ip) in data.ip.raw().iter().enumerate().filter(|(row, _)| !signals[*row].has_any(ODD)) {
            let day = data.time[row].div_euclid(DAY_MS);
            if let Some(last) = last.get_mut(*ip as usize).filter(|last| **last != day) {
                *last = day;
                days[*ip as usize] += 1;
            }
        }
        let span =
            data.span().map_or(0, |(first, last)| last.div_euclid(DAY_MS) - first.div_euclid(DAY_MS) + 1);
        let enough = i64::from(EGRESS.1).min(span) as u32;
        let never = Signals::of([
            Signal::ServiceAddress,
            Signal::VendorAddress,
            Signal::CloudAddress,
            Signal::NoAddress,
            Signal::SaidAutomated,
        ]);
        let is_egress = |ip: usize| {
            users[ip] >= EGRESS.0 && days[ip] >= enough && !addresses.signals(ip as u32).has_any(never)
        };
        let is_egress: Vec<bool> = (0..len).map(is_egress).collect();
        let listed = |of: &dyn Fn(usize) -> bool| {
            let one = |ip: usize| Shared { ip: IpId::from_raw(ip as u32), users: users[ip], days: days[ip] };
            let found = (0..len).filter(|ip| of(*ip)).map(one).collect();
            sorted(found, |a: &Shared, b: &Shared| (b.users, a.ip).cmp(&(a.users, b.ip)))
        };
        let clouds = Signals::of([Signal::CloudAddress, Signal::MicrosoftCloud]);
        let all = data.users.len();
        let is_cloud_proxy = |ip: usize| {
            everybody[ip] >= EGRESS.0
                && everybody[ip] as usize * 2 > all
                && addresses.signals(ip as u32).has_any(clouds)
        };
        let (egress, cloud_proxies) = (listed(&|ip| is_egress[ip]), listed(&is_cloud_proxy));
        let is_short = span < EGRESS.1.into();
        let is_open = (0..len).map(|ip| is_short || users[ip] * 2 >= everybody[ip]).collect();
        SharedAddresses { is_egress, is_open, egress, cloud_proxies }
    }

    /// Whether an address is the way out of a company.
    pub fn is_egress(&self, ip: u32) -> bool {
        self.is_egress.get(ip as usize).copied().unwrap_or(false)
    }

    /// Marks the rows of ways out. What looked like a walk there was a mass mail; also where everybody comes from one address
    /// in a cloud. And a walk from an address in no list may be less than one.
    pub fn mark(&self, data: &Dataset, addresses: &Addresses, signals: &mut [Signals]) {
        const WALKS: Signals = Signals::NONE.with(Signal::Walk).with(Signal::FewRecipients);
        let mut is_proxy = vec![false; self.is_egress.len()];
        self.cloud_proxies.iter().for_each(|shared| is_proxy[shared.ip.raw() as usize] = true);
        let is_proxy = |ip: u32| is_proxy.get(ip as usize).copied().unwrap_or(false);
        for (of_row, ip) in signals.iter_mut().zip(data.ip.raw()) {
            if self.is_egress(*ip) {
                *of_row = of_row.minus(WALKS).with(Signal::Egress);
            } else if is_proxy(*ip) {
                *of_row = of_row.minus(WALKS);
            } else if of_row.has(Signal::Walk)
                && addresses.signals(*ip) == Signals::NONE
                && self.is_open.get(*ip as usize) == Some(&true)
            {
                *of_row = of_row.minus(WALKS).with(Signal::FewRecipients);
            }
        }
    }
}
