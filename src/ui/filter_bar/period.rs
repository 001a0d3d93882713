//! The span of time in view: one chip that names its days, whatever they were chosen by.
//!
//! Presets are whole days of the zone of the page and count back from the newest click, not from today: an export is
//! read long after it was made.

use clicks::model::{DAY_MS, date_after, days_of_iso_date, weekday_of_ms};
use leptos::prelude::*;

use crate::platform::zone;
use crate::state::{AppState, use_state};
use crate::ui::{Popover, words};

/// The chip with its panel.
#[component]
pub fn Period() -> impl IntoView {
    let state = use_state();
    let days = Memo::new(move |_| days_in_view(state));
    let is_limited = Memo::new(move |_| state.filter.read().limits_time());
    let label = move || match days.get() {
        Some((from, to)) => between(&from, &to),
        None if is_limited.get() => "A span of time".to_owned(),
        None => "All time".to_owned(),
    };
    view! {
        <Popover
            label=Signal::derive(label)
            testid="period"
            active=is_limited
            about="Span of time"
            clear=Callback::new(move |()| state.refine(|f| f.set_span("", "")))
        >
            <Presets days/>
            <Days days/>
        </Popover>
    }
}

/// First and last moment in view, as `2026-11-21` or `2026-11-21 07:00` where it is no whole day.
type Moments = Option<(String, String)>;

/// What the filter lets through, as far as there are clicks; none while that is not known.
fn days_in_view(state: AppState) -> Moments {
    let filter = state.filter.read();
    let dashboard = state.dashboard.read();
    let (first, last) = dashboard.as_ref()?.data_span?;
    let zone = state.zone();
    let at = |ms: i64| zone::date_time(ms as f64, &zone);
    // As it is written, where that can be read: a zone may have no midnight on that day.
    let given = |bound: Option<&String>, is_end| bound.and_then(|text| written(text, is_end));
    let (given_from, given_to) = (given(filter.from.as_ref(), false), given(filter.to.as_ref(), true));
    let all_given = filter.range.is_none()
        && filter.from.is_some() == given_from.is_some()
        && filter.to.is_some() == given_to.is_some();
    if all_given {
        return Some((
            given_from.unwrap_or_else(|| day_of(&at(first))),
            given_to.unwrap_or_else(|| day_of(&at(last))),
        ));
    }
    // Of this filter: the one before had another window.
    let of_this = dashboard.as_ref().filter(|d| d.filter == filter.to_string())?;
    let (from, to) = of_this.window?;
    let from = if from == i64::MIN { day_of(&at(first)) } else { moment(&at(from), false) };
    let to = if to == i64::MAX { day_of(&at(last)) } else { moment(&at(to), true) };
    Some((from, to))
}

/// A bound of a filter that names a day or a minute of the page's zone.
fn written(text: &str, is_end: bool) -> Option<String> {
    let day = text.get(..10).filter(|day| days_of_iso_date(day).is_some())?;
    match text.get(11..) {
        None if text.len() == 10 => Some(moment(&format!("{day} 00:00:00"), is_end)),
        Some(time) if time.len() == 5 => Some(moment(&format!("{day} {time}:00"), is_end)),
        _ => None,
    }
}

fn day_of(moment: &str) -> String {
    moment.get(..10).unwrap_or_default().to_owned()
}

/// A bound of a window: a whole day where it is a midnight, and as the end of one the day before.
fn moment(text: &str, is_end: bool) -> String {
    match (text.get(11..).is_none_or(|time| time == "00:00:00"), is_end) {
        (true, true) => date_after(&day_of(text), -1).unwrap_or_default(),
        (true, false) => day_of(text),
        (false, _) => text.get(..16).unwrap_or(text).to_owned(),
    }
}

/// `22 Sep – 20 Nov 2026`, `26 Oct 2026`, `26 Oct 2026 07:00 – 08:00`.
fn between(from: &str, to: &str) -> String {
    let said = |moment: &str| match moment.get(11..) {
        Some(time) => format!("{} {time}", words::short_date(moment)),
        None => words::short_date(moment),
    };
    let same_day = from.get(..10) == to.get(..10);
    match (from == to, same_day, from.get(..4) == to.get(..4)) {
        (true, ..) => said(from),
        (_, true, _) => format!("{} – {}", said(from), to.get(11..).unwrap_or("24:00")),
        (_, _, true) if from.len() == 10 => {
            let first = words::short_date(from);
            format!("{} – {}", first.rsplit_once(' ').map_or(&*first, |(day, _)| day), said(to))
        }
        _ => format!("{} – {}", said(from), said(to)),
    }
}

/// A span that can be chosen at once: first and last day.
struct Preset {
    testid: &'static str,
    label: String,
    from: String,
    to: String,
}

/// Days, weeks and months back from the newest click, whose day this is; `today` decides what is called last week.
fn presets(newest: &str, today: &str) -> Vec<Preset> {
    let back = |days: i64| date_after(newest, -days).unwrap_or_default();
    let last_days = |testid, days: i64| Preset {
        testid,
        label: format!("{days} days"),
        from: back(days - 1),
        to: newest.to_owned(),
    };
    // Weeks begin on Monday, as everywhere on the page.
    let since_monday =
        |day: &str| days_of_iso_date(day).map_or(0, |day| (weekday_of_ms(day * DAY_MS) as i64 + 6) % 7);
    let monday = |weeks: i64| date_after(today, -since_monday(today) - 7 * weeks).unwrap_or_default();
    let (this_week, last_week) = (monday(0), monday(1));
    let week = |testid, weeks: i64| {
        let from = back(since_monday(newest) + 7 * weeks);
        let short = words::short_date(&from);
        let day = short.rsplit_once(' ').map_or(&*short, |(day, _)| day);
        let label = match &from {
            from if *from == this_week => format!("This week ({day})"),
            from if *from == last_week => format!("Last week ({day})"),
            _ => format!("Week of {day}"),
        };
        Preset { testid, label, to: date_after(&from, 6).unwrap_or_default(), from }
    };
    let this_month = format!("{}-01", newest.get(..7).unwrap_or_default());
    let month = |testid, from: String| {
        let next = date_after(&from, 31).and_then(|day| Some(format!("{}-01", day.get(..7)?)));
        let label = words::short_date(&from);
        Preset {
            testid,
            label: label.split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned()),
            to: next.and_then(|next| date_after(&next, -1)).unwrap_or_default(),
            from,
        }
    };
    let before = date_after(&this_month, -1).and_then(|day| Some(format!("{}-01", day.get(..7)?)));
    vec![
        last_days("range-7d", 7),
        last_days("range-30d", 30),
        last_days("range-90d", 90),
        week("range-week", 0),
        week("range-last-week", 1),
        month("range-month", this_month),
        month("range-last-month", before.unwrap_or_default()),
    ]
}

/// The presets, and all.
#[component]
fn Presets(
    /// What is in view
    days: Memo<Moments>,
) -> impl IntoView {
    let state = use_state();
    let presets = move || {
        let dashboard = state.dashboard.read();
        let newest = dashboard.as_ref().and_then(|d| d.data_span).map(|(_, last)| last);
        let newest = newest.map(|ms| day_of(&zone::date_time(ms as f64, &state.zone())));
        newest.map_or_else(Vec::new, |newest| presets(&newest, &zone::today()))
    };
    let button = move |testid: &'static str, label: String, pressed: Signal<bool>, choose: Callback<()>| {
        view! {
            <button
                class="period-preset"
                type="button"
                data-testid=testid
                aria-pressed=move || pressed.get().to_string()
                on:click=move |_| choose.run(())
            >
                {label}
            </button>
        }
    };
    let one = move |preset: Preset| {
        let Preset { testid, label, from, to } = preset;
        let span = StoredValue::new((from, to));
        let pressed = move || {
            let filter = state.filter.read();
            filter.from.is_some() && days.get().is_some_and(|days| span.with_value(|span| *span == days))
        };
        let choose = move |()| span.with_value(|(from, to)| set_days(state, from, to));
        button(testid, label, Signal::derive(pressed), Callback::new(choose))
    };
    let all = Signal::derive(move || !state.filter.read().limits_time());
    view! {
        <div class="period-presets" role="group" aria-label="Span of time">
            {button("range-all", "All".to_owned(), all, Callback::new(move |()| state.refine(|f| f.set_span("", ""))))}
            {move || presets().into_iter().map(one).collect_view()}
        </div>
        <p class="period-note">"Days are counted back from the newest click; weeks begin on Monday"</p>
    }
}

/// From one day to another, both of them in view. The wrong way round is said, not mended by itself: whoever types a
/// date passes through others.
#[component]
fn Days(
    /// What is in view
    days: Memo<Moments>,
) -> impl IntoView {
    let state = use_state();
    let first = move || days.get().map_or_else(String::new, |(from, _)| day_of(&from));
    let last = move || days.get().map_or_else(String::new, |(_, to)| day_of(&to));
    let is_inverted = Memo::new(move |_| days.get().is_some_and(|(from, to)| from > to));
    view! {
        <div class="period-days" role="group" aria-label="From one day to another">
            <input
                type="date"
                data-testid="from"
                aria-label="First day"
                prop:value=first
                on:change:target=move |ev| set_days(state, &ev.target().value(), &last())
            />
            <span aria-hidden="true">"–"</span>
            <input
                type="date"
                data-testid="to"
                aria-label="Last day"
                prop:value=last
                on:change:target=move |ev| set_days(state, &first(), &ev.target().value())
            />
        </div>
        <Show when=move || is_inverted.get()>
            <p class="error" role="alert">
                "The last day is before the first. "
                <button class="link" type="button" data-testid="swap-days" on:click=move |_| set_days(state, &last(), &first())>
                    "Swap them"
                </button>
            </p>
        </Show>
    }
}

/// Shows the clicks of some days, both ends among them. The filter's own end is exclusive: the day after.
fn set_days(state: AppState, from: &str, to: &str) {
    let after = date_after(to, 1).unwrap_or_default();
    state.refine(|f| f.set_span(from, &after));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_whole_days_are_days_and_others_say_their_time() {
        assert_eq!(moment("2026-03-01 00:00:00", true), "2026-02-28");
        assert_eq!(moment("2026-03-01 00:00:00", false), "2026-03-01");
        assert_eq!(moment("2026-11-22 09:00:00", true), "2026-11-22 09:00");
        assert_eq!(between("2026-09-22", "2026-11-20"), "22 Sep – 20 Nov 2026");
        assert_eq!(between("2025-12-22", "2026-01-04"), "22 Dec 2025 – 4 Jan 2026");
        assert_eq!(between("2026-10-26", "2026-10-26"), "26 Oct 2026");
        assert_eq!(between("2026-10-26 07:00", "2026-10-26 08:00"), "26 Oct 2026 07:00 – 08:00");
        assert_eq!(between("2026-10-26 07:00", "2026-10-26"), "26 Oct 2026 07:00 – 24:00");
    }

    #[test]
    fn bounds_as_written_are_days_of_the_zone_of_the_page() {
        assert_eq!(written("2026-04-24", true).as_deref(), Some("2026-04-23"));
        assert_eq!(written("2026-04-24T07:30", false).as_deref(), Some("2026-04-24 07:30"));
        for other in ["2026-04-24T07:30:00Z", "20260424", "nonsense", "2026-04-24T07:30:15"] {
            assert_eq!(written(other, false), None, "{other}");
        }
    }

    #[test]
    fn presets_are_whole_days_weeks_and_months_back_from_the_newest() {
        let said: Vec<String> = presets("2026-11-20", "2026-11-26")
            .iter()
            .map(|p| format!("{} {} {}", p.label, p.from, p.to))
            .collect();
        assert_eq!(
            said,
            [
                "7 days 2026-11-14 2026-11-20",
                "30 days 2026-10-22 2026-11-20",
                "90 days 2026-08-23 2026-11-20",
                "Last week (16 Nov) 2026-11-16 2026-11-22",
                "Week of 9 Nov 2026-11-09 2026-11-15",
                "Nov 2026 2026-11-01 2026-11-30",
                "Oct 2026 2026-10-01 2026-10-31",
            ]
        );
        assert_eq!(presets("2026-03-01", "2026-11-26")[6].from, "2026-02-01");
        assert_eq!(presets("2026-11-20", "2026-11-22")[3].label, "This week (16 Nov)");
    }
}
