//! Which filter a value stands for.

use clicks::model::{Action, Field, Untrusted, Verdict, date_after};
use clicks::query::Key;

use leptos::prelude::*;

use crate::state::AppState;
use crate::ui::words;

/// How a value stands in the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Only clicks with it pass.
    Only,
    /// Clicks with it are left out.
    Out,
    /// The filter does not name it, or others beside it.
    Other,
}

/// How a value stands in the filter in force.
pub fn standing(app: AppState, field: Field, value: &Untrusted) -> Standing {
    let filter = app.filter.read_untracked();
    match term_of(field, value.original()) {
        Some((key, value)) if filter.excludes(key, &value) => Standing::Out,
        Some((key, value)) if filter.includes(key, &value) && filter.terms(key).count() == 1 => {
            Standing::Only
        }
        _ => Standing::Other,
    }
}

/// Only the clicks with this value, or all but them; a second time takes that back. A time stands for its day.
pub fn filter_by(app: AppState, field: Field, value: &Untrusted, exclude: bool) {
    if field == Field::Time {
        if exclude {
            return;
        }
        let day = words::time_in(value.original(), &app.zone());
        let day = day.get(..10).unwrap_or_default();
        let after = date_after(day, 1).unwrap_or_default();
        app.refine(|f| f.set_span(day, &after));
        return;
    }
    let only = standing(app, field, value) == Standing::Only;
    if let Some((key, value)) = term_of(field, value.original()) {
        match exclude {
            true => app.pick(key, &value, true),
            false => app.refine(|f| f.set(key, if only { "" } else { &value })),
        }
    }
}

/// Whether clicks with a value of this field can be left out.
pub fn can_exclude(field: Field) -> bool {
    term_of(field, "-").is_some()
}

/// Whether a value of this field can be filtered by.
pub fn is_filter(field: Field) -> bool {
    field == Field::Time || can_exclude(field)
}

/// The filter that a value stands for.
fn term_of(field: Field, value: &str) -> Option<(Key, String)> {
    let value = match field {
        Field::Subject | Field::Sender => return Some((Key::Text, value.to_owned())),
        Field::Time | Field::Device | Field::ReportId => return None,
        Field::Source => value.to_lowercase(),
        // A click may have several.
        Field::Threat => value.split(',').next()?.trim().to_lowercase(),
        Field::Verdict => Verdict::from_word(value).map_or_else(|| value.to_owned(), Verdict::token),
        Field::Action => Action::from_word(value).map_or_else(|| value.to_owned(), Action::token),
        _ => value.to_owned(),
    };
    field.def().filter.map(|_| (Key::Is(field), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_written_as_a_filter_takes_them() {
        let term = |field, value| term_of(field, value).map(|(key, value)| (key.name(), value));
        assert_eq!(term(Field::Action, "User override"), Some(("action", "useroverride".to_owned())));
        assert_eq!(term(Field::Threat, "Phish, Malware"), Some(("threat", "phish".to_owned())));
        assert_eq!(term(Field::Url, "https://a/B"), Some(("urlIs", "https://a/B".to_owned())));
        assert_eq!(term(Field::ReportId, "a"), None);
        assert!(is_filter(Field::Time) && !can_exclude(Field::Time) && !is_filter(Field::Device));
    }
}
