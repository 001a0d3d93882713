//! Values of a field that contain what somebody types.

use clicks::protocol::{FacetValue, Request, Response};
use clicks::query::Key;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::state::use_state;

const AT_MOST: u32 = 12;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The first values, most clicks first.
    pub values: Vec<FacetValue>,
    /// How many there are.
    pub total: u64,
}

/// Asks whenever text or filter change; only the newest answer counts.
pub fn suggestions(key: Key, text: RwSignal<String>) -> ReadSignal<Found> {
    let state = use_state();
    let (found, set_found) = signal(Found::default());
    let newest = StoredValue::new(0_u32);
    Effect::new(move || {
        let request = Request::Suggest {
            key: key.name().to_owned(),
            text: text.get(),
            filter: state.filter.read().to_string(),
            limit: AT_MOST,
        };
        newest.update_value(|n| *n += 1);
        let mine = newest.get_value();
        spawn_local_scoped_with_cancellation(async move {
            let answer = state.engine.ask(request).await;
            if newest.try_get_value() != Some(mine) {
                return;
            }
            if let Ok(Response::Suggest { values, total }) = answer {
                set_found.try_set(Found { values, total });
            }
        });
    });
    found
}
