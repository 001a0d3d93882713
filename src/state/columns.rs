//! Which columns the table shows, in which order; remembered where the browser allows it.

use clicks::import::{FileReport, Opened};
use clicks::model::Field;
use leptos::prelude::*;

use super::AppState;
use crate::platform::storage;

const STORED_AS: &str = "clickglass.columns";

/// One column and whether it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The column.
    pub column: Field,
    /// Shown, hidden, or nothing decided.
    pub shown: Shown,
}

/// Whether a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Always, also when no export has it: then its cells say so.
    Yes,
    /// Not.
    No,
    /// When an opened export has it.
    WhenPresent,
}

/// The order and choice nobody changed.
pub fn default_columns() -> Vec<ColumnChoice> {
    let shown = |column| match column {
        Field::Sender | Field::Tenant | Field::RawAction | Field::Threat => Shown::WhenPresent,
        Field::Host | Field::MessageId | Field::ReportId => Shown::No,
        _ => Shown::Yes,
    };
    Field::columns().map(|column| ColumnChoice { column, shown: shown(column) }).collect()
}

/// The columns to show, in order, given what the opened exports have.
pub fn visible(choices: &[ColumnChoice], opened: Option<&Opened>) -> Vec<Field> {
    choices.iter().filter(|c| is_visible(**c, opened)).map(|c| c.column).collect()
}

/// The columns to print: the first of those shown that an opened export has. A page has room for no more.
pub fn printed(choices: &[ColumnChoice], opened: Option<&Opened>) -> Vec<Field> {
    let there = choices.iter().filter(|c| c.shown != Shown::No && is_present(c.column, opened));
    there.map(|c| c.column).take(7).collect()
}

/// Whether this column is shown, given what the opened exports have.
pub fn is_visible(choice: ColumnChoice, opened: Option<&Opened>) -> bool {
    match choice.shown {
        Shown::Yes => true,
        Shown::No => false,
        Shown::WhenPresent => is_present(choice.column, opened),
    }
}

/// Whether an opened export has this column.
fn is_present(column: Field, opened: Option<&Opened>) -> bool {
    let has = |f: &FileReport| !f.absent.iter().any(|a| Field::column_of_name(a) == Some(column));
    opened.is_some_and(|o| o.files.iter().any(has))
}

/// Moves a column by some places; nothing happens at the ends.
pub fn shift(choices: &mut [ColumnChoice], column: Field, by: isize) {
    let Some(from) = choices.iter().position(|c| c.column == column) else {
        return;
    };
    if let Some(to) = from.checked_add_signed(by).filter(|to| *to < choices.len()) {
        choices.swap(from, to);
    }
}

/// What was chosen the last time, or the default.
pub fn remembered() -> Vec<ColumnChoice> {
    storage::get(STORED_AS).map_or_else(default_columns, |text| from_text(&text))
}

/// Remembers every change.
pub fn keep(state: AppState) {
    Effect::new(move |before: Option<()>| {
        let text = to_text(&state.columns.read());
        if before.is_some() {
            storage::set(STORED_AS, &text);
        }
    });
}

fn to_text(choices: &[ColumnChoice]) -> String {
    let sign = |shown| match shown {
        Shown::Yes => "+",
        Shown::No => "-",
        Shown::WhenPresent => "",
    };
    let parts: Vec<String> =
        choices.iter().map(|c| format!("{}{}", sign(c.shown), c.column.name())).collect();
    parts.join(",")
}

/// Reads what [`to_text`] wrote, perhaps in another version: columns it did not know come last.
fn from_text(text: &str) -> Vec<ColumnChoice> {
    let mut choices: Vec<ColumnChoice> = Vec::new();
    for part in text.split(',') {
        let (shown, name) = match part.split_at_checked(1) {
            Some(("+", name)) => (Shown::Yes, name),
            Some(("-", name)) => (Shown::No, name),
            _ => (Shown::WhenPresent, part),
        };
        if let Some(column) = Field::column_of_name(name).filter(|c| !choices.iter().any(|k| k.column == *c))
        {
            choices.push(ColumnChoice { column, shown });
        }
    }
    for choice in default_columns() {
        if !choices.iter().any(|c| c.column == choice.column) {
            choices.push(choice);
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_text_round_trip() {
        let mut choices = default_columns();
        shift(&mut choices, Field::Verdict, -2);
        choices[0].shown = Shown::No;
        assert_eq!(from_text(&to_text(&choices)), choices);
    }

    #[test]
    fn columns_text_of_another_version_is_completed() {
        let choices = from_text("+url,nonsense,url");
        assert_eq!(choices[0].column, Field::Url);
        assert_eq!(choices.len(), Field::columns().count());
    }
}
