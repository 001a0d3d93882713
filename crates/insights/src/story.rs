//! The story of the clicks in view, made for those of one person, host or campaign: how fast people clicked, when the first
//! click was stopped, who was let through before anybody knew, how warnings were taken.
//!
//! Owns the sentences and the marks of a timeline. Numbers of groups are questions of their own ([`clicks::query::AskQuery`]).

use serde::{Deserialize, Serialize};

use super::lasting::lasting;
use super::statistics::median;
use clicks::Failure;
use clicks::hindsight::{Facts, Ground, LOOK_BACK_MS, Outcome, SOME_TIME};
use clicks::lens::Labels;
use clicks::model::ids::Id as _;
use clicks::model::sorting::sorted;
use clicks::model::text::{counted, thousands};
use clicks::model::{Action, Dataset};
use clicks::query::{Ask, Cx, Selection};

/// Asks for the story of the clicks that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskStory {
    /// Canonical text of a filter.
    pub filter: String,
}

/// The story of some clicks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Story {
    /// Oldest and newest click, Unix milliseconds.
    pub span: Option<(i64, i64)>,
    /// What there is to say, in sentences.
    pub sentences: Vec<String>,
    /// When each person clicked first, in milliseconds after the first of all, ascending; machines left out, at most
    /// [`CURVE`] of them, spread evenly.
    pub curve: Vec<i64>,
    /// How many people there are.
    pub people: u64,
    /// When the first click was stopped, in milliseconds after the first of all.
    pub stopped_after_ms: Option<i64>,
    /// The clicks, oldest first, the newest [`MARKS`] of them.
    pub marks: Vec<Mark>,
    /// How many more there are.
    pub more: u64,
}

/// One click of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Mark {
    /// The row.
    pub row: u32,
    /// When, Unix milliseconds.
    pub time_ms: i64,
    /// What came of it, see [`Outcome::token`].
    pub attempt: String,
    /// No person made it.
    pub machine: bool,
}

/// Clicks that a timeline shows.
const MARKS: usize = 300;
/// Points of a curve.
const CURVE: usize = 200;
/// The sentence of speed says when so many in ten had clicked.
const MOST_IN_TEN: usize = 7;
/// Of fewer people nothing is said about speed.
const FEW: usize = 3;

impl Ask for AskStory {
    const NAME: &'static str = "story";
    type Answer = Story;

    fn answer(&self, cx: &mut Cx) -> Result<Story, Failure> {
        let (_, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        Ok(story(data, &selection, selection.hindsight.of(data), selection.lens.labels(data)))
    }
}

fn story(data: &Dataset, selection: &Selection, facts: &Facts, labels: &Labels) -> Story {
    let mut first = vec![i64::MAX; data.users.len()];
    let mut early = Early { people: vec![false; data.users.len()], ..Early::default() };
    let mut pauses: Vec<i64> = Vec::new();
    let (mut stopped, mut span, mut machines) = (None, None, 0_u64);
    let mut count = 0_usize;
    for row in selection.iter(data) {
        count += 1;
        let time = data.time[row];
        span = Some((span.map_or(time, |(from, _)| from), time));
        if !labels.class(row).is_person() {
            machines += u64::from(data.weight_of(row));
            continue;
        }
        if stopped.is_none() && data.kind_of(row).action == Action::Blocked {
            stopped = Some(time);
        }
        if let Some(first) = first.get_mut(data.user.at(row).raw() as usize) {
            *first = time.min(*first);
        }
        pauses.extend(facts.to_override(row));
        early.add(data, facts, row);
    }
    // Scanners come before people, some by weeks: how fast people were is counted from the first of them.
    let begin = first.iter().copied().min().filter(|at| *at != i64::MAX).unwrap_or_default();
    let clickers: Vec<i64> = first.into_iter().filter(|at| *at != i64::MAX).map(|at| at - begin).collect();
    let clickers = sorted(clickers, Ord::cmp);
    let mut sentences: Vec<String> = Vec::new();
    if clickers.len() > 1 {
        sentences.extend(speed(&clickers));
        sentences.extend(stop(&clickers, stopped.map(|at| at - begin)).map(|said| sentence(&said)));
    }
    sentences.extend(early.told());
    sentences.extend(pause(pauses));
    if machines > 0 {
        sentences
            .push(format!("{} look automated and count for nobody.", counted(machines, "click", "clicks")));
    }
    let skip = count.saturating_sub(MARKS);
    let mark = |row: usize| Mark {
        row: row as u32,
        time_ms: data.time[row],
        attempt: facts.attempt(row).token().to_owned(),
        machine: !labels.class(row).is_person(),
    };
    Story {
        span,
        sentences,
        people: clickers.len() as u64,
        curve: spread(clickers),
        stopped_after_ms: stopped.map(|at| at - begin),
        marks: selection.iter(data).skip(skip).map(mark).collect(),
        more: skip as u64,
    }
}

/// A sentence of its middle.
fn sentence(said: &str) -> String {
    let mut chars = said.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

/// "14 of 19 people clicked within the first 9 min."
fn speed(clickers: &[i64]) -> Option<String> {
    let n = clickers.len();
    if n < FEW {
        return None;
    }
    let most = (n * MOST_IN_TEN).div_ceil(10);
    let within = clickers.get(most - 1)?;
    Some(format!(
        "{most} of {} clicked within {} of the first click.",
        counted(n as u64, "person", "people"),
        lasting(*within)
    ))
}

/// When the first click was stopped, and how many had clicked by then: the middle of a sentence. Nothing where none was, for
/// what is not in view or not in the export is not known not to be.
pub(super) fn stop(clickers: &[i64], stopped: Option<i64>) -> Option<String> {
    let stopped = stopped?;
    let before = clickers.iter().filter(|at| **at < stopped).count() as u64;
    Some(match before {
        0 => "nobody is known to have clicked before one was stopped".to_owned(),
        n => format!(
            "the first click was stopped after {}; {} had clicked by then",
            lasting(stopped),
            counted(n, "person", "people")
        ),
    })
}

/// How long people looked at warnings before they went on.
fn pause(mut pauses: Vec<i64>) -> Option<String> {
    let n = pauses.len();
    let middle = median(&mut pauses)?;
    Some(match n {
        1 => format!("The warning was clicked through after {}.", lasting(middle)),
        n => format!(
            "Of {} past a warning whose page is in the export too half came within {}.",
            counted(n as u64, "click", "clicks"),
            lasting(middle)
        ),
    })
}

/// Clicks that were let through before anybody knew.
#[derive(Default)]
struct Early {
    people: Vec<bool>,
    clicks: u64,
    /// Of these, those that Microsoft's own look-back finds.
    looked_back: u64,
    /// The longest time between a click and the verdict.
    longest: i64,
    /// Clicks on links that were never judged themselves.
    by_others: u64,
}

impl Early {
    fn add(&mut self, data: &Dataset, facts: &Facts, row: usize) {
        let Some((since, ground)) = facts.known_since(data, row) else { return };
        if facts.attempt(row) != Outcome::Exposed || !facts.is_exposed(data, row) {
            return;
        }
        let n = u64::from(data.weight_of(row));
        self.clicks += n;
        let before = if since == SOME_TIME { 0 } else { since - data.time[row] };
        self.longest = self.longest.max(before);
        self.looked_back += n * u64::from(ground == Ground::Url && before > 0 && before <= LOOK_BACK_MS);
        self.by_others += n * u64::from(ground != Ground::Url);
        if let Some(one) = self.people.get_mut(data.user.at(row).raw() as usize) {
            *one = true;
        }
    }

    fn told(&self) -> Option<String> {
        if self.clicks == 0 {
            return None;
        }
        let people = self.people.iter().filter(|one| **one).count() as u64;
        let of =
            if people > 1 { format!(" of {}", counted(people, "person", "people")) } else { String::new() };
        let were = if self.clicks == 1 { "was" } else { "were" };
        let mut said = format!(
            "{}{of} {were} let through before it was known to be bad, up to {} before; {} within the 48 hours that Microsoft looks back.",
            counted(self.clicks, "click", "clicks"),
            lasting(self.longest),
            thousands(self.looked_back)
        );
        if self.by_others > 0 {
            said.push_str(&format!(
                " {} on links that were not judged themselves: others of the same form or domain were.",
                thousands(self.by_others)
            ));
        }
        Some(said)
    }
}

/// At most [`CURVE`] of them, the last one among them.
fn spread(all: Vec<i64>) -> Vec<i64> {
    let n = all.len();
    if n <= CURVE {
        return all;
    }
    (1..=CURVE).filter_map(|at| all.get(at * n / CURVE - 1)).copied().collect()
}
