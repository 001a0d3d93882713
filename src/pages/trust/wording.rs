//! What each word of the exports was taken to mean, and what somebody says it means.

use clicks::import::Meant;
use clicks::model::{Action, Verdict};
use clicks::query::{MOST_WORDINGS, Wording};
use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::words;

/// How many rows are shown before the rest is asked for.
const FIRST: usize = 12;

/// Their word, our verdict and action, how many clicks.
#[component]
pub fn WordTable(
    /// The words, most clicks first
    words: Vec<Wording>,
) -> impl IntoView {
    let state = use_state();
    let all = RwSignal::new(false);
    // The sample is no file that could be read again.
    let can_change = state.data().is_some_and(|data| !state.engine.files_of(data.token).is_empty());
    let many = words.len();
    // There may be more than were told.
    let is_cut = many >= MOST_WORDINGS;
    let how_many = match is_cut {
        true => format!("the {} combinations with most clicks", words::number(many as u64)),
        false => words::counted(many as u64, "combination", "combinations"),
    };
    let rows = move || {
        let shown = if all.get() { many } else { FIRST };
        words.iter().take(shown).map(|wording| row(wording, can_change)).collect_view()
    };
    view! {
        <section class="panel trust-file" data-testid="wording">
            <div class="panel-head">
                <h2>"What their words were taken for"</h2>
                <span class="panel-sub">{how_many}</span>
            </div>
            <div class="trust-reasons trust-words" tabindex="0" role="region" aria-label="Words and their meanings">
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
            {can_change.then(|| view! {
                <p class="trust-why">
                    "What you choose holds for every click with that word, whatever stands beside it. The files are read again by it, and the address of the page remembers it."
                </p>
            })}
            <Show when=move || { many > FIRST && !all.get() }>
                <button class="link" type="button" on:click=move |_| all.set(true)>
                    {format!("Show {}{}", if is_cut { "" } else { "all " }, words::number(many as u64))}
                </button>
            </Show>
        </section>
    }
}

fn row(wording: &Wording, can_change: bool) -> impl IntoView + use<> {
    let original = wording.word.original().to_owned();
    let named = match wording.word.shown() {
        word if word.is_empty() => "clicks without a word".to_owned(),
        word => word,
    };
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
    let named = if beside.is_empty() { named } else { format!("{named}, {beside}") };
    let verdict = Verdict::from_word(&wording.verdict).unwrap_or_default();
    let action = Action::from_word(&wording.action).unwrap_or_default();
    let clicks = words::number(wording.clicks);
    let cells = if can_change {
        let verdicts = Verdict::ALL.map(|verdict| (verdict.name(), verdict.label())).to_vec();
        let actions = Action::ALL.map(|action| (action.name(), action.label())).to_vec();
        let said = use_state().read_as.with_untracked(|said| said.meaning_of(&original).cloned());
        let (said_verdict, said_action) = said.map_or((None, None), |meant| (meant.verdict, meant.action));
        let of_verdict = {
            let word = original.clone();
            move |picked: String| mean(&word, |meant| meant.verdict = Verdict::from_word(&picked))
        };
        let of_action =
            move |picked: String| mean(&original, |meant| meant.action = Action::from_word(&picked));
        view! {
            <td>{choice(format!("Verdict of {named}"), verdicts, verdict.name(), said_verdict.is_some(), of_verdict)}</td>
            <td>{choice(format!("Action of {named}"), actions, action.name(), said_action.is_some(), of_action)}</td>
        }
        .into_any()
    } else {
        view! { <td>{verdict.label()}</td><td>{action.label()}</td> }.into_any()
    };
    view! {
        <tr>
            <td>{word} {(!beside.is_empty()).then(|| view! { <span class="trust-why">{beside}</span> })}</td>
            {cells}
            <td class="num">{clicks}</td>
        </tr>
    }
}

/// One of the two meanings of a word, to be changed. `is_said`: somebody said it, and may take it back.
fn choice(
    label: String,
    all: Vec<(&'static str, &'static str)>,
    now: &'static str,
    is_said: bool,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options =
        all.into_iter().map(|(name, text)| view! { <option value=name selected=name == now>{text}</option> });
    let options = options.collect_view();
    view! {
        <select class="trust-meaning" class:said=is_said aria-label=label on:change:target=move |ev| choose(ev.target().value())>
            {is_said.then(|| view! { <option value="">"as its format says"</option> })}
            {options}
        </select>
        {is_said.then(|| view! { <span class="trust-why">"as you said"</span> })}
    }
}

/// Says something of a word from now on, and reads the files again by it.
fn mean(word: &str, change: impl FnOnce(&mut Meant)) {
    let state = use_state();
    let mut read_as = state.read_as.get_untracked();
    let mut meant = read_as.meaning_of(word).cloned().unwrap_or_default();
    read_as.meanings.retain(|other| !other.is_of(word));
    word.trim().clone_into(&mut meant.word);
    change(&mut meant);
    if meant.verdict.is_some() || meant.action.is_some() {
        read_as.meanings.push(meant);
    }
    state.set_read_as(read_as);
}
