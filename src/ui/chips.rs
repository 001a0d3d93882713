//! What is in force: one chip a value, and one way to clear them all.

use clicks::query::Chip;
use leptos::prelude::*;

use super::words::{self, Piece};
use crate::platform::zone;
use crate::state::use_state;

/// The chips. Always in sight when there are any.
#[component]
pub fn Chips() -> impl IntoView {
    let state = use_state();
    let chips = Memo::new(move |_| words::pieces(&state.filter.read()));
    view! {
        <Show when=move || !chips.read().is_empty()>
            <div class="chips" data-testid="chips" role="group" aria-label="Filters in force">
                <For each=move || chips.get() key=words::piece_text let:piece>
                    {match piece {
                        Piece::One(chip) => view! { <OneChip chip/> }.into_any(),
                        many @ Piece::Many(..) => view! { <ManyChip many/> }.into_any(),
                    }}
                </For>
                <button
                    class="link"
                    type="button"
                    data-testid="clear-all"
                    on:click=move |_| state.refine(clicks::query::Filter::clear)
                >
                    "Clear all"
                </button>
            </div>
        </Show>
    }
}

/// One chip for all values of a key. They can only go together.
#[component]
fn ManyChip(
    /// What it stands for
    many: Piece,
) -> impl IntoView {
    let state = use_state();
    let said = words::piece_text(&many);
    let remove = move |_| {
        if let Piece::Many(key, _) = many {
            state.refine(|f| f.remove_key(key));
        }
    };
    view! {
        <span class="chip" data-testid="chip">
            <span class="chip-text">{said.clone()}</span>
            <button
                class="chip-remove"
                type="button"
                aria-label=format!("Remove {said}")
                title="Remove"
                on:click=remove
            >
                "×"
            </button>
        </span>
    }
}

/// One chip. The word turns it from "is" to "is not" and back; the cross takes it away.
#[component]
fn OneChip(
    /// What it stands for
    chip: Chip,
) -> impl IntoView {
    let state = use_state();
    let turns = clicks::query::Key::from_name(chip.key);
    let (label, value) = words::chip_words(&chip);
    let said = words::chip_text(&chip);
    let turned_to = if chip.exclude { "Turn to only these" } else { "Turn to all but these" };
    let title = if turns.is_some() { format!("{said}\n{turned_to}") } else { said.clone() };
    let (turned, removed) = (chip.clone(), chip.clone());
    let turn = move |_| {
        if let Some(key) = turns {
            state.pick(key, turned.value.original(), !turned.exclude);
        }
    };
    let is_range = chip.key == "range";
    // Which days the range comes to: it counts back from the newest click, not from today.
    let window = move || {
        let dashboard = state.dashboard.read();
        // Of this filter: the one before may have had no end.
        let of_this = dashboard.as_ref().filter(|d| d.filter == state.filter.read().to_string())?;
        let (from, to) = of_this.window?;
        let zone = state.zone();
        let day = |ms: i64| words::short_date(&zone::date_time(ms as f64, &zone));
        Some(view! { <span class="chip-note">{format!("{} – {}", day(from), day(to - 1))}</span> })
    };
    view! {
        <span class="chip" class:exclude=chip.exclude data-testid="chip">
            <button
                class="chip-text"
                type="button"
                title=title
                disabled=turns.is_none()
                aria-label=format!("{said}. {turned_to}")
                on:click=turn
            >
                {label} {chip.exclude.then_some(" not")} " " <b>{value.clone()}</b>
                {move || is_range.then(window)}
            </button>
            <button
                class="chip-remove"
                type="button"
                aria-label=format!("Remove {said}")
                title="Remove"
                on:click=move |_| state.refine(|f| f.remove_chip(&removed))
            >
                "×"
            </button>
        </span>
    }
}
