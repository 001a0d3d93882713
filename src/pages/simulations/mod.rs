//! Simulations against reality: who fails tests, who fails for real, and who again and again.

mod people;
mod quadrant;
mod repeat;
mod results;
mod table;

use insights::AskSimulations;
use insights::simulated::RUN;
use leptos::prelude::*;

use self::repeat::Repeat;
use self::results::results;
use crate::state::asked::kept;
use crate::state::{AppState, use_state};
use crate::ui::later::NOT_YET;

/// Files that help where none is open.
const FILES: [&str; 4] = [
    "Attack simulation training: the users of one simulation as CSV, or simulationUsers of Graph as JSON. The user coverage report has no times and does not help",
    "GoPhish: the results or the events of a campaign as CSV, or campaigns of its API as JSON",
    "KnowBe4: a campaign as CSV, or the recipients of a test by its API as JSON",
    "Audit log: records of type 85, as CSV or JSON",
];

/// The page.
#[component]
pub fn SimulationsPage() -> impl IntoView {
    let state = use_state();
    let run = RwSignal::new(RUN as u32);
    let open = RwSignal::new(None);
    // The effect that asks makes the question anew each time, and so knows that it depends on the run.
    let answer = kept(state, move |filter| AskSimulations { filter, run: run.get() });
    let is_there = Memo::new(move |_| answer.read().as_ref().map(|found| !found.campaigns.is_empty()));
    let page = move || match is_there.get() {
        None => view! { <p class="panel-sub">{NOT_YET}</p> }.into_any(),
        Some(false) => nothing(state),
        Some(true) => view! {
            {move || answer.read().as_ref().map(|found| results(state, found, open))}
            <Repeat answer run/>
        }
        .into_any(),
    };
    view! { <div class="simulations" data-testid="simulations">{page}</div> }
}

fn nothing(state: AppState) -> AnyView {
    view! {
        <section class="panel simulations-none" data-testid="simulations-none" aria-label="Simulations">
            <div class="panel-head"><h2>"No simulation results are open"</h2></div>
            <p>"With them this page says who fails tests, who fails for real, and whom the tests miss. Open together with the clicks:"</p>
            <ul>{FILES.map(|file| view! { <li>{file}</li> }).collect_view()}</ul>
            <button class="btn primary" type="button" data-testid="simulations-add" on:click=move |_| state.pick_more_files()>"Add files"</button>
        </section>
    }
    .into_any()
}
