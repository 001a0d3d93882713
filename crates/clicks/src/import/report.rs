//! What is said about a file after reading it: what it is, why, what is missing, what to watch for.

use super::container::Container;
use super::dates::Decided;
use super::format::{self, Format};
use super::loader::Content;
use super::log::ImportLog;
use super::names::{Names, normalised};
use super::when::Clock;
use crate::model::ids::Id as _;
use crate::model::{Action, Dataset, Field, FieldSet, FileFacts, MAX_KINDS, NONE};
use crate::protocol::{Failure, FailureKind, FileReport, Level, Note, UnknownAction, Without};

/// The report of a file that gave clicks, as far as it is known before all files are read.
pub(super) fn of_file(content: &Content, log: &ImportLog, clock: &Clock, fields: FieldSet) -> FileReport {
    let (kind, label) = content.kind().unwrap_or_default();
    let mut report = FileReport {
        kind: kind.to_owned(),
        kind_label: label.to_owned(),
        why: why(content),
        container: match content {
            Content::Csv(csv) => csv.container(),
            Content::Json(json) => json.container().to_owned(),
            _ => String::new(),
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
    if clock.coarse > 0 {
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
            "{} of {} records were refused; the reasons are listed with their lines.",
            report.refused, report.records
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
        ];
        telling.into_iter().filter(|n| names.has(&normalised(n))).collect::<Vec<_>>().join(", ")
    };
    match content {
        Content::Csv(csv) => {
            let names = csv.names();
            let mut why = format!("the header names {}", signs(names));
            if names.typed {
                why = "the header names Url_s and other typed columns of a custom table".to_owned();
            }
            if names.zoned {
                why.push_str("; names end in a time zone as Log Analytics writes them");
            }
            if names.has_foreign(csv.format()) {
                why.push_str("; columns of other tables are there too, so only rows that are clicks count");
            }
            why
        }
        Content::Json(json) => match (json.streaming, json.format().envelope_of_records) {
            (true, Some(envelope)) => format!("records carry the category {}", envelope.own),
            _ => format!("records have the keys {}", signs(&json.names())),
        },
        _ => String::new(),
    }
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
    // A format that says verdict and action itself says with them who clicked through.
    if format.says_verdicts() {
        fields = fields.with(Field::ClickedThrough);
    }
    fields
}

/// Labels of the report's columns that an export does not have.
fn absent(fields: FieldSet) -> Vec<String> {
    fields.missing().map(|d| d.label.to_owned()).collect()
}

/// What the times of the file are, and in which order their dates were read.
pub(super) fn say_times(report: &mut FileReport, clock: &Clock, decided: Decided) {
    let (certainty, why) = clock.certainty();
    let doubtful = decided.is_doubtful() && certainty == "utc";
    report.zone_certainty = if doubtful { "assumed" } else { certainty }.to_owned();
    report.zone_why = format!("{why}{}", decided.why());
    if certainty == "local" {
        note(
            report,
            Level::Warn,
            "local-time",
            "Times are local, and the file does not say where",
            "They are shown as written. Set the portal to UTC and export again to be sure.",
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
        _ => {}
    }
}

/// Words that should have been a boolean: they may hide an override.
pub(super) fn note_booleans(report: &mut FileReport, strange: &[(String, u64, u32)]) {
    let rows: u64 = strange.iter().map(|(_, rows, _)| rows).sum();
    if rows == 0 {
        return;
    }
    let words: Vec<String> = strange
        .iter()
        .map(|(word, rows, line)| format!("“{word}” ({rows} times, first in line {line})"))
        .collect();
    note(
        report,
        Level::Warn,
        "unknown-boolean",
        "IsClickedThrough has words that are neither yes nor no",
        &format!("They are counted as not said, and may hide overrides: {}.", words.join(", ")),
    );
}

/// What only all files together tell: what counts once, and what the clicks of the file lack.
pub(super) fn complete(
    report: &mut FileReport,
    data: &Dataset,
    facts: FileFacts,
    counted: &Counted,
    format: &Format,
) {
    report.duplicates = facts.duplicates;
    report.rows = report.rows.saturating_sub(facts.duplicates);
    let said = |row: Option<u32>| row.map(|row| data.time_text(row as usize));
    report.from = said(counted.rows.map(|(first, _)| first));
    report.to = said(counted.rows.map(|(_, last)| last));
    report.without = counted.without;
    report.unknown_actions = counted.unknown_actions(data, format);
    let fields = facts.fields;
    add_notes_on_columns(report, fields, format.says_verdicts(), counted.allowed);
    if let Some(most) = format.caps.iter().find(|cap| **cap == report.records) {
        let title = "This export is probably cut off";
        let text = format!(
            "It has exactly {most} rows, as many as an export may have. Export shorter periods and open them together."
        );
        note(report, Level::Warn, "probably-truncated", title, &text);
    }
    if !report.unknown_actions.is_empty() {
        let clicks: u64 = report.unknown_actions.iter().map(|a| a.clicks).sum();
        let text = format!(
            "{clicks} clicks have words for what happened that are not documented. They count as neither allowed nor blocked; a threat or a click-through beside them is believed."
        );
        note(report, Level::Warn, "unknown-action", "Some actions are not known", &text);
    }
    if counted.many > 0 {
        let text = format!(
            "{} clicks have further combinations of action, source and threats. Their verdict and action are right, their words are in the raw record only.",
            counted.many
        );
        note(report, Level::Warn, "many-words", "More than 60,000 different words", &text);
    }
    report.notes.sort_by_key(|n| std::cmp::Reverse(n.level));
}

/// One line for each column that carries figures and is not there.
fn add_notes_on_columns(report: &mut FileReport, fields: FieldSet, says_verdicts: bool, allowed: u64) {
    // A click-through column alone tells overrides, but not what was allowed or blocked.
    if !fields.has(Field::RawAction) && !says_verdicts {
        note(
            report,
            Level::Warn,
            "no-action",
            "This export does not say what happened to a click",
            "The query left out ActionType: actions are unknown, and nothing can be said about blocks and overrides.",
        );
    } else if allowed == 0 {
        note(
            report,
            Level::Warn,
            "no-allowed",
            "There are no allowed clicks in this export",
            "Its filter left them out, so rates are not meaningful: of what was exported, nothing was let through.",
        );
    }
    if !fields.has(Field::Threat) && !says_verdicts {
        note(
            report,
            Level::Warn,
            "no-threats",
            "This export does not say what was malicious",
            "The query left out ThreatTypes: verdicts are unknown, and malicious clicks cannot be counted.",
        );
    }
    if !fields.has(Field::ClickedThrough) {
        note(
            report,
            Level::Warn,
            "no-click-through",
            "This export cannot show an override",
            "The query left out IsClickedThrough: who clicked through a warning is not known, and no override rate can be given.",
        );
    }
    if !fields.has(Field::ReportId) {
        note(
            report,
            Level::Info,
            "no-report-id",
            "Attempts cannot be told in this export",
            "The query left out ReportId: a block and the override that followed count as two attempts, so an override rate comes out too low.",
        );
    }
}

/// What the clicks of one file come to.
pub(super) struct Counted {
    without: Without,
    allowed: u64,
    many: u64,
    by_kind: Vec<u64>,
    /// Its first and its last row; rows are in the order of time.
    rows: Option<(u32, u32)>,
}

impl Counted {
    /// Counts the clicks of all files, in the order of [`crate::model::Origin::file`].
    pub(super) fn of_files(data: &Dataset) -> Vec<Counted> {
        let nothing = || Counted {
            without: Without::default(),
            allowed: 0,
            many: 0,
            by_kind: vec![0; data.kinds.len()],
            rows: None,
        };
        let mut files: Vec<Counted> = data.files.iter().map(|_| nothing()).collect();
        for row in 0..data.len() {
            let Some(of_file) = files.get_mut(data.origin.at(row).file() as usize) else { continue };
            let clicks = u64::from(data.weight_of(row));
            of_file.by_kind[data.kind[row] as usize] += clicks;
            of_file.rows = Some((of_file.rows.map_or(row as u32, |(first, _)| first), row as u32));
            let without = &mut of_file.without;
            let url = data.url.at(row);
            let host = data.host_of_url.raw().get(url.raw() as usize).copied().unwrap_or(NONE);
            without.user += if data.user.at(row).is_none() { clicks } else { 0 };
            without.ip += if data.ip.at(row).is_none() { clicks } else { 0 };
            without.host += if host == NONE { clicks } else { 0 };
            without.report_id += if data.report.at(row) == 0 { clicks } else { 0 };
        }
        for of_file in &mut files {
            for (place, (kind, clicks)) in data.kinds.iter().zip(&of_file.by_kind).enumerate() {
                of_file.allowed += if kind.action == Action::Allowed { *clicks } else { 0 };
                of_file.many += if place >= MAX_KINDS { *clicks } else { 0 };
            }
        }
        files
    }

    /// The export's words that its format does not know, most clicks first.
    fn unknown_actions(&self, data: &Dataset, format: &Format) -> Vec<UnknownAction> {
        if format.words.is_empty() {
            return Vec::new();
        }
        let mut words: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for (kind, clicks) in data.kinds.iter().zip(&self.by_kind) {
            let word = data.raw_actions.text(kind.raw_action);
            let known = format.words.iter().any(|a| a.eq_ignore_ascii_case(word));
            if *clicks > 0 && !word.is_empty() && !known {
                *words.entry(word).or_default() += clicks;
            }
        }
        let mut list: Vec<UnknownAction> =
            words.into_iter().map(|(word, clicks)| UnknownAction { word: word.to_owned(), clicks }).collect();
        list.sort_by_key(|a| std::cmp::Reverse(a.clicks));
        list.truncate(50);
        list
    }
}

fn note(report: &mut FileReport, level: Level, code: &str, title: &str, text: &str) {
    report.notes.push(Note { level, code: code.to_owned(), title: title.to_owned(), text: text.to_owned() });
}

/// Why a file gave no click at all.
pub(super) fn failure(content: &Content, log: &ImportLog, bytes: u64) -> Failure {
    let (names, format) = match content {
        Content::Refused(failure) => return (**failure).clone(),
        Content::Unknown if bytes == 0 => return empty("The file is empty: it has 0 bytes."),
        Content::Unknown | Content::Header => {
            return empty("The file holds nothing but white space.");
        }
        Content::Csv(csv) => (csv.names().clone(), csv.format()),
        Content::Json(json) => (json.names(), json.format()),
    };
    let container = if matches!(content, Content::Json(_)) { "JSON file" } else { "file" };
    let fits = (format.fit)(&names);
    if let Some(reason) = log.first_refusal() {
        let mut failure = format::failure(
            FailureKind::Broken,
            format!(
                "Not one of the {} records of this {container} could be used: {} ({} times).",
                log.records, reason.text, reason.count
            ),
            content.kind().map(|(_, label)| label).filter(|_| fits),
            "Export the file again without opening it in another program first.".to_owned(),
        );
        failure.line = reason.lines.first().copied();
        return failure;
    }
    let streaming = matches!(content, Content::Json(json) if json.streaming);
    if (fits || streaming) && log.records > 0 {
        return format::failure(
            FailureKind::NotClicks,
            format!(
                "All {} records of this {container} belong to other tables{}: there is no click among them.",
                log.records,
                log.example().map_or(String::new(), |example| format!(" ({example})"))
            ),
            None,
            "Export the table UrlClickEvents alone.".to_owned(),
        );
    }
    match content {
        _ if fits => {
            no_rows(format!("This {container} has the columns of a click export and not one click in it."))
        }
        Content::Json(json) if log.records == 0 && json.shape != Container::Lines => {
            no_rows("This JSON file is an answer without a single record in it.".to_owned())
        }
        Content::Json(json) => format::not_clicks(&json.telling(), container),
        _ => format::not_clicks(&names, container),
    }
}

fn empty(message: &str) -> Failure {
    format::failure(FailureKind::Empty, message.to_owned(), None, "Export it again.".to_owned())
}

fn no_rows(message: String) -> Failure {
    let instead = "Check the period and the filter of the query, then export again.";
    format::failure(FailureKind::Empty, message, None, instead.to_owned())
}

/// The entry of a refused file in the list of files.
pub(super) fn of_refused(name: String, bytes: u64, failure: &Failure) -> FileReport {
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
