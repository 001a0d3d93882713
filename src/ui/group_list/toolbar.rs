//! What can be done with the list as a whole: find a name, copy all names, save it.

use clicks::export::table_csv;
use clicks::model::Field;
use clicks::query::{AskQuery, Table, Whom};
use leptos::prelude::*;
use serde_json::Value;

use super::columns::headings;
use super::{ListState, row};
use crate::platform::{clipboard, download};
use crate::state::GroupOrder;
use crate::state::asked::Newest;
use crate::ui::later::NOT_YET;
use crate::ui::{MenuItem, Popover, words};

/// Heading, search, copy, export.
#[component]
pub fn Toolbar(
    /// Signals of the list
    list: ListState,
) -> impl IntoView {
    let (one, many) = list.def.words;
    let count = move || {
        let pages = list.rows.pages.read();
        if !pages.is_known() {
            return NOT_YET.to_owned();
        }
        let dashboard = list.app.dashboard.read();
        let all = dashboard.as_ref().and_then(|d| (list.def.all)(d));
        // The group of the clicks without a value is in the list, and is none of them.
        let in_view = dashboard.as_ref().and_then(|d| (list.def.in_view)(d));
        let shown = in_view.filter(|_| list.find.read().is_empty()).unwrap_or(pages.total);
        match all.filter(|all| *all > shown) {
            Some(all) => format!("{} of {}", words::number(shown), words::counted(all, one, many)),
            None => words::counted(shown, one, many),
        }
    };
    let left_out = move || {
        let dashboard = list.app.dashboard.read();
        let clicks = dashboard.as_ref().filter(|_| list.def.counts_people()).map_or(0, |d| d.left_out.clicks);
        (clicks > 0).then(|| format!("{} of machines left out", words::counted(clicks, "click", "clicks")))
    };
    let said = RwSignal::new(String::new());
    let newest = Newest::default();
    // All groups of the list as it is sorted, whatever of it has come to the page.
    let with_all = move |take: fn(ListState, &mut Table, RwSignal<String>)| {
        let Some(data) = list.app.load.read_untracked().askable() else { return };
        let question = AskQuery { queries: vec![untrack(|| list.question())] };
        said.set("…".to_owned());
        newest.ask(list.app, data.token, &question, move |answer| match answer {
            Ok(mut tables) => take(list, tables.first_mut().unwrap_or(&mut Table::default()), said),
            Err(failure) => {
                said.try_set(String::new());
                list.app.failure.set(Some(failure));
            }
        });
    };
    let (copy_label, copy_title) = match list.def.field {
        Field::User => (
            "Copy all addresses",
            "One a line, in this order; users without an address are left out and counted",
        ),
        Field::Campaign => ("Copy all names", "All of the list, one a line, in this order, defanged"),
        Field::Host => ("Copy all hosts", "All of the list, one a line, in this order, defanged"),
        Field::Group => ("Copy all groups", "All of the list, one a line, in this order"),
        _ => ("Copy all URLs", "All of the list, one a line, in this order, defanged"),
    };
    view! {
        <div class="panel-head group_list-tools">
            <h2>{list.def.title}</h2>
            <span class="group_list-count" data-testid="list-count">{count}</span>
            <span class="group_list-count" data-testid="list-left-out">{left_out}</span>
            <Show when=move || left_out().is_some()>
                <button class="link" type="button" data-testid="count-them" on:click=move |_| list.app.refine(Whom::everybody)>
                    "count them too"
                </button>
            </Show>
            <div class="panel-tools">
                <span role="status" class="group_list-said">{said}</span>
                <input
                    class="group_list-find"
                    type="search"
                    placeholder=format!("Find a {one}")
                    aria-label=format!("Find a {one} in this list")
                    data-testid="list-find"
                    prop:value=move || list.find.get()
                    on:input:target=move |ev| list.find.set(ev.target().value())
                />
                <Show when=move || list.app.has_cards()><SortMenu list/></Show>
                <button class="link" type="button" data-testid="list-copy" title=copy_title
                    on:click=move |_| with_all(copy)>{copy_label}</button>
                <button class="link" type="button" data-testid="list-csv" title="All of the list, in this order, defanged"
                    on:click=move |_| with_all(save)>"CSV"</button>
            </div>
        </div>
    }
}

/// How the cards of a phone are sorted: they have no headings to press.
#[component]
fn SortMenu(
    /// Signals of the list
    list: ListState,
) -> impl IntoView {
    let item = move |by: &'static str, label: &'static str, descending: bool| {
        let order = GroupOrder { page: list.def.page, by, descending };
        view! {
            <MenuItem
                label=Signal::stored(label.to_owned())
                pressed=Signal::derive(move || list.order.get() == order)
                on_press=Callback::new(move |()| list.app.group_orders.set(order))
            />
        }
    };
    let columns = list.def.columns.iter().map(|column| (column.measure, column.label, true));
    let all: Vec<_> =
        columns.chain(std::iter::once((list.def.field.name(), list.def.field.label(), false))).collect();
    view! {
        <Popover label=Signal::stored("Sort".to_owned()) testid="sort-button" about="Order of the list">
            <div class="menu">{all.iter().map(|(by, label, descending)| item(by, label, *descending)).collect_view()}</div>
        </Popover>
    }
}

fn copy(list: ListState, table: &mut Table, said: RwSignal<String>) {
    let all: Vec<String> = names(list, table).into_iter().filter(|name| !name.is_empty()).collect();
    let (one, many) = list.def.words;
    // What nobody can be written to is no address: object ids, and the names of guests in the tenant.
    let is_wanted = |name: &String| {
        list.def.field != Field::User || (name.contains('@') && !name.to_ascii_uppercase().contains("#EXT#"))
    };
    let found = all.len();
    // Where all users are account names, they are what there is.
    let none_is = !all.iter().any(is_wanted);
    let names: Vec<String> = all.into_iter().filter(|name| none_is || is_wanted(name)).collect();
    let left_out = match found - names.len() {
        0 => String::new(),
        n => format!(", {} without an address left out", words::number(n as u64)),
    };
    leptos::task::spawn_local(async move {
        let text = match clipboard::copy(&names.join("\n")).await {
            true => format!("{} copied{left_out}", words::counted(names.len() as u64, one, many)),
            false => "not allowed here".to_owned(),
        };
        said.try_set(text);
    });
}

fn save(list: ListState, table: &mut Table, said: RwSignal<String>) {
    let names = names(list, table);
    for (row, name) in table.rows.iter_mut().zip(names) {
        if let Some(cell) = row.first_mut() {
            *cell = Value::from(name);
        }
    }
    let csv = table_csv(&headings(list.def), &table.rows);
    let name = format!("clickglass-{}.csv", list.def.page.0);
    let saved = download::save_text(&name, &csv, "text/csv;charset=utf-8");
    said.try_set(if saved { String::new() } else { "not allowed here".to_owned() });
}

/// The names, as they leave the page: defanged, and nothing for the clicks without one.
fn names(list: ListState, table: &Table) -> Vec<String> {
    let name = |cells: &Vec<Value>| match cells.first().and_then(Value::as_str) {
        None | Some("") => String::new(),
        Some(text) => row::label(list, &text.into()),
    };
    table.rows.iter().map(name).collect()
}
