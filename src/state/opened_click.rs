//! The click whose detail is open, and the way to the next one.

use leptos::prelude::*;

use super::AppState;

/// A click that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedClick {
    /// Row of the data.
    pub row: u32,
    /// Its place in the list that is shown.
    pub place: Place,
    /// Somebody went there to read it. Without, it follows what is pressed in the table.
    pub takes_focus: bool,
}

/// Where an open click stands in the list that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nobody knows, or no list is shown.
    #[default]
    Unknown,
    /// Nowhere among so many: it does not pass the filters.
    Nowhere(u32),
    /// From 0, and how many there are.
    At(u32, u32),
}

/// Opens the click so many places further on.
pub type Walk = Callback<i64>;

impl AppState {
    /// Opens the next click of the list, or the one before.
    pub fn walk(&self, by: i64) {
        if let Some(walk) = self.walker.get_untracked() {
            walk.run(by);
        }
    }

    /// Offers the way from one click to the next, for as long as the caller is there.
    pub fn offer_walk(&self, walk: impl Fn(i64) + Send + Sync + 'static) {
        let (walker, walk) = (self.walker, Walk::new(walk));
        walker.set(Some(walk));
        let state = *self;
        on_cleanup(move || {
            walker.try_set(None);
            state.forget_place();
        });
    }

    /// The list is another: where the click that is open stands in it is not known.
    pub fn forget_place(&self) {
        self.detail.try_maybe_update(|open| {
            let before = open.as_mut().map(|click| std::mem::take(&mut click.place));
            (before.is_some_and(|place| place != Place::Unknown), ())
        });
    }
}
