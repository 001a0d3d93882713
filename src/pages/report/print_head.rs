//! The head of a printed report: period, filters, files. Not on screen.

use clicks::model::text::shown;
use leptos::prelude::*;

use crate::platform::zone;
use crate::state::use_state;
use crate::ui::words;

/// The head.
#[component]
pub fn PrintHead() -> impl IntoView {
    let state = use_state();
    let period = move || {
        let dashboard = state.dashboard.read();
        let d = dashboard.as_ref()?;
        let zone = state.zone();
        let day = |ms: i64| words::short_date(&zone::date_time(ms as f64, &zone));
        let (first, last) = d.data_span?;
        // The end of a filter is the first instant that is no longer in it; a side without a bound is as far as
        // time goes.
        let period = match d.window {
            None | Some((i64::MIN, i64::MAX)) => format!("{} to {}", day(first), day(last)),
            Some((from, i64::MAX)) => format!("from {}", day(from)),
            Some((i64::MIN, end)) => format!("until {}", day(end - 1)),
            Some((from, end)) => format!("{} to {}", day(from), day(end - 1)),
        };
        Some(format!("{period}, times in {}", shown(&zone)))
    };
    let filters = move || {
        let filter = state.answered_filter();
        let pieces: Vec<String> = words::pieces(&filter).iter().map(words::piece_text).collect();
        if pieces.is_empty() { "none".to_owned() } else { pieces.join(" · ") }
    };
    let files = move || {
        let data = state.data();
        let file = |f: &clicks::import::FileReport| {
            format!(
                "{} ({}, {})",
                f.name.shown(),
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
        <div class="print_head" aria-hidden="true" data-testid="print-head">
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
