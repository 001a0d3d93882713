//! The first read: what happened, in five sentences at the most, that somebody can pass on as they are.
//!
//! Owns the sentences. Every number in them is one that a list or a tile has under the same filter, and leads there.

use serde::{Deserialize, Serialize};

use super::door::narrowed;
use super::gaps;
use super::lasting;
use super::story::stop;
use super::worklist::people_to_do;
use clicks::Failure;
use clicks::hindsight::{Facts, Outcome};
use clicks::import::{FileReport, Gap};
use clicks::model::ids::Id as _;
use clicks::model::text::{counted, thousands};
use clicks::model::{Action, DAY_MS, Dataset, Field, MINUTE_MS, NONE, Untrusted, is_concealed};
use clicks::query::{Ask, AskDashboard, Cx, Dashboard, Filter, Key, Selection};

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
        let dashboard = AskDashboard { filter: self.filter.clone(), quick: false }.answer(cx)?;
        let (filter, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        let facts = selection.hindsight.of(data);
        let t = &dashboard.totals;
        if t.clicks == 0 {
            return Ok(FirstRead::default());
        }
        let seen = Seen::new(data, &selection, facts);
        let to_do = people_to_do(data, &selection, facts);
        let mut say = Say { filter: &filter, sentences: Vec::new() };
        say.what_there_is(&dashboard, &seen);
        say.who_reached(&dashboard, &seen);
        say.what_to_do(to_do);
        say.campaign(data, facts, &seen);
        say.cannot_say(cx.files(), data);
        Ok(FirstRead { sentences: say.sentences })
    }
}

/// What is counted for the sentences alone: people, machines left out, by what came of their clicks.
#[derive(Default)]
struct Seen {
    /// First and last click in view.
    span: Option<(i64, i64)>,
    /// People who reached a page that is known not to be safe; past a warning, before it was known, with nothing
    /// in the way. Somebody may be in several.
    reached: u64,
    past: u64,
    early: u64,
    let_through: u64,
    /// The campaign with most people: its number, how many, when each clicked first.
    campaign: u32,
    clickers: Vec<i64>,
    /// When the first click of it was stopped.
    stopped: Option<i64>,
}

impl Seen {
    fn new(data: &Dataset, selection: &Selection, facts: &Facts) -> Seen {
        let labels = selection.lens.labels(data);
        let mut seen = Seen { campaign: NONE, ..Seen::default() };
        let mut of_user = vec![0_u8; data.users.len()];
        let mut people = vec![0_u32; facts.campaigns().len()];
        let mut pairs = std::collections::HashSet::new();
        for row in selection.iter(data) {
            let (first, _) = seen.span.unwrap_or((data.time[row], 0));
            seen.span = Some((first, data.time[row]));
            if !labels.class(row).is_person() {
                continue;
            }
            let user = data.user.at(row).raw();
            let Some(of_user) = of_user.get_mut(user as usize) else { continue };
            *of_user |= match facts.attempt(row) {
                _ if !facts.has_reached_bad(data, row) => 0,
                Outcome::Overridden => 1 | 2,
                Outcome::Exposed => 1 | 4,
                _ => 1 | 8,
            };
            if let Some(people) = people.get_mut(facts.campaign(data, row) as usize)
                && pairs.insert(u64::from(facts.campaign(data, row)) << 32 | u64::from(user))
            {
                *people += 1;
            }
        }
        let with = |bit: u8| of_user.iter().filter(|one| **one & bit != 0).count() as u64;
        (seen.reached, seen.past, seen.early, seen.let_through) = (with(1), with(2), with(4), with(8));
        let most = people.iter().copied().max().unwrap_or_default();
        seen.campaign = people.iter().position(|n| *n == most && most > 1).map_or(NONE, |at| at as u32);
        let mut known = vec![false; data.users.len()];
        for row in selection
            .iter(data)
            .filter(|row| facts.campaign(data, *row) == seen.campaign && seen.campaign != NONE)
        {
            if seen.stopped.is_none()
                && labels.class(row).is_person()
                && data.kind_of(row).action == Action::Blocked
            {
                seen.stopped = Some(data.time[row]);
            }
            if let Some(known) = known.get_mut(data.user.at(row).raw() as usize)
                && labels.class(row).is_person()
                && !std::mem::replace(known, true)
            {
                seen.clickers.push(data.time[row]);
            }
        }
        seen
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

    fn what_there_is(&mut self, d: &Dashboard, seen: &Seen) {
        let t = &d.totals;
        let (first, last) = seen.span.unwrap_or_default();
        let days = (last - first) / DAY_MS + 1;
        let mut parts = vec![
            plain(format!("In {} ", counted(days.unsigned_abs(), "day", "days"))),
            self.door(counted(t.people.saturating_sub(d.left_out.people), "person", "people"), "people", &[]),
            plain(" clicked ".to_owned()),
            self.door(counted(t.urls, "link", "links"), "urls", &[]),
            plain(" in ".to_owned()),
            self.door(counted(t.clicks, "click", "clicks"), "clicks", &[]),
        ];
        if let Some(machines @ 1..) = t.automated {
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

    fn who_reached(&mut self, d: &Dashboard, seen: &Seen) {
        if seen.reached == 0 {
            let is_unknown = Gap::ALL.into_iter().any(|gap| d.lacks(gap));
            return match d.totals.reached_unsafe {
                0 if is_unknown => {}
                0 => self.push(vec![plain(
                    "No person in view reached a page that is known not to be safe.".to_owned(),
                )]),
                n => {
                    let clicks =
                        self.door(counted(n, "click", "clicks"), "clicks", &[(Key::Reached, "unsafe")]);
                    let what =
                        " reached a page that is not safe, and no person is known to have made any of them.";
                    self.push(vec![clicks, plain(what.to_owned())]);
                }
            };
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
        let by_verdict = d.totals.reached_unsafe_people.saturating_sub(d.left_out.reached_unsafe_people);
        if by_verdict != seen.reached {
            parts.push(plain(" (".to_owned()));
            parts.push(self.door(thousands(by_verdict), "people", &[(Key::Reached, "unsafe")]));
            parts.push(plain(" by the verdict at the click)".to_owned()));
        }
        let mut before = ": ";
        for (people, tokens, how) in ways.iter().filter(|(people, ..)| *people > 0) {
            parts.push(plain(std::mem::replace(&mut before, ", ").to_owned()));
            parts.push(self.door(thousands(*people), "people", &doors(tokens)));
            parts.push(plain((*how).to_owned()));
        }
        if ways.iter().map(|(people, ..)| people).sum::<u64>() > seen.reached {
            parts.push(plain("; some in more than one way".to_owned()));
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

    fn campaign(&mut self, data: &Dataset, facts: &Facts, seen: &Seen) {
        let name = facts.campaigns().get(seen.campaign);
        let (Some(first), Some(last)) = (seen.clickers.first(), seen.clickers.last()) else { return };
        if name.is_empty() || data.is_empty() {
            return;
        }
        let key = Key::Is(Field::Campaign);
        let mut shown = self.door(String::new(), "campaigns", &[(key, name)]);
        shown.text = Untrusted::from(clicks::model::text::defanged(name).as_str());
        let people = seen.clickers.len() as u64;
        let mut parts = vec![
            plain("The largest campaign, ".to_owned()),
            shown,
            plain(", was clicked by ".to_owned()),
            self.door(counted(people, "person", "people"), "people", &[(key, name)]),
            plain(format!(" in {}", lasting((last - first).max(MINUTE_MS)))),
        ];
        let clickers: Vec<i64> = seen.clickers.iter().map(|at| at - first).collect();
        if let Some(said) = stop(&clickers, seen.stopped.map(|at| at - first)) {
            parts.push(plain(format!("; {said}")));
        }
        parts.push(plain(".".to_owned()));
        self.push(parts);
    }

    fn cannot_say(&mut self, files: &[FileReport], data: &Dataset) {
        let mut text = gaps::said(files, &gaps::missing(files, |_| true));
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
