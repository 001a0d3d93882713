//! The headings: each sorts, and says how.

use clicks::model::Field;
use leptos::prelude::*;

use super::TableState;
use crate::state::order;

/// Width of a column in pixels.
const fn width(column: Field) -> u16 {
    match column {
        Field::Time => 168,
        Field::User | Field::Sender => 216,
        Field::Url => 340,
        Field::Verdict => 112,
        Field::Action => 150,
        Field::Source => 110,
        Field::Ip => 136,
        Field::Device | Field::Threat => 140,
        Field::RawAction => 172,
        _ => 230,
    }
}

/// The headings.
#[component]
pub fn Head(
    /// Signals of the table
    table: TableState,
) -> impl IntoView {
    let whole = move || {
        let widths: u32 = table.columns.read().iter().map(|c| u32::from(width(*c))).sum();
        format!("{}px", widths + 32)
    };
    view! {
        <colgroup>
            <col style:width="32px"/>
            {move || {
                let columns = table.columns.read();
                columns.iter().map(|c| view! { <col style:width=format!("{}px", width(*c))/> }).collect_view()
            }}
        </colgroup>
        <thead>
            <tr aria-rowindex="1">
                <th scope="col" style:min-width=whole class="click_table-first"><span class="visually-hidden">"Open"</span></th>
                <For each=move || table.columns.get() key=|c| *c let:column>
                    <Heading table column/>
                </For>
            </tr>
        </thead>
    }
}

/// One heading. Shift-click adds a sort key to those there are.
#[component]
fn Heading(
    /// Signals of the table
    table: TableState,
    /// The column
    column: Field,
) -> impl IntoView {
    let sort = move || {
        let order = table.app.order.read();
        order.iter().position(|k| k.column == column).map(|at| (at, order[at].descending, order.len()))
    };
    let aria_sort = move || match sort() {
        Some((0, true, _)) => Some("descending"),
        Some((0, false, _)) => Some("ascending"),
        _ => None,
    };
    let arrow = move || {
        sort().map(|(at, descending, keys)| {
            let arrow = if descending { "↓" } else { "↑" };
            if keys > 1 { format!("{arrow}{}", at + 1) } else { arrow.to_owned() }
        })
    };
    let label = move || match column {
        Field::Time => format!("Date ({})", clicks::model::text::shown(&table.app.zone())),
        other => other.label().to_owned(),
    };
    view! {
        <th scope="col" aria-sort=aria_sort>
            <button
                type="button"
                tabindex="-1"
                data-testid=format!("header-{}", column.name())
                title="Sort. Shift-click adds it to the sort keys"
                on:click=move |ev| table.app.order.update(|o| order::toggle(o, column, ev.shift_key()))
            >
                <span class="click_table-label">{label}</span>
                <span class="click_table-arrow" aria-hidden="true">{arrow}</span>
            </button>
        </th>
    }
}
