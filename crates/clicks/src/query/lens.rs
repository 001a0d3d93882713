//! What the lens did with the clicks in view, and how far it can be believed: its self-check.
//!
//! Owns the question. What a signal is, and which class follows, is the lens's.

use serde::{Deserialize, Serialize};

use super::{Ask, Cx};
use crate::failure::Failure;
use crate::lens::{Class, Networks, Shared, Signal, Signals};
use crate::model::{Dataset, Untrusted};

/// Asks what the lens did with the clicks that pass a filter, under the settings in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLens {
    /// Canonical text of a filter.
    pub filter: String,
}

/// What the lens did with the clicks in view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LensAnswer {
    /// Clicks of each class, in the order of [`Class::ALL`].
    pub classes: Vec<u64>,
    /// Clicks that have each signal, in the order of [`Signal::ALL`].
    pub signals: Vec<u64>,
    /// Clicks from clouds, Microsoft’s or others, that no other signal speaks for or against.
    pub ambiguous: u64,
    /// Addresses learned, in all clicks, as ways out of a company, most users first.
    pub egress: Vec<SharedAddress>,
    /// Addresses in a cloud that more than half of all users come from: perhaps a proxy of the company.
    pub cloud_proxies: Vec<SharedAddress>,
}

/// An address that many users share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SharedAddress {
    /// The address.
    pub address: Untrusted,
    /// How many users.
    pub users: u32,
    /// On how many days.
    pub days: u32,
    /// Whose it is, where a list says so.
    pub owner: Option<String>,
}

/// More addresses than this are no list that anybody reads.
const ADDRESSES: usize = 50;

impl Ask for AskLens {
    const NAME: &'static str = "lens";
    type Answer = LensAnswer;

    fn answer(&self, cx: &mut Cx) -> Result<LensAnswer, Failure> {
        let (_, selection) = cx.select(&self.filter)?;
        let (data, lens) = (cx.data(), selection.lens.clone());
        let labels = lens.labels(data);
        let mut by_combination = vec![0_u64; labels.combinations().count().max(1)];
        for row in selection.iter(data) {
            by_combination[labels.combination(row)] += u64::from(data.weight_of(row));
        }
        let clicks_of = |is: &dyn Fn(Signals, Class) -> bool| {
            let all = labels.combinations().zip(&by_combination);
            all.filter(|((signals, class), _)| is(*signals, *class)).map(|(_, clicks)| clicks).sum()
        };
        let lists = Networks::default();
        Ok(LensAnswer {
            classes: Class::ALL.map(|class| clicks_of(&|_, of| of == class)).to_vec(),
            signals: Signal::ALL.map(|def| clicks_of(&|signals, _| signals.has(def.signal))).to_vec(),
            ambiguous: clicks_of(&|signals, class| class.is_person() && is_ambiguous(signals)),
            egress: addresses(data, &lists, &labels.egress),
            cloud_proxies: addresses(data, &lists, &labels.cloud_proxies),
        })
    }
}

/// In a cloud, and nothing else is known.
fn is_ambiguous(signals: Signals) -> bool {
    let clouds = [Signal::CloudAddress, Signal::MicrosoftCloud];
    let others = clouds.into_iter().fold(signals, Signals::without);
    others != signals && others.without(Signal::OffHours) == Signals::default()
}

fn addresses(data: &Dataset, lists: &Networks, shared: &[Shared]) -> Vec<SharedAddress> {
    let one = |shared: &Shared| {
        let text = data.ips.text(shared.ip);
        let network = text.parse().ok().and_then(|address| lists.of(address));
        SharedAddress {
            address: text.into(),
            users: shared.users,
            days: shared.days,
            owner: network.map(|network| network.owner.to_owned()),
        }
    };
    shared.iter().take(ADDRESSES).map(one).collect()
}
