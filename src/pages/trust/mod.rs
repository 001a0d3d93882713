//! Can I believe this file? What was read, what was not, and why.

mod beside;
mod coverage;
mod evidence;
mod file;
mod reading;
mod wording;

use clicks::query::Trust;
use leptos::prelude::*;

use self::beside::BesideClicks;
use self::coverage::CoverageChart;
use self::file::FileCard;
use self::wording::WordTable;
use crate::state::{notes, use_state};
use crate::ui::{OneNote, words};

/// The page.
#[component]
pub fn TrustPage() -> impl IntoView {
    let state = use_state();
    let summary = move || {
        state.trust.read().as_ref().map(|t| {
            let with_clicks = t.files.iter().filter(|f| f.rows > 0).count() as u64;
            let files = match t.files.len() as u64 {
                all if all == with_clicks => words::counted(all, "file", "files"),
                all => format!("{with_clicks} of {}", words::counted(all, "file", "files")),
            };
            let twice = match t.duplicates {
                0 => "no duplicates".to_owned(),
                n => format!("{} counted once", words::counted(n, "duplicate", "duplicates")),
            };
            format!("{} from {files}, {twice}", words::counted(t.clicks, "click", "clicks"))
        })
    };
    let engine = move || match state.trust.read().as_ref().and_then(|t| t.engine.clone()).as_deref() {
        Some("page") => {
            "The engine runs on the page, because this browser refused a worker: large files make it stutter."
        }
        Some("worker") => "The engine runs in a worker beside the page.",
        _ => "",
    };
    let notes = move || {
        let trust = state.trust.read();
        let notes = trust.as_ref().map_or_else(Vec::new, |t| notes::of_all(t).cloned().collect());
        notes.into_iter().map(|note| view! { <OneNote note/> }).collect_view()
    };
    let files = move || {
        let trust = state.trust.read();
        let files = trust.as_ref().map_or_else(Vec::new, |t| t.files.clone());
        // The sample is of no file.
        let removable = state.data().is_some_and(|data| !state.engine.files_of(data.token).is_empty());
        files
            .into_iter()
            .zip(0..)
            .map(|(report, place)| view! { <FileCard report place removable/> })
            .collect_view()
    };
    let together = move || {
        let trust = state.trust.read();
        trust.as_ref().map(|t| {
            let trust = Trust::clone(t);
            let (coverage, files, words) = (t.coverage.clone(), t.files.clone(), t.words.clone());
            view! {
                <CoverageChart coverage files/>
                <BesideClicks trust/>
                <WordTable words/>
            }
        })
    };
    view! {
        <div class="trust" data-testid="trust">
            <h1>"Can I believe this?"</h1>
            <p class="trust-summary">{summary}</p>
            <ul class="trust-notes">{notes}</ul>
            {together}
            {files}
            <section class="trust-limits">
                <h2>"What no export can say"</h2>
                <ul>
                    <li>"A click is a request, not always a person: scanners, previews and gateways click too."</li>
                    <li>"No click in the export is not no click: links that were not rewritten, or policies that do not record, leave no trace."</li>
                    <li>"Allowed means that the page was reached, not that anything was entered there."</li>
                </ul>
                <p class="trust-engine">{engine}</p>
            </section>
        </div>
    }
}
