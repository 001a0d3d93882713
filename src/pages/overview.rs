//! First the answer, then the proof: notes, tiles, when, what and who, every click.

use clicks::query::Key;
use leptos::prelude::*;

use super::rankings::RANKINGS;
use super::tiles::Tiles;
use crate::ui::{ClickTable, FacetPanel, HeatPanel, Notes, RankingPanel, TimePanel};

/// The page.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <div class="overview">
            <Notes/>
            <Tiles/>
            {view! { <TimePanel/> }.into_any()}
            {view! { <HeatPanel/> }.into_any()}
            {RANKINGS.map(|ranking| view! { <RankingPanel ranking/> }).collect_view()}
            <div class="overview-facets">
                <FacetPanel key=Key::Verdict title="Verdict"/>
                <FacetPanel key=Key::Action title="Action"/>
                <FacetPanel key=Key::Source title="Click source"/>
                <FacetPanel key=Key::Threat title="Threat type"/>
            </div>
            <ClickTable height="part"/>
        </div>
    }
}
