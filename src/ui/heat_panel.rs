//! When people click: weekday by hour, as a drawing and as a table.

use clicks::protocol::Heatmap;
use clicks::query::Key;
use leptos::prelude::*;

use super::{Panel, words};
use crate::state::{AppState, use_state};
use crate::ui::time_panel::ToggleTable;

/// Weekdays in the order shown, 0 = Sunday.
const DAYS: [usize; 7] = [1, 2, 3, 4, 5, 6, 0];

/// The panel.
#[component]
pub fn HeatPanel() -> impl IntoView {
    let state = use_state();
    let as_table = RwSignal::new(false);
    let heatmap = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        dashboard.as_ref().map_or_else(Heatmap::default, |d| d.heatmap.clone())
    });
    let sub = move || format!("Clicks by weekday and hour, {}", clicks::model::text::shown(&state.zone()));
    view! {
        <Panel title="When people click" testid="chart-heatmap" place="third" sub=Signal::derive(sub) tools=move || {
            view! { <ToggleTable as_table/> }
        }>
            <HeatTable heatmap/>
        </Panel>
    }
}

/// Only the clicks of this weekday and hour; again, and all of them.
pub fn filter_cell(state: AppState, weekday: usize, hour: usize) {
    let (weekday, hour) = (weekday.to_string(), hour.to_string());
    state.refine(|f| {
        if f.includes(Key::Weekday, &weekday) && f.includes(Key::Hour, &hour) {
            f.remove_key(Key::Weekday);
            f.remove_key(Key::Hour);
        } else {
            f.set(Key::Weekday, &weekday);
            f.set(Key::Hour, &hour);
        }
    });
}

/// The counts as a table; hours down, weekdays across, so that it fits a phone.
#[component]
pub fn HeatTable(
    /// The counts
    heatmap: Memo<Heatmap>,
) -> impl IntoView {
    let state = use_state();
    let row = move |hour: usize| {
        let cell = |day: usize| {
            let n = heatmap.read().clicks.get(day).and_then(|d| d.get(hour)).copied().unwrap_or_default();
            view! {
                <td class="num">
                    <button class="link" type="button" disabled=n == 0 on:click=move |_| filter_cell(state, day, hour)>
                        {words::number(n)}
                    </button>
                </td>
            }
        };
        view! { <tr><th scope="row">{format!("{hour:02}:00")}</th>{DAYS.map(cell).collect_view()}</tr> }
    };
    let head = |day: usize| {
        let name = words::weekday(day).unwrap_or_default();
        view! { <th scope="col" class="num" aria-label=name>{&name[..3]}</th> }
    };
    view! {
        <div class="chart_table" tabindex="0" role="group" aria-label="Clicks by weekday and hour as a table">
            <table>
                <thead><tr><th scope="col">"Hour"</th>{DAYS.map(head).collect_view()}</tr></thead>
                <tbody>{move || (0..24).map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
