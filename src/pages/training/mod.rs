//! Whom to train: people who keep doing it, by a rule that the reader chooses and that is printed with the list.

mod list;
mod rule;
mod tools;

use std::sync::Arc;

use clicks::engine::DataToken;
use insights::{AskOffenders, Offenders};
use leptos::prelude::*;

use self::list::list;
use self::rule::Rule;
use self::tools::Tools;
use crate::state::asked::Newest;
use crate::state::use_state;
use crate::ui::later::NOT_YET;
use crate::ui::{rescue_focus_near, words};

/// People that are drawn before somebody asks for more.
const FIRST: usize = 50;
/// People that are drawn at the most; the files have all.
const MOST: usize = 500;

/// An answer with its question: heading, file name and list are of the same rule.
pub struct Found {
    about: DataToken,
    asked: AskOffenders,
    answer: Offenders,
}

/// What is on the page; none until it has come.
pub type Shown = RwSignal<Option<Arc<Found>>>;

/// The page.
#[component]
pub fn TrainingPage() -> impl IntoView {
    let state = use_state();
    let rule = RwSignal::new(rule::at_first());
    let found: Shown = RwSignal::new(None);
    let all = RwSignal::new(false);
    let newest = Newest::default();
    let about = Memo::new(move |_| {
        let filter = state.filter.read().to_string();
        Some((state.load.read().askable()?, AskOffenders { filter, ..rule.get() }))
    });
    Effect::new(move || {
        let Some((data, asked)) = about.get() else { return };
        let about = data.token;
        newest.ask(state, about, &asked.clone(), move |answer| match answer {
            Ok(answer) => {
                found.try_set(Some(Arc::new(Found { about, asked, answer })));
            }
            Err(failure) => state.failure.set(Some(failure)),
        });
    });
    let count =
        move || found.read().as_ref().map_or_else(|| NOT_YET.to_owned(), |found| counted(&found.answer));
    let shown = move || {
        let most = if all.get() || state.printing.get() { MOST } else { FIRST };
        found.get().map(|found| {
            let more = found.answer.people.len() > most && most < MOST;
            let show_all = move |_| {
                all.set(true);
                rescue_focus_near("training-name", FIRST as u32);
            };
            view! {
                {list(state, &found, most)}
                {more.then(|| view! { <button class="btn training-more" type="button" on:click=show_all>"Show more"</button> })}
            }
        })
    };
    view! {
        <section class="panel training" data-testid="training" aria-label="Training">
            <div class="panel-head training-head">
                <h2>"Training"</h2>
                <span class="panel-sub" role="status" data-testid="training-count"
                    title="By chance: if it came to everybody in view as often as they click">{count}</span>
                <Tools found/>
            </div>
            <Rule rule/>
            {shown}
        </section>
    }
}

/// "9 people · about 2.3 would be here by chance".
fn counted(answer: &Offenders) -> String {
    let mut said = words::counted(answer.total, "person", "people");
    match answer.by_chance {
        Some(few) if few < 0.1 => said.push_str(" · fewer than 0.1 would be here by chance"),
        Some(by_chance) => said.push_str(&format!(" · about {by_chance:.1} would be here by chance")),
        None => {}
    }
    if (answer.people.len() as u64) < answer.total {
        said.push_str(&format!(" · the first {} are listed", words::number(answer.people.len() as u64)));
    }
    said
}
