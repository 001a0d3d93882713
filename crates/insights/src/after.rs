//! What followed a click: a sign-in from where the person had not been before, the removal of the message.
//!
//! Owns the rules. Source of the hour and of comparing networks instead of addresses: hunting queries for sign-ins after a
//! click (`docs/insights.md`), which look 5 seconds to some minutes ahead and from another /24; an hour is what an analyst looks
//! at by hand.

use std::collections::HashMap;
use std::net::IpAddr;

use clicks::beside::{Delivery, SignIn, Tables, bare_id};
use clicks::model::ids::Id as _;
use clicks::model::{Dataset, MINUTE_MS};

use super::lasting;

/// So long after the click sign-ins are looked at.
pub(super) const WITHIN_MS: i64 = 60 * MINUTE_MS;

/// What stands beside the clicks of some people.
pub(super) struct After<'a> {
    /// By user: networks of their clicks with the time of the first one.
    networks: HashMap<u32, Vec<(i64, u64)>>,
    /// By user, in no order.
    sign_ins: HashMap<u32, Vec<&'a SignIn>>,
    /// First and last sign-in of anybody.
    covered: Option<(i64, i64)>,
    /// Removals by message.
    removed: HashMap<&'a str, Vec<&'a Delivery>>,
}

/// What is known of the sign-ins after a click.
pub(super) enum Followed {
    /// No file tells of that time.
    NoLog,
    /// None from anywhere new.
    NothingNew,
    /// Some, but nothing of before to compare with.
    Incomparable,
    /// One from somewhere new, in words.
    New(String),
}

impl<'a> After<'a> {
    /// `of_user`: whose clicks are looked at.
    pub fn new(data: &Dataset, tables: &'a Tables, of_user: &[bool]) -> After<'a> {
        let mut after = After {
            networks: HashMap::new(),
            sign_ins: HashMap::new(),
            covered: None,
            removed: HashMap::new(),
        };
        for later in &tables.messages.later {
            after.removed.entry(later.id.as_str()).or_default().push(later);
        }
        if tables.sign_ins.rows.is_empty() {
            return after;
        }
        let networks: Vec<Option<u64>> = data.ips.iter().map(network_of).collect();
        for (row, user) in data.user.raw().iter().enumerate() {
            if !of_user.get(*user as usize).copied().unwrap_or(false) {
                continue;
            }
            let network = networks.get(data.ip.at(row).raw() as usize).copied().flatten();
            if let Some(network) = network {
                let known = after.networks.entry(*user).or_default();
                if !known.iter().any(|(_, one)| *one == network) {
                    known.push((data.time[row], network));
                }
            }
        }
        let names = data.users.iter().zip(0..).filter(|(_, id)| of_user.get(*id as usize) == Some(&true));
        let names: HashMap<String, u32> = names.map(|(name, id)| (name.to_lowercase(), id)).collect();
        for row in &tables.sign_ins.rows {
            let (first, last) = after.covered.unwrap_or((row.at.ms, row.at.ms));
            after.covered = Some((first.min(row.at.ms), last.max(row.at.ms)));
            if let Some(user) = names.get(&row.person) {
                after.sign_ins.entry(*user).or_default().push(row);
            }
        }
        after
    }

    /// The period that sign-ins are known of.
    pub const fn covered(&self) -> Option<(i64, i64)> {
        self.covered
    }

    /// The sign-ins of the person within an hour after a click.
    pub fn followed(&self, data: &Dataset, row: usize) -> Followed {
        let click = data.time[row];
        if !self.covered.is_some_and(|(first, last)| click + WITHIN_MS >= first && click <= last) {
            return Followed::NoLog;
        }
        let user = data.user.at(row).raw();
        let all = self.sign_ins.get(&user).map_or(&[][..], Vec::as_slice);
        let of_clicks = self.networks.get(&user).map_or(&[][..], Vec::as_slice);
        let before = || all.iter().filter(|one| one.succeeded && one.at.ms <= click);
        let mut first: Option<(&SignIn, bool, bool)> = None;
        let mut some = false;
        for one in
            all.iter().filter(|one| one.succeeded && one.at.ms > click && one.at.ms <= click + WITHIN_MS)
        {
            some = true;
            let is_known = |ip: &String| {
                let Some(network) = network_of(ip) else { return true };
                let clicked = of_clicks.iter().any(|(at, known)| *known == network && *at <= one.at.ms);
                clicked || before().any(|old| old.ips.iter().any(|ip| network_of(ip) == Some(network)))
            };
            // What a sign-in names beside its own address is the way through a tunnel.
            let new_network = !one.ips.iter().any(is_known) && !one.ips.is_empty();
            let mut devices = before().filter(|old| !old.device.is_empty()).peekable();
            let new_device = !one.device.is_empty()
                && devices.peek().is_some()
                && devices.all(|old| old.device != one.device);
            let is_earlier = first.is_none_or(|(known, ..)| one.at.ms < known.at.ms);
            if (new_network || new_device) && is_earlier {
                first = Some((one, new_network, new_device));
            }
        }
        match first {
            None if some && before().next().is_none() && of_clicks.is_empty() => Followed::Incomparable,
            None => Followed::NothingNew,
            Some(_) if before().next().is_none() => Followed::Incomparable,
            Some((one, new_network, new_device)) => {
                let from = one.ips.first().map(|ip| clicks::model::text::shown(ip)).unwrap_or_default();
                let device = clicks::model::text::shown(&one.device);
                let what = match (new_network, new_device) {
                    (true, true) => {
                        format!("{from}, a network not seen before, with a new device ({device})")
                    }
                    (true, false) => format!("{from}, a network not seen before"),
                    _ => format!("a device not seen before ({device})"),
                };
                Followed::New(format!("{} later a sign-in from {what}", lasting(one.at.ms - click)))
            }
        }
    }

    /// What was done to the message of a click after its delivery, in words.
    pub fn removal(&self, data: &Dataset, row: usize) -> Option<String> {
        let id = data.message.at(row);
        if id == 0 || self.removed.is_empty() {
            return None;
        }
        let of_message = self.removed.get(bare_id(&data.id_text(id)).as_str())?;
        let person = data.users.text(data.user.at(row)).to_lowercase();
        let own = of_message.iter().find(|one| one.recipient == person).or_else(|| of_message.first())?;
        let what = clicks::model::text::shown(&own.what);
        Some(match own.at.map(|at| at.ms - data.time[row]) {
            None => format!("message removed ({what})"),
            Some(ms) if ms < 0 => format!("message removed {} before the click ({what})", lasting(-ms)),
            Some(ms) => format!("message removed {} after the click ({what})", lasting(ms)),
        })
    }
}

/// The network of an address: /24 of version 4, /64 of version 6, whose last half changes by itself (RFC 8981).
fn network_of(address: &(impl AsRef<str> + ?Sized)) -> Option<u64> {
    Some(match address.as_ref().parse().ok()? {
        IpAddr::V4(v4) => u64::from(v4.to_bits() >> 8),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => u64::from(v4.to_bits() >> 8),
            None => (v6.to_bits() >> 64) as u64,
        },
    })
}
