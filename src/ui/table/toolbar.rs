//! What can be done with the table as a whole.

use leptos::prelude::*;

use super::TableState;
use super::columns_menu::ColumnsMenu;
use super::sort_menu::SortMenu;
use crate::platform::page;
use crate::state::order;
use crate::ui::later::NOT_YET;
use crate::ui::scrolled::PAGE;
use crate::ui::words;

/// Heading and columns.
#[component]
pub fn Toolbar(
    /// Signals of the table
    table: TableState,
) -> impl IntoView {
    let total = Memo::new(move |_| table.rows.pages.read().total);
    let count = move || {
        if table.rows.pages.read().is_known() {
            format!("{} in view", words::number(total.get()))
        } else {
            NOT_YET.to_owned()
        }
    };
    let printed = move || match total.get() {
        all if all > u64::from(PAGE) => {
            let all = words::counted(all, "click", "clicks");
            format!("first {PAGE} of {all}, in the order in view; the CSV export has them all")
        }
        all => format!("all {}", words::counted(all, "click", "clicks")),
    };
    let folded = Memo::new(move |_| table.app.folded_columns().len() as u64);
    let is_by_risk = move || *table.app.order.read() == order::default_order();
    view! {
        <div class="panel-head click_table-tools">
            <h2>"Clicks"</h2>
            <span class="click_table-count">{count}</span>
            <Show
                when=is_by_risk
                fallback=move || view! {
                    <button class="link" type="button" title="What was reached first, then what was stopped; the newest of each first"
                        on:click=move |_| table.app.order.set(order::default_order())>"Gravest first"</button>
                }
            >
                <span class="click_table-count click_table-order">"gravest first, then newest"</span>
            </Show>
            {move || (folded.get() > 0 && !table.has_cards.get()).then(|| view! {
                <button class="link" type="button" title="They are in the menu of the columns" on:click=move |_| page::press("columns-button")>
                    {format!("{} not in this export", words::counted(folded.get(), "column", "columns"))}
                </button>
            })}
            <span class="click_table-printed">{printed}</span>
            <div class="panel-tools">
                {move || match table.has_cards.get() {
                    true => view! { <SortMenu table/> }.into_any(),
                    false => view! { <ColumnsMenu table/> }.into_any(),
                }}
            </div>
        </div>
    }
}
