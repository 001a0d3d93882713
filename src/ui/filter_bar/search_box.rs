//! Free text over URL, user, address, sender and subject.

use clicks::query::{Filter, Key};
use leptos::html;
use leptos::prelude::*;

use crate::state::use_state;

/// What the field shows of a filter: the first text that is looked for.
pub fn text_of(filter: &Filter) -> String {
    filter.terms(Key::Text).find(|t| !t.exclude).map_or_else(String::new, |t| t.value.clone())
}

/// The field. What is written takes effect after a short pause, or at once with Enter.
#[component]
pub fn SearchBox() -> impl IntoView {
    let state = use_state();
    let in_force = Memo::new(move |_| text_of(&state.filter.read()));
    // What somebody is writing is left alone, so that a space at the end stays.
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        let text = in_force.get();
        if let Some(field) = field.get().filter(|f| f.value().trim() != text) {
            field.set_value(&text);
        }
    });
    let apply = move |text: String| {
        state.refine(|f| {
            if !f.includes(Key::Text, text.trim()) {
                f.set(Key::Text, text.trim());
            }
        });
    };
    let later = debounce(std::time::Duration::from_millis(60), apply);
    view! {
        <label class="search_box">
            <span class="visually-hidden">"Search URL, user, address, sender, subject"</span>
            <input
                id="search"
                type="search"
                placeholder="URL, user, IP, subject"
                autocomplete="off"
                spellcheck="false"
                data-testid="search"
                node_ref=field
                on:input:target={
                    let mut later = later;
                    move |ev| later(ev.target().value())
                }
                on:change:target=move |ev| apply(ev.target().value())
                on:keydown=move |ev| {
                    // The keys of the page again.
                    if ev.key() == "Escape" && let Some(field) = field.get_untracked() {
                        field.blur().ok();
                    }
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}
