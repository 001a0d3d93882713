//! Values of a field that contain what somebody types.

use clicks::Failure;
use clicks::query::{AskSuggest, FacetValue, Key, Suggested};
use leptos::prelude::*;

use crate::state::asked::Newest;
use crate::state::use_state;

const AT_MOST: u32 = 12;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What was looked for.
    pub text: String,
    /// The first values, most clicks first.
    pub values: Vec<FacetValue>,
    /// How many there are.
    pub total: u64,
    /// Clicks without a value.
    pub without: u64,
    /// Why nothing could be looked up.
    pub failure: Option<Failure>,
}

/// Asks whenever text or filter change; only the newest answer counts.
pub fn suggestions(key: Key, text: RwSignal<String>) -> ReadSignal<Found> {
    let state = use_state();
    let (found, set_found) = signal(Found::default());
    let newest = Newest::default();
    Effect::new(move || {
        let question = AskSuggest {
            key: key.name().to_owned(),
            text: text.get(),
            filter: state.filter.read().to_string(),
            limit: AT_MOST,
        };
        let Some(data) = state.load.read().askable() else { return };
        let text = question.text.clone();
        newest.ask(state, data.token, &question, move |answer| {
            set_found.try_set(match answer {
                Ok(Suggested { values, total, without }) => {
                    Found { text, values, total, without, failure: None }
                }
                Err(failure) => Found { text, failure: Some(failure), ..Found::default() },
            });
        });
    });
    found
}
