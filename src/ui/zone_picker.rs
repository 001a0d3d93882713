//! The time zone of every day and hour on the page.

use leptos::prelude::*;

use super::Popover;
use crate::platform::zone;
use crate::state::{AppState, use_state};

/// UTC, the browser's zone, or a name.
#[component]
pub fn ZonePicker() -> impl IntoView {
    let state = use_state();
    view! {
        <Popover
            label=Signal::derive(move || clicks::model::text::shown(&state.zone()))
            testid="zone"
            about="Time zone"
        >
            <Choices/>
        </Popover>
    }
}

/// The choices.
#[component]
fn Choices() -> impl IntoView {
    let state = use_state();
    let here = zone::of_browser();
    let unknown = RwSignal::new(false);
    let names = StoredValue::new(zone::names());
    let custom = move |name: String| {
        let typed = name.trim();
        let known = zone::is_known(typed);
        unknown.set(!known && !typed.is_empty());
        if known {
            // Browsers take any case; the address and the exports have the one that is written.
            let written = names.with_value(|all| all.iter().find(|n| n.eq_ignore_ascii_case(typed)).cloned());
            set(state, &written.unwrap_or_else(|| typed.to_owned()));
        }
    };
    view! {
        <div class="zone_picker">
            <Choice name="UTC".to_owned() label="UTC".to_owned()/>
            {(here != "UTC").then(|| view! { <Choice name=here.clone() label=format!("{here}, as this browser")/> })}
            <label class="zone_picker-custom">
                "Another zone"
                <input
                    type="text"
                    placeholder="Europe/Madrid"
                    spellcheck="false"
                    autocomplete="off"
                    list="zones"
                    data-testid="zone-custom"
                    on:change:target=move |ev| custom(ev.target().value())
                />
            </label>
            <datalist id="zones">
                {names.with_value(|all| all.iter().map(|name| view! { <option value=name.clone()/> }).collect_view())}
            </datalist>
            <Show when=move || unknown.get()>
                <p class="error" role="alert">"No such zone. Write it as in Europe/Madrid or +02:00."</p>
            </Show>
        </div>
    }
}

/// One choice.
#[component]
fn Choice(
    /// The zone
    name: String,
    /// What to call it
    label: String,
) -> impl IntoView {
    let state = use_state();
    let mine = name.clone();
    view! {
        <button
            class="zone_picker-choice"
            type="button"
            aria-pressed=move || (state.zone() == mine).to_string()
            on:click=move |_| set(state, &name)
        >
            {label}
        </button>
    }
}

fn set(state: AppState, name: &str) {
    let tz = Some(name.to_owned()).filter(|n| n != "UTC");
    state.refine(|f| f.tz = tz);
}
