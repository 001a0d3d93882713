//! Every person, host or URL in view with its numbers: the rankings in full.
//!
//! Owns what such a list shows and how it is asked for. Must not know clicks: their table is a door away.

mod act;
mod columns;
mod head;
mod row;
mod toolbar;

use clicks::query::{AskQuery, Filter, Key, QueryParams, Table};
use leptos::prelude::*;

use self::columns::measures;
pub use self::columns::{Column as GroupColumn, GroupListDef};
use self::head::Head;
use self::row::Row;
use self::toolbar::Toolbar;
use super::profile::chosen;
use super::scrolled::{PAGE, Page, Scrolled, Slot, Unanswered, Window};
use super::{Profile, Signs, is_url};
use crate::state::{AppState, GroupOrder, use_state};

/// Height of the head in pixels; the stylesheet has the same.
const HEAD: f64 = 46.0;

/// Height of a group on a phone, where its numbers stand under its name, two in a row; in pixels.
const CARD: f64 = 94.0;

/// Signals of one list.
#[derive(Clone, Copy)]
struct ListState {
    app: AppState,
    def: &'static GroupListDef,
    rows: Scrolled<Vec<Table>>,
    /// What the names have to contain.
    find: RwSignal<String>,
    order: Memo<GroupOrder>,
    /// The filter says nothing of what came of a click.
    has_rates: Memo<bool>,
}

impl ListState {
    /// The filter it is counted under: lists by people leave machines out.
    fn filter(self) -> Filter {
        let mut filter = match self.def.counts_people() {
            true => self.app.filter_of_people(),
            false => self.app.filter.get(),
        };
        if self.def.only_with_value {
            filter.add(Key::Without, self.def.field.name(), true);
        }
        filter
    }

    /// What all of its groups answer, sorted as it is.
    fn question(self) -> QueryParams {
        let order = self.order.get();
        QueryParams {
            filter: self.filter().to_string(),
            group_by: vec![self.def.field.name().to_owned()],
            measures: measures(self.def).map(str::to_owned).collect(),
            find: self.find.get(),
            order_by: order_by(order, self.def),
            ..QueryParams::default()
        }
    }
}

/// The order that was chosen, and below it the gravest first: what the list has of each group from left to right.
fn order_by(order: GroupOrder, def: &GroupListDef) -> Vec<String> {
    let chosen = format!("{}{}", if order.descending { "-" } else { "" }, order.by);
    let others = def.columns.iter().filter(|column| column.measure != order.by);
    let others = others.map(|column| format!("-{}", column.measure));
    std::iter::once(chosen).chain(others.take(TIES)).collect()
}

/// How many measures decide among groups that are equal in the chosen one.
const TIES: usize = 3;

/// An answer to one question is a page of its groups.
impl Page for Vec<Table> {
    fn total(&self) -> u64 {
        self.first().map_or(0, |table| table.total)
    }

    fn rows(&self) -> usize {
        self.first().map_or(0, |table| table.rows.len())
    }
}

/// The list with its tools.
#[component]
pub fn GroupList(
    /// What it is of
    def: &'static GroupListDef,
) -> impl IntoView {
    let app = use_state();
    let order = Memo::new(move |_| app.group_orders.of(def.page, def.first));
    let has_rates = Memo::new(move |_| !app.filter.read().bends_rates());
    let find = RwSignal::new(String::new());
    let heights = Memo::new(move |_| {
        let row = if app.has_cards() { CARD } else { app.room.row() + 6.0 };
        (if app.has_cards() { 0.0 } else { HEAD }, row)
    });
    let list = ListState { app, def, rows: Scrolled::new(heights), find, order, has_rates };
    let question = Memo::new(move |_| {
        let data = app.load.read().askable()?;
        Some((data, list.question()))
    });
    list.rows.keep(app, question, |all, offset| AskQuery {
        queries: vec![QueryParams { offset, limit: Some(PAGE), ..all.clone() }],
    });
    let slots = Memo::new(move |_| list.rows.slots(app.printing.get()));
    let total = Memo::new(move |_| list.rows.pages.read().total);
    let pad = move |pick: fn(&Window) -> f64| move || format!("{:.0}px", pick(&list.rows.window.read()));
    let (one, _) = def.words;
    // Its line would say the numbers of the profile once more.
    let is_said = Memo::new(move |_| def.has_profile() && chosen(app, def.field).is_some());
    let profile = def.has_profile().then(|| view! { <Profile field=def.field/> });
    let signs = is_url(def.field).then(|| view! { <Signs/> });
    view! {
        {profile}
        {signs}
        <section class="panel group_list" hidden=move || is_said.get() data-testid=format!("list-{}", def.field.name()) aria-label=def.title>
            <Toolbar list/>
            <div
                class="group_list-scroll"
                class:cards=move || app.has_cards()
                style:--row=move || format!("{}px", heights.get().1)
                node_ref=list.rows.scroller
                on:scroll=move |_| list.rows.on_scroll()
                on:keydown=move |ev| act::on_key(list, &ev)
            >
                <table
                    class="group_list-grid"
                    data-testid="group-grid"
                    node_ref=list.rows.grid
                    tabindex="0"
                    role="grid"
                    aria-label=format!("{}. Arrow keys move, Enter opens a name or what a number counts, M the menu of the name", def.title)
                    aria-rowcount=move || total.get() + 1
                    aria-activedescendant=move || list.rows.drawn_active().map(|(row, column)| row::cell_id(row, column))
                >
                    <Head list/>
                    <tbody on:click=move |ev| act::on_click(list, &ev) on:contextmenu=move |ev| act::on_context_menu(list, &ev)>
                        <tr class="group_list-pad" aria-hidden="true"><td style:height=pad(Window::pad_above)></td></tr>
                        <For each=move || slots.get() key=Slot::key let:known>
                            <Row list known/>
                        </For>
                        <tr class="group_list-pad" aria-hidden="true"><td style:height=pad(Window::pad_below)></td></tr>
                    </tbody>
                </table>
                <Unanswered rows=list.rows class="group_list-none"/>
                <Show when=move || list.rows.pages.read().is_known_empty()>
                    <p class="group_list-none">
                        {move || match list.find.read().is_empty() {
                            true => format!("No {one} in view: no click passes these filters."),
                            false => format!("No {one} in view has this in its name."),
                        }}
                    </p>
                </Show>
            </div>
        </section>
    }
}
