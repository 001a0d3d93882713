//! What the numbers cannot say, above them.

use clicks::import::{FileReport, Level, Note};
use clicks::model::Untrusted;
use leptos::prelude::*;

use super::words;
use crate::state::notes::{self, Point};
use crate::state::{PageId, use_state};

/// The notes that ask for care, worst first; the rest is one click away.
#[component]
pub fn Notes() -> impl IntoView {
    let state = use_state();
    let notes = Memo::new(move |_| {
        let (dashboard, trust, outcome) = (state.dashboard.read(), state.trust.read(), state.outcome.read());
        let (Some(dashboard), Some(trust)) = (dashboard.as_ref(), trust.as_ref()) else { return Vec::new() };
        // What the notice above tells is not told twice.
        let is_told = |point: &Point| {
            let is_refused =
                |place: &u32| trust.files.get(*place as usize).is_some_and(FileReport::is_refused);
            !outcome.refused.is_empty() && !point.files.is_empty() && point.files.iter().all(is_refused)
        };
        let points =
            notes::points_in_view(trust, &dashboard.notes).into_iter().filter(|point| !is_told(point));
        let with_files = |point: Point| {
            let files = notes::files_of(trust, &point);
            (point.note, files)
        };
        points.map(with_files).enumerate().collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !notes.read().is_empty()>
            <div class="notes" role="note">
                <ul class="notes-list">
                    <For each=move || notes.get().into_iter().take(2) key=|(at, (note, files))| (*at, note.title.clone(), files.clone()) let:note>
                        <OneNote note=note.1.0 file=note.1.1/>
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
