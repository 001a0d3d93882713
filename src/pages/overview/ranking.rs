//! The first places of a ranking: hosts, URLs, users.

use clicks::query::Key;
use clicks::query::{Dashboard, RankEntry, Ranking};
use leptos::prelude::*;

use super::bars::{Bar, Bars};
use super::tile::Tone;
use super::tile_texts::lacks;
use crate::ui::later::{NOT_YET, dashboard_later};
use crate::ui::{Panel, words};

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
    /// The note that says that it cannot be known, and what to say then.
    pub needs: (&'static str, &'static str),
}

/// The ranking as a panel of bars.
#[component]
pub fn RankingPanel(
    /// Which ranking
    ranking: RankingOf,
    /// Place in the order of drawing
    turn: u32,
) -> impl IntoView {
    let dashboard = dashboard_later(turn);
    let more = RwSignal::new(false);
    let data = Memo::new(move |_| {
        let dashboard = dashboard.read();
        dashboard.as_ref().map_or_else(Ranking::default, |d| (ranking.of)(d).clone())
    });
    let bars = move || {
        let shown = if more.get() { usize::MAX } else { FIRST };
        let data = data.read();
        // Where nothing in view has the measure, the bars are those of the clicks.
        let measured = data.entries.iter().any(|e| (ranking.measure)(e) > 0);
        data.entries.iter().take(shown).map(|entry| bar(ranking, entry, measured)).collect::<Vec<_>>()
    };
    let tools = move || {
        let (there, total) = (data.read().entries.len(), data.read().total);
        (there > FIRST).then(|| {
            let label = match (more.get(), total > there as u64) {
                (true, _) => "show fewer".to_owned(),
                (false, true) => format!("show {there} of {}", words::number(total)),
                (false, false) => format!("show all {there}"),
            };
            view! { <button class="link" type="button" on:click=move |_| more.update(|m| *m = !*m)>{label}</button> }
        })
    };
    let none = move || match &*dashboard.read() {
        Some(d) if lacks(d, ranking.needs.0) => ranking.needs.1,
        Some(_) => ranking.none,
        None => NOT_YET,
    };
    view! {
        <Panel
            title=ranking.title
            testid=ranking.testid
            place=ranking.place
            sub=Signal::stored(ranking.sub.to_owned())
            tools=move || tools.into_any()
        >
            <Bars key=ranking.key bars=Signal::derive(bars) none=Signal::derive(none)/>
        </Panel>
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
        length: if measured { ranked } else { n },
        note: (ranking.note)(entry),
        tone: (ranking.tone)(entry),
    }
}
