//! Keeps the answers up to date with what is open and the filter in force.

use std::sync::Arc;

use clicks::protocol::{Request, Response};
use leptos::prelude::*;

use super::AppState;
use super::asked::{Newest, failure_of};

/// Asks for the dashboard whenever data or filter change and the page in sight shows any of it, and for the
/// trust panel whenever data change.
pub fn keep(state: AppState) {
    let data = Memo::new(move |_| state.load.read().askable());
    let filter = Memo::new(move |_| state.filter.read().to_string());
    let is_shown = Memo::new(move |_| state.page.get().shows_filters());
    let (dashboards, trusts) = (Newest::default(), Newest::default());

    Effect::new(move || {
        state.dashboard.set(None);
        state.trust.set(None);
        let Some(data) = data.get() else { return };
        trusts.ask(state, data.token, Request::Trust, move |answer| match answer {
            Ok(Response::Trust(trust)) => state.trust.set(Some(Arc::new(trust))),
            other => state.failure.set(Some(failure_of(other))),
        });
    });

    Effect::new(move || {
        let (Some(data), filter) = (data.get(), filter.get()) else { return };
        if !is_shown.get() {
            return;
        }
        let request = Request::Dashboard { filter };
        dashboards.ask(state, data.token, request, move |answer| match answer {
            Ok(Response::Dashboard(dashboard)) => {
                state.dashboard.set(Some(Arc::from(dashboard)));
                state.failure.set(None);
            }
            other => state.failure.set(Some(failure_of(other))),
        });
    });
}
