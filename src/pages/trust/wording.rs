//! What each word of the exports was taken to mean.

use clicks::model::{Action, Verdict};
use clicks::query::{MOST_WORDINGS, Wording};
use leptos::prelude::*;

use crate::ui::words;

/// How many rows are shown before the rest is asked for.
const FIRST: usize = 12;

/// Their word, our verdict and action, how many clicks.
#[component]
pub fn WordTable(
    /// The words, most clicks first
    words: Vec<Wording>,
) -> impl IntoView {
    let all = RwSignal::new(false);
    let many = words.len();
    // There may be more than were told.
    let is_cut = many >= MOST_WORDINGS;
    let how_many = match is_cut {
        true => format!("the {} combinations with most clicks", words::number(many as u64)),
        false => words::counted(many as u64, "combination", "combinations"),
    };
    let rows = move || {
        let shown = if all.get() { many } else { FIRST };
        words.iter().take(shown).map(row).collect_view()
    };
    view! {
        <section class="panel trust-file" data-testid="wording">
            <div class="panel-head">
                <h2>"What their words were taken for"</h2>
                <span class="panel-sub">{how_many}</span>
            </div>
            <div class="trust-reasons trust-words">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Their word"</th>
                            <th scope="col">"Verdict"</th>
                            <th scope="col">"Action"</th>
                            <th scope="col" class="num">"Clicks"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Show when=move || { many > FIRST && !all.get() }>
                <button class="link" type="button" on:click=move |_| all.set(true)>
                    {format!("Show {}{}", if is_cut { "" } else { "all " }, words::number(many as u64))}
                </button>
            </Show>
        </section>
    }
}

fn row(wording: &Wording) -> impl IntoView + use<> {
    let word = match wording.word.shown() {
        word if word.is_empty() => view! { <i>"nothing"</i> }.into_any(),
        word => view! { <code>{word}</code> }.into_any(),
    };
    let mut beside: Vec<String> = Vec::new();
    if wording.clicked_through == Some(true) {
        beside.push("clicked through".to_owned());
    }
    let threats = wording.threats.shown();
    if !threats.is_empty() {
        beside.push(threats);
    }
    let beside = beside.join(", ");
    let verdict = Verdict::from_word(&wording.verdict).unwrap_or_default();
    let action = Action::from_word(&wording.action).unwrap_or_default();
    view! {
        <tr>
            <td>{word} {(!beside.is_empty()).then(|| view! { <span class="trust-why">{beside}</span> })}</td>
            <td>{verdict.label()}</td>
            <td>{action.label()}</td>
            <td class="num">{words::number(wording.clicks)}</td>
        </tr>
    }
}
