//! What the numbers cannot say, above them.

use clicks::import::{Level, Note, gravest_first};
use clicks::model::Untrusted;
use leptos::prelude::*;

use super::words;
use crate::state::{PageId, notes, use_state};

/// The notes that ask for care, worst first; the rest is one click away.
#[component]
pub fn Notes() -> impl IntoView {
    let state = use_state();
    let notes = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        let mut notes: Vec<Note> = dashboard.as_ref().map_or_else(Vec::new, |d| d.notes.clone());
        // What the notice above tells is not told twice.
        let outcome = state.outcome.read();
        let is_told = |note: &Note| outcome.refused.iter().any(|file| file.notes.contains(note));
        notes.retain(|n| n.level > Level::Info && !is_told(n));
        notes = gravest_first(notes);
        let trust = state.trust.read();
        let file_of = |note: &Note| trust.as_ref().map(|t| notes::files_of(t, note));
        notes
            .into_iter()
            .map(|n| {
                let file = file_of(&n).unwrap_or_default();
                (n, file)
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !notes.read().is_empty()>
            <div class="notes" role="note">
                <ul class="notes-list">
                    <For each=move || notes.get().into_iter().take(2) key=|n| (n.0.code.clone(), n.0.title.clone(), n.1.clone()) let:note>
                        <OneNote note=note.0 file=note.1/>
                    </For>
                </ul>
                <button class="link" type="button" on:click=move |_| state.go(PageId::TRUST)>
                    {move || match notes.read().len() {
                        0..=2 => "Can I believe this?".to_owned(),
                        n => format!("{} more · Can I believe this?", n - 2),
                    }}
                </button>
            </div>
        </Show>
    }
}

/// One note.
#[component]
pub fn OneNote(
    /// The note
    note: Note,
    /// Name of the file it speaks of; default empty, and not said
    #[prop(optional)]
    file: Untrusted,
    /// What stands behind it; default nothing
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let Note { level, title, text, .. } = note;
    let level = match level {
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Bad => "bad",
    };
    let place = Some(file).filter(|file| !file.is_empty()).map(|file| format!("{}: ", file.shown()));
    view! {
        <li class=format!("notes-one {level}")>
            {place}
            <b>{format!("{}.", words::unpointed(&words::defanged_inside(title.original())))}</b> " " {words::defanged_inside(text.original())}
            {children.map(|children| children())}
        </li>
    }
}
