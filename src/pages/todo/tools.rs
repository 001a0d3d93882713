//! What can be done with the list as a whole: copy it, save it, keep what was done.

use insights::{AskWorklist, Worklist, worklist_csv, worklist_markdown};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{clipboard, download, files, page};
use crate::state::asked::Newest;
use crate::state::{AppState, use_state};

/// People that a file has: with all that happened to each some ten megabytes. A line of it says how many more there are.
const IN_A_FILE: u32 = 20_000;

/// The tools.
#[component]
pub fn Tools(
    /// Only people for whom nothing was done are listed
    only_open: RwSignal<bool>,
) -> impl IntoView {
    let state = use_state();
    let said = RwSignal::new(String::new());
    let copy = move |_| {
        let text = with_list(state, |list| worklist_markdown(list, &state.handled.read_untracked()));
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            said.try_set(if done { "copied" } else { "not allowed here" }.to_owned());
        });
    };
    let save = move |name: &'static str, text: String, media: &'static str| {
        let saved = download::save_text(name, &text, media);
        said.try_set(if saved { String::new() } else { "not allowed here".to_owned() });
    };
    let newest = Newest::default();
    // The page lists those it has room for, the file more.
    let csv = move |_| {
        let Some(data) = state.load.read_untracked().askable() else { return };
        let all = AskWorklist { filter: state.filter.read_untracked().to_string(), limit: Some(IN_A_FILE) };
        newest.ask(state, data.token, &all, move |found| match found {
            Ok(list) => {
                let text = worklist_csv(&list, &state.handled.read_untracked());
                save("clickglass-needs-action.csv", text, "text/csv;charset=utf-8");
            }
            Err(failure) => state.failure.set(Some(failure)),
        });
    };
    let keep = move |_| {
        page::guard_leaving(false);
        save("clickglass-handled.json", state.handled.read_untracked().to_json(), "application/json");
    };
    let load = move |event| {
        for file in files::chosen(&event) {
            spawn_local(async move {
                let text = files::text_of(&file).await.unwrap_or_default();
                let taken = state.handled.try_update(|all| all.take_json(&text));
                said.try_set(match taken {
                    Some(Ok(n)) => format!("what was done for {n} people is here"),
                    Some(Err(why)) => why,
                    None => String::new(),
                });
            });
        }
    };
    view! {
        <div class="panel-tools todo-tools">
            <span role="status" class="panel-sub" data-testid="todo-said">{said}</span>
            <label>
                <input type="checkbox" data-testid="todo-open" prop:checked=only_open on:change=move |_| only_open.update(|only| *only = !*only)/>
                " Only to do"
            </label>
            <button class="link" type="button" data-testid="todo-markdown" title="The list as a table for a ticket, URLs defanged" on:click=copy>"Copy as Markdown"</button>
            <button class="link" type="button" data-testid="todo-csv" title="Who needs action under this filter, listed here or not: the first 20,000" on:click=csv>"CSV"</button>
            <button class="link" type="button" data-testid="todo-keep" title="Marks and notes as a small file: who opens the same clicks can load it" on:click=keep>"Save what was done"</button>
            <label class="link" title="A file of “Save what was done”">
                "Load what was done"
                <input class="visually-hidden" type="file" accept=".json,application/json" data-testid="todo-load" on:change=load/>
            </label>
        </div>
    }
}

fn with_list(state: AppState, make: impl FnOnce(&Worklist) -> String) -> String {
    let list = state.worklist.read_untracked();
    list.as_ref().map_or_else(String::new, |list| make(list))
}
