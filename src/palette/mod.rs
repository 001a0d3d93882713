//! Everything by its name: pages, people, hosts, filters and what can be done, from the keyboard.
//!
//! Owns what is offered for a text. Must not know how a filter is typed ([`typed`]) nor what a page shows.

mod typed;

use clicks::Failure;
use clicks::model::{Field, host_of_url, text};
use clicks::query::{AskSuggest, FacetValue, Key};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::typed::Typed;
use crate::commands::{COMMANDS, Command, PALETTE};
use crate::pages::PAGES;
use crate::platform::page;
use crate::state::{AppState, Dialog, PageId, use_state};
use crate::ui::{Found, Modal, suggestions, words};

/// Values offered of a field.
const OFFERED: usize = 4;
/// Values that a part of a name may stand for in a filter; more are refused, not cut.
const LOOKED_UP: u32 = 200;

/// One line.
#[derive(Clone)]
struct Entry {
    label: String,
    note: String,
    run: Callback<()>,
}

/// The dialog.
#[component]
pub fn Palette() -> impl IntoView {
    let state = use_state();
    let is_open = move || state.dialog.get() == Some(Dialog::Palette);
    view! {
        <Modal dialog=Dialog::Palette label="Go to, filter, do" class="palette">
            <Show when=is_open><Lines/></Show>
        </Modal>
    }
}

/// The field and what it finds.
#[component]
fn Lines() -> impl IntoView {
    let state = use_state();
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            page::focus(&field);
        }
    });
    let part = RwSignal::new(String::new());
    let (users, hosts) = (suggestions(Key::Is(Field::User), part), suggestions(Key::Is(Field::Host), part));
    // Names of what was typed a moment ago that do not contain what is typed now would be chosen by mistake.
    let named = move |found: &Found, looked_for: &str| -> Vec<FacetValue> {
        let is_fresh = found.text == looked_for;
        let lower = looked_for.to_lowercase();
        let fits = |v: &&FacetValue| is_fresh || v.value.original().to_lowercase().contains(&lower);
        found.values.iter().filter(fits).take(OFFERED).cloned().collect()
    };
    let awaited = move || {
        let looked_for = last_word(&text.read_untracked());
        [users, hosts].iter().any(|found| found.read_untracked().text != looked_for)
    };
    let find_entries = move || {
        let text = text.get();
        let text = text.trim();
        let mut entries = Vec::new();
        if !text.is_empty() {
            entries.extend(filter_entry(state, text));
        }
        let lower = text.to_lowercase();
        let fits = |label: &str| lower.split_whitespace().all(|word| label.to_lowercase().contains(word));
        entries.extend(commands(state).into_iter().filter(|entry| fits(&entry.label)));
        // Last, for they come later: what stands before them keeps its place.
        if !text.is_empty() {
            for (key, found) in [(Key::Is(Field::User), users), (Key::Is(Field::Host), hosts)] {
                let offered = named(&found.read(), &last_word(text));
                entries.extend(offered.iter().map(|v| value_entry(state, key, v.value.original(), v.clicks)));
            }
        }
        entries
    };
    let entries = RwSignal::new(Vec::new());
    Effect::new(move || {
        entries.set(find_entries());
        if !awaited() {
            let last = entries.read_untracked().len().saturating_sub(1);
            chosen.maybe_update(|at| std::mem::replace(at, (*at).min(last)) > last);
        }
    });
    // Names are looked for by the last word, and not for each letter of somebody who types fast.
    let mut look_up = debounce(std::time::Duration::from_millis(60), move |typed: String| {
        part.try_set(last_word(&typed));
    });
    let run = move |at: usize| {
        let entry: Option<Entry> = entries.with_untracked(|all: &Vec<Entry>| all.get(at).cloned());
        if let Some(entry) = entry {
            state.dialog.set(None);
            entry.run.run(());
        }
    };
    let on_key = move |ev: page::KeyboardEvent| {
        let last = entries.read_untracked().len().saturating_sub(1);
        match ev.key().as_str() {
            // Who knows what comes goes down before it is there.
            "ArrowDown" if awaited() => chosen.update(|at| *at = (*at + 1).min(last + 1)),
            "ArrowDown" => chosen.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => chosen.update(|at| *at = at.saturating_sub(1)),
            "Enter" => run(chosen.get_untracked()),
            _ => return,
        }
        ev.prevent_default();
    };
    let line = move |(at, entry): (usize, Entry)| {
        view! {
            <li
                id=format!("palette-{at}")
                class="palette-line"
                role="option"
                aria-selected=move || (chosen.get() == at).to_string()
                on:click=move |_| run(at)
            >
                <span class="palette-label">{entry.label}</span>
                <span class="palette-note">{entry.note}</span>
            </li>
        }
    };
    view! {
        <input
            class="palette-field"
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-lines"
            aria-label="Go to, filter, do"
            aria-activedescendant=move || format!("palette-{}", chosen.get())
            placeholder="A page, a person, a host, or a filter: user:carla !safe"
            autocomplete="off"
            spellcheck="false"
            node_ref=field
            data-testid="palette-field"
            on:input:target=move |ev| {
                let typed = ev.target().value();
                chosen.set(0);
                look_up(typed.clone());
                text.set(typed);
            }
            on:keydown=on_key
        />
        <ul class="palette-lines" id="palette-lines" role="listbox" aria-label="Found" data-testid="palette-lines">
            {move || entries.get().into_iter().enumerate().map(line).collect_view()}
        </ul>
    }
}

/// What names are looked for by: the last word.
fn last_word(typed: &str) -> String {
    looked_for(typed.split_whitespace().last().unwrap_or(""))
}

/// What names are looked for by a word: the host of a URL that was pasted, defanged or not, or what stands behind the
/// field of a filter.
fn looked_for(word: &str) -> String {
    let plain = text::refanged(word);
    if plain.contains("://") {
        return host_of_url(&plain).into_owned();
    }
    plain.rsplit(':').next().unwrap_or("").to_owned()
}

/// The clicks that pass what was typed.
fn filter_entry(state: AppState, text: &str) -> Option<Entry> {
    let typed = Typed::read(text);
    if (typed.filter.to_string().is_empty() && typed.parts.is_empty()) || typed.filter.check().is_err() {
        return None;
    }
    let mut said: Vec<String> = words::pieces(&typed.filter).iter().map(words::piece_text).collect();
    said.extend(typed.parts.iter().map(|(key, part, not)| {
        format!("{} {} {part}", words::key_label(key.name()), if *not { "without" } else { "with" })
    }));
    let run = move |()| {
        let Typed { filter, parts } = typed.clone();
        spawn_local(async move {
            let mut filter = filter;
            let data = state.load.read_untracked().askable();
            for (key, part, exclude) in parts {
                match looked_up(state, key, &part).await {
                    Ok(values) => values.iter().for_each(|value| filter.add(key, value, exclude)),
                    Err(failure) => return state.failure.set(Some(failure)),
                }
            }
            // Of other data it would be another question.
            if state.load.read_untracked().askable() != data {
                return;
            }
            state.refine(|f| {
                filter.tz = filter.tz.take().or_else(|| f.tz.take());
                *f = filter;
            });
            state.go(PageId::CLICKS);
        });
    };
    Some(Entry {
        label: format!("Clicks: {}", said.join(" · ")),
        note: "filter".to_owned(),
        run: Callback::new(run),
    })
}

/// The values that contain a part; the part itself where there is none, and then nothing is found.
async fn looked_up(state: AppState, key: Key, part: &str) -> Result<Vec<String>, Failure> {
    let data = state.load.read_untracked().askable();
    let data = data.ok_or_else(|| Failure::bad_request("Nothing can be looked up while files are read."))?;
    let question = AskSuggest {
        key: key.name().to_owned(),
        text: part.to_owned(),
        filter: String::new(),
        limit: LOOKED_UP,
    };
    let found = state.engine.ask(data.token, &question).await?;
    if found.total > u64::from(LOOKED_UP) {
        let name = words::key_label(key.name());
        return Err(Failure::bad_request(format!(
            "{name} with “{part}”: {} values. A filter takes {LOOKED_UP} at the most; type more of it.",
            words::number(found.total)
        )));
    }
    let values: Vec<String> =
        found.values.into_iter().map(|v| v.value.into_original()).filter(|v| !v.is_empty()).collect();
    Ok(if values.is_empty() { vec![part.to_owned()] } else { values })
}

/// All clicks of one person or host, beside the filters in force.
fn value_entry(state: AppState, key: Key, value: &str, clicks: u64) -> Entry {
    let label = words::value_label(key.name(), value);
    let note =
        format!("{} · {} in view", words::key_label(key.name()), words::counted(clicks, "click", "clicks"));
    let value = value.to_owned();
    let run = move |()| {
        state.refine(|f| f.set(key, &value));
        state.go(PageId::CLICKS);
    };
    Entry { label, note, run: Callback::new(run) }
}

/// Pages, and what can be done.
fn commands(state: AppState) -> Vec<Entry> {
    let entry = |label: &str, note: &str, run: Callback<()>| Entry {
        label: label.to_owned(),
        note: note.to_owned(),
        run,
    };
    let mut entries: Vec<Entry> = PAGES
        .iter()
        .filter(|def| (def.is_there)(state))
        .zip(1..)
        .map(|(def, at)| {
            let go = Callback::new(move |()| state.go(def.id));
            // One digit is a key.
            let key = if at < 10 { at.to_string() } else { String::new() };
            entry(&format!("Go to {}", def.label), &key, go)
        })
        .collect();
    // Once the dialog has given the focus back: what is done may take it.
    let later = |command: &'static Command| {
        Callback::new(move |()| {
            set_timeout(move || (command.run)(state), std::time::Duration::from_millis(50));
        })
    };
    let others = COMMANDS.into_iter().filter(|command| command.label != PALETTE.label);
    entries.extend(others.map(|command| entry(command.label, command.key, later(command))));
    entries
}
