//! The headline numbers, each with what it is a part of, each a door to its rows.

use clicks::model::{Action, Field};
use clicks::query::{Dashboard, Key, Totals};
use leptos::prelude::*;

use super::tile::{Tile, TileText};
use super::tile_texts::{all_clicks, blocked, malicious, overrides, pending, people, reached, sum};
use crate::platform::page;
use crate::state::{AppState, PageId};
use crate::ui::{Tone, words};

/// A headline number.
pub struct TileDef {
    /// Test id.
    pub testid: &'static str,
    /// What is counted.
    pub label: &'static str,
    /// What a press does, in words.
    pub hint: &'static str,
    /// Colour of the number when it is not zero.
    pub tone: Tone,
    /// How it is counted, in the words of the project.
    pub rule: &'static str,
    /// Names of the totals that it is made of, in the public API.
    pub totals: &'static str,
    /// Number and denominator.
    pub text: fn(&Dashboard, &Totals) -> TileText,
    /// The course over time; none for what has no course.
    pub course: Option<fn(&Dashboard) -> Vec<u64>>,
    /// What a press does.
    pub door: Door,
}

/// What a press on a tile does.
#[derive(Clone, Copy)]
pub enum Door {
    /// Filters to exactly the clicks that it counts.
    Filter(Key, &'static str),
    /// Shows another page.
    Page(PageId),
    /// Scrolls to what has this id.
    Place(&'static str),
}

/// In the order shown.
pub const TILES: &[TileDef] = &[
    TileDef {
        testid: "tile-clicks",
        label: "Clicks",
        hint: "Go to the clicks in view",
        tone: Tone::Plain,
        rule: "Records that are clicks and pass the filters.",
        totals: "clicks",
        text: all_clicks,
        course: Some(|d| sum(&d.over_time.by_action)),
        door: Door::Place("clicks"),
    },
    TileDef {
        testid: "tile-people",
        label: "People",
        hint: "Everybody in view, as a list",
        tone: Tone::Plain,
        rule: "Distinct users of the clicks in view. Clicks without a user count for nobody.",
        totals: "people",
        text: people,
        course: None,
        door: Door::Page(PageId::PEOPLE),
    },
    TileDef {
        testid: "tile-malicious",
        label: "Malicious clicks",
        hint: "Only clicks with the verdict Malicious",
        tone: Tone::Plain,
        rule: "Clicks whose verdict is Malicious, whatever came of them.",
        totals: "malicious",
        text: malicious,
        course: Some(|d| d.over_time.malicious.clone()),
        door: Door::Filter(Key::Is(Field::Verdict), "malicious"),
    },
    TileDef {
        testid: "tile-reached",
        label: "Reached, not safe",
        hint: "Only these clicks",
        tone: Tone::Bad,
        rule: words::REACHED_NOT_SAFE,
        totals: "reachedUnsafe",
        text: reached,
        course: Some(|d| d.over_time.reached_unsafe.clone()),
        door: Door::Filter(Key::Reached, "unsafe"),
    },
    TileDef {
        testid: "tile-overrides",
        label: "Override rate",
        hint: "Only clicks past a warning",
        tone: Tone::Warn,
        rule: "Attempts with a user override, of all attempts that were shown a warning or a waiting page. What a click came to is left out of the filter: among overrides alone the rate is always 100 %.",
        totals: "overriddenAttempts / warnedAttempts",
        text: overrides,
        course: Some(|d| d.over_time.of(Action::UserOverride)),
        door: Door::Filter(Key::Is(Field::Action), "useroverride"),
    },
    TileDef {
        testid: "tile-blocked",
        label: "Blocked",
        hint: "Only blocked clicks",
        tone: Tone::Good,
        rule: "Clicks whose action is Blocked, whatever the verdict: also by a block list of the tenant.",
        totals: "blocked",
        text: blocked,
        course: Some(|d| d.over_time.of(Action::Blocked)),
        door: Door::Filter(Key::Is(Field::Action), "blocked"),
    },
    TileDef {
        testid: "tile-pending",
        label: "Error or waiting page",
        hint: "Only clicks that ended on an error page or a waiting page",
        tone: Tone::Pending,
        rule: "Clicks that ended on a page of Safe Links: the scan was not done, or an error page was shown.",
        totals: "clicks - allowed - blocked - overridden",
        text: pending,
        course: Some(|d| d.over_time.of(Action::None)),
        door: Door::Filter(Key::Is(Field::Action), "none"),
    },
];

/// The row of tiles.
#[component]
pub fn Tiles() -> impl IntoView {
    view! {
        <div class="tiles">{TILES.iter().map(|def| view! { <Tile def/> }).collect_view()}</div>
    }
}

impl Door {
    /// Whether its filter is in force.
    pub fn is_open(self, state: AppState) -> bool {
        matches!(self, Door::Filter(key, value) if state.filter.read().includes(key, value))
    }

    /// Goes through it; a second time takes its filter back.
    pub fn press(self, state: AppState) {
        match self {
            // In place of other values of the key, not beside them: the number is that of these rows alone.
            Door::Filter(key, value) => state.refine(|f| {
                let value = if f.includes(key, value) && f.terms(key).count() == 1 { "" } else { value };
                f.set(key, value);
            }),
            Door::Page(page) => state.go(page),
            Door::Place(id) => page::scroll_to(id),
        }
    }
}
