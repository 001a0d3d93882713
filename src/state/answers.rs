//! Keeps the answers up to date with what is open and the filter in force.

use std::sync::Arc;

use clicks::protocol::{Request, Response};
use leptos::prelude::*;

use super::AppState;
use super::asked::{Newest, failure_of};

/// Asks for the trust panel whenever data change: every page shows how many notes it has. Answers about other
/// data go at once.
pub(super) fn keep(state: AppState) {
    let data = Memo::new(move |_| state.load.read().askable());
    let newest = Newest::default();
    Effect::new(move || {
        state.dashboard.set(None);
        state.trust.set(None);
        let Some(data) = data.get() else { return };
        newest.ask(state, data.token, Request::Trust, move |answer| match answer {
            Ok(Response::Trust(trust)) => state.trust.set(Some(Arc::new(trust))),
            other => state.failure.set(Some(failure_of(other))),
        });
    });
}

/// Asks for the dashboard whenever data or filter change, for as long as the caller is there and something in
/// sight shows it.
pub fn keep_dashboard(state: AppState, is_shown: Signal<bool>) {
    let data = Memo::new(move |_| state.load.read().askable());
    let filter = Memo::new(move |_| state.filter.read().to_string());
    let is_shown = Memo::new(move |_| is_shown.get());
    let newest = Newest::default();
    Effect::new(move || {
        let (Some(data), filter) = (data.get(), filter.get()) else { return };
        if !is_shown.get() {
            return;
        }
        newest.ask(state, data.token, Request::Dashboard { filter }, move |answer| match answer {
            Ok(Response::Dashboard(dashboard)) => {
                state.dashboard.set(Some(Arc::from(dashboard)));
                state.failure.set(None);
            }
            other => state.failure.set(Some(failure_of(other))),
        });
    });
}
