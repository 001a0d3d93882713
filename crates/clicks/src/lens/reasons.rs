//! Why a click has the class it has, in words, with the values.
//!
//! Owns the sentences. They are made for one click when somebody looks at it; nothing of them is kept for millions.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Labels;
use super::addresses::network_of;
use super::bursts::ALL_LINKS;
use super::config::{Config, OwnRange, Preset};
use super::habits::{ECHO_MS, KNOWN_CLICKS, OFF_SHARE};
use super::networks::{Network, Networks};
use super::per_user::INTERVAL;
use super::signals::Signal;
use crate::model::ids::Id as _;
use crate::model::{Dataset, Field};

/// One reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reason {
    /// Name of the signal, as in settings.
    pub signal: String,
    /// Points towards a machine; negative ones speak for a person; 0 where it decides alone or is context.
    pub points: i32,
    /// It decides alone.
    pub decides: bool,
    /// A sentence.
    pub text: String,
}

/// Rows around one that are looked at for the values of a reason.
const AROUND: usize = 2_000;

/// The reasons of a row, those that decide first.
pub fn reasons_of(data: &Dataset, labels: &Labels, config: &Config, row: usize) -> Vec<Reason> {
    let signals = labels.signals(row);
    let deciding = Config::deciding(signals);
    let click = Click::new(data, config, row);
    let is_said = |signal: Signal| matches!(signal, Signal::SaidHuman | Signal::SaidAutomated);
    let decides = |signal: Signal| match signals.iter().any(is_said) {
        // Who knows better overrules the rest.
        true => is_said(signal),
        false => deciding == Some(signal) || Config::decides(signal),
    };
    let reason = |signal: Signal| Reason {
        signal: signal.def().name.to_owned(),
        points: config.counted(signals, signal).into(),
        decides: decides(signal),
        text: click.sentence(signal),
    };
    let (mut first, others): (Vec<Reason>, Vec<Reason>) =
        signals.iter().map(reason).partition(|reason| reason.decides);
    first.extend(others);
    first
}

/// One click with what its sentences name.
struct Click<'a> {
    data: &'a Dataset,
    config: &'a Config,
    row: usize,
    address: &'a str,
    network: Option<Network>,
    said: Option<OwnRange>,
}

impl<'a> Click<'a> {
    fn new(data: &'a Dataset, config: &'a Config, row: usize) -> Click<'a> {
        let address = data.ips.text(data.ip.at(row));
        let parsed = address.parse::<IpAddr>().ok();
        Click {
            data,
            config,
            row,
            address,
            network: parsed.and_then(|address| Networks::default().of(address).copied()),
            said: parsed.and_then(|address| config.said_of(address)),
        }
    }

    fn sentence(&self, signal: Signal) -> String {
        let (d, row) = (self.data, self.row);
        match signal {
            Signal::ServiceAddress => self.owned("no user’s device is there"),
            Signal::VendorAddress => self.owned("it scans mail; browser isolation puts people there too"),
            Signal::CloudAddress => {
                self.owned("scanners run there, and so do VPNs and desktops: alone it says little")
            }
            Signal::MicrosoftCloud => {
                self.owned("scanners run there, and so do desktops in the cloud: alone it says little")
            }
            Signal::PeopleProxy => self.owned("people surf through it"),
            Signal::BeforeDelivery => {
                let before = self.after_delivery().map_or(0, |ms| -ms);
                format!("The link was opened {} before the message was delivered.", seconds(before))
            }
            Signal::AtDelivery | Signal::SoonAfterDelivery => match self.after_delivery().unwrap_or(0) {
                ms if ms < 0 => {
                    format!("{} before the message was delivered, as clocks differ: at delivery.", seconds(-ms))
                }
                ms => format!("{} after the message was delivered.", seconds(ms)),
            },
            Signal::Burst => self.links_at_once(),
            Signal::FewAtOnce => "Two different links of this message within a second.".to_owned(),
            Signal::AllLinks => format!("All links of this message that anybody clicked, within {}.", seconds(ALL_LINKS.1)),
            Signal::Walk => self.recipients(self.config.preset.walk().1),
            Signal::FewRecipients => self.recipients(Preset::Strict.walk().1),
            Signal::ErrorAbroad => format!(
                "An error page, from a network ({}) where this user does nothing else.",
                self.address
            ),
            Signal::NewNetwork => {
                format!("The only click of this user, who has {KNOWN_CLICKS} or more, from this network.")
            }
            Signal::Echo => self.echo(),
            Signal::Interval => {
                format!("This user opens this link again and again at one interval, to within {:.0} %.", INTERVAL.1 * 100.0)
            }
            Signal::OffHours => {
                format!("In an hour of the day (UTC) in which less than {:.0} % of all clicks are; counts beside another reason only.", OFF_SHARE * 100.0)
            }
            Signal::Continued => "Somebody went on past a warning page: a person’s doing.".to_owned(),
            Signal::Habitual => format!("The user clicks from {} on several days or often.", self.address),
            Signal::Egress => format!(
                "{} is an address of many users on several days: the company’s own way out.",
                self.address
            ),
            Signal::SaidHuman => format!("You said that people are behind {}.", self.range()),
            Signal::SaidAutomated => format!("You said that a machine is behind {}.", self.range()),
            Signal::NoAddress if d.ip.at(row).is_none() && !d.has(row, Field::Ip) => {
                "This export has no addresses: nothing can be told by them.".to_owned()
            }
            Signal::NoAddress => "The click has no public address: nothing can be told by it.".to_owned(),
            Signal::MaybeSomebodyElse => {
                "May be somebody else: this link of this message was opened from several networks, as in a shared mailbox or after it was passed on."
                    .to_owned()
            }
        }
    }

    fn owned(&self, so: &str) -> String {
        let Some(network) = self.network else { return format!("Address {}: {so}.", self.address) };
        format!(
            "Address {} belongs to {} ({}, list of {}): {so}.",
            self.address,
            network.owner,
            network.prefix(),
            network.listed
        )
    }

    fn range(&self) -> String {
        self.said.map_or_else(|| self.address.to_owned(), |range| range.text())
    }

    fn after_delivery(&self) -> Option<i64> {
        Some(self.data.time[self.row] - self.data.delivered_at(self.row)?)
    }

    /// Rows within so many milliseconds before or after that `is` says belong together.
    fn near(&self, within: i64, is: impl Fn(usize) -> bool) -> Vec<usize> {
        let (time, here) = (&self.data.time, self.data.time[self.row]);
        let from = time.partition_point(|t| *t < here - within).max(self.row.saturating_sub(AROUND));
        let to = time.partition_point(|t| *t <= here + within).min(self.row + AROUND);
        (from..to).filter(|row| is(*row)).collect()
    }

    fn links_at_once(&self) -> String {
        let (d, row) = (self.data, self.row);
        let source = |row: usize| d.kind_of(row).source;
        let rows = self.near(1_000, |other| {
            let is_same = d.user.at(other) == d.user.at(row) && d.message.at(other) == d.message.at(row);
            is_same && (d.message.at(row) != 0 || source(other) == source(row))
        });
        let links = distinct(rows.iter().map(|row| d.url.at(*row).raw()));
        let of = if d.message.at(row) == 0 { "by this user" } else { "of this message" };
        let when = match self.config.preset.burst().1 {
            0 => "in one second",
            _ => "within a second before and after",
        };
        format!("{links} different links {of} {when}.")
    }

    fn recipients(&self, within: i64) -> String {
        let (d, row) = (self.data, self.row);
        let rows = self.near(within, |other| {
            let message = d.message.at(other);
            d.ip.at(other) == d.ip.at(row)
                && !d.user.at(other).is_none()
                && (d.url.at(other) == d.url.at(row) || (message != 0 && message == d.message.at(row)))
        });
        let users = distinct(rows.iter().map(|row| d.user.at(*row).raw()));
        format!(
            "{} opened the same link or message for {users} users within {} before and after.",
            self.address,
            seconds(within)
        )
    }

    fn echo(&self) -> String {
        let (d, row) = (self.data, self.row);
        let network = |row: usize| d.ips.text(d.ip.at(row)).parse().ok().map(network_of);
        let others = self.near(ECHO_MS, |other| {
            d.user.at(other) == d.user.at(row)
                && d.url.at(other) == d.url.at(row)
                && network(other).is_some_and(|there| Some(there) != network(row))
        });
        let nearest = others.iter().map(|other| d.time[row] - d.time[*other]).min_by_key(|ms| ms.abs());
        match nearest {
            Some(ms) if ms >= 0 => {
                format!("The same link, {} after this user opened it from another network.", seconds(ms))
            }
            Some(ms) => {
                format!("The same link, {} before this user opened it from another network.", seconds(-ms))
            }
            None => format!("The same link, from a second network within {}.", seconds(ECHO_MS)),
        }
    }
}

fn distinct(ids: impl Iterator<Item = u32>) -> usize {
    let mut met: Vec<u32> = Vec::new();
    for id in ids {
        if !met.contains(&id) {
            met.push(id);
        }
    }
    met.len()
}

/// A span in words: `0.3 seconds`, `12 seconds`.
fn seconds(ms: i64) -> String {
    match ms {
        0 => "0 seconds".to_owned(),
        1_000 => "1 second".to_owned(),
        ms if ms < 10_000 && ms % 1_000 != 0 => format!("{:.1} seconds", ms as f64 / 1_000.0),
        ms => format!("{} seconds", (ms + 500) / 1_000),
    }
}
