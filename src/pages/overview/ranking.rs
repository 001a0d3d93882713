//! The first places of a ranking: hosts, URLs, users.

use clicks::import::Gap;
use clicks::model::Field;
use clicks::query::{Dashboard, Key, RankEntry, Ranking};
use leptos::prelude::*;

use crate::state::{AppState, GroupOrder, PageId, use_state};
use crate::ui::later::{NOT_YET, dashboard_later};
use crate::ui::{Bar, Bars, Panel, Tone, words};

/// Places shown before somebody asks for more.
const FIRST: usize = 7;

/// Which ranking, and how to read it.
#[derive(Clone, Copy)]
pub struct RankingOf {
    /// Heading.
    pub title: &'static str,
    /// What is ranked by what.
    pub sub: &'static str,
    /// Test id.
    pub testid: &'static str,
    /// Place in the grid.
    pub place: &'static str,
    /// Filter key of the values.
    pub key: Key,
    /// Where in the dashboard.
    pub of: fn(&Dashboard) -> &Ranking,
    /// What ranks and what the bar measures; an entry without any of it shows its clicks, and no bar.
    pub measure: fn(&RankEntry) -> u64,
    /// What the clicks have that are measured.
    pub counted: (Key, &'static str),
    /// What stands after the number.
    pub note: fn(&RankEntry) -> String,
    /// Colour of the bars.
    pub tone: fn(&RankEntry) -> Tone,
    /// What to say when nothing has a place.
    pub none: &'static str,
    /// What the clicks of all that have a place have; none where every click gives one. The list in full opens on it.
    pub placed: Option<(Key, &'static str)>,
    /// Name of the measure that ranks, for the list in full.
    pub by: &'static str,
    /// Without this it cannot be known.
    pub needs: Gap,
}

/// The ranking as a panel of bars.
#[component]
pub fn RankingPanel(
    /// Which ranking
    ranking: RankingOf,
    /// Place in the order of drawing
    turn: u32,
) -> impl IntoView {
    let state = use_state();
    let dashboard = dashboard_later(turn);
    let data = Memo::new(move |_| {
        let dashboard = dashboard.read();
        dashboard.as_ref().map_or_else(Ranking::default, |d| (ranking.of)(d).clone())
    });
    let bars = move || {
        let data = data.read();
        // Where nothing in view has the measure, the bars are those of the clicks.
        let measured = data.entries.iter().any(|e| (ranking.measure)(e) > 0);
        data.entries.iter().take(FIRST).map(|entry| bar(ranking, entry, measured)).collect::<Vec<_>>()
    };
    let tools = move || {
        let total = data.read().total;
        (total > FIRST as u64).then(|| {
            view! {
                <button class="link" type="button" title="The list in full" on:click=move |_| in_full(state, ranking)>
                    {format!("{FIRST} of {} · all", words::number(total))}
                </button>
            }
        })
    };
    let sub = move || {
        let left_out = dashboard.read().as_ref().map_or(0, |d| left_out(ranking, d));
        match left_out {
            n if n > 0 => {
                format!("{} · {} of machines left out", ranking.sub, words::counted(n, "click", "clicks"))
            }
            _ => ranking.sub.to_owned(),
        }
    };
    let none = move || match &*dashboard.read() {
        Some(d) if d.lacks(ranking.needs) => words::not_said(d, ranking.needs),
        Some(d) if left_out(ranking, d) > 0 => "nobody but machines",
        Some(_) => ranking.none,
        None => NOT_YET,
    };
    view! {
        <Panel
            title=ranking.title
            testid=ranking.testid
            place=ranking.place
            sub=Signal::derive(sub)
            tools=move || tools.into_any()
        >
            <Bars key=ranking.key bars=Signal::derive(bars) none=Signal::derive(none)/>
        </Panel>
    }
}

/// Clicks of machines that the ranking would count if a person had made them.
fn left_out(ranking: RankingOf, d: &Dashboard) -> u64 {
    match (ranking.key, ranking.by) {
        (Key::Is(Field::User), "blocked") => d.left_out.blocked,
        (Key::Is(Field::User), _) => d.left_out.reached_unsafe,
        _ => 0,
    }
}

/// Shows the list in full, sorted like the ranking.
fn in_full(state: AppState, ranking: RankingOf) {
    let Key::Is(field) = ranking.key else { return };
    if let Some(page) = PageId::of_list(field) {
        state.group_orders.set(GroupOrder { page, by: ranking.by, descending: true });
        if let Some((key, value)) = ranking.placed {
            state.refine(|f| f.set(key, value));
        }
        state.go(page);
    }
}

fn bar(ranking: RankingOf, entry: &RankEntry, measured: bool) -> Bar {
    let ranked = (ranking.measure)(entry);
    let n = if ranked > 0 { ranked } else { entry.clicks };
    Bar {
        value: entry.value.original().to_owned(),
        label: words::value_label(ranking.key.name(), entry.value.original()),
        n,
        also: (ranked > 0).then_some(ranking.counted),
        is_unbent: false,
        length: if measured { ranked } else { n },
        note: (ranking.note)(entry),
        tone: (ranking.tone)(entry),
    }
}
