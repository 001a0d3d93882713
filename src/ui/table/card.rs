//! One row on a phone: verdict and action, who and where, when.

use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::RowsAnswer;
use leptos::prelude::*;

use super::TableState;
use super::cell::{self, raw};
use crate::ui::marks::{ActionTag, VerdictMark};
use crate::ui::scrolled::Slot;
use crate::ui::{Url, words};

/// Height of a card in pixels.
pub const CARD: f64 = 74.0;

/// The one cell of such a row.
#[component]
pub fn Card(
    /// Signals of the table
    table: TableState,
    /// What is known of the row
    known: Slot<RowsAnswer>,
) -> impl IntoView {
    let id = cell::id(known.index, 0);
    let Some(answer) = known.answer else {
        return view! { <td id=id class="card"><span class="waiting">"…"</span></td> }.into_any();
    };
    let value = |field: Field| raw(&answer, known.at, field);
    let word = |field| value(field).unwrap_or_default();
    let verdict = Verdict::from_word(word(Field::Verdict).original()).unwrap_or_default();
    let action = Action::from_word(word(Field::Action).original()).unwrap_or_default();
    let time = words::time_in(word(Field::Time).original(), &table.zone.read());
    // To the minute: the seconds are in the detail.
    let time = time.get(..16).map_or(time.clone(), str::to_owned);
    let user = value(Field::User).map_or_else(|| "no user in the record".to_owned(), |user| user.shown());
    let (field, place) = match value(Field::Host) {
        Some(host) => (Field::Host, host),
        None => (Field::Url, value(Field::Url).unwrap_or_else(|| Untrusted::from(""))),
    };
    view! {
        <td id=id class="card">
            <span class="card-line"><VerdictMark verdict/> <ActionTag action verdict/></span>
            <span class="card-user"><b>{user}</b> <span class="card-time">{time}</span></span>
            <span class="card-line"><Url value=place field/></span>
        </td>
    }
    .into_any()
}
