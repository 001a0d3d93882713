//! The question about simulations: brings together what somebody did for real and what they did in tests.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::super::accounts::{is_no_person, names_of_no_person};
use super::{Behind, RUN, RealPerson, Rules, SimulationsAnswer, simulated};
use clicks::Failure;
use clicks::beside::{Simulations, Tables};
use clicks::hindsight::Outcome;
use clicks::lens::{Config, Networks, SOON_MS, Tier};
use clicks::model::ids::Id as _;
use clicks::model::{Dataset, NONE, Verdict};
use clicks::query::{Ask, Cx, Selection};

/// Asks how people do in simulations and with the real mail that passes a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskSimulations {
    /// Canonical text of a filter, for the real clicks; its settings of the lens tell false clicks of simulations too.
    pub filter: String,
    /// How many simulations in a row make a repeat offender; 0 for [`RUN`].
    pub run: u32,
}

impl Ask for AskSimulations {
    const NAME: &'static str = "simulations";
    type Answer = SimulationsAnswer;

    fn answer(&self, cx: &mut Cx) -> Result<SimulationsAnswer, Failure> {
        let (_, selection) = cx.select(&self.filter)?;
        let (data, tables) = (cx.data(), cx.tables());
        let config = selection.lens.config();
        let behind = |address: &str, after: Option<i64>| behind(config, address, after);
        let run = if self.run == 0 { RUN } else { self.run as usize };
        let rules = Rules { soon_ms: config.preset.at_delivery_ms(), run, behind: &behind };
        let names: Vec<String> = data.users.iter().map(str::to_lowercase).collect();
        let mut simulations = by_user(tables, &names);
        let odd = names_of_no_person(tables);
        let out = leave_out(&mut simulations, &odd);
        let counts = real(data, &selection);
        let group = |user: usize| data.groups.text(data.group_of_user.at(user));
        let mut in_view = vec![false; names.len()];
        for row in selection.iter(data) {
            if let Some(one) = in_view.get_mut(data.user.at(row).raw() as usize) {
                *one = true;
            }
        }
        let tested: HashSet<&str> = simulations.events.iter().map(|event| event.person.as_str()).collect();
        let people: Vec<RealPerson<'_>> = names
            .iter()
            .zip(counts)
            .enumerate()
            .filter(|(user, (name, _))| in_view[*user] || tested.contains(name.as_str()))
            .filter(|(_, (name, _))| !out.contains(name.as_str()) && !is_no_person(name, &odd))
            .map(|(user, (name, (bad_clicks, reached)))| RealPerson {
                name,
                group: group(user),
                bad_clicks,
                reached,
            })
            .collect();
        Ok(SimulationsAnswer { out_of_scope: out.len() as u64, ..simulated(&people, &simulations, &rules) })
    }
}

/// Takes out what accounts of nobody in the company did, and says which these are: nobody is to be trained there.
fn leave_out(simulations: &mut Simulations, odd: &HashSet<String>) -> HashSet<String> {
    let mut out: HashSet<String> = HashSet::new();
    for event in &simulations.events {
        if event.is_guest || is_no_person(&event.person, odd) {
            out.insert(event.person.clone());
        }
    }
    simulations.events.retain(|event| !out.contains(&event.person));
    out
}

/// Malicious clicks of each user, and those that reached a page that is not safe. Machines' do not count, nor do clicks on
/// simulations.
fn real(data: &Dataset, selection: &Selection) -> Vec<(u32, u32)> {
    let (facts, labels) = (selection.hindsight.of(data), selection.lens.labels(data));
    let mut counts = vec![(0, 0); data.users.len()];
    let mut seen = HashSet::new();
    for row in selection.iter(data) {
        let attempt = facts.attempt(row);
        if !labels.class(row).is_person() || attempt == Outcome::Simulation {
            continue;
        }
        if let Some((bad, reached)) = counts.get_mut(data.user.at(row).raw() as usize) {
            let is_reached = facts.has_reached_bad(data, row);
            // A warning and the click past it are one.
            let shared = data.attempt(row);
            let n = data.weight_of(row);
            let mut is_new =
                |what: u64| shared == NONE || !is_known(&mut seen, what << 32 | u64::from(shared));
            let is_bad = data.kind_of(row).verdict == Verdict::Malicious || is_reached;
            *bad += if is_bad && is_new(0) { n } else { 0 };
            *reached += if is_reached && is_new(1) { n } else { 0 };
        }
    }
    counts
}

fn is_known(seen: &mut HashSet<u64>, key: u64) -> bool {
    !seen.insert(key)
}

/// Simulations name mail addresses, clicks name accounts: a directory that knows both makes them one.
fn by_user(tables: &Tables, users: &[String]) -> Simulations {
    let mut account: HashMap<&str, &str> = HashMap::new();
    let is_user: HashMap<&str, bool> = users.iter().map(|user| (user.as_str(), true)).collect();
    for person in &tables.people.people {
        if let Some(user) = person.names.iter().find(|name| is_user.contains_key(name.as_str())) {
            account.extend(person.names.iter().map(|name| (name.as_str(), user.as_str())));
        }
    }
    let mut simulations = tables.simulations.clone();
    for event in &mut simulations.events {
        if let Some(user) = account.get(event.person.as_str()) {
            event.person = (*user).to_owned();
        }
    }
    simulations
}

fn behind(config: &Config, address: &str, after: Option<i64>) -> Behind {
    let Ok(address) = address.parse() else { return Behind::Unknown };
    if let Some(said) = config.said_of(address) {
        return if said.is_human {
            Behind::Person
        } else {
            Behind::Machine("an address that somebody calls a machine’s")
        };
    }
    match Networks::default().of(address).map(|network| (network.tier, network.owner)) {
        Some((Tier::Service, owner)) => Behind::Machine(owner),
        Some((Tier::Vendor, owner)) if after.is_some_and(|ms| ms <= SOON_MS) => Behind::Machine(owner),
        _ => Behind::Unknown,
    }
}
