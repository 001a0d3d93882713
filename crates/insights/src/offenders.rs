//! Who keeps doing it: people for a training, by a rule that somebody chooses and that is printed with the list.
//!
//! Owns the rule, who is left out and why, and how many would be on the list by chance. That the rule is chosen, and counts campaigns
//! or days instead of clicks: those who define repeat clickers do not agree (sources in `docs/insights.md`, Training).

mod lures;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::lures::Lures;
use super::accounts::{is_no_person, names_of_no_person};
use super::gaps;
use super::statistics::{FEW, poisson_at_least, wilson};
use super::worklist::{Happened, came_of_it};
use clicks::Failure;
use clicks::beside::Tables;
use clicks::hindsight::{Facts, Outcome};
use clicks::import::{FileReport, Gap};
use clicks::lens::Signal;
use clicks::model::ids::Id as _;
use clicks::model::sorting::sorted;
use clicks::model::text::{counted, thousands};
use clicks::model::{Action, DAY_MS, Dataset, Field, NONE, Untrusted, Verdict};
use clicks::query::{Ask, Cx, Selection, values};

/// Asks who keeps doing it among the clicks that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskOffenders {
    /// Canonical text of a filter.
    pub filter: String,
    /// What counts: one of [`TRIGGERS`]; empty for the first.
    pub trigger: String,
    /// How often, at the least; 0 for twice.
    pub times: u32,
    /// In how many different of what: one of [`APART`]; empty for the first.
    pub apart: String,
    /// Guests, shared mailboxes and service accounts count too, and clicks that may be somebody else's.
    pub everybody: bool,
    /// The clicks that count are told with each person.
    pub evidence: bool,
}

/// What can count, with its words.
pub const TRIGGERS: [(&str, &str); 3] = [
    ("reached", "reached a page that is not safe"),
    ("overridden", "went past a warning"),
    ("clicked", "clicked a malicious link (stopped or not)"),
];

/// What can tell one time from another, with its words.
pub const APART: [(&str, &str); 3] = [("campaigns", "campaigns"), ("days", "days"), ("clicks", "clicks")];

/// Who keeps doing it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Offenders {
    /// The people, the most often first, then by the lower bound of their rate, then the newest; at most [`PEOPLE`].
    pub people: Vec<Offender>,
    /// How many there are.
    pub total: u64,
    /// How many there would be if it came to people by chance, as often as they click. None where nothing can be compared:
    /// fewer than five people in view, or no click in view but those that count.
    pub by_chance: Option<f64>,
    /// The rule, in a sentence or two.
    pub rule: String,
    /// Who is left out, in a sentence; empty for nobody.
    pub left_out: String,
    /// What the exports do not say and people may be missing for, in a sentence; empty for nothing.
    pub unsaid: String,
}

/// One person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Offender {
    /// Who.
    pub user: Untrusted,
    /// Their group, where a directory says it.
    pub group: Untrusted,
    /// How often, by the rule.
    pub times: u64,
    /// Clicks that count; a warning and the click past it are one.
    pub clicks: u64,
    /// Of how many: bad links, warnings shown, or clicks at all.
    pub of: u64,
    /// Lower end of the 95 % interval of the rate, a share from 0 to 1; none where it is of fewer than five.
    pub at_least: Option<f64>,
    /// Campaigns, or hosts of what is of none, the newest first; the first [`NAMED`].
    pub where_: Vec<Untrusted>,
    /// How many more of them there are.
    pub more: u64,
    /// The newest click that counts, Unix milliseconds.
    pub last_ms: i64,
    /// The clicks that count, the newest first, at most [`TOLD`]; empty where nobody asked for them.
    pub happened: Vec<Happened>,
}

/// People of a list: as many as a file of addresses for a training is ever made of.
const PEOPLE: usize = 10_000;
/// Campaigns that are named of a person.
const NAMED: usize = 4;
/// Clicks that are told of a person.
const TOLD: usize = 50;
/// Bytes that all told clicks may have together: an answer travels as one text. The first people get theirs.
const EVIDENCE: usize = 8_000_000;
/// What a told click takes beside its URL, about.
const TOLD_BYTES: usize = 250;

impl Ask for AskOffenders {
    const NAME: &'static str = "offenders";
    type Answer = Offenders;

    fn answer(&self, cx: &mut Cx) -> Result<Offenders, Failure> {
        let word = |given: &str, known: &[(&'static str, &'static str); 3], what: &str| {
            let found = known.iter().position(|(name, _)| given.is_empty() || *name == given);
            found.ok_or_else(|| {
                let names = known.map(|(name, _)| name).join(", ");
                Failure::bad_request(format!("“{given}” is not known for {what}; there are {names}."))
            })
        };
        let trigger = word(&self.trigger, &TRIGGERS, "trigger")?;
        let apart = word(&self.apart, &APART, "apart")?;
        let times = if self.times == 0 { 2 } else { self.times };
        let (_, selection) = cx.select(&self.filter)?;
        let rule = Rule { trigger, apart, times, everybody: self.everybody };
        let evidence = if self.evidence { EVIDENCE } else { 0 };
        let mut found = rule.apply(cx.data(), cx.tables(), &selection, evidence);
        found.unsaid = rule.unsaid(cx.files());
        Ok(found)
    }
}

struct Rule {
    trigger: usize,
    apart: usize,
    times: u32,
    everybody: bool,
}

/// What is counted of one person.
#[derive(Default)]
struct Count {
    /// All clicks of a person, for what chance would give.
    all: u64,
    clicks: u64,
    of: u64,
    /// What tells one time from another, see [`Rule::place`].
    places: HashSet<u64>,
    /// The newest row that counts.
    last: usize,
    /// The first row of each click that counts.
    rows: Vec<u32>,
}

/// What an attempt with several rows has been counted for already, a bit each: a warning and the click past it are one.
const ALL: u8 = 1;
const OF: u8 = 2;
const COUNTS: u8 = 4;
const LEFT_OUT: u8 = 8;

impl Rule {
    /// `evidence`: how many bytes of told clicks there may be.
    fn apply(&self, data: &Dataset, tables: &Tables, selection: &Selection, evidence: usize) -> Offenders {
        let facts = selection.hindsight.of(data);
        let mut out = LeftOut::default();
        let lures = Lures::new(data, facts, selection.hindsight.own_names(data));
        let counts = self.count(data, selection, &lures, &mut out);
        let odd = if self.everybody { None } else { Some(names_of_no_person(tables)) };
        let mut people: Vec<(u32, &Count)> = Vec::new();
        for (user, count) in (0..).zip(&counts).filter(|(_, count)| count.all > 0) {
            let name = data.users.raw().get(user);
            if odd.as_ref().is_some_and(|odd| is_no_person(name, odd)) {
                out.accounts += u64::from(count.clicks > 0);
                out.of_accounts += count.clicks;
            } else {
                people.push((user, count));
            }
        }
        let by_chance = self.by_chance(&people);
        let of_list: Vec<(u32, &Count)> =
            people.into_iter().filter(|(_, count)| self.times_of(count) >= u64::from(self.times)).collect();
        let total = of_list.len() as u64;
        let rank = |(_, count): &(u32, &Count)| {
            let bound = at_least(count).unwrap_or(0.0) * 10_000.0;
            (self.times_of(count), bound as u64, count.last)
        };
        let of_list = sorted(of_list, |a, b| rank(b).cmp(&rank(a)));
        let mut left = evidence;
        let people = of_list
            .iter()
            .take(PEOPLE)
            .map(|(user, count)| self.offender(data, &lures, *user, count, &mut left))
            .collect();
        Offenders {
            people,
            total,
            by_chance,
            rule: self.said(),
            left_out: out.said(),
            ..Offenders::default()
        }
    }

    /// Goes through the rows in view once; everybody has a count, by number.
    fn count(
        &self,
        data: &Dataset,
        selection: &Selection,
        lures: &Lures<'_>,
        out: &mut LeftOut,
    ) -> Vec<Count> {
        let facts = selection.hindsight.of(data);
        let labels = selection.lens.labels(data);
        let zone = &selection.hours.zone;
        let mut counts: Vec<Count> = Vec::new();
        counts.resize_with(data.users.len(), Count::default);
        let mut of_attempt = vec![0_u8; data.shared_attempts as usize];
        // Both in their order: one walk finds the attempts that rows share.
        let mut sharing = data.sharing.iter().peekable();
        for row in selection.iter(data) {
            while sharing.next_if(|(shared, _)| (*shared as usize) < row).is_some() {}
            let attempt =
                sharing.peek().filter(|(shared, _)| *shared as usize == row).map_or(NONE, |one| one.1);
            // How many clicks a row is for something; none where another row of its attempt was it.
            let mut clicks = |what: u8| match of_attempt.get_mut(attempt as usize) {
                Some(known) => {
                    let is_new = *known & what == 0;
                    *known |= what;
                    u64::from(is_new)
                }
                None => data.weight_of(row).into(),
            };
            let (counts_it, is_of) = self.test(data, facts, row);
            let count = counts.get_mut(data.user.at(row).raw() as usize);
            let is_else = !self.everybody && labels.signals(row).has(Signal::MaybeSomebodyElse);
            let why = if facts.attempt(row) == Outcome::Simulation {
                &mut out.tests
            } else if !labels.class(row).is_person() {
                &mut out.machines
            } else if is_else {
                &mut out.others
            } else if let Some(count) = count {
                count.all += clicks(ALL);
                if is_of {
                    count.of += clicks(OF);
                }
                if counts_it {
                    let new = clicks(COUNTS);
                    count.last = row;
                    count.clicks += new;
                    if new > 0 {
                        let day = zone.wall_of(data.time[row]).div_euclid(DAY_MS);
                        count.places.insert(self.place(lures, row, day));
                        count.rows.push(row as u32);
                    }
                }
                continue;
            } else {
                &mut out.nameless
            };
            if counts_it {
                *why += clicks(LEFT_OUT);
            }
        }
        counts
    }

    /// Whether a row counts, and whether it is among those that the rate is of.
    fn test(&self, data: &Dataset, facts: &Facts, row: usize) -> (bool, bool) {
        let kind = data.kind_of(row);
        let attempt = facts.attempt(row);
        match self.trigger {
            0 => {
                let is_bad = attempt.is_reached_bad();
                // The warning itself is no page that was reached.
                (is_bad && kind.action.reached(), is_bad || attempt == Outcome::Stopped)
            }
            1 => {
                // Of an override rate: a warning or waiting page was shown, see `docs/words.md`.
                let is_past = kind.action == Action::UserOverride;
                (is_past, kind.was_warned())
            }
            _ => (kind.verdict == Verdict::Malicious, true),
        }
    }

    /// What tells one time from another. `day`: of the row, by the clock of the view.
    fn place(&self, lures: &Lures<'_>, row: usize, day: i64) -> u64 {
        match self.apart {
            0 => lures.number(row),
            1 => day as u64,
            _ => row as u64,
        }
    }

    /// How often somebody did it.
    fn times_of(&self, count: &Count) -> u64 {
        // A row may stand for several clicks.
        if self.apart == 2 { count.clicks } else { count.places.len() as u64 }
    }

    /// How many of these people would be on the list if all times of all of them came to each as often as he or she clicks.
    fn by_chance(&self, people: &[(u32, &Count)]) -> Option<f64> {
        let all: u64 = people.iter().map(|(_, count)| count.all).sum();
        let clicks: u64 = people.iter().map(|(_, count)| count.clicks).sum();
        let times: u64 = people.iter().map(|(_, count)| self.times_of(count)).sum();
        if (people.len() as u64) < FEW || clicks >= all {
            return None;
        }
        let of_each = times as f64 / all as f64;
        let chance =
            |(_, count): &(u32, &Count)| poisson_at_least(of_each * count.all as f64, u64::from(self.times));
        Some(people.iter().map(chance).sum())
    }

    fn offender(
        &self,
        data: &Dataset,
        lures: &Lures<'_>,
        user: u32,
        count: &Count,
        left: &mut usize,
    ) -> Offender {
        let mut one = Offender {
            user: data.users.raw().get(user).into(),
            group: values::text(data, count.last, Field::Group).into(),
            times: self.times_of(count),
            clicks: count.clicks,
            of: count.of,
            at_least: at_least(count),
            last_ms: data.time[count.last],
            ..Offender::default()
        };
        let mut known = HashSet::new();
        for row in count.rows.iter().rev().map(|row| *row as usize) {
            if known.insert(lures.number(row)) {
                match one.where_.len() {
                    ..NAMED => one.where_.push(lures.name(row)),
                    _ => one.more += 1,
                }
            }
            if one.happened.len() < TOLD && *left > 0 {
                let click = told(data, lures.facts, row);
                *left = left.saturating_sub(click.url.original().len() + TOLD_BYTES);
                one.happened.push(click);
            }
        }
        one
    }

    fn said(&self) -> String {
        let (_, did) = TRIGGERS[self.trigger];
        let apart = match self.apart {
            0 => " in different campaigns (hosts, where no campaign is known)",
            1 => " on different days",
            _ => "",
        };
        let whom = if self.everybody {
            "Guests, shared and service accounts and clicks that may be somebody else’s count too; clicks that look automated do not."
        } else {
            "Clicks that look automated or may be somebody else’s do not count, nor do guests, shared and service accounts."
        };
        format!("People who {did} at least {}{apart}. {whom}", counted(self.times.into(), "time", "times"))
    }

    /// What the rule stands on and the exports do not say.
    fn unsaid(&self, files: &[FileReport]) -> String {
        // For which of the triggers it matters.
        let matters = |gap: Gap| match gap {
            Gap::Threats | Gap::Allowed => self.trigger != 1,
            _ => self.trigger != 2,
        };
        gaps::of_people(files, matters)
    }
}

/// Lower end of the interval of a rate; none where it says too little.
fn at_least(count: &Count) -> Option<f64> {
    wilson(count.clicks, count.of).filter(|_| count.of >= FEW).map(|(low, _)| low)
}

/// One click that counts, as evidence.
fn told(data: &Dataset, facts: &Facts, row: usize) -> Happened {
    let attempt = facts.attempt(row);
    let said = match attempt.is_reached_bad() {
        true => came_of_it(data, facts, row, attempt),
        false => attempt.label().to_lowercase(),
    };
    Happened {
        row: row as u32,
        time_ms: data.time[row],
        url: values::text(data, row, Field::Url).into(),
        campaign: facts.campaigns().get(facts.campaign(data, row)).into(),
        said: vec![said],
    }
}

/// Clicks that would count and do not.
#[derive(Default)]
struct LeftOut {
    tests: u64,
    machines: u64,
    others: u64,
    nameless: u64,
    /// Accounts that are not of one person of the company, and their clicks.
    accounts: u64,
    of_accounts: u64,
}

impl LeftOut {
    fn said(&self) -> String {
        let accounts =
            counted(self.accounts, "guest, shared or service account", "guests, shared or service accounts");
        let parts: Vec<String> = [
            (self.machines, " of machines"),
            (self.others, " perhaps of somebody else"),
            (self.of_accounts, format!(" of {accounts}").as_str()),
            (self.tests, " of phishing simulations"),
            (self.nameless, " without a user"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, why)| format!("{}{why}", counted(n, "click", "clicks")))
        .collect();
        if parts.is_empty() { String::new() } else { format!("Left out: {}.", parts.join(", ")) }
    }
}

/// How many of what the rate of a person is of, in words, never more than is known: `12 of 20, at least 38 %`.
pub fn offender_said(one: &Offender) -> String {
    let rate = match one.at_least {
        None => "too few for a rate".to_owned(),
        Some(low) if low < 0.1 => format!("at least {:.1} %", (low * 1_000.0).floor() / 10.0),
        Some(low) => format!("at least {:.0} %", (low * 100.0).floor()),
    };
    format!("{} of {}, {rate}", thousands(one.clicks), thousands(one.of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_is_never_said_to_be_more_than_it_is() {
        let said =
            |clicks, of, at_least| offender_said(&Offender { clicks, of, at_least, ..Offender::default() });
        assert_eq!(said(1, 1, None), "1 of 1, too few for a rate");
        assert_eq!(said(12, 20, Some(0.387)), "12 of 20, at least 38 %");
        assert_eq!(said(5, 50, Some(0.0435)), "5 of 50, at least 4.3 %");
        assert_eq!(said(1, 1_200, Some(0.000_15)), "1 of 1,200, at least 0.0 %");
    }
}
