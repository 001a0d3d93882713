//! Texts for other tools that are made by the engine and copied.

use insights::AskKql;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::AppState;
use crate::platform::clipboard;

impl AppState {
    /// Copies a text about the clicks in view, see [`AskKql::what`], and says what became of it.
    pub fn copy_kql(&self, what: &'static str) {
        // The menu that it is chosen in is gone by the time of the answer.
        let (state, said) = (*self, self.notice);
        let Some(data) = state.load.read_untracked().askable() else { return };
        let question = AskKql { filter: state.filter.read_untracked().to_string(), what: what.to_owned() };
        said.set("…".to_owned());
        state.copies.ask(state, data.token, &question, move |answer| match answer {
            Ok(kql) => spawn_local(async move {
                let lines = kql.text.lines().count() as u64;
                let left = match kql.left_out.len() {
                    0 => String::new(),
                    n => format!("; {n} parts are not in it"),
                };
                let done = clipboard::copy(&kql.text).await;
                said.set(match done {
                    true => format!("{lines} lines copied{left}"),
                    false => "Copying is not allowed here".to_owned(),
                });
                set_timeout(move || said.set(String::new()), std::time::Duration::from_secs(6));
            }),
            Err(failure) => {
                said.set(String::new());
                state.failure.set(Some(failure));
            }
        });
    }
}
