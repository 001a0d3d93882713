//! The note beside a marked bar or cell.

use charts::words::Note;
use leptos::prelude::*;

/// What a bar or cell says, and where it stands in the chart, in CSS pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Placed {
    pub note: Note,
    pub x: f64,
    pub y: f64,
    /// On the right half of the chart: the note goes to the left.
    pub to_left: bool,
}

/// The note. Read out when it changes: that is how the keyboard hears a chart.
#[component]
pub(super) fn Tip(
    /// What to say and where; nothing hides it
    #[prop(into)]
    placed: Signal<Option<Placed>>,
) -> impl IntoView {
    let x = move || placed.with(|p| p.as_ref().map_or_else(String::new, |p| format!("{}px", p.x)));
    let y = move || placed.with(|p| p.as_ref().map_or_else(String::new, |p| format!("{}px", p.y)));
    view! {
        <div
            class="chart-tip"
            class:chart-tip-left=move || placed.with(|p| p.as_ref().is_some_and(|p| p.to_left))
            class:chart-tip-shown=move || placed.with(Option::is_some)
            style:left=x
            style:top=y
            aria-live="polite"
        >
            {move || placed.get().map(|placed| lines(placed.note))}
        </div>
    }
}

fn lines(note: Note) -> impl IntoView {
    let rows = note.lines.into_iter().map(|line| {
        let dot = line.action.map(|action| format!("chart-dot chart-dot-{}", action.token()));
        view! {
            <span class="chart-tip-word" class:chart-tip-bad=line.bad>
                {dot.map(|class| view! { <i class=class aria-hidden="true"></i> })}
                {line.label}
            </span>
            <b>{line.count}</b>
            <span class="chart-tip-share">{line.share}</span>
        }
    });
    view! {
        <strong>{note.title}</strong>
        {rows.collect_view()}
    }
}
