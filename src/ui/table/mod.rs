//! The table of clicks: the whole selection under one scroll bar, a page of rows at a time.

mod act;
mod cell;
mod columns_menu;
mod head;
mod keys;
mod pages;
mod row;
mod scroll;
mod toolbar;
mod window;

use clicks::model::Field;
use leptos::html;
use leptos::prelude::*;

use self::head::Head;
use self::keys::on_key;
use self::pages::Pages;
use self::row::{Row, Slot};
use self::scroll::{apart, on_scroll};
use self::toolbar::Toolbar;
use self::window::Window;
use crate::platform::{measure, page};
use crate::state::{AppState, columns, use_state};

/// Signals of one table.
#[derive(Clone, Copy)]
pub(crate) struct TableState {
    /// The state of the page.
    pub app: AppState,
    /// Rows that have come.
    pub pages: RwSignal<Pages>,
    /// What part is in sight.
    pub window: RwSignal<Window>,
    /// Row and column that the keys act on.
    pub active: RwSignal<(u32, usize)>,
    /// Time zone of the page.
    pub zone: Memo<String>,
    /// Columns in sight, in order.
    pub columns: Memo<Vec<Field>>,
    /// The element that scrolls.
    pub scroller: NodeRef<html::Div>,
}

/// The table with its tools.
#[component]
pub fn ClickTable(
    /// Class that says how high it is
    height: &'static str,
) -> impl IntoView {
    let app = use_state();
    let table = TableState {
        app,
        pages: RwSignal::new(Pages::default()),
        window: RwSignal::new(Window::default()),
        active: RwSignal::new((0, 0)),
        zone: Memo::new(move |_| app.zone()),
        columns: Memo::new(move |_| {
            let data = app.data();
            let opened = data.as_ref().map(|d| &*d.opened);
            if app.printing.get() {
                columns::printed(&app.columns.read(), opened)
            } else {
                columns::visible(&app.columns.read(), opened)
            }
        }),
        scroller: NodeRef::new(),
    };
    pages::keep(table);
    // Watched for as long as the table is there.
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(element) = table.scroller.get() {
            watch.set_value(Some(measure::on_resize(&element, move |height| {
                apart(move || table.window.try_update(|w| w.resize(height)));
            })));
        }
    });
    let due = StoredValue::new(false);
    // The focus comes back from the detail to where it was.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = app.detail.get().is_some();
        if was_open == Some(true)
            && !is_open
            && let Some(element) = table.scroller.get_untracked()
        {
            page::focus(&element);
        }
        is_open
    });
    view! {
        <section class="panel click_table" id="clicks" data-testid="clicks-table" aria-label="Clicks">
            <Toolbar table/>
            <div
                class=format!("click_table-scroll {height}")
                node_ref=table.scroller
                tabindex="0"
                role="group"
                aria-label="Table of clicks. Arrow keys move, Enter opens a click"
                aria-activedescendant=move || {
                    let (row, column) = table.active.get();
                    cell::id(row, column)
                }
                on:scroll=move |_| on_scroll(table, due)
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
    let total = Memo::new(move |_| table.pages.read().total);
    let slots = Memo::new(move |_| {
        let window = table.window.read();
        let rows = if table.app.printing.get() { 0..window.total.min(pages::PAGE) } else { window.rows() };
        table.pages.with(|pages| rows.map(|index| pages.slot(index)).collect::<Vec<Slot>>())
    });
    let pad = move |pick: fn(&Window) -> f64| move || format!("{:.0}px", pick(&table.window.read()));
    view! {
        <table
            class="click_table-grid"
            role="grid"
            aria-rowcount=move || total.get() + 1
            aria-colcount=move || table.columns.read().len() + 1
            aria-multiselectable="false"
        >
            <Head table/>
            <tbody on:click=move |ev| act::on_click(table, &ev) on:dblclick=move |ev| act::on_double_click(table, &ev)>
                <tr class="click_table-pad" aria-hidden="true"><td style:height=pad(Window::pad_above)></td></tr>
                <For each=move || slots.get() key=Slot::key let:known>
                    <Row table known/>
                </For>
                <tr class="click_table-pad" aria-hidden="true"><td style:height=pad(Window::pad_below)></td></tr>
            </tbody>
        </table>
        <Show when=move || table.pages.read().is_known_empty()>
            <p class="click_table-none">
                "No click passes these filters. "
                <button class="link" type="button" on:click=move |_| table.app.refine(clicks::query::Filter::clear)>
                    "Clear all"
                </button>
            </p>
        </Show>
    }
}
