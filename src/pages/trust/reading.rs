//! What a file leaves open, and somebody may say: day or month first, and whose clock it is.

use clicks::import::{FileReport, ReadAs};
use leptos::prelude::*;

use crate::platform::zone;
use crate::state::use_state;

/// The questions that a file leaves open; nothing where it leaves none.
#[component]
pub fn Reading(
    /// The file
    report: FileReport,
) -> impl IntoView {
    let FileReport { reads_both_ways, zone_certainty, rows, .. } = report;
    let both_ways = reads_both_ways > 0;
    let of_a_place = matches!(zone_certainty.as_str(), "local" | "assumed" | "told");
    (rows > 0 && (both_ways || of_a_place)).then(|| {
        view! {
            <div class="trust-reading">
                {both_ways.then(|| view! { <Dates/> })}
                {of_a_place.then(|| view! { <Clock/> })}
            </div>
        }
    })
}

/// Day or month first.
#[component]
fn Dates() -> impl IntoView {
    let state = use_state();
    let now = move || state.read_as.read().day_first;
    let choose = move |chosen: String| {
        let day_first = match chosen.as_str() {
            "day" => Some(true),
            "month" => Some(false),
            _ => None,
        };
        state.set_read_as(ReadAs { day_first, ..state.read_as.get_untracked() });
    };
    view! {
        <label>
            "Dates that read both ways "
            <select data-testid="date-order" on:change:target=move |ev| choose(ev.target().value())>
                <option value="" selected=move || now().is_none()>"as the files let conclude"</option>
                <option value="day" selected=move || now() == Some(true)>"day before month"</option>
                <option value="month" selected=move || now() == Some(false)>"month before day"</option>
            </select>
        </label>
    }
}

/// Whose clock wrote the times.
#[component]
fn Clock() -> impl IntoView {
    let state = use_state();
    let unknown = RwSignal::new(false);
    let names = StoredValue::new(zone::names());
    let choose = move |typed: String| {
        let typed = typed.trim();
        let known = typed.is_empty() || zone::is_known(typed);
        unknown.set(!known);
        if known {
            let written = names.with_value(|all| all.iter().find(|n| n.eq_ignore_ascii_case(typed)).cloned());
            let zone = written.unwrap_or_else(|| typed.to_owned());
            state.set_read_as(ReadAs { zone, ..state.read_as.get_untracked() });
        }
    };
    view! {
        <label>
            "Times without a zone are the clock of "
            <input
                type="text"
                placeholder="UTC"
                spellcheck="false"
                autocomplete="off"
                list="clock-zones"
                data-testid="clock-zone"
                prop:value=move || state.read_as.read().zone.clone()
                on:change:target=move |ev| choose(ev.target().value())
            />
        </label>
        <datalist id="clock-zones">
            {names.with_value(|all| all.iter().map(|name| view! { <option value=name.clone()/> }).collect_view())}
        </datalist>
        <Show when=move || unknown.get()>
            <p class="error" role="alert">"No such zone. Write it as in Europe/Madrid or +02:00."</p>
        </Show>
    }
}
