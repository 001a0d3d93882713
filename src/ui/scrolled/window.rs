//! What part of the table is in sight. Plain arithmetic, no browser.
//!
//! Browsers stop laying out somewhere above 16 million pixels, which is 500,000 rows. So the scrolled
//! element is never higher than [`HIGHEST`]; in a longer table a small step of the scroll bar moves by
//! itself, and a large one moves in proportion.

use std::ops::Range;

/// Largest height of the scrolled element.
const HIGHEST: f64 = 6_000_000.0;
/// Rows drawn above and below those in sight.
const SPARE: u32 = 6;

/// The part in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// Rows in all.
    pub total: u32,
    /// Height of the head in pixels; the stylesheet has the same.
    head: f64,
    /// Height of a row in pixels; the list tells it to the stylesheet.
    row: f64,
    /// Height of the element in pixels, head included.
    outer: f64,
    /// Where the browser has scrolled to.
    scroll: f64,
    /// Where that is in a table without any limit of height.
    top: f64,
}

impl Window {
    /// Under a head of so many pixels, with rows of so many.
    pub fn new(head: f64, row: f64) -> Window {
        Window { head, row, ..Window::default() }
    }

    /// Head and rows are of other heights; what was at the top stays there.
    pub fn set_heights(&mut self, head: f64, row: f64) -> f64 {
        let first = self.top / self.row;
        (self.head, self.row) = (head, row);
        self.top = (first * row).clamp(0.0, self.furthest());
        self.scroll = self.top * self.share();
        self.scroll
    }

    /// Height of the element in pixels, without the head.
    fn height(&self) -> f64 {
        (self.outer - self.head).max(0.0)
    }

    /// Pixels of the browser for one of the table.
    fn share(&self) -> f64 {
        if self.is_scaled() { self.furthest_scroll() / self.furthest() } else { 1.0 }
    }

    /// Height of all rows.
    fn full(&self) -> f64 {
        f64::from(self.total) * self.row
    }

    /// Height of all rows as the browser sees it.
    fn laid_out(&self) -> f64 {
        self.full().min(HIGHEST)
    }

    fn furthest(&self) -> f64 {
        (self.full() - self.height()).max(0.0)
    }

    fn furthest_scroll(&self) -> f64 {
        (self.laid_out() - self.height()).max(0.0)
    }

    fn is_scaled(&self) -> bool {
        self.full() > HIGHEST
    }

    /// The element has another height, the head included.
    pub fn resize(&mut self, height: f64) {
        self.outer = height;
    }

    /// There is another number of rows; back to the first one.
    pub fn restart(&mut self, total: u32) {
        self.total = total;
        (self.scroll, self.top) = (0.0, 0.0);
    }

    /// The browser has scrolled.
    pub fn scrolled(&mut self, scroll: f64) {
        let scroll = scroll.clamp(0.0, self.furthest_scroll());
        let step = scroll - self.scroll;
        self.top = if !self.is_scaled() {
            scroll
        } else if scroll <= 0.0 {
            0.0
        } else if scroll >= self.furthest_scroll() - 1.0 {
            self.furthest()
        } else if step.abs() < 2.0 * self.height().max(self.row) {
            (self.top + step).clamp(0.0, self.furthest())
        } else {
            scroll / self.furthest_scroll() * self.furthest()
        };
        self.scroll = scroll;
    }

    /// Where the browser has to scroll to, so that this row is in sight; none when it is already.
    pub fn reveal(&mut self, row: u32) -> Option<f64> {
        let from = f64::from(row) * self.row;
        let top = if from < self.top {
            from
        } else if from + self.row > self.top + self.height() {
            from + self.row - self.height()
        } else {
            return None;
        };
        self.top = top.clamp(0.0, self.furthest());
        self.scroll = self.top * self.share();
        Some(self.scroll)
    }

    /// Rows that fit.
    pub fn fits(&self) -> u32 {
        (self.height() / self.row) as u32
    }

    /// First and last row in sight, from 0.
    pub fn in_sight(&self) -> Range<u32> {
        let first = ((self.top / self.row) as u32).min(self.total);
        let last = (((self.top + self.height()) / self.row).ceil() as u32).clamp(first, self.total);
        first..last
    }

    /// Rows to draw, from 0.
    pub fn rows(&self) -> Range<u32> {
        let Range { start, end } = self.in_sight();
        start.saturating_sub(SPARE)..end.saturating_add(SPARE).min(self.total)
    }

    /// Room for the rows above.
    pub fn pad_above(&self) -> f64 {
        (self.scroll - (self.top - f64::from(self.rows().start) * self.row)).max(0.0)
    }

    /// Room for the rows below.
    pub fn pad_below(&self) -> f64 {
        let rows = self.rows();
        let drawn = f64::from(rows.end - rows.start) * self.row;
        (self.laid_out() - self.pad_above() - drawn).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(total: u32) -> Window {
        let mut window = Window::new(32.0, 30.0);
        window.resize(632.0);
        window.restart(total);
        window
    }

    #[test]
    fn window_ten_million_rows_reaches_the_last_one() {
        let mut w = window(10_000_000);
        w.scrolled(f64::MAX);
        assert_eq!(w.in_sight(), 9_999_980..10_000_000);
        w.scrolled(0.0);
        assert_eq!(w.in_sight().start, 0);
    }

    #[test]
    fn window_ten_million_rows_small_steps_skip_none() {
        let mut w = window(10_000_000);
        w.scrolled(90.0);
        assert_eq!(w.in_sight().start, 3);
        w.scrolled(3_000_000.0);
        let there = w.in_sight().start;
        assert!((4_999_000..5_001_000).contains(&there), "{there}");
        w.scrolled(3_000_030.0);
        assert_eq!(w.in_sight().start, there + 1);
    }

    #[test]
    fn window_reveal_brings_a_row_into_sight_once() {
        for total in [200, 10_000_000] {
            let mut w = window(total);
            assert!(w.reveal(150).is_some());
            assert!(w.in_sight().contains(&150));
            assert!(w.reveal(150).is_none());
        }
    }

    #[test]
    fn window_other_heights_keep_the_first_row() {
        for total in [1000, 10_000_000] {
            let mut w = window(total);
            let scroll = w.reveal(700).unwrap_or_default();
            w.scrolled(scroll);
            let first = w.in_sight().start;
            let scroll = w.set_heights(0.0, 24.0);
            assert_eq!(w.in_sight().start, first);
            w.scrolled(scroll);
            assert_eq!(w.in_sight().start, first);
        }
    }

    #[test]
    fn window_pads_and_rows_fill_the_height() {
        let mut w = window(1000);
        w.scrolled(15_000.0);
        let drawn = f64::from(w.rows().end - w.rows().start) * 30.0;
        assert_eq!(w.pad_above() + drawn + w.pad_below(), 30_000.0);
    }
}
