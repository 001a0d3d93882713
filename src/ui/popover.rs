//! A button that opens a small panel under it. Arrows walk its choices. Escape, a press outside and the focus going
//! elsewhere close it; a press outside does nothing else.

use leptos::children::ChildrenFn;
use leptos::context::Provider;
use leptos::html;
use leptos::prelude::*;

use crate::platform::page;

/// What the arrow keys stop at in a panel: its choices, not what can be done with one of them.
const STEPS: &str = ".popover-panel :is(input, button:not([data-beside]))";

/// Closes the panel that one of its choices stands in.
#[derive(Clone, Copy)]
pub struct ClosePopover(RwSignal<bool>);

impl ClosePopover {
    /// The one around the caller; none outside of a panel.
    pub fn around() -> Option<ClosePopover> {
        use_context()
    }

    /// Closes it.
    pub fn close(self) {
        self.0.try_set(false);
    }
}

/// Where the focus goes when what had it is gone.
pub fn rescue_focus() {
    rescue_focus_at("");
}

/// The same, where what it had is there again under this name: there first.
pub fn rescue_focus_at(first: &'static str) {
    rescue_focus_near(first, 0);
}

/// The same, where several have this name: the one at this place, or the last.
pub fn rescue_focus_near(first: &'static str, place: u32) {
    let rescue = move || {
        if !first.is_empty() && page::has_no_focus() {
            page::focus_one_of(first, place);
        }
        // On a narrow screen the first is not shown, and some pages have no filters.
        for place in ["add-filter", "filters-button", "more", "open-button"] {
            if page::has_no_focus() {
                page::focus_testid(place);
            }
        }
    };
    set_timeout(rescue, std::time::Duration::from_millis(60));
}

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
    /// Takes back what is in force; there is a cross for it then. Default: nothing can be taken back
    #[prop(optional, into)]
    clear: Option<Callback<()>>,
    /// It is open as soon as it is there; default no
    #[prop(optional)]
    starts_open: bool,
    /// The panel
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(starts_open);
    let right = RwSignal::new(false);
    let whole = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if open.get() {
            right.set(whole.get().is_some_and(|w| page::is_in_right_half(&w)));
        }
    });
    let toggle = move |_| open.update(|o| *o = !*o);
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
    let on_focus_out = move |ev: page::FocusEvent| {
        let goes_to = ev.related_target();
        let leaves =
            goes_to.is_some() && whole.get_untracked().is_some_and(|w| !page::is_inside(&w, goes_to));
        if leaves {
            open.set(false);
        }
    };
    Effect::new(move || {
        if let (true, true, Some(whole)) = (starts_open, open.get(), whole.get()) {
            set_timeout(move || page::step_focus(&whole, STEPS, 0), std::time::Duration::ZERO);
        }
    });
    let children = StoredValue::new(children);
    let about = StoredValue::new(about);
    view! {
        <div
            class="popover"
            class:active=move || active.get()
            data-testid=move || (clear.is_some() && active.get()).then_some("chip")
            node_ref=whole on:keydown=on_key on:focusout=on_focus_out>
            <button
                class="popover-button"
                node_ref=button
                type="button"
                data-testid=testid
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                on:click=toggle
            >
                <span class="popover-label">{move || label.get()}</span>
            </button>
            {clear.map(|clear| view! {
                <Show when=move || active.get()>
                    <button
                        class="popover-clear"
                        type="button"
                        aria-label=move || format!("Remove {}", label.get())
                        title="Remove"
                        on:click=move |_| {
                            clear.run(());
                            rescue_focus();
                        }
                    >
                        "×"
                    </button>
                </Show>
            })}
            <Show when=move || open.get()>
                <div class="popover-veil" on:pointerdown=move |ev| { ev.prevent_default(); open.set(false); }></div>
                <div class="popover-panel" class:right=move || right.get() role="dialog" aria-label=about.get_value()>
                    <Provider value=ClosePopover(open)>{children.with_value(|c| c())}</Provider>
                </div>
            </Show>
        </div>
    }
}
