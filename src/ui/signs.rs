//! What the URLs in view look like: each sign with its clicks, a press shows only these.

use clicks::query::Key;
use insights::{AskSigns, SignCount};
use leptos::prelude::*;

use super::words;
use crate::state::asked::kept;
use crate::state::use_state;

/// The signs, above the lists of hosts and URLs.
#[component]
pub fn Signs() -> impl IntoView {
    let state = use_state();
    let answer = kept(state, |filter| AskSigns { filter });
    let one = move |sign: &SignCount| {
        let SignCount { sign, label, why, clicks, urls, reached } = sign.clone();
        let token = StoredValue::new(sign);
        let reached = match reached {
            0 => String::new(),
            n => format!(", {} reached a page that is not safe", words::number(n)),
        };
        let title = format!(
            "{why} {} in {}{reached}.",
            words::counted(urls, "URL", "URLs"),
            words::counted(clicks, "click", "clicks")
        );
        let is_on =
            move || token.with_value(|token| state.filter.read().includes(Key::Sign, token)).to_string();
        view! {
            <button class="sign" type="button" title=title aria-pressed=is_on
                on:click=move |ev| token.with_value(|token| state.pick(Key::Sign, token, ev.shift_key()))>
                {label} " " <b>{words::number(clicks)}</b>
            </button>
        }
    };
    move || {
        let answer = answer.read();
        let signs = answer.as_ref().filter(|signs| !signs.is_empty())?;
        Some(view! {
            <div class="signs" role="group" aria-label="What URLs in view show" data-testid="signs">
                <span class="panel-sub">"What URLs show: "</span>
                {signs.iter().map(one).collect_view()}
            </div>
        })
    }
}
