//! What followed a click: a sign-in from where the person had not been before, the removal of the message.
//!
//! Owns the rules. Source of the hour and of comparing networks instead of addresses: hunting queries for sign-ins after a
//! click (`docs/insights.md`), which look 5 seconds to some minutes ahead and from another /24; an hour is what an analyst looks
//! at by hand.

use std::collections::HashMap;
use std::net::IpAddr;

use clicks::beside::{Delivery, SignIn, Tables, bare_id};
use clicks::model::ids::Id as _;
use clicks::model::sorting::sort_ids;
use clicks::model::text::shown;
use clicks::model::{Dataset, MINUTE_MS};

use super::lasting::lasting;

/// So long after the click sign-ins are looked at.
pub(super) const WITHIN_MS: i64 = 60 * MINUTE_MS;

/// What stands beside the clicks of some people.
pub(super) struct After<'a> {
    of_user: HashMap<u32, Person<'a>>,
    /// First and last sign-in of anybody.
    covered: Option<(i64, i64)>,
    /// Removals by message and recipient.
    removed: HashMap<(&'a str, &'a str), &'a Delivery>,
}

/// What is known of one person.
#[derive(Default)]
struct Person<'a> {
    /// Networks that they clicked from, each with the first time.
    clicked: HashMap<u64, i64>,
    /// The same of sign-ins that went well, and of devices.
    signed_in: HashMap<u64, i64>,
    devices: HashMap<&'a str, i64>,
    /// Sign-ins that went well, oldest first.
    sign_ins: Vec<&'a SignIn>,
}

/// What is known of the sign-ins after a click.
pub(super) enum Followed {
    /// No file is open that tells of sign-ins.
    NoLog,
    /// No sign-in of this person is known, or not of that time.
    NotCovered,
    /// None from anywhere new.
    NothingNew,
    /// Some, but none of before to compare with.
    Incomparable,
    /// One from somewhere new, in words.
    New(String),
}

impl Followed {
    /// What there is to say; nothing where no log is open, which is said once.
    pub fn told(self) -> Option<String> {
        Some(match self {
            Followed::NoLog => return None,
            Followed::NotCovered => "sign-in log does not cover it".to_owned(),
            Followed::NothingNew => "no sign-in from anywhere new within an hour".to_owned(),
            Followed::Incomparable => "a sign-in followed, and none before to compare it with".to_owned(),
            Followed::New(text) => text,
        })
    }
}

impl<'a> After<'a> {
    /// `of_user`: whose clicks are looked at.
    pub fn new(data: &Dataset, tables: &'a Tables, of_user: &[bool]) -> After<'a> {
        let mut after = After { of_user: HashMap::new(), covered: None, removed: HashMap::new() };
        for later in &tables.messages.later {
            after.removed.entry((later.id.as_str(), later.recipient.as_str())).or_insert(later);
        }
        if tables.sign_ins.rows.is_empty() {
            return after;
        }
        let networks: Vec<Option<u64>> = data.ips.iter().map(network_of).collect();
        for (row, user) in data.user.raw().iter().enumerate() {
            if !of_user.get(*user as usize).copied().unwrap_or(false) {
                continue;
            }
            if let Some(network) = networks.get(data.ip.at(row).raw() as usize).copied().flatten() {
                after.of_user.entry(*user).or_default().clicked.entry(network).or_insert(data.time[row]);
            }
        }
        let names = data.users.iter().zip(0..).filter(|(_, id)| of_user.get(*id as usize) == Some(&true));
        let names: HashMap<String, u32> = names.map(|(name, id)| (name.to_lowercase(), id)).collect();
        let mut order: Vec<u32> = (0..tables.sign_ins.rows.len() as u32).collect();
        let at = |place: u32| tables.sign_ins.rows[place as usize].at.ms;
        sort_ids(&mut order, &mut |a, b| at(a).cmp(&at(b)).then(a.cmp(&b)));
        for row in order.into_iter().map(|place| &tables.sign_ins.rows[place as usize]) {
            let (first, _) = after.covered.unwrap_or((row.at.ms, row.at.ms));
            after.covered = Some((first, row.at.ms));
            let Some(user) = names.get(&row.person).filter(|_| row.succeeded) else { continue };
            let person = after.of_user.entry(*user).or_default();
            for network in row.ips.iter().filter_map(network_of) {
                person.signed_in.entry(network).or_insert(row.at.ms);
            }
            if !row.device.is_empty() {
                person.devices.entry(row.device.as_str()).or_insert(row.at.ms);
            }
            person.sign_ins.push(row);
        }
        after
    }

    /// The period that sign-ins are known of.
    pub const fn covered(&self) -> Option<(i64, i64)> {
        self.covered
    }

    /// The sign-ins of the person within an hour after a click.
    pub fn followed(&self, data: &Dataset, row: usize) -> Followed {
        let Some((_, last)) = self.covered else { return Followed::NoLog };
        let click = data.time[row];
        let person = self.of_user.get(&data.user.at(row).raw()).filter(|person| !person.sign_ins.is_empty());
        let Some(person) = person else { return Followed::NotCovered };
        let from = person.sign_ins.partition_point(|one| one.at.ms <= click);
        let within = person.sign_ins[from..].iter().take_while(|one| one.at.ms <= click + WITHIN_MS);
        let is_old = |one: &SignIn, network: u64| {
            let before = |first: Option<&i64>, than: i64| first.is_some_and(|first| *first <= than);
            before(person.signed_in.get(&network), click) || before(person.clicked.get(&network), one.at.ms)
        };
        let new_network = |one: &SignIn| {
            let mut networks = one.ips.iter().filter_map(network_of).peekable();
            // What a sign-in names beside its own address is the way through a tunnel.
            networks.peek().is_some() && !networks.any(|network| is_old(one, network))
        };
        let knows_devices = person.devices.values().any(|first| *first <= click);
        let new_device = |one: &SignIn| {
            knows_devices && person.devices.get(one.device.as_str()).is_some_and(|first| *first > click)
        };
        let mut some = false;
        for one in within {
            some = true;
            let (network, device) = (new_network(one), new_device(one));
            if !network && !device {
                continue;
            }
            if from == 0 {
                return Followed::Incomparable;
            }
            let address = one.ips.first().map(|ip| shown(ip)).unwrap_or_default();
            let name = shown(&one.device);
            let what = match (network, device) {
                (true, true) => format!("{address}, a network not seen before, with a new device ({name})"),
                (true, false) => format!("{address}, a network not seen before"),
                _ => format!("a device not seen before ({name})"),
            };
            return Followed::New(format!("{} later a sign-in from {what}", lasting(one.at.ms - click)));
        }
        // The log ends before the hour does, or begins after it.
        let begins_late = from == 0 && !some;
        if begins_late || (!some && click + WITHIN_MS > last) {
            Followed::NotCovered
        } else {
            Followed::NothingNew
        }
    }

    /// What was done to the person's copy of the message of a click after its delivery, in words.
    pub fn removal(&self, data: &Dataset, row: usize) -> Option<String> {
        let id = data.message.at(row);
        if id == 0 || self.removed.is_empty() {
            return None;
        }
        let (id, person) = (bare_id(&data.id_text(id)), data.users.text(data.user.at(row)).to_lowercase());
        let own = self.removed.get(&(id.as_str(), person.as_str()))?;
        let what = shown(&own.what);
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
