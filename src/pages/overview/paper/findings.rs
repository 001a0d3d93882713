//! The rest of the first page: who reached a page that is not safe, and what is recommended.

use clicks::query::{Dashboard, RankEntry};
use leptos::prelude::*;

use super::{Paper, advice, knows_all, reached};
use crate::ui::words;

/// Both, below the chart over time.
#[component]
pub fn PaperFindings(
    /// Where it stands
    paper: Paper,
) -> impl IntoView {
    move || {
        let dashboard = paper.dashboard.read();
        let d = dashboard.as_ref().filter(|d| d.totals.clicks > 0)?;
        let advice = advice::of(d);
        let advice = (!advice.is_empty()).then(|| {
            let one = |sentence: String| view! { <li>{sentence}</li> };
            view! {
                <section class="paper paper_findings" data-testid="paper-advice">
                    <h2>"What is recommended"</h2>
                    <ul>{advice.into_iter().map(one).collect_view()}</ul>
                </section>
            }
        });
        Some(view! {
            <section class="paper paper_findings" data-testid="paper-people">
                <h2>"Who reached a page that is not safe"</h2>
                {people(d)}
            </section>
            {advice}
        })
    }
}

/// Those who did, with their numbers; a sentence where there are none.
fn people(d: &Dashboard) -> AnyView {
    let ranking = &d.top_reached;
    if ranking.entries.is_empty() {
        let why = match reached(d) {
            Err(why) => format!("Not known: {why}."),
            Ok(_) if d.left_out.reached_unsafe > 0 => format!(
                "No person, as far as can be told: {} of machines left out.",
                words::counted(d.left_out.reached_unsafe, "click", "clicks")
            ),
            Ok(_) if d.totals.reached_unsafe > 0 => "No user is named for these clicks.".to_owned(),
            Ok(_) if knows_all(d) => "Nobody in view.".to_owned(),
            Ok(_) => "Nobody in view, as far as the data tell.".to_owned(),
        };
        return view! { <p>{why}</p> }.into_any();
    }
    let all = words::counted(ranking.total, "person", "people");
    let shown = ranking.entries.len() as u64;
    let of = if shown < ranking.total { format!("{} of {all}", words::number(shown)) } else { all };
    let of = match d.left_out.reached_unsafe {
        0 => of,
        n => format!("{of}; {} of machines left out", words::counted(n, "click", "clicks")),
    };
    let person = |entry: &RankEntry| {
        view! {
            <tr>
                <td>{entry.value.shown()}</td>
                <td class="num">{words::number(entry.reached_unsafe)}</td>
                <td class="num">{words::number(entry.overridden)}</td>
            </tr>
        }
    };
    view! {
        <table class="paper_table">
            <thead>
                <tr>
                    <th>{of}</th>
                    <th class="num">"Reached, not safe"</th>
                    <th class="num">"Overrides"</th>
                </tr>
            </thead>
            <tbody>{ranking.entries.iter().map(person).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
