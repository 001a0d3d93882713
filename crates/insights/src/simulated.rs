//! Simulations against reality: who fails tests, who fails for real, and who again and again.
//!
//! Owns the numbers of each simulation, the comparison with real clicks and the list of repeat offenders. Must not know
//! filters, nor whose an address is: it is told. What anybody did with real mail is counted by whoever asks.

mod ask;
mod told;

pub use self::ask::AskSimulations;

use serde::{Deserialize, Serialize};

use self::told::{Campaign, Entry, Said, Told, judged, seconds};
use super::statistics::{FEW, Rate, in_a_row};
use clicks::beside::Simulations;
use clicks::lens::CLOCKS_MS;
use clicks::model::sorting::{sort_window, sorted};
use clicks::model::text::counted;
use clicks::model::{NONE, Texts, Untrusted};

/// Compromised in so many simulations in a row is a repeat offender. Source: Microsoft's
/// `attack-simulation-training-insights`, whose default it is.
pub const RUN: usize = 2;

/// A longer run is none that anybody asks for.
pub const LONGEST_RUN: usize = 20;

/// What the four lists of [`SimulationsAnswer::quadrant`] are, in their order.
pub const QUADRANT: [&str; 4] = ["both", "simulations", "real", "neither"];

/// People of each of them that are named.
const LISTED: usize = 200;
/// Repeat offenders that are named: the list is for the training tool.
const REPEATERS: usize = 1_000;
/// Simulations that are told of, the newest ones; and groups.
const MOST_CAMPAIGNS: usize = 500;
const MOST_GROUPS: usize = 200;

/// What somebody did with real mail.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealPerson<'a> {
    /// Who, lower case, once.
    pub name: &'a str,
    /// Their group; empty where it is not known.
    pub group: &'a str,
    /// Clicks on malicious links, those of machines left out.
    pub bad_clicks: u32,
    /// Those that reached the page.
    pub reached: u32,
}

/// Who is behind an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behind {
    /// Nobody says.
    #[default]
    Unknown,
    /// People, as somebody who knows has said: whenever they click.
    Person,
    /// A machine: whose, in words that follow “from”.
    Machine(&'static str),
}

/// By what it is told.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// A click so many milliseconds after delivery, or sooner, is a machine's: `Preset::at_delivery_ms` of the lens. Source:
    /// Microsoft's `attack-simulation-training-faq` and MetaCompliance (“a few seconds”), PhishGrid (5 to 60); of the
    /// clicks of people in `cargo xtask bench lens` 0.01 % come within 5 s.
    pub soon_ms: i64,
    /// Compromised in so many simulations in a row is a repeat offender, [`RUN`] by default; at least 1.
    pub run: usize,
    /// Who is behind an address, of a click so many milliseconds after delivery where that is known.
    pub behind: &'a dyn Fn(&str, Option<i64>) -> Behind,
}

/// Simulations against reality.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SimulationsAnswer {
    /// The simulations in the order of time, those without any time last.
    pub campaigns: Vec<SimulationOutcome>,
    /// How many older ones are left out.
    pub more_campaigns: u64,
    /// Whether the last one differs from the first, in a sentence; empty where there are no two to compare.
    pub trend: String,
    /// People who received a simulation. All below is of them.
    pub tested: u64,
    /// People named in simulations who received none.
    pub not_received: u64,
    /// Guests, shared and service accounts: left out of all numbers here.
    pub out_of_scope: u64,
    /// People with real clicks who received none.
    pub not_tested: u64,
    /// Those of them with a malicious one.
    pub not_tested_bad: u64,
    /// Fail both, fail simulations alone, fail for real alone, neither: as [`QUADRANT`]. To fail a simulation is to click
    /// in it, to fail for real is a malicious click.
    pub quadrant: Vec<TestedList>,
    /// Groups, those first of which is most certain that they click; those of too few people last.
    pub groups: Vec<SimulatedGroup>,
    /// How many groups are left out.
    pub more_groups: u64,
    /// Repeat offenders, longest row first.
    pub repeat: TestedList,
    /// How many there would be by chance.
    pub repeat_by_chance: f64,
    /// Who is one.
    pub repeat_rule: String,
    /// How clicks of machines were told, in sentences.
    pub rule: Vec<String>,
}

/// What came of one simulation. People count once each; who clicked as a machine only, did not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SimulationOutcome {
    /// Its name; empty where the export says none.
    pub name: Untrusted,
    /// The first thing that happened in it, in Unix milliseconds.
    pub first_ms: Option<i64>,
    /// People who received it.
    pub delivered: u64,
    /// Those who clicked.
    pub clicked: Rate,
    /// Those who gave data away; none where no export of the kind says that anybody did.
    pub submitted: Option<Rate>,
    /// Those who reported it; none likewise.
    pub reported: Option<Rate>,
    /// Reported ÷ clicked.
    pub reported_per_click: Option<f64>,
    /// Those who clicked by QR code.
    pub by_code: u64,
    /// People whose clicks were all those of machines, left out above.
    pub false_clicks: u64,
    /// Why, with numbers.
    pub why: String,
}

/// People, and the first of them by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TestedList {
    /// How many.
    pub people: u64,
    /// The first of them.
    pub list: Vec<TestedPerson>,
}

/// What one person did, in how many simulations and for real.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TestedPerson {
    /// Who.
    pub person: Untrusted,
    /// Their group.
    pub group: Untrusted,
    /// Simulations received.
    pub received: u32,
    /// Those clicked in.
    pub clicked: u32,
    /// Those in which data was given away.
    pub submitted: u32,
    /// Those reported.
    pub reported: u32,
    /// Those in which a machine alone clicked.
    pub false_clicks: u32,
    /// Most simulations in a row in which they were compromised.
    pub in_a_row: u32,
    /// Real clicks on malicious links.
    pub bad_clicks: u32,
    /// Those that reached the page.
    pub reached: u32,
}

/// What a group did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SimulatedGroup {
    /// Its name; empty for people whose group is not known.
    pub group: Untrusted,
    /// People.
    pub people: u64,
    /// Too few people to compare: rates have no interval.
    pub too_few: bool,
    /// Simulations clicked in, of those that its people received.
    pub clicked: Rate,
    /// People with a real malicious click.
    pub bad: Rate,
}

/// Compares what people did in simulations with what they did for real. `real` names everybody whose group or real clicks
/// are known, once, also those without a malicious click.
pub fn simulated(real: &[RealPerson<'_>], simulations: &Simulations, rules: &Rules<'_>) -> SimulationsAnswer {
    let rules = &Rules { run: rules.run.clamp(1, LONGEST_RUN), ..*rules };
    let (mut told, mut campaigns) = Told::new(&simulations.events);
    let mut said = Said::default();
    let entries = judged(&told, &mut campaigns, rules, &mut said);
    let named = told.people.len();

    let mut real_of = vec![NONE; named];
    for (at, person) in (0..).zip(real) {
        let id = told.people.intern(person.name.as_bytes()) as usize;
        if let Some(place) = real_of.get_mut(id) {
            *place = at;
        }
    }
    let (ones, by_chance) = each_person(&entries, &campaigns, &real_of, rules.run);
    let seen = Seen { people: &told.people, real, ones: &ones };
    let is_tested = seen.is_tested();
    let untested = || real.iter().zip(&is_tested).filter(|(_, is)| !**is).map(|(person, _)| person);
    let (groups, more_groups) = seen.groups();
    SimulationsAnswer {
        more_campaigns: campaigns.len().saturating_sub(MOST_CAMPAIGNS) as u64,
        trend: trend(&campaigns).to_owned(),
        tested: ones.len() as u64,
        not_received: (named - ones.len()) as u64,
        out_of_scope: 0,
        not_tested: untested().count() as u64,
        not_tested_bad: untested().filter(|person| person.bad_clicks > 0).count() as u64,
        quadrant: seen.quadrant(),
        groups,
        more_groups,
        repeat: seen.repeat(rules.run),
        repeat_by_chance: by_chance,
        repeat_rule: repeat_rule(&campaigns, rules.run),
        rule: rule(&campaigns, rules, &said),
        campaigns: campaigns
            .iter()
            .skip(campaigns.len().saturating_sub(MOST_CAMPAIGNS))
            .map(|campaign| campaign.outcome(rules))
            .collect(),
    }
}

impl Campaign<'_> {
    fn outcome(&self, rules: &Rules<'_>) -> SimulationOutcome {
        let rate = |people: u64| Rate::new(people, self.delivered);
        let mut why: Vec<String> =
            self.why.iter().map(|(why, people)| why.in_words(*people, rules)).collect();
        if self.clocks_differ() {
            why.push("clocks of delivery and of clicks differ, so times say nothing".to_owned());
        }
        SimulationOutcome {
            name: self.name.into(),
            first_ms: self.first,
            delivered: self.delivered,
            clicked: rate(self.clicked),
            submitted: self.tells_submitted.then(|| rate(self.submitted)),
            reported: self.tells_reported.then(|| rate(self.reported)),
            reported_per_click: (self.tells_reported && self.clicked > 0)
                .then_some(self.reported as f64 / self.clicked as f64),
            by_code: self.by_code,
            false_clicks: self.why.iter().map(|(_, people)| people).sum(),
            why: why.join("; "),
        }
    }
}

/// One person over all simulations that they received.
#[derive(Default)]
struct One {
    person: u32,
    /// Place among those of real clicks, or [`NONE`].
    real: u32,
    received: u32,
    clicked: u32,
    submitted: u32,
    reported: u32,
    false_clicks: u32,
    in_a_row: u32,
}

/// Everybody who received a simulation, and how many would be compromised `run` times in a row by chance: if all were
/// alike, in each simulation as many as were.
fn each_person(
    entries: &[Entry],
    campaigns: &[Campaign<'_>],
    real_of: &[u32],
    run: usize,
) -> (Vec<One>, f64) {
    let (mut ones, mut by_chance, mut chances) = (Vec::new(), 0.0_f64, Vec::new());
    for of_person in entries.chunk_by(|a, b| a.person == b.person) {
        let Some(first) = of_person.first() else { continue };
        let real = real_of.get(first.person as usize).copied().unwrap_or(NONE);
        let mut one = One { person: first.person, real, ..One::default() };
        let mut row = 0;
        chances.clear();
        for entry in of_person {
            one.received += 1;
            one.clicked += u32::from(entry.clicked);
            one.submitted += u32::from(entry.submitted);
            one.reported += u32::from(entry.reported);
            one.false_clicks += u32::from(entry.is_false);
            let campaign = &campaigns[entry.rank as usize];
            // Without any time it is not known what comes after what.
            if campaign.first.is_none() {
                continue;
            }
            let is_compromised = if campaign.tells_submitted { entry.submitted } else { entry.clicked };
            row = if is_compromised { row + 1 } else { 0 };
            one.in_a_row = one.in_a_row.max(row);
            chances.push(campaign.compromised() as f64 / campaign.delivered.max(1) as f64);
        }
        by_chance += in_a_row(&chances, run);
        ones.push(one);
    }
    (ones, by_chance)
}

/// What is counted of a group.
#[derive(Clone, Copy, Default)]
struct Counts {
    people: u64,
    bad: u64,
    received: u64,
    clicked: u64,
}

/// Everybody who received a simulation, ready to be listed.
struct Seen<'a> {
    people: &'a Texts,
    real: &'a [RealPerson<'a>],
    ones: &'a [One],
}

impl Seen<'_> {
    fn real_of(&self, one: &One) -> RealPerson<'_> {
        self.real.get(one.real as usize).copied().unwrap_or_default()
    }

    /// For each person of real clicks whether they received a simulation.
    fn is_tested(&self) -> Vec<bool> {
        let mut is_tested = vec![false; self.real.len()];
        for one in self.ones {
            if let Some(is) = is_tested.get_mut(one.real as usize) {
                *is = true;
            }
        }
        is_tested
    }

    fn quadrant(&self) -> Vec<TestedList> {
        let mut lists: [Vec<u32>; 4] = Default::default();
        for (id, one) in (0..).zip(self.ones) {
            let place = match (one.clicked > 0, self.real_of(one).bad_clicks > 0) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            lists[place].push(id);
        }
        let gravest = |one: &One| [self.real_of(one).bad_clicks, one.submitted, one.clicked];
        lists.into_iter().map(|ids| self.list(ids, LISTED, &gravest)).collect()
    }

    fn repeat(&self, run: usize) -> TestedList {
        let again = (0..).zip(self.ones).filter(|(_, one)| one.in_a_row as usize >= run);
        let ids = again.map(|(id, _)| id).collect();
        self.list(ids, REPEATERS, &|one: &One| [one.in_a_row, one.submitted, one.clicked])
    }

    /// Some people, those with the largest numbers first.
    fn list(&self, mut ids: Vec<u32>, most: usize, numbers: &dyn Fn(&One) -> [u32; 3]) -> TestedList {
        let people = ids.len() as u64;
        let of = |id: u32| &self.ones[id as usize];
        let window = sort_window(&mut ids, 0, most, &mut |a, b| {
            let (a, b) = (of(a), of(b));
            let by_name = || self.people.get(a.person).cmp(self.people.get(b.person));
            numbers(b).cmp(&numbers(a)).then_with(by_name)
        });
        TestedList { people, list: window.iter().map(|id| self.shown(of(*id))).collect() }
    }

    fn shown(&self, one: &One) -> TestedPerson {
        let real = self.real_of(one);
        TestedPerson {
            person: self.people.get(one.person).into(),
            group: real.group.into(),
            received: one.received,
            clicked: one.clicked,
            submitted: one.submitted,
            reported: one.reported,
            false_clicks: one.false_clicks,
            in_a_row: one.in_a_row,
            bad_clicks: real.bad_clicks,
            reached: real.reached,
        }
    }

    /// The groups, and how many are left out. None where no group is known of anybody.
    fn groups(&self) -> (Vec<SimulatedGroup>, u64) {
        let mut names = Texts::default();
        let of_real: Vec<u32> =
            self.real.iter().map(|person| names.intern(person.group.as_bytes())).collect();
        let mut counts = vec![Counts::default(); names.len() + 1];
        for one in self.ones {
            let group = of_real.get(one.real as usize).copied().unwrap_or(NONE);
            // Those of no group come last.
            let of_group = &mut counts[(group as usize).min(names.len())];
            of_group.people += 1;
            of_group.bad += u64::from(self.real_of(one).bad_clicks > 0);
            of_group.received += u64::from(one.received);
            of_group.clicked += u64::from(one.clicked);
        }
        if names.is_empty() {
            return (Vec::new(), 0);
        }
        let groups: Vec<SimulatedGroup> = (0..)
            .zip(&counts)
            .filter(|(_, of)| of.people > 0)
            .map(|(id, of)| {
                let too_few = of.people < FEW;
                let rate = if too_few { Rate::bare } else { Rate::new };
                SimulatedGroup {
                    group: names.get(id).into(),
                    people: of.people,
                    too_few,
                    clicked: rate(of.clicked, of.received),
                    bad: rate(of.bad, of.people),
                }
            })
            .collect();
        // By what is certain, not by what a few people happen to do.
        let certain = |group: &SimulatedGroup| group.clicked.low.unwrap_or(-1.0);
        let mut groups =
            sorted(groups, |a, b| certain(b).total_cmp(&certain(a)).then_with(|| a.group.cmp(&b.group)));
        let more = groups.len().saturating_sub(MOST_GROUPS) as u64;
        groups.truncate(MOST_GROUPS);
        (groups, more)
    }
}

/// Whether fewer or more clicked in the last simulation than in the first: only where both intervals are apart. No source;
/// how much the lure matters: NIST Phish Scale, `doi:10.6028/NIST.TN.2276`.
fn trend(campaigns: &[Campaign<'_>]) -> &'static str {
    let told = || campaigns.iter().filter(|campaign| campaign.first.is_some() && campaign.delivered >= FEW);
    let (Some(first), Some(last)) = (told().next(), told().next_back()) else { return "" };
    if std::ptr::eq(first, last) {
        return "";
    }
    let rate = |campaign: &Campaign<'_>| Rate::new(campaign.clicked, campaign.delivered);
    let (first, last) = (rate(first), rate(last));
    if last.high < first.low {
        "Fewer clicked in the last simulation than in the first, by more than chance; how hard each was is not known."
    } else if last.low > first.high {
        "More clicked in the last simulation than in the first, by more than chance; how hard each was is not known."
    } else {
        "First and last simulation differ by no more than chance would have it."
    }
}

fn repeat_rule(campaigns: &[Campaign<'_>], run: usize) -> String {
    let mut rule = format!(
        "Gave data away in {run} or more simulations in a row of those they received, as Microsoft has it; by chance is, if all people were alike and each simulation as hard as it was."
    );
    let count = |is: &dyn Fn(&Campaign<'_>) -> bool| campaigns.iter().filter(|c| is(c)).count() as u64;
    let by_click = count(&|campaign| !campaign.tells_submitted);
    if by_click > 0 {
        rule += &format!(
            " In {} no export says that anybody gave data away: there a click counts.",
            counted(by_click, "simulation", "simulations")
        );
    }
    let timeless = count(&|campaign| campaign.first.is_none());
    if timeless > 0 {
        rule += &format!(" {} without any time: in no row.", counted(timeless, "simulation", "simulations"));
    }
    rule
}

fn rule(campaigns: &[Campaign<'_>], rules: &Rules<'_>, said: &Said) -> Vec<String> {
    let mut rule = vec![
        format!(
            "A click within {} of delivery is a scanner’s, as Microsoft says of simulations too; so is one more than {} before it, and one from an address where only machines are.",
            seconds(rules.soon_ms),
            seconds(CLOCKS_MS)
        ),
        "Who clicked once more, or gave data away later, clicked. What you said of addresses stands above the time.".to_owned(),
    ];
    let differ = campaigns.iter().filter(|campaign| campaign.clocks_differ()).count() as u64;
    if differ > 0 {
        rule.push(format!(
            "In {} many clicks precede delivery: clocks differ, and times say nothing there.",
            counted(differ, "simulation", "simulations")
        ));
    }
    if said.coarse > 0 {
        rule.push(format!(
            "{} of files whose times have no seconds: told by address alone.",
            counted(said.coarse, "click", "clicks")
        ));
    }
    if said.untold > 0 {
        rule.push(format!(
            "{} with neither time nor address: taken for people’s.",
            counted(said.untold, "click", "clicks")
        ));
    }
    rule
}

#[cfg(test)]
mod tests;
