//! Keeps the answers up to date with what is open and the filter in force. A newer question supersedes an
//! older one: a late answer is dropped.

use std::sync::Arc;

use clicks::protocol::{Failure, Request, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{AppState, LoadState};

/// Asks for the dashboard whenever data or filter change, and for the trust panel whenever data change.
pub fn keep(state: AppState) {
    let data = Memo::new(move |_| match &*state.load.read() {
        LoadState::Loading(_) => None,
        load => load.data(),
    });
    let filter = Memo::new(move |_| state.filter.read().to_string());
    let newest = StoredValue::new(0_u32);

    Effect::new(move || {
        let filter = filter.get();
        if data.read().is_none() {
            return;
        }
        newest.update_value(|n| *n += 1);
        let mine = newest.get_value();
        spawn_local(async move {
            let answer = state.engine.ask(Request::Dashboard { filter }).await;
            if newest.get_value() != mine {
                return;
            }
            match answer {
                Ok(Response::Dashboard(dashboard)) => {
                    state.dashboard.set(Some(Arc::from(dashboard)));
                    state.failure.set(None);
                }
                other => state.failure.set(Some(failure_of(other))),
            }
        });
    });

    Effect::new(move || {
        state.dashboard.set(None);
        state.trust.set(None);
        let Some(asked) = data.get() else { return };
        spawn_local(async move {
            let answer = state.engine.ask(Request::Trust).await;
            if data.get_untracked() != Some(asked) {
                return;
            }
            match answer {
                Ok(Response::Trust(trust)) => state.trust.set(Some(Arc::new(trust))),
                other => state.failure.set(Some(failure_of(other))),
            }
        });
    });
}

/// The failure in an answer that is not the one expected.
pub fn failure_of(answer: Result<Response, Failure>) -> Failure {
    match answer {
        Err(failure) | Ok(Response::Failed(failure)) => failure,
        Ok(_) => Failure {
            kind: "bad-request".to_owned(),
            message: "The engine answered another question than the one asked. Reload the page and open the file again.".to_owned(),
            ..Failure::default()
        },
    }
}
