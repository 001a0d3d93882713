//! One row of the table.

use clicks::model::Field;
use clicks::query::RowsAnswer;
use leptos::prelude::*;

use super::TableState;
use super::card::Card;
use super::cell::{self, Cell};
use crate::ui::scrolled::Slot;

/// Number of the row in the data.
pub fn id(slot: &Slot<RowsAnswer>) -> Option<u32> {
    slot.answer.as_ref()?.ids.get(slot.at).copied()
}

/// The row. Its clicks are handled by the body of the table.
#[component]
pub fn Row(
    /// Signals of the table
    table: TableState,
    /// What is known of it
    known: Slot<RowsAnswer>,
) -> impl IntoView {
    let (index, id) = (known.index, id(&known));
    let is_open = move || id.is_some() && table.app.detail.read().map(|click| click.row) == id;
    // One effect a row, not one a cell: the stylesheet knows which cell has the number.
    let active =
        move || Some(table.rows.active.get()).filter(|(row, _)| *row == index).map(|(_, column)| column);
    let cells = move || {
        if table.has_cards.get() {
            return view! { <Card table known=known.clone()/> }.into_any();
        }
        let columns = table.columns.read();
        let cell = |(at, &column): (usize, &Field)| {
            let content = match &known.answer {
                Some(answer) => cell::content(answer, known.at, column, &table.zone.read()),
                None => cell::waiting(),
            };
            view! { <Cell index at column content/> }
        };
        let cells = columns.iter().enumerate().map(cell).collect_view();
        view! {
            <td class="click_table-open">
                <button type="button" tabindex="-1" data-testid="row-open" aria-label="Open this click" title="Every field of this click (Enter)">
                    "›"
                </button>
            </td>
            {cells}
        }
        .into_any()
    };
    view! {
        <tr
            class="click_table-row"
            class:open=is_open
            data-testid="row"
            data-row=index
            data-active=active
            aria-rowindex=u64::from(index) + 2
        >
            {cells}
        </tr>
    }
}
