//! Texts for other tools that are made by the engine and copied.

use insights::AskKql;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::AppState;
use super::asked::Newest;
use crate::platform::clipboard;

impl AppState {
    /// Copies a text about the clicks in view, see [`AskKql::what`], and says what became of it.
    pub fn copy_kql(&self, what: &'static str, said: RwSignal<String>) {
        let state = *self;
        let Some(data) = state.load.read_untracked().askable() else { return };
        let question = AskKql { filter: state.filter.read_untracked().to_string(), what: what.to_owned() };
        said.set("…".to_owned());
        Newest::default().ask(state, data.token, &question, move |answer| match answer {
            Ok(kql) => spawn_local(async move {
                let lines = kql.text.lines().count() as u64;
                let left = match kql.left_out.len() {
                    0 => String::new(),
                    n => format!("; {n} parts of the view are not in it, see its comments"),
                };
                let done = clipboard::copy(&kql.text).await;
                said.try_set(match done {
                    true => format!("{lines} lines copied{left}"),
                    false => "not allowed here".to_owned(),
                });
            }),
            Err(failure) => {
                said.try_set(String::new());
                state.failure.set(Some(failure));
            }
        });
    }
}
