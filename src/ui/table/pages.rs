//! The rows that have come from the engine, a page at a time; never many of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use clicks::query::{AskRows, RowsAnswer, RowsParams};
use leptos::prelude::*;

use super::TableState;
use super::row::Slot;
use crate::state::asked::Newest;
use crate::state::{DataRef, order};

/// Rows a page, and rows in print.
pub const PAGE: u32 = 100;
/// Pages kept; the furthest from what is in sight goes first.
const KEPT: usize = 12;

/// The pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Number of the question that these rows answer.
    generation: u32,
    /// Rows in all.
    pub total: u64,
    pages: BTreeMap<u32, Arc<RowsAnswer>>,
}

/// What is asked: other rows when any of it changes.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    data: DataRef,
    filter: String,
    order_by: Vec<String>,
}

impl Pages {
    /// What is known of one row.
    pub fn slot(&self, index: u32) -> Slot {
        let page = self.pages.get(&(index / PAGE));
        let at = (index % PAGE) as usize;
        let answer = page.filter(|p| at < p.rows.len()).map(Arc::clone);
        Slot { index, at, generation: self.generation, answer }
    }

    /// A question has been answered.
    pub fn is_known(&self) -> bool {
        self.generation > 0
    }

    /// The question has been answered, and no row passes.
    pub fn is_known_empty(&self) -> bool {
        self.is_known() && self.total == 0
    }

    fn take(&mut self, generation: u32, page: u32, answer: RowsAnswer) {
        if generation != self.generation {
            self.pages.clear();
            self.generation = generation;
        }
        self.total = answer.total;
        self.pages.insert(page, Arc::new(answer));
        while self.pages.len() > KEPT {
            let far = |p: &u32| p.abs_diff(page);
            // The first page stays: it is what is printed.
            let Some(furthest) = self.pages.keys().copied().filter(|p| *p > 0).max_by_key(far) else {
                break;
            };
            self.pages.remove(&furthest);
        }
    }
}

/// Asks for the pages in sight, one at a time: what has scrolled by meanwhile is not asked for.
pub fn keep(table: TableState) {
    let app = table.app;
    let question = Memo::new(move |_| {
        let data = app.load.read().askable()?;
        let order_by = order::names(&app.order.read());
        Some(Question { data, filter: app.filter.read().to_string(), order_by })
    });
    let newest = Newest::default();
    let turn = StoredValue::new(newest.begin());
    // The page that has been asked for, and of which question.
    let asked = RwSignal::new(None::<(u32, u32)>);

    Effect::new(move |before: Option<Option<Question>>| {
        let now = question.get();
        if before.flatten() != now {
            turn.set_value(newest.begin());
            asked.set(None);
        }
        now
    });
    Effect::new(move || {
        let Some(question) = question.get() else {
            return;
        };
        let turn = turn.get_value();
        let now = turn.number();
        if asked.get().is_some_and(|(of, _)| of == now) {
            return;
        }
        let Some(page) = next_page(table, now) else {
            return;
        };
        asked.set(Some((now, page)));
        let rows = AskRows(RowsParams {
            filter: question.filter,
            order_by: question.order_by,
            limit: Some(PAGE),
            offset: page * PAGE,
            ..RowsParams::default()
        });
        turn.ask(app, question.data.token, &rows, move |answer| match answer {
            Ok(rows) => {
                receive(table, now, page, rows);
                asked.set(None);
            }
            Err(failure) => app.failure.set(Some(failure)),
        });
    });
}

/// The first page in sight that has not come; the first page of all under a new question.
fn next_page(table: TableState, generation: u32) -> Option<u32> {
    let rows = table.window.read().rows();
    let pages = table.pages.read();
    if pages.generation != generation {
        return Some(0);
    }
    let last = rows.end.saturating_sub(1) / PAGE;
    (rows.start / PAGE..=last).find(|p| p * PAGE < rows.end && !pages.pages.contains_key(p))
}

fn receive(table: TableState, generation: u32, page: u32, rows: RowsAnswer) {
    let is_new = table.pages.read_untracked().generation != generation;
    let total = u32::try_from(rows.total).unwrap_or(u32::MAX);
    table.pages.update(|p| p.take(generation, page, rows));
    if is_new {
        table.window.update(|w| w.restart(total));
        table.active.update(|a| a.0 = 0);
        if let Some(element) = table.scroller.get_untracked() {
            element.set_scroll_top(0);
        }
    }
}
