//! One menu of the filter bar: the values of a field with their clicks, to take in or leave out.

use clicks::model::Field;
use clicks::query::{FacetValue, Key, Term};
use leptos::html;
use leptos::prelude::*;

use super::facet_option::FacetOption;
use crate::platform::page;
use crate::state::{AppState, use_state};
use crate::ui::{Popover, suggestions, words};

/// A menu for one field. Fields of many values (user, host, address) are searched as somebody types.
#[component]
pub fn FacetMenu(
    /// The field
    key: Key,
    /// It is open as soon as it is there; default no
    #[prop(optional)]
    starts_open: bool,
) -> impl IntoView {
    let state = use_state();
    let name = words::key_label(key.name());
    let label = move || {
        let name = state.groups().filter(|_| key == Key::Is(Field::Group)).map_or(name, words::group_label);
        let filter = state.filter.read();
        let values: Vec<_> = filter.terms(key).take(3).collect();
        let said = |term: &Term| words::value_label(key.name(), &term.value);
        match values.as_slice() {
            [] => name.to_owned(),
            [one] if one.exclude => format!("{name}: not {}", said(one)),
            [one] => format!("{name}: {}", said(one)),
            [one, other] if !one.exclude && !other.exclude => {
                format!("{name}: {}, {}", said(one), said(other))
            }
            _ => format!("{name}: {} values", words::number(filter.terms(key).count() as u64)),
        }
    };
    view! {
        <Popover
            label=Signal::derive(label)
            testid=format!("filter-{}", key.name())
            active=Signal::derive(move || state.filter.read().has_key(key))
            about=format!("Filter by {name}")
            clear=Callback::new(move |()| state.refine(|f| f.remove_key(key)))
            starts_open=starts_open
        >
            {move || if is_searched(key) {
                view! { <SearchedOptions key/> }.into_any()
            } else {
                view! { <ListedOptions key/> }.into_any()
            }}
        </Popover>
    }
}

/// Whether a key is that of groups, and there are some: who opens a directory wants to see them.
pub fn is_of_groups(state: AppState, key: Key) -> bool {
    key == Key::Is(Field::Group) && state.groups().is_some()
}

/// Whether a key has a menu: its values are counted or can be searched.
pub fn is_listed(key: Key) -> bool {
    matches!(key, Key::Is(field) if field.def().facet) || is_searched(key)
}

/// Whether no open file has the column of a key; a key that is of no column is never absent.
pub fn is_absent(state: AppState, key: Key) -> bool {
    let column = Field::column_of_name(key.name());
    column.zip(state.data()).is_some_and(|(column, data)| data.opened.rows > 0 && !data.opened.has(column))
}

/// Fields whose values are too many to list.
const fn is_searched(key: Key) -> bool {
    matches!(key, Key::Is(Field::User) | Key::Is(Field::Host) | Key::Is(Field::Ip))
}

/// Options of a field whose values all come with the dashboard.
#[component]
fn ListedOptions(
    /// The field
    key: Key,
) -> impl IntoView {
    let state = use_state();
    let facet = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        dashboard.as_ref().and_then(|d| d.facets.iter().find(|f| f.key == key.name()).cloned())
    });
    view! {
        {move || facet.read().as_ref().is_none_or(|f| f.absent).then(|| view! {
            <p class="absent">"not in this export"</p>
        })}
        <Options key values=Signal::derive(move || facet.read().as_ref().map_or_else(Vec::new, |f| f.values.clone()))/>
    }
}

/// Options of a field that is searched.
#[component]
fn SearchedOptions(
    /// The field
    key: Key,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            page::focus(&field);
        }
    });
    let found = suggestions(key, text);
    let state = use_state();
    let rest = move || {
        let found = found.read();
        if let Some(failure) = &found.failure {
            return Some(failure.message.shown());
        }
        if is_absent(state, key) {
            return Some("not in this export".to_owned());
        }
        let left = found.total.saturating_sub(found.values.len() as u64);
        match (found.values.is_empty(), left) {
            (true, _) => Some("nothing found".to_owned()),
            (false, 0) => None,
            (false, left) => Some(format!("{} more: type to find them", words::number(left))),
        }
    };
    // Who types looks for a value.
    let values = move || {
        let found = found.read();
        let without = FacetValue { clicks: found.without, ..FacetValue::default() };
        let shows_none = found.without > 0 && text.read().is_empty();
        found.values.iter().cloned().chain(shows_none.then_some(without)).collect::<Vec<_>>()
    };
    // Enter takes the first of what was found, once it was found for what stands there.
    let take_first = move |ev: page::KeyboardEvent| {
        let found = found.read_untracked();
        let typed = text.read_untracked();
        if ev.key() == "Enter" && !typed.is_empty() && found.text == *typed {
            ev.prevent_default();
            let is_new = |v: &&FacetValue| !state.filter.read_untracked().includes(key, v.value.original());
            if let Some(first) = found.values.first().filter(is_new) {
                state.pick(key, first.value.original(), ev.shift_key());
            }
        }
    };
    view! {
        <input
            class="facet_menu-search"
            type="search"
            placeholder=match key {
                Key::Is(Field::Ip) => "Find an IP address".to_owned(),
                _ => format!("Find a {}", words::key_label(key.name()).to_lowercase()),
            }
            autocomplete="off"
            spellcheck="false"
            node_ref=field
            data-testid=format!("suggest-{}", key.name())
            on:input:target=move |ev| text.set(ev.target().value())
            on:keydown=take_first
        />
        <Options key values=Signal::derive(values)/>
        {move || rest().map(|r| view! { <p class="facet_menu-rest">{r}</p> })}
    }
}

/// The list, and the way back.
#[component]
fn Options(
    /// The field
    key: Key,
    /// Its values
    values: Signal<Vec<FacetValue>>,
) -> impl IntoView {
    let state = use_state();
    let each = move || values.get().into_iter().filter(|v| !v.value.is_empty()).collect::<Vec<_>>();
    let without =
        move || values.read().iter().find(|v| v.value.is_empty()).map(|v| v.clicks).filter(|n| *n > 0);
    view! {
        <ul class="facet_menu">
            <For each key=|v| (v.value.clone(), v.clicks) let:value>
                <FacetOption key value/>
            </For>
        </ul>
        {move || without().map(|clicks| view! {
            <button class="link" type="button" data-testid=format!("without-{}", key.name())
                aria-pressed=move || state.filter.read().includes(Key::Without, key.name()).to_string()
                on:click=move |ev| state.pick(Key::Without, key.name(), ev.shift_key())
            >
                {format!("no value: {}", words::counted(clicks, "click", "clicks"))}
            </button>
        })}
        <Show when=move || state.filter.read().has_key(key)>
            <button class="link" type="button" on:click=move |_| state.refine(|f| f.remove_key(key))>"Any"</button>
        </Show>
    }
}
