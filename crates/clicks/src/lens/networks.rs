//! Whose an address is: services and cloud of Microsoft, vendors of mail security, proxies, other clouds.
//!
//! Owns the lists under `networks/`, each with its date and source, and finding the longest prefix among them. Must not
//! know what follows from an owner.

use std::net::IpAddr;

use crate::model::sorting::sorted;

/// What an address of a range means for a click. The letters are those of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tier {
    /// A service of Microsoft: no user's device is there (S).
    Service,
    /// Rented from Microsoft, by anybody: scanners, and people whose desktop or network is there (C).
    Microsoft,
    /// Owned by Microsoft, and people surf from it (H).
    People,
    /// A vendor of mail security; browser isolation puts people there too (V).
    Vendor,
    /// A proxy that people surf through (P).
    Proxy,
    /// Another cloud (D).
    Cloud,
}

/// A range of addresses and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// What it means.
    pub tier: Tier,
    /// Whose it is, in words.
    pub owner: &'static str,
    /// First address, version 4 as its 32 bits.
    start: u128,
    /// Bits of the prefix.
    bits: u8,
    is_version_6: bool,
    /// Date of the list that has it: `2026-07-01`.
    pub listed: &'static str,
}

impl Network {
    /// The range as `52.112.0.0/14`.
    pub fn prefix(&self) -> String {
        let address = match self.is_version_6 {
            true => IpAddr::V6(self.start.into()),
            false => IpAddr::V4((self.start as u32).into()),
        };
        format!("{address}/{}", self.bits)
    }
}

/// Owners as people know them.
const OWNERS: [(&str, &str); 25] = [
    ("amazon", "Amazon Web Services"),
    ("avd-relay", "Azure Virtual Desktop"),
    ("barracuda-egd", "Barracuda Email Gateway Defense"),
    ("cisco-ironport", "Cisco Secure Email"),
    ("cloudflare", "Cloudflare"),
    ("defender-portal", "the Defender and Purview portals"),
    ("digitalocean", "DigitalOcean"),
    ("entra-id", "Microsoft Entra ID"),
    ("eop", "Exchange Online Protection"),
    ("eop-detonation", "the detonation of Exchange Online Protection"),
    ("eop-tag", "Exchange Online Protection"),
    ("exchange", "Exchange Online"),
    ("global-secure-access", "Global Secure Access"),
    ("google", "Google Cloud"),
    ("linode", "Akamai Linode"),
    ("mde", "Microsoft Defender for Endpoint"),
    ("microsoft", "Microsoft’s cloud"),
    ("mimecast", "Mimecast"),
    ("office-online", "Office for the web"),
    ("oracle", "Oracle Cloud"),
    ("proofpoint", "Proofpoint"),
    ("sharepoint", "SharePoint and OneDrive"),
    ("teams", "Microsoft Teams"),
    ("vultr", "Vultr"),
    ("zscaler", "Zscaler"),
];

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/networks.bin"));

/// Ranges of one family, by length, then by first address.
#[derive(Default)]
struct Ranges {
    all: Vec<Network>,
    /// The lengths there are, longest first, each with the place of its ranges in `all`.
    lengths: Vec<(u8, std::ops::Range<usize>)>,
}

/// The lists, ready to be asked.
pub struct Networks {
    /// Ranges whose owner says what they are for: services, vendors, proxies.
    known: [Ranges; 2],
    /// Clouds, which hold everything: asked where nothing else is known.
    clouds: [Ranges; 2],
}

impl Default for Networks {
    /// Unpacks the lists: some 6,000 ranges.
    fn default() -> Networks {
        let mut networks = Networks { known: <[Ranges; 2]>::default(), clouds: <[Ranges; 2]>::default() };
        let mut from = Unpacking(PACKED);
        while !from.0.is_empty() {
            let listed = from.text();
            for _ in 0..from.number() {
                let (label, letter) = (from.text(), from.text());
                let owner = OWNERS.iter().find(|(known, _)| *known == label).map_or(label, |(_, name)| *name);
                let tier = match letter {
                    "S" => Tier::Service,
                    "H" => Tier::People,
                    "V" => Tier::Vendor,
                    "P" => Tier::Proxy,
                    "C" => Tier::Microsoft,
                    _ => Tier::Cloud,
                };
                let families = match tier {
                    Tier::Microsoft | Tier::Cloud => &mut networks.clouds,
                    _ => &mut networks.known,
                };
                for (width, ranges) in [32, 128].into_iter().zip(families) {
                    let is_version_6 = width == 128;
                    from.ranges(width, |start, bits| {
                        ranges.all.push(Network { tier, owner, start, bits, is_version_6, listed });
                    });
                }
            }
        }
        networks.known.iter_mut().chain(&mut networks.clouds).for_each(Ranges::order);
        networks
    }
}

impl Networks {
    /// The range of an address: the longest one of those whose purpose is known, else that of a cloud.
    pub fn of(&self, address: IpAddr) -> Option<&Network> {
        let (family, number) = match address {
            IpAddr::V4(v4) => (0, u128::from(u32::from(v4))),
            IpAddr::V6(v6) => (1, u128::from(v6)),
        };
        self.known[family].longest(number).or_else(|| self.clouds[family].longest(number))
    }
}

impl Ranges {
    fn order(&mut self) {
        // Of two owners of one range the one with people comes first: it is found.
        let key = |n: &Network| (std::cmp::Reverse(n.bits), n.start, n.tier != Tier::People);
        self.all = sorted(std::mem::take(&mut self.all), |a, b| key(a).cmp(&key(b)));
        for (at, network) in self.all.iter().enumerate() {
            match self.lengths.last_mut() {
                Some((bits, places)) if *bits == network.bits => places.end = at + 1,
                _ => self.lengths.push((network.bits, at..at + 1)),
            }
        }
    }

    fn longest(&self, number: u128) -> Option<&Network> {
        self.lengths.iter().find_map(|(bits, places)| {
            let ranges = self.all.get(places.clone())?;
            let width = if ranges.first()?.is_version_6 { 128 } else { 32 };
            let start = number.checked_shr(width - u32::from(*bits)).unwrap_or(0);
            let start = start.checked_shl(width - u32::from(*bits)).unwrap_or(0);
            let at = ranges.partition_point(|n| n.start < start);
            ranges.get(at).filter(|n| n.start == start)
        })
    }
}

/// What `build.rs` packed, read from the front.
struct Unpacking(&'static [u8]);

impl Unpacking {
    fn number(&mut self) -> u128 {
        let (mut number, mut shift) = (0, 0);
        while let Some((byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u128::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    fn text(&mut self) -> &'static str {
        let len = self.number() as usize;
        let (text, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    fn ranges(&mut self, width: u32, mut take: impl FnMut(u128, u8)) {
        let mut before = (0, 0);
        for _ in 0..self.number() {
            let Some((bits, rest)) = self.0.split_first() else { return };
            self.0 = rest;
            let from = if before.1 == *bits { before.0 } else { 0 };
            let number = from + self.number();
            before = (number, *bits);
            take(number.checked_shl(width - u32::from(*bits)).unwrap_or(0), *bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Option<(Tier, &'static str, String)> {
        let networks = Networks::default();
        let found = networks.of(address.parse().expect("an address"))?;
        Some((found.tier, found.owner, found.prefix()))
    }

    #[test]
    fn address_is_of_the_longest_range_that_holds_it() {
        for (address, tier, owner, prefix) in [
            ("52.112.103.113", Tier::Service, "Microsoft Teams", "52.112.0.0/14"),
            ("40.94.20.11", Tier::Service, "the detonation of Exchange Online Protection", "40.94.0.0/16"),
            ("40.92.1.1", Tier::Service, "Exchange Online Protection", "40.92.0.0/15"),
            ("67.231.155.249", Tier::Vendor, "Proofpoint", "67.231.144.0/20"),
            ("52.202.23.14", Tier::Cloud, "Amazon Web Services", "52.192.0.0/12"),
            ("20.42.65.92", Tier::Microsoft, "Microsoft’s cloud", "20.40.0.0/13"),
            ("13.107.232.1", Tier::People, "Global Secure Access", "13.107.232.0/23"),
            ("2603:1063::1", Tier::Service, "Microsoft Teams", "2603:1063::/38"),
        ] {
            assert_eq!(of(address), Some((tier, owner, prefix.to_owned())), "{address}");
        }
        for address in ["203.0.113.7", "10.0.0.1", "2001:db8::1", "255.255.255.255", "0.0.0.0"] {
            assert_eq!(of(address), None, "{address}");
        }
    }

    #[test]
    fn lists_are_unpacked_whole_and_every_owner_has_a_name() {
        let networks = Networks::default();
        let all = networks.known.iter().chain(&networks.clouds).flat_map(|ranges| &ranges.all);
        assert_eq!(all.clone().count(), 183 + 519 + 191 + 5_444);
        for network in all {
            assert!(OWNERS.iter().any(|(_, name)| *name == network.owner), "{}", network.owner);
            assert_eq!(network.listed.len(), 10, "{}", network.prefix());
        }
    }
}
