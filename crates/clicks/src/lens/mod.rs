//! The automation lens: was it a person who clicked?
//!
//! Owns the labels of all clicks: which signals each has, and the class that follows under settings. A label never takes a
//! click away; whoever counts says whom. Must not know filters or questions. What the signals are and where they come from:
//! `docs/lens.md`.

mod addresses;
mod bursts;
mod config;
mod delivery;
mod habits;
mod networks;
mod per_user;
mod reasons;
mod shared;
mod signals;
mod walks;

use std::cell::OnceCell;
use std::collections::HashMap;

use self::addresses::Addresses;
use self::habits::Habits;
use self::shared::SharedAddresses;
use crate::model::{Action, Dataset, FieldColumn, Ids, IpId, Texts};
use crate::seconds::LostSeconds;

pub use self::config::{AUTOMATED, Config, LIKELY, MOST_POINTS, OwnRange, Preset};
pub use self::delivery::{CLOCKS_MS, SOON_MS, clocks_differ};
pub use self::networks::{Network, Networks, Tier};
pub use self::reasons::{Reason, reasons_of};
pub use self::signals::{Signal, SignalDef, Signals};

/// Who clicked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// A person, as far as can be told.
    #[default]
    Human,
    /// Strong signals disagree.
    Review,
    /// A machine, likely.
    Likely,
    /// A machine.
    Automated,
}

impl Class {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Class; 4] = [Class::Human, Class::Review, Class::Likely, Class::Automated];

    /// Its name in filters, in the API and in exports.
    pub const fn token(self) -> &'static str {
        match self {
            Class::Human => "human",
            Class::Review => "review",
            Class::Likely => "likely",
            Class::Automated => "automated",
        }
    }

    /// What it is called on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Class::Human => "Person",
            Class::Review => "Signals disagree",
            Class::Likely => "Likely automated",
            Class::Automated => "Automated",
        }
    }

    /// The class of a token, in any case.
    pub fn from_token(token: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.token().eq_ignore_ascii_case(token.trim()))
    }

    /// Whether rankings of people count it.
    pub const fn is_person(self) -> bool {
        matches!(self, Class::Human | Class::Review)
    }
}

/// An address that the data itself shows to be the way out of a company, or a cloud that it may surf through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The address.
    pub ip: IpId,
    /// How many users clicked from it.
    pub users: u32,
    /// On how many days.
    pub days: u32,
}

/// The lens under some settings: labels that are made when somebody first asks for them.
#[derive(Default)]
pub struct Lens {
    config: Config,
    labels: OnceCell<Labels>,
}

impl Lens {
    /// A lens that has looked at nothing yet.
    pub fn new(config: Config) -> Lens {
        Lens { config, labels: OnceCell::new() }
    }

    /// Its settings.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Whether the labels are there, and need not be waited for.
    pub fn is_ready(&self) -> bool {
        self.labels.get().is_some()
    }

    /// The labels of a data set: always the same one.
    pub fn labels(&self, data: &Dataset) -> &Labels {
        self.labels.get_or_init(|| Labels::new(data, &self.config))
    }
}

/// The labels of all clicks of a data set under some settings.
#[derive(Default)]
pub struct Labels {
    /// Combinations of signals that there are.
    combinations: Vec<Signals>,
    classes: Vec<Class>,
    /// The tokens of all classes.
    words: Texts,
    /// The combination of each row.
    of_row: Vec<u16>,
    /// Addresses learned as ways out of a company, most users first.
    pub egress: Vec<Shared>,
    /// Addresses in a cloud that more than half of the users come from: perhaps the company's proxy.
    pub cloud_proxies: Vec<Shared>,
}

impl Labels {
    /// Labels all clicks. One pass an address and one a user over the rows; some hundred milliseconds a million.
    pub fn new(data: &Dataset, config: &Config) -> Labels {
        if data.is_empty() {
            return Labels::default();
        }
        let addresses = Addresses::new(data, config);
        let mut signals = addresses.signals_of_rows(data);
        delivery::mark(data, config, &mut signals);
        let habits = Habits::new(data);
        habits.bursts(config.preset, &mut signals);
        walks::mark(data, config.preset, &addresses, &mut signals);
        let lost = LostSeconds::new(data);
        without_timing(data, &lost, &mut signals);
        let shared = SharedAddresses::new(&habits, &addresses, &signals);
        shared.mark(data, &addresses, &mut signals);
        habits.mark(&addresses, &mut signals);
        without_timing(data, &lost, &mut signals);
        continued(data, &mut signals);
        Labels::packed(&signals, config, shared.egress, shared.cloud_proxies)
    }

    /// A data set has few combinations of signals; of a hostile one with more than fit the last ones are those of nobody.
    fn packed(
        signals: &[Signals],
        config: &Config,
        egress: Vec<Shared>,
        cloud_proxies: Vec<Shared>,
    ) -> Labels {
        let mut known: HashMap<u128, u32> = HashMap::new();
        let mut labels = Labels { egress, cloud_proxies, ..Labels::default() };
        for class in Class::ALL {
            labels.words.intern(class.token().as_bytes());
        }
        // The first one stands for all that do not fit.
        labels.combinations.push(Signals::NONE);
        known.insert(Signals::NONE.bits(), 0);
        let mut last = (Signals::NONE, 0);
        labels.of_row.reserve_exact(signals.len());
        for of_row in signals {
            if last.0 != *of_row {
                let combination = told_once(*of_row, config);
                let next = labels.combinations.len() as u32;
                let place = match known.get(&combination.bits()) {
                    Some(place) => *place,
                    None if next <= u16::MAX.into() => {
                        labels.combinations.push(combination);
                        known.insert(combination.bits(), next);
                        next
                    }
                    None => 0,
                };
                last = (*of_row, place as u16);
            }
            labels.of_row.push(last.1);
        }
        labels.classes = labels.combinations.iter().map(|signals| config.judge(*signals)).collect();
        labels
    }

    /// The class of a row.
    #[inline]
    pub fn class(&self, row: usize) -> Class {
        self.of_row.get(row).map_or(Class::Human, |at| self.classes[*at as usize])
    }

    /// The rows of a range that no person made, ascending.
    pub fn machines(&self, rows: std::ops::Range<usize>) -> Vec<u32> {
        let is_machine: Vec<bool> = self.classes.iter().map(|class| !class.is_person()).collect();
        let of_row = self.of_row.get(rows.clone()).unwrap_or_default();
        let rows = (rows.start as u32..).zip(of_row);
        rows.filter(|(_, at)| is_machine[**at as usize]).map(|(row, _)| row).collect()
    }

    /// The combinations of signals that there are, each with its class.
    pub fn combinations(&self) -> impl Iterator<Item = (Signals, Class)> + '_ {
        self.combinations.iter().copied().zip(self.classes.iter().copied())
    }

    /// Which of [`Labels::combinations`] a row has.
    pub fn combination(&self, row: usize) -> usize {
        self.of_row.get(row).copied().unwrap_or_default().into()
    }

    /// The same of some rows.
    pub fn of_rows(&self, rows: std::ops::Range<usize>) -> &[u16] {
        self.of_row.get(rows).unwrap_or_default()
    }

    /// The signals of a row.
    pub fn signals(&self, row: usize) -> Signals {
        self.of_row.get(row).map_or(Signals::default(), |at| self.combinations[*at as usize])
    }

    /// The classes as a column of the clicks.
    pub fn column(&self) -> FieldColumn<'_> {
        let of_combination = self.classes.iter().map(|class| *class as u32).collect();
        FieldColumn {
            ids: Ids::Label(&self.of_row, of_combination),
            texts: &self.words,
            parts: None,
            ordered: true,
        }
    }
}

/// Without what the other signals say already.
fn told_once(mut signals: Signals, config: &Config) -> Signals {
    for (all, part) in [(Signal::Burst, Signal::FewAtOnce), (Signal::Walk, Signal::FewRecipients)] {
        if signals.has(all) {
            signals = signals.without(part);
        }
    }
    // A machine is nobody, thus nobody else.
    match config.judge(signals).is_person() {
        true => signals,
        false => signals.without(Signal::MaybeSomebodyElse),
    }
}

/// Takes from the clicks that have lost their seconds what is told by them.
fn without_timing(data: &Dataset, lost: &LostSeconds, signals: &mut [Signals]) {
    const OF_SECONDS: Signals = Signals::NONE
        .with(Signal::BeforeDelivery)
        .with(Signal::AtDelivery)
        .with(Signal::SoonAfterDelivery)
        .with(Signal::Burst)
        .with(Signal::FewAtOnce)
        .with(Signal::AllLinks)
        .with(Signal::Walk)
        .with(Signal::FewRecipients)
        .with(Signal::Echo)
        .with(Signal::Interval);
    if lost.is_none() {
        return;
    }
    for (row, of_row) in signals.iter_mut().enumerate() {
        if lost.of(data, row) {
            *of_row = of_row.minus(OF_SECONDS);
        }
    }
}

/// X1: somebody pressed the button of the warning page. It speaks for all rows of the attempt.
fn continued(data: &Dataset, signals: &mut [Signals]) {
    let is_one = |row: usize| {
        let kind = data.kind_of(row);
        kind.action == Action::UserOverride || kind.clicked_through == Some(true)
    };
    for (_, of_row) in signals.iter_mut().enumerate().filter(|(row, _)| is_one(*row)) {
        of_row.add(Signal::Continued);
    }
    let mut attempts = vec![false; data.shared_attempts as usize];
    for (_, attempt) in data.sharing.iter().filter(|(row, _)| is_one(*row as usize)) {
        attempts[*attempt as usize] = true;
    }
    for (row, _) in data.sharing.iter().filter(|(_, attempt)| attempts[*attempt as usize]) {
        signals[*row as usize].add(Signal::Continued);
    }
}
