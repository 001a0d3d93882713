//! What is compared: a day that parts the view in force, or a view that is kept while the filter changes.

use clicks::query::Filter;
use leptos::prelude::*;

use super::Pair;
use crate::state::use_state;

/// The choice.
#[component]
pub fn Choice(
    /// The day that somebody chose; empty for the usual pair
    day: RwSignal<String>,
    /// What is compared
    pair: Memo<Pair>,
) -> impl IntoView {
    let state = use_state();
    let is_pinned = move || state.pinned.read().is_some();
    // The day where the first view ends, whoever chose it.
    let cut = move || {
        let pair = pair.read();
        let (_, before, _) = pair.as_ref()?;
        Filter::parse(before).to?.get(..10).map(str::to_owned)
    };
    let press = move |_| {
        let view = state.filter.read_untracked().to_string();
        state.pinned.update(|pinned| *pinned = if pinned.is_some() { None } else { Some(view) });
    };
    let label = move || if is_pinned() { "Unpin" } else { "Pin this view as before" };
    let hint = move || match (is_pinned(), day.read().is_empty() && state.filter.read().limits_time()) {
        (true, _) => "The pinned view comes before. Change the filter: what is in view then comes after.",
        (_, true) => {
            "The span of time in view and as much before it, where there is any. A day parts the view itself."
        }
        _ => {
            "What is in view before that day, and from it on: the day of a training, of a policy that changed."
        }
    };
    view! {
        <div class="compare-choice">
            <label>
                "Split at "
                <input type="date" data-testid="compare-day" disabled=is_pinned
                    prop:value=move || cut().unwrap_or_default()
                    on:change:target=move |ev| day.set(ev.target().value())/>
            </label>
            <button class="btn" type="button" data-testid="compare-pin" title="Keep this group, tenant or period, and compare another with it" on:click=press>
                {label}
            </button>
        </div>
        <p class="panel-sub">{hint}</p>
    }
}
