//! What became of an opening beside what is shown: files that were not taken in, and the sample that made way.

use clicks::UnknownTable;
use clicks::import::{FileReport, Level};
use leptos::prelude::*;

use super::{NameColumns, rescue_focus, words};
use crate::state::{Outcome, PageId, use_state};

/// The notice, until somebody closes it or opens something else.
#[component]
pub fn OpeningNotice() -> impl IntoView {
    let state = use_state();
    let close = move |_| {
        state
            .outcome
            .update(|outcome| *outcome = Outcome { removed: outcome.removed.take(), ..Outcome::default() });
        state.misread.set(Vec::new());
        rescue_focus();
    };
    // What a page of its own tells better is not told twice.
    let tells = move || state.load.read().data().is_none() || state.page.get() != PageId::TRUST;
    let is_there = move || {
        let outcome = state.outcome.read();
        let other = outcome.sample_went || !state.misread.read().is_empty();
        other || (!outcome.refused.is_empty() && tells())
    };
    view! {
        <Show when=is_there>
            <div class="opening_notice" role="status" data-testid="opening-notice">
                {move || state.outcome.get().sample_went.then(|| view! {
                    <p>"The sample made way for your files: made-up clicks do not mix with real ones."</p>
                })}
                {move || {
                    let parts = state.misread.get();
                    (!parts.is_empty()).then(|| view! {
                        <p>"Not understood in the address, and left out: " <b>{words::defanged_inside(&parts.join(", "))}</b></p>
                    })
                }}
                {move || refused(&state.outcome.read()).filter(|_| tells()).map(|(title, lines)| view! {
                    <p><b>{title}</b></p>
                    <ul>{lines.into_iter().take(MOST_LINES).map(|Line { name, why, table }| view! {
                        <li>
                            <b>{name}</b> ": " {why} " "
                            {table.map(|(name, table)| view! { <NameColumns name table is_open=true class="link"/> })}
                        </li>
                    }).collect_view()}</ul>
                })}
                {move || state.data().filter(|_| tells()).map(|_| view! {
                    <p><button class="link" type="button" on:click=move |_| state.go(PageId::TRUST)>"What each file gave"</button></p>
                })}
                <button class="link opening_notice-close" type="button" aria-label="Close" title="Close (Esc)" on:click=close>"×"</button>
            </div>
        </Show>
    }
}

/// How many files are named: the trust page has them all.
const MOST_LINES: usize = 20;

/// How many files of how many were not taken in, and which, with why and what to do.
fn refused(outcome: &Outcome) -> Option<(String, Vec<Line>)> {
    if outcome.refused.is_empty() {
        return None;
    }
    let all = words::counted(outcome.files, "file", "files");
    // An export without a click is no trouble, and who opened it wants to know.
    let is_empty = |file: &&FileReport| file.notes.iter().all(|note| note.level == Level::Info);
    let empty = outcome.refused.iter().filter(is_empty).count() as u64;
    let left_out = outcome.refused.len() as u64 - empty;
    let has_none = words::counted(empty, "has no click in it", "have no click in them");
    let title = match (left_out, empty) {
        (0, _) => format!("Of {all} {has_none}:"),
        (1, 0) => format!("1 of {all} was not taken in:"),
        (n, 0) => format!("{} of {all} were not taken in:", words::number(n)),
        (n, _) => format!("{} of {all} not taken in, and {has_none}:", words::number(n)),
    };
    Some((title, outcome.refused.iter().map(line).collect()))
}

/// A file, why it was not taken in, and its name and table where somebody can say which column is what.
struct Line {
    name: String,
    why: String,
    table: Option<(String, Box<UnknownTable>)>,
}

fn line(file: &FileReport) -> Line {
    let table = file.table.clone().map(|table| (file.name.shown(), table));
    let why = file.notes.iter().map(|note| {
        let (title, text) =
            (words::defanged_inside(note.title.original()), words::defanged_inside(note.text.original()));
        // Who can open this one as it is needs no other export.
        if table.is_some() { title } else { format!("{}. {text}", words::unpointed(&title)) }
    });
    Line { name: words::defanged_inside(file.name.original()), why: why.collect::<Vec<_>>().join(" "), table }
}
