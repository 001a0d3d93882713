//! The first read: what happened, in five sentences at the most, that somebody can pass on as they are.
//!
//! Owns the sentences. Every number in them is one that a list or a tile has under the same filter, and leads there.

use serde::{Deserialize, Serialize};

use super::door::narrowed;
use super::gaps;
use super::lasting::lasting;
use super::story::stop;
use super::worklist::people_to_do;
use clicks::Failure;
use clicks::hindsight::{Facts, Outcome};
use clicks::model::ids::Id as _;
use clicks::model::text::{counted, thousands};
use clicks::model::{Action, DAY_MS, Dataset, Field, MINUTE_MS, NONE, Untrusted, is_concealed};
use clicks::query::{Ask, Cx, Filter, Key, Selection, Totals, totals_of};

/// Asks for the first read of the clicks that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskFirstRead {
    /// Canonical text of a filter.
    pub filter: String,
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FirstRead {
    /// The sentences, in their order.
    pub sentences: Vec<Sentence>,
}

/// One sentence, in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sentence(pub Vec<Part>);

/// A part of a sentence: plain words, or a number that leads to what it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Part {
    /// The text.
    pub text: Untrusted,
    /// The page that it leads to; none for plain words.
    pub page: Option<String>,
    /// The filter there.
    pub filter: String,
}

impl Ask for AskFirstRead {
    const NAME: &'static str = "firstRead";
    type Answer = FirstRead;

    fn answer(&self, cx: &mut Cx) -> Result<FirstRead, Failure> {
        let (filter, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        let totals = totals_of(data, &selection);
        if totals.clicks == 0 {
            return Ok(FirstRead::default());
        }
        // Where the filter says whose clicks count, or none but machines' are there, nobody is left out.
        let is_all = filter.has_key(Key::Is(Field::Automation)) || totals.automated == Some(totals.clicks);
        let reached_bad = selection.reached_bad(data);
        let seen = Seen::new(data, &selection, &reached_bad, is_all);
        let to_do = people_to_do(data, &selection, &reached_bad);
        let mut say = Say { filter: &filter, sentences: Vec::new() };
        say.what_there_is(&totals, &seen);
        let unsaid = gaps::missing(cx.files(), |_| true);
        say.who_reached(&totals, &seen, !unsaid.is_empty());
        say.what_to_do(to_do);
        say.campaign(selection.hindsight.of(data), &seen);
        say.cannot_say(&gaps::said(cx.files(), &unsaid), data);
        Ok(FirstRead { sentences: say.sentences })
    }
}

/// What is counted for the sentences alone.
#[derive(Default)]
struct Seen {
    /// First and last click in view.
    span: (i64, i64),
    /// Users with a click in view that a person made, of any class where the filter says which.
    people: u64,
    /// People who reached a page that is known not to be safe; past a warning, before it was known, with nothing
    /// in the way. Somebody may be in several.
    reached: u64,
    past: u64,
    early: u64,
    let_through: u64,
    /// People who reached one that the export itself calls not safe, and those of them on a link of a simulation: the tile has
    /// them, and no list of what is bad.
    by_verdict: u64,
    tested: u64,
    /// Clicks that reached a page which is known not to be safe and name nobody.
    nameless: u64,
    /// Clicks that reached a page which the export calls not safe, on links of a simulation.
    tests: u64,
    campaign: Option<Largest>,
}

/// The campaign with most people.
struct Largest {
    /// Its number.
    campaign: u32,
    /// When each of them first clicked, ascending.
    clickers: Vec<i64>,
    /// When the first click of a person was stopped.
    stopped: Option<i64>,
}

/// Bits of a user.
const REACHED: u8 = 1;
const PAST: u8 = 2;
const EARLY: u8 = 4;
const LET_THROUGH: u8 = 8;
const BY_VERDICT: u8 = 16;
const TESTED: u8 = 32;
const CLICKED: u8 = 64;

impl Seen {
    /// `reached_bad`: the rows of [`Selection::reached_bad`]. `is_all`: nobody's clicks are left out.
    fn new(data: &Dataset, selection: &Selection, reached_bad: &[u32], is_all: bool) -> Seen {
        let (facts, labels) = (selection.hindsight.of(data), selection.lens.labels(data));
        let mut of_user = vec![0_u8; data.users.len()];
        let mut set = |row: usize, bits: u8| {
            if let Some(user) = of_user.get_mut(data.user.at(row).raw() as usize) {
                *user |= bits;
            }
        };
        let mut nameless = 0;
        for row in reached_bad.iter().map(|row| *row as usize) {
            if data.user.at(row).raw() as usize >= data.users.len() {
                nameless += u64::from(data.weight_of(row));
            }
            if labels.class(row).is_person() {
                set(row, REACHED);
                set(
                    row,
                    match facts.attempt(row) {
                        Outcome::Overridden => PAST,
                        Outcome::Exposed => EARLY,
                        _ => LET_THROUGH,
                    },
                );
            }
        }
        let mut tests = 0;
        for row in selection.rows_of(data, &|kind| kind.is_reached_unsafe()) {
            let row = row as usize;
            let is_test = facts.attempt(row) == Outcome::Simulation;
            tests += if is_test { u64::from(data.weight_of(row)) } else { 0 };
            if labels.class(row).is_person() {
                set(row, if is_test { BY_VERDICT | TESTED } else { BY_VERDICT });
            }
        }
        // Of each campaign in view how many rows of people it has, then these rows' users together.
        let mut starts = vec![0_u32; facts.campaigns().len() + 1];
        let mut members: Vec<(u32, u32)> = Vec::new();
        for row in selection.rows.clone() {
            if !selection.passes(data, row) {
                continue;
            }
            let is_person = labels.class(row).is_person();
            if is_person || is_all {
                set(row, CLICKED);
            }
            let campaign = facts.campaign(data, row);
            if is_person
                && campaign != NONE
                && let Some(next) = starts.get_mut(campaign as usize + 1)
            {
                *next += 1;
                members.push((campaign, row as u32));
            }
        }
        let with = |bit: u8| of_user.iter().filter(|one| **one & bit != 0).count() as u64;
        let mut rows = selection.iter(data);
        let first = rows.next().unwrap_or_default();
        let last = rows.next_back().unwrap_or(first);
        Seen {
            span: (
                data.time.get(first).copied().unwrap_or_default(),
                data.time.get(last).copied().unwrap_or_default(),
            ),
            people: with(CLICKED),
            reached: with(REACHED),
            past: with(PAST),
            early: with(EARLY),
            let_through: with(LET_THROUGH),
            by_verdict: with(BY_VERDICT),
            tested: with(TESTED),
            nameless,
            tests,
            campaign: Largest::new(data, starts, &members),
        }
    }
}

impl Largest {
    /// `members`: campaign and row of each click of a person, oldest first. `starts`: how many each campaign has, one place on.
    fn new(data: &Dataset, mut starts: Vec<u32>, members: &[(u32, u32)]) -> Option<Largest> {
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut rows = vec![0_u32; members.len()];
        let mut next = starts.clone();
        for (campaign, row) in members {
            let at = &mut next[*campaign as usize];
            rows[*at as usize] = *row;
            *at += 1;
        }
        let of = |campaign: usize| &rows[starts[campaign] as usize..starts[campaign + 1] as usize];
        // The last campaign that each user was counted for.
        let mut counted_for = vec![NONE; data.users.len()];
        let mut most = (0, 0);
        for campaign in 0..starts.len() - 1 {
            let mut people = 0;
            for row in of(campaign) {
                if let Some(last) = counted_for.get_mut(data.user.at(*row as usize).raw() as usize)
                    && std::mem::replace(last, campaign as u32) != campaign as u32
                {
                    people += 1;
                }
            }
            if people > most.0 {
                most = (people, campaign);
            }
        }
        let (people, campaign) = most;
        if people < 2 {
            return None;
        }
        let mut largest = Largest { campaign: campaign as u32, clickers: Vec::new(), stopped: None };
        let mut known = vec![false; data.users.len()];
        for row in of(campaign).iter().map(|row| *row as usize) {
            if largest.stopped.is_none() && data.kind_of(row).action == Action::Blocked {
                largest.stopped = Some(data.time[row]);
            }
            if let Some(known) = known.get_mut(data.user.at(row).raw() as usize)
                && !std::mem::replace(known, true)
            {
                largest.clickers.push(data.time[row]);
            }
        }
        Some(largest)
    }
}

struct Say<'a> {
    filter: &'a Filter,
    sentences: Vec<Sentence>,
}

impl Say<'_> {
    /// A number that leads to a page under the filter and what else it counts.
    fn door(&self, text: String, page: &str, narrow: &[(Key, &str)]) -> Part {
        let filter = narrowed(self.filter, narrow);
        Part { text: text.into(), page: Some(page.to_owned()), filter: filter.to_string() }
    }

    fn push(&mut self, parts: Vec<Part>) {
        self.sentences.push(Sentence(parts));
    }

    fn what_there_is(&mut self, t: &Totals, seen: &Seen) {
        let (first, last) = seen.span;
        let days = (last - first) / DAY_MS + 1;
        let is_all_of_machines = t.automated == Some(t.clicks);
        let mut parts = vec![plain(format!("In {} ", counted(days.unsigned_abs(), "day", "days")))];
        let links = self.door(counted(t.urls, "link", "links"), "urls", &[]);
        match seen.people {
            0 => {
                let were = if t.urls == 1 { " was clicked in " } else { " were clicked in " };
                parts.extend([links, plain(were.to_owned())]);
            }
            people => {
                let people = self.door(counted(people, "person", "people"), "people", &[]);
                parts.extend([people, plain(" clicked ".to_owned()), links, plain(" in ".to_owned())]);
            }
        }
        parts.push(self.door(counted(t.clicks, "click", "clicks"), "clicks", &[]));
        if seen.people == 0 {
            let names = if t.clicks == 1 { " that names nobody" } else { " that name nobody" };
            parts.push(plain(names.to_owned()));
        }
        if is_all_of_machines {
            parts.push(plain(", all made by machines, as far as can be told".to_owned()));
        } else if let Some(machines @ 1..) = t.automated {
            parts.push(plain("; ".to_owned()));
            let key = Key::Is(Field::Automation);
            parts.push(self.door(
                format!("{} of them", thousands(machines)),
                "clicks",
                &[(key, "automated"), (key, "likely")],
            ));
            parts.push(plain(format!(
                " {} made by machines, as far as can be told",
                if machines == 1 { "was" } else { "were" }
            )));
        }
        parts.push(plain(".".to_owned()));
        self.push(parts);
    }

    fn who_reached(&mut self, t: &Totals, seen: &Seen, is_unknown: bool) {
        if seen.reached == 0 {
            if t.reached_unsafe == 0 && seen.nameless > 0 {
                self.push(vec![plain(format!(
                    "{} reached a page that is known today not to be safe.",
                    of_nobody(seen.nameless)
                ))]);
                return;
            }
            if t.reached_unsafe == 0 {
                if !is_unknown {
                    let nobody = "No person in view reached a page that is known not to be safe.";
                    self.push(vec![plain(nobody.to_owned())]);
                }
                return;
            }
            let clicks = self.door(
                counted(t.reached_unsafe, "click", "clicks"),
                "clicks",
                &[(Key::Reached, "unsafe")],
            );
            let others = t.reached_unsafe.saturating_sub(seen.tests);
            let what = match (seen.tests, others) {
                (0, _) => " reached a page that is not safe, and no person is known to have made any of them.".to_owned(),
                (_, 0) => " reached a page that is not safe by the verdict at the click, on a link of a phishing simulation.".to_owned(),
                (tests, others) => format!(
                    " reached a page that is not safe by the verdict at the click: {} on a link of a phishing simulation, {} that no person is known to have made.",
                    thousands(tests),
                    thousands(others)
                ),
            };
            self.push(vec![clicks, plain(what)]);
            return;
        }
        let key = Key::Is(Field::Attempt);
        let ways: [(u64, &[&str], &str); 3] = [
            (seen.past, &["overridden"], " past a warning"),
            (seen.early, &["exposed"], " before it was found out"),
            (seen.let_through, &["reached", "missed"], " with nothing in the way"),
        ];
        let doors = |tokens: &[&'static str]| -> Vec<(Key, &str)> {
            tokens.iter().map(|token| (key, *token)).chain([(Key::Reached, "yes")]).collect()
        };
        let all: Vec<&str> = ways.iter().flat_map(|(_, tokens, _)| *tokens).copied().collect();
        let mut parts = vec![
            self.door(counted(seen.reached, "person", "people"), "people", &doors(&all)),
            plain(" reached a page that is known today not to be safe".to_owned()),
        ];
        // The tile counts by what the export says of the click: the difference is said before somebody asks.
        if seen.by_verdict != seen.reached {
            parts.push(plain(" (".to_owned()));
            parts.push(self.door(thousands(seen.by_verdict), "people", &[(Key::Reached, "unsafe")]));
            parts.push(plain(match seen.tested {
                0 => " by the verdict at the click)".to_owned(),
                n => format!(
                    " by the verdict at the click, {} of them in a phishing simulation)",
                    thousands(n)
                ),
            }));
        }
        let mut before = ": ";
        for (people, tokens, how) in ways.iter().filter(|(people, ..)| *people > 0) {
            parts.push(plain(std::mem::replace(&mut before, ", ").to_owned()));
            parts.push(self.door(thousands(*people), "people", &doors(tokens)));
            parts.push(plain((*how).to_owned()));
        }
        if ways.iter().map(|(people, ..)| people).sum::<u64>() > seen.reached {
            parts.push(plain(
                if seen.reached == 1 { "; in more than one way" } else { "; some in more than one way" }
                    .to_owned(),
            ));
        }
        if seen.nameless > 0 {
            parts.push(plain(format!("; so did {}", of_nobody(seen.nameless))));
        }
        parts.push(plain(".".to_owned()));
        self.push(parts);
    }

    fn what_to_do(&mut self, people: u64) {
        if people > 0 {
            let need = if people == 1 { " needs action." } else { " need action." };
            let number = self.door(counted(people, "person", "people"), "todo", &[]);
            self.push(vec![number, plain(need.to_owned())]);
        }
    }

    fn campaign(&mut self, facts: &Facts, seen: &Seen) {
        let Some(largest) = &seen.campaign else { return };
        let name = facts.campaigns().get(largest.campaign);
        let (Some(first), Some(last)) = (largest.clickers.first(), largest.clickers.last()) else { return };
        let key = Key::Is(Field::Campaign);
        let mut shown = self.door(String::new(), "campaigns", &[(key, name)]);
        shown.text = Untrusted::from(clicks::model::text::defanged(name).as_str());
        let people = largest.clickers.len() as u64;
        let mut parts = vec![
            plain("The largest campaign, ".to_owned()),
            shown,
            plain(", was clicked by ".to_owned()),
            self.door(counted(people, "person", "people"), "people", &[(key, name)]),
            plain(format!(" in {}", lasting((last - first).max(MINUTE_MS)))),
        ];
        let clickers: Vec<i64> = largest.clickers.iter().map(|at| at - first).collect();
        if let Some(said) = stop(&clickers, largest.stopped.map(|at| at - first)) {
            parts.push(plain(format!("; {said}")));
        }
        parts.push(plain(".".to_owned()));
        self.push(parts);
    }

    fn cannot_say(&mut self, unsaid: &str, data: &Dataset) {
        let mut text = unsaid.to_owned();
        if !text.is_empty() {
            text.push('.');
        }
        if data.users.iter().take(100).any(is_concealed) {
            text.push_str(if text.is_empty() { "Names are concealed." } else { " Names are concealed." });
        }
        if !text.is_empty() {
            self.push(vec![plain(text)]);
        }
    }
}

fn plain(text: String) -> Part {
    Part { text: text.into(), page: None, filter: String::new() }
}

/// "3 clicks that name nobody".
fn of_nobody(clicks: u64) -> String {
    let name = if clicks == 1 { "names" } else { "name" };
    format!("{} that {name} nobody", counted(clicks, "click", "clicks"))
}
