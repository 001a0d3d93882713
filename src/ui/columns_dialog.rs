//! Saying which column of a table of no known kind is what.

use clicks::UnknownTable;
use clicks::import::{Mapping, NAMEABLE, NEEDED, ReadAs, doubt, is_numbered};
use clicks::model::{Field, Untrusted};
use leptos::prelude::*;

use super::{Modal, rescue_focus_at, words};
use crate::state::{Dialog, use_state};

/// The dialog: a choice a field, over the first rows.
#[component]
pub fn ColumnsDialog() -> impl IntoView {
    let state = use_state();
    view! {
        <Modal dialog=Dialog::Columns label="Which column is what" class="columns_dialog">
            {move || state.unknown.get().map(|(name, table, is_open)| view! { <Choices name table is_open/> })}
        </Modal>
    }
}

/// What is chosen: for each of [`NAMEABLE`] the place of a column.
type Chosen = Vec<(Field, Option<usize>)>;

#[component]
fn Choices(
    /// The name of the file
    name: String,
    /// Its columns and first rows
    table: UnknownTable,
    /// It is among the files that are open
    is_open: bool,
) -> impl IntoView {
    let state = use_state();
    let guessed = |field: Field| {
        let place = table.guesses.iter().find(|(f, _)| f == field.name()).map(|(_, place)| *place as usize);
        place.filter(|place| can_be_said(&table.columns, *place))
    };
    let chosen: RwSignal<Chosen> = RwSignal::new(NAMEABLE.map(|field| (field, guessed(field))).to_vec());
    let columns: Vec<Untrusted> = table.columns.clone();
    let headless = is_numbered(&table);
    let more = table.more_columns;
    let offered = (more > 0).then(|| {
        let all = columns.len() as u64 + u64::from(more);
        format!(
            " The first {} of its {} columns are offered: where one that is needed is not among them, export fewer.",
            words::number(columns.len() as u64),
            words::number(all)
        )
    });
    let doubts = {
        let table = table.clone();
        Memo::new(move |_| {
            let chosen = chosen.read();
            let doubt = |(field, place): &(Field, Option<usize>)| {
                let doubt = doubt(&table, *field, (*place)?)?;
                let name = heading(table.columns.get((*place)?)?);
                Some(format!("{}: “{name}” {doubt}.", label(*field)))
            };
            chosen.iter().filter_map(doubt).collect::<Vec<_>>()
        })
    };
    let missing = Memo::new(move |_| {
        let chosen = chosen.read();
        let lacks = |field: &&Field| chosen.iter().any(|(f, place)| f == *field && place.is_none());
        NEEDED.iter().filter(lacks).map(|field| label(*field)).collect::<Vec<_>>()
    });
    let lacks_action = Memo::new(move |_| {
        chosen.read().iter().any(|(field, place)| *field == Field::RawAction && place.is_none())
    });
    let open = {
        let (columns, table) = (columns.clone(), table.clone());
        move |_| {
            let name_of = |place: usize| columns.get(place).map(|name| name.original().trim().to_owned());
            let named = chosen
                .read_untracked()
                .iter()
                .filter_map(|(field, place)| Some((field.name().to_owned(), name_of((*place)?)?)))
                .collect();
            let mut read_as: ReadAs = state.read_as.get_untracked();
            read_as.say_columns(&table, Mapping(named));
            state.dialog.set(None);
            match is_open {
                true => state.set_read_as(read_as, || rescue_focus_at("file-row")),
                false => state.open_asked_as(read_as),
            }
        }
    };
    let choices = NAMEABLE.map(|field| choice(field, &columns, &table, chosen)).collect_view();
    view! {
        <h2>"Which column is what?"</h2>
        <p>
            <b>{words::defanged_inside(&name)}</b>
            {if headless { " is a table of no known kind without a header line: its columns are numbered." } else { " is a table of no known kind." }}
            {offered}
            " What is filled in was guessed from its first rows: check it, nothing is read before you open it. The address of the page remembers what you say."
        </p>
        <div class="columns_dialog-choices">{choices}</div>
        <Preview columns table chosen/>
        <ul class="columns_dialog-doubts" role="status">
            {move || doubts.get().into_iter().map(|doubt| view! { <li>{doubt}</li> }).collect_view()}
        </ul>
        <p class="columns_dialog-missing" role="status">
            {move || match missing.read().as_slice() {
                [] if lacks_action.get() => {
                    "Without “What happened” nothing can be said about blocked, reached and overrides.".to_owned()
                }
                [] => "What is not chosen is not in this export.".to_owned(),
                missing => format!("Still needed: {}.", missing.join(", ")),
            }}
        </p>
        <p class="dialog-foot columns_dialog-foot">
            <button class="btn" type="button" on:click=move |_| state.dialog.set(None)>"Cancel"</button>
            <button
                class="btn primary"
                type="button"
                data-testid="columns-open"
                // Numbers say nothing of a column: what speaks against one would be held against it when the file is read.
                disabled=move || !missing.read().is_empty() || (headless && !doubts.read().is_empty())
                on:click=open
            >
                "Open with these columns"
            </button>
        </p>
    }
}

/// Whether the address can say a column: it says it by its name, which must be there, and no column before may have it.
fn can_be_said(columns: &[Untrusted], at: usize) -> bool {
    let name_of = |column: &Untrusted| column.original().trim().to_owned();
    let Some(name) = columns.get(at).map(name_of).filter(|name| !name.is_empty()) else { return false };
    columns.iter().position(|other| name_of(other).eq_ignore_ascii_case(&name)) == Some(at)
}

/// A name that may be anything, a URL too.
fn heading(name: &Untrusted) -> String {
    words::defanged_inside(name.original())
}

fn label(field: Field) -> &'static str {
    match field {
        Field::Time => "Time of the click",
        Field::Url => "URL",
        Field::User => "Who clicked",
        Field::RawAction => "What happened",
        field => field.label(),
    }
}

fn choice(
    field: Field,
    columns: &[Untrusted],
    table: &UnknownTable,
    chosen: RwSignal<Chosen>,
) -> impl IntoView + use<> {
    let place = move || chosen.read().iter().find(|(f, _)| *f == field).and_then(|(_, place)| *place);
    let options = columns.iter().enumerate().filter(|(at, _)| can_be_said(columns, *at)).map(|(at, name)| {
        let example = table.rows.first().and_then(|row| row.get(at));
        let example = example.map(|cell| words::defanged_inside(cell.original())).unwrap_or_default();
        let example: String = example.chars().take(40).collect();
        let text =
            if example.is_empty() { heading(name) } else { format!("{} — {example}", heading(name)) };
        view! { <option value=at.to_string() selected=move || place() == Some(at)>{text}</option> }
    });
    let options = options.collect_view();
    let choose = move |picked: String| {
        let place = picked.parse().ok();
        chosen.update(|chosen| {
            // One column holds one thing.
            for (f, taken) in chosen.iter_mut() {
                if *f == field {
                    *taken = place;
                } else if place.is_some() && *taken == place {
                    *taken = None;
                }
            }
        });
    };
    let needed = NEEDED.contains(&field);
    view! {
        <label class="columns_dialog-choice">
            <span>{label(field)} {needed.then(|| view! { <span class="columns_dialog-needed">" needed"</span> })}</span>
            <select data-testid=format!("column-{}", field.name()) on:change:target=move |ev| choose(ev.target().value())>
                <option value="" selected=move || place().is_none()>"not in this file"</option>
                {options}
            </select>
        </label>
    }
}

/// The first rows, each column under what it was said to be.
#[component]
fn Preview(
    /// Names of the columns
    columns: Vec<Untrusted>,
    /// The rows
    table: UnknownTable,
    /// What was chosen
    chosen: RwSignal<Chosen>,
) -> impl IntoView {
    // Those that were guessed first: of a wide table they would be out of sight.
    let guessed =
        table.guesses.iter().map(|(_, place)| *place as usize).filter(|place| *place < columns.len());
    let mut order: Vec<usize> = guessed.collect();
    order.extend(
        (0..columns.len()).filter(|place| !table.guesses.iter().any(|(_, at)| *at as usize == *place)),
    );
    let heads = order.iter().filter_map(|at| Some((*at, columns.get(*at)?))).map(|(at, name)| {
        let is = move || {
            let chosen = chosen.read();
            chosen.iter().find(|(_, place)| *place == Some(at)).map(|(field, _)| label(*field))
        };
        view! { <th scope="col">{heading(name)} <span class="columns_dialog-is">{is}</span></th> }
    });
    let heads = heads.collect_view();
    let rows = table.rows.iter().map(|row| {
        let cells = order.iter().map(|at| {
            let cell = row.get(*at).map(|cell| words::defanged_inside(cell.original()));
            view! { <td>{cell}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="columns_dialog-preview" tabindex="0" role="region" aria-label="First rows">
            <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
}
