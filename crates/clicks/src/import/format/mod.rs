//! The formats: what each calls its fields, how it is known, what its words mean. One file a format, one
//! line in the list below.
//!
//! Owns the list and its types. A format must not know containers: names, words and cells are all it sees.

use super::admit::Has;
use super::container::Container;
use super::log::Why;
use super::names::Names;
use crate::model::{Action, Cells, Field, FieldSet, Judge, Span, Verdict, is_empty_word};

/// Declares the format of each module named, in this order: the first that fits is taken.
macro_rules! formats {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// All formats.
        pub const FORMATS: &[&Format] = &[$(&$module::FORMAT),+];
    };
}

formats![
    hunting,
    flat,
    audit,
    proofpoint,
    mimecast,
    trend_micro,
    explorer,
    detail_report,
    url_protection,
    mapped
];

mod refused;

pub use hunting::FORMAT as HUNTING;
pub use mapped::FORMAT as MAPPED;
pub use refused::{by_magic, failure, not_clicks, refused, unlike_any};

/// One format of exports. What a format has no use for it takes from [`Format::PLAIN`].
pub struct Format {
    /// Stable word.
    pub id: &'static str,
    /// How somebody gets such a file.
    pub export_how: &'static str,
    /// What each field is called, normalised, the best name first.
    pub names: &'static [(Field, &'static [&'static str])],
    /// Columns that decide about a record without being kept, at most [`EXTRA`]: all names of each, normalised.
    pub extra: &'static [&'static [&'static str]],
    /// The column that tells a scan of a link from a click, as it is written; none where there are no scans.
    pub scans_by: Option<&'static str>,
    /// Fields that [`Format::admit`] may give a record that has no column for them.
    pub sets: &'static [Field],
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
    /// Why its times are UTC though they carry no zone, where its documentation says so.
    pub utc: Option<&'static str>,
    /// Cells may begin with a `'` that was put there against formulas.
    pub disarmed: bool,
    /// Equal records were counted once before the file was written: those left are different clicks.
    pub counted_once: bool,
    /// Somebody named its columns, whatever they are called in the file: one that nobody named is not there.
    pub by_hand: bool,
    /// What it calls a click by is not known to be the report id of other formats.
    pub own_report_ids: bool,
    /// The table that its exports are answers of, where somebody asks for it.
    pub queried: Option<&'static Queried>,
    /// The words for what happened that its documentation lists; none where it has no words of its own.
    pub words: &'static [&'static str],
    /// A word beyond these is known where an action follows from it.
    pub known_by_action: bool,
    /// The fields that an export of these fields tells by its words, without a column for them.
    pub tells: fn(FieldSet) -> FieldSet,
    /// Whether names are those of such a file.
    pub fit: fn(&Names) -> bool,
    /// Whether a record is a click. May put right what the record says in a way of its own.
    pub admit: fn(&mut Record<'_>) -> Admit,
    /// What its words mean.
    pub judge: Judge,
    /// Stable word and label of a file, by what it is written in.
    pub kind: fn(Container, &Names, streaming: bool) -> (&'static str, &'static str),
}

/// Where the format of tables whose columns somebody named stands in the list.
pub fn place_by_hand() -> usize {
    FORMATS.iter().position(|format| format.by_hand).unwrap_or_default()
}

/// How many columns may decide about a record without being kept.
pub const EXTRA: usize = 5;

impl Format {
    /// A format that says nothing of itself.
    pub const PLAIN: Format = Format {
        id: "",
        export_how: "",
        names: &[],
        extra: &[],
        scans_by: None,
        sets: &[],
        own: &[],
        foreign: &[],
        envelope: &[],
        envelope_of_records: None,
        caps: &[],
        keeps_days: &[],
        utc: None,
        disarmed: false,
        counted_once: false,
        by_hand: false,
        own_report_ids: false,
        queried: None,
        words: &[],
        known_by_action: true,
        tells: |fields| fields,
        fit: |_| false,
        admit: url_is_there,
        judge: |_| (Verdict::Unknown, Action::Unknown),
        kind: |_, _, _| ("", ""),
    };

    /// Whether an export says verdict and action in columns of their own, instead of words that have to be judged.
    pub fn has_verdict_column(&self) -> bool {
        self.names.iter().any(|(field, _)| *field == Field::Verdict)
    }

    /// The fields among [`Format::sets`] that a record has: what the format concludes is there, column or not.
    #[inline]
    pub fn concluded(&self, cells: &Cells) -> FieldSet {
        FieldSet::of(self.sets.iter().copied().filter(|field| !cells[*field as usize].is_empty()))
    }

    /// What a query calls the column of a field, where one chooses the columns.
    pub fn queried_as(&self, field: Field) -> Option<&'static str> {
        let (_, column) = self.queried?.columns.iter().find(|(of, _)| *of == field)?;
        Some(column)
    }

    /// Whether its exports can have a field at all, in a column or by their words.
    pub fn can_have(&self, field: Field) -> bool {
        let all = FieldSet::of(self.names.iter().map(|(field, _)| *field));
        (self.tells)(all).has(field)
    }
}

/// A record of a format that holds nothing but clicks is one when it has a URL.
fn url_is_there(record: &mut Record<'_>) -> Admit {
    if is_empty_word(record.cell(Field::Url)) { Admit::Leave(Why::NoUrl) } else { Admit::Take }
}

/// What words of a format mean.
type Meaning = (&'static str, Verdict, Action);

/// The words of some tables, as [`Format::words`] wants them; `N` is their number.
const fn words_of<const N: usize>(tables: &[&[Meaning]]) -> [&'static str; N] {
    let mut words = [""; N];
    let (mut table, mut at, mut place) = (0, 0, 0);
    while table < tables.len() {
        if at == tables[table].len() {
            (table, at) = (table + 1, 0);
        } else {
            words[place] = tables[table][at].0;
            (at, place) = (at + 1, place + 1);
        }
    }
    assert!(place == N, "as many words as the tables have");
    words
}

/// The meaning of a word in a table of such, in any case and without its blanks; none where it is not in there.
fn meaning_in(table: &[Meaning], word: &str) -> Option<(Verdict, Action)> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let word = letters(word);
    let known = table.iter().find(|(known, _, _)| letters(known) == word)?;
    Some((known.1, known.2))
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

/// A table that somebody asks for: the answer may hold records of other tables, and lack columns.
pub struct Queried {
    /// What it is called.
    pub table: &'static str,
    /// The columns that a note names when they are not there or say nothing, as they are written.
    pub columns: &'static [(Field, &'static str)],
}

/// What a format sees of a record before it is taken.
pub struct Record<'a> {
    /// Its cells.
    pub cells: &'a mut Cells,
    /// Those of [`Format::extra`], in its order.
    pub extra: &'a [Span; EXTRA],
    /// What spans point into.
    pub text: &'a [u8],
    /// What other spans point into.
    pub scratch: &'a mut Vec<u8>,
    /// What it has a place for.
    pub has: Has,
    /// The name of the array that held it, where that name says something.
    pub array: &'static str,
    /// What to show of it when it is not taken; empty where the raw action shows best.
    pub example: Span,
}

impl Record<'_> {
    /// A cell.
    #[inline]
    pub fn cell(&self, field: Field) -> &[u8] {
        self.cells[field as usize].of(self.text, self.scratch)
    }

    /// The cell of a column that is not kept.
    pub fn extra(&self, place: usize) -> &[u8] {
        self.extra[place].of(self.text, self.scratch)
    }

    /// [`Record::cell`] or [`Record::extra`] as words to compare.
    pub fn said(cell: &[u8]) -> std::borrow::Cow<'_, str> {
        let text = String::from_utf8_lossy(cell.trim_ascii());
        if is_empty_word(text.as_bytes()) { "".into() } else { text }
    }

    /// Puts something in the place of a cell.
    pub fn set(&mut self, field: Field, text: &str) {
        let from = self.scratch.len();
        self.scratch.extend_from_slice(text.as_bytes());
        self.cells[field as usize] = Span::scratch(from, self.scratch.len());
    }
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
