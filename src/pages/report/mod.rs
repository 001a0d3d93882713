//! The report: header, filters, and the page that is chosen.

mod header;
mod print_head;

use leptos::prelude::*;

use self::header::Header;
use self::print_head::PrintHead;
use super::PageDef;
use crate::platform::zone;
use crate::state::{AppState, LoadState, answers, use_state};
use crate::ui::{DetailDrawer, EngineNotice, FailureMessage, FilterBar, Later};

/// The shell.
#[component]
pub fn Report() -> impl IntoView {
    let state = use_state();
    let page = Memo::new(move |_| state.page.get());
    let def = move || PageDef::of(page.get());
    answers::keep_dashboard(state, Signal::derive(move || def().has_filters));
    let load_failure = move || match &*state.load.read() {
        LoadState::Failed { failure, .. } => Some(failure.clone()),
        _ => None,
    };
    view! {
        <div class="report" data-testid="report">
            <Header/>
            <Show when=move || state.printing.get()><PrintHead/></Show>
            <Later turn=1>
                <Show when=move || def().has_filters>
                    <FilterBar/>
                </Show>
            </Later>
            <div class="report-failures">
                <EngineNotice/>
                {move || load_failure().map(|failure| view! {
                    <FailureMessage failure on_close=Callback::new(move |()| state.dismiss_failure())/>
                })}
                {move || state.failure.get().map(|failure| view! {
                    <FailureMessage
                        failure
                        way_out=way_out(state)
                        on_close=Callback::new(move |()| state.failure.set(None))
                    />
                })}
                {move || is_old(state).then(|| view! {
                    <p class="report-old" role="status">
                        "The numbers below are still those of the filter before."
                    </p>
                })}
            </div>
            <main class="report-main">
                <Later turn=2>
                    {move || (def().view)()}
                </Later>
            </main>
            <footer class="report-foot">
                "Nothing leaves this page: its policy forbids every load from a network. "
                {move || format!("Times in {}.", clicks::model::text::shown(&state.zone()))}
                " URLs are defanged."
            </footer>
            <DetailDrawer/>
        </div>
    }
}

/// The numbers in view answer another filter than the one in force, and no better ones will come.
fn is_old(state: AppState) -> bool {
    let asked = state.filter.read().to_string();
    state.failure.read().is_some() && state.dashboard.read().as_ref().is_some_and(|d| d.filter != asked)
}

/// What would put a failed question right: a known zone, or no filter.
fn way_out(state: AppState) -> Option<(&'static str, Callback<()>)> {
    let filter = state.filter.read();
    if filter.tz.as_deref().is_some_and(|tz| !zone::is_known(tz)) {
        return Some(("Show times in UTC", Callback::new(move |()| state.refine(|f| f.tz = None))));
    }
    let clear = Callback::new(move |()| state.refine(clicks::query::Filter::clear));
    (!filter.is_empty()).then_some(("Clear all filters", clear))
}
