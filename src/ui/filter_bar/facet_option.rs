//! One value in a menu of the filter bar.

use clicks::query::FacetValue;
use clicks::query::Key;
use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::words;

/// The value with its clicks. A click takes it in, shift-click or "all but" leaves it out.
#[component]
pub fn FacetOption(
    /// The field
    key: Key,
    /// The value
    value: FacetValue,
) -> impl IntoView {
    let state = use_state();
    let text = words::value_label(key.name(), value.value.original());
    let title = text.clone();
    let not_label = format!("all but {text}");
    let count = words::number(value.clicks);
    let testid = format!("option-{}-{}", key.name(), value.value.original());
    let value = StoredValue::new(value.value.into_original());
    let included = move || value.with_value(|v| state.filter.read().includes(key, v));
    let excluded = move || value.with_value(|v| state.filter.read().excludes(key, v));
    let change = move |exclude: bool| {
        value.with_value(|v| {
            state.pick(key, v, exclude);
        });
    };
    view! {
        <li class="facet_option" class:excluded=excluded>
            <button
                class="facet_option-take"
                type="button"
                data-testid=testid
                aria-pressed=move || included().to_string()
                on:click=move |ev| change(ev.shift_key())
            >
                <span class="facet_option-mark" aria-hidden="true"></span>
                <span class="facet_option-label" title=title>{text}</span>
                <span class="facet_option-count">{count}</span>
            </button>
            <button
                class="facet_option-not"
                type="button"
                data-beside
                aria-label=not_label
                title="Leave these clicks out"
                aria-pressed=move || excluded().to_string()
                on:click=move |_| change(true)
            >
                "all but"
            </button>
        </li>
    }
}
