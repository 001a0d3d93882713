//! What the addresses of a data set say by themselves: whose they are, and which lie in one network.
//!
//! Owns one look at each address of the dictionary; rows come by their ids.

use std::collections::HashMap;
use std::net::IpAddr;

use super::config::Config;
use super::networks::{Networks, Tier};
use super::signals::{Signal, Signals};
use crate::model::ids::Id as _;
use crate::model::{Dataset, NONE};

/// Addresses by their ids, with one more for rows without an address.
pub struct Addresses {
    signals: Vec<Signals>,
    /// The network of each: 24 bits of version 4, 48 of version 6; [`NONE`] where there is none.
    networks: Vec<u32>,
    /// How many networks there are.
    pub count: usize,
}

/// The network that an address is in, as far as one household or office goes. Source: `docs/lens.md`, H10.
pub fn network_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4) >> 8),
        // Behind all of version 4.
        IpAddr::V6(v6) => (u128::from(v6) >> 80) + (1 << 32),
    }
}

/// Addresses that say nothing of where somebody is: `10.0.0.0/8` and its kind.
fn says_nothing(address: IpAddr) -> bool {
    match address {
        // Private ones, and what carriers share among their customers (100.64.0.0/10, RFC 6598).
        IpAddr::V4(v4) if u32::from(v4) >> 22 == 0x191 => true,
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified(),
        IpAddr::V6(v6) => {
            v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local()
        }
    }
}

impl Addresses {
    /// Looks at each address once.
    pub fn new(data: &Dataset, config: &Config) -> Addresses {
        let lists = Networks::default();
        let mut known: HashMap<u128, u32> = HashMap::new();
        let mut addresses = Addresses { signals: Vec::new(), networks: Vec::new(), count: 0 };
        for text in data.ips.raw().iter() {
            let address = text.parse::<IpAddr>().ok();
            let said = address.and_then(|address| config.said_of(address));
            let mut signals = Signals::default();
            match (said, address) {
                (Some(range), _) if range.is_human => signals.add(Signal::SaidHuman),
                (Some(_), _) => signals.add(Signal::SaidAutomated),
                (None, Some(address)) if !says_nothing(address) => {
                    if let Some(signal) = lists.of(address).map(|network| signal_of(network.tier)) {
                        signals.add(signal);
                    }
                }
                _ => signals.add(Signal::NoAddress),
            }
            addresses.signals.push(signals);
            let network = address.map_or(NONE, |address| {
                let next = known.len() as u32;
                *known.entry(network_of(address)).or_insert(next)
            });
            addresses.networks.push(network);
        }
        addresses.count = known.len();
        addresses.signals.push(Signals::of([Signal::NoAddress]));
        addresses.networks.push(NONE);
        addresses
    }

    /// The place of a raw id, that of no address for any other.
    fn place(&self, ip: u32) -> usize {
        (ip as usize).min(self.signals.len() - 1)
    }

    /// What an address says.
    #[inline]
    pub fn signals(&self, ip: u32) -> Signals {
        self.signals[self.place(ip)]
    }

    /// The network of an address, or [`NONE`].
    #[inline]
    pub fn network(&self, ip: u32) -> u32 {
        self.networks[self.place(ip)]
    }

    /// What the address of each row says.
    pub fn signals_of_rows(&self, data: &Dataset) -> Vec<Signals> {
        (0..data.len()).map(|row| self.signals(data.ip.at(row).raw())).collect()
    }
}

const fn signal_of(tier: Tier) -> Signal {
    match tier {
        Tier::Service => Signal::ServiceAddress,
        Tier::Microsoft => Signal::MicrosoftCloud,
        Tier::People | Tier::Proxy => Signal::PeopleProxy,
        Tier::Vendor => Signal::VendorAddress,
        Tier::Cloud => Signal::CloudAddress,
    }
}
