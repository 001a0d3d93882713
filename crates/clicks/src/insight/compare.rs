//! Two views of the clicks side by side: what changed, and whether by more than chance.
//!
//! Owns the numbers that are compared, who is new among those who reached a page that is not safe and who no longer is, and
//! which hosts are new. Which two views these are somebody says in two filters ([`pair`] makes the usual ones); the tests are
//! [`chance`]'s. Must not know how an answer is shown.

mod chance;
mod pair;
mod text;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::chance::Differs;
use super::statistics::{FEW, wilson};
use crate::failure::Failure;
use crate::hindsight::{Attempt, Facts};
use crate::model::ids::Id as _;
use crate::model::sorting::{sort_ids, sort_pairs};
use crate::model::text::{counted, thousands};
use crate::model::{Action, DAY_MS, Dataset, Field, Kind, NONE, Untrusted, Verdict, iso_date_of_ms};
use crate::query::{Ask, Cx, Filter, Key, Selection};

pub use self::pair::{halves, split_at};
pub use self::text::compare_markdown;

/// Asks what differs between the clicks that pass one filter and those that pass another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskCompare {
    /// Canonical text of the filter that comes first.
    pub before: String,
    /// Canonical text of the other.
    pub after: String,
}

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Comparison {
    /// The view that comes first.
    pub before: Side,
    /// The other.
    pub after: Side,
    /// The headline numbers, in the order shown.
    pub numbers: Vec<Delta>,
    /// People who reached a page that is not safe after and not before, the most often first; the first [`PEOPLE`].
    pub new_offenders: Vec<Change>,
    /// How many there are.
    pub new_offenders_total: u64,
    /// How many of them did not click at all before.
    pub newcomers: u64,
    /// People who did so before and not after, although they clicked; the first [`PEOPLE`].
    pub recovered: Vec<Change>,
    /// How many there are.
    pub recovered_total: u64,
    /// People who did so before and did not click after: nobody knows whether they would again.
    pub gone: u64,
    /// Hosts with clicks after that are malicious or reached a page that is not safe, which nobody clicked before; those of
    /// most people first, the first [`HOSTS`].
    pub new_hosts: Vec<Change>,
    /// How many there are.
    pub new_hosts_total: u64,
    /// What stands against comparing the two, in sentences.
    pub notes: Vec<String>,
    /// How the numbers are compared, in sentences.
    pub rule: String,
}

/// One of the two views.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Side {
    /// Its filter, canonical.
    pub filter: String,
    /// How much it is: clicks, people, the period.
    pub said: String,
    /// Start of the period, Unix milliseconds: where its window begins, or the day of the oldest click of all data.
    pub from_ms: i64,
    /// Its end, exclusive; the start for none.
    pub to_ms: i64,
    /// Its length.
    pub days: f64,
    /// Clicks.
    pub clicks: u64,
    /// People who clicked, machines left out.
    pub people: u64,
}

/// One number of both views.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Delta {
    /// What it is called.
    pub label: String,
    /// What it counts.
    pub means: String,
    /// Before: a share from 0 to 1, a count, or a count a day; none where there is nothing to count.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
    /// Before in words: so many of how many, the share, its 95 % interval.
    pub before_said: String,
    /// After in words.
    pub after_said: String,
    /// What came of comparing them, in words.
    pub change: String,
    /// −1 fewer after, 1 more after, both not by chance; 0 for anything else.
    pub trend: i32,
    /// Whether that is for the worse; none where there is no difference, or where neither is better.
    pub worse: Option<bool>,
}

/// A person or a host that is in one of the two views and not in the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Change {
    /// Who, or which host.
    pub name: Untrusted,
    /// How much, in a few words.
    pub said: String,
    /// How often they reached a page that is not safe; of a host its clicks that are malicious or did.
    pub bad: u64,
    /// Clicks of the person in the other view; of a host all of its clicks.
    pub clicks: u64,
    /// People of a host.
    pub people: u64,
}

/// People of each list.
const PEOPLE: usize = 100;
/// Hosts of the list.
const HOSTS: usize = 50;
/// Counts of people grow more slowly than the period: they are compared where the lengths of both differ by so much at most.
/// No source: a day in ten is less than chance moves them.
const ALIKE: f64 = 0.1;

const RULE: &str = "“Not by chance”: the 95 % intervals part, or a test at 95 % says so; of twenty numbers that are equal one is called different by mistake. Clicks of one mail come together, so numbers of people say more than those of clicks. Other mails, not another behaviour, may be behind any difference: nobody knows here what people were sent.";

impl Ask for AskCompare {
    const NAME: &'static str = "compare";
    type Answer = Comparison;

    fn answer(&self, cx: &mut Cx) -> Result<Comparison, Failure> {
        let (before_filter, before) = cx.select(&self.before)?;
        let (after_filter, after) = cx.select(&self.after)?;
        let data = cx.data();
        let (was, is) = (Seen::new(data, &before), Seen::new(data, &after));
        let is_bent = [&before_filter, &after_filter].into_iter().any(says_what_came);
        let mut found = Comparison {
            before: was.side(&before_filter, &before),
            after: is.side(&after_filter, &after),
            numbers: numbers(&was, &is, is_bent),
            notes: notes(data, &was, &is, shared(data, &before, &after)),
            rule: RULE.to_owned(),
            ..Comparison::default()
        };
        found.add_people(data, &was, &is);
        found.add_hosts(data, &after, &was, &is);
        Ok(found)
    }
}

/// Under such a filter a share of what came of clicks is one of nothing but that.
fn says_what_came(filter: &Filter) -> bool {
    filter.bends_rates() || filter.has_key(Key::Is(Field::Attempt))
}

/// What is counted of one view.
#[derive(Default)]
struct Seen {
    from: i64,
    to: i64,
    clicks: u64,
    machines: u64,
    /// Clicks whose verdict is known, and those that are malicious.
    judged: u64,
    malicious: u64,
    /// Malicious clicks of which it is known what came of them, and those that were stopped.
    malicious_told: u64,
    malicious_stopped: u64,
    /// Attempts that were warned, where the export tells overrides, and those that went on.
    warned: u64,
    overridden: u64,
    /// Clicks of each day of the period.
    by_day: Vec<u64>,
    /// By number of the user.
    people: Vec<Person>,
    /// Of each host: [`CLICKED`], [`BAD`].
    hosts: Vec<u8>,
    /// The layouts of the files that its clicks are of.
    layouts: HashSet<u64>,
}

/// What is counted of one person, machines left out.
#[derive(Clone, Copy, Default)]
struct Person {
    clicks: u64,
    /// Some click says what came of it.
    told: bool,
    /// Attempts that reached a page that is not safe.
    reached: u64,
}

/// Of a host: somebody clicked it; a click was malicious or reached a page that is not safe.
const CLICKED: u8 = 1;
const BAD: u8 = 2;
/// Of an attempt with several rows: warned, clicked through, counted as reached.
const WARNED: u8 = 1;
const OVERRIDDEN: u8 = 2;
const REACHED: u8 = 4;

impl Seen {
    fn new(data: &Dataset, selection: &Selection) -> Seen {
        let facts = selection.hindsight.of(data);
        let labels = selection.lens.labels(data);
        let (from, to) = period(data, selection.window).unwrap_or_default();
        let days = (to - from).unsigned_abs().div_ceil(DAY_MS.unsigned_abs());
        let mut seen = Seen {
            from,
            to,
            by_day: vec![0; days as usize],
            people: vec![Person::default(); data.users.len()],
            hosts: vec![0; data.hosts.len()],
            ..Seen::default()
        };
        let mut files = vec![false; data.files.len()];
        let mut attempts = vec![0_u8; data.shared_attempts as usize];
        for row in selection.iter(data) {
            let n = u64::from(data.weight_of(row));
            let kind = data.kind_of(row);
            let is_person = labels.class(row).is_person();
            seen.clicks += n;
            seen.machines += n * u64::from(!is_person);
            seen.add_verdict(kind, n);
            let day = usize::try_from((data.time[row] - from) / DAY_MS).unwrap_or(usize::MAX);
            if let Some(day) = seen.by_day.get_mut(day) {
                *day += n;
            }
            if let Some(file) = files.get_mut(data.origin.at(row).file() as usize) {
                *file = true;
            }
            if let Some(host) = seen.hosts.get_mut(data.host_of_row(row).raw() as usize) {
                *host |= if is_bad(data, facts, row) { CLICKED | BAD } else { CLICKED };
            }
            if was_warned(kind) && data.file_of(row).fields.has(Field::ClickedThrough) {
                let is_past = kind.action == Action::UserOverride;
                match attempts.get_mut(data.attempt(row) as usize) {
                    Some(attempt) => *attempt |= if is_past { WARNED | OVERRIDDEN } else { WARNED },
                    None => {
                        seen.warned += n;
                        seen.overridden += n * u64::from(is_past);
                    }
                }
            }
            let person = seen.people.get_mut(data.user.at(row).raw() as usize).filter(|_| is_person);
            let Some(person) = person else { continue };
            person.clicks += n;
            person.told |= facts.attempt(row) != Attempt::Unknown;
            if has_reached(data, facts, row) {
                // Several ways past one warning are one attempt.
                let is_new = match attempts.get_mut(data.attempt(row) as usize) {
                    None => true,
                    Some(attempt) => {
                        let is_new = *attempt & REACHED == 0;
                        *attempt |= REACHED;
                        is_new
                    }
                };
                person.reached += n * u64::from(is_new);
            }
        }
        let with = |bit: u8| attempts.iter().filter(|attempt| **attempt & bit != 0).count() as u64;
        seen.warned += with(WARNED);
        seen.overridden += with(OVERRIDDEN);
        let of_clicks = data.files.iter().zip(&files).filter(|(_, has_clicks)| **has_clicks);
        seen.layouts = of_clicks.map(|(file, _)| file.layout).collect();
        seen
    }

    fn add_verdict(&mut self, kind: Kind, n: u64) {
        self.judged += n * u64::from(kind.verdict != Verdict::Unknown);
        if kind.verdict == Verdict::Malicious {
            self.malicious += n;
            self.malicious_told += n * u64::from(kind.action != Action::Unknown);
            self.malicious_stopped += n * u64::from(kind.action == Action::Blocked);
        }
    }

    fn days(&self) -> f64 {
        (self.to - self.from) as f64 / DAY_MS as f64
    }

    fn people(&self) -> u64 {
        self.people.iter().filter(|one| one.clicks > 0).count() as u64
    }

    /// People who reached a page that is not safe, of those whose clicks say what came of them.
    fn people_reached(&self) -> (u64, u64) {
        let reached = self.people.iter().filter(|one| one.reached > 0).count();
        let told = self.people.iter().filter(|one| one.told).count();
        (reached as u64, told as u64)
    }

    fn side(&self, filter: &Filter, selection: &Selection) -> Side {
        let date = |ms: i64| iso_date_of_ms(selection.hours.zone.wall_of(ms));
        let people = self.people();
        let said = format!(
            "{} of {}",
            counted(self.clicks, "click", "clicks"),
            counted(people, "person", "people")
        );
        let when = match self.from < self.to {
            true => format!("in {}, {} to {}", days_said(self.days()), date(self.from), date(self.to - 1)),
            false => "outside of the days that any file has clicks of".to_owned(),
        };
        Side {
            filter: filter.to_string(),
            said: format!("{said} {when}"),
            from_ms: self.from,
            to_ms: self.to,
            days: self.days(),
            clicks: self.clicks,
            people,
        }
    }
}

/// The time that a view is of: its window, as far as files have clicks of these days. None where they have none.
///
/// Files are taken to have all clicks of the days of the oldest and the newest one: an export is cut at midnights.
fn period(data: &Dataset, window: Option<(i64, i64)>) -> Option<(i64, i64)> {
    let (first, last) = data.span()?;
    let midnight = |ms: i64| ms.div_euclid(DAY_MS) * DAY_MS;
    let (from, to) = window.unwrap_or((i64::MIN, i64::MAX));
    let (from, to) = (from.max(midnight(first)), to.min(midnight(last) + DAY_MS));
    (from < to).then_some((from, to))
}

/// A warning or waiting page was shown: docs/words.md, `warnedAttempts`.
const fn was_warned(kind: Kind) -> bool {
    matches!(kind.action, Action::Blocked | Action::UserOverride) || matches!(kind.verdict, Verdict::Pending)
}

/// Whether the row got to a page that is not safe, as is known today. The warning before it is none.
fn has_reached(data: &Dataset, facts: &Facts, row: usize) -> bool {
    facts.attempt(row).is_reached_bad() && data.kind_of(row).action.reached()
}

/// Whether a host is bad by a row of it. A simulation is a test.
fn is_bad(data: &Dataset, facts: &Facts, row: usize) -> bool {
    let is_malicious = data.kind_of(row).verdict == Verdict::Malicious;
    facts.attempt(row) != Attempt::Simulation && (is_malicious || has_reached(data, facts, row))
}

/// Clicks that are in both views.
fn shared(data: &Dataset, before: &Selection, after: &Selection) -> u64 {
    let from = before.rows.start.max(after.rows.start);
    let to = before.rows.end.min(after.rows.end);
    let rows = (from..to).filter(|row| before.passes(data, *row) && after.passes(data, *row));
    rows.map(|row| u64::from(data.weight_of(row))).sum()
}

/// What stands against comparing the two.
fn notes(data: &Dataset, was: &Seen, is: &Seen, shared: u64) -> Vec<String> {
    let mut notes = Vec::new();
    for (seen, name) in [(was, "before"), (is, "after")] {
        if seen.clicks == 0 {
            notes.push(format!("There is no click {name}."));
        }
    }
    if !notes.is_empty() {
        return notes;
    }
    if shared > 0 {
        let are = if shared == 1 { "is" } else { "are" };
        notes.push(format!("{} {are} in both.", counted(shared, "click", "clicks")));
    }
    if !are_alike(was, is) {
        notes.push(format!(
            "The periods differ in length, {} and {}: clicks are compared a day, numbers of people are not.",
            days_said(was.days()),
            days_said(is.days())
        ));
    }
    if data.files.len() > 1 && was.layouts != is.layouts {
        notes.push(
            "The two come from different exports: a difference may be one of what they contain.".to_owned(),
        );
    }
    notes
}

fn are_alike(was: &Seen, is: &Seen) -> bool {
    let (a, b) = (was.days(), is.days());
    (a - b).abs() <= ALIKE * a.max(b)
}

fn numbers(was: &Seen, is: &Seen, is_bent: bool) -> Vec<Delta> {
    let of = |count: fn(&Seen) -> (u64, u64)| [count(was), count(is)];
    let unless_bent = |delta: Delta| if is_bent { delta.not_counted() } else { delta };
    vec![
        clicks_a_day(was, is),
        people(was, is),
        Delta::of_shares(
            "Malicious clicks",
            "Of the clicks whose verdict is known those with the verdict Malicious",
            of(|seen| (seen.malicious, seen.judged)),
            1,
        ),
        Delta::of_shares(
            "People who reached a bad page",
            "Of the people whose clicks say what came of them, machines left out, those who reached a page that is not safe, as is known today",
            of(Seen::people_reached),
            1,
        ),
        unless_bent(Delta::of_shares(
            "Override rate",
            "Of the attempts that were shown a warning or waiting page those that went past it, where the export tells overrides",
            of(|seen| (seen.overridden, seen.warned)),
            1,
        )),
        unless_bent(Delta::of_shares(
            "Malicious clicks blocked",
            "Of the malicious clicks of which it is known what came of them those that were stopped",
            of(|seen| (seen.malicious_stopped, seen.malicious_told)),
            -1,
        )),
        Delta::of_shares(
            "Clicks of machines",
            "Of all clicks those that look automated",
            of(|seen| (seen.machines, seen.clicks)),
            0,
        ),
    ]
}

fn clicks_a_day(was: &Seen, is: &Seen) -> Delta {
    let scatter = chance::scatter([&was.by_day, &is.by_day]);
    let pair = |seen: &Seen| (seen.clicks, seen.days());
    let value = |seen: &Seen| (seen.days() > 0.0).then(|| seen.clicks as f64 / seen.days());
    let said = |seen: &Seen| match value(seen) {
        None => "no day".to_owned(),
        Some(a_day) => {
            let (low, high) = chance::a_day(pair(seen), scatter);
            format!(
                "{} in {} · {} a day ({}–{})",
                thousands(seen.clicks),
                days_said(seen.days()),
                figure(a_day),
                figure(low),
                figure(high)
            )
        }
    };
    let delta = Delta {
        before: value(was),
        after: value(is),
        before_said: said(was),
        after_said: said(is),
        ..Delta::called(
            "Clicks a day",
            "All clicks, those of machines among them; the interval is as wide as days differ",
        )
    };
    delta.judged(chance::counts(pair(was), pair(is), scatter), ["fewer", "more"], 0)
}

fn people(was: &Seen, is: &Seen) -> Delta {
    let said =
        |seen: &Seen| format!("{} in {}", counted(seen.people(), "person", "people"), days_said(seen.days()));
    let delta = Delta {
        before: Some(was.people() as f64),
        after: Some(is.people() as f64),
        before_said: said(was),
        after_said: said(is),
        ..Delta::called("People who clicked", "Different users, machines left out")
    };
    if was.clicks.min(is.clicks) > 0 && !are_alike(was, is) {
        return Delta { change: "periods of different length".to_owned(), ..delta };
    }
    let pair = |seen: &Seen| (seen.people(), seen.days());
    delta.judged(chance::counts(pair(was), pair(is), 1.0), ["fewer", "more"], 0)
}

impl Delta {
    fn called(label: &str, means: &str) -> Delta {
        Delta { label: label.to_owned(), means: means.to_owned(), ..Delta::default() }
    }

    /// Two shares, each so many of so many. `worse`: 1 where more is worse, −1 where less is, 0 where neither is.
    fn of_shares(label: &str, means: &str, pairs: [(u64, u64); 2], worse: i32) -> Delta {
        let [before, after] = pairs;
        let value = |(k, n): (u64, u64)| (n > 0).then(|| k as f64 / n as f64);
        let delta = Delta {
            before: value(before),
            after: value(after),
            before_said: share_said(before),
            after_said: share_said(after),
            ..Delta::called(label, means)
        };
        delta.judged(chance::shares(before, after), ["lower", "higher"], worse)
    }

    fn judged(self, differs: Differs, words: [&str; 2], worse: i32) -> Delta {
        let trend = differs.trend();
        let worse = Some(trend * worse).filter(|of| *of != 0).map(|of| of > 0);
        Delta { change: differs.said(words), trend, worse, ..self }
    }

    /// The same number where the filter decides it.
    fn not_counted(self) -> Delta {
        Delta {
            label: self.label,
            means: self.means,
            before_said: "–".to_owned(),
            after_said: "–".to_owned(),
            change: "not counted: the filter says what came of a click".to_owned(),
            ..Delta::default()
        }
    }
}

impl Comparison {
    fn add_people(&mut self, data: &Dataset, was: &Seen, is: &Seen) {
        let (mut new, mut recovered): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for (user, (before, after)) in (0_u32..).zip(was.people.iter().zip(&is.people)) {
            match (before.reached > 0, after.reached > 0) {
                (false, true) => {
                    new.push(user);
                    self.newcomers += u64::from(before.clicks == 0);
                }
                (true, false) if after.clicks > 0 => recovered.push(user),
                (true, false) => self.gone += 1,
                _ => {}
            }
        }
        self.new_offenders_total = new.len() as u64;
        self.recovered_total = recovered.len() as u64;
        self.new_offenders = listed(data, new, [&is.people, &was.people], "before");
        self.recovered = listed(data, recovered, [&was.people, &is.people], "after");
    }

    fn add_hosts(&mut self, data: &Dataset, after: &Selection, was: &Seen, is: &Seen) {
        let mut place = vec![NONE; data.hosts.len()];
        let mut hosts: Vec<Change> = Vec::new();
        for (host, (before, after)) in (0_u32..).zip(was.hosts.iter().zip(&is.hosts)) {
            if *before == 0
                && *after & BAD != 0
                && let Some(place) = place.get_mut(host as usize)
            {
                *place = hosts.len() as u32;
                hosts.push(Change { name: data.hosts.raw().get(host).into(), ..Change::default() });
            }
        }
        self.new_hosts_total = hosts.len() as u64;
        if hosts.is_empty() {
            return;
        }
        let (facts, labels) = (after.hindsight.of(data), after.lens.labels(data));
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for row in after.iter(data) {
            let Some(at) = place.get(data.host_of_row(row).raw() as usize).copied() else { continue };
            let Some(host) = hosts.get_mut(at as usize) else { continue };
            let n = u64::from(data.weight_of(row));
            host.clicks += n;
            host.bad += n * u64::from(is_bad(data, facts, row));
            let user = data.user.at(row);
            if !user.is_none() && labels.class(row).is_person() {
                pairs.push((at, user.raw()));
            }
        }
        sort_pairs(&mut pairs);
        pairs.dedup();
        for (at, _) in pairs {
            if let Some(host) = hosts.get_mut(at as usize) {
                host.people += 1;
            }
        }
        let mut order: Vec<u32> = (0..hosts.len() as u32).collect();
        sort_ids(&mut order, &mut |a, b| {
            let size = |at: u32| hosts.get(at as usize).map(|host| (host.people, host.clicks));
            size(b).cmp(&size(a)).then(a.cmp(&b))
        });
        let told = |host: &Change| Change {
            said: format!(
                "{}, {}",
                counted(host.people, "person", "people"),
                counted(host.clicks, "click", "clicks")
            ),
            ..host.clone()
        };
        self.new_hosts =
            order.iter().take(HOSTS).filter_map(|at| hosts.get(*at as usize)).map(told).collect();
    }
}

/// People of a list, those first who reached most, then those who clicked most in the other view. `of`: what is counted of
/// them in the view that they reached a bad page in, and in the other, which `when` names.
fn listed(data: &Dataset, mut users: Vec<u32>, of: [&[Person]; 2], when: &str) -> Vec<Change> {
    let count = |user: u32| {
        let [here, there] = of.map(|people| people.get(user as usize).copied().unwrap_or_default());
        (here.reached, there.clicks)
    };
    sort_ids(&mut users, &mut |a, b| count(b).cmp(&count(a)).then(a.cmp(&b)));
    let told = |user: &u32| {
        let (bad, clicks) = count(*user);
        Change {
            name: data.users.raw().get(*user).into(),
            said: format!("{}, {} {when}", counted(bad, "time", "times"), counted(clicks, "click", "clicks")),
            bad,
            clicks,
            people: 0,
        }
    };
    users.iter().take(PEOPLE).map(told).collect()
}

/// `38 of 452 · 8.4 % (6.2–11.3 %)`; of few the share is not said.
fn share_said((k, n): (u64, u64)) -> String {
    let of = format!("{} of {}", thousands(k), thousands(n));
    match wilson(k, n).filter(|_| n >= FEW) {
        None => of,
        Some((low, high)) => format!(
            "{of} · {:.1} % ({:.1}–{:.1} %)",
            k as f64 / n as f64 * 100.0,
            low * 100.0,
            high * 100.0
        ),
    }
}

/// `30 days`, `0.5 days`.
fn days_said(days: f64) -> String {
    match days.fract() == 0.0 {
        true => counted(days as u64, "day", "days"),
        false => format!("{days:.1} days"),
    }
}

/// `4.1`, `41`, `4,120`.
fn figure(number: f64) -> String {
    if number < 10.0 { format!("{number:.1}") } else { thousands(number.round() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_in_words_says_of_how_many_and_of_few_no_share() {
        assert_eq!(share_said((38, 452)), "38 of 452 · 8.4 % (6.2–11.3 %)");
        assert_eq!(share_said((5, 5)), "5 of 5 · 100.0 % (56.6–100.0 %)");
        assert_eq!(share_said((1, 4)), "1 of 4");
        assert_eq!(share_said((0, 0)), "0 of 0");
    }

    #[test]
    fn lengths_and_numbers_a_day_in_words() {
        assert_eq!(days_said(1.0), "1 day");
        assert_eq!(days_said(30.0), "30 days");
        assert_eq!(days_said(0.26), "0.3 days");
        assert_eq!(figure(4.06), "4.1");
        assert_eq!(figure(4_120.4), "4,120");
    }

    #[test]
    fn worse_is_said_only_of_a_difference_of_what_can_be_worse() {
        let judged = |differs, worse| Delta::default().judged(differs, ["less", "more"], worse).worse;
        assert_eq!(judged(Differs::More, 1), Some(true));
        assert_eq!(judged(Differs::Less, 1), Some(false));
        assert_eq!(judged(Differs::Less, -1), Some(true));
        assert_eq!(judged(Differs::More, 0), None);
        assert_eq!(judged(Differs::ByChance, 1), None);
        assert_eq!(judged(Differs::TooFew, -1), None);
    }
}
