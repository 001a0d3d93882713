//! The clicks of a profile on a line of time, and how fast people clicked. Both say what the sentences say.

use std::sync::Arc;

use insights::{Mark, Story};
use leptos::prelude::*;

use crate::platform::page;
use crate::state::{OpenedClick, Place, use_state};
use crate::ui::words;

const WIDTH: f64 = 1_000.0;

/// Every click as a mark, by what came of it; a press opens the click.
#[component]
pub fn Timeline(
    /// The story
    story: RwSignal<Option<Arc<Story>>>,
) -> impl IntoView {
    let state = use_state();
    let open = move |event: page::MouseEvent| {
        if let Some(row) = page::closest_number(&event, "[data-row]", "data-row") {
            state.detail.set(Some(OpenedClick { row, place: Place::Unknown, takes_focus: true }));
        }
    };
    move || {
        let story = story.read();
        let story = story.as_ref().filter(|story| story.marks.len() > 1)?;
        let (first, last) = (story.marks.first()?.time_ms, story.marks.last()?.time_ms);
        let length = (last - first).max(1) as f64;
        let mark = |mark: &Mark| {
            let x = (mark.time_ms - first) as f64 / length * (WIDTH - 12.0) + 6.0;
            let class = if mark.machine { "mark machine" } else { "mark" };
            view! {
                <rect class=class data-attempt=mark.attempt.clone() data-row=mark.row x=format!("{:.1}", x - 2.0) y="4" width="4" height="18" rx="2"/>
            }
        };
        let is_there = |attempt: &str| story.marks.iter().any(|mark| mark.attempt == attempt);
        let keys = LEGEND.into_iter().filter(|(attempt, _)| is_there(attempt));
        let keys = keys.map(|(attempt, label)| {
            view! { <span class="profile-key" data-attempt=attempt>{label}</span> }
        });
        let machines = story.marks.iter().any(|mark| mark.machine);
        let day = |ms: i64| words::time_in(&ms.to_string(), &state.zone()).get(..10).map(str::to_owned);
        let more = (story.more > 0)
            .then(|| format!("the newest of {}", words::number(story.more + story.marks.len() as u64)));
        Some(view! {
            <svg class="profile-line" viewBox=format!("0 0 {WIDTH} 26") preserveAspectRatio="none" aria-hidden="true" on:click=open>
                {by_weight(&story.marks).into_iter().map(mark).collect_view()}
            </svg>
            <p class="profile-ends" aria-hidden="true"><span>{day(first)}</span><span>{day(last)}</span></p>
            <p class="profile-legend">
                {keys.collect_view()}
                {machines.then(|| view! { <span class="profile-key" data-attempt="machine">"pale: made by machines"</span> })}
                {more}
            </p>
        })
    }
}

/// The gravest last: they are drawn over the others.
fn by_weight(marks: &[Mark]) -> Vec<&Mark> {
    let weight = |mark: &Mark| LEGEND.iter().rev().position(|(attempt, _)| *attempt == mark.attempt);
    (0..=LEGEND.len())
        .flat_map(|place| marks.iter().filter(move |mark| weight(mark).map_or(0, |at| at + 1) == place))
        .collect()
}

/// What came of a click, as the marks show it.
const LEGEND: [(&str, &str); 6] = [
    ("overridden", "past a warning"),
    ("reached", "let through, not safe"),
    ("exposed", "let through, bad later"),
    ("missed", "let through, others like it stopped"),
    ("stopped", "stopped"),
    ("safe", "let through, nothing known"),
];

/// How many people had clicked how long after the first one, with the first stop.
#[component]
pub fn Curve(
    /// The story
    story: RwSignal<Option<Arc<Story>>>,
) -> impl IntoView {
    const HEIGHT: f64 = 90.0;
    move || {
        let story = story.read();
        let story = story.as_ref().filter(|story| story.curve.len() > 2)?;
        let last = *story.curve.last()? as f64;
        let x = |ms: i64| ms as f64 / last.max(1.0) * WIDTH;
        let y = |n: usize| HEIGHT - 4.0 - n as f64 / story.curve.len() as f64 * (HEIGHT - 8.0);
        let mut points = format!("0,{:.1}", y(0));
        for (n, ms) in story.curve.iter().enumerate() {
            points.push_str(&format!(" {:.1},{:.1} {:.1},{:.1}", x(*ms), y(n), x(*ms), y(n + 1)));
        }
        let stop = story.stopped_after_ms.filter(|ms| *ms as f64 <= last).map(x);
        Some(view! {
            <svg class="profile-curve" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                <polyline points=points fill="none" vector-effect="non-scaling-stroke"/>
                {stop.map(|x| view! { <line x1=x x2=x y1="0" y2=HEIGHT vector-effect="non-scaling-stroke"/> })}
            </svg>
            <p class="profile-legend">
                {format!(
                    "{} had clicked within {} of the first click",
                    words::counted(story.people, "person", "people"),
                    words::span(*story.curve.last()?)
                )}
                {stop.map(|_| view! { <span class="profile-key" data-attempt="stopped">"first click stopped"</span> })}
            </p>
        })
    }
}
