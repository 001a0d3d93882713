//! Where to go on from a click: the other clicks of its person, host, URL, message and address.

use clicks::model::Field;
use clicks::query::{Key, Pivot};
use leptos::prelude::*;

use crate::state::{PageId, use_state};
use crate::ui::words;

/// The doors; each says how many clicks are behind it, of all that are open.
#[component]
pub fn Pivots(
    /// What the click shares with others
    pivots: Vec<Pivot>,
) -> impl IntoView {
    let door = |pivot: Pivot| {
        let Some(Key::Is(field)) = Key::from_name(&pivot.key) else { return None };
        Some(view! { <Door field pivot/> })
    };
    let doors = pivots.into_iter().filter_map(door);
    view! {
        <div class="detail-pivots" role="group" aria-label="All clicks of the same" data-testid="pivots">
            {doors.collect_view()}
        </div>
    }
}

/// One door. It opens all of them, whatever was filtered before; the zone stays.
#[component]
fn Door(
    /// What is shared
    field: Field,
    /// With which value, by how many
    pivot: Pivot,
) -> impl IntoView {
    let state = use_state();
    let Pivot { value, clicks, .. } = pivot;
    let label = format!("This {}", words::field_word(field));
    let open = move |_| {
        state.refine(|f| {
            f.clear();
            f.set(Key::Is(field), value.original());
        });
        state.go(PageId::CLICKS);
    };
    let title =
        format!("All {} in what is open, without other filters", words::counted(clicks, "click", "clicks"));
    view! {
        <button class="detail-door" type="button" title=title disabled=clicks < 2 on:click=open>
            {label} " " <b>{words::number(clicks)}</b>
        </button>
    }
}
