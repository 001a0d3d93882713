//! The way to the dialog in which somebody says which column of a table is what.

use clicks::UnknownTable;
use leptos::prelude::*;

use crate::state::use_state;

/// The button.
#[component]
pub fn NameColumns(
    /// The name of the file
    name: String,
    /// Its columns and first rows
    table: Box<UnknownTable>,
    /// It is among the files that are open
    is_open: bool,
    /// Its looks; default those of a button
    #[prop(default = "btn")]
    class: &'static str,
) -> impl IntoView {
    let state = use_state();
    let ask = move |_| state.ask_columns(name.clone(), UnknownTable::clone(&table), is_open);
    view! {
        <button class=class type="button" data-testid="name-columns" on:click=ask>"Say which column is what"</button>
    }
}
