//! Two views of the clicks side by side: what changed, and whether by more than chance.
//!
//! Owns the question, its answer, and what stands against comparing. Which two views these are somebody says in two filters
//! (`pair` makes the usual ones); each is counted by itself (`seen`), then their numbers are compared (`numbers`, by the tests
//! of `chance`) and who is in one of them alone (`changes`). Must not know how an answer is shown.

mod chance;
mod changes;
mod numbers;
mod pair;
mod seen;
mod text;

use serde::{Deserialize, Serialize};

use self::numbers::numbers;
use self::seen::{Seen, are_alike, days_said};
use clicks::Failure;
use clicks::model::text::counted;
use clicks::model::{Dataset, Field, Untrusted};
use clicks::query::{Ask, Cx, Filter, Key, Selection};

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

const RULE: &str = "“Not by chance”: the 95 % intervals part, or a test at 95 % says so; of twenty numbers that are equal one is called different by mistake. Clicks of one mail come together, so numbers of people say more than those of clicks. Other mails, not another behaviour, may be behind any difference: nobody knows here what people were sent. What will be found out later is not known yet: in the newer view some who reached a bad page are still missing.";

impl Ask for AskCompare {
    const NAME: &'static str = "compare";
    type Answer = Comparison;

    fn answer(&self, cx: &mut Cx) -> Result<Comparison, Failure> {
        let (before_filter, before) = cx.select(&self.before)?;
        let (after_filter, after) = cx.select(&self.after)?;
        let data = cx.data();
        let (was, is) = (Seen::new(data, &before), Seen::new(data, &after));
        let is_bent = [&before_filter, &after_filter].into_iter().any(says_what_came);
        let in_both = shared(data, &before, &after);
        let mut found = Comparison {
            before: was.side(&before_filter, &before),
            after: is.side(&after_filter, &after),
            numbers: numbers(&was, &is, is_bent),
            notes: notes(data, &was, &is, in_both),
            rule: RULE.to_owned(),
            ..Comparison::default()
        };
        if in_both > 0 {
            // The tests are of two things that have nothing to do with each other.
            for delta in &mut found.numbers {
                (delta.change, delta.trend, delta.worse) =
                    ("not told: clicks are in both".to_owned(), 0, None);
            }
        }
        found.add_people(data, &was, &is);
        found.add_hosts(data, &after, &was, &is);
        Ok(found)
    }
}

/// Under such a filter a share of what came of clicks is one of nothing but that.
fn says_what_came(filter: &Filter) -> bool {
    filter.bends_rates() || filter.has_key(Key::Is(Field::Attempt))
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
