//! The overview on paper: first a page for who decides, at the end only the rows that matter. Not on screen.
//!
//! Owns which numbers these are, who reached what, what is recommended, and the rows that were reached. Must not count:
//! every number is one of the dashboard, and who reached a page that is not safe, as is known today, is who needs action.
//!
//! It is all there beforehand, unseen: nothing can be waited for when a browser begins to print, and Firefox copies the
//! page before anything is drawn anew. It follows the numbers a moment after them, to be in nobody's way.

mod advice;
mod findings;
mod numbers;
mod rows;

use std::sync::Arc;
use std::time::Duration;

use clicks::import::Gap;
use clicks::query::{Dashboard, RowsAnswer};
use insights::Worklist;
use leptos::prelude::*;

use super::tile::Known;
use super::tile_texts;
use crate::state::asked::Newest;
use crate::state::use_state;
use crate::ui::words;

pub use self::findings::PaperFindings;
pub use self::numbers::PaperNumbers;
pub use self::rows::PaperRows;

/// How long the page is left alone after the numbers have come.
const AFTER: Duration = Duration::from_millis(400);

/// What stands on the paper.
#[derive(Clone, Copy)]
pub struct Paper {
    /// The numbers.
    dashboard: RwSignal<Option<Arc<Dashboard>>>,
    /// The rows of the same clicks, once they have come.
    rows: RwSignal<Option<Arc<RowsAnswer>>>,
    /// Who needs action.
    list: RwSignal<Option<Arc<Worklist>>>,
}

impl Paper {
    /// A paper that follows the numbers for as long as its owner is there.
    pub fn new() -> Paper {
        let state = use_state();
        let list = state.worklist;
        let paper = Paper { dashboard: RwSignal::new(None), rows: RwSignal::new(None), list };
        let newest = Newest::default();
        Effect::new(move || {
            let now = state.dashboard.get();
            let turn = newest.begin();
            let follow = move || {
                if turn.is_newest() {
                    paper.show(now.clone());
                    if let Some(question) = now.as_deref().and_then(rows::question)
                        && let Some(data) = state.load.read_untracked().askable()
                    {
                        turn.ask(state, data.token, &question, move |answer| match answer {
                            Ok(rows) => drop(paper.rows.try_set(Some(Arc::new(rows)))),
                            Err(failure) => state.failure.set(Some(failure)),
                        });
                    }
                }
            };
            set_timeout(follow, AFTER);
        });
        // Whoever prints before that has the numbers of now, without their rows.
        Effect::new(move || {
            if state.printing.get() {
                paper.show(state.dashboard.get());
            }
        });
        paper
    }

    /// Shows these numbers; the rows of others go.
    fn show(self, now: Option<Arc<Dashboard>>) {
        let shown = self.dashboard.get_untracked();
        if shown.as_ref().map(Arc::as_ptr) != now.as_ref().map(Arc::as_ptr) {
            self.rows.set(None);
            self.dashboard.set(now);
        }
    }
}

/// Whether nothing stands in the way of knowing who reached a page: no column and no kind of click was left out.
fn knows_all(d: &Dashboard) -> bool {
    !Gap::ALL.into_iter().any(|gap| d.lacks(gap))
}

/// How many clicks reached a page that the export itself calls not safe, of how many; or why nobody can say.
fn reached(d: &Dashboard) -> Result<String, String> {
    let tile = tile_texts::reached(d, &d.totals);
    let clicks = words::counted(d.totals.clicks, "click", "clicks");
    let of = format!("{} of {clicks}", words::number(d.totals.reached_unsafe));
    match tile.known {
        Known::Not => Err(tile.of),
        Known::AtLeast => Ok(format!("At least {of}")),
        Known::Whole => Ok(of),
    }
}
