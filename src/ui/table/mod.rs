//! The table of clicks: the whole selection under one scroll bar, a page of rows at a time.

mod act;
mod card;
mod cell;
mod columns_menu;
mod head;
mod keys;
mod row;
mod sort_menu;
mod toolbar;

use clicks::model::Field;
use clicks::query::{AskRows, RowsAnswer, RowsParams};
use leptos::prelude::*;

use self::head::Head;
use self::keys::on_key;
use self::row::Row;
use self::toolbar::Toolbar;
use super::WhyZero;
use super::scrolled::{PAGE, Page, Scrolled, Slot, Step, Unanswered, Window};
use crate::platform::page;
use crate::state::{AppState, OpenedClick, Place, columns, order, use_state};

/// Height of the head in pixels; the stylesheet has the same.
const HEAD: f64 = 32.0;

/// Signals of one table.
#[derive(Clone, Copy)]
pub(crate) struct TableState {
    /// The state of the page.
    pub app: AppState,
    /// Its rows.
    pub rows: Scrolled<RowsAnswer>,
    /// Time zone of the page.
    pub zone: Memo<String>,
    /// Columns in sight, in order.
    pub columns: Memo<Vec<Field>>,
    /// Rows are cards.
    pub has_cards: Memo<bool>,
    /// A row whose click is to be shown once it has come, and whether somebody goes there.
    pub wanted: RwSignal<Option<(u32, bool)>>,
}

impl Page for RowsAnswer {
    fn total(&self) -> u64 {
        self.total
    }

    fn rows(&self) -> usize {
        self.rows.len()
    }
}

/// The table with its tools.
#[component]
pub fn ClickTable(
    /// Class that says how high it is
    height: &'static str,
) -> impl IntoView {
    let app = use_state();
    let has_cards = Memo::new(move |_| app.has_cards());
    let heights =
        Memo::new(move |_| if has_cards.get() { (0.0, card::CARD) } else { (HEAD, app.room.row()) });
    let table = TableState {
        app,
        has_cards,
        wanted: RwSignal::new(None),
        rows: Scrolled::new(heights),
        zone: Memo::new(move |_| app.zone()),
        columns: Memo::new(move |_| {
            if !app.printing.get() {
                return app.visible_columns();
            }
            let data = app.data();
            columns::printed(&app.columns.read(), data.as_ref().map(|d| &*d.opened))
        }),
    };
    let question = Memo::new(move |_| {
        let data = app.load.read().askable()?;
        let names = columns::asked(&table.columns.read());
        Some((data, (app.filter.read().to_string(), order::names(&app.order.read()), names)))
    });
    table.rows.keep(app, question, |(filter, order_by, names), offset| {
        AskRows(RowsParams {
            filter: filter.clone(),
            columns: names.clone(),
            order_by: order_by.clone(),
            limit: Some(PAGE),
            offset,
        })
    });
    // The focus comes back from the detail to where it was: what has it may be gone with the dock.
    Effect::new(move |before: Option<Option<OpenedClick>>| {
        let open = app.detail.get();
        if let (Some(before), None) = (before.flatten(), &open) {
            let come_back = move || {
                if before.takes_focus || page::has_no_focus() {
                    table.rows.take_focus();
                }
            };
            set_timeout(come_back, std::time::Duration::ZERO);
        }
        open
    });
    Effect::new(move |before: Option<()>| {
        question.track();
        if before.is_some() {
            app.forget_place();
            table.wanted.set(None);
        }
    });
    // What was to be shown before its rows had come; and where the click that is open stands among other rows.
    Effect::new(move || {
        table.rows.pages.track();
        match table.wanted.get_untracked() {
            Some((row, takes_focus)) => act::show(table, row, takes_focus),
            None => act::find_place(table),
        }
    });
    app.offer_walk(move |by| {
        let Some(open) = app.detail.get_untracked() else { return };
        // From a place that is not known the way begins at the first row.
        if matches!(open.place, Place::At(..)) {
            table.rows.go(Step { rows: by, columns: 0 }, table.columns.read_untracked().len());
        }
        act::show(table, table.rows.active.get_untracked().0, open.takes_focus);
    });
    view! {
        <section class="panel click_table" id="clicks" data-testid="clicks-table" aria-label="Clicks">
            <Toolbar table/>
            <div
                class=format!("click_table-scroll {height}")
                class:cards=move || table.has_cards.get()
                style:--row=move || format!("{}px", heights.get().1)
                node_ref=table.rows.scroller
                on:scroll=move |_| table.rows.on_scroll()
                on:keydown=move |ev| on_key(table, &ev)
            >
                <Grid table/>
            </div>
        </section>
    }
}

/// The table itself: head, the rows in sight, and room for the others above and below.
#[component]
fn Grid(
    /// Its signals
    table: TableState,
) -> impl IntoView {
    let total = Memo::new(move |_| table.rows.pages.read().total);
    let slots = Memo::new(move |_| table.rows.slots(table.app.printing.get()));
    let pad = move |pick: fn(&Window) -> f64| move || format!("{:.0}px", pick(&table.rows.window.read()));
    view! {
        <table
            class="click_table-grid"
            node_ref=table.rows.grid
            tabindex="0"
            role="grid"
            aria-label="Clicks. Arrow keys move, Enter opens a click, M the menu of a value"
            aria-activedescendant=move || {
                let active = table.rows.drawn_active();
                active.map(|(row, column)| cell::id(row, if table.has_cards.get() { 0 } else { column }))
            }
            aria-rowcount=move || total.get() + 1
            aria-colcount=move || table.columns.read().len() + 1
            aria-multiselectable="false"
        >
            <Head table/>
            <tbody on:click=move |ev| act::on_click(table, &ev) on:contextmenu=move |ev| act::on_context_menu(table, &ev)>
                <tr class="click_table-pad" aria-hidden="true"><td style:height=pad(Window::pad_above)></td></tr>
                <For each=move || slots.get() key=Slot::key let:known>
                    <Row table known/>
                </For>
                <tr class="click_table-pad" aria-hidden="true"><td style:height=pad(Window::pad_below)></td></tr>
            </tbody>
        </table>
        <Unanswered rows=table.rows class="click_table-none"/>
        <Show when=move || table.rows.pages.read().is_known_empty()>
            <div class="click_table-none">
                <p>
                    "No click passes these filters. "
                    <button class="link" type="button" on:click=move |_| table.app.refine(clicks::query::Filter::clear)>
                        "Clear all"
                    </button>
                </p>
                <WhyZero/>
            </div>
        </Show>
    }
}
