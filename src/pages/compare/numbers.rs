//! The numbers of both views, each with what came of comparing them.

use clicks::query::Filter;
use insights::{Comparison, Delta, Side};
use leptos::prelude::*;

use super::name_of;
use crate::ui::words;

/// Both views in words, where one ends and the other begins, what stands against comparing them, and the table.
pub fn numbers(found: &Comparison) -> impl IntoView + use<> {
    let notes = found.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    view! {
        <section class="panel" aria-label="Numbers">
            <dl class="compare-sides">
                {side("Before", "compare-before", &found.before)}
                {side("After", "compare-after", &found.after)}
            </dl>
            {line(found)}
            <ul class="compare-notes" data-testid="compare-notes">{notes}</ul>
            <table class="compare-numbers" data-testid="compare-numbers">
                <thead>
                    <tr>
                        <th scope="col">"Number"</th>
                        <th scope="col">"Before"</th>
                        <th scope="col">"After"</th>
                        <th scope="col">"Change"</th>
                    </tr>
                </thead>
                <tbody>{found.numbers.iter().map(row).collect_view()}</tbody>
            </table>
            <p class="panel-sub">{found.rule.clone()}</p>
        </section>
    }
}

fn side(label: &'static str, testid: &'static str, side: &Side) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{label}</dt>
            <dd data-testid=testid>
                {name_of(&side.filter)}
                <span class="panel-sub">{side.said.clone()}</span>
            </dd>
        </div>
    }
}

/// The two periods as a line with the day that parts them marked; none where nothing but that parts them.
fn line(found: &Comparison) -> Option<impl IntoView + use<>> {
    let (before, after) = (&found.before, &found.after);
    if before.days <= 0.0 || after.days <= 0.0 || before.to_ms != after.from_ms {
        return None;
    }
    let zone = Filter::parse(&after.filter).tz.unwrap_or_else(|| "UTC".to_owned());
    let day = words::short_date(&words::time_in(&after.from_ms.to_string(), &zone));
    let width = format!("{:.1}%", before.days / (before.days + after.days) * 100.0);
    Some(view! { <p class="compare-line"><i style:width=width></i><span>{day}</span></p> })
}

fn row(delta: &Delta) -> impl IntoView + use<> {
    let class = match delta.worse {
        Some(true) => "compare-change bad",
        Some(false) => "compare-change good",
        None => "compare-change",
    };
    let arrow = match delta.trend {
        0 => "",
        1.. => "↑ ",
        _ => "↓ ",
    };
    view! {
        <tr>
            <th scope="row">
                {delta.label.clone()}
                <span class="panel-sub">{delta.means.clone()}</span>
            </th>
            <td data-label="Before">{delta.before_said.clone()}</td>
            <td data-label="After">{delta.after_said.clone()}</td>
            <td class=class><span aria-hidden="true">{arrow}</span>{delta.change.clone()}</td>
        </tr>
    }
}
