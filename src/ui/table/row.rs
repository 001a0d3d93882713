//! One row of the table.

use std::sync::Arc;

use clicks::query::RowsAnswer;
use leptos::prelude::*;

use super::TableState;
use super::cell::{self, Cell};

/// What is known of one row: its place, and its values once they have come.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Place in the table, from 0.
    pub index: u32,
    /// Place in its page.
    pub at: usize,
    /// Number of the question it answers.
    pub generation: u32,
    /// The page.
    pub answer: Option<Arc<RowsAnswer>>,
}

impl Slot {
    /// Same key, same row drawn.
    pub fn key(&self) -> (u32, u32, bool) {
        (self.generation, self.index, self.answer.is_some())
    }

    /// Number of the row in the data.
    pub fn id(&self) -> Option<u32> {
        self.answer.as_ref()?.ids.get(self.at).copied()
    }
}

impl PartialEq for Slot {
    fn eq(&self, other: &Slot) -> bool {
        self.key() == other.key()
    }
}

/// The row. Its clicks are handled by the body of the table.
#[component]
pub fn Row(
    /// Signals of the table
    table: TableState,
    /// What is known of it
    known: Slot,
) -> impl IntoView {
    let (index, id) = (known.index, known.id());
    let is_open = move || id.is_some() && table.app.detail.get() == id;
    // One effect a row, not one a cell: the stylesheet knows which cell has the number.
    let active = move || Some(table.active.get()).filter(|(row, _)| *row == index).map(|(_, column)| column);
    let cells = move || {
        let columns = table.columns.read();
        let cell = |(at, &column): (usize, &clicks::model::Field)| {
            let content = match &known.answer {
                Some(answer) => cell::content(answer, known.at, column, &table.zone.read()),
                None => cell::waiting(),
            };
            view! { <Cell index at column content/> }
        };
        columns.iter().enumerate().map(cell).collect_view()
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
            <td class="click_table-open">
                <button
                    type="button"
                    tabindex="-1"
                    data-testid="row-open"
                    aria-label="Open this click"
                    title="Every field of this click (Enter)"
                >
                    "›"
                </button>
            </td>
            {cells}
        </tr>
    }
}
