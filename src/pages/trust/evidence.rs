//! What proves that nothing is missing: the check sum of a file, and the records of it that were not taken.

use clicks::export::table_csv;
use clicks::import::FileReport;
use clicks::query::AskNotTaken;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use crate::platform::download;
use crate::state::use_state;
use crate::ui::{CopyButton, rescue_focus_at, words};

/// The columns of the list of records that were not taken.
const HEADINGS: [&str; 5] = ["File", "Line", "What", "Why", "Record"];

/// The two things to ask for, each by a press: a large file is read again for its sum.
#[component]
pub fn Evidence(
    /// The file
    report: FileReport,
    /// Its place in the list of files
    place: u32,
) -> impl IntoView {
    let state = use_state();
    let sum = RwSignal::new(None::<Result<String, String>>);
    let reading = RwSignal::new(false);
    let said = RwSignal::new("");
    let FileReport { given, refused, skipped, name, .. } = report;
    let left = refused + skipped;
    let is_inside = name.original().contains(" › ");
    let ask_sum = move |_| {
        let Some(data) = state.data().filter(|_| !reading.get_untracked()) else { return };
        reading.set(true);
        spawn_local(async move {
            let answer = state.engine.digest(data.token, given).await;
            sum.try_set(Some(answer.map_err(|failure| failure.message.shown())));
            reading.try_set(false);
            rescue_focus_at("digest-value");
        });
    };
    let name = words::defanged_inside(name.original());
    let save = move |_| {
        let Some(data) = state.data() else { return };
        let name = name.clone();
        spawn_local(async move {
            let Ok(answer) = state.engine.ask(data.token, &AskNotTaken { file: place }).await else {
                said.try_set("could not be listed");
                return;
            };
            let row = |row: clicks::query::NotTakenRow| -> Vec<Value> {
                let what = if row.refused { "refused" } else { "skipped" };
                let text = words::defanged_inside(row.text.original().trim_end_matches(['\r', '\n']));
                vec![json!(name), json!(row.line), json!(what), json!(row.why), json!(text)]
            };
            let more = answer.more;
            let rows: Vec<Vec<Value>> = answer.rows.into_iter().map(row).collect();
            let csv = table_csv(&HEADINGS, &rows);
            let saved = download::save_text("clickglass-not-taken.csv", &csv, "text/csv;charset=utf-8");
            said.try_set(match (saved, more) {
                (false, _) => "not allowed here",
                (true, true) => "the first 100,000 are in it",
                (true, false) => "",
            });
        });
    };
    view! {
        <div class="trust-evidence">
            {move || match sum.get() {
                None => view! {
                    <button class="link" type="button" data-testid="digest" aria-disabled=move || reading.get().to_string() on:click=ask_sum>
                        {move || if reading.get() { "Reading…" } else if is_inside { "SHA-256 of the packed file" } else { "SHA-256" }}
                    </button>
                }.into_any(),
                Some(Ok(digest)) => view! {
                    <span>"SHA-256 " <code data-testid="digest-value" tabindex="-1">{digest.clone()}</code></span>
                    <CopyButton safe=Signal::stored(digest.clone()) original=digest/>
                }.into_any(),
                Some(Err(why)) => view! { <span class="error">{why}</span> }.into_any(),
            }}
            {(left > 0).then(|| view! {
                <button class="link" type="button" data-testid="save-left" on:click=save>
                    {format!("Save the {} that {} not taken, as CSV", words::counted(left, "record", "records"), if left == 1 { "was" } else { "were" })}
                </button>
            })}
            <span role="status">{move || said.get()}</span>
        </div>
    }
}
