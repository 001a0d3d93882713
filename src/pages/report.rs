//! The report: header, filters, and the page that is chosen.

use leptos::prelude::*;

use super::clicks::ClicksPage;
use super::overview::Overview;
use super::trust::TrustPage;
use crate::state::{LoadState, Page, use_state};
use crate::ui::{DetailDrawer, FailureMessage, FilterBar, Header, Later, PrintHead};

/// The shell.
#[component]
pub fn Report() -> impl IntoView {
    let state = use_state();
    let page = Memo::new(move |_| state.page.get());
    let load_failure = move || match &*state.load.read() {
        LoadState::Failed { failure, .. } => Some(failure.clone()),
        _ => None,
    };
    view! {
        <div class="report" data-testid="report">
            <Header/>
            <Show when=move || state.printing.get()><PrintHead/></Show>
            <Later turn=1>
                <Show when=move || page.get() != Page::Trust>
                    <FilterBar/>
                </Show>
            </Later>
            <div class="report-failures">
                {move || load_failure().map(|failure| view! {
                    <FailureMessage failure on_close=Callback::new(move |()| state.dismiss_failure())/>
                })}
                {move || state.failure.get().map(|failure| view! {
                    <FailureMessage failure on_close=Callback::new(move |()| state.failure.set(None))/>
                })}
            </div>
            <main class="report-main">
                <Later turn=2>
                    {move || match page.get() {
                        Page::Overview => view! { <Overview/> }.into_any(),
                        Page::Clicks => view! { <ClicksPage/> }.into_any(),
                        Page::Trust => view! { <TrustPage/> }.into_any(),
                    }}
                </Later>
            </main>
            <footer class="report-foot">
                "Nothing leaves this page: its policy forbids every network request. "
                {move || format!("Times in {}.", clicks::model::text::shown(&state.zone()))}
                " URLs are defanged."
            </footer>
            <DetailDrawer/>
        </div>
    }
}
