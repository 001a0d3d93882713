//! When people click: weekday by hour, as a drawing and as a table.

use clicks::query::Heatmap;
use clicks::query::Key;
use leptos::prelude::*;

use super::chart_tools::{self, ChartTools};
use crate::charts::{HeatmapChart, HeatmapTable, Picture, heatmap_picture};
use crate::state::{AppState, use_state};
use crate::ui::Panel;
use crate::ui::later::{dashboard_later, nothing};

/// The panel. A cell is a filter.
#[component]
pub fn HeatPanel() -> impl IntoView {
    let state = use_state();
    let as_table = RwSignal::new(false);
    let dashboard = dashboard_later(2);
    let map = Memo::new(move |_| {
        let dashboard = dashboard.read();
        dashboard.as_ref().map_or_else(Heatmap::default, |d| d.heatmap.clone())
    });
    let empty = Memo::new(move |_| map.read().clicks.iter().flatten().all(|n| *n == 0));
    let sub = move || chart_tools::sub("Clicks by weekday and hour", &dashboard.read());
    let pick = Callback::new(move |(weekday, hour)| filter_cell(state, weekday, hour));
    let save = Callback::new(move |picture: Picture| {
        let (map, frame) = (map.get_untracked(), chart_tools::frame(state, "When people click"));
        chart_tools::save("hours", picture, async move { heatmap_picture(&map, &frame, picture).await });
    });
    view! {
        <Panel
            title="When people click"
            testid="panel-heatmap"
            place="third"
            sub=Signal::derive(sub)
            tools=move || view! { <ChartTools of="clicks by hour" as_table on_save=save/> }.into_any()
        >
            {move || if empty.get() {
                view! { <p class="absent">{nothing(dashboard)}</p> }.into_any()
            } else if as_table.get() {
                view! { <HeatmapTable map/> }.into_any()
            } else {
                let zone = Signal::derive(move || state.zone());
                view! { <HeatmapChart map zone on_pick=pick/> }.into_any()
            }}
        </Panel>
    }
}

/// Only the clicks of this weekday and hour; again, and all of them.
fn filter_cell(state: AppState, weekday: u8, hour: u8) {
    let (weekday, hour) = (weekday.to_string(), hour.to_string());
    state.refine(|f| {
        let both = f.includes(Key::Weekday, &weekday) && f.includes(Key::Hour, &hour);
        f.remove_key(Key::Weekday);
        f.remove_key(Key::Hour);
        if !both {
            f.set(Key::Weekday, &weekday);
            f.set(Key::Hour, &hour);
        }
    });
}
