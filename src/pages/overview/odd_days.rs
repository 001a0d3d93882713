//! The days that stand out, each with what most of it was.

use std::sync::Arc;

use clicks::model::date_after;
use insights::{OddDay, When};
use leptos::prelude::*;

use crate::state::{AppState, use_state};
use crate::ui::words;

/// The list; nothing where no day stands out. A day is a filter.
#[component]
pub fn OddDays(
    /// When the clicks in view were made
    clicks: RwSignal<Option<Arc<When>>>,
) -> impl IntoView {
    let state = use_state();
    move || {
        let when = clicks.get().filter(|when| when.odd_days > 0)?;
        let more = when.odd_days.saturating_sub(when.days.len() as u64);
        let title = words::counted(when.odd_days, "day stands out", "days stand out");
        Some(view! {
            <section class="odd_days" aria-label=title.clone() data-testid="odd-days">
                <h3 title=when.odd_rule.clone()>{title.clone()}</h3>
                <ul>{when.days.iter().map(|day| one(state, day)).collect_view()}</ul>
                {(more > 0).then(|| view! { <p class="panel-sub">{format!("and {} before", words::number(more))}</p> })}
                <p class="panel-sub">{when.odd_rule.clone()}</p>
            </section>
        })
    }
}

fn one(state: AppState, day: &OddDay) -> impl IntoView + use<> {
    let date = day.day.clone();
    let open = move |_| {
        let after = date_after(&date, 1).unwrap_or_default();
        state.refine(|f| f.set_span(&date, &after));
    };
    let why: Vec<String> = day.why.iter().map(|why| words::defanged_inside(why.original())).collect();
    view! {
        <li>
            <button class="link" type="button" title="Only this day" on:click=open>{day.day.clone()}</button>
            <span>{format!("{} clicks, usual {}", words::number(day.n), words::number(day.usual))}</span>
            <span class="panel-sub">{why.join("; ")}</span>
        </li>
    }
}
