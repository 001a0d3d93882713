//! Who goes past warnings: over time, by source, group and person.

use clicks::model::{Field, Untrusted};
use clicks::query::Key;
use insights::{AskWarnings, Warned, WarnedPart, Warnings};
use leptos::prelude::*;

use crate::state::asked::kept;
use crate::state::{AppState, use_state};
use crate::ui::later::NOT_YET;
use crate::ui::{Bar, Bars, Panel, Tone, words};

/// The panel.
#[component]
pub fn WarningsPanel() -> impl IntoView {
    let state = use_state();
    let answer = kept(state, |filter| AskWarnings { filter });
    let sub = move || answer.read().as_ref().map(|found| summary(found)).unwrap_or_default();
    let parts = move || {
        let found = answer.get();
        let unsaid = found.as_ref().map(|found| found.unsaid.clone()).unwrap_or_default();
        let is_known = |found: &Warnings| found.all.count > 0 || found.unsaid.is_empty();
        let Some(found) = found.filter(|found| found.all.of > 0 && is_known(found)) else {
            if !unsaid.is_empty() {
                return view! { <p class="absent">{unsaid}</p> }.into_any();
            }
            let none =
                if answer.read().is_some() { "no warning was shown to anybody in view" } else { NOT_YET };
            return view! { <p class="absent">{none}</p> }.into_any();
        };
        let times = found.over_time.clone();
        view! {
            <div class="warnings_panel">
                <section aria-label="Over time">
                    <h3>{each(found.days_each)}</h3>
                    <Strip times/>
                </section>
                {found.parts.iter().map(|part| one_part(state, part)).collect_view()}
            </div>
            <p class="panel-sub" data-testid="warnings-rule">{found.rule.clone()}</p>
        }
        .into_any()
    };
    view! {
        <Panel title="Past a warning" testid="panel-warnings" sub=Signal::derive(sub)>
            {parts}
        </Panel>
    }
}

/// The whole, how fast, and where it is not possible.
fn summary(found: &Warnings) -> String {
    if found.all.of == 0 || (found.all.count == 0 && !found.unsaid.is_empty()) {
        return String::new();
    }
    let mut said = vec![format!(
        "{} of {} went past, {}",
        words::number(found.all.count),
        words::counted(found.all.of, "warned attempt", "warned attempts"),
        words::percent(found.all.count, found.all.of)
    )];
    if !found.unsaid.is_empty() {
        said.push(format!("at least: {}", found.unsaid.to_lowercase()));
    }
    if let Some(pause) = found.pause_s.filter(|_| found.all.count > 0) {
        said.push(format!(
            "half of people’s clicks past it within {}, where the export has both",
            words::counted(pause, "second", "seconds")
        ));
    }
    if !found.closed.is_empty() {
        let names: Vec<String> = found.closed.iter().map(Untrusted::shown).collect();
        said.push(format!("not possible under {}", names.join(", ")));
    }
    said.join(" · ")
}

const fn each(days: u32) -> &'static str {
    match days {
        1 => "By day",
        7 => "By week",
        28 => "By four weeks",
        _ => "Over time",
    }
}

fn one_part(state: AppState, part: &WarnedPart) -> AnyView {
    let Some(field) = Field::of_name(&part.field) else { return ().into_any() };
    let bars: Vec<Bar> = part.values.iter().map(|one| bar(field, one)).collect();
    let title = match field {
        Field::Source => "By click source".to_owned(),
        Field::Group => format!("By {}", state.groups().map_or("group", words::group_label).to_lowercase()),
        _ => "People".to_owned(),
    };
    view! {
        <section aria-label=title.clone()>
            <h3>{title.clone()}</h3>
            <Bars key=Key::Is(field) bars=Signal::stored(bars) none="nobody went past one"/>
        </section>
    }
    .into_any()
}

fn bar(field: Field, one: &Warned) -> Bar {
    let share = words::percent(one.rate.count, one.rate.of);
    let often = if one.stands_out { " · stands out" } else { "" };
    Bar {
        value: one.value.original().to_owned(),
        label: words::value_label(field.name(), one.value.original()),
        n: one.rate.count,
        length: one.rate.count,
        note: format!("of {} · {share}{often}", words::number(one.rate.of)),
        tone: Tone::Warn,
        also: Some((Key::Is(Field::Action), "useroverride")),
        is_unbent: true,
    }
}

/// The rate over time, a column a stretch.
#[component]
fn Strip(
    /// The stretches
    times: Vec<Warned>,
) -> impl IntoView {
    let share = |one: &Warned| one.rate.count as f64 / one.rate.of.max(1) as f64;
    let highest = times.iter().map(share).fold(0.0, f64::max);
    let ends = times.first().zip(times.last()).map(|(first, last)| (first.value.shown(), last.value.shown()));
    let column = |one: &Warned| {
        let said = match one.rate.of {
            0 => format!("from {}: no warning", one.value.shown()),
            of => format!(
                "from {}: {} of {}, {}",
                one.value.shown(),
                words::number(one.rate.count),
                words::number(of),
                words::percent(one.rate.count, of)
            ),
        };
        // Where nobody went past one, no column has a height.
        let height = format!("{:.0}%", share(one) / highest.max(f64::MIN_POSITIVE) * 100.0);
        view! {
            <li title=said.clone()>
                <i style:height=height aria-hidden="true"></i>
                <span class="visually-hidden">{said.clone()}</span>
            </li>
        }
    };
    view! {
        <p class="rate_strip-top" aria-hidden="true">{format!("{:.0} %", highest * 100.0)}</p>
        <ol class="rate_strip">{times.iter().map(column).collect_view()}</ol>
        {ends.map(|(first, last)| (first.clone(), Some(last).filter(|last| *last != first))).map(|(first, last)| view! { <p class="rate_strip-ends" aria-hidden="true"><span>{first}</span><span>{last}</span></p> })}
    }
}
