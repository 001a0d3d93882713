//! The span of time: presets counted back from the newest click, or a span of days.

use clicks::model::{DAY_MS, days_of_date, iso_date_of_ms};
use leptos::prelude::*;

use crate::state::use_state;

const PRESETS: [(&str, Option<&str>, &str); 4] = [
    ("range-7d", Some("7d"), "7 days"),
    ("range-30d", Some("30d"), "30 days"),
    ("range-90d", Some("90d"), "90 days"),
    ("range-all", None, "All"),
];

/// The presets and the two dates.
#[component]
pub fn DateRange() -> impl IntoView {
    let state = use_state();
    let presets = PRESETS.map(|(testid, range, label)| {
        let pressed = move || {
            let filter = state.filter.read();
            if range.is_some() { filter.range.as_deref() == range } else { !filter.limits_time() }
        };
        view! {
            <button
                class="date_range-preset"
                type="button"
                data-testid=testid
                title="Counted back from the newest click"
                aria-pressed=move || pressed().to_string()
                on:click=move |_| state.refine(|f| f.set_range(range))
            >
                {label}
            </button>
        }
    });
    view! {
        <div class="date_range" role="group" aria-label="Span of time">{presets.collect_view()}</div>
        <Days/>
    }
}

/// From one day to another, both of them in view. The filter's own end is exclusive: the day after.
#[component]
fn Days() -> impl IntoView {
    let state = use_state();
    let from = move || state.filter.read().from.as_deref().map_or_else(String::new, first_day);
    let to = move || state.filter.read().to.as_deref().map_or_else(String::new, last_day);
    let set = move |from: &str, to: &str| {
        let after = shifted(to, 1).unwrap_or_default();
        state.refine(|f| f.set_span(from, &after));
    };
    view! {
        <div class="date_days" role="group" aria-label="From one day to another">
            <input
                type="date"
                data-testid="from"
                aria-label="First day"
                prop:value=from
                on:change:target=move |ev| set(&ev.target().value(), &to())
            />
            <span aria-hidden="true">"–"</span>
            <input
                type="date"
                data-testid="to"
                aria-label="Last day"
                prop:value=to
                on:change:target=move |ev| set(&from(), &ev.target().value())
            />
        </div>
    }
}

/// The day of a filter's start.
fn first_day(from: &str) -> String {
    from.get(..10).unwrap_or_default().to_owned()
}

/// The last day before a filter's end: the day itself when the end is later than its midnight.
fn last_day(to: &str) -> String {
    let midnight = to.get(10..).is_none_or(|rest| rest.is_empty() || rest.starts_with("T00:00"));
    if midnight { shifted(&first_day(to), -1).unwrap_or_default() } else { first_day(to) }
}

/// An ISO date some days later.
pub(super) fn shifted(date: &str, days: i64) -> Option<String> {
    let mut parts = date.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Some(iso_date_of_ms((days_of_date(year, month, day)? + days) * DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_day_of_an_exclusive_end() {
        assert_eq!(last_day("2026-11-22"), "2026-11-21");
        assert_eq!(last_day("2026-03-01T00:00"), "2026-02-28");
        assert_eq!(last_day("2026-11-22T09:00"), "2026-11-22");
        assert_eq!(last_day("soon"), "");
    }
}
