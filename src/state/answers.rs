//! Keeps the answers up to date with what is open and the filter in force.

use std::sync::Arc;

use clicks::query::{AskDashboard, AskTrust};
use insights::AskWorklist;
use leptos::prelude::*;

use super::asked::Newest;
use super::{AppState, DataRef};

/// Asks for the trust panel whenever data change: every page shows how many notes it has. Answers about other
/// data go at once.
pub(super) fn keep(state: AppState) {
    let data = Memo::new(move |_| state.load.read().askable());
    let newest = Newest::default();
    Effect::new(move || {
        state.dashboard.set(None);
        state.trust.set(None);
        let Some(data) = data.get() else { return };
        newest.ask(state, data.token, &AskTrust {}, move |answer| match answer {
            Ok(trust) => state.trust.set(Some(Arc::new(trust))),
            Err(failure) => state.failure.set(Some(failure)),
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
        // Only what was just opened is not waited for: a number that is there does not change twice.
        let quick = state.dashboard.read_untracked().is_none();
        ask_dashboard(state, newest, data, filter, quick);
    });
}

/// Asks who needs action, once the overview has its numbers: the navigation says how many.
pub fn keep_worklist(state: AppState) {
    let newest = Newest::default();
    let filter = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        dashboard.as_ref().filter(|d| d.totals.automated.is_some()).map(|d| d.filter.clone())
    });
    Effect::new(move || {
        let (Some(filter), Some(data)) = (filter.get(), state.load.read().askable()) else {
            return state.worklist.set(None);
        };
        let question = AskWorklist { filter, limit: None };
        newest.ask(state, data.token, &question, move |answer| match answer {
            Ok(list) => state.worklist.set(Some(Arc::new(list))),
            Err(failure) => state.failure.set(Some(failure)),
        });
    });
}

/// Asks at once, and again where that answer did not wait for who clicked: that takes a moment after files were opened.
fn ask_dashboard(state: AppState, newest: Newest, data: DataRef, filter: String, quick: bool) {
    let question = AskDashboard { filter: filter.clone(), quick };
    newest.ask(state, data.token, &question, move |answer| match answer {
        Ok(dashboard) => {
            let is_whole = dashboard.totals.automated.is_some();
            state.dashboard.set(Some(Arc::new(dashboard)));
            state.failure.set(None);
            if quick && !is_whole {
                ask_dashboard(state, newest, data, filter, false);
            }
        }
        Err(failure) => state.failure.set(Some(failure)),
    });
}
