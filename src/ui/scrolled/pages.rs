//! The rows that have come from the engine, a page at a time; never many of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use clicks::ask::Ask;
use leptos::prelude::*;

use super::Scrolled;
use crate::state::asked::Newest;
use crate::state::{AppState, DataRef};

/// Rows a page, and rows in print.
pub const PAGE: u32 = 100;
/// Pages kept; the furthest from what is in sight goes first.
const KEPT: usize = 12;

/// An answer that holds some rows of a list.
pub trait Page: Send + Sync + 'static {
    /// Rows of the whole list.
    fn total(&self) -> u64;
    /// Rows in it.
    fn rows(&self) -> usize;
}

/// What is known of one row: its place, and its values once they have come.
pub struct Slot<A> {
    /// Place in the list, from 0.
    pub index: u32,
    /// Place in its page.
    pub at: usize,
    /// Number of the question it answers.
    generation: u32,
    /// The page.
    pub answer: Option<Arc<A>>,
}

impl<A> Slot<A> {
    /// Same key, same row drawn.
    pub fn key(&self) -> (u32, u32, bool) {
        (self.generation, self.index, self.answer.is_some())
    }
}

impl<A> Clone for Slot<A> {
    fn clone(&self) -> Slot<A> {
        Slot { answer: self.answer.clone(), ..*self }
    }
}

impl<A> PartialEq for Slot<A> {
    fn eq(&self, other: &Slot<A>) -> bool {
        self.key() == other.key()
    }
}

/// The pages.
pub struct Pages<A> {
    /// Number of the question that these rows answer.
    generation: u32,
    /// Rows in all.
    pub total: u64,
    pages: BTreeMap<u32, Arc<A>>,
}

impl<A> Default for Pages<A> {
    fn default() -> Pages<A> {
        Pages { generation: 0, total: 0, pages: BTreeMap::new() }
    }
}

impl<A: Page> Pages<A> {
    /// What is known of one row.
    pub fn slot(&self, index: u32) -> Slot<A> {
        let page = self.pages.get(&(index / PAGE));
        let at = (index % PAGE) as usize;
        let answer = page.filter(|p| at < p.rows()).map(Arc::clone);
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

    fn take(&mut self, generation: u32, page: u32, answer: A) {
        if generation != self.generation {
            self.pages.clear();
            self.generation = generation;
        }
        self.total = answer.total();
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

impl<A: Page> Scrolled<A> {
    /// Asks for the pages in sight, one at a time: what has scrolled by meanwhile is not asked for. Other rows come
    /// when the question changes; `from` makes the one for [`PAGE`] rows of it from a place on.
    pub fn keep<T, Q>(self, app: AppState, question: Memo<Option<(DataRef, T)>>, from: fn(&T, u32) -> Q)
    where
        T: PartialEq + Clone + Send + Sync + 'static,
        Q: Ask<Answer = A> + 'static,
    {
        let newest = Newest::default();
        let turn = StoredValue::new(newest.begin());
        // The page that has been asked for, and of which question.
        let asked = RwSignal::new(None::<(u32, u32)>);

        Effect::new(move |before: Option<Option<(DataRef, T)>>| {
            let now = question.get();
            if before.flatten() != now {
                turn.set_value(newest.begin());
                asked.set(None);
            }
            now
        });
        Effect::new(move || {
            let Some((data, question)) = question.get() else {
                return;
            };
            let turn = turn.get_value();
            let now = turn.number();
            if asked.get().is_some_and(|(of, _)| of == now) {
                return;
            }
            let Some(page) = self.next_page(now) else {
                return;
            };
            asked.set(Some((now, page)));
            turn.ask(app, data.token, &from(&question, page * PAGE), move |answer| match answer {
                Ok(rows) => {
                    self.receive(now, page, rows);
                    asked.set(None);
                }
                Err(failure) => app.failure.set(Some(failure)),
            });
        });
    }

    /// The first page in sight that has not come; the first page of all under a new question.
    fn next_page(self, generation: u32) -> Option<u32> {
        let rows = self.window.read().rows();
        let pages = self.pages.read();
        if pages.generation != generation {
            return Some(0);
        }
        let last = rows.end.saturating_sub(1) / PAGE;
        (rows.start / PAGE..=last).find(|p| p * PAGE < rows.end && !pages.pages.contains_key(p))
    }

    fn receive(self, generation: u32, page: u32, rows: A) {
        let is_new = self.pages.read_untracked().generation != generation;
        let total = u32::try_from(rows.total()).unwrap_or(u32::MAX);
        self.pages.update(|p| p.take(generation, page, rows));
        if is_new {
            self.window.update(|w| w.restart(total));
            self.active.update(|a| a.0 = 0);
            if let Some(element) = self.scroller.get_untracked() {
                element.set_scroll_top(0);
            }
        }
    }
}
