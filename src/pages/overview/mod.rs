//! First the answer, then the proof: notes, tiles, when, what and who, every click. On paper the tiles are fewer, and of
//! the clicks there are those that matter.

mod chart_tools;
mod facet_panel;
mod first_read;
mod heat_panel;
mod nothing_in_view;
mod odd_days;
mod paper;
mod ranking;
mod rankings;
mod sparkline;
mod tile;
mod tile_texts;
mod tiles;
mod time_panel;
mod warnings_panel;

use clicks::model::Field;
use clicks::query::Key;
use insights::AskWhen;
use leptos::prelude::*;

use self::facet_panel::FacetPanel;
use self::first_read::FirstReadPanel;
use self::heat_panel::HeatPanel;
use self::nothing_in_view::NothingInView;
use self::paper::{Paper, PaperFindings, PaperNumbers, PaperRows};
use self::ranking::RankingPanel;
use self::rankings::RANKINGS;
use self::tiles::Tiles;
use self::time_panel::TimePanel;
use self::warnings_panel::WarningsPanel;
use crate::state::asked::kept;
use crate::state::use_state;
use crate::ui::{ClickTable, Later, Notes};

/// The page.
#[component]
pub fn Overview() -> impl IntoView {
    let paper = Paper::new();
    // Two panels show it.
    let when = kept(use_state(), |filter| AskWhen { filter, ..AskWhen::default() });
    view! {
        <div class="overview">
            <Notes/>
            <NothingInView/>
            <FirstReadPanel/>
            <PaperNumbers paper/>
            <Tiles/>
            <Later turn=1>
                {view! { <TimePanel clicks=when/> }.into_any()}
            </Later>
            <PaperFindings paper/>
            <Later turn=2>
                {view! { <HeatPanel clicks=when/> }.into_any()}
            </Later>
            {RANKINGS
                .into_iter()
                .zip(3..)
                .map(|(ranking, turn)| view! { <Later turn><RankingPanel ranking turn/></Later> })
                .collect_view()}
            <Later turn=7>
                {view! { <WarningsPanel/> }.into_any()}
            </Later>
            <Later turn=7>
                <div class="overview-facets">
                    <FacetPanel key=Key::Is(Field::Verdict) title="Verdict"/>
                    <FacetPanel key=Key::Is(Field::Action) title="Action"/>
                    <FacetPanel key=Key::Is(Field::Source) title="Click source"/>
                    <FacetPanel key=Key::Is(Field::Threat) title="Threat type"/>
                </div>
            </Later>
            <PaperRows paper/>
            <Later turn=8>
                <ClickTable height="part"/>
            </Later>
        </div>
    }
}
