//! The head of a printed report: period, filters, files. Not on screen.

use clicks::model::iso_date_of_ms;
use clicks::model::text::shown;
use leptos::prelude::*;

use super::words;
use crate::platform::zone;
use crate::state::use_state;

/// The head.
#[component]
pub fn PrintHead() -> impl IntoView {
    let state = use_state();
    let period = move || {
        let dashboard = state.dashboard.read();
        let (from, to) = dashboard.as_ref().and_then(|d| d.window.or(d.data_span))?;
        let day = |ms| words::short_date(&iso_date_of_ms(ms));
        Some(format!("{} to {}, times in {}", day(from), day(to), shown(&state.zone())))
    };
    let filters = move || {
        let filter = state.filter.read();
        let chips = filter.chips().into_iter().filter(|c| c.key != "tz");
        let chips: Vec<String> = chips.map(|c| words::chip_text(&c)).collect();
        if chips.is_empty() { "none".to_owned() } else { chips.join(" · ") }
    };
    let files = move || {
        let data = state.data();
        let file = |f: &clicks::protocol::FileReport| {
            format!(
                "{} ({}, {})",
                shown(&f.name),
                shown(&f.kind_label),
                words::counted(f.rows, "click", "clicks")
            )
        };
        data.map(|d| d.opened.files.iter().map(file).collect::<Vec<_>>().join(" · "))
    };
    let scope = move || {
        let dashboard = state.dashboard.read();
        let d = dashboard.as_ref()?;
        Some(format!(
            "{} of {}",
            words::number(d.totals.clicks),
            words::counted(d.all_clicks, "click", "clicks")
        ))
    };
    view! {
        <div class="print_head" aria-hidden="true">
            <h1>"Safe Links clicks"</h1>
            <dl>
                <div><dt>"Period"</dt><dd>{period}</dd></div>
                <div><dt>"In view"</dt><dd>{scope}</dd></div>
                <div><dt>"Filters"</dt><dd>{filters}</dd></div>
                <div><dt>"Files"</dt><dd>{files}</dd></div>
                <div><dt>"Printed"</dt><dd>{zone::today()}</dd></div>
            </dl>
        </div>
    }
}
