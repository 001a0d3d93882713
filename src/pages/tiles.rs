//! The headline numbers, each with what it is a part of, each a door to its rows.

use clicks::protocol::{Dashboard, Totals};
use clicks::query::Key;
use leptos::prelude::*;

use crate::platform::page;
use crate::state::{SortKey, use_state};
use crate::ui::{Tile, TileText, Tone, words};

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
    let pressed = move |key: Key, value: &'static str| Signal::derive(move || state.filter.read().includes(key, value));
    let show = move |key: Key, value: &'static str| {
        Callback::new(move |()| {
            state.refine(|f| f.toggle(key, value));
            page::scroll_to("clicks");
        })
    };
    let waits = Memo::new(move |_| {
        let dashboard = state.dashboard.read();
        let only_pending = dashboard.as_ref().is_some_and(|d| d.totals.errors == 0);
        if only_pending { (Key::Verdict, "pending") } else { (Key::Action, "none") }
    });
    let by_people = Callback::new(move |()| {
        state.order.set(vec![SortKey { column: clicks::model::Column::User, descending: false }]);
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
                pressed=pressed(Key::Verdict, "malicious") on_press=show(Key::Verdict, "malicious")/>
            <Tile testid="tile-reached" label="Reached a bad page" tone=Tone::Bad
                hint="Only clicks that were let through or clicked past a warning, to a page not known safe"
                text=text(reached) course=course(|d| d.over_time.reached_unsafe.clone())
                pressed=pressed(Key::Reached, "unsafe") on_press=show(Key::Reached, "unsafe")/>
            <Tile testid="tile-overrides" label="Override rate" tone=Tone::Warn
                hint="Only clicks past a warning" text=text(overrides) course=course(|d| action(d, 2))
                pressed=pressed(Key::Action, "useroverride") on_press=show(Key::Action, "useroverride")/>
            <Tile testid="tile-blocked" label="Blocked" tone=Tone::Good hint="Only blocked clicks"
                text=text(blocked) course=course(|d| action(d, 1))
                pressed=pressed(Key::Action, "blocked") on_press=show(Key::Action, "blocked")/>
            <Tile testid="tile-pending" label="Pending or error" tone=Tone::Pending
                hint="Only clicks that ended on a waiting or an error page"
                text=text(pending) course=course(|d| action(d, 3))
                pressed=Signal::derive(move || state.filter.read().includes(waits.get().0, waits.get().1))
                on_press=Callback::new(move |()| { let (key, value) = waits.get_untracked(); show(key, value).run(()); })/>
        </div>
    }
}

fn tile(n: u64, of: String) -> TileText {
    TileText { value: words::number(n), of, quiet: n == 0 }
}

fn all_clicks(d: &Dashboard, t: &Totals) -> TileText {
    let of = if t.clicks == d.all_clicks { "all of the data".to_owned() } else { format!("of {}", words::number(d.all_clicks)) };
    tile(t.clicks, of)
}

fn people(d: &Dashboard, t: &Totals) -> TileText {
    let of = if t.people == d.all_people { "all in the data".to_owned() } else { format!("of {}", words::number(d.all_people)) };
    tile(t.people, of)
}

fn malicious(_: &Dashboard, t: &Totals) -> TileText {
    tile(t.malicious, format!("{} of clicks", words::percent(t.malicious, t.clicks)))
}

fn reached(_: &Dashboard, t: &Totals) -> TileText {
    let people = words::counted(t.reached_unsafe_people, "person", "people");
    tile(t.reached_unsafe, format!("{people} · {} known malicious", words::number(t.reached_malicious)))
}

fn overrides(_: &Dashboard, t: &Totals) -> TileText {
    if t.warned_attempts == 0 {
        return TileText { value: "–".to_owned(), of: "not possible to say: no warnings shown".to_owned(), quiet: true };
    }
    TileText {
        value: words::percent(t.overridden_attempts, t.warned_attempts),
        of: format!("{} of {}", words::number(t.overridden_attempts), words::counted(t.warned_attempts, "warning shown", "warnings shown")),
        quiet: t.overridden_attempts == 0,
    }
}

fn blocked(_: &Dashboard, t: &Totals) -> TileText {
    tile(t.blocked, format!("{} of malicious clicks", words::percent(t.blocked_malicious, t.malicious)))
}

fn pending(_: &Dashboard, t: &Totals) -> TileText {
    tile(t.pending + t.errors, format!("{} pending · {} error pages", words::number(t.pending), words::number(t.errors)))
}

/// One action's course; the place is that of [`clicks::model::Action::ALL`].
fn action(d: &Dashboard, at: usize) -> Vec<u64> {
    d.over_time.by_action.get(at).cloned().unwrap_or_default()
}

fn sum(series: &[Vec<u64>]) -> Vec<u64> {
    let buckets = series.first().map_or(0, Vec::len);
    (0..buckets).map(|at| series.iter().filter_map(|s| s.get(at)).sum()).collect()
}
