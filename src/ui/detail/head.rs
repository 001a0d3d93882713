//! The first thing to read of a click: what happened, in one sentence, and the way to the next one.

use clicks::model::{Action, Verdict};
use leptos::prelude::*;

use super::Said;
use super::parts::in_zone;
use crate::state::{Place, use_state};
use crate::ui::marks::{ActionTag, VerdictMark};
use crate::ui::{Url, words};

/// "‹ 3 of 56 ›".
#[component]
pub fn Walk() -> impl IntoView {
    let state = use_state();
    let place = move || state.detail.read().map_or(Place::Unknown, |click| click.place);
    let step = move |by: i64, label: &'static str, sign: &'static str, testid: &'static str| {
        let is_end = move || match place() {
            Place::At(at, _) if by < 0 => at == 0,
            Place::At(at, total) => at + 1 >= total,
            Place::Nowhere(total) => total == 0,
            Place::Unknown => false,
        };
        let stays = move || is_end() || state.walker.read().is_none();
        let title = if by < 0 { "The click before (k)" } else { "The next click (j)" };
        view! {
            <button class="btn detail-step_to" type="button" data-testid=testid aria-label=label title=title
                // Not `disabled`, which would take the focus away at the last click.
                aria-disabled=move || stays().to_string()
                on:click=move |_| if !stays() { state.walk(by) }
            >
                {sign}
            </button>
        }
    };
    let text = move || match place() {
        Place::At(at, total) => {
            format!("{} of {}", words::number(u64::from(at) + 1), words::number(total.into()))
        }
        Place::Nowhere(_) => "not in view".to_owned(),
        Place::Unknown => "place not known".to_owned(),
    };
    view! {
        <div class="detail-walk" role="group" aria-label="One click after another">
            {step(-1, "The click before", "‹", "detail-before")}
            <span data-testid="detail-place" role="status">{text}</span>
            {step(1, "The next click", "›", "detail-next")}
        </div>
    }
}

/// What happened.
#[component]
pub fn Sentence(
    /// What there is to say
    said: Said,
) -> impl IntoView {
    let state = use_state();
    let Said { verdict, action, user, place, time, source, is_open_ended } = said;
    let open_end = (is_open_ended && action == Action::Blocked).then(|| {
        view! { <p class="detail-note">"Whether the warning was clicked through is not in this export."</p> }
    });
    let user = user.map_or_else(|| "Somebody".to_owned(), |user| words::defanged_inside(user.original()));
    let place = match place {
        Some((field, value)) => view! { <Url value field/> }.into_any(),
        None => "a page".into_any(),
    };
    let when = move || time.as_ref().map(|time| in_zone(time.original(), &state.zone()));
    let source = source.map(|source| format!(" · from {}", source.shown()));
    view! {
        <h2 class="detail-sentence" data-testid="detail-sentence"><b>{user}</b> " " {what(action, verdict)} " " {place}</h2>
        <p class="detail-said"><VerdictMark verdict/> <ActionTag action verdict/> <span>{when} {source}</span></p>
        {open_end}
    }
}

/// What the click came to, between who and where. Only what the export says: `Unknown` says nothing.
const fn what(action: Action, verdict: Verdict) -> &'static str {
    match (action, verdict) {
        (Action::Allowed, _) => "was let through to",
        (Action::UserOverride, Verdict::Pending) => "went past the waiting page to",
        (Action::UserOverride, _) => "went past the warning to",
        (Action::Blocked, _) => "was stopped before",
        (Action::None, Verdict::Pending) => "was shown a waiting page before",
        (Action::None, _) => "was shown an error page before",
        (Action::Unknown, _) => "clicked; it is not known whether they reached",
    }
}
