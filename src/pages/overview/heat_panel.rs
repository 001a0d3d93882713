//! When people click: weekday by hour, as a drawing and as a table, and how much of it outside of working hours.

use std::sync::Arc;

use clicks::model::Field;
use clicks::query::{Dashboard, Heatmap, Key};
use insights::{AskWhen, COUNTED, When, narrowed, reached_bad};
use leptos::prelude::*;

use super::chart_tools::{self, ChartTools};
use crate::charts::{HeatmapChart, HeatmapTable, Picture, heatmap_picture};
use crate::state::asked::kept_if;
use crate::state::{AppState, use_state};
use crate::ui::later::{NOT_YET, dashboard_later, nothing};
use crate::ui::{Panel, words};

/// The panel. A cell is a filter.
#[component]
pub fn HeatPanel(
    /// When the clicks in view were made
    clicks: RwSignal<Option<Arc<When>>>,
) -> impl IntoView {
    let state = use_state();
    let as_table = RwSignal::new(false);
    let dashboard = dashboard_later(2);
    let by = RwSignal::new(0_usize);
    let others = kept_if(state, move |filter| {
        let by = Some(by.get()).filter(|by| *by != 0)?;
        Some(AskWhen { filter, by: COUNTED[by].0.to_owned(), ..AskWhen::default() })
    });
    let answer = Signal::derive(move || {
        // An answer to what was counted before is none.
        let answer = if by.get() == 0 { clicks.get() } else { others.get() };
        answer.filter(|when| when.by == COUNTED[by.get()].0)
    });
    // Clicks come with the dashboard; what else is counted comes with its own answer.
    let map = Memo::new(move |_| match (by.get(), answer.get()) {
        (0, _) => dashboard.read().as_ref().map_or_else(Heatmap::default, |d| d.heatmap.clone()),
        (by, Some(when)) => Heatmap {
            clicks: when.grid.clone(),
            what: COUNTED[by].1.to_owned(),
            of: Some(when.total),
            ..Heatmap::default()
        },
        _ => Heatmap::default(),
    });
    let empty = Memo::new(move |_| map.read().clicks.iter().flatten().all(|n| *n == 0));
    let sub = move || chart_tools::sub("By weekday and hour", &dashboard.read());
    let pick = Callback::new(move |(weekday, hour)| filter_cell(state, by.get_untracked(), weekday, hour));
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
            <label class="heat_panel-by">
                "Count "
                <select
                    class="control"
                    data-testid="heat-by"
                    on:change:target=move |ev| {
                        let chosen = COUNTED.iter().position(|(name, _)| *name == ev.target().value());
                        by.set(chosen.unwrap_or_default());
                    }
                >
                    {COUNTED.map(|(name, _)| view! { <option value=name>{short(name)}</option> }).collect_view()}
                </select>
            </label>
            {move || if empty.get() {
                view! { <p class="absent">{if by.get() != 0 && answer.get().is_none() { NOT_YET } else { none(by.get(), dashboard) }}</p> }.into_any()
            } else if as_table.get() {
                view! { <HeatmapTable map/> }.into_any()
            } else {
                let zone = Signal::derive(move || state.zone());
                view! { <HeatmapChart map zone on_pick=pick/> }.into_any()
            }}
            <Outside answer/>
        </Panel>
    }
}

/// What is said where nothing is counted.
fn none(by: usize, dashboard: RwSignal<Option<Arc<Dashboard>>>) -> &'static str {
    let has_clicks = dashboard.read().as_ref().is_some_and(|d| d.totals.clicks > 0);
    match COUNTED[by].0 {
        _ if !has_clicks => nothing(dashboard),
        "people" => "no person in view, as far as can be told",
        "malicious" => "no malicious click in view",
        "reached" => "no click in view reached a page that is known not to be safe",
        _ => nothing(dashboard),
    }
}

/// What is counted, in as many words as a list has room for.
fn short(name: &str) -> &'static str {
    match name {
        "people" => "people",
        "malicious" => "malicious clicks",
        "reached" => "reached, bad as known today",
        _ => "clicks",
    }
}

/// How much of it is outside of working hours.
#[component]
fn Outside(
    /// When it was
    answer: Signal<Option<Arc<When>>>,
) -> impl IntoView {
    move || {
        let when = answer.get().filter(|when| when.total > 0)?;
        let off = format!(
            "{} of {} ({}) outside working hours",
            words::number(when.off_hours),
            words::number(when.total),
            words::percent(when.off_hours, when.total)
        );
        Some(view! {
            <p class="heat_panel-off" data-testid="off-hours">{off}</p>
            <p class="panel-sub">{when.rule.clone()}</p>
        })
    }
}

/// Only the clicks of this weekday and hour that are counted; again, and all hours.
fn filter_cell(state: AppState, by: usize, weekday: u8, hour: u8) {
    let (weekday, hour) = (weekday.to_string(), hour.to_string());
    state.refine(|f| {
        let both = f.includes(Key::Weekday, &weekday) && f.includes(Key::Hour, &hour);
        f.remove_key(Key::Weekday);
        f.remove_key(Key::Hour);
        if !both {
            f.set(Key::Weekday, &weekday);
            f.set(Key::Hour, &hour);
            match COUNTED[by].0 {
                "people" => {
                    let people = ["human", "review"].map(|class| (Key::Is(Field::Automation), class));
                    *f = narrowed(f, &people);
                }
                "malicious" => *f = narrowed(f, &[(Key::Is(Field::Verdict), "malicious")]),
                "reached" => *f = reached_bad(f),
                _ => {}
            }
        }
    });
}
