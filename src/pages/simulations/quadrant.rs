//! Tests against reality: four parts of everybody tested, and who is in the one that is open.

use insights::SimulationsAnswer;
use insights::simulated::QUADRANT;
use leptos::prelude::*;

use super::people::people;
use crate::state::AppState;
use crate::ui::words;

/// What each part is called, how grave it is and what to do, in the order of [`QUADRANT`].
const PARTS: [(&str, &str, &str); 4] = [
    ("Fail both", "bad", "Click in tests and on real malicious links: train them first"),
    ("Fail simulations only", "plain", "No real malicious click in view: the usual training"),
    ("Click real ones only", "warn", "The simulation misses them: test them with another lure"),
    ("Neither", "good", "Nothing to do"),
];

/// The part that somebody has opened, or closed; none until then.
pub type Chosen = RwSignal<Option<Option<usize>>>;

/// The four parts; a press opens the list of one below, or closes it.
pub fn quadrant(state: AppState, found: &SimulationsAnswer, chosen: Chosen) -> AnyView {
    // Who fails both is trained first, and so seen first; where nobody does, whoever is there.
    let first = found.quadrant.iter().position(|list| list.people > 0);
    let open = Memo::new(move |_| chosen.get().unwrap_or(first));
    let parts = found.quadrant.iter().zip(QUADRANT).zip(PARTS).enumerate();
    let cells = parts.map(|(at, ((list, name), (title, tone, advice)))| {
        let toggle = move |_| chosen.set(Some((open.get_untracked() != Some(at)).then_some(at)));
        let tone = if list.people > 0 { tone } else { "plain" };
        view! {
            <button class=format!("simulations-cell {tone}") type="button" data-testid=format!("quadrant-{name}")
                aria-expanded=move || (open.get() == Some(at)).to_string()
                on:click=toggle>
                <span>{title}</span>
                <span class="simulations-number">{words::number(list.people)}</span>
                <span>{format!("{} of those tested", words::percent(list.people, found.tested))}</span>
                <span class="simulations-advice">{advice}</span>
            </button>
        }
    });
    let cells = cells.collect_view();
    let lists = found.quadrant.clone();
    let list = move || {
        let at = open.get()?;
        let (title, ..) = *PARTS.get(at)?;
        let listed = people(state, title, lists.get(at)?);
        Some(view! { <div data-testid="simulations-list"><h3>{title}</h3>{listed}</div> })
    };
    view! { <div class="simulations-quadrant">{cells}</div> {list} }.into_any()
}
