//! A table of texts: the first column names a row, the last one is words, those between are numbers.

use clicks::model::{Field, Untrusted};
use clicks::query::Key;
use leptos::prelude::*;

use crate::state::{AppState, PageId};

/// A row.
pub struct Row {
    /// What its name leads to: the people of this value.
    pub door: Option<(Field, Untrusted)>,
    /// Its name and all that is said of it, safe to show.
    pub cells: Vec<String>,
}

/// The table. On a narrow screen each row is a card, whose cells say what they are.
pub fn table(state: AppState, about: &'static str, headings: &[&'static str], rows: Vec<Row>) -> AnyView {
    let last = headings.len().saturating_sub(1);
    let place = |at: usize| if at > 0 && at < last { "num" } else { "" };
    let head = headings.iter().enumerate().map(|(at, &heading)| {
        view! { <th scope="col" class=place(at)>{heading}</th> }
    });
    let head = head.collect_view();
    let row = |Row { door, cells }: Row| {
        let mut cells = cells.into_iter();
        let name = cells.next().unwrap_or_default();
        let name = match door {
            None => name.into_any(),
            Some((field, value)) => {
                let open = move |_| {
                    state.refine(|f| f.set(Key::Is(field), value.original()));
                    state.go(PageId::PEOPLE);
                };
                view! { <button class="link" type="button" title="Open in People" on:click=open>{name}</button> }
                    .into_any()
            }
        };
        let cells = headings.iter().enumerate().skip(1).zip(cells).map(|((at, &heading), cell)| {
            view! { <td class=place(at) data-label=heading>{cell}</td> }
        });
        view! { <tr><th scope="row">{name}</th>{cells.collect_view()}</tr> }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <table class="plain_table simulations-table" aria-label=about>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
