//! The rest of the first page: who reached a page that is not safe, and what is recommended.

use clicks::query::Dashboard;
use insights::{ToDo, Worklist};
use leptos::prelude::*;

use super::{Paper, advice, reached};
use crate::ui::words;

/// People on the first page at the most.
const MOST: usize = 10;

/// Both, below the chart over time.
#[component]
pub fn PaperFindings(
    /// Where it stands
    paper: Paper,
) -> impl IntoView {
    move || {
        let dashboard = paper.dashboard.read();
        let d = dashboard.as_ref().filter(|d| d.totals.clicks > 0)?;
        let list = paper.list.read();
        let list = list.as_deref();
        let advice = list.map_or_else(Vec::new, |list| advice::of(d, list));
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
                {list.filter(|list| list.nameless > 0 && list.total > 0).map(|list| {
                    let n = list.nameless;
                    let name = if n == 1 { "names" } else { "name" };
                    view! { <p>{format!("{} that {name} nobody did too.", words::counted(n, "click", "clicks"))}</p> }
                })}
                {match list {
                    Some(list) => people(d, list),
                    None => view! { <p>"Not counted yet when this was printed."</p> }.into_any(),
                }}
            </section>
            {advice}
        })
    }
}

/// Those who did, each with why and since when; a sentence where there are none.
fn people(d: &Dashboard, list: &Worklist) -> AnyView {
    let of_machines = words::counted(list.machines, "person", "people");
    if list.total == 0 {
        let why = if let Err(why) = reached(d) {
            format!("Not known: {why}.")
        } else if list.machines > 0 {
            format!("No person, as far as can be told: clicks of {of_machines} look automated.")
        } else if list.nameless > 0 {
            "No user is named for these clicks.".to_owned()
        } else if list.unsaid.is_empty() {
            "Nobody in view, as is known today.".to_owned()
        } else {
            format!("Nobody in view, as far as the data tell. {}", list.unsaid)
        };
        return view! { <p>{why}</p> }.into_any();
    }
    let people: Vec<&ToDo> = list.entries.iter().filter(|one| one.urgency > 0).take(MOST).collect();
    let all = words::counted(list.total, "person", "people");
    let shown = people.len() as u64;
    let of = if shown < list.total { format!("{} of {all}", words::number(shown)) } else { all };
    let of = if list.machines > 0 {
        format!("{of}; {of_machines} with machines’ clicks alone left out")
    } else {
        of
    };
    let person = |one: &ToDo| {
        let clicks = one.happened.len() as u64 + one.more;
        view! {
            <tr>
                <td>{words::defanged_inside(one.user.original())}</td>
                <td>{one.reason.clone()}</td>
                <td class="num">{words::number(clicks)}</td>
                <td>{words::time_in(&one.last_ms.to_string(), &d.zone)}</td>
            </tr>
        }
    };
    view! {
        <table class="paper_table">
            <thead>
                <tr>
                    <th>{of}</th>
                    <th>"Why"</th>
                    <th class="num">"Clicks"</th>
                    <th>"The newest"</th>
                </tr>
            </thead>
            <tbody>{people.into_iter().map(person).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
