//! Everything that narrows the clicks in view.

use clicks::model::Field;
use clicks::query::Key;
use leptos::prelude::*;

use super::{Chips, DateRange, FacetMenu, Scope, SearchBox, ZonePicker};

/// Menus, in the order an analyst reaches for them.
const MENUS: [Key; 9] = [
    Key::Is(Field::Verdict),
    Key::Is(Field::Action),
    Key::Is(Field::Source),
    Key::Is(Field::Threat),
    Key::Is(Field::User),
    Key::Is(Field::Host),
    Key::Is(Field::Ip),
    Key::Is(Field::Tenant),
    Key::Is(Field::RawAction),
];

/// The bar: search and time, the menus, the chips. On a narrow screen the menus hide behind one button.
#[component]
pub fn FilterBar() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section class="filter_bar" class:open=move || open.get() aria-label="Filters">
            <div class="filter_bar-row">
                <SearchBox/>
                <button
                    class="btn filter_bar-more"
                    type="button"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|o| *o = !*o)
                >
                    "Filters"
                </button>
                <div class="filter_bar-time"><DateRange/></div>
                <div class="filter_bar-zone"><ZonePicker/></div>
                <Scope/>
            </div>
            <div class="filter_bar-row filter_bar-menus">
                {MENUS.map(|key| view! { <FacetMenu key/> }).collect_view()}
                <Chips/>
            </div>
        </section>
    }
}
