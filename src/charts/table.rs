//! The tables behind the charts: the same numbers for those who read rather than look.

use charts::words::{ChartTable, heatmap_table, time_table};
use clicks::query::{Heatmap, TimeSeries};
use leptos::prelude::*;

/// The chart over time as a table.
#[component]
pub fn TimeTable(
    /// What is shown
    #[prop(into)]
    series: Signal<TimeSeries>,
) -> impl IntoView {
    let table = Signal::derive(move || series.with(time_table));
    view! { <Table caption="Clicks over time by action" table/> }
}

/// The heatmap as a table.
#[component]
pub fn HeatmapTable(
    /// What is shown
    #[prop(into)]
    map: Signal<Heatmap>,
) -> impl IntoView {
    let table = Signal::derive(move || map.with(heatmap_table));
    view! { <Table caption="By hour and weekday" table/> }
}

#[component]
fn Table(
    /// What the table shows
    caption: &'static str,
    /// Headings and rows
    table: Signal<ChartTable>,
) -> impl IntoView {
    let head = move || {
        let cells = table.get().head.into_iter().map(|text| view! { <th scope="col">{text}</th> });
        cells.collect_view()
    };
    let rows = move || table.get().rows.into_iter().map(row).collect_view();
    view! {
        <div class="chart-table" tabindex="0">
            <table>
                <caption>{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(cells: Vec<String>) -> impl IntoView {
    let mut cells = cells.into_iter();
    let heading = cells.next();
    view! {
        <tr>
            <th scope="row">{heading}</th>
            {cells.map(count).collect_view()}
        </tr>
    }
}

fn count(text: String) -> impl IntoView {
    let none = text == "0";
    view! { <td class:chart-table-none=none>{text}</td> }
}
