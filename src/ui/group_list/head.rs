//! The headings: each sorts, and says what its number is of all clicks in view.

use clicks::query::Dashboard;
use leptos::prelude::*;

use super::ListState;
use super::columns::Column;
use crate::state::GroupOrder;
use crate::ui::words;

/// The headings.
#[component]
pub fn Head(
    /// Signals of the list
    list: ListState,
) -> impl IntoView {
    let name = list.def.field.name();
    let heading = list.def.field.label();
    view! {
        <thead>
            <tr aria-rowindex="1">
                <th scope="col" class="group_list-name" aria-sort=move || direction(list, name)>
                    <Sort list by=name label=heading means="Sort by name"/>
                </th>
                {list.def.columns.iter().map(|column| view! { <Heading list column/> }).collect_view()}
            </tr>
        </thead>
    }
}

/// One heading of a number.
#[component]
fn Heading(
    /// Signals of the list
    list: ListState,
    /// What it is
    column: &'static Column,
) -> impl IntoView {
    let in_view = move || {
        let dashboard = list.app.dashboard.read();
        let left_out = |d: &Dashboard| match list.def.counts_people() {
            true => (column.of_machines)(&d.left_out),
            false => 0,
        };
        dashboard.as_ref().and_then(|d| {
            let n = (column.in_view)(d)?.saturating_sub(left_out(d));
            Some(match (column.is_partial(d), n) {
                (true, 0) => words::absent_from(d).to_owned(),
                (true, n) => format!("≥ {} in view", words::number(n)),
                (false, n) => format!("{} in view", words::number(n)),
            })
        })
    };
    view! {
        <th scope="col" data-measure=column.measure aria-sort=move || direction(list, column.measure)>
            <Sort list by=column.measure label=column.label means=column.means/>
            <span class="group_list-all">{move || in_view().unwrap_or_else(|| column.note.to_owned())}</span>
        </th>
    }
}

fn direction(list: ListState, by: &str) -> Option<&'static str> {
    let order = list.order.get();
    (order.by == by).then_some(if order.descending { "descending" } else { "ascending" })
}

/// The button of a heading.
#[component]
fn Sort(
    /// Signals of the list
    list: ListState,
    /// What it sorts by
    by: &'static str,
    /// Its text
    label: &'static str,
    /// What the number means
    means: &'static str,
) -> impl IntoView {
    let field = list.def.field;
    let sort = move |_| {
        let order = list.order.get_untracked();
        // Numbers begin with the most, names with A.
        let descending = if order.by == by { !order.descending } else { by != field.name() };
        list.app.group_orders.set(GroupOrder { page: list.def.page, by, descending });
    };
    let arrow = move || {
        let order = list.order.get();
        (order.by == by).then_some(if order.descending { "↓" } else { "↑" })
    };
    view! {
        <button type="button" title=means data-testid=format!("sort-{by}") on:click=sort>
            <span>{label}</span>
            <span class="group_list-arrow" aria-hidden="true">{arrow}</span>
        </button>
    }
}
