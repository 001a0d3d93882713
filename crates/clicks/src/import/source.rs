//! How to read one record of a file again, long after the file went by.

pub use super::again::Again;
use super::bytes::Decoder;
use super::container::cef;
use super::container::csv::{CsvImport, Delimiter};
use super::container::json::{self, JsonImport};
use super::names::Names;

/// Names and cells of a record, as they are in the file.
pub type RawRecord = Vec<(String, String)>;

/// What a file's records are written like.
#[derive(Clone)]
pub struct Source {
    decoder: Decoder,
    form: Form,
    /// Name of the packed file that it is inside of, and how many began before it there.
    inside: Option<(String, usize)>,
}

/// Names hold from a place in the text on: headers repeat, answers hold several tables.
#[derive(Clone)]
enum Form {
    Csv(Vec<(u64, Names)>, Delimiter),
    Json(Vec<(u64, Vec<String>)>, Option<&'static str>),
    Cef,
}

impl Source {
    /// Records of delimited text.
    pub(super) fn csv(decoder: Decoder, csv: &CsvImport) -> Source {
        Source { decoder, form: Form::Csv(csv.sections().to_vec(), csv.delimiter()), inside: None }
    }

    /// Records of JSON.
    pub(super) fn json(decoder: Decoder, json: &JsonImport) -> Source {
        let envelope = json.records.format().envelope_of_records.map(|e| e.inside);
        Source { decoder, form: Form::Json(json.tables().to_vec(), envelope), inside: None }
    }

    /// Lines of the common event format.
    pub(super) fn cef(decoder: Decoder) -> Source {
        Source { decoder, form: Form::Cef, inside: None }
    }

    /// Its file is the one that began at a place inside a packed file.
    pub(super) fn is_inside(&mut self, packed: &str, place: usize) {
        self.inside = Some((packed.to_owned(), place));
    }

    /// Where in the file to read for the record at `offset` of its text.
    pub fn place_of(&self, offset: u64) -> u64 {
        self.decoder.place_of(offset).0
    }

    /// Reads the record at `offset` out of the packed file that holds it; none where it is in no packed file.
    pub fn unpack_again(&self, offset: u64) -> Option<Again> {
        let (name, place) = self.inside.clone()?;
        Some(Again::new(name, place, self.place_of(offset)))
    }

    /// Names and cells of the record at `offset`, from bytes of the file that start at
    /// [`Source::place_of`] and go to its end or not. Empty when they do not hold the whole record.
    pub fn record(&self, offset: u64, bytes: &[u8], to_end: bool) -> RawRecord {
        let (_, skip) = self.decoder.place_of(offset);
        let mut text = Vec::new();
        self.decoder.again().push(bytes, &mut text);
        let text = text.get(skip..).unwrap_or_default();
        match &self.form {
            Form::Csv(sections, delimiter) => in_force(sections, offset)
                .map_or_else(Vec::new, |names| CsvImport::names_and_cells(names, delimiter, text, to_end)),
            Form::Cef => cef::names_and_cells(text, to_end),
            Form::Json(tables, envelope) => {
                let names = in_force(tables, offset).map_or(&[][..], Vec::as_slice);
                json::names_and_cells(text, names, *envelope)
            }
        }
    }
}

fn in_force<T>(sections: &[(u64, T)], offset: u64) -> Option<&T> {
    let after = sections.partition_point(|(from, _)| *from <= offset);
    sections.get(after.checked_sub(1)?).map(|(_, names)| names)
}
