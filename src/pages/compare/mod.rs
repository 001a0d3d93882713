//! Two views side by side: the one in force before and after a day, or a view that was pinned and the one in force.

mod choice;
mod lists;
mod numbers;

use std::sync::Arc;

use clicks::query::Filter;
use insights::{AskCompare, Comparison, compare_markdown, halves, split_at};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::choice::Choice;
use self::lists::lists;
use self::numbers::numbers;
use crate::platform::clipboard;
use crate::state::asked::Newest;
use crate::state::{AppState, DataRef, use_state};
use crate::ui::later::NOT_YET;
use crate::ui::words;

/// What is compared: the data, and the filters of both views; none while that is not known.
type Pair = Option<(DataRef, String, String)>;

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let state = use_state();
    let day = RwSignal::new(String::new());
    let pair = Memo::new(move |_| chosen(state, &day.read()));
    let answer = RwSignal::new(None::<Arc<Comparison>>);
    let newest = Newest::default();
    Effect::new(move || {
        let Some((data, before, after)) = pair.get() else { return answer.set(None) };
        newest.ask(state, data.token, &AskCompare { before, after }, move |found| match found {
            Ok(found) => {
                answer.try_set(Some(Arc::new(found)));
            }
            Err(failure) => state.failure.set(Some(failure)),
        });
    });
    let said = RwSignal::new("");
    let copy = move |_| {
        let text = answer.read_untracked().as_ref().map(|found| {
            compare_markdown(found, [&name_of(&found.before.filter), &name_of(&found.after.filter)])
        });
        spawn_local(async move {
            let done = clipboard::copy(&text.unwrap_or_default()).await;
            said.try_set(if done { "copied" } else { "not allowed here" });
        });
    };
    let differences = move || match answer.get() {
        None => NOT_YET.into_any(),
        Some(found) => view! {
            {numbers(&found)}
            <div class="compare-lists">{lists(state, &found)}</div>
        }
        .into_any(),
    };
    view! {
        <div class="compare" data-testid="compare">
            <section class="panel" aria-label="What is compared">
                <div class="panel-head">
                    <h2>"Compare"</h2>
                    <div class="panel-tools">
                        <span role="status" class="panel-sub">{said}</span>
                        <button class="link" type="button" data-testid="compare-copy" title="Numbers and lists for a report, hosts defanged" on:click=copy>
                            "Copy as Markdown"
                        </button>
                    </div>
                </div>
                <Choice day pair/>
            </section>
            {differences}
        </div>
    }
}

/// The two views: the pinned one first where there is one, else the usual pair, parted at the day where somebody says one.
fn chosen(state: AppState, day: &str) -> Pair {
    let data = state.load.read().askable()?;
    let span = state.dashboard.read().as_ref()?.data_span?;
    let filter = state.filter.read();
    let (before, after) = match &*state.pinned.read() {
        Some(pinned) => (pinned.clone(), filter.to_string()),
        None if day.is_empty() => halves(&filter, span),
        None => split_at(&filter, day),
    };
    Some((data, before, after))
}

/// What a view is called: its filter in words.
fn name_of(filter: &str) -> String {
    let text = words::filter_text(&Filter::parse(filter));
    if text.is_empty() { "All clicks".to_owned() } else { text }
}
