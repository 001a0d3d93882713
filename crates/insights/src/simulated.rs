//! Simulations against reality: who fails tests, who fails for real, and who again and again.
//!
//! Owns the numbers of each simulation, the comparison with real clicks and the list of repeat offenders. Must not know
//! filters, nor whose an address is: it is told. What anybody did with real mail is counted by whoever asks.

mod ask;
mod told;

pub use self::ask::AskSimulations;

use serde::{Deserialize, Serialize};

use self::told::{CLOCKS_MS, Campaign, Entry, Said, Told, judged, seconds};
use super::statistics::{FEW, Rate, in_a_row};
use clicks::beside::Simulations;
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
    /// Microsoft's `attack-simulation-training-faq` and MetaCompliance (“a few seconds”), PhishGrid (5 to 60); of made-up
    /// clicks of people 0.01 % come within 5 s (automation.md, 2.4).
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

/// Whether fewer or more clicked in the last simulation than in the first: only where both intervals are apart. Source:
/// automation.md, 4.4; how much the lure matters: NIST Phish Scale, `doi:10.6028/NIST.TN.2276`.
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
mod tests {
    use super::*;
    use clicks::beside::{Simulated, Stage, Stamp};

    /// 2026-04-02T08:00:00Z.
    const START: i64 = 1_775_116_800_000;
    const DAY: i64 = 86_400;
    const NOBODY: Rules<'static> = Rules { soon_ms: 5_000, run: RUN, behind: &|_, _| Behind::Unknown };

    /// Something that happened so many seconds after the start.
    fn event(campaign: &str, person: &str, stage: Stage, at: Option<i64>) -> Simulated {
        Simulated {
            is_guest: false,
            campaign: campaign.to_owned(),
            person: person.to_owned(),
            stage,
            at: at.map(|at| Stamp { ms: START + at * 1_000, either: false }),
            ip: String::new(),
            device: String::new(),
            how: String::new(),
            file: 0,
            list: Some("attack-simulation"),
        }
    }

    fn click(campaign: &str, person: &str, at: Option<i64>, ip: &str) -> Simulated {
        Simulated { ip: ip.to_owned(), ..event(campaign, person, Stage::Clicked, at) }
    }

    fn answer(real: &[RealPerson<'_>], events: &[Simulated], rules: &Rules<'_>) -> SimulationsAnswer {
        simulated(real, &Simulations { events: events.to_vec() }, rules)
    }

    fn person<'a>(name: &'a str, group: &'a str, bad_clicks: u32) -> RealPerson<'a> {
        RealPerson { name, group, bad_clicks, reached: 0 }
    }

    fn names(list: &TestedList) -> Vec<&str> {
        list.list.iter().map(|one| one.person.original()).collect()
    }

    /// What `tests/samples/simulation/attack-simulation-guest-qr-click-after-3s.csv` says.
    fn sample() -> Vec<Simulated> {
        use Stage::{Clicked, Delivered, Failed, Opened, Reported, Submitted};
        let mut events = Vec::new();
        for name in ["ana", "ben", "carla", "vendor", "dario", "eva"] {
            events.push(event("", name, Delivered, Some(0)));
        }
        events.push(event("", "ana", Opened, Some(1_740)));
        events.push(click("", "ana", Some(1_811), "203.0.113.7"));
        events.push(event("", "ana", Submitted, Some(1_860)));
        events.push(Simulated { how: "QRCode".to_owned(), ..click("", "ben", Some(3_600), "2001:db8::9") });
        events.push(event("", "ben", Reported, Some(3_000)));
        events.push(click("", "carla", Some(3), "198.51.100.99"));
        events.push(event("", "invoices", Failed, Some(0)));
        events.push(event("", "dario", Reported, Some(7_200)));
        events.push(event("", "eva", Clicked, Some(10_800)));
        events.push(event("", "eva", Clicked, Some(10_820)));
        events
    }

    #[test]
    fn simulation_counts_people_without_the_click_of_a_machine() {
        let answer = answer(&[], &sample(), &NOBODY);
        let [one] = answer.campaigns.as_slice() else { panic!("{:?}", answer.campaigns) };
        assert_eq!((one.first_ms, one.delivered), (Some(START), 6));
        assert_eq!((one.clicked.count, one.clicked.of), (3, 6));
        let thousandths = |share: Option<f64>| share.map(|share| (share * 1_000.0).round() as u64);
        assert_eq!((thousandths(one.clicked.low), thousandths(one.clicked.high)), (Some(188), Some(812)));
        assert_eq!(one.submitted.map(|rate| rate.count), Some(1));
        assert_eq!(one.reported.map(|rate| rate.count), Some(2));
        assert_eq!(thousandths(one.reported_per_click), Some(667));
        assert_eq!((one.by_code, one.false_clicks), (1, 1));
        assert_eq!(one.why, "1 within 5 seconds of delivery");
        assert_eq!((answer.tested, answer.not_received), (6, 1));
        assert_eq!(answer.rule.len(), 2);
    }

    #[test]
    fn click_of_a_scanner_before_that_of_a_person_is_a_click_of_the_person() {
        let mut events = sample();
        events.push(click("", "carla", Some(1_800), "203.0.113.7"));
        let one = &answer(&[], &events, &NOBODY).campaigns[0];
        assert_eq!((one.clicked.count, one.false_clicks), (4, 0));
    }

    #[test]
    fn data_given_away_later_is_a_person_and_said_to_be_only_follows_from_the_click() {
        for (at, count) in [(Some(60), 4), (Some(4), 3), (None, 3)] {
            let mut events = sample();
            events.push(event("", "carla", Stage::Submitted, at));
            let one = &answer(&[], &events, &NOBODY).campaigns[0];
            assert_eq!(one.clicked.count, count, "{at:?}");
            assert_eq!(one.submitted.map(|rate| rate.count), Some(count - 2), "{at:?}");
        }
        // Without any click that could be judged it is what the export says.
        let mut events = sample();
        events.push(event("", "vendor", Stage::Submitted, None));
        let answer = answer(&[], &events, &NOBODY);
        assert_eq!(answer.campaigns[0].clicked.count, 4);
        assert!(answer.rule[2].starts_with("1 click with neither"), "{:?}", answer.rule);
    }

    #[test]
    fn address_of_a_machine_is_told_at_any_time_and_that_of_people_too() {
        let behind = |ip: &str, _: Option<i64>| match ip {
            "203.0.113.7" => Behind::Machine("a scanner"),
            "198.51.100.99" => Behind::Person,
            _ => Behind::Unknown,
        };
        let rules = Rules { behind: &behind, ..NOBODY };
        let mut events = sample();
        events.retain(|event| event.stage != Stage::Submitted);
        let one = &answer(&[], &events, &rules).campaigns[0];
        assert_eq!((one.clicked.count, one.false_clicks), (3, 1));
        assert_eq!(one.why, "1 from a scanner");
        assert_eq!(one.submitted, None, "no export says that anybody did");
    }

    #[test]
    fn clicks_before_delivery_are_those_of_machines_unless_clocks_differ() {
        let with_early = |early: i64, late: i64| {
            let mut events = Vec::new();
            for n in 0..early + late {
                let name = format!("p{n}");
                events.push(event("Parcel", &name, Stage::Delivered, Some(100)));
                events.push(click("Parcel", &name, Some(if n < early { 7 } else { 900 + n }), ""));
            }
            answer(&[], &events, &NOBODY)
        };
        let few = with_early(1, 3);
        assert_eq!((few.campaigns[0].clicked.count, few.campaigns[0].false_clicks), (3, 1));
        assert_eq!(few.campaigns[0].why, "1 before delivery");
        let many = with_early(3, 1);
        assert_eq!((many.campaigns[0].clicked.count, many.campaigns[0].false_clicks), (4, 0));
        assert!(many.rule[2].contains("clocks differ"), "{:?}", many.rule);
    }

    #[test]
    fn times_without_seconds_tell_nothing_of_seconds() {
        let events = [
            event("Parcel", "ana", Stage::Delivered, Some(0)),
            click("Parcel", "ana", Some(0), "203.0.113.7"),
        ];
        let coarse = answer(&[], &events, &NOBODY);
        assert_eq!(coarse.campaigns[0].clicked.count, 1);
        assert!(coarse.rule[2].starts_with("1 click of files"), "{:?}", coarse.rule);
        let fine = [events[0].clone(), events[1].clone(), event("Parcel", "ben", Stage::Delivered, Some(1))];
        assert_eq!(answer(&[], &fine, &NOBODY).campaigns[0].false_clicks, 1);
    }

    #[test]
    fn quadrant_sets_simulations_against_real_clicks() {
        let real = [
            person("ana", "", 2),
            person("dario", "", 1),
            person("ben", "", 0),
            person("zoe", "", 3),
            person("invoices", "", 0),
        ];
        let answer = answer(&real, &sample(), &NOBODY);
        let [both, simulations, real, neither] = answer.quadrant.as_slice() else { panic!("four lists") };
        assert_eq!(names(both), ["ana"]);
        assert_eq!(names(simulations), ["ben", "eva"]);
        assert_eq!(names(real), ["dario"]);
        assert_eq!(names(neither), ["carla", "vendor"]);
        assert_eq!(neither.list[0].false_clicks, 1);
        assert_eq!((answer.not_tested, answer.not_tested_bad), (2, 1));
        assert!(answer.groups.is_empty(), "nobody's group is known");
    }

    #[test]
    fn list_names_the_first_and_counts_the_rest() {
        let names: Vec<String> = (0..250).map(|n| format!("p{n:03}")).collect();
        let events: Vec<Simulated> =
            names.iter().map(|name| event("Parcel", name, Stage::Delivered, Some(0))).collect();
        let neither = &answer(&[], &events, &NOBODY).quadrant[3];
        assert_eq!((neither.people, neither.list.len()), (250, 200));
        assert_eq!(neither.list[0].person, "p000");
    }

    #[test]
    fn group_of_few_people_has_no_interval_and_comes_last() {
        let real = [
            person("ana", "Finance", 1),
            person("ben", "Finance", 0),
            person("carla", "Finance", 0),
            person("dario", "Finance", 0),
            person("eva", "Finance", 0),
            person("vendor", "Guests", 1),
        ];
        let groups = answer(&real, &sample(), &NOBODY).groups;
        let [finance, guests] = groups.as_slice() else { panic!("{groups:?}") };
        assert_eq!(finance.group, "Finance");
        assert_eq!((finance.people, finance.too_few), (5, false));
        assert_eq!(finance.clicked, Rate::new(3, 5));
        assert_eq!(finance.bad, Rate::new(1, 5));
        assert_eq!((guests.too_few, guests.bad), (true, Rate::bare(1, 1)));
    }

    /// Three simulations, a day each; who received and was compromised in which.
    fn three(people: &[(&str, &[i64], &[i64])]) -> Vec<Simulated> {
        let mut events = Vec::new();
        for (name, received, compromised) in people {
            for day in *received {
                let campaign = (9 - day).to_string();
                events.push(event(&campaign, name, Stage::Delivered, Some(day * DAY)));
                if compromised.contains(day) {
                    events.push(event(&campaign, name, Stage::Submitted, Some(day * DAY + 90)));
                }
            }
        }
        events
    }

    #[test]
    fn repeat_offender_is_compromised_in_consecutive_simulations_that_they_received() {
        let events = three(&[
            ("ana", &[1, 2, 3], &[1, 2]),
            ("ben", &[1, 3], &[1, 3]),
            ("carla", &[1, 2, 3], &[]),
            ("dario", &[1, 2, 3], &[]),
        ]);
        let answer = answer(&[], &events, &NOBODY);
        assert_eq!(names(&answer.repeat), ["ana", "ben"]);
        assert_eq!(answer.repeat.list[1].in_a_row, 2);
        // By the rates 2/4, 1/3, 1/4: 5/24 for each of three people, 1/8 for ben.
        assert!((answer.repeat_by_chance - 0.75).abs() < 1e-9, "{}", answer.repeat_by_chance);
        let in_order: Vec<&str> = answer.campaigns.iter().map(|one| one.name.original()).collect();
        assert_eq!(in_order, ["8", "7", "6"]);
        let apart = three(&[("ana", &[1, 2, 3], &[1, 3])]);
        assert_eq!(super::simulated(&[], &Simulations { events: apart }, &NOBODY).repeat.people, 0);
    }

    #[test]
    fn click_counts_for_repeat_offenders_where_no_export_knows_more() {
        let mut events = three(&[("ana", &[1, 2], &[])]);
        events.push(click("8", "ana", Some(DAY + 60), ""));
        events.push(click("7", "ana", Some(2 * DAY + 60), ""));
        let by_click = answer(&[], &events, &NOBODY);
        assert_eq!(names(&by_click.repeat), ["ana"]);
        assert!(by_click.repeat_rule.contains("In 2 simulations"), "{}", by_click.repeat_rule);
        events.push(event("7", "ben", Stage::Submitted, Some(2 * DAY + 60)));
        assert_eq!(answer(&[], &events, &NOBODY).repeat.people, 0);
    }

    #[test]
    fn simulation_without_any_time_is_last_and_in_no_row() {
        let mut events = three(&[("ana", &[2], &[2])]);
        events.push(event("1", "ana", Stage::Submitted, None));
        let answer = answer(&[], &events, &NOBODY);
        assert_eq!(
            answer.campaigns.iter().map(|one| one.first_ms.is_some()).collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(answer.repeat.people, 0);
        assert!(answer.repeat_rule.contains("1 simulation without"), "{}", answer.repeat_rule);
    }

    #[test]
    fn lists_without_a_name_are_simulations_of_their_own() {
        let of_file = |file: u16, list: Option<&'static str>| {
            sample().into_iter().map(move |event| Simulated { file, list, ..event })
        };
        let two: Vec<Simulated> =
            of_file(0, Some("gophish-results")).chain(of_file(1, Some("gophish-results"))).collect();
        let counts = |events: &[Simulated]| {
            let answer = answer(&[], events, &NOBODY);
            answer.campaigns.iter().map(|one| (one.delivered, one.clicked.count)).collect::<Vec<_>>()
        };
        assert_eq!(counts(&two), [(6, 3), (6, 3)]);
        // Events are of the one list there is.
        let merged: Vec<Simulated> = of_file(0, Some("gophish-results")).chain(of_file(1, None)).collect();
        assert_eq!(counts(&merged), [(6, 3)]);
    }

    #[test]
    fn trend_is_said_only_where_intervals_are_apart() {
        let with = |first: i64, last: i64| {
            let mut events = Vec::new();
            for n in 0..100 {
                let name = format!("p{n}");
                for (campaign, day, clicks) in [("June", 30, last), ("May", 1, first)] {
                    events.push(event(campaign, &name, Stage::Delivered, Some(day * DAY)));
                    if n < clicks {
                        events.push(click(campaign, &name, Some(day * DAY + 61), ""));
                    }
                }
            }
            answer(&[], &events, &NOBODY).trend
        };
        assert!(with(40, 10).starts_with("Fewer"));
        assert!(with(10, 40).starts_with("More"));
        assert!(with(10, 14).contains("no more than chance"));
        assert_eq!(answer(&[], &sample(), &NOBODY).trend, "");
    }

    #[test]
    fn nothing_to_compare_says_nothing() {
        let answer = answer(&[person("ana", "", 1)], &[], &NOBODY);
        assert_eq!((answer.tested, answer.not_tested, answer.campaigns.len()), (0, 1, 0));
        assert_eq!(answer.quadrant.len(), QUADRANT.len());
    }
}
