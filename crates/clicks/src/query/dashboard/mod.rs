//! Everything the overview shows, from one selection in one pass.
//!
//! Owns the question and what its answer has. How each part is counted is beside the part.

mod facets;
mod heatmap;
mod totals;

use serde::{Deserialize, Serialize};

use super::ranking::{self, Ranking, Rankings};
use super::tally::Tally;
use super::timeline::{self, TimeSeries};
use super::{Ask, Cx, Filter, Key, Selection, notes};
use crate::failure::Failure;
use crate::import::{Gap, Note};
use crate::model::{Dataset, Field};

pub use self::facets::{Facet, FacetValue};
pub use self::heatmap::Heatmap;
pub use self::totals::{OverrideRate, Totals, totals_of};

/// What machines did, as far as lists of users leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LeftOut {
    /// Clicks.
    pub clicks: u64,
    /// Users who have no other clicks in view than these.
    pub people: u64,
    /// Verdict Malicious.
    pub malicious: u64,
    /// Reached, and the verdict is known and not Safe.
    pub reached_unsafe: u64,
    /// Users with no other such click.
    pub reached_unsafe_people: u64,
    /// Action Blocked.
    pub blocked: u64,
}

/// Asks for everything the overview shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDashboard {
    /// Canonical text of a filter, see [`super::Filter`].
    pub filter: String,
    /// Do not wait for the labels of who clicked, where they are not there yet: see [`Totals::automated`].
    #[serde(default)]
    pub quick: bool,
}

/// Everything the overview shows, computed from one selection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Dashboard {
    /// The filter this answers, in canonical form.
    pub filter: String,
    /// Name of the time zone of every day and hour here.
    pub zone: String,
    /// Clicks in the data, without any filter.
    pub all_clicks: u64,
    /// People in the data, without any filter.
    pub all_people: u64,
    /// How many files gave clicks, also if all of them were in another one already.
    pub files: u32,
    /// Oldest and newest click of the whole data, Unix milliseconds UTC.
    pub data_span: Option<(i64, i64)>,
    /// First and last instant that the time filter lets through (inclusive, exclusive); none without one.
    pub window: Option<(i64, i64)>,
    /// The headline numbers.
    pub totals: Totals,
    /// Counted without what the filter says of actions, so that it stays a rate under any filter.
    pub override_rate: OverrideRate,
    /// Clicks over time by action.
    pub over_time: TimeSeries,
    /// Clicks by weekday (0 = Sunday) and hour of the day, in the zone.
    pub heatmap: Heatmap,
    /// Hosts by malicious clicks.
    pub top_hosts: Ranking,
    /// URLs by malicious clicks, then clicks.
    pub top_urls: Ranking,
    /// What lists of users leave out because no person did it; nothing where the filter says who.
    pub left_out: LeftOut,
    /// Users by blocked clicks.
    pub top_blocked: Ranking,
    /// Users by clicks that reached a page that is not safe.
    pub top_reached: Ranking,
    /// Counts by value of `verdict action source threat automation rawAction tenant group`, each without its own filter.
    pub facets: Vec<Facet>,
    /// What the numbers cannot say: missing columns, no allowed clicks, ignored filter keys.
    pub notes: Vec<Note>,
    /// Parts of the filter that had no effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// How long the engine took, in milliseconds, where it has been lent a clock.
    pub engine_ms: Option<f64>,
}

impl Dashboard {
    /// Whether files leave something unsaid.
    pub fn lacks(&self, gap: Gap) -> bool {
        self.notes.iter().any(|n| n.code == gap.code())
    }

    /// Whether the override rate is of more clicks than those in view.
    pub fn is_rate_unbent(&self) -> bool {
        Filter::parse(&self.filter).bends_rates()
    }
}

impl Ask for AskDashboard {
    const NAME: &'static str = "dashboard";
    type Answer = Dashboard;

    fn answer(&self, cx: &mut Cx) -> Result<Dashboard, Failure> {
        let began = cx.now_ms();
        let (filter, selection) = cx.select(&self.filter)?;
        // Whom to count is said: nobody is left out behind somebody's back.
        let is_said = filter.has_key(Key::Is(Field::Automation));
        let is_labelled = !self.quick || selection.lens.is_ready();
        let whom = Whom { is_said, is_labelled };
        let mut answer = dashboard(cx.data(), &selection, whom);
        answer.override_rate = rate(cx, &filter, &answer.totals)?;
        answer.filter = filter.to_string();
        answer.files = cx.taken_files().filter(|(_, file)| file.gave_clicks()).count() as u32;
        answer.notes = notes::notes(cx);
        answer.notes.extend(notes::of_ignored(&selection.ignored));
        answer.ignored.clone_from(&selection.ignored);
        answer.engine_ms = began.zip(cx.now_ms()).map(|(began, now)| now - began);
        Ok(answer)
    }
}

fn rate(cx: &mut Cx, filter: &Filter, in_view: &Totals) -> Result<OverrideRate, Failure> {
    if !filter.bends_rates() {
        return Ok(OverrideRate { overridden: in_view.overridden_attempts, warned: in_view.warned_attempts });
    }
    let (_, selection) = cx.select(&filter.clone().unbent().to_string())?;
    Ok(totals::rate_of(cx.data(), &selection))
}

/// Who counts as a user in rankings.
#[derive(Clone, Copy)]
struct Whom {
    /// The filter says who: nobody else is left out.
    is_said: bool,
    /// It is known who clicked, or worth waiting for.
    is_labelled: bool,
}

/// The answer, but for the notes and what is known of files.
fn dashboard(data: &Dataset, selection: &Selection, whom: Whom) -> Dashboard {
    let tally = Tally::new(data, selection);
    let machines = if whom.is_labelled { totals::machines(data, selection) } else { Vec::new() };
    let left_out: &[u32] = if whom.is_said { &[] } else { &machines };
    let Rankings { hosts, urls, blocked, reached, left_out_people } =
        ranking::rankings(data, selection, &tally, left_out);
    let mut totals = totals::totals(data, selection, &tally);
    let left_out = LeftOut {
        reached_unsafe_people: totals.reached_unsafe_people.saturating_sub(reached.total),
        ..totals::left_out(data, left_out, left_out_people)
    };
    totals.automated = whom.is_labelled.then(|| totals::clicks_of(data, &machines));
    Dashboard {
        zone: selection.hours.zone.name.clone(),
        all_clicks: data.clicks(),
        all_people: data.users.len() as u64,
        data_span: data.span(),
        window: selection.window,
        totals,
        left_out,
        over_time: timeline::series(&tally.hours, selection, data.span()),
        heatmap: heatmap::heatmap(&tally),
        top_hosts: hosts,
        top_urls: urls,
        top_blocked: blocked,
        top_reached: reached,
        facets: facets::facets(data, selection, &tally, whom.is_labelled),
        ..Dashboard::default()
    }
}
