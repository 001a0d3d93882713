//! People who were tested, with what they did: on the page and in a file the same.

use clicks::model::{Field, Untrusted};
use insights::simulated::{TestedList, TestedPerson};
use leptos::prelude::*;

use super::table::{Row, table};
use crate::state::AppState;
use crate::ui::words;

/// What is said of each of them.
pub const HEADINGS: [&str; 10] = [
    "Person",
    "Compromised in a row",
    "Simulations received",
    "Clicked in",
    "Gave data away in",
    "Reported",
    "False clicks in",
    "Real malicious clicks",
    "Reached a bad page",
    "Group",
];

/// People that are drawn at the most.
const SHOWN: usize = 200;

/// One person under [`HEADINGS`]; `text` says how names are written.
pub fn cells(one: &TestedPerson, text: fn(&Untrusted) -> String) -> Vec<String> {
    let numbers = [
        one.in_a_row,
        one.received,
        one.clicked,
        one.submitted,
        one.reported,
        one.false_clicks,
        one.bad_clicks,
        one.reached,
    ];
    let mut cells = vec![text(&one.person)];
    cells.extend(numbers.map(|number| number.to_string()));
    cells.push(text(&one.group));
    cells
}

/// The list, each name a door to that person.
pub fn people(state: AppState, about: &'static str, list: &TestedList) -> AnyView {
    if list.people == 0 {
        return view! { <p class="absent">"nobody"</p> }.into_any();
    }
    let row = |one: &TestedPerson| Row {
        door: Some((Field::User, one.person.clone())),
        cells: cells(one, Untrusted::shown),
    };
    let rows: Vec<Row> = list.list.iter().take(SHOWN).map(row).collect();
    let shown = rows.len() as u64;
    let more = (shown < list.people).then(|| {
        let text = format!("The first {} of {}", words::number(shown), words::number(list.people));
        view! { <p class="panel-sub">{text}</p> }
    });
    view! { {table(state, about, &HEADINGS, rows)} {more} }.into_any()
}
