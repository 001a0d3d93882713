//! Who needs action: everybody who reached a page that is not safe, as is known today, and what happened.
//!
//! Owns which clicks these are, how urgent each is, and the sentences. What has been done already is kept by whoever shows it.

use serde::{Deserialize, Serialize};

use super::after::{After, Followed};
use super::gaps;
use super::lasting::lasting;
use clicks::Failure;
use clicks::hindsight::{Facts, Ground, Outcome, SOME_TIME};
use clicks::model::ids::Id as _;
use clicks::model::sorting::sorted;
use clicks::model::{Dataset, Field, Kind, NONE, Untrusted, Verdict, iso_date_of_ms};
use clicks::query::{Ask, Cx, Selection, values};

/// Asks who needs action among the clicks that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskWorklist {
    /// Canonical text of a filter.
    pub filter: String,
    /// How many people at the most; without it [`PEOPLE`].
    pub limit: Option<u32>,
}

/// Who needs action, the most urgent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Worklist {
    /// The people.
    pub entries: Vec<ToDo>,
    /// How many there are in all, those with nothing but machines' clicks not among them.
    pub total: u64,
    /// How many have nothing but machines' clicks; they come last.
    pub machines: u64,
    /// Clicks that no user is named for.
    pub nameless: u64,
    /// What sign-ins can tell of them, in a sentence.
    pub sign_ins: String,
    /// What the export does not say and the list would need, in a sentence; empty where it says all.
    pub unsaid: String,
    /// How the list is made, in a sentence.
    pub rule: String,
}

/// One person of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ToDo {
    /// Who.
    pub user: Untrusted,
    /// Their group, where a directory says it.
    pub group: Untrusted,
    /// 4 a sign-in from somewhere new followed, 3 past the warning of a malicious page, 2 let through to one, 1 to one that
    /// may be, 0 by machines alone.
    pub urgency: u32,
    /// Why they are on the list, in a few words.
    pub reason: String,
    /// What happened, the newest first; the first [`HAPPENED`].
    pub happened: Vec<Happened>,
    /// How many more there are.
    pub more: u64,
    /// Newest of them, Unix milliseconds.
    pub last_ms: i64,
}

/// One thing that happened: a click, or the attempt it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Happened {
    /// The row.
    pub row: u32,
    /// When, Unix milliseconds.
    pub time_ms: i64,
    /// The URL.
    pub url: Untrusted,
    /// The campaign; empty for none.
    pub campaign: Untrusted,
    /// What came of it and what followed, each in a few words.
    pub said: Vec<String>,
}

/// People that are answered when nobody says how many: more is no list that anybody works off.
const PEOPLE: u32 = 200;
/// Clicks of a person that are told one by one.
const HAPPENED: usize = 6;

const RULE: &str = "Everybody who went past a warning, was let through to a page that was malicious, on a block list or not analysed yet, or was let through before it was found out or although others like it were stopped. Most urgent first, then newest. Clicks that look automated stay in the list and come last.";

impl Ask for AskWorklist {
    const NAME: &'static str = "worklist";
    type Answer = Worklist;

    fn answer(&self, cx: &mut Cx) -> Result<Worklist, Failure> {
        let (_, selection) = cx.select(&self.filter)?;
        let data = cx.data();
        let facts = selection.hindsight.of(data);
        let clicks = clicks(data, &selection, facts, &selection.reached_bad(data));
        let mut of_user = vec![false; data.users.len()];
        let mut list = Worklist { rule: RULE.to_owned(), ..Worklist::default() };
        for click in &clicks {
            match of_user.get_mut(data.user.at(click.row).raw() as usize) {
                Some(user) => *user = true,
                None => list.nameless += u64::from(data.weight_of(click.row)),
            }
        }
        let after = After::new(data, cx.tables(), &of_user);
        list.sign_ins = match after.covered() {
            None => "No sign-in log is open: nobody can say whether somebody else signed in afterwards."
                .to_owned(),
            Some((first, last)) => format!(
                "Sign-ins of {} to {} are open and were compared: within an hour after the click, from a network or with a device that the person had not used before. Where nothing is said of them, they do not cover the click.",
                iso_date_of_ms(first),
                iso_date_of_ms(last)
            ),
        };
        list.unsaid = gaps::of_people(cx.files(), |_| true);
        let people = people(data, facts, &after, &clicks);
        list.machines = people.iter().filter(|one| one.urgency == 0).count() as u64;
        list.total = people.len() as u64 - list.machines;
        let limit = self.limit.unwrap_or(PEOPLE) as usize;
        list.entries = people.iter().take(limit).map(|one| one.told(data, facts, &after)).collect();
        Ok(list)
    }
}

/// Who needs action with the time of each click, for queries: all of them, machines left out.
pub(super) fn clicks_to_do(cx: &mut Cx, filter: &str) -> Result<Vec<(String, i64)>, Failure> {
    let (_, selection) = cx.select(filter)?;
    let data = cx.data();
    let all = clicks(data, &selection, selection.hindsight.of(data), &selection.reached_bad(data));
    let people = all.iter().rev().filter(|click| !click.is_machine);
    let named =
        people.map(|click| (data.users.text(data.user.at(click.row)).to_owned(), data.time[click.row]));
    Ok(named.filter(|(user, _)| !user.is_empty()).collect())
}

/// How many people need action, of the rows of [`Selection::reached_bad`].
pub(super) fn people_to_do(data: &Dataset, selection: &Selection, reached_bad: &[u32]) -> u64 {
    let facts = selection.hindsight.of(data);
    let mut of_user = vec![false; data.users.len()];
    for click in clicks(data, selection, facts, reached_bad).iter().filter(|click| !click.is_machine) {
        if let Some(user) = of_user.get_mut(data.user.at(click.row).raw() as usize) {
            *user = true;
        }
    }
    of_user.iter().filter(|is| **is).count() as u64
}

/// A click that reached a page that is not safe; of an attempt with several rows the last one that did.
struct Click {
    row: usize,
    attempt: Outcome,
    is_machine: bool,
}

/// The clicks in view that need action, oldest first, of the rows of [`Selection::reached_bad`].
fn clicks(data: &Dataset, selection: &Selection, facts: &Facts, reached_bad: &[u32]) -> Vec<Click> {
    let mut clicks: Vec<Click> = Vec::new();
    let mut of_attempt = vec![NONE; data.shared_attempts as usize];
    let labels = selection.lens.labels(data);
    for row in reached_bad.iter().map(|row| *row as usize) {
        let attempt = facts.attempt(row);
        let is_machine = !labels.class(row).is_person();
        match of_attempt.get_mut(data.attempt(row) as usize) {
            Some(known) if *known != NONE => {
                let known = &mut clicks[*known as usize];
                known.is_machine &= is_machine;
                known.row = row;
            }
            slot => {
                if let Some(slot) = slot {
                    *slot = clicks.len() as u32;
                }
                clicks.push(Click { row, attempt, is_machine });
            }
        }
    }
    clicks
}

/// One person and their clicks, the newest first.
struct Person<'a> {
    user: u32,
    clicks: Vec<&'a Click>,
    urgency: u32,
}

fn people<'a>(data: &Dataset, facts: &Facts, after: &After<'_>, clicks: &'a [Click]) -> Vec<Person<'a>> {
    let mut place = vec![NONE; data.users.len()];
    let mut people: Vec<Person<'a>> = Vec::new();
    for click in clicks.iter().rev() {
        let user = data.user.at(click.row).raw();
        let Some(place) = place.get_mut(user as usize) else { continue };
        if *place == NONE {
            *place = people.len() as u32;
            people.push(Person { user, clicks: Vec::new(), urgency: 0 });
        }
        let person = &mut people[*place as usize];
        person.urgency = person.urgency.max(urgency(data, facts, after, click));
        person.clicks.push(click);
    }
    // They stand newest first: equals keep that order.
    sorted(people, |a, b| b.urgency.cmp(&a.urgency))
}

fn urgency(data: &Dataset, facts: &Facts, after: &After<'_>, click: &Click) -> u32 {
    if click.is_machine {
        return 0;
    }
    if matches!(after.followed(data, click.row), Followed::New(_)) {
        return 4;
    }
    let is_malicious = data.kind_of(click.row).verdict == Verdict::Malicious;
    match click.attempt {
        Outcome::Overridden if is_malicious => 3,
        Outcome::Reached if is_malicious => 2,
        Outcome::Exposed
            if facts.known_since(data, click.row).is_some_and(|(_, ground)| ground == Ground::Url) =>
        {
            2
        }
        _ => 1,
    }
}

impl Person<'_> {
    fn told(&self, data: &Dataset, facts: &Facts, after: &After<'_>) -> ToDo {
        let happened = |click: &&Click| Happened {
            row: click.row as u32,
            time_ms: data.time[click.row],
            url: values::text(data, click.row, Field::Url).into(),
            campaign: facts.campaigns().get(facts.campaign(data, click.row)).into(),
            said: said(data, facts, after, click),
        };
        let first = self.clicks.first().map_or(0, |click| click.row);
        ToDo {
            user: data.users.raw().get(self.user).into(),
            group: values::text(data, first, Field::Group).into(),
            urgency: self.urgency,
            reason: match self.urgency {
                4 => "Sign-in from somewhere new afterwards",
                3 => "Past the warning of a malicious page",
                2 => "Let through to a malicious page",
                1 => "Reached a page that may be malicious",
                _ => "Clicks that look automated",
            }
            .to_owned(),
            happened: self.clicks.iter().take(HAPPENED).map(happened).collect(),
            more: self.clicks.len().saturating_sub(HAPPENED) as u64,
            last_ms: data.time[first],
        }
    }
}

/// What came of a click and what followed.
fn said(data: &Dataset, facts: &Facts, after: &After<'_>, click: &Click) -> Vec<String> {
    let mut said = vec![came_of_it(data, facts, click.row, click.attempt)];
    let followed = after.followed(data, click.row);
    // What the log does not cover is said once, above the list.
    said.extend(
        Some(followed).filter(|followed| !matches!(followed, Followed::NotCovered)).and_then(Followed::told),
    );
    said.extend(after.removal(data, click.row));
    if click.is_machine {
        said.push("looks automated".to_owned());
    }
    said
}

/// How a page that is not safe was reached, in a few words.
pub(super) fn came_of_it(data: &Dataset, facts: &Facts, row: usize, attempt: Outcome) -> String {
    let kind = data.kind_of(row);
    match attempt {
        Outcome::Overridden => match facts.to_override(row) {
            Some(ms) => format!("past the {} after {}", page_of(kind), lasting(ms)),
            None => format!("past the {}", page_of(kind)),
        },
        Outcome::Exposed | Outcome::Missed => match facts.known_since(data, row) {
            Some((SOME_TIME, ground)) => format!("let through, and {} found to be bad later", whose(ground)),
            Some((since, ground)) if since > data.time[row] => {
                format!(
                    "let through {} before {} found to be bad",
                    lasting(since - data.time[row]),
                    whose(ground)
                )
            }
            Some((since, ground)) => {
                format!(
                    "let through {} after {} found to be bad",
                    lasting(data.time[row] - since),
                    whose(ground)
                )
            }
            None => "let through".to_owned(),
        },
        _ => match kind.verdict {
            Verdict::Malicious => "let through, malicious".to_owned(),
            Verdict::Pending => "let through before it was scanned".to_owned(),
            Verdict::Blocked => "let through, on a block list".to_owned(),
            _ => "let through".to_owned(),
        },
    }
}

const fn page_of(kind: Kind) -> &'static str {
    match kind.verdict {
        Verdict::Malicious => "warning of a malicious page",
        Verdict::Pending => "waiting page",
        _ => "warning",
    }
}

const fn whose(ground: Ground) -> &'static str {
    match ground {
        Ground::Form => "links like it were",
        Ground::Domain => "its domain was",
        _ => "it was",
    }
}
