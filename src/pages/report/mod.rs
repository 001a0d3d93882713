//! The report: header, filters, and the page that is chosen.

mod header;
mod print_head;

use leptos::prelude::*;

use self::header::Header;
use self::print_head::PrintHead;
use super::PageDef;
use crate::platform::page::{focus_id as page_focus, has_no_focus, reveal};
use crate::platform::zone;
use crate::state::{AppState, LoadState, PageId, answers, use_state};
use crate::ui::{
    DetailDock, EngineNotice, FailureMessage, FilterBar, Later, OpeningNotice, SavingNotice, ValueMenus,
    rescue_focus,
};

/// The shell.
#[component]
pub fn Report() -> impl IntoView {
    let state = use_state();
    let page = Memo::new(move |_| state.page.get());
    let def = move || PageDef::of(page.get());
    answers::keep_dashboard(state, Signal::derive(move || def().has_filters));
    answers::keep_worklist(state);
    // What was pressed may be gone with the page before: the focus goes to the heading of the new one.
    Effect::new(move |before: Option<PageId>| {
        let now = page.get();
        if before.is_some_and(|before| before != now) {
            set_timeout(
                || {
                    reveal(".header-page[aria-current]");
                    if has_no_focus() {
                        page_focus(HEADING);
                    }
                },
                std::time::Duration::from_millis(50),
            );
        }
        now
    });
    let load_failure = move || match &*state.load.read() {
        LoadState::Failed { failure, .. } => Some(failure.clone()),
        _ => None,
    };
    view! {
        <div class="report" class:docked=move || state.is_docked() data-testid="report">
            <button class="skip" type="button" on:click=move |_| page_focus(HEADING)>"Skip to the page"</button>
            <Header/>
            <PrintHead/>
            <Later turn=1>
                <Show when=move || def().has_filters>
                    <FilterBar/>
                </Show>
            </Later>
            <div class="report-failures">
                <EngineNotice/>
                <OpeningNotice/>
                {move || load_failure().map(|failure| view! {
                    <FailureMessage
                        failure
                        on_close=Callback::new(move |()| {
                            state.dismiss_failure();
                            rescue_focus();
                        })
                    />
                })}
                {move || state.failure.get().map(|failure| view! {
                    <FailureMessage
                        failure
                        way_out=way_out(state)
                        on_close=Callback::new(move |()| {
                            state.failure.set(None);
                            rescue_focus();
                        })
                    />
                })}
                {move || is_old(state).then(|| view! {
                    <p class="report-old" role="status">
                        "The numbers below are still those of the filter before."
                    </p>
                })}
            </div>
            <KeptView/>
            <main class="report-main">
                <h1 id=HEADING class="visually-hidden" tabindex="-1">{move || def().label}</h1>
                <Later turn=2>
                    {move || (def().view)()}
                </Later>
                <ValueMenus/>
                <SavingNotice/>
            </main>
            <footer class="report-foot">
                "Nothing leaves this page: its policy forbids every load from a network. "
                {move || format!("Times in {}.", clicks::model::text::shown(&state.zone()))}
                " URLs are defanged."
            </footer>
            <DetailDock/>
        </div>
    }
}

/// Id of the heading of the page.
pub const HEADING: &str = "page-heading";

/// The view in force was made for other files: somebody who opens a file expects to see all of it.
#[component]
fn KeptView() -> impl IntoView {
    let state = use_state();
    view! {
        <Show when=move || state.kept_view.get()>
            <p class="report-kept" role="status" data-testid="kept-view">
                "The view from before is applied to what you opened. "
                <button class="link" type="button" on:click=move |_| state.refine(clicks::query::Filter::clear)>
                    "Show everything"
                </button>
            </p>
        </Show>
    }
}

/// The numbers in view answer another filter than the one in force, and no better ones will come.
fn is_old(state: AppState) -> bool {
    let asked = state.filter.read().to_string();
    state.failure.read().is_some() && state.dashboard.read().as_ref().is_some_and(|d| d.filter != asked)
}

/// What would put a failed question right: a known zone, settings that can be read, or no filter.
fn way_out(state: AppState) -> Option<(&'static str, Callback<()>)> {
    let filter = state.filter.read();
    if filter.tz.as_deref().is_some_and(|tz| !zone::is_known(tz)) {
        return Some(("Show times in UTC", Callback::new(move |()| state.refine(|f| f.tz = None))));
    }
    if filter.lens.as_deref().is_some_and(|lens| clicks::lens::Config::parse(lens).is_err()) {
        let usual = Callback::new(move |()| state.refine(|f| f.lens = None));
        return Some(("Use the usual settings of the lens", usual));
    }
    let clear = Callback::new(move |()| state.refine(clicks::query::Filter::clear));
    (!filter.is_empty()).then_some(("Clear all filters", clear))
}
