//! What the lens did with the clicks in view, and how far it can be believed: its self-check.
//!
//! Owns the question. What a signal is, and which class follows, is the lens's.

use serde::{Deserialize, Serialize};

use super::{Ask, Cx};
use crate::failure::Failure;
use crate::lens::{AUTOMATED, Class, Config, LIKELY, Networks, Shared, Signal, Signals};
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
    /// The settings in their shortest form; empty for the default.
    pub settings: String,
    /// `strict`, `balanced` or `lenient`.
    pub preset: String,
    /// Clicks in view.
    pub clicks: u64,
    /// Token, name and clicks of each class, in the order shown.
    pub classes: Vec<(String, String, u64)>,
    /// From so many points on a click is likely automated, and automated.
    pub thresholds: (i32, i32),
    /// Every signal with its points and clicks, in the order of reasons.
    pub signals: Vec<SignalCount>,
    /// Clicks in view without an address that could be looked at.
    pub without_address: u64,
    /// Clicks in view from clouds, Microsoft’s or others, that no other signal speaks for or against.
    pub ambiguous: u64,
    /// Addresses learned, in all clicks, as ways out of a company, most users first.
    pub egress: Vec<SharedAddress>,
    /// Addresses in a cloud that more than half of all users come from: perhaps a proxy of the company.
    pub cloud_proxies: Vec<SharedAddress>,
    /// What somebody said of addresses: the range, and whether people are behind it.
    pub said: Vec<(String, bool)>,
}

/// A signal, what it is worth, and how often it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SignalCount {
    /// Name in settings.
    pub name: String,
    /// What to call it.
    pub label: String,
    /// Points under these settings; 0: it decides alone, or is context only.
    pub points: i32,
    /// Points by default.
    pub default_points: i32,
    /// It decides alone.
    pub decides: bool,
    /// Clicks in view that have it.
    pub clicks: u64,
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
        let (labels, config) = (lens.labels(data), lens.config());
        let mut by_combination = vec![0_u64; labels.combinations().count().max(1)];
        for row in selection.iter(data) {
            by_combination[labels.combination(row)] += u64::from(data.weight_of(row));
        }
        let clicks_of = |is: &dyn Fn(Signals, Class) -> bool| {
            let all = labels.combinations().zip(&by_combination);
            all.filter(|((signals, class), _)| is(*signals, *class)).map(|(_, clicks)| clicks).sum()
        };
        let class = |class: Class| {
            (class.token().to_owned(), class.label().to_owned(), clicks_of(&|_, of| of == class))
        };
        let signal = |signal: Signal| SignalCount {
            name: signal.def().name.to_owned(),
            label: signal.def().label.to_owned(),
            points: config.points(signal).into(),
            default_points: signal.def().points.into(),
            decides: Config::decides(signal),
            clicks: clicks_of(&|signals, _| signals.has(signal)),
        };
        let lists = Networks::default();
        Ok(LensAnswer {
            settings: config.to_string(),
            preset: config.preset.name().to_owned(),
            clicks: by_combination.iter().sum(),
            classes: Class::ALL.map(class).to_vec(),
            thresholds: (LIKELY.into(), AUTOMATED.into()),
            signals: Signal::ALL.map(|def| signal(def.signal)).to_vec(),
            without_address: clicks_of(&|signals, _| signals.has(Signal::NoAddress)),
            ambiguous: clicks_of(&|signals, _| is_ambiguous(signals)),
            egress: addresses(data, &lists, &labels.egress),
            cloud_proxies: addresses(data, &lists, &labels.cloud_proxies),
            said: config.ranges.iter().map(|range| (range.text(), range.is_human)).collect(),
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
