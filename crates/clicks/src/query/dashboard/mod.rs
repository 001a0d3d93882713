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
use super::{Ask, Cx, Filter, Selection, notes};
use crate::failure::Failure;
use crate::import::{Gap, Note};
use crate::model::Dataset;

pub use self::facets::{Facet, FacetValue};
pub use self::heatmap::Heatmap;
pub(super) use self::totals::totals_of;
pub use self::totals::{OverrideRate, Totals};

/// Asks for everything the overview shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDashboard {
    /// Canonical text of a filter, see [`super::Filter`].
    pub filter: String,
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
    /// Users by blocked clicks.
    pub top_blocked: Ranking,
    /// Users by clicks that reached a page that is not safe.
    pub top_reached: Ranking,
    /// Counts by value of `verdict action source threat rawAction tenant`, each without its own filter.
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
        let mut answer = dashboard(cx.data(), &selection);
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
    let (_, selection) = cx.select(&totals::unbent(filter).to_string())?;
    Ok(totals::rate_of(cx.data(), &selection))
}

/// The answer, but for the notes and what is known of files.
fn dashboard(data: &Dataset, selection: &Selection) -> Dashboard {
    let tally = Tally::new(data, selection);
    let Rankings { hosts, urls, blocked, reached } = ranking::rankings(data, selection, &tally);
    Dashboard {
        zone: selection.hours.zone.name.clone(),
        all_clicks: data.clicks(),
        all_people: data.users.len() as u64,
        data_span: data.span(),
        window: selection.window,
        totals: totals::totals(data, selection, &tally),
        over_time: timeline::series(&tally.hours, selection, data.span()),
        heatmap: heatmap::heatmap(&tally),
        top_hosts: hosts,
        top_urls: urls,
        top_blocked: blocked,
        top_reached: reached,
        facets: facets::facets(data, selection, &tally),
        ..Dashboard::default()
    }
}
