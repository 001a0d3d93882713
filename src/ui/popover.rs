//! A button that opens a small panel under it. Arrows walk its choices; Escape
//! and a press outside close it.

use leptos::children::ChildrenFn;
use leptos::html;
use leptos::prelude::*;

use crate::platform::page;

/// What the arrow keys stop at in a panel: its choices, not what can be done with one of them.
const STEPS: &str = ".popover-panel :is(input, button:not([data-beside]))";

/// The button and, while it is open, the panel.
#[component]
pub fn Popover(
    /// What the button says
    #[prop(into)]
    label: Signal<String>,
    /// Test id of the button
    #[prop(into)]
    testid: String,
    /// Something in the panel is in force; default no
    #[prop(optional, into)]
    active: Signal<bool>,
    /// What the panel is for, for screen readers
    #[prop(into)]
    about: String,
    /// The panel
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let right = RwSignal::new(false);
    let whole = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let listener = page::on_press(move |target| {
        let inside = whole.get_untracked().is_none_or(|w| page::is_inside(&w, target));
        if !inside && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || listener.remove());
    let toggle = move |_| {
        right.set(whole.get_untracked().is_some_and(|w| page::is_in_right_half(&w)));
        open.update(|o| *o = !*o);
    };
    let on_key = move |ev: page::KeyboardEvent| {
        let by = match ev.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => 0,
        };
        if let (true, Some(whole)) = (by != 0 && open.get_untracked(), whole.get_untracked()) {
            ev.prevent_default();
            page::step_focus(&whole, STEPS, by);
        }
        if ev.key() == "Escape" && open.get_untracked() {
            ev.prevent_default();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                page::focus(&button);
            }
        }
    };
    let children = StoredValue::new(children);
    let about = StoredValue::new(about);
    view! {
        <div class="popover" node_ref=whole on:keydown=on_key>
            <button
                class="popover-button"
                node_ref=button
                class:active=move || active.get()
                type="button"
                data-testid=testid
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                on:click=toggle
            >
                {move || label.get()}
            </button>
            <Show when=move || open.get()>
                <div class="popover-panel" class:right=move || right.get() role="dialog" aria-label=about.get_value()>
                    {children.with_value(|c| c())}
                </div>
            </Show>
        </div>
    }
}
