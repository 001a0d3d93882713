//! The way to the rest of a list of which the first lines are shown.

use leptos::prelude::*;

use crate::ui::rescue_focus_at;

/// The button; it goes once it was pressed.
#[component]
pub fn ShowAll(
    /// What it says
    label: String,
    /// The rest is there, and not shown
    when: Signal<bool>,
    /// Shows it
    show: Callback<()>,
    /// Test id of what has the focus then
    focus: &'static str,
) -> impl IntoView {
    let press = move |_| {
        show.run(());
        rescue_focus_at(focus);
    };
    view! {
        <Show when=move || when.get()>
            <button class="link" type="button" on:click=press>{label.clone()}</button>
        </Show>
    }
}
