//! A list of indicators against the clicks in view: paste it, and see who clicked and who got through.

mod table;

use std::sync::Arc;

use insights::{AskSweep, Sweep};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::table::Lines;
use crate::platform::files;
use crate::state::asked::Newest;
use crate::state::use_state;

/// The page.
#[component]
pub fn SweepPage() -> impl IntoView {
    let state = use_state();
    let field = NodeRef::<html::Textarea>::new();
    let answer = RwSignal::new(None::<Arc<Sweep>>);
    let newest = Newest::default();
    let about = Memo::new(move |_| {
        let text = state.swept.get();
        Some((state.load.read().askable()?, state.filter.read().to_string(), text))
    });
    Effect::new(move || {
        let Some((data, filter, text)) = about.get().filter(|(_, _, text)| !text.trim().is_empty()) else {
            newest.begin();
            return answer.set(None);
        };
        newest.ask(state, data.token, &AskSweep { filter, text }, move |found| match found {
            Ok(found) => {
                answer.try_set(Some(Arc::new(found)));
            }
            Err(failure) => state.failure.set(Some(failure)),
        });
    });
    let look = move |_| {
        if let Some(field) = field.get_untracked() {
            state.swept.set(field.value());
        }
    };
    let load = move |event| {
        for file in files::chosen(&event) {
            spawn_local(async move {
                if let Some(text) = files::text_of(&file).await {
                    state.swept.try_set(text);
                }
            });
        }
    };
    view! {
        <section class="panel sweep" data-testid="sweep" aria-label="Sweep">
            <div class="panel-head"><h2>"Sweep"</h2>
                <span class="panel-sub">"Who clicked any of these, and which nobody clicked"</span>
            </div>
            <textarea class="sweep-text" rows="5" node_ref=field data-testid="sweep-text" prop:value=state.swept spellcheck="false"
                aria-label="Indicators" placeholder="Hosts, URLs, message ids, addresses or users, in any text: a mail, a feed, a column of a table. Defanged or not."></textarea>
            <p class="sweep-tools">
                <button class="btn primary" type="button" data-testid="sweep-go" on:click=look>"Look for them"</button>
                <label class="btn">"From a file"<input class="visually-hidden" type="file" data-testid="sweep-file" on:change=load/></label>
                <button class="link" type="button" on:click=move |_| state.swept.set(String::new())>"Clear"</button>
            </p>
            {move || answer.get().map(|sweep| view! { <Lines sweep/> })}
        </section>
    }
}
