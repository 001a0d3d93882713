//! The way to the filters that are not always there.

use clicks::query::Key;
use leptos::prelude::*;

use super::facet_menu::{is_absent, is_listed, is_of_groups};
use crate::state::use_state;
use crate::ui::{MenuItem, Popover, words};

/// "+ Filter": a choice puts its menu into the bar, open.
#[component]
pub fn AddFilter(
    /// Menus that somebody asked for
    asked: RwSignal<Vec<Key>>,
    /// Menus that are always there
    pinned: &'static [Key],
) -> impl IntoView {
    let state = use_state();
    let choices = move || {
        let filter = state.filter.read();
        Key::all()
            .filter(|key| {
                is_listed(*key)
                    && !pinned.contains(key)
                    && !filter.has_key(*key)
                    && !is_of_groups(state, *key)
                    && !asked.read().contains(key)
            })
            .collect::<Vec<_>>()
    };
    let choice = move |key: Key| {
        let absent = is_absent(state, key);
        view! {
            <MenuItem
                label=Signal::stored(words::key_label(key.name()).to_owned())
                testid=format!("add-{}", key.name())
                note=Signal::stored(if absent { "not in this export" } else { "" }.to_owned())
                disabled=Signal::stored(absent)
                on_press=Callback::new(move |()| asked.update(|asked| asked.push(key)))
            />
        }
    };
    view! {
        <Popover label=Signal::stored("+ Filter".to_owned()) testid="add-filter" about="More filters">
            <div class="menu">{move || choices().into_iter().map(choice).collect_view()}</div>
        </Popover>
    }
}
