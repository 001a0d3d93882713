//! The five numbers of the first page, each with what it is a part of.

use clicks::query::{Dashboard, Totals};
use insights::Worklist;
use leptos::prelude::*;

use super::Paper;
use crate::pages::overview::tile::{Known, TileText};
use crate::pages::overview::tile_texts::{all_clicks, blocked, overrides, reached_malicious};
use crate::ui::{Tone, words};

/// What a number is called, how it is coloured, what it says.
type Number = (&'static str, Tone, fn(&Dashboard, &Totals) -> TileText);

/// In the order shown, below the people: what came of it first, what there was last.
const NUMBERS: [Number; 4] = [
    ("Malicious clicks that reached the page", Tone::Bad, reached_malicious),
    ("Override rate", Tone::Warn, overrides),
    ("Blocked", Tone::Good, blocked),
    ("Clicks in view", Tone::Plain, all_clicks),
];

/// The numbers.
#[component]
pub fn PaperNumbers(
    /// Where it stands
    paper: Paper,
) -> impl IntoView {
    move || {
        let dashboard = paper.dashboard.read();
        let d = dashboard.as_ref()?;
        let number = |label: &'static str, tone: Tone, text: TileText| {
            let of = text.whole_of();
            let TileText { value, quiet, .. } = text;
            let tone = if quiet { Tone::Plain } else { tone };
            view! {
                <div class=tone.class()>
                    <dt>{label}</dt>
                    <dd class="paper_numbers-value">{value}</dd>
                    <dd>{of}</dd>
                </div>
            }
        };
        let list = paper.list.read();
        let people = list.as_ref().map(|list| {
            number("People who reached a page that is not safe, as known today", Tone::Bad, people(d, list))
        });
        let others = NUMBERS.map(|(label, tone, say)| number(label, tone, say(d, &d.totals)));
        Some(view! {
            <dl class="paper paper_numbers" data-testid="paper-numbers">{people} {others.collect_view()}</dl>
        })
    }
}

/// Everybody who needs action, of all people in view.
fn people(d: &Dashboard, list: &Worklist) -> TileText {
    let people = d.totals.people.saturating_sub(d.left_out.people);
    let of = format!("of {} in view", words::counted(people, "person", "people"));
    if people == 0 && d.totals.clicks > 0 {
        let of = "no click in view names a person".to_owned();
        return TileText { value: "–".to_owned(), of, known: Known::Not, ..TileText::default() };
    }
    let n = words::number(list.total);
    match list.unsaid.is_empty() {
        true => TileText { value: n, of, quiet: list.total == 0, ..TileText::default() },
        false if list.total == 0 => TileText {
            value: "–".to_owned(),
            of: list.unsaid.clone(),
            known: Known::Not,
            ..TileText::default()
        },
        false => TileText { value: format!("≥ {n}"), of, known: Known::AtLeast, ..TileText::default() },
    }
}
