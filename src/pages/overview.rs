//! First the answer, then the proof: notes, tiles, when, what and who, every click.

use clicks::query::Key;
use leptos::prelude::*;

use super::rankings::RANKINGS;
use super::tiles::Tiles;
use crate::ui::{ClickTable, FacetPanel, HeatPanel, Later, Notes, NothingInView, RankingPanel, TimePanel};

/// The page.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <div class="overview">
            <Notes/>
            <NothingInView/>
            <Tiles/>
            <Later turn=1>
                {view! { <TimePanel/> }.into_any()}
            </Later>
            <Later turn=2>
                {view! { <HeatPanel/> }.into_any()}
            </Later>
            {RANKINGS
                .into_iter()
                .zip(3..)
                .map(|(ranking, turn)| view! { <Later turn><RankingPanel ranking turn/></Later> })
                .collect_view()}
            <Later turn=7>
                <div class="overview-facets">
                    <FacetPanel key=Key::Verdict title="Verdict"/>
                    <FacetPanel key=Key::Action title="Action"/>
                    <FacetPanel key=Key::Source title="Click source"/>
                    <FacetPanel key=Key::Threat title="Threat type"/>
                </div>
            </Later>
            <Later turn=8>
                <ClickTable height="part"/>
            </Later>
        </div>
    }
}
