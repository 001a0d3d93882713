//! What is in force beside the menus of the bar: one chip a value, which is its own menu.

use clicks::query::{Chip, Key};
use leptos::prelude::*;

use super::facet_menu::is_listed;
use super::search_box;
use crate::state::use_state;
use crate::ui::words::{self, Piece};
use crate::ui::{MenuItem, Popover};

/// The chips of everything that has no menu, nor a place of its own: the time and the text in the search field have.
#[component]
pub fn OtherChips() -> impl IntoView {
    let state = use_state();
    let chips = Memo::new(move |_| {
        let filter = state.filter.read();
        let searched = search_box::text_of(&filter);
        let is_other = |piece: &Piece| match piece {
            Piece::One(chip) => match Key::from_name(chip.key) {
                Some(Key::Text) => chip.exclude || chip.value != *searched,
                Some(key) => !is_listed(key),
                // The time has a place of its own.
                None => chip.key == "lens",
            },
            Piece::Many(key, _) => !is_listed(*key),
        };
        words::pieces(&filter).into_iter().filter(is_other).collect::<Vec<_>>()
    });
    view! {
        <For each=move || chips.get() key=key_of let:piece>
            {match piece {
                Piece::One(chip) => view! { <OneChip chip/> }.into_any(),
                many @ Piece::Many(..) => view! { <ManyChip many/> }.into_any(),
            }}
        </For>
    }
}

/// A chip that turns from "is" to "is not" stays the same chip, and keeps the focus.
fn key_of(piece: &Piece) -> String {
    match piece {
        Piece::One(chip) => format!("{}={}", chip.key, chip.value.original()),
        Piece::Many(key, values) => format!("{} {values}", key.name()),
    }
}

/// One chip for all values of a key. They can only go together.
#[component]
fn ManyChip(
    /// What it stands for
    many: Piece,
) -> impl IntoView {
    let state = use_state();
    let said = words::piece_text(&many);
    let about = said.clone();
    let remove = move |()| {
        if let Piece::Many(key, _) = many {
            state.refine(|f| f.remove_key(key));
        }
    };
    view! {
        <Popover label=Signal::stored(said) testid="chip-many" about active=Signal::stored(true) clear=Callback::new(remove)>
            <p class="menu_item-note">"They can only be removed together."</p>
        </Popover>
    }
}

/// One chip.
#[component]
fn OneChip(
    /// What it stands for
    chip: Chip,
) -> impl IntoView {
    let state = use_state();
    let about = words::chip_text(&chip);
    let key = Key::from_name(chip.key);
    let chip = StoredValue::new(chip);
    // It may have been turned since.
    let now = Memo::new(move |_| {
        let mut now = chip.get_value();
        now.exclude = key.is_some_and(|key| state.filter.read().excludes(key, now.value.original()));
        now
    });
    let said = Signal::derive(move || words::chip_text(&now.read()));
    let turned_to = move || if now.read().exclude { "Only these clicks" } else { "All but these clicks" };
    let turn = move |()| {
        let chip = now.get_untracked();
        if let Some(key) = key {
            state.pick(key, chip.value.original(), !chip.exclude);
        }
    };
    let remove = move |()| state.refine(|f| f.remove_chip(&now.get_untracked()));
    view! {
        <Popover label=said testid="chip-one" about active=Signal::stored(true) clear=Callback::new(remove)>
            <div class="menu">
                {key.is_some().then(|| view! {
                    <MenuItem label=Signal::derive(move || turned_to().to_owned()) testid="chip-turn" on_press=Callback::new(turn)/>
                })}
                <MenuItem label=Signal::stored("Remove".to_owned()) on_press=Callback::new(remove)/>
            </div>
        </Popover>
    }
}
