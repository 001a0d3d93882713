//! What became of each indicator.

use std::sync::Arc;

use clicks::export::table_csv;
use clicks::model::Field;
use clicks::query::Filter;
use insights::{Sweep, SweepLine};
use leptos::prelude::*;

use crate::platform::download;
use crate::state::{PageId, use_state};
use crate::ui::{Url, words};

/// Lines that are drawn; the file has all.
const SHOWN: usize = 300;

/// The lines, those with clicks first.
#[component]
pub fn Lines(
    /// What was found
    sweep: Arc<Sweep>,
) -> impl IntoView {
    let state = use_state();
    let zone = state.zone();
    let at = |ms: i64| words::time_in(&ms.to_string(), &zone);
    let period =
        sweep.span.map(|(first, last)| format!(" The clicks in view are of {} to {}.", at(first), at(last)));
    let odd = match sweep.not_understood {
        0 => String::new(),
        n => format!(" {} no indicator.", words::counted(n, "word is", "words are")),
    };
    let odd = match sweep.left_out {
        0 => odd,
        n => format!("{odd} {} too many and not looked at.", words::counted(n, "word is", "words are")),
    };
    let said = format!(
        "{} of {} were clicked.{odd}{}",
        words::number(sweep.found),
        words::counted(sweep.total, "indicator", "indicators"),
        period.unwrap_or_default()
    );
    let line = |line: &SweepLine| {
        let SweepLine { indicator, kind, clicks, people, reached, through, last_ms, filter } = line.clone();
        let name = match kind.as_str() {
            "url" => view! { <Url value=indicator field=Field::Url/> }.into_any(),
            "host" => view! { <Url value=indicator field=Field::Host/> }.into_any(),
            _ => indicator.shown().into_any(),
        };
        let door = match filter.is_empty() {
            true => words::number(clicks).into_any(),
            false => {
                let open = move |_| {
                    state.refine(|f| *f = Filter::parse(&filter));
                    state.go(PageId::CLICKS);
                };
                view! { <button class="link" type="button" on:click=open>{words::number(clicks)}</button> }
                    .into_any()
            }
        };
        view! {
            <tr class:none=clicks == 0 data-testid="sweep-line">
                <th scope="row">{name}</th>
                <td>{kind}</td>
                <td class="num">{door}</td>
                <td class="num">{words::number(people)}</td>
                <td class="num">{words::number(through)}</td>
                <td class="num" class:bad=(reached > 0)>{words::number(reached)}</td>
                <td>{last_ms.map_or_else(|| "no click in view".to_owned(), at)}</td>
            </tr>
        }
    };
    let rows = sweep.lines.iter().take(SHOWN).map(line).collect_view();
    let more = sweep.total.saturating_sub(SHOWN.min(sweep.lines.len()) as u64);
    let unlisted = sweep.total.saturating_sub(sweep.lines.len() as u64);
    let save = move |_| {
        download::save_text("clickglass-sweep.csv", &csv(&sweep), "text/csv;charset=utf-8");
    };
    view! {
        <p class="sweep-said"><span role="status" data-testid="sweep-said">{said}</span>
            <button class="link" type="button" data-testid="sweep-csv" on:click=save>"CSV"</button>
        </p>
        <table class="plain_table">
            <thead><tr>
                <th scope="col">"Indicator"</th><th scope="col">"Kind"</th><th scope="col" class="num">"Clicks"</th>
                <th scope="col" class="num">"People"</th><th scope="col" class="num">"Let through"</th>
                <th scope="col" class="num" title="Clicks that reached a page that is not safe, as is known today">"Reached, known bad"</th><th scope="col">"Last click"</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {(more > 0).then(|| {
            let unlisted = match unlisted {
                0 => String::new(),
                n => format!(", all but {}: look for fewer at a time", words::number(n)),
            };
            view! { <p class="panel-sub">{format!("{} more are in the CSV{unlisted}.", words::number(more))}</p> }
        })}
    }
}

fn csv(sweep: &Sweep) -> String {
    let headings =
        ["Indicator", "Kind", "Clicks", "People", "Let through", "Reached, known bad", "Last click (UTC)"];
    let row = |line: &SweepLine| {
        let last = line.last_ms.map(clicks::model::iso_of_ms).unwrap_or_default();
        let numbers = [line.clicks, line.people, line.through, line.reached].map(serde_json::Value::from);
        let texts = [clicks::model::text::defanged(line.indicator.original()), line.kind.clone()]
            .map(serde_json::Value::from);
        texts.into_iter().chain(numbers).chain([last.into()]).collect()
    };
    table_csv(&headings, &sweep.lines.iter().map(row).collect::<Vec<_>>())
}
