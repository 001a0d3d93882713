//! The five numbers of the first page, each with what it is a part of.

use clicks::query::{Dashboard, Totals};
use leptos::prelude::*;

use super::Paper;
use crate::pages::overview::tile::TileText;
use crate::pages::overview::tile_texts::{all_clicks, blocked, overrides, reached_malicious, reached_people};
use crate::ui::Tone;

/// What a number is called, how it is coloured, what it says.
type Number = (&'static str, Tone, fn(&Dashboard, &Totals) -> TileText);

/// In the order shown: what came of it first, what there was last.
const NUMBERS: [Number; 5] = [
    ("People who reached a page that is not safe", Tone::Bad, reached_people),
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
        let number = |(label, tone, say): Number| {
            let text = say(d, &d.totals);
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
        Some(
            view! { <dl class="paper paper_numbers" data-testid="paper-numbers">{NUMBERS.map(number).collect_view()}</dl> },
        )
    }
}
