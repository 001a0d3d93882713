//! Whom to count: all clicks, those of people, those of machines.

use clicks::lens::Class;
use clicks::model::Field;
use clicks::query::{Key, Whom};
use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::words;

/// The switch; there where some click is a machine's, or where somebody has chosen.
#[component]
pub fn WhomSwitch() -> impl IntoView {
    let state = use_state();
    let is_there = Memo::new(move |_| {
        let filter = state.filter.read();
        let chosen = filter.has_key(Key::Is(Field::Automation)) || filter.lens.is_some();
        chosen || state.dashboard.read().as_ref().is_some_and(|d| d.totals.automated.unwrap_or(0) > 0)
    });
    // Each counts what it would open: the facet leaves its own part of the filter out.
    let clicks = move |whom: Whom| {
        let dashboard = state.dashboard.read();
        let facet = dashboard.as_ref()?.facets.iter().find(|f| f.key == Field::Automation.name())?;
        let is_person = |token: &str| Class::from_token(token).is_none_or(Class::is_person);
        let counts = facet.values.iter().filter(|v| match whom {
            Whom::All => true,
            Whom::People => is_person(v.value.original()),
            Whom::Machines => !is_person(v.value.original()),
        });
        Some(counts.map(|v| v.clicks).sum::<u64>())
    };
    let choice = move |(whom, label, means): (Whom, &'static str, &'static str)| {
        let pressed = move || (Whom::of(&state.filter.read()) == Some(whom)).to_string();
        // That of all stands beside the switch, and that of people follows.
        let number = move || clicks(whom).filter(|_| whom == Whom::Machines).map(words::number);
        let title = move || match clicks(whom) {
            Some(n) => format!("{means}: {}", words::counted(n, "click", "clicks")),
            None => means.to_owned(),
        };
        view! {
            <button class="whom-one" type="button" title=title aria-pressed=pressed data-testid=format!("whom-{}", label.to_lowercase())
                on:click=move |_| state.refine(|f| whom.set(f))>
                {label} {move || number().map(|n| view! { <span class="whom-number">" " {n}</span> })}
            </button>
        }
    };
    view! {
        <Show when=move || is_there.get()>
            <div class="whom" role="group" aria-label="Clicked by">
                {[
                    (Whom::All, "All", "Clicks of people and machines"),
                    (Whom::People, "People", "Clicks that a person made, as far as can be told"),
                    (Whom::Machines, "Machines", "Clicks that are automated, or likely so"),
                ].map(choice).collect_view()}
            </div>
        </Show>
    }
}
