//! What one click means: what came of it in the light of all clicks, what followed, and what its URL shows without being opened.
//!
//! Owns which of these are said of a click. Its fields and its record are a question of their own ([`clicks::query::AskDetail`]).

use serde::{Deserialize, Serialize};

use super::accounts::type_of_no_person;
use super::after::After;
use super::worklist::came_of_it;
use clicks::Failure;
use clicks::link::{UrlReading, read};
use clicks::model::ids::Id as _;
use clicks::model::text::counted;
use clicks::model::{DAY_MS, Dataset, Field, Untrusted, iso_date_of_ms};
use clicks::query::{Ask, Cx, values};

/// Asks what a click means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskMeaning {
    /// Row of the data.
    pub row: u32,
}

/// What a click means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Meaning {
    /// The row.
    pub row: u32,
    /// What came of the attempt, in a few words; empty where nothing is to be said beside verdict and action.
    pub came_of_it: String,
    /// What followed, each in a few words.
    pub followed: Vec<String>,
    /// The campaign; empty for none.
    pub campaign: Untrusted,
    /// What the URL shows.
    pub url: UrlReading,
    /// How new the host is in this data, in a sentence.
    pub new_here: String,
}

/// A host that was first clicked within so many days before is new here. No source for a week.
const NEW_DAYS: i64 = 7;

impl Ask for AskMeaning {
    const NAME: &'static str = "meaning";
    type Answer = Meaning;

    fn answer(&self, cx: &mut Cx) -> Result<Meaning, Failure> {
        let row = self.row as usize;
        let rows = cx.data().len();
        if row >= rows {
            return Err(Failure::bad_request(format!("There is no row {row}: the data has {rows} rows.")));
        }
        let (_, selection) = cx.select("")?;
        let data = cx.data();
        let facts = selection.hindsight.of(data);
        let attempt = facts.attempt(row);
        let is_bad = facts.has_reached_bad(data, row);
        let mut followed = Vec::new();
        if is_bad {
            let mut of_user = vec![false; data.users.len()];
            if let Some(one) = of_user.get_mut(data.user.at(row).raw() as usize) {
                *one = true;
            }
            let after = After::new(data, cx.tables(), &of_user);
            followed.extend(after.followed(data, row).told());
            followed.extend(after.removal(data, row));
        }
        let account = type_of_no_person(cx.tables(), data.users.text(data.user.at(row)));
        if let Some(kind) = account {
            let whose = if kind.original().to_lowercase().contains("guest") {
                "one of another company"
            } else {
                "the click may be anybody’s"
            };
            followed.push(format!("a directory calls the account {}: {whose}", kind.shown()));
        }
        Ok(Meaning {
            row: self.row,
            came_of_it: if is_bad { came_of_it(data, facts, row, attempt) } else { String::new() },
            followed,
            campaign: facts.campaigns().get(facts.campaign(data, row)).into(),
            url: read(&values::text(data, row, Field::Url), selection.hindsight.own(data)),
            new_here: new_here(data, row),
        })
    }
}

/// "First clicked here on 2026-04-06, by 3 people in all."
fn new_here(data: &Dataset, row: usize) -> String {
    let host = data.host_of_row(row);
    if host.is_none() {
        return String::new();
    }
    let mut people = vec![false; data.users.len()];
    let mut first = None;
    for other in (0..data.len()).filter(|other| data.host_of_row(*other) == host) {
        first = first.or(Some(data.time[other]));
        if let Some(one) = people.get_mut(data.user.at(other).raw() as usize) {
            *one = true;
        }
    }
    let Some(first) = first else { return String::new() };
    let people = people.iter().filter(|one| **one).count() as u64;
    // At the start of the data everything is first clicked.
    let begun = data.span().map_or(first, |(begun, _)| begun);
    let is_new = data.time[row] - first <= NEW_DAYS * DAY_MS && first - begun > NEW_DAYS * DAY_MS;
    let new = if is_new { "New here: first" } else { "Host first" };
    format!("{new} clicked on {}, by {} in all.", iso_date_of_ms(first), counted(people, "person", "people"))
}
