//! "How was this counted?": the rule of a number, the filter it is of, and the question that gives it.

use leptos::prelude::*;

use super::{CopyButton, Popover, words};
use crate::state::use_state;

/// The button, and what it says.
#[component]
pub fn Counted(
    /// What is counted, for the name of the button
    label: &'static str,
    /// The rule, as in the words of the project
    rule: &'static str,
    /// Names of the totals that it is made of, in the public API
    totals: &'static str,
) -> impl IntoView {
    let state = use_state();
    let filter = move || {
        let text = words::filter_text(&state.answered_filter());
        if text.is_empty() { "no filter".to_owned() } else { text }
    };
    let scope = move || {
        let dashboard = state.dashboard.read();
        dashboard.as_ref().map(|d| {
            let files = words::counted(u64::from(d.files), "file", "files");
            format!("{} in {files}, duplicates counted once", words::in_view(d))
        })
    };
    let question = move || {
        let filter = state.answered_filter().to_string();
        format!("(await clickglass.report({})).totals // {totals}", serde_json::Value::from(filter))
    };
    view! {
        <div class="counted">
            <Popover label=Signal::stored("?".to_owned()) testid=format!("counted-{}", label.to_lowercase().replace(',', "").replace(' ', "-"))
                about=format!("How {label} was counted")>
                <div class="counted-text">
                    <p><b>{label}</b> ": " {rule}</p>
                    <dl>
                        <div><dt>"Filter"</dt><dd>{filter}</dd></div>
                        <div><dt>"Out of"</dt><dd>{scope}</dd></div>
                        <div><dt>"Query"</dt><dd><code>{question}</code> <CopyButton safe=Signal::derive(question)/></dd></div>
                    </dl>
                </div>
            </Popover>
        </div>
    }
}
