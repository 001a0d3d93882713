//! How to read one record of a file again, long after the file went by.

pub use super::again::Again;
use serde_json::Value;

use super::bytes::Decoder;
use super::container::cef;
use super::container::csv::{CsvImport, Delimiter, Reads};
use super::container::json::{self, JsonImport};
use super::names::Names;

/// Names and cells of a record, as they are in the file.
pub type RawRecord = Vec<(String, String)>;

/// What a file's records are written like.
#[derive(Clone)]
pub struct Source {
    decoder: Decoder,
    form: Form,
    /// Records stand inside cells or other objects: a record is shown with what is inside it.
    opens_cells: bool,
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
        let opens_cells = matches!(csv.reads(), Reads::Json(..));
        Source {
            decoder,
            form: Form::Csv(csv.sections().to_vec(), csv.delimiter()),
            opens_cells,
            inside: None,
        }
    }

    /// Records of JSON.
    pub(super) fn json(decoder: Decoder, json: &JsonImport) -> Source {
        let envelope = json.records.format().envelope_of_records.map(|e| e.inside);
        Source {
            decoder,
            form: Form::Json(json.tables().to_vec(), envelope),
            opens_cells: json.records.found_inside,
            inside: None,
        }
    }

    /// Lines of the common event format.
    pub(super) fn cef(decoder: Decoder) -> Source {
        Source { decoder, form: Form::Cef, opens_cells: false, inside: None }
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
        let mut record = match &self.form {
            Form::Csv(sections, delimiter) => in_force(sections, offset)
                .map_or_else(Vec::new, |names| CsvImport::names_and_cells(names, delimiter, text, to_end)),
            Form::Cef => cef::names_and_cells(text, to_end),
            Form::Json(tables, envelope) => {
                let names = in_force(tables, offset).map_or(&[][..], Vec::as_slice);
                json::names_and_cells(text, names, *envelope)
            }
        };
        if self.opens_cells {
            open_cells(&mut record);
        }
        record
    }
}

fn in_force<T>(sections: &[(u64, T)], offset: u64) -> Option<&T> {
    let after = sections.partition_point(|(from, _)| *from <= offset);
    sections.get(after.checked_sub(1)?).map(|(_, names)| names)
}

/// How many cells inside cells are shown, and how deep.
const MOST_INSIDE: usize = 300;
const DEEPEST: usize = 5;

/// Puts what is inside cells of JSON behind the cells, under the way that leads there.
fn open_cells(record: &mut RawRecord) {
    let mut inside = RawRecord::new();
    for (name, cell) in record.iter() {
        let text = cell.trim_start();
        if text.starts_with(['{', '['])
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            open_value(name, &value, 0, &mut inside);
        }
    }
    record.extend(inside);
}

fn open_value(name: &str, value: &Value, depth: usize, inside: &mut RawRecord) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, v)| (format!("{name} › {key}"), v)).collect(),
        Value::Array(values) => {
            values.iter().zip(1..).map(|(v, place)| (format!("{name} › {place}"), v)).collect()
        }
        _ => return,
    };
    for (name, value) in inner {
        if inside.len() >= MOST_INSIDE {
            return;
        }
        let text = value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
        let parsed = value.as_str().filter(|text| text.starts_with('{')).map(serde_json::from_str::<Value>);
        inside.push((name.clone(), text));
        if depth < DEEPEST {
            match parsed {
                Some(Ok(parsed)) => open_value(&name, &parsed, depth + 1, inside),
                _ => open_value(&name, value, depth + 1, inside),
            }
        }
    }
}
