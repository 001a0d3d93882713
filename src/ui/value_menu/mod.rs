//! What can be done with a value: filter by it, copy it, open its click. One menu for the cells of the table and the
//! fields of the detail, by mouse, key and finger.

mod terms;

use clicks::model::{Field, Untrusted};
use clicks::query::Key;
use leptos::html;
use leptos::prelude::*;

pub use self::terms::filter_by;
use self::terms::{Standing, is_filter, standing};
use crate::platform::{clipboard, page};
use crate::state::{AppState, PageId, ValueMenu, columns, order, use_state};
use crate::ui::words;

/// One line of the menu.
struct Item {
    label: String,
    /// The key that does the same.
    key: &'static str,
    run: Callback<()>,
}

/// The menu, while one is open.
#[component]
pub fn ValueMenus() -> impl IntoView {
    let app = use_state();
    let row = Memo::new(move |_| app.detail.read().map(|click| click.row));
    Effect::new(move |before: Option<()>| {
        row.track();
        app.filter.track();
        if before.is_some() {
            app.value_menu.set(None);
        }
    });
    move || app.value_menu.get().map(|menu| view! { <Opened menu/> })
}

/// Room that the menu needs, in pixels: it opens where it fits.
const WIDTH: f64 = 290.0;
const LINE: f64 = 28.0;

/// An open menu.
#[component]
fn Opened(
    /// Of what, and where
    menu: ValueMenu,
) -> impl IntoView {
    let app = use_state();
    let whole = NodeRef::<html::Div>::new();
    let what = menu.value.as_ref().map(|value| words::value_text(menu.field, value, &app.zone()));
    let what = what.unwrap_or_else(|| "no value".to_owned());
    let items = items(app, &menu);
    let (width, height) = page::window_size();
    let left = menu.at.0.min(width - WIDTH).max(4.0);
    let top = menu.at.1.min(height - LINE * (items.len() + 2) as f64).max(4.0);
    let back = menu.back;
    let close = move || {
        app.value_menu.set(None);
        // What it came from may be gone.
        back.try_run(());
    };
    Effect::new(move || {
        if let Some(whole) = whole.get() {
            page::step_focus(&whole, "button", 0);
        }
    });
    let on_key = move |ev: page::KeyboardEvent| {
        match (ev.key().as_str(), whole.get_untracked()) {
            ("ArrowDown", Some(whole)) => page::step_focus(&whole, "button", 1),
            ("ArrowUp", Some(whole)) => page::step_focus(&whole, "button", -1),
            ("Escape" | "Tab", _) => close(),
            _ => return,
        }
        ev.prevent_default();
    };
    let button = move |item: Item| {
        let run = move |_| {
            close();
            item.run.try_run(());
        };
        view! {
            <button type="button" role="menuitem" tabindex="-1" on:click=run>
                <span>{item.label}</span>
                {(!item.key.is_empty()).then(|| view! { <kbd aria-hidden="true">{item.key}</kbd> })}
            </button>
        }
    };
    view! {
        <div class="popover-veil" on:pointerdown=move |ev| { ev.prevent_default(); close(); }></div>
        <div
            class="popover-panel value_menu"
            node_ref=whole
            role="menu"
            aria-label=format!("{}: {what}", menu.field.label())
            data-testid="value-menu"
            style:left=format!("{left}px")
            style:top=format!("{top}px")
            on:keydown=on_key
        >
            <p class="value_menu-what" aria-hidden="true">{what.clone()}</p>
            {items.into_iter().map(button).collect_view()}
        </div>
    }
}

fn items(app: AppState, menu: &ValueMenu) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |label: String, key, run: Callback<()>| items.push(Item { label, key, run });
    let field = menu.field;
    let name = words::field_word(field);
    if let Some(value) = menu.value.clone() {
        let filter = |exclude| {
            let value = value.clone();
            Callback::new(move |()| filter_by(app, field, &value, exclude))
        };
        let standing = standing(app, field, &value);
        match field {
            Field::Time => add("Only this day".to_owned(), "Space", filter(false)),
            // No exact filter of their own: a text that may stand elsewhere too.
            Field::Subject | Field::Sender => {
                add(format!("Search for this {name}"), "Space", filter(false));
                add("All without this text".to_owned(), "Shift Space", filter(true));
            }
            _ if is_filter(field) => {
                let (only, but) = match standing {
                    Standing::Only => ("No longer only this", "All but this"),
                    Standing::Out => ("Only this", "No longer without this"),
                    Standing::Other => ("Only this", "All but this"),
                };
                add(format!("{only} {name}"), "Space", filter(false));
                add(format!("{but} {name}"), "Shift Space", filter(true));
            }
            _ => {}
        }
        if let Some((page, about)) = about(field) {
            let value = value.original().to_owned();
            let open = Callback::new(move |()| {
                app.refine(|f| f.set(Key::Is(field), &value));
                app.go(page);
            });
            add(about.to_owned(), "", open);
            if page != PageId::CLICKS {
                let value = menu.value.clone().map(Untrusted::into_original).unwrap_or_default();
                let open = Callback::new(move |()| {
                    app.refine(|f| f.set(Key::Is(field), &value));
                    app.go(PageId::CLICKS);
                });
                add(format!("All clicks of this {name}"), "", open);
            }
        }
        if field == Field::Url {
            let host = clicks::model::host_of_url(value.original()).into_owned();
            if !host.is_empty() {
                add(
                    "Only this host".to_owned(),
                    "",
                    Callback::new(move |()| app.refine(|f| f.set(Key::Is(Field::Host), &host))),
                );
            }
        }
        let safe = words::value_text(field, &value, &app.zone());
        let original = value.into_original();
        let differs = safe != original;
        add("Copy".to_owned(), "Ctrl C", Callback::new(move |()| clipboard::copy_unsaid(safe.clone())));
        if differs {
            add(
                "Copy original".to_owned(),
                "",
                Callback::new(move |()| clipboard::copy_unsaid(original.clone())),
            );
        }
    } else if can_be_without(field) {
        let only = move |exclude| Callback::new(move |()| app.pick(Key::Without, field.name(), exclude));
        add(format!("Only clicks without {name}"), "", only(false));
        add("Only clicks with one".to_owned(), "", only(true));
    }
    if let Some(open) = menu.open {
        add("Open this click".to_owned(), "Enter", open);
    }
    if menu.in_column {
        let sort = move |descending| {
            Callback::new(move |()| app.order.set(vec![order::by_column(field, descending)]))
        };
        let widen = move |by| Callback::new(move |()| app.columns.update(|c| columns::widen(c, field, by)));
        add(format!("Sort by {name}, ascending"), "", sort(false));
        add(format!("Sort by {name}, descending"), "", sort(true));
        add("Wider column".to_owned(), "", widen(60));
        add("Narrower column".to_owned(), "", widen(-60));
        add(
            "Hide this column".to_owned(),
            "",
            Callback::new(move |()| app.columns.update(|c| columns::show(c, field, false))),
        );
    }
    items
}

/// The page that tells everything about a value, and what going there is called.
fn about(field: Field) -> Option<(PageId, &'static str)> {
    match field {
        Field::User => Some((PageId::PEOPLE, "About this person")),
        Field::Host => Some((PageId::HOSTS, "About this host")),
        Field::Campaign => Some((PageId::CAMPAIGNS, "About this campaign")),
        Field::MessageId | Field::Ip => Some((PageId::CLICKS, "All clicks of it")),
        _ => None,
    }
}

/// Whether a filter can ask for clicks without a value of this field.
fn can_be_without(field: Field) -> bool {
    !matches!(field, Field::Time | Field::Url | Field::Verdict | Field::Action)
}
