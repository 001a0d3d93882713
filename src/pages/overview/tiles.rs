//! The headline numbers, each with what it is a part of, each a door to its rows.

use clicks::model::Field;
use clicks::query::Key;
use clicks::query::{Dashboard, Totals};
use leptos::prelude::*;

use super::tile::{Tile, TileText, Tone};
use super::tile_texts::{action, all_clicks, blocked, malicious, overrides, pending, people, reached, sum};
use crate::platform::page;
use crate::state::{SortKey, use_state};

/// The row of tiles.
#[component]
pub fn Tiles() -> impl IntoView {
    let state = use_state();
    let text = move |say: fn(&Dashboard, &Totals) -> TileText| {
        Memo::new(move |_| {
            let dashboard = state.dashboard.read();
            let waiting = || TileText { value: "…".to_owned(), quiet: true, ..TileText::default() };
            dashboard.as_ref().map_or_else(waiting, |d| say(d, &d.totals))
        })
    };
    let course = move |of: fn(&Dashboard) -> Vec<u64>| {
        Signal::derive(move || state.dashboard.read().as_ref().map_or_else(Vec::new, |d| of(d)))
    };
    let pressed =
        move |key: Key, value: &'static str| Signal::derive(move || state.filter.read().includes(key, value));
    // In place of other values of the key, not beside them: the number is that of these rows alone.
    let show = move |key: Key, value: &'static str| {
        Callback::new(move |()| {
            state.refine(|f| {
                let value = if f.includes(key, value) && f.terms(key).count() == 1 { "" } else { value };
                f.set(key, value);
            });
            page::scroll_to("clicks");
        })
    };
    let by_people = Callback::new(move |()| {
        state.order.set(vec![SortKey { column: clicks::model::Field::User, descending: false }]);
        page::scroll_to("clicks");
    });
    view! {
        <div class="tiles">
            <Tile testid="tile-clicks" label="Clicks" hint="Go to the clicks in view"
                text=text(all_clicks) course=course(|d| sum(&d.over_time.by_action))
                on_press=Callback::new(move |()| page::scroll_to("clicks"))/>
            <Tile testid="tile-people" label="People" hint="Sort the clicks in view by user"
                text=text(people) on_press=by_people/>
            <Tile testid="tile-malicious" label="Malicious clicks" hint="Only clicks with the verdict Malicious"
                text=text(malicious) course=course(|d| d.over_time.malicious.clone())
                pressed=pressed(Key::Is(Field::Verdict), "malicious") on_press=show(Key::Is(Field::Verdict), "malicious")/>
            <Tile testid="tile-reached" label="Reached, not safe" tone=Tone::Bad
                hint="Only clicks that were let through or clicked past a warning, to a page not known safe"
                text=text(reached) course=course(|d| d.over_time.reached_unsafe.clone())
                pressed=pressed(Key::Reached, "unsafe") on_press=show(Key::Reached, "unsafe")/>
            <Tile testid="tile-overrides" label="Override rate" tone=Tone::Warn
                hint="Only clicks past a warning" text=text(overrides) course=course(|d| action(d, 2))
                pressed=pressed(Key::Is(Field::Action), "useroverride") on_press=show(Key::Is(Field::Action), "useroverride")/>
            <Tile testid="tile-blocked" label="Blocked" tone=Tone::Good hint="Only blocked clicks"
                text=text(blocked) course=course(|d| action(d, 1))
                pressed=pressed(Key::Is(Field::Action), "blocked") on_press=show(Key::Is(Field::Action), "blocked")/>
            <Tile testid="tile-pending" label="Error or waiting page" tone=Tone::Pending
                hint="Only clicks that ended on an error page or a waiting page"
                text=text(pending) course=course(|d| action(d, 3))
                pressed=pressed(Key::Is(Field::Action), "none") on_press=show(Key::Is(Field::Action), "none")/>
        </div>
    }
}
