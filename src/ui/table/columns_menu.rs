//! Which columns are shown, and in which order.

use clicks::model::Field;
use leptos::prelude::*;

use super::TableState;
use crate::state::AppState;
use crate::state::columns;
use crate::ui::Popover;

/// The menu.
#[component]
pub fn ColumnsMenu(
    /// Signals of the table
    table: TableState,
) -> impl IntoView {
    let app = table.app;
    view! {
        <Popover
            label=Signal::stored("Columns".to_owned())
            testid="columns-button"
            about="Columns of the table"
        >
            <ul class="columns_menu">
                <For each=move || app.columns.get() key=|c| c.column let:choice>
                    <Choice app column=choice.column/>
                </For>
            </ul>
            <label class="columns_menu-rows">
                <input
                    type="checkbox"
                    data-testid="roomy"
                    prop:checked=move || app.room.is_roomy.get()
                    on:change:target=move |ev| app.room.set_roomy(ev.target().checked())
                />
                "Roomy rows"
            </label>
            <button class="link" type="button" on:click=move |_| app.columns.set(columns::default_columns())>
                "Reset columns"
            </button>
        </Popover>
    }
}

/// One column: shown or not, and its place.
#[component]
fn Choice(
    /// The state of the page
    app: AppState,
    /// The column
    column: Field,
) -> impl IntoView {
    let shown = move || {
        let data = app.data();
        let columns = app.columns.read();
        let choice = columns.iter().find(|c| c.column == column);
        choice.is_some_and(|c| columns::is_visible(*c, data.as_ref().map(|d| &*d.opened)))
    };
    let show = move |on: bool| app.columns.update(|c| columns::show(c, column, on));
    let is_absent = move || app.folded_columns().contains(&column);
    let shift = move |by| {
        app.columns.update(|columns| columns::shift(columns, column, by));
    };
    view! {
        <li class="columns_menu-one">
            <label>
                <input
                    type="checkbox"
                    data-testid=format!("column-{}", column.name())
                    prop:checked=shown
                    on:change:target=move |ev| show(ev.target().checked())
                />
                <span>
                    {column.label()}
                    {move || is_absent().then(|| view! { <span class="absent">" not in this export"</span> })}
                </span>
            </label>
            <button type="button" data-beside aria-label=format!("{} one place to the left", column.label()) on:click=move |_| shift(-1)>"↑"</button>
            <button type="button" data-beside aria-label=format!("{} one place to the right", column.label()) on:click=move |_| shift(1)>"↓"</button>
        </li>
    }
}
