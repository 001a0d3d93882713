//! Long lists under one scroll bar: what is in sight is asked for, a page at a time.
//!
//! Owns which rows are in sight, which have come, and how the keys move among them. Must not know what a row is.

mod keys;
mod pages;
mod scroll;
mod unanswered;
mod window;

use leptos::html;
use leptos::prelude::*;

pub use self::keys::{Step, step_of};
pub use self::pages::{PAGE, Page, Pages, Slot};
use self::scroll::{apart, on_scroll};
pub use self::unanswered::Unanswered;
pub use self::window::Window;
use crate::platform::{page, resize};

/// Signals of one such list, whose rows come in answers of this type.
pub struct Scrolled<A: Page> {
    /// Rows that have come.
    pub pages: RwSignal<Pages<A>>,
    /// What part is in sight.
    pub window: RwSignal<Window>,
    /// Row and column that the keys act on.
    pub active: RwSignal<(u32, usize)>,
    /// The element that scrolls.
    pub scroller: NodeRef<html::Div>,
    /// The table in it, which takes the keys.
    pub grid: NodeRef<html::Table>,
    /// The browser has scrolled, and nobody has looked yet.
    due: StoredValue<bool>,
}

impl<A: Page> Clone for Scrolled<A> {
    fn clone(&self) -> Scrolled<A> {
        *self
    }
}

impl<A: Page> Copy for Scrolled<A> {}

impl<A: Page> Scrolled<A> {
    /// An empty list whose head and rows are so many pixels high; it measures itself for as long as its owner is
    /// there.
    pub fn new(heights: Memo<(f64, f64)>) -> Scrolled<A> {
        let (head, row) = heights.get_untracked();
        let list = Scrolled {
            pages: RwSignal::new(Pages::default()),
            window: RwSignal::new(Window::new(head, row)),
            active: RwSignal::new((0, 0)),
            scroller: NodeRef::new(),
            grid: NodeRef::new(),
            due: StoredValue::new(false),
        };
        let watch = StoredValue::new_local(None);
        Effect::new(move || {
            if let Some(element) = list.scroller.get() {
                watch.set_value(Some(resize::on_resize(&element, move |height| {
                    apart(move || list.window.try_update(|w| w.resize(height)));
                })));
            }
        });
        Effect::new(move |before: Option<(f64, f64)>| {
            let now = heights.get();
            if before.is_some_and(|before| before != now) {
                let scroll = list.window.try_update(|w| w.set_heights(now.0, now.1));
                // Once the rows have their new height.
                apart(move || list.scroll_to(scroll));
            }
            now
        });
        list
    }

    /// Gives the keys to the list.
    pub fn take_focus(self) {
        if let Some(grid) = self.grid.try_get_untracked().flatten() {
            page::focus(&grid);
        }
    }

    /// Row and column of the active cell, while it is drawn: what is not in the document cannot be pointed at.
    pub fn drawn_active(self) -> Option<(u32, usize)> {
        let active = self.active.get();
        self.window.read().rows().contains(&active.0).then_some(active)
    }

    fn scroll_to(self, scroll: Option<f64>) {
        if let (Some(scroll), Some(element)) = (scroll, self.scroller.try_get_untracked().flatten()) {
            element.set_scroll_top(scroll as i32);
        }
    }

    /// To be called when the browser has scrolled the element.
    pub fn on_scroll(self) {
        on_scroll(self);
    }

    /// What is known of the rows to draw: those in sight, or on paper the first ones.
    pub fn slots(self, on_paper: bool) -> Vec<Slot<A>> {
        let window = self.window.read();
        let rows = if on_paper { 0..window.total.min(PAGE) } else { window.rows() };
        self.pages.with(|pages| rows.map(|index| pages.slot(index)).collect())
    }

    /// Moves the active cell of a list of so many columns and brings its row into sight.
    pub fn go(self, step: Step, columns: usize) {
        let (row, column) = self.active.get_untracked();
        let last_row = i64::from(self.window.read_untracked().total) - 1;
        let row = i64::from(row).saturating_add(step.rows).clamp(0, last_row.max(0));
        let column = (column as i64).saturating_add(step.columns).clamp(0, (columns as i64 - 1).max(0));
        let row = u32::try_from(row).unwrap_or_default();
        self.active.set((row, usize::try_from(column).unwrap_or_default()));
        self.scroll_to(self.window.try_update(|w| w.reveal(row)).flatten());
    }
}
