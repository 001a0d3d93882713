//! What the records of a file are: clicks of a format, rows beside the clicks, or JSON that may hold either.
//!
//! Owns that decision for delimited text, by its header; of JSON it is made record by record. Must not know how files are
//! read.

use super::beside::{BESIDES, ways};
use super::container::Container;
use super::container::cef::CefImport;
use super::container::csv::{CsvImport, Preamble, Reads};
use super::container::json::{JsonImport, Records};
use super::format::{self, FORMATS, Format, MAPPED};
use super::names::Names;
use super::read_as::ReadAs;
use super::unknown;
use crate::failure::{Failure, UnknownTable};
use crate::model::Field;

/// Columns whose cells hold a whole record as JSON: of the audit log, of `CloudAppEvents`, of search engines.
const JSON_COLUMNS: [&str; 5] =
    ["auditdata", "raweventdata", "event.original", "eventoriginal", "originalevent"];

/// Columns that do so in one product and hold plain text in another.
const MAYBE_JSON_COLUMNS: [&str; 1] = ["raw"];

/// What a file turned out to be.
pub(super) enum Content {
    /// Not known yet.
    Unknown,
    /// Text that is no JSON, header not whole yet.
    Header,
    Csv(Box<CsvImport>),
    Json(Box<JsonImport>),
    Cef(Box<CefImport>),
    /// Known not to be clicks; the rest is not looked at.
    Refused(Box<Failure>),
}

impl Content {
    /// What the records under a header, at the start of `text`, are: clicks, rows of a table beside them, or cells that hold records.
    pub(super) fn of_header(preamble: Preamble, text: &[u8], read_as: &ReadAs) -> Content {
        let names = &preamble.names;
        if let Some((place, format)) = Content::format_of(names) {
            return Content::Csv(Box::new(CsvImport::new(preamble, format, place as u8)));
        }
        // Somebody who says what columns are knows better than any sign.
        let table = || unknown::table(names, text, &preamble.delimiter);
        let mut said = read_as.mappings().into_iter().filter(|mapping| mapping.is_of(&names.written));
        if let Some(mapping) = said.find(|mapping| !mapping.contradicts(&table())) {
            let renamed = Names::new(mapping.renamed(&names.written));
            return Content::Csv(Box::new(CsvImport::mapped(
                preamble,
                renamed,
                &MAPPED,
                format::place_by_hand() as u8,
            )));
        }
        let json = |columns: &[&str]| columns.iter().find_map(|name| names.place_of(name));
        let mut maybe_clicks = None;
        let reads = if let Some(column) = json(&JSON_COLUMNS) {
            Reads::Json(Box::new(Records::new()), column)
        } else if let Some(place) = BESIDES.iter().position(|beside| {
            let rows = || unknown::rows(text, &preamble.delimiter);
            (beside.fit)(names) && !(beside.is_people() && unknown::tells_of_clicks(&names.written, &rows()))
        }) {
            if BESIDES[place].is_people() {
                maybe_clicks = Some(Box::new(table())).filter(|table| table.may_be_clicks());
            }
            Reads::Beside(place as u16, ways(BESIDES[place], names))
        } else if let Some(refused) = format::refused(names) {
            return Content::Refused(Box::new(refused));
        } else if let Some(column) = json(&MAYBE_JSON_COLUMNS) {
            Reads::Json(Box::new(Records::new()), column)
        } else {
            let mut failure = format::not_clicks(names, "file");
            // A click has a URL, a time and a user.
            if names.len() > 2 {
                failure.table = Some(Box::new(table())).filter(|table| unknown::may_be_named(table));
            }
            return Content::Refused(Box::new(failure));
        };
        Content::Csv(Box::new(CsvImport::of(preamble, reads, maybe_clicks)))
    }

    /// The format whose clicks the records under these names are, and its place in the list.
    pub(super) fn format_of(names: &Names) -> Option<(usize, &'static Format)> {
        let need = |format: &Format| {
            let fields = names.fields(format);
            fields.has(Field::Url) && fields.has(Field::Time)
        };
        let mut formats = FORMATS.iter().copied().enumerate();
        formats.find(|(_, format)| (format.fit)(names) && need(format))
    }

    /// The columns of a directory of people whose rows may be clicks all the same.
    pub(super) fn maybe_clicks(&self) -> Option<&UnknownTable> {
        match self {
            Content::Csv(csv) => csv.maybe_clicks.as_deref(),
            _ => None,
        }
    }

    /// The table beside the clicks that its records belong to, where they do.
    pub(super) fn beside(&self) -> Option<u16> {
        match self {
            Content::Csv(csv) => match csv.reads() {
                Reads::Beside(place, _) => Some(*place),
                Reads::Json(records, _) => records.beside(),
                Reads::Clicks => None,
            },
            Content::Json(json) => json.records.beside(),
            Content::Cef(cef) => cef.records.beside(),
            Content::Unknown | Content::Header | Content::Refused(_) => None,
        }
    }

    /// The same for files of one format with the same columns.
    pub(super) fn layout(&self, format: &Format) -> u64 {
        self.names_of_clicks().layout(format)
    }

    /// The names that its clicks have.
    pub(super) fn names_of_clicks(&self) -> Names {
        match self {
            Content::Csv(csv) => match csv.reads() {
                Reads::Json(records, _) => records.names_of_clicks(),
                _ => csv.names().clone(),
            },
            Content::Json(json) => json.records.names_of_clicks(),
            Content::Cef(cef) => cef.records.names_of_clicks(),
            Content::Unknown | Content::Header | Content::Refused(_) => Names::default(),
        }
    }

    /// The records of JSON, in a file of its own or in cells.
    pub(super) fn records_mut(&mut self) -> Option<&mut Records> {
        match self {
            Content::Csv(csv) => csv.records_mut(),
            Content::Json(json) => Some(&mut json.records),
            Content::Cef(cef) => Some(&mut cef.records),
            _ => None,
        }
    }

    /// Stable word and label of what a file was recognised as.
    pub(super) fn kind(&self) -> Option<(&'static str, &'static str)> {
        let of = |records: &Records, container: Container| {
            (records.format().kind)(container, &records.names(), records.streaming)
        };
        match self {
            Content::Csv(csv) => Some(match csv.reads() {
                Reads::Clicks => (csv.format().kind)(Container::Csv, csv.names(), false),
                Reads::Json(records, _) => of(records, Container::Csv),
                Reads::Beside(place, _) => {
                    let beside = BESIDES.get(*place as usize)?;
                    (beside.id, beside.label)
                }
            }),
            Content::Json(json) => Some(of(&json.records, json.shape)),
            Content::Cef(cef) => Some(of(&cef.records, Container::Cef)),
            Content::Unknown | Content::Header | Content::Refused(_) => None,
        }
    }
}
