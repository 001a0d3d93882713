//! Who needs action: the people, what happened, and what has been done for them.

mod entry;
mod tools;

use insights::{ToDo, Worklist};
use leptos::prelude::*;

use self::entry::Entry;
use self::tools::Tools;
use crate::state::use_state;
use crate::ui::later::NOT_YET;
use crate::ui::words;

/// People that are drawn before somebody asks for more.
const FIRST: usize = 50;

/// The page.
#[component]
pub fn TodoPage() -> impl IntoView {
    let state = use_state();
    let all = RwSignal::new(false);
    let only_open = RwSignal::new(false);
    let count = move || match &*state.worklist.read() {
        None => NOT_YET.to_owned(),
        Some(list) => counted(list, state.to_do()),
    };
    let shown = move || {
        let list = state.worklist.read();
        let entries = list.as_ref().map_or(&[][..], |list| &list.entries);
        let is_in = |one: &&ToDo| !only_open.get() || state.handled.read().of(&one.user).is_open();
        let most = if all.get() || state.printing.get() { usize::MAX } else { FIRST };
        entries.iter().filter(is_in).take(most).cloned().collect::<Vec<ToDo>>()
    };
    let more = move || {
        let entries = state.worklist.read().as_ref().map_or(0, |list| list.entries.len());
        (!all.get() && entries > FIRST).then(|| {
            view! {
                <button class="btn todo-more" type="button" on:click=move |_| all.set(true)>{format!("Show all {entries}")}</button>
            }
        })
    };
    let about = move || {
        state.worklist.read().as_ref().map(|list| {
            let nameless = (list.nameless > 0).then(|| {
                let name = if list.nameless == 1 { "names" } else { "name" };
                format!(
                    " {} reached such a page and {name} nobody.",
                    words::counted(list.nameless, "click", "clicks")
                )
            });
            format!("{} {}{}", list.unsaid, list.sign_ins, nameless.unwrap_or_default())
        })
    };
    view! {
        <section class="panel todo" data-testid="todo" aria-label="Needs action">
            <div class="panel-head todo-head">
                <h2>"Needs action"</h2>
                <span class="panel-sub" data-testid="todo-count">{count}</span>
                <Tools only_open/>
            </div>
            <p class="panel-sub" title=move || state.worklist.read().as_ref().map(|list| list.rule.clone())>{about}</p>
            <Show when=move || state.worklist.read().as_ref().is_some_and(|list| list.entries.is_empty() && list.nameless == 0 && list.unsaid.is_empty())>
                <p class="todo-none">"Nobody in view reached a page that is known not to be safe."</p>
            </Show>
            <ul class="todo-list">
                <For each=shown key=|one| (one.user.clone(), one.last_ms, one.urgency) let:one><Entry one/></For>
            </ul>
            {more}
        </section>
    }
}

/// "9 of 46 people to do · 12 more have nothing but clicks that look automated".
fn counted(list: &Worklist, open: u64) -> String {
    let mut parts =
        vec![format!("{} of {} to do", words::number(open), words::counted(list.total, "person", "people"))];
    let shown = list.entries.len() as u64;
    if shown < list.total + list.machines {
        parts.push(format!("the {} most urgent are listed", words::number(shown)));
    }
    if list.machines > 0 {
        parts.push(format!("{} more with clicks that look automated", words::number(list.machines)));
    }
    parts.join(" · ")
}
