//! One headline number, and the door to the rows behind it.

use leptos::prelude::*;

use super::sparkline::Sparkline;
use super::tiles::TileDef;
use crate::state::use_state;
use crate::ui::Counted;

/// How far a number is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// It is the number.
    #[default]
    Whole,
    /// It is a lower bound: not every export can tell.
    AtLeast,
    /// It cannot be given.
    Not,
}

/// What a tile says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TileText {
    /// The number.
    pub value: String,
    /// What it is a part of; why it cannot be given.
    pub of: String,
    /// What not every export says; empty where all is known, or nothing.
    pub unsaid: String,
    /// How far it is known.
    pub known: Known,
    /// There is nothing to colour.
    pub quiet: bool,
}

impl TileText {
    /// What it is a part of, and what is not known of it.
    pub fn whole_of(&self) -> String {
        if self.unsaid.is_empty() { self.of.clone() } else { format!("{} · {}", self.of, self.unsaid) }
    }
}

/// A tile is a button: it opens what is behind its number.
#[component]
pub fn Tile(
    /// Which one
    def: &'static TileDef,
) -> impl IntoView {
    let state = use_state();
    let text = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        let waiting = || TileText { value: "…".to_owned(), quiet: true, ..TileText::default() };
        dashboard.as_ref().map_or_else(waiting, |d| (def.text)(d, &d.totals))
    });
    let course = def
        .course
        .map(|of| Signal::derive(move || state.dashboard.read().as_ref().map_or_else(Vec::new, |d| of(d))));
    view! {
        <div class="tile-whole">
            <button
                class=format!("tile {}", def.tone.class())
                class:quiet=move || text.read().quiet
                type="button"
                title=def.hint
                data-testid=def.testid
                aria-pressed=move || def.door.is_open(state).to_string()
                on:click=move |_| def.door.press(state)
            >
                <span class="tile-label">{def.label}</span>
                <span class="tile-value">{move || text.read().value.clone()}</span>
                <span class="tile-of">{move || text.read().whole_of()}</span>
                {course.map(|values| view! { <Sparkline values/> })}
            </button>
            <Counted label=def.label rule=def.rule totals=def.totals/>
        </div>
    }
}
