//! The head of a printed report: period, filters, files. Not on screen, but always there: some engines copy the page before
//! anything can be drawn for paper.

use clicks::model::text::shown;
use clicks::query::Dashboard;
use leptos::prelude::*;

use crate::platform::page::set_style_text;
use crate::platform::zone;
use crate::state::use_state;
use crate::ui::words;

/// The text in the margin, as the stylesheet knows it.
const IN_MARGIN: &str = "--printed";

/// The head.
#[component]
pub fn PrintHead() -> impl IntoView {
    let state = use_state();
    let period = move || {
        let dashboard = state.dashboard.read();
        let d = dashboard.as_ref()?;
        let zone = state.zone();
        Some((period(d, &zone)?, shown(&zone)))
    };
    // What the stylesheet writes into the margin of every sheet.
    Effect::new(move || {
        let text = period()
            .filter(|_| state.printing.get())
            .map(|(period, _)| format!("Safe Links clicks, {period}"));
        set_style_text(IN_MARGIN, text.as_deref());
    });
    let period = move || period().map(|(period, zone)| format!("{period}, times in {zone}"));
    let filters = move || {
        let text = words::filter_text(&state.answered_filter());
        if text.is_empty() { "none".to_owned() } else { text }
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
        dashboard.as_ref().map(|d| words::in_view(d))
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

/// From when to when: what the filter lets through, or what there is.
fn period(d: &Dashboard, zone: &str) -> Option<String> {
    let day = |ms: i64| words::short_date(&zone::date_time(ms as f64, zone));
    let (first, last) = d.data_span?;
    // The end of a filter is the first instant that is no longer in it; a side without a bound is as far as
    // time goes.
    Some(match d.window {
        None | Some((i64::MIN, i64::MAX)) => format!("{} to {}", day(first), day(last)),
        Some((from, i64::MAX)) => format!("from {}", day(from)),
        Some((i64::MIN, end)) => format!("until {}", day(end - 1)),
        Some((from, end)) => format!("{} to {}", day(from), day(end - 1)),
    })
}
