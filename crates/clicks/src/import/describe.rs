//! What is said about a file after reading it: what it is, why, what is missing, what to watch for.

use std::collections::BTreeMap;

use super::beside::BESIDES;
use super::container::csv::Reads;
use super::container::json::Records;
use super::content::Content;
use super::context::Kept;
use super::counted::Counted;
use super::dates::{By, Decided};
use super::format::Format;
use super::log::ImportLog;
use super::missing;
use super::names::{Names, normalised};
use super::read_as::ReadAs;
use super::report::{Beside, FileReport, Level, Note, gravest_first};
use super::when::Clock;
use crate::failure::UnknownTable;
use crate::model::Untrusted;
use crate::model::text::{self, thousands};
use crate::model::{Action, Dataset, Field, FieldSet, FileFacts, Verdict};

/// The report of a file that gave clicks, as far as it is known before all files are read.
pub(super) fn of_file(
    content: &Content,
    log: &ImportLog,
    clock: &Clock,
    fields: FieldSet,
    gave_clicks: bool,
) -> FileReport {
    let (kind, label) = content.kind().unwrap_or_default();
    let mut report = FileReport {
        kind: kind.to_owned(),
        kind_label: label.to_owned(),
        why: why(content).into(),
        container: match content {
            Content::Csv(csv) => csv.container().into(),
            Content::Json(json) => json.container().into(),
            Content::Cef(_) => "lines of the common event format (CEF)".into(),
            _ => Untrusted::default(),
        },
        records: log.records,
        refused: log.refused(),
        skipped: log.skipped(),
        absent: absent(fields),
        ..FileReport::default()
    };
    if let Content::Json(json) = content {
        if json.partial {
            note(
                &mut report,
                Level::Warn,
                "partial-result",
                "The service returned a partial result",
                "The answer carries an error beside its rows. Narrow the query and run it again.",
            );
        }
        if json.paged || json.total > log.records {
            note(
                &mut report,
                Level::Warn,
                "one-page",
                "This is one page of several",
                "The answer says that more records are on the pages after it. Save those too and open them together.",
            );
        }
        if json.cut {
            note(
                &mut report,
                Level::Warn,
                "cut-off",
                "The file ends before it is complete",
                "Its last brackets are missing: there may have been more records. Export or copy it again.",
            );
        }
    }
    // Of clicks alone equal rows are counted.
    if clock.coarse > 0 && gave_clicks {
        note(
            &mut report,
            Level::Warn,
            "seconds-lost",
            "Times have no seconds",
            "The file was probably saved again by a spreadsheet. Clicks within a minute cannot be put in order, and equal rows are counted as clicks of their own.",
        );
    }
    if report.refused > 0 {
        let many = if report.refused == 1 { "1 record" } else { "Some records" };
        let text = format!(
            "{} of {} refused; the reasons are listed with their lines.",
            thousands(report.refused),
            text::counted(report.records, "record was", "records were")
        );
        note(&mut report, Level::Bad, "refused", &format!("{many} could not be used"), &text);
    }
    report
}

fn why(content: &Content) -> String {
    let signs = |names: &Names| -> String {
        let telling = [
            "Url",
            "Original URL",
            "ActionType",
            "AccountUpn",
            "Workload",
            "IsClickedThrough",
            "UrlChain",
            "ThreatTypes",
            "Verdict",
            "Action",
            "ClickTime",
            "Time clicked",
            "RecipientAddress",
            "TimeOfClick",
            "UserIp",
            "Operation",
            "clickTime",
            "clickIP",
            "threatStatus",
            "scanResult",
            "Action Applied",
            "NetworkMessageId",
            "Subject",
            "UserPrincipalName",
            "Department",
        ];
        let mut told: Vec<String> = Vec::new();
        for name in telling.map(normalised) {
            if let Some(place) = names.place_of(&name) {
                let written = names.written.get(place).map(|w| w.trim().to_owned()).unwrap_or_default();
                if !told.contains(&written) {
                    told.push(written);
                }
            }
        }
        if told.is_empty() {
            told = names.written.iter().take(6).map(|w| w.trim().to_owned()).collect();
        }
        told.join(", ")
    };
    let of_records = |records: &Records| match (records.streaming, records.format().envelope_of_records) {
        (true, Some(envelope)) => format!("records carry the category {}", envelope.own),
        _ => format!("records have the keys {}", signs(&records.names())),
    };
    match content {
        Content::Csv(csv) => {
            if let Reads::Json(records, column) = csv.reads() {
                let column = csv.names().written.get(*column).map_or("", String::as_str);
                return format!("cells of the column {} hold JSON: {}", column.trim(), of_records(records));
            }
            let names = csv.names();
            let mut why = format!("the header names {}", signs(names));
            if names.typed {
                why = "the header names Url_s and other typed columns of a custom table".to_owned();
            }
            if names.zoned {
                why.push_str("; names end in a time zone as Log Analytics writes them");
            }
            if matches!(csv.reads(), Reads::Clicks) && names.has_foreign(csv.format()) {
                why.push_str("; columns of other tables are there too, so only rows that are clicks count");
            }
            why
        }
        Content::Json(json) => of_records(&json.records),
        Content::Cef(cef) => of_records(&cef.records),
        _ => String::new(),
    }
}

/// Scans of links are no clicks, where an export can tell them.
pub(super) fn note_scans(report: &mut FileReport, content: &Content, format: &Format) {
    if let Some(column) = format.scans_by
        && !content.names_of_clicks().has(&normalised(column))
    {
        note(
            report,
            Level::Warn,
            "scans-not-told",
            "Scans cannot be told from clicks in this export",
            &format!("It has no {column}: links that were scanned on delivery may be among the clicks."),
        );
    }
}

/// What of a file stands beside the clicks. A file of nothing else is called after it.
pub(super) fn say_beside(report: &mut FileReport, kept: &Kept, gave_clicks: bool) {
    for (place, records) in kept {
        let Some(kind) = BESIDES.get(*place as usize) else { continue };
        report.beside.push(Beside {
            kind: kind.id.to_owned(),
            label: kind.label.to_owned(),
            serves: kind.serves.to_owned(),
            records: *records,
        });
    }
    if let (false, Some(first)) = (gave_clicks, report.beside.first()) {
        report.kind.clone_from(&first.kind);
        report.kind_label.clone_from(&first.label);
        report.absent.clear();
    }
}

/// A directory has columns that may tell of clicks: somebody who knows says so.
pub(super) fn note_maybe_clicks(report: &mut FileReport, table: &UnknownTable) {
    report.table = Some(Box::new(table.clone()));
    note(
        report,
        Level::Info,
        "maybe-clicks",
        "Read as a directory of people",
        "It also has columns that look like URLs and times. If its rows are clicks, say which column is what.",
    );
}

/// The fields of an export and those that are derived from them.
pub(super) fn with_derived(fields: FieldSet, format: &Format) -> FieldSet {
    let mut fields = fields.with(Field::Host);
    // Verdict and action are derived from these.
    if fields.has(Field::RawAction) || fields.has(Field::ClickedThrough) {
        fields = fields.with(Field::Action);
    }
    if fields.has(Field::Action) || fields.has(Field::Threat) {
        fields = fields.with(Field::Verdict);
    }
    (format.tells)(fields)
}

/// Labels of the report's columns that an export does not have.
fn absent(fields: FieldSet) -> Vec<String> {
    fields.missing().map(|d| d.label.to_owned()).collect()
}

/// What the times of the file are, and in which order their dates were read. `another` is the name of the file that decided
/// the order, if another did.
pub(super) fn say_times(report: &mut FileReport, clock: &Clock, decided: Decided, another: &str) {
    let (certainty, why) = clock.certainty();
    let doubtful = decided.is_doubtful() && certainty == "utc";
    report.zone_certainty = if doubtful { "assumed" } else { certainty }.to_owned();
    report.zone_why = match &clock.told {
        Some(zone) => format!("{why}, {zone}{}", decided.why(another)).into(),
        None => format!("{why}{}", decided.why(another)).into(),
    };
    report.reads_both_ways = clock.order.either;
    if certainty == "local" {
        note(
            report,
            Level::Warn,
            "local-time",
            "Times are local, and the file does not say where",
            "They are taken for UTC, and shown as written as long as the page shows UTC. Set the portal to UTC and export again to be sure.",
        );
    }
    match decided {
        Decided::Guessed => note(
            report,
            Level::Warn,
            "date-order",
            "Day and month cannot be told apart",
            "No date in the file has a number over 12 in the deciding place. Dates are taken month first.",
        ),
        Decided::Both => note(
            report,
            Level::Warn,
            "date-order",
            "Dates are written in two orders",
            "Some dates can only be day first, others only month first. Those that read both ways are taken month first.",
        ),
        Decided::DayFirst(By::ToldBeyond) | Decided::MonthFirst(By::ToldBeyond) => note(
            report,
            Level::Warn,
            "date-order",
            "Dates are read as you said, and hardly can be",
            "So the file holds more days than its source keeps; in the other order it does not.",
        ),
        _ if !another.is_empty() => note(
            report,
            Level::Info,
            "date-order",
            &format!("Dates are read {}, as in another file", decided.order()),
            &format!(
                "No date in this file says which number is the month. {another} writes its dates in the same way, and there one does."
            ),
        ),
        _ => {}
    }
}

/// Whose clicks they are is not in the file: another one may be called the same.
pub(super) fn note_tenant(report: &mut FileReport, tenant: &str) {
    let title = "Whose clicks these are was said, and is not in the file";
    let text = format!(
        "Those that name no tenant count as {tenant}, as somebody said of a file of this name. Check that it is that file."
    );
    note(report, Level::Warn, "tenant-said", title, &text);
}

/// Words that should have been a boolean: they may hide an override.
pub(super) fn note_booleans(report: &mut FileReport, strange: &[(String, u64, u32)], format: &Format) {
    let rows: u64 = strange.iter().map(|(_, rows, _)| rows).sum();
    if rows == 0 {
        return;
    }
    let words: Vec<String> = strange
        .iter()
        .map(|(word, rows, line)| {
            format!(
                "“{word}” ({}, first in line {})",
                text::counted(*rows, "time", "times"),
                thousands(u64::from(*line))
            )
        })
        .collect();
    note(
        report,
        Level::Warn,
        "unknown-boolean",
        &format!(
            "{} neither yes nor no",
            match format.queried_as(Field::ClickedThrough) {
                Some(column) => format!("{column} has words that are"),
                None => "Some words are".to_owned(),
            }
        ),
        &format!("They are counted as not said, and may hide overrides: {}.", words.join(", ")),
    );
}

/// What somebody said that words of the file mean changes its numbers: that must be seen wherever these are.
fn note_meanings(report: &mut FileReport, data: &Dataset, counted: &Counted, read_as: &ReadAs) {
    let mut said: BTreeMap<&str, (String, u64)> = BTreeMap::new();
    for (kind, clicks) in counted.kinds(data) {
        let word = data.raw_actions.text(kind.raw_action);
        if let Some(meant) = read_as.meaning_of(word) {
            let meaning: Vec<&str> = [meant.verdict.map(Verdict::label), meant.action.map(Action::label)]
                .into_iter()
                .flatten()
                .collect();
            said.entry(word).or_insert_with(|| (meaning.join(", "), 0)).1 += clicks;
        }
    }
    if said.is_empty() {
        return;
    }
    let all: Vec<String> = said
        .iter()
        .map(|(word, (meaning, clicks))| {
            let word = if word.is_empty() { "no word" } else { word };
            format!("“{word}” is {meaning} ({})", text::counted(*clicks, "click", "clicks"))
        })
        .collect();
    let text = format!(
        "{}. Numbers follow that, whatever the export says. Put it back on the page that shows what words were taken for.",
        all.join("; ")
    );
    note(
        report,
        Level::Warn,
        "meanings-said",
        "Words mean what somebody said, not what their format says",
        &text,
    );
}

/// What only all files together tell: what counts once, and what the clicks of the file lack.
pub(super) fn complete(
    report: &mut FileReport,
    data: &Dataset,
    facts: FileFacts,
    counted: &Counted,
    format: &Format,
    read_as: &ReadAs,
) {
    report.duplicates = facts.duplicates;
    report.rows = report.rows.saturating_sub(facts.duplicates);
    let said = |row: Option<u32>| row.map(|row| data.time_text(row as usize));
    report.from = said(counted.rows.map(|(first, _)| first));
    report.to = said(counted.rows.map(|(_, last)| last));
    report.without = counted.without;
    report.unknown_actions = counted.unknown_actions(data, format);
    note_meanings(report, data, counted, read_as);
    let is_said = |word: &str| read_as.meaning_of(word).is_some_and(|meant| meant.action.is_some());
    report.unknown_actions.retain(|unknown| !is_said(unknown.word.original()));
    let fields = facts.fields;
    // What stands beside the clicks may have filled some.
    report.absent = absent(fields);
    missing::note_columns(report, fields, format, counted.allowed + facts.allowed_duplicates, counted.judged);
    if let Some(most) = format.caps.iter().find(|cap| **cap == report.records) {
        let title = "This export is probably cut off";
        let text = format!(
            "It has exactly {} records, as many as an export may have. Export shorter periods and open them together.",
            thousands(*most)
        );
        note(report, Level::Warn, "probably-truncated", title, &text);
    }
    if !report.unknown_actions.is_empty() {
        let clicks: u64 = report.unknown_actions.iter().map(|a| a.clicks).sum();
        let text = format!(
            "{} a word for what happened that nobody documents. They count as neither allowed nor blocked; their threats and click-throughs still count.",
            text::counted(clicks, "click has", "clicks have")
        );
        note(report, Level::Warn, "unknown-action", "Some actions are not known", &text);
    }
    if counted.concealed > 0 {
        let text = format!(
            "{} people by signs that stand for their names, and no directory or sign-in can be joined with them. An administrator can switch this off: Microsoft 365 admin center, Org settings, Reports.",
            text::counted(counted.concealed, "click names", "clicks name")
        );
        note(report, Level::Warn, "concealed-names", "Names are concealed in this export", &text);
    }
    if counted.many > 0 {
        let text = format!(
            "{} further combinations of action, source and threats. Their verdict and action are right, their words are in the raw record only.",
            text::counted(counted.many, "click has", "clicks have")
        );
        note(report, Level::Warn, "many-words", "More than 60,000 different words", &text);
    }
    report.notes = gravest_first(std::mem::take(&mut report.notes));
}

/// Adds a note.
pub(super) fn note(report: &mut FileReport, level: Level, code: &str, title: &str, text: &str) {
    report.notes.push(Note { level, code: code.to_owned(), title: title.into(), text: text.into() });
}
