//! Why a file gave no click at all, said so that the person knows what to export instead.

use super::beside::BESIDES;
use super::container::Container;
use super::container::csv::Reads;
use super::content::Content;
use super::format;
use super::log::ImportLog;
use super::report::{FileReport, Level, Note, REFUSED};
use super::unknown;
use crate::failure::{Failure, FailureKind};
use crate::model::text::{counted, thousands};

/// Why a file gave no click at all.
pub(super) fn failure(content: &Content, log: &ImportLog, bytes: u64) -> Failure {
    let (names, format) = match content {
        Content::Refused(failure) => return (**failure).clone(),
        Content::Unknown if bytes == 0 => return empty("The file is empty: it has 0 bytes."),
        Content::Unknown | Content::Header => {
            return empty("The file holds nothing but white space.");
        }
        Content::Csv(csv) => match csv.reads() {
            Reads::Json(records, _) => (records.names(), records.format()),
            _ => (csv.names().clone(), csv.format()),
        },
        Content::Json(json) => (json.records.names(), json.records.format()),
        Content::Cef(cef) => (cef.records.names(), cef.records.format()),
    };
    if let Some(place) = content.beside()
        && let Some(kind) = BESIDES.get(place as usize)
        && log.refused() == 0
    {
        let message = match log.records {
            0 => format!("This is {}, and there is no row in it.", kind.label),
            _ => format!("This is {}, and all of it was in another file already.", kind.label),
        };
        let instead = "Nothing is missing; leave this file out.".to_owned();
        return format::failure(FailureKind::Empty, message, Some(kind.label), instead);
    }
    let container = if matches!(content, Content::Json(_)) { "JSON file" } else { "file" };
    let fits = (format.fit)(&names);
    let table = match content {
        Content::Json(json) => {
            json.records.unknown().map(|(names, rows)| Box::new(unknown::of_rows(names, rows)))
        }
        _ => None,
    };
    if let Some(reason) = log.first_refusal().filter(|_| table.is_none() || fits) {
        let mut failure = format::failure(
            FailureKind::Broken,
            format!(
                "{} of this {container} could be used: {} ({}).",
                match log.refused() {
                    0 | 1 => "Nothing".to_owned(),
                    many if many == log.records => format!("Not one of the {} records", thousands(many)),
                    many => format!("Not one of the {} records that should be clicks", thousands(many)),
                },
                reason.text.original(),
                counted(reason.count, "time", "times")
            ),
            content.kind().map(|(_, label)| label).filter(|_| fits),
            "Export the file again without opening it in another program first.".to_owned(),
        );
        failure.line = reason.lines.first().copied();
        return failure;
    }
    let streaming = matches!(content, Content::Json(json) if json.records.streaming);
    if (fits || streaming) && log.of_other_tables() > 0 {
        return format::failure(
            FailureKind::NotClicks,
            format!(
                "{} of this {container} belong to other tables{}: there is no click in it.",
                match log.of_other_tables() {
                    1 => "The one record".to_owned(),
                    many => format!("All {} records", thousands(many)),
                },
                log.example().map_or(String::new(), |example| format!(" ({example})"))
            ),
            // Another table of the same service is no export of this kind.
            content.kind().map(|(_, label)| label).filter(|_| format.queried.is_none()),
            match format.queried {
                Some(queried) => format!("Export the table {} alone.", queried.table),
                None => format.export_how.to_owned(),
            },
        );
    }
    match content {
        Content::Json(json) if json.cut && log.records == 0 => format::failure(
            FailureKind::Broken,
            "This JSON file ends before it is complete, and no whole record is in it.".to_owned(),
            None,
            "Export or copy it again.".to_owned(),
        ),
        _ if fits => no_rows(
            format!("This {container} has the columns of a click export and not one click in it."),
            content.kind().map_or("a click export", |(_, label)| label),
        ),
        Content::Json(json) if log.records == 0 && json.shape != Container::Lines => no_rows(
            "This JSON file is an answer without a single record in it.".to_owned(),
            "an empty answer",
        ),
        Content::Json(json) => Failure { table, ..format::not_clicks(&json.telling(), container) },
        _ => format::not_clicks(&names, container),
    }
}

fn empty(message: &str) -> Failure {
    format::failure(FailureKind::Empty, message.to_owned(), None, "Export it again.".to_owned())
}

fn no_rows(message: String, recognised: &str) -> Failure {
    let instead = "Check the period and the filter of the query, then export again.";
    format::failure(FailureKind::Empty, message, Some(recognised), instead.to_owned())
}

/// The entry of a refused file in the list of files.
pub(super) fn of_refused(name: String, bytes: u64, failure: &Failure) -> FileReport {
    FileReport {
        name: name.into(),
        bytes,
        kind: REFUSED.to_owned(),
        kind_label: match (&failure.recognised, &failure.table) {
            (Some(recognised), _) => recognised.clone(),
            (None, Some(_)) => "a table of no known kind".to_owned(),
            (None, None) => "Not click data".to_owned(),
        },
        why: failure.message.clone(),
        table: failure.table.clone(),
        notes: vec![Note {
            // Of an export without a row nothing is missing; a file without a byte is no export.
            level: match (failure.kind, &failure.recognised) {
                (FailureKind::Empty, Some(_)) => Level::Info,
                _ => Level::Bad,
            },
            code: failure.kind.name().to_owned(),
            title: failure.message.clone(),
            text: failure.instead.clone().unwrap_or_default().into(),
        }],
        ..FileReport::default()
    }
}
