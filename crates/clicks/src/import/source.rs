//! How to read one record of a file again, long after the file went by.

use super::Content;
use super::bytes::Decoder;
use super::csv::{CsvDelimiter, CsvImport};
use super::header::Header;
use super::json;

/// What a file's records are written like.
#[derive(Clone)]
pub struct Source {
    decoder: Decoder,
    form: Form,
}

#[derive(Clone)]
enum Form {
    Csv(Box<Header>, CsvDelimiter),
    Json(Vec<String>),
}

impl Source {
    pub(super) fn new(decoder: Decoder, content: &Content) -> Source {
        let form = match content {
            Content::Csv(csv) => Form::Csv(Box::new(csv.header.clone()), csv.delimiter()),
            Content::Json(json) => Form::Json(json.table_names().to_vec()),
            _ => Form::Json(Vec::new()),
        };
        Source { decoder, form }
    }

    /// Where in the file to read for the record at `offset` of its text.
    pub fn place_of(&self, offset: u64) -> u64 {
        self.decoder.place_of(offset).0
    }

    /// Names and cells of the record at `offset`, from bytes of the file that start at
    /// [`Source::place_of`] and go to its end or not. Empty when they do not hold the whole record.
    pub fn record(&self, offset: u64, bytes: &[u8], to_end: bool) -> Vec<(String, String)> {
        let (_, skip) = self.decoder.place_of(offset);
        let mut text = Vec::new();
        self.decoder.again().push(bytes, &mut text);
        let text = text.get(skip..).unwrap_or_default();
        match &self.form {
            Form::Csv(header, delimiter) => CsvImport::names_and_cells(header, delimiter, text, to_end),
            Form::Json(names) => json::names_and_cells(text, names),
        }
    }
}
