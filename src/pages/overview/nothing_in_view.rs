//! Said once for the whole page: the filters let nothing through.

use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::{WhyZero, words};

/// The sentence with its way out; nothing while there are clicks in view.
#[component]
pub fn NothingInView() -> impl IntoView {
    let state = use_state();
    let nothing = Memo::new(move |_| {
        state.dashboard.read().as_ref().is_some_and(|d| d.totals.clicks == 0 && d.all_clicks > 0)
    });
    // A zero is only worth what was searched for it.
    let searched = move || {
        let trust = state.trust.read();
        trust.as_ref().map(|t| {
            let c = &t.coverage;
            let clicks = words::counted(t.clicks, "click", "clicks");
            let span = format!("{} to {}", words::short_date(&c.from), words::short_date(&c.to));
            let with_clicks = t.files.iter().filter(|f| f.rows > 0).count() as u64;
            let gaps = match c.all_gaps {
                0 => String::new(),
                1 => "; on 1 stretch of days in between there is no click in any file".to_owned(),
                many => format!(
                    "; on {} stretches of days in between there is no click in any file",
                    words::number(u64::from(many))
                ),
            };
            let sources: Vec<&str> = ["Email", "Teams", "Office"]
                .into_iter()
                .filter(|source| !t.sources.iter().any(|s| s.original() == *source))
                .collect();
            let missing = match sources.is_empty() || t.sources.is_empty() {
                true => String::new(),
                false => format!("; no click from {} is in them", sources.join(" or ")),
            };
            format!(
                "Searched: {clicks} from {span} in {}{gaps}{missing}.",
                words::counted(with_clicks, "file", "files")
            )
        })
    };
    view! {
        <Show when=move || nothing.get()>
            <div class="nothing_in_view" data-testid="nothing-in-view">
                <p>
                    "No click passes these filters. "
                    <button class="link" type="button" on:click=move |_| state.refine(clicks::query::Filter::clear)>
                        "Clear all"
                    </button>
                </p>
                <p class="nothing_in_view-searched" data-testid="searched">{searched}</p>
                <WhyZero/>
            </div>
        </Show>
    }
}
