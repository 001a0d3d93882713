//! Everything that narrows the clicks in view, in one row: each part is a chip that is its own menu.

mod add_filter;
mod chips;
mod facet_menu;
mod facet_option;
mod period;
mod scope;
mod search_box;
mod whom;

use clicks::model::Field;
use clicks::query::{Key, Whom};
use leptos::html;
use leptos::prelude::*;

use self::add_filter::AddFilter;
use self::chips::OtherChips;
use self::facet_menu::FacetMenu;
use self::facet_menu::{is_listed, is_of_groups};
use self::period::Period;
use self::scope::Scope;
use self::search_box::SearchBox;
use self::whom::WhomSwitch;
use super::{rescue_focus, words};
use crate::platform::{page, resize};
use crate::state::use_state;

/// Menus that are always there, in the order an analyst reaches for them.
static PINNED: [Key; 4] =
    [Key::Is(Field::Verdict), Key::Is(Field::Action), Key::Is(Field::Source), Key::Is(Field::User)];

/// Height of the header in pixels; the stylesheet has the same.
const HEADER: f64 = 49.0;

/// The bar. On a narrow screen all but how many clicks are in view hides behind one button.
#[component]
pub fn FilterBar() -> impl IntoView {
    let state = use_state();
    let open = RwSignal::new(false);
    // Menus that somebody asked for, and those with something in force.
    let asked = RwSignal::new(Vec::<Key>::new());
    let menus = Memo::new(move |_| {
        let filter = state.filter.read();
        let asked = asked.read();
        Key::all()
            .filter(|key| is_listed(*key) && !PINNED.contains(key))
            .filter(|key| is_of_groups(state, *key) || filter.has_key(*key) || asked.contains(key))
            // The switch says it.
            .filter(|key| {
                *key != Key::Is(Field::Automation) || Whom::of(&filter).is_none() || asked.contains(key)
            })
            .collect::<Vec<_>>()
    });
    let whole = NodeRef::<html::Section>::new();
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(element) = whole.get() {
            // What stays at the top: this bar under the header.
            let tell = |height| page::set_length("--bars", height + HEADER);
            watch.set_value(Some(resize::on_resize(&element, tell)));
        }
    });
    let filters = move || match words::pieces(&state.filter.read()).len() {
        0 => "Filters".to_owned(),
        n => format!("Filters ({n})"),
    };
    let menu = move |key: Key| {
        let starts_open = asked.read_untracked().last() == Some(&key);
        view! { <FacetMenu key starts_open/> }
    };
    view! {
        <section node_ref=whole class="filter_bar" class:open=move || open.get() aria-label="Filters">
            <button
                class="btn filter_bar-more"
                type="button"
                data-testid="filters-button"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|o| *o = !*o)
            >
                {filters}
            </button>
            <SearchBox/>
            <div class="filter_bar-chips" data-testid="chips" role="group" aria-label="Filters">
                <Period/>
                <WhomSwitch/>
                {PINNED.map(|key| view! { <FacetMenu key/> }).collect_view()}
                <For each=move || menus.get() key=|key| *key let:key>{menu(key)}</For>
                <OtherChips/>
                <AddFilter asked pinned=&PINNED/>
                <Show when=move || !state.filter.read().is_empty()>
                    <button
                        class="link filter_bar-clear"
                        type="button"
                        data-testid="clear-all"
                        on:click=move |_| {
                            state.refine(clicks::query::Filter::clear);
                            rescue_focus();
                        }
                    >
                        "Clear all"
                    </button>
                </Show>
            </div>
            <Scope/>
        </section>
    }
}
