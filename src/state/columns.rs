//! Which columns the table shows, in which order; remembered where the browser allows it.

use clicks::import::Opened;
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
    /// Width in pixels that somebody gave it.
    pub width: Option<u16>,
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
        Field::Host | Field::MessageId | Field::ReportId => Shown::No,
        field if field.def().concluded => Shown::No,
        _ => Shown::WhenPresent,
    };
    Field::table_columns().map(|column| ColumnChoice { column, shown: shown(column), width: None }).collect()
}

/// The columns to show, in order, given what the opened exports have.
fn visible(choices: &[ColumnChoice], opened: Option<&Opened>) -> Vec<Field> {
    choices.iter().filter(|c| is_visible(**c, opened)).map(|c| c.column).collect()
}

/// The columns that would be shown, if an opened export had them.
fn folded(choices: &[ColumnChoice], opened: Option<&Opened>) -> Vec<Field> {
    let absent = |c: &&ColumnChoice| c.shown == Shown::WhenPresent && !has(opened, c.column);
    choices.iter().filter(absent).map(|c| c.column).collect()
}

/// Width of a column in pixels.
pub fn width(choices: &[ColumnChoice], column: Field) -> u16 {
    let given = choices.iter().find(|c| c.column == column).and_then(|c| c.width);
    given.unwrap_or(match column {
        Field::Time => 160,
        Field::User | Field::Sender => 216,
        Field::Url => 360,
        Field::Verdict => 116,
        Field::Action => 138,
        Field::Source => 112,
        Field::Ip => 136,
        Field::Device | Field::Threat | Field::Automation | Field::Group => 140,
        Field::RawAction => 172,
        _ => 230,
    })
}

/// Width of a column in pixels where there is less room: the URL gives way until somebody gives it a width, so that what
/// came of a click stays in sight.
pub fn width_within(choices: &[ColumnChoice], column: Field, is_docked: bool, is_tight: bool) -> u16 {
    let is_given = choices.iter().any(|c| c.column == column && c.width.is_some());
    match (column, is_docked, is_tight) {
        (Field::Url, true, true) if !is_given => 222,
        (Field::Url, true, false) if !is_given => 264,
        (Field::Url, false, true) if !is_given => 310,
        _ => width(choices, column),
    }
}

/// Gives a column another width, in pixels.
pub fn set_width(choices: &mut [ColumnChoice], column: Field, width: f64) {
    if let Some(choice) = choices.iter_mut().find(|c| c.column == column) {
        choice.width = Some(width.clamp(56.0, 1200.0) as u16);
    }
}

/// Gives a column the width that nobody chose.
pub fn reset_width(choices: &mut [ColumnChoice], column: Field) {
    if let Some(choice) = choices.iter_mut().find(|c| c.column == column) {
        choice.width = None;
    }
}

/// Gives a column so many more pixels, or less.
pub fn widen(choices: &mut [ColumnChoice], column: Field, by: i32) {
    let now = f64::from(width(choices, column));
    set_width(choices, column, now + f64::from(by));
}

/// Shows a column, or hides it.
pub fn show(choices: &mut [ColumnChoice], column: Field, shown: bool) {
    if let Some(choice) = choices.iter_mut().find(|c| c.column == column) {
        choice.shown = if shown { Shown::Yes } else { Shown::No };
    }
}

/// The names of the columns to ask for: all of exports, so that a change of columns asks nothing anew, and of what is concluded
/// those that are shown.
pub fn asked(shown: &[Field]) -> Vec<String> {
    let concluded = shown.iter().copied().filter(|field| field.def().concluded);
    Field::columns().chain(concluded).map(|field| field.name().to_owned()).collect()
}

/// The columns to print: the first of those shown that an opened export has. A page has room for no more.
pub fn printed(choices: &[ColumnChoice], opened: Option<&Opened>) -> Vec<Field> {
    let there = choices.iter().filter(|c| c.shown != Shown::No && has(opened, c.column));
    there.map(|c| c.column).take(7).collect()
}

/// Whether this column is shown, given what the opened exports have.
pub fn is_visible(choice: ColumnChoice, opened: Option<&Opened>) -> bool {
    match choice.shown {
        Shown::Yes => true,
        Shown::No => false,
        Shown::WhenPresent => has(opened, choice.column),
    }
}

fn has(opened: Option<&Opened>, column: Field) -> bool {
    column.def().concluded || opened.is_some_and(|opened| opened.has(column))
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

impl AppState {
    /// The columns of the table, in order.
    pub fn visible_columns(&self) -> Vec<Field> {
        let data = self.data();
        visible(&self.columns.read(), data.as_ref().map(|d| &*d.opened))
    }

    /// The columns that would be in the table, if an opened export had them.
    pub fn folded_columns(&self) -> Vec<Field> {
        let data = self.data();
        folded(&self.columns.read(), data.as_ref().map(|d| &*d.opened))
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
    let part = |c: &ColumnChoice| {
        let width = c.width.map_or_else(String::new, |width| format!(":{width}"));
        format!("{}{}{width}", sign(c.shown), c.column.name())
    };
    choices.iter().map(part).collect::<Vec<_>>().join(",")
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
        let (name, width) = name.split_once(':').unwrap_or((name, ""));
        if let Some(column) = Field::column_of_name(name).filter(|c| !choices.iter().any(|k| k.column == *c))
        {
            choices.push(ColumnChoice {
                column,
                shown,
                width: width.parse().ok().map(|width: u16| width.clamp(56, 1200)),
            });
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
        widen(&mut choices, Field::Url, 60);
        assert_eq!(width(&choices, Field::Url), 420);
        assert_eq!(from_text(&to_text(&choices)), choices);
    }

    #[test]
    fn columns_text_of_another_version_is_completed() {
        let choices = from_text("+url,nonsense,url");
        assert_eq!(choices[0].column, Field::Url);
        assert_eq!(choices.len(), Field::table_columns().count());
    }
}
