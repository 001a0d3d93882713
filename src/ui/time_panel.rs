//! Clicks over time, as a drawing and as a table.

use clicks::model::Action;
use clicks::model::{hour_of_ms, iso_date_of_ms};
use clicks::protocol::{Bucket, TimeSeries};
use leptos::prelude::*;

use super::{Panel, words};
use crate::state::use_state;

/// The panel.
#[component]
pub fn TimePanel() -> impl IntoView {
    let state = use_state();
    let as_table = RwSignal::new(false);
    let series = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        dashboard.as_ref().map_or_else(TimeSeries::default, |d| d.over_time.clone())
    });
    let sub = move || {
        let each = match series.read().bucket {
            Bucket::Hour => "hour",
            Bucket::Day => "day",
            Bucket::Week => "week",
            Bucket::Month => "month",
        };
        format!("Clicks a {each} by action, {}", clicks::model::text::shown(&state.zone()))
    };
    view! {
        <Panel title="Clicks over time" testid="chart-time" place="two-thirds" sub=Signal::derive(sub) tools=move || {
            view! { <ToggleTable as_table/> }
        }>
            <SeriesTable series/>
        </Panel>
    }
}

/// Turns a drawing into its table and back.
#[component]
pub fn ToggleTable(
    /// The table is shown
    as_table: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <button
            class="link"
            type="button"
            data-testid="chart-table-toggle"
            aria-pressed=move || as_table.get().to_string()
            on:click=move |_| as_table.update(|t| *t = !*t)
        >
            {move || if as_table.get() { "chart" } else { "table" }}
        </button>
    }
}

/// The series as a table, newest first; a row is a filter.
#[component]
pub fn SeriesTable(
    /// The series
    series: Memo<TimeSeries>,
) -> impl IntoView {
    let state = use_state();
    let actions = move || {
        let series = series.read();
        let has = |at: usize| series.by_action.get(at).is_some_and(|n| n.iter().any(|n| *n > 0));
        (0..Action::ALL.len()).filter(|at| has(*at)).collect::<Vec<_>>()
    };
    let rows = move || {
        let (series, actions) = (series.read(), actions());
        let filled = (0..series.starts.len()).rev().filter(|at| series.by_action.iter().any(|n| n[*at] > 0));
        let row = |at: usize| {
            let (from, to) = span(&series, at);
            let label = label(&series, at);
            let cells = actions.iter().map(|a| view! { <td class="num">{words::number(series.by_action[*a][at])}</td> });
            view! {
                <tr>
                    <th scope="row">
                        <button class="link" type="button" on:click=move |_| state.refine(|f| f.set_span(&from, &to))>
                            {label}
                        </button>
                    </th>
                    {cells.collect_view()}
                </tr>
            }
        };
        filled.map(row).collect_view()
    };
    let heads = move || {
        let head = |at: usize| view! { <th scope="col" class="num">{Action::ALL[at].label()}</th> };
        actions().into_iter().map(head).collect_view()
    };
    view! {
        <div class="chart_table" tabindex="0" role="group" aria-label="Clicks over time as a table">
            <table>
                <thead><tr><th scope="col">"From"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// First and last instant of a bucket, as the filter writes them in the zone of the page.
pub fn span(series: &TimeSeries, at: usize) -> (String, String) {
    let hour = series.bucket == Bucket::Hour;
    let text = |ms: i64| {
        let day = iso_date_of_ms(ms);
        if hour { format!("{day}T{:02}:00", hour_of_ms(ms)) } else { day }
    };
    let start = series.starts.get(at).copied().unwrap_or_default();
    let length = series.bounds.get(at..=at + 1).map_or(0, |b| b[1] - b[0]);
    // A day on which clocks change has 23 or 25 hours: the next start is what counts, where there is one.
    let end = series.starts.get(at + 1).copied().unwrap_or(start + length);
    (text(start), text(end))
}

/// What to call a bucket.
fn label(series: &TimeSeries, at: usize) -> String {
    let start = series.starts.get(at).copied().unwrap_or_default();
    let day = words::short_date(&iso_date_of_ms(start));
    if series.bucket == Bucket::Hour { format!("{day}, {:02}:00", hour_of_ms(start)) } else { day }
}
