//! From text to records: delimited text, JSON in all their shapes, lines of CEF. No word of any vendor in here.

pub mod cef;
pub mod csv;
pub mod json;

/// What a file's records were written in, in stable words: what a format is called depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Delimited text.
    Csv,
    /// JSON objects one after the other.
    Lines,
    /// One JSON array.
    Array,
    /// `results` beside `schema`.
    Results,
    /// `Results` beside `Schema`.
    LegacyResults,
    /// `records`.
    Records,
    /// `tables` with `columns` and `rows`.
    Tables,
    /// `value`.
    Value,
    /// Lines of the common event format.
    Cef,
    /// Arrays that are called after what they hold.
    Named,
}
