//! The top of the report: name, pages, and what can be done with the whole of it.

use leptos::prelude::*;

use crate::pages::{PAGES, PageDef};
use crate::state::use_state;
use crate::ui::{Brand, ExportMenu, MoreMenu};

/// The header; it stays in sight.
#[component]
pub fn Header() -> impl IntoView {
    let state = use_state();
    view! {
        <header class="header">
            <Brand/>
            <nav class="header-nav" aria-label="Pages">
                {PAGES.iter().map(|def| view! { <NavButton def/> }).collect_view()}
            </nav>
            <div class="header-tools">
                <button
                    class="btn header-wide"
                    type="button"
                    data-testid="add-button"
                    title="Open files beside those that are open; a click in both counts once"
                    on:click=move |_| state.pick_more_files()
                >
                    "Add files"
                </button>
                <span class="header-wide"><ExportMenu/></span>
                <button
                    class="btn"
                    type="button"
                    data-testid="open-button"
                    title="Open other files in their place (Ctrl-O)"
                    on:click=move |_| state.pick_files()
                >
                    "Open files"
                </button>
                <MoreMenu/>
            </div>
        </header>
    }
}

/// One entry of the navigation.
#[component]
fn NavButton(
    /// The page it leads to
    def: &'static PageDef,
) -> impl IntoView {
    let state = use_state();
    let badge = move || {
        let badge = def.badge.as_ref()?;
        let count = (badge.count)(state);
        (count > 0).then(|| view! { <b class="header-count" title=badge.means>{count}</b> })
    };
    view! {
        <button
            class="header-page"
            type="button"
            hidden=move || !(def.is_there)(state)
            data-testid=format!("nav-{}", def.id.0)
            aria-current=move || (state.page.get() == def.id).then_some("page")
            on:click=move |_| state.go(def.id)
        >
            {def.label}
            {badge}
        </button>
    }
}
