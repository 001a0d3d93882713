//! What each word of the exports was taken to mean, and what somebody says it means.

use clicks::import::{Meant, ReadAs};
use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::{Key, MOST_WORDINGS, Wording};
use leptos::prelude::*;

use super::show_all::ShowAll;
use crate::state::{PageId, use_state};
use crate::ui::{rescue_focus_at, words};

/// How many rows are shown before the rest is asked for.
const FIRST: usize = 12;

/// Their word, our verdict and action, how many clicks.
#[component]
pub fn WordTable(
    /// The words, what is unknown first
    words: Vec<Wording>,
) -> impl IntoView {
    let state = use_state();
    let all = move || state.trust_view.read().all_words;
    // What is chosen, until the files are read again by it.
    let pending = RwSignal::new(state.read_as.get_untracked());
    let is_changed = move || pending.read().meanings != state.read_as.read().meanings;
    let apply = move |_| state.set_read_as(pending.get_untracked(), || rescue_focus_at("wording-region"));
    let undo = move |_| {
        pending.set(state.read_as.get_untracked());
        rescue_focus_at("wording-region");
    };
    // The sample is no file that could be read again.
    let can_change = state.is_of_files();
    let many = words.len();
    // There may be more than were told.
    let is_cut = many >= MOST_WORDINGS;
    let how_many = match is_cut {
        true => format!("the first {} combinations", words::number(many as u64)),
        false => words::counted(many as u64, "combination", "combinations"),
    };
    let rows = move || {
        let shown = if all() { many } else { FIRST };
        words.iter().take(shown).map(|wording| row(wording, can_change.then_some(pending))).collect_view()
    };
    view! {
        <section class="panel trust-panel" data-testid="wording">
            <div class="panel-head">
                <h2>"What their words were taken for"</h2>
                <span class="panel-sub">{how_many}</span>
            </div>
            <div
                class="trust-reasons trust-words"
                tabindex="0"
                role="region"
                aria-label="Words and their meanings"
                data-testid="wording-region"
            >
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
                    "What you choose holds for every click with that word, whatever stands beside it. The address of the page remembers it."
                </p>
            })}
            <Show when=is_changed>
                <p class="trust-apply">
                    <button class="btn primary" type="button" data-testid="apply-meanings" on:click=apply>"Read the files again so"</button>
                    <button class="btn" type="button" on:click=undo>"Undo"</button>
                </p>
            </Show>
            <ShowAll
                label=format!("Show {}{}", if is_cut { "" } else { "all " }, words::number(many as u64))
                when=Signal::derive(move || many > FIRST && !all())
                show=Callback::new(move |()| state.trust_view.update(|view| view.all_words = true))
                focus="wording-region"
            />
        </section>
    }
}

fn row(wording: &Wording, pending: Option<RwSignal<ReadAs>>) -> impl IntoView + use<> {
    let original = wording.word.original().to_owned();
    let named = match wording.word.shown() {
        word if word.is_empty() => "clicks without a word".to_owned(),
        word => word,
    };
    let word = match wording.word.shown() {
        word if word.is_empty() => view! { <i>"nothing"</i> }.into_any(),
        word => view! { <code>{word}</code> }.into_any(),
    };
    let mut beside: Vec<String> = wording.threats.iter().map(Untrusted::shown).collect();
    if wording.more_threats > 0 {
        beside.push(format!("{} more", words::number(u64::from(wording.more_threats))));
    }
    if wording.clicked_through > 0 {
        beside.push(format!("{} clicked through", words::number(wording.clicked_through)));
    }
    let beside = beside.join("; ");
    let verdict = Verdict::from_word(&wording.verdict).unwrap_or_default();
    let action = Action::from_word(&wording.action).unwrap_or_default();
    let named = format!("{named}, {} and {}", verdict.label(), action.label());
    let clicks = words::number(wording.clicks);
    let door = named.clone();
    let state = use_state();
    let word_of_door = original.clone();
    let open = move |_| {
        state.refine(|filter| {
            filter.clear();
            match word_of_door.trim().is_empty() {
                true => filter.set(Key::Without, Key::Is(Field::RawAction).name()),
                false => filter.set(Key::Is(Field::RawAction), &word_of_door),
            }
            filter.set(Key::Is(Field::Verdict), verdict.name());
            filter.set(Key::Is(Field::Action), action.name());
        });
        state.go(PageId::CLICKS);
    };
    // Of clicks without a word only those can be said something of which the export says nothing.
    let can_change = pending.filter(|said| {
        let is_said = said.with_untracked(|said| said.meaning_of(&original).is_some());
        !original.trim().is_empty() || action == Action::Unknown || is_said
    });
    let cells = if let Some(pending) = can_change {
        let verdicts = Verdict::ALL.map(|verdict| (verdict.name(), verdict.label())).to_vec();
        let actions = Action::ALL.map(|action| (action.name(), action.label())).to_vec();
        let (of_verdict, of_action) = (original.clone(), original.clone());
        let said_verdict = {
            let word = original.clone();
            move || pending.read().meaning_of(&word).and_then(|meant| meant.verdict).map(Verdict::name)
        };
        let said_action =
            move || pending.read().meaning_of(&original).and_then(|meant| meant.action).map(Action::name);
        let set_verdict = move |picked: String| {
            mean(pending, &of_verdict, |meant| meant.verdict = Verdict::from_word(&picked));
        };
        let set_action = move |picked: String| {
            mean(pending, &of_action, |meant| meant.action = Action::from_word(&picked));
        };
        view! {
            <td>{choice(format!("Verdict of {named}"), verdicts, verdict.name(), said_verdict, set_verdict)}</td>
            <td>{choice(format!("Action of {named}"), actions, action.name(), said_action, set_action)}</td>
        }
        .into_any()
    } else {
        view! { <td>{verdict.label()}</td><td>{action.label()}</td> }.into_any()
    };
    view! {
        <tr>
            <td>{word} {(!beside.is_empty()).then(|| view! { <span class="trust-why">{beside}</span> })}</td>
            {cells}
            <td class="num">
                <button class="link" type="button" aria-label=format!("{}: {door}", words::counted(wording.clicks, "click", "clicks")) on:click=open>{clicks.clone()}</button>
            </td>
        </tr>
    }
}

/// One of the two meanings of a word, to be changed. `said` is what somebody said, and may take back.
fn choice(
    label: String,
    all: Vec<(&'static str, &'static str)>,
    now: &'static str,
    said: impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let was_said = untrack(&said).is_some();
    let options =
        all.into_iter().map(|(name, text)| view! { <option value=name selected=name == now>{text}</option> });
    let options = options.collect_view();
    let value = {
        let said = said.clone();
        move || said().unwrap_or(if was_said { "" } else { now })
    };
    let is_said = {
        let said = said.clone();
        move || said().is_some()
    };
    view! {
        <select
            class="trust-meaning"
            class:said=is_said
            aria-label=label
            prop:value=value
            on:change:target=move |ev| choose(ev.target().value())
        >
            {was_said.then(|| view! { <option value="">"as its format says"</option> })}
            {options}
        </select>
        {move || said().is_some().then(|| view! { <span class="trust-why">"as you said"</span> })}
    }
}

/// Says something of a word.
fn mean(pending: RwSignal<ReadAs>, word: &str, change: impl FnOnce(&mut Meant)) {
    pending.update(|said| {
        let mut meant = said.meaning_of(word).cloned().unwrap_or_default();
        said.meanings.retain(|other| !other.is_of(word));
        word.trim().clone_into(&mut meant.word);
        change(&mut meant);
        if meant.verdict.is_some() || meant.action.is_some() {
            said.meanings.push(meant);
        }
    });
}
