//! While files are read: how far each has come, and a way out.

use clicks::model::text::shown;
use leptos::prelude::*;

use crate::state::{LoadState, Loading, LoadingFile, use_state};
use crate::ui::{Brand, EngineNotice, words};

/// The page.
#[component]
pub fn LoadingPage() -> impl IntoView {
    let state = use_state();
    let loading = Memo::new(move |_| match &*state.load.read() {
        LoadState::Loading(loading) => Some(loading.clone()),
        _ => None,
    });
    let files = move || loading.read().as_ref().map_or(0, |l| l.files.len());
    let why = Memo::new(move |_| loading.read().as_ref().and_then(|l| l.why.clone()));
    let headline = move || {
        let loading = loading.read();
        let Some(Loading { files, rows, .. }) = loading.as_ref() else {
            return String::new();
        };
        let done: u64 = files.iter().map(|f| f.bytes).sum();
        let all: u64 = files.iter().map(|f| f.bytes_total).sum();
        format!(
            "{} · {} of {}",
            words::counted(*rows, "click", "clicks"),
            words::bytes(done),
            words::bytes(all)
        )
    };
    view! {
        <main class="loading" data-testid="progress">
            <Brand/>
            <h1>{move || if files() == 1 { "Reading the file" } else { "Reading the files" }}</h1>
            {move || why.get().map(|why| view! { <p class="loading-why" data-testid="loading-why">{shown(&why)}</p> })}
            <EngineNotice/>
            <p class="loading-headline" role="status">{headline}</p>
            <ul class="loading-files">
                <For each=move || 0..files() key=|at| *at let:at>
                    <OneFile file=Memo::new(move |_| {
                        loading.read().as_ref().and_then(|l| l.files.get(at).cloned()).unwrap_or_default()
                    })/>
                </For>
            </ul>
            <button class="btn big" type="button" data-testid="cancel-button" on:click=move |_| state.engine.cancel()>
                "Cancel"
            </button>
        </main>
    }
}

/// One file.
#[component]
fn OneFile(
    /// How far it has come
    file: Memo<LoadingFile>,
) -> impl IntoView {
    let share = Memo::new(move |_| {
        let file = file.read();
        let hundred_times = file.bytes.saturating_mul(100);
        hundred_times.checked_div(file.bytes_total).unwrap_or_default()
    });
    let kind = move || {
        let file = file.read();
        match (&file.kind, file.bytes) {
            (Some(kind), _) => shown(kind),
            (None, 0) => "waiting".to_owned(),
            (None, bytes) if bytes == file.bytes_total => "read".to_owned(),
            (None, _) => "finding out what it is".to_owned(),
        }
    };
    view! {
        <li class="loading-file">
            <span class="loading-name">{move || file.read().name.shown()}</span>
            <span class="loading-percent">{move || format!("{} %", share.get())}</span>
            <progress max="100" prop:value=move || share.get().to_string()>{move || format!("{} %", share.get())}</progress>
            <span class="loading-kind">{kind}</span>
            <span class="loading-bytes">
                {move || format!("{} of {}", words::bytes(file.read().bytes), words::bytes(file.read().bytes_total))}
            </span>
        </li>
    }
}
