//! How the cards of a phone are sorted: they have no headings to press.

use clicks::model::Field;
use leptos::prelude::*;

use super::TableState;
use crate::state::{SortKey, order};
use crate::ui::{MenuItem, Popover};

/// The menu.
#[component]
pub fn SortMenu(
    /// Signals of the table
    table: TableState,
) -> impl IntoView {
    let orders = StoredValue::new([
        ("Gravest first", order::default_order()),
        ("Newest first", vec![order::by_column(Field::Time, true)]),
        ("Oldest first", vec![order::by_column(Field::Time, false)]),
        ("By user", vec![order::by_column(Field::User, false), order::by_column(Field::Time, true)]),
        ("By host", vec![order::by_column(Field::Host, false), order::by_column(Field::Time, true)]),
    ]);
    let choice = move |(label, keys): (&'static str, Vec<SortKey>)| {
        let keys = StoredValue::new(keys);
        view! {
            <MenuItem
                label=Signal::stored(label.to_owned())
                pressed=Signal::derive(move || keys.with_value(|keys| *table.app.order.read() == *keys))
                on_press=Callback::new(move |()| table.app.order.set(keys.get_value()))
            />
        }
    };
    view! {
        <Popover label=Signal::stored("Sort".to_owned()) testid="sort-button" about="Order of the clicks">
            <div class="menu">{orders.get_value().map(choice).collect_view()}</div>
        </Popover>
    }
}
