//! One headline number, and the door to the rows behind it.

use leptos::prelude::*;

use super::sparkline::Sparkline;

/// How a number is coloured: only findings have a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Neutral.
    #[default]
    Plain,
    /// Malicious or reached.
    Bad,
    /// Clicked past a warning.
    Warn,
    /// Blocked.
    Good,
    /// Being analysed.
    Pending,
}

impl Tone {
    /// Its class.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Bad => "bad",
            Tone::Warn => "warn",
            Tone::Good => "good",
            Tone::Pending => "pending",
        }
    }
}

/// What a tile says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TileText {
    /// The number.
    pub value: String,
    /// What it is a part of.
    pub of: String,
    /// There is nothing to colour.
    pub quiet: bool,
}

/// A tile is a button: it filters to the rows behind its number.
#[component]
pub fn Tile(
    /// Test id
    testid: &'static str,
    /// What is counted
    label: &'static str,
    /// What the filter will be, in words
    hint: &'static str,
    /// Colour of the number when it is not zero; default plain
    #[prop(optional)]
    tone: Tone,
    /// Number and denominator
    #[prop(into)]
    text: Signal<TileText>,
    /// The course over time; default none
    #[prop(optional, into)]
    course: Option<Signal<Vec<u64>>>,
    /// Its filter is in force; default no
    #[prop(optional, into)]
    pressed: Signal<bool>,
    /// Filters to the rows
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class=format!("tile {}", tone.class())
            class:quiet=move || text.read().quiet
            type="button"
            title=hint
            data-testid=testid
            aria-pressed=move || pressed.get().to_string()
            on:click=move |_| on_press.run(())
        >
            <span class="tile-label">{label}</span>
            <span class="tile-value">{move || text.read().value.clone()}</span>
            <span class="tile-of">{move || text.read().of.clone()}</span>
            {course.map(|values| view! { <Sparkline values/> })}
        </button>
    }
}
