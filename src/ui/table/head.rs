//! The headings: each sorts, and says how.

use clicks::model::Field;
use leptos::prelude::*;

use super::TableState;
use crate::platform::page;
use crate::state::{columns, order};

/// Width of the column that opens a click, in pixels; the stylesheet has the same.
const OPEN: u32 = 24;

/// The headings.
#[component]
pub fn Head(
    /// Signals of the table
    table: TableState,
) -> impl IntoView {
    let widths = Memo::new(move |_| {
        table.columns.read().iter().map(|column| shown_width(table, *column)).collect::<Vec<_>>()
    });
    let whole = move || {
        let widths: u32 = widths.read().iter().map(|w| u32::from(*w)).sum();
        format!("{}px", widths + OPEN)
    };
    view! {
        <colgroup>
            <col style:width=format!("{OPEN}px")/>
            {move || widths.read().iter().map(|w| view! { <col style:width=format!("{w}px")/> }).collect_view()}
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

/// Width of a column as it is now, in pixels.
fn shown_width(table: TableState, column: Field) -> u16 {
    let (is_docked, is_tight) = (table.app.is_docked(), table.app.room.is_tight.get());
    columns::width_within(&table.app.columns.read(), column, is_docked, is_tight)
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
        // The toolbar says it; no column is its first key.
        if *order == order::default_order() {
            return None;
        }
        order.iter().position(|k| k.column == Some(column)).map(|at| (at, order[at].descending, order.len()))
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
    // Where the pointer took hold, and how wide the column was.
    let hold = RwSignal::new(None::<(f64, f64)>);
    let take = move |ev: page::PointerEvent| {
        ev.prevent_default();
        page::keep_pointer(&ev);
        let width = untrack(|| shown_width(table, column));
        hold.set(Some((f64::from(ev.client_x()), f64::from(width))));
    };
    let pull = move |ev: page::PointerEvent| {
        if let Some((from, width)) = hold.get_untracked() {
            let width = width + f64::from(ev.client_x()) - from;
            table.app.columns.update(|c| columns::set_width(c, column, width));
        }
    };
    let pinned = (column == Field::User).then_some("pinned");
    view! {
        <th scope="col" aria-sort=aria_sort class=pinned>
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
            <span
                class="click_table-grip"
                aria-hidden="true"
                on:pointerdown=take
                on:pointermove=pull
                on:pointerup=move |_| hold.set(None)
                on:lostpointercapture=move |_| hold.set(None)
                on:dblclick=move |_| table.app.columns.update(|c| columns::reset_width(c, column))
            ></span>
        </th>
    }
}
