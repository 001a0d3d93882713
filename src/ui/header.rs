//! The top of the report: name, pages, and what can be done with the whole of it.

use leptos::prelude::*;

use super::{Brand, ThemeButton};
use crate::platform::page;
use crate::state::{AppState, Dialog, Page, notes, use_state};

/// The header; it stays in sight.
#[component]
pub fn Header() -> impl IntoView {
    let state = use_state();
    view! {
        <header class="header">
            <Brand/>
            <nav class="header-nav" aria-label="Pages">
                {Page::ALL.map(|page| view! { <NavButton page/> }).collect_view()}
            </nav>
            <div class="header-tools">
                <button
                    class="btn primary"
                    type="button"
                    data-testid="open-button"
                    title="Open other files (Ctrl-O)"
                    on:click=move |_| state.pick_files()
                >
                    "Open files"
                </button>
                <button class="btn header-wide" type="button" on:click=move |_| page::print()>"Print"</button>
                <ThemeButton/>
                <button
                    class="btn header-wide"
                    type="button"
                    aria-label="Help: keys"
                    title="Keys (?)"
                    on:click=move |_| state.dialog.set(Some(Dialog::Help))
                >
                    "?"
                </button>
            </div>
        </header>
    }
}

/// One entry of the navigation.
#[component]
fn NavButton(
    /// The page it leads to
    page: Page,
) -> impl IntoView {
    let state = use_state();
    let warnings = move || {
        if page == Page::Trust { warnings(state) } else { 0 }
    };
    view! {
        <button
            class="header-page"
            type="button"
            data-testid=format!("nav-{}", page.name())
            aria-current=move || (state.page.get() == page).then_some("page")
            on:click=move |_| state.go(page)
        >
            {page.label()}
            {move || {
                let n = warnings();
                (n > 0).then(|| view! {
                    <b class="header-count" title="Notes on how far the numbers can be believed">{n}</b>
                })
            }}
        </button>
    }
}

/// How many notes ask for care.
fn warnings(state: AppState) -> usize {
    state.trust.read().as_ref().map_or(0, |t| notes::warnings(t))
}
