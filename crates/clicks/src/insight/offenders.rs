//! Who keeps doing it: people for a training, by a rule that somebody chooses and that is printed with the list.
//!
//! Owns the rule, who is left out and why, and how many would be on the list by chance. Source of counting campaigns or days
//! instead of clicks, of the rule being chosen, and of the list for a training tool: automation.md 4.3 of the research, see
//! `docs/insights.md`.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::statistics::{FEW, poisson_at_least, wilson};
use crate::beside::{GroupBy, Tables};
use crate::failure::Failure;
use crate::hindsight::{Attempt, Facts};
use crate::lens::Signal;
use crate::model::ids::Id as _;
use crate::model::sorting::sorted;
use crate::model::text::{counted, thousands};
use crate::model::{DAY_MS, Dataset, Field, NONE, Untrusted, Verdict};
use crate::query::{Ask, Cx, Selection, values};

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
    /// Guests, shared mailboxes and service accounts count too.
    pub everybody: bool,
}

/// What can count, with its words.
pub const TRIGGERS: [(&str, &str); 3] = [
    ("reached", "reached a page that is not safe"),
    ("overridden", "went past a warning"),
    ("clicked", "clicked a malicious link, stopped or not"),
];

/// What can tell one time from another, with its words.
pub const APART: [(&str, &str); 3] = [("campaigns", "campaigns"), ("days", "days"), ("clicks", "clicks")];

/// Who keeps doing it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Offenders {
    /// The people, the most often first, then by the lower bound of their rate; at most [`PEOPLE`].
    pub people: Vec<Offender>,
    /// How many there are.
    pub total: u64,
    /// How many there would be if bad links came to people by chance, as often as they click.
    pub by_chance: f64,
    /// The rule, in a sentence.
    pub rule: String,
    /// Who is left out, in a sentence; empty for nobody.
    pub left_out: String,
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
    /// Clicks that count.
    pub clicks: u64,
    /// Of how many: warnings, bad links clicked, or clicks at all.
    pub of: u64,
    /// Lower end of the 95 % interval of the rate; none where it is of fewer than five.
    pub at_least: Option<f64>,
    /// Campaigns, or hosts, the newest first; the first few.
    pub where_: Vec<Untrusted>,
    /// The newest, Unix milliseconds.
    pub last_ms: i64,
}

/// People of a list.
const PEOPLE: usize = 500;
/// Campaigns that are named of a person.
const NAMED: usize = 4;

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
        Ok(rule.apply(cx.data(), cx.tables(), &selection))
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
    apart: HashSet<u64>,
    last: usize,
    rows: Vec<u32>,
}

impl Rule {
    fn apply(&self, data: &Dataset, tables: &Tables, selection: &Selection) -> Offenders {
        let facts = selection.hindsight.of(data);
        let labels = selection.lens.labels(data);
        let excluded = if self.everybody { Vec::new() } else { not_one_person(data, tables) };
        let mut counts: Vec<Count> = Vec::new();
        counts.resize_with(data.users.len(), Count::default);
        let mut out = LeftOut::default();
        let mut attempts = HashSet::new();
        for row in selection.iter(data) {
            let user = data.user.at(row).raw();
            let Some(count) = counts.get_mut(user as usize) else { continue };
            let (counts_it, is_of) = self.test(data, facts, row);
            let is_machine = !labels.class(row).is_person();
            let is_else = labels.signals(row).has(Signal::MaybeSomebodyElse) && !self.everybody;
            let is_excluded = excluded.get(user as usize) == Some(&true);
            if is_machine || is_else || is_excluded {
                out.machines += u64::from(counts_it && is_machine);
                out.others += u64::from(counts_it && is_else && !is_machine);
                out.accounts += u64::from(counts_it && is_excluded && !is_machine && !is_else);
                continue;
            }
            // A warning and the click past it are one attempt.
            let attempt = data.attempt(row);
            let is_new = attempt == NONE || attempts.insert(attempt);
            count.all += u64::from(is_new);
            count.of += u64::from(is_of && is_new);
            if counts_it {
                count.clicks += u64::from(is_new);
                count.apart.insert(self.place(data, facts, row));
                count.last = row;
                count.rows.push(row as u32);
            }
        }
        let incidents: usize = counts.iter().map(|count| count.apart.len()).sum();
        let all: u64 = counts.iter().map(|count| count.all).sum();
        let mean = |count: &Count| incidents as f64 * count.all as f64 / all.max(1) as f64;
        let active = counts.iter().filter(|count| count.all > 0);
        let by_chance = active.map(|count| poisson_at_least(mean(count), u64::from(self.times))).sum();
        let is_one = |count: &Count| count.apart.len() >= self.times as usize;
        let people: Vec<Offender> = (0..)
            .zip(&counts)
            .filter(|(_, count)| is_one(count))
            .map(|(user, count)| offender(data, facts, user, count))
            .collect();
        let total = people.len() as u64;
        let mut people = sorted(people, |a, b| {
            let bound = |one: &Offender| (one.at_least.unwrap_or(0.0) * 10_000.0) as u64;
            b.times.cmp(&a.times).then(bound(b).cmp(&bound(a))).then(b.last_ms.cmp(&a.last_ms))
        });
        people.truncate(PEOPLE);
        Offenders { people, total, by_chance, rule: self.said(), left_out: out.said() }
    }

    /// Whether a row counts, and whether it is among those that the rate is of.
    fn test(&self, data: &Dataset, facts: &Facts, row: usize) -> (bool, bool) {
        let kind = data.kind_of(row);
        let attempt = facts.attempt(row);
        let reached = attempt.is_reached_bad() && kind.action.reached();
        match self.trigger {
            0 => (reached, attempt.is_reached_bad() || attempt == Attempt::Stopped),
            1 => (
                attempt == Attempt::Overridden && kind.action.reached(),
                matches!(attempt, Attempt::Overridden | Attempt::Stopped | Attempt::Waiting),
            ),
            _ => (kind.verdict == Verdict::Malicious, true),
        }
    }

    /// What tells one time from another.
    fn place(&self, data: &Dataset, facts: &Facts, row: usize) -> u64 {
        let campaign = facts.campaign(data, row);
        match self.apart {
            // What is of no campaign is told apart by its host.
            0 if campaign == NONE => 1 << 40 | u64::from(data.host_of_row(row).raw()),
            0 => campaign.into(),
            1 => data.time[row].div_euclid(DAY_MS).unsigned_abs(),
            _ if data.attempt(row) != NONE => 1 << 40 | u64::from(data.attempt(row)),
            _ => row as u64,
        }
    }

    fn said(&self) -> String {
        let (_, did) = TRIGGERS[self.trigger];
        let (_, apart) = APART[self.apart];
        let different = if self.apart == 2 { "" } else { "different " };
        let whom = if self.everybody {
            ""
        } else {
            ", guests, shared and service accounts and clicks of somebody else left out"
        };
        format!("People who {did} at least {} times in {different}{apart}{whom}.", self.times)
    }
}

fn offender(data: &Dataset, facts: &Facts, user: u32, count: &Count) -> Offender {
    let mut where_: Vec<Untrusted> = Vec::new();
    for row in count.rows.iter().rev().map(|row| *row as usize) {
        let name = match facts.campaign(data, row) {
            NONE => values::text(data, row, Field::Host),
            campaign => facts.campaigns().get(campaign).to_owned(),
        };
        let name = Untrusted::from(name);
        if where_.len() < NAMED && !where_.contains(&name) {
            where_.push(name);
        }
    }
    let is_many = count.of >= FEW;
    Offender {
        user: data.users.raw().get(user).into(),
        group: values::text(data, count.last, Field::Group).into(),
        times: count.apart.len() as u64,
        clicks: count.clicks,
        of: count.of,
        at_least: wilson(count.clicks.min(count.of), count.of).filter(|_| is_many).map(|(low, _)| low),
        where_,
        last_ms: data.time[count.last],
    }
}

/// Clicks that would count and do not.
#[derive(Default)]
struct LeftOut {
    machines: u64,
    others: u64,
    accounts: u64,
}

impl LeftOut {
    fn said(&self) -> String {
        let parts: Vec<String> = [
            (self.machines, "look automated"),
            (self.others, "may be somebody else’s"),
            (self.accounts, "are of guests, shared mailboxes or service accounts"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, why)| format!("{} {why}", thousands(n)))
        .collect();
        if parts.is_empty() { String::new() } else { format!("Left out: {}.", parts.join(", ")) }
    }
}

/// For each user whether the account is not that of one person of the company: a guest by its name, or what a directory says.
fn not_one_person(data: &Dataset, tables: &Tables) -> Vec<bool> {
    const KINDS: [&str; 6] = ["guest", "shared", "room", "equipment", "service", "resource"];
    let mut odd: HashMap<&str, bool> = HashMap::new();
    for person in &tables.people.people {
        let kind = person.values.iter().find(|(by, _)| *by == GroupBy::AccountType);
        let is_odd = kind.is_some_and(|(_, kind)| {
            let kind = kind.to_lowercase();
            KINDS.iter().any(|word| kind.contains(word))
        });
        for name in &person.names {
            odd.insert(name, is_odd);
        }
    }
    let is_odd = |user: &str| {
        let name = user.to_lowercase();
        name.contains("#ext#") || odd.get(name.as_str()) == Some(&true)
    };
    data.users.iter().map(is_odd).collect()
}

/// How many of what the rate of a person is of, in words.
pub fn offender_said(one: &Offender) -> String {
    let rate = match one.at_least {
        None => format!("{} of {}, too few for a rate", thousands(one.clicks), thousands(one.of)),
        Some(low) => {
            format!("{} of {}, at least {:.0} %", thousands(one.clicks), thousands(one.of), low * 100.0)
        }
    };
    format!("{} · {rate}", counted(one.times, "time", "times"))
}
