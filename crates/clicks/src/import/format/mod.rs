//! The formats: what each calls its fields, how it is known, what its words mean. One file a format, one
//! line in the list below.
//!
//! Owns the list and its types. A format must not know containers: names, words and cells are all it sees.

use super::admit::Has;
use super::container::Container;
use super::log::Why;
use super::names::Names;
use crate::model::{Field, Judge};

/// Declares the format of each module named, in this order: the first that fits is taken.
macro_rules! formats {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// All formats.
        pub const FORMATS: &[&Format] = &[$(&$module::FORMAT),+];
    };
}

formats![hunting, flat];

mod refused;

pub use hunting::FORMAT as HUNTING;
pub use refused::{by_magic, failure, not_clicks, unlike_any};

/// One format of exports.
pub struct Format {
    /// Stable word.
    pub id: &'static str,
    /// How somebody gets such a file.
    pub export_how: &'static str,
    /// What each field is called, normalised, the best name first.
    pub names: &'static [(Field, &'static [&'static str])],
    /// Other columns that it has, normalised.
    pub own: &'static [&'static str],
    /// Columns that a file has only when records of other tables are in it.
    pub foreign: &'static [&'static str],
    /// What a record travels in and is no part of it, normalised.
    pub envelope: &'static [&'static str],
    /// The object that records travel in, where they do.
    pub envelope_of_records: Option<&'static Envelope>,
    /// Row counts at which its exports are known to be cut.
    pub caps: &'static [u64],
    /// How many days back an export can reach, for the kinds of it of which that is known.
    pub keeps_days: &'static [(&'static str, i64)],
    /// Cells may begin with a `'` that was put there against formulas.
    pub disarmed: bool,
    /// Equal records were counted once before the file was written: those left are different clicks.
    pub counted_once: bool,
    /// The words for what happened that its documentation lists; none where it has no words of its own.
    pub words: &'static [&'static str],
    /// Whether names are those of such a file.
    pub fit: fn(&Names) -> bool,
    /// Whether a record is a click.
    pub admit: fn(&Record<'_>) -> Admit,
    /// What its words mean.
    pub judge: Judge,
    /// Stable word and label of a file, by what it is written in.
    pub kind: fn(Container, &Names, streaming: bool) -> (&'static str, &'static str),
}

impl Format {
    /// Whether an export says verdict and action itself, instead of words that have to be judged.
    pub fn says_verdicts(&self) -> bool {
        self.names.iter().any(|(field, _)| *field == Field::Verdict)
    }
}

/// An object around each record, which says what table the record is of.
pub struct Envelope {
    /// The member that holds the record.
    pub inside: &'static str,
    /// The member that names the table.
    pub table: &'static str,
    /// How the names of all tables begin.
    pub family: &'static str,
    /// The name of the format's table.
    pub own: &'static str,
    /// The member that names the Entra tenant.
    pub tenant: &'static str,
}

/// What a format sees of a record before it is taken.
pub struct Record<'a> {
    /// The URL.
    pub url: &'a [u8],
    /// The export's word for what happened.
    pub raw_action: &'a [u8],
    /// Clicked through.
    pub clicked: &'a [u8],
    /// What it has a place for.
    pub has: Has,
}

/// Whether a record is a click.
pub enum Admit {
    /// It is.
    Take,
    /// It is not, or should be and cannot be used.
    Leave(Why),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_every_one_says_how_to_get_it_and_has_samples() {
        let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples");
        for format in FORMATS {
            assert!(!format.export_how.is_empty(), "{}", format.id);
            let found = std::fs::read_dir(&samples)
                .into_iter()
                .flatten()
                .flatten()
                .any(|folder| folder.file_name().to_string_lossy().starts_with(format.id));
            assert!(found, "no folder {}* in tests/samples", format.id);
        }
    }

    #[test]
    fn format_names_are_normalised_and_no_name_is_in_two_lists() {
        for format in FORMATS {
            let names = format.names.iter().flat_map(|(_, names)| *names);
            let all: Vec<&str> =
                names.chain(format.own).chain(format.foreign).chain(format.envelope).copied().collect();
            for name in &all {
                assert_eq!(crate::import::names::normalised(name), *name, "{}", format.id);
                assert_eq!(all.iter().filter(|n| n == &name).count(), 1, "{}: {name}", format.id);
            }
        }
    }
}
