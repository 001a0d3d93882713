//! What happened, in sentences; every number leads to what it counts.

use clicks::query::Filter;
use insights::{AskFirstRead, FirstRead, Part};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pages;
use crate::platform::clipboard;
use crate::state::asked::kept;
use crate::state::{AppState, PageId, use_state};
use crate::ui::words;

/// The sentences.
#[component]
pub fn FirstReadPanel() -> impl IntoView {
    let state = use_state();
    let answer = kept(state, |filter| AskFirstRead { filter });
    let said = RwSignal::new("");
    let copy = move |_| {
        let text = answer.read_untracked().as_ref().map(|read| text_of(read)).unwrap_or_default();
        spawn_local(async move {
            said.try_set(if clipboard::copy(&text).await { "copied" } else { "not allowed here" });
        });
    };
    let sentences = move || {
        let read = answer.read();
        let sentences = read.as_ref().map_or(&[][..], |read| &read.sentences);
        let one = |sentence: &insights::Sentence| {
            view! { {sentence.0.iter().map(|part| part_view(state, part)).collect_view()} " " }
        };
        sentences.iter().map(one).collect_view()
    };
    view! {
        <section class="first_read" data-testid="first-read" aria-label="What happened"
            hidden=move || answer.read().as_ref().is_none_or(|read| read.sentences.is_empty())>
            <p>{sentences}</p>
            <button class="link" type="button" data-testid="first-read-copy" on:click=copy>"Copy"</button>
            <span role="status" class="panel-sub">{said}</span>
        </section>
    }
}

fn part_view(state: AppState, part: &Part) -> AnyView {
    let text = part.text.shown();
    let Some(page) = pages::ids().into_iter().find(|id| part.page.as_deref() == Some(id.0)) else {
        return text.into_any();
    };
    let filter = part.filter.clone();
    // What was done already is known here alone.
    let done = (page == PageId::TODO && !state.handled.read().is_empty())
        .then(|| format!("{} of ", words::number(state.to_do())));
    let text = format!("{}{text}", done.unwrap_or_default());
    let open = move |_| {
        state.refine(|f| *f = Filter::parse(&filter));
        state.go(page);
    };
    // What is to do is what a tired reader looks for.
    let class = if page == PageId::TODO { "link first_read-todo" } else { "link" };
    view! { <button class=class type="button" on:click=open>{text}</button> }.into_any()
}

fn text_of(read: &FirstRead) -> String {
    let sentence = |s: &insights::Sentence| s.0.iter().map(|part| part.text.shown()).collect::<String>();
    read.sentences.iter().map(sentence).collect::<Vec<String>>().join(" ")
}
