//! Clicks over time, as a drawing and as a table.

use std::sync::Arc;

use clicks::model::{Action, hour_of_ms, iso_date_of_ms, iso_of_ms};
use clicks::query::{Bucket, TimeSeries};
use insights::When;
use leptos::prelude::*;

use super::chart_tools::{self, ChartTools};
use super::odd_days::OddDays;
use crate::charts::{Picture, TimeChart, TimeTable, time_chart_picture};
use crate::state::use_state;
use crate::ui::Panel;
use crate::ui::later::{dashboard_later, nothing};

/// Colours of the stack, with their words.
const LEGEND: [(&str, &str); 5] = [
    ("allowed", "Allowed"),
    ("blocked", "Blocked"),
    ("useroverride", "User override"),
    ("none", "Error or waiting page"),
    // The strip below the bars.
    ("reached", "Reached, not safe"),
];

/// The panel. A bar or a range of bars is a filter.
#[component]
pub fn TimePanel(
    /// When the clicks in view were made
    clicks: RwSignal<Option<Arc<When>>>,
) -> impl IntoView {
    let state = use_state();
    let as_table = RwSignal::new(false);
    let dashboard = dashboard_later(1);
    let series = Memo::new(move |_| {
        let dashboard = dashboard.read();
        dashboard.as_ref().map_or_else(TimeSeries::default, |d| d.over_time.clone())
    });
    let sub = move || {
        let each = match series.read().bucket {
            Bucket::Hour => "Clicks an hour",
            Bucket::Day => "Clicks a day",
            Bucket::Week => "Clicks a week",
            Bucket::Month => "Clicks a month",
        };
        chart_tools::sub(each, &dashboard.read())
    };
    let pick = Callback::new(move |(from, to)| {
        let (from, to) = series.with_untracked(|s| (instant(s, from), instant(s, to)));
        state.refine(|f| f.set_span(&from, &to));
    });
    let save =
        Callback::new(move |picture: Picture| {
            let (series, frame) = (series.get_untracked(), chart_tools::frame(state, "Clicks over time"));
            chart_tools::save("over-time", picture, async move {
                time_chart_picture(&series, &frame, picture).await
            });
        });
    let empty = Memo::new(move |_| series.read().by_action.iter().flatten().all(|n| *n == 0));
    let has_unknown = Memo::new(move |_| {
        let at = Action::ALL.into_iter().position(|a| a == Action::Unknown);
        at.and_then(|at| series.read().by_action.get(at).map(|s| s.iter().any(|n| *n > 0)))
            .unwrap_or_default()
    });
    view! {
        <Panel
            title="Clicks over time"
            testid="panel-time"
            place="two-thirds"
            sub=Signal::derive(sub)
            tools=move || view! { <ChartTools of="clicks over time" as_table on_save=save/> }.into_any()
        >
            {move || if empty.get() {
                view! { <p class="absent">{nothing(dashboard)}</p> }.into_any()
            } else if as_table.get() {
                view! { <TimeTable series/> }.into_any()
            } else {
                let zone = Signal::derive(move || state.zone());
                view! {
                    <p class="time_panel-legend">
                        {LEGEND.map(|(class, word)| entry(class, word)).collect_view()}
                        {move || has_unknown.get().then(|| entry("unknown", "Unknown"))}
                    </p>
                    <TimeChart series zone on_pick=pick/>
                }
                .into_any()
            }}
            <OddDays clicks/>
        </Panel>
    }
}

/// One colour of the legend.
fn entry(class: &'static str, word: &'static str) -> impl IntoView {
    view! { <span><i class=format!("chart-dot chart-dot-{class}") aria-hidden="true"></i>{word}</span> }
}

/// An instant as the filter writes it: the wall-clock start of a bucket where it is one.
fn instant(series: &TimeSeries, unix_ms: i64) -> String {
    let at = series.bounds.iter().position(|b| *b == unix_ms);
    let start = at.and_then(|at| series.starts.get(at).copied().or_else(|| after_last(series, at)));
    match start {
        Some(start) if series.bucket == Bucket::Hour => {
            format!("{}T{:02}:00", iso_date_of_ms(start), hour_of_ms(start))
        }
        Some(start) => iso_date_of_ms(start),
        None => iso_of_ms(unix_ms),
    }
}

/// Wall-clock end of the last bucket. Clocks may change inside it, by two hours at the most: days are rounded.
fn after_last(series: &TimeSeries, at: usize) -> Option<i64> {
    let last = at.checked_sub(1)?;
    let length = series.bounds.get(at)? - series.bounds.get(last)?;
    let slack = if series.bucket == Bucket::Hour { 0 } else { 2 * clicks::model::HOUR_MS };
    Some(series.starts.get(last)? + length + slack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instant_of_the_last_bound_is_the_day_after() {
        let day = clicks::model::DAY_MS;
        let series =
            TimeSeries { starts: vec![0, day], bounds: vec![0, day, 2 * day], ..TimeSeries::default() };
        assert_eq!(instant(&series, day), "1970-01-02");
        assert_eq!(instant(&series, 2 * day), "1970-01-03");
        assert_eq!(instant(&series, 5), "1970-01-01T00:00:00.005Z");
    }
}
