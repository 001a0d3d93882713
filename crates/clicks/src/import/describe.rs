//! What is said about a file after reading it: what it is, why, what is missing, what to watch for.

use super::Content;
use super::json::Shape;
use super::log::ImportLog;
use super::refuse::{self, failure as failed};
use super::when::Clock;
use crate::model::{Action, Column};
use crate::protocol::{Failure, FailureKind, FileReport, Level, Note};

/// Row counts at which exports are known to be cut: 10,000 was the limit of advanced hunting, 30,000 is the
/// one of its export and of Log Analytics, 100,000 the newest.
const CUTS: [u64; 3] = [10_000, 30_000, 100_000];

/// Stable word and label of what a file was recognised as.
pub(super) fn kind(content: &Content) -> Option<(&'static str, &'static str)> {
    match content {
        Content::Csv(csv) => {
            let h = &csv.header;
            let sentinel = h.zoned || h.custom_table || h.has("timegenerated") || h.has("sourcesystem");
            Some(if sentinel {
                ("log-analytics-csv", "UrlClickEvents from Sentinel or Log Analytics (CSV)")
            } else {
                ("hunting-csv", "UrlClickEvents from Advanced hunting (CSV)")
            })
        }
        Content::Json(json) => Some(match json.shape {
            Shape::Results => ("graph-json", "UrlClickEvents from Graph runHuntingQuery (JSON)"),
            Shape::LegacyResults => {
                ("hunting-api-json", "UrlClickEvents from the Advanced hunting API (JSON)")
            }
            Shape::Tables => ("log-analytics-json", "UrlClickEvents from the Log Analytics API (JSON)"),
            Shape::Records => ("event-hub-json", "UrlClickEvents from an event hub (JSON)"),
            Shape::Lines if json.streaming => {
                ("streaming-jsonl", "UrlClickEvents from the streaming API (JSON lines)")
            }
            Shape::Array if json.streaming => {
                ("streaming-json", "UrlClickEvents from the streaming API (JSON)")
            }
            Shape::Lines => ("json-lines", "UrlClickEvents as JSON lines"),
            Shape::Array | Shape::Value => ("json-array", "UrlClickEvents as a JSON array"),
        }),
        Content::Unknown | Content::Header | Content::Refused(_) => None,
    }
}

/// The report of a file that gave clicks; name, size, span and reasons are added by the loader.
pub(super) fn report(content: &Content, clock: &Clock, log: &ImportLog, rows: u64) -> FileReport {
    let (kind, label) = kind(content).unwrap_or_default();
    let (certainty, zone_why) = clock.certainty();
    FileReport {
        kind: kind.to_owned(),
        kind_label: label.to_owned(),
        why: why(content),
        container: match content {
            Content::Csv(csv) => csv.container(),
            Content::Json(json) => json.container().to_owned(),
            _ => String::new(),
        },
        records: log.records,
        rows,
        refused: log.refused(),
        skipped: log.skipped(),
        zone_certainty: certainty.to_owned(),
        zone_why,
        ..FileReport::default()
    }
}

fn why(content: &Content) -> String {
    let signs = |header: &super::header::Header| -> String {
        let telling =
            ["Url", "ActionType", "AccountUpn", "Workload", "IsClickedThrough", "UrlChain", "ThreatTypes"];
        let found: Vec<&str> =
            telling.into_iter().filter(|n| header.has(&super::header::normalised(n))).collect();
        found.join(", ")
    };
    match content {
        Content::Csv(csv) => {
            let h = &csv.header;
            let mut why = format!("the header names {}", signs(h));
            if h.custom_table {
                why = "the header names Url_s and other typed columns of a custom table".to_owned();
            }
            if h.zoned {
                why.push_str("; names end in a time zone as Log Analytics writes them");
            }
            if h.union {
                why.push_str("; columns of other tables are there too, so only rows that are clicks count");
            }
            why
        }
        Content::Json(json) => match json.streaming {
            true => "records carry the category AdvancedHunting-UrlClickEvents".to_owned(),
            false => format!("records have the keys {}", signs(&json.header())),
        },
        _ => String::new(),
    }
}

/// Labels of the report's columns that an export does not have.
pub(super) fn absent(present: &[Column]) -> Vec<String> {
    Column::ALL.iter().filter(|c| !present.contains(c)).map(|c| c.label().to_owned()).collect()
}

/// Notes that a reader should see before any number.
pub(super) fn add_notes(report: &mut FileReport, content: &Content, actions: [u64; 5]) {
    let mut note = |level, code: &str, title: &str, text: &str| {
        report.notes.push(Note {
            level,
            code: code.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
        });
    };
    if CUTS.contains(&report.records) {
        note(
            Level::Warn,
            "probably-truncated",
            "This export is probably cut off",
            "It has exactly as many rows as an export may have. Export shorter periods and open them together.",
        );
    }
    // A click-through column alone tells overrides, but not what was allowed or blocked.
    let has_action = !report.absent.iter().any(|a| a == Column::RawAction.label());
    if !has_action {
        note(
            Level::Warn,
            "no-action",
            "This export does not say what happened to a click",
            "The query left out ActionType: actions are unknown, and nothing can be said about blocks and overrides.",
        );
    } else if actions[Action::Allowed as usize] == 0 {
        note(
            Level::Warn,
            "no-allowed",
            "There are no allowed clicks in this export",
            "Its filter left them out, so rates are not meaningful: of what was exported, nothing was let through.",
        );
    }
    if report.zone_certainty == "local" {
        note(
            Level::Warn,
            "local-time",
            "Times are local, and the file does not say where",
            "They are shown as written. Set the portal to UTC and export again to be sure.",
        );
    } else if report.zone_why.contains("cannot be told apart") || report.zone_why.contains("both orders") {
        note(
            Level::Warn,
            "date-order",
            "Day and month cannot be told apart",
            "No date in the file has a number over 12 in the deciding place. Dates are taken month first.",
        );
    }
    if let Content::Json(json) = content
        && json.partial
    {
        note(
            Level::Warn,
            "partial-result",
            "The service returned a partial result",
            "The answer carries an error beside its rows. Narrow the query and run it again.",
        );
    }
    if report.refused > 0 {
        let many = if report.refused == 1 { "1 record" } else { "Some records" };
        note(
            Level::Bad,
            "refused",
            &format!("{many} could not be used"),
            &format!(
                "{} of {} records were refused; the reasons are listed with their lines.",
                report.refused, report.records
            ),
        );
    }
}

/// Why a file gave no click at all.
pub(super) fn failure(content: &Content, log: &ImportLog, bytes: u64) -> Failure {
    let header = match content {
        Content::Refused(failure) => return (**failure).clone(),
        Content::Unknown if bytes == 0 => {
            return failed(
                FailureKind::Empty,
                "The file is empty: it has 0 bytes.".to_owned(),
                None,
                "Export it again.",
            );
        }
        Content::Unknown | Content::Header => {
            return failed(
                FailureKind::Empty,
                "The file holds nothing but white space.".to_owned(),
                None,
                "Export it again.",
            );
        }
        Content::Csv(csv) => csv.header.clone(),
        Content::Json(json) => json.header(),
    };
    let container = if matches!(content, Content::Json(_)) { "JSON file" } else { "file" };
    if let Some(reason) = log.first_refusal() {
        let all = log.records;
        let mut failure = failed(
            FailureKind::Broken,
            format!(
                "Not one of the {all} records of this {container} could be used: {} ({} times).",
                reason.text, reason.count
            ),
            kind(content).map(|(_, label)| label).filter(|_| header.is_clicks()),
            "Export the file again without opening it in another program first.",
        );
        failure.line = reason.lines.first().copied();
        return failure;
    }
    let streaming = matches!(content, Content::Json(json) if json.streaming);
    if (header.is_clicks() || streaming) && log.records > 0 {
        return failed(
            FailureKind::NotClicks,
            format!(
                "All {} records of this {container} belong to other tables{}: there is no click among them.",
                log.records,
                log.example().map_or(String::new(), |example| format!(" ({example})"))
            ),
            None,
            "Export the table UrlClickEvents alone.",
        );
    }
    match content {
        _ if header.is_clicks() => refuse::no_rows(container),
        Content::Json(json) if log.records == 0 && json.shape != Shape::Lines => failed(
            FailureKind::Empty,
            "This JSON file is an answer without a single record in it.".to_owned(),
            None,
            "Check the period and the filter of the query, then export again.",
        ),
        Content::Json(json) => refuse::not_clicks(&json.telling(), container),
        _ => refuse::not_clicks(&header, container),
    }
}

/// The entry of a refused file in the list of files.
pub(super) fn refused_report(name: String, bytes: u64, failure: &Failure) -> FileReport {
    FileReport {
        name,
        bytes,
        kind: "refused".to_owned(),
        kind_label: failure.recognised.clone().unwrap_or_else(|| "Not click data".to_owned()),
        why: failure.message.clone(),
        notes: vec![Note {
            level: Level::Bad,
            code: failure.kind.name().to_owned(),
            title: failure.message.clone(),
            text: failure.instead.clone().unwrap_or_default(),
        }],
        ..FileReport::default()
    }
}
