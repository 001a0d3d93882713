//! The one protocol: what can be asked of the engine and what it answers.
//!
//! Owns the shapes of requests and answers, as plain data with one JSON form. The page, the JavaScript
//! API, the command line and the tests all speak it. Must not know how an answer is computed, nor how it
//! is shown. Text in an answer is as the export has it: whoever shows it goes through [`crate::model::text`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of this protocol. The page and its worker are cut from one file, so a difference is a defect,
/// and the handshake refuses it.
pub const PROTOCOL: u32 = 1;

/// A question to the engine. JSON: `{"ask": "dashboard", "filter": "range=30d"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase")]
pub enum Request {
    /// Everything the overview shows, from one selection in one pass.
    Dashboard {
        /// Canonical text of a filter, see [`crate::query::Filter`].
        filter: String,
    },
    /// One page of clicks.
    Rows(RowsParams),
    /// Every field of one click. `row` is the number that [`RowsAnswer::ids`] gave.
    Detail {
        /// Row number inside the data set.
        row: u32,
    },
    /// One or many aggregations, answered in order.
    Query {
        /// The aggregations.
        queries: Vec<QueryParams>,
    },
    /// The click report of the API: totals and where they come from.
    Report(RowsParams),
    /// The most targeted URLs.
    TopUrls(RowsParams),
    /// The users with the most blocked clicks.
    TopUsers(RowsParams),
    /// Values of one field that contain a text, with their clicks under the filter: feeds the filter pickers.
    Suggest {
        /// A filter key: `user`, `host`, `ip`, `tenant`, `threat`, `rawAction`, …
        key: String,
        /// Case-insensitive part of the value; empty gives the most frequent.
        text: String,
        /// The filter in force; its own `key` part is left out of the counts.
        filter: String,
        /// How many values at the most.
        limit: u32,
    },
    /// What is known about the opened files: the trust panel.
    Trust,
}

/// Parameters of a page of rows. JSON: `{"filter": "", "columns": ["time"], "orderBy": ["-time"], "limit": 100, "offset": 0}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RowsParams {
    /// Canonical text of a filter.
    pub filter: String,
    /// Column names; empty means all, in the order of [`crate::model::Column::ALL`].
    pub columns: Vec<String>,
    /// Column or measure names, `-` before one for descending. Empty: the answer's own default.
    pub order_by: Vec<String>,
    /// How many at the most; without it the answer's own default.
    pub limit: Option<u32>,
    /// How many to skip.
    pub offset: u32,
}

/// One aggregation. JSON: `{"filter": "", "groupBy": ["day", "rawAction"], "measures": ["clicks"]}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QueryParams {
    /// Canonical text of a filter.
    pub filter: String,
    /// Any of `day hour weekday user host url verdict action rawAction source tenant group ip threat automation campaign`.
    pub group_by: Vec<String>,
    /// Any of `clicks people urls malicious reached blocked overridden attempts`; empty means `clicks`.
    pub measures: Vec<String>,
    /// Names of groups or measures, `-` before one for descending. Empty: the groups, ascending.
    pub order_by: Vec<String>,
    /// How many groups at the most; without it all.
    pub limit: Option<u32>,
    /// How many groups to skip.
    pub offset: u32,
}

/// What the engine answers. JSON: `{"answer": "dashboard", …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "camelCase")]
pub enum Response {
    /// To [`Request::Dashboard`].
    Dashboard(Box<Dashboard>),
    /// To [`Request::Rows`].
    Rows(RowsAnswer),
    /// To [`Request::Detail`].
    Detail(Box<Detail>),
    /// To [`Request::Query`], [`Request::TopUrls`] and [`Request::TopUsers`].
    Tables {
        /// One table a query, in the order asked.
        tables: Vec<Table>,
    },
    /// To [`Request::Report`].
    Report(Box<Report>),
    /// To [`Request::Suggest`].
    Suggest {
        /// Values, most clicks first.
        values: Vec<FacetValue>,
        /// How many values match in all.
        total: u64,
    },
    /// To [`Request::Trust`].
    Trust(Trust),
    /// The request could not be answered.
    Failed(Failure),
}

/// Names the data that a question is about: every load has another one. An answer about other data than the
/// one that was asked about is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DataToken(pub u32);

/// What kind of failure it is: stable words for programs, and the title on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The file holds no clicks.
    NotClicks,
    /// The file has the columns of clicks and no row.
    Empty,
    /// The file is packed.
    Zipped,
    /// The file is damaged.
    Broken,
    /// The browser could not read the file, or not to its end.
    Unreadable,
    /// Somebody stopped it.
    Cancelled,
    /// The question cannot be answered because of what it says.
    BadRequest,
    /// Nothing is open, or no longer the data that the question is about.
    NoData,
    /// The answer is more than the browser can hold.
    TooLarge,
    /// The browser has no room for the export.
    NoRoom,
    /// The engine stopped, or answered in a way that nobody understands: a defect of ours.
    #[default]
    Crashed,
}

impl FailureKind {
    /// All kinds.
    pub const ALL: [FailureKind; 11] = [
        FailureKind::NotClicks,
        FailureKind::Empty,
        FailureKind::Zipped,
        FailureKind::Broken,
        FailureKind::Unreadable,
        FailureKind::Cancelled,
        FailureKind::BadRequest,
        FailureKind::NoData,
        FailureKind::TooLarge,
        FailureKind::NoRoom,
        FailureKind::Crashed,
    ];

    /// The kind as programs read it, the same as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            FailureKind::NotClicks => "not-clicks",
            FailureKind::Empty => "empty",
            FailureKind::Zipped => "zipped",
            FailureKind::Broken => "broken",
            FailureKind::Unreadable => "unreadable",
            FailureKind::Cancelled => "cancelled",
            FailureKind::BadRequest => "bad-request",
            FailureKind::NoData => "no-data",
            FailureKind::TooLarge => "too-large",
            FailureKind::NoRoom => "no-room",
            FailureKind::Crashed => "crashed",
        }
    }
}

impl std::fmt::Display for FailureKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// A failure with what, where and what to do next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Stable word for programs.
    pub kind: FailureKind,
    /// What happened and what to do next, in a sentence or two for people.
    pub message: String,
    /// The file, where there is one.
    pub file: Option<String>,
    /// Line of the file, from 1, where it is known.
    pub line: Option<u64>,
    /// What the file was recognised as, where it was.
    pub recognised: Option<String>,
    /// What to export instead.
    pub instead: Option<String>,
}

/// A plain table: the answer of the API in one shape for every question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows of values, a value a column.
    pub rows: Vec<Vec<Value>>,
    /// Rows in all, before limit and offset.
    pub total: u64,
    /// Parts of the filter that had no effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
}

/// One page of clicks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowsAnswer {
    /// Names of the columns, as asked.
    pub columns: Vec<String>,
    /// Rows of values: text, number, or null where the cell is empty or the column is not in the export.
    pub rows: Vec<Vec<Value>>,
    /// Rows in all under the filter, before limit and offset.
    pub total: u64,
    /// The number of each row, for [`Request::Detail`].
    pub ids: Vec<u32>,
    /// For each row, the index of its file in [`Trust::files`].
    pub files: Vec<u32>,
    /// For each file, the columns that its export does not have.
    pub absent: Vec<Vec<String>>,
    /// Parts of the filter that had no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
}

/// Every field of one click, and the record it came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// The row.
    pub row: u32,
    /// Every field, in the order to show.
    pub fields: Vec<DetailField>,
    /// The redirects from the link to the landing page; empty where the export has none.
    pub chain: Vec<String>,
    /// What the URL chain is when it is empty.
    pub chain_state: FieldState,
    /// Header and cell of the raw record, as in the file.
    pub raw: Vec<(String, String)>,
    /// Why the raw record could not be read again, when it could not.
    pub raw_missing: Option<String>,
    /// Name of the file.
    pub file: String,
    /// Line of the file, from 1.
    pub line: u64,
}

/// One field of a click in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DetailField {
    /// Column name, as in [`RowsAnswer::columns`].
    pub name: String,
    /// What to call it on screen.
    pub label: String,
    /// The value, empty unless `state` is `value`.
    pub value: String,
    /// Whether there is one.
    pub state: FieldState,
    /// What the value means or where it comes from, in a few words, where that helps.
    pub note: Option<String>,
}

/// A field has three states; the page never shows a blank that could be any of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldState {
    /// The cell has a value.
    Value,
    /// The export has the column, the cell is empty.
    Empty,
    /// The export has no such column.
    #[default]
    Absent,
}

/// Everything the overview shows, computed from one selection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Dashboard {
    /// The filter this answers, in canonical form.
    pub filter: String,
    /// Name of the time zone of every day and hour here.
    pub zone: String,
    /// Clicks in the data, without any filter.
    pub all_clicks: u64,
    /// People in the data, without any filter.
    pub all_people: u64,
    /// How many files the data came from.
    pub files: u32,
    /// Oldest and newest click of the whole data, Unix milliseconds UTC.
    pub data_span: Option<(i64, i64)>,
    /// First and last instant that the time filter lets through (inclusive, exclusive); none without one.
    pub window: Option<(i64, i64)>,
    /// The headline numbers.
    pub totals: Totals,
    /// Clicks over time by action.
    pub over_time: TimeSeries,
    /// Clicks by weekday (0 = Sunday) and hour of the day, in the zone.
    pub heatmap: Heatmap,
    /// Hosts by malicious clicks.
    pub top_hosts: Ranking,
    /// URLs by malicious clicks, then clicks.
    pub top_urls: Ranking,
    /// Users by blocked clicks.
    pub top_blocked: Ranking,
    /// Users by clicks that reached a page that is not safe.
    pub top_reached: Ranking,
    /// Counts by value of `verdict action source threat rawAction tenant`, each without its own filter.
    pub facets: Vec<Facet>,
    /// Sentences that say what the numbers cannot: missing columns, no allowed clicks, ignored filter keys.
    pub notes: Vec<Note>,
    /// Parts of the filter that had no effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// Milliseconds are not known to the core; the host that called it may fill this in.
    pub engine_ms: Option<f64>,
}

/// A sentence about the data that bears on how far a number can be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// How much it matters.
    pub level: Level,
    /// Stable word for programs, such as `no-allowed` or `probably-truncated`.
    pub code: String,
    /// The point, in a few words.
    pub title: String,
    /// The rest of it.
    pub text: String,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Good to know.
    #[default]
    Info,
    /// Read the numbers with care.
    Warn,
    /// Some of the data could not be used.
    Bad,
}

/// The headline numbers. Every one counts weighted clicks unless its name says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Totals {
    /// Clicks.
    pub clicks: u64,
    /// Distinct users.
    pub people: u64,
    /// Distinct URLs.
    pub urls: u64,
    /// Verdict Malicious.
    pub malicious: u64,
    /// Action Allowed or `UserOverride`.
    pub reached: u64,
    /// Reached, and the verdict is known and not Safe: the number an analyst acts on.
    pub reached_unsafe: u64,
    /// Distinct users behind `reached_unsafe`.
    pub reached_unsafe_people: u64,
    /// Verdict Malicious and reached.
    pub reached_malicious: u64,
    /// Action Blocked.
    pub blocked: u64,
    /// Verdict Malicious and action Blocked.
    pub blocked_malicious: u64,
    /// Action `UserOverride`.
    pub overridden: u64,
    /// Verdict Pending, whatever the action.
    pub pending: u64,
    /// Error pages: action None and the verdict not Pending.
    pub errors: u64,
    /// Action Allowed.
    pub allowed: u64,
    /// Distinct attempts: rows that share a user and a report id are one attempt, a row without one is its own.
    pub attempts: u64,
    /// Attempts in which a warning or waiting page was shown.
    pub warned_attempts: u64,
    /// Attempts in which the user clicked through such a page.
    pub overridden_attempts: u64,
    /// Clicks that look automated; none until clicks are labelled.
    pub automated: Option<u64>,
}

/// Clicks per time bucket, stacked by action; buckets without clicks are there, with zeros.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TimeSeries {
    /// How long a bucket is.
    pub bucket: Bucket,
    /// Start of each bucket as wall-clock milliseconds in the zone (1970-01-01T00:00 there = 0).
    pub starts: Vec<i64>,
    /// Start of each bucket as Unix milliseconds UTC, one more than buckets: the last is the end.
    pub bounds: Vec<i64>,
    /// Clicks by action (in the order of [`crate::model::Action::ALL`]) and bucket.
    pub by_action: Vec<Vec<u64>>,
    /// Malicious clicks a bucket.
    pub malicious: Vec<u64>,
    /// Clicks that reached a page that is not safe, a bucket.
    pub reached_unsafe: Vec<u64>,
}

/// Length of a time bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bucket {
    /// One hour.
    Hour,
    /// One calendar day in the zone.
    #[default]
    Day,
    /// Seven days from Monday.
    Week,
    /// One calendar month.
    Month,
}

/// Clicks by weekday and hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Heatmap {
    /// 7 × 24 counts, `[weekday][hour]`, weekday 0 = Sunday; empty without clicks.
    pub clicks: Vec<Vec<u64>>,
    /// The malicious ones among them, same shape.
    pub malicious: Vec<Vec<u64>>,
}

/// The first places of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Ranking {
    /// First places, best first.
    pub entries: Vec<RankEntry>,
    /// How many values have a place at all.
    pub total: u64,
}

/// One place of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RankEntry {
    /// The host, URL or user as the export has it: attacker text.
    pub value: String,
    /// Clicks.
    pub clicks: u64,
    /// Distinct users (for a user: 1).
    pub people: u64,
    /// Verdict Malicious.
    pub malicious: u64,
    /// Reached.
    pub reached: u64,
    /// Reached and known not to be safe.
    pub reached_unsafe: u64,
    /// Action Blocked.
    pub blocked: u64,
    /// Action `UserOverride`.
    pub overridden: u64,
    /// Newest click, Unix milliseconds UTC.
    pub last_ms: Option<i64>,
}

/// Counts by value of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Facet {
    /// Filter key: `verdict`, `action`, `source`, `threat`, `rawAction`, `tenant`.
    pub key: String,
    /// Values, most clicks first; the first fifty.
    pub values: Vec<FacetValue>,
    /// How many values there are.
    pub total: u64,
    /// Clicks under the filter without this facet's own part: what a share is of. A click may have several
    /// values, so that the values may add up to more.
    pub clicks: u64,
    /// The export has no such column in any file.
    pub absent: bool,
}

/// One value of a field and how many clicks have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FacetValue {
    /// The value as a filter takes it; empty stands for rows without one.
    pub value: String,
    /// What to call it on screen (attacker text for everything but verdict and action).
    pub label: String,
    /// Clicks under the filter without this facet's own part.
    pub clicks: u64,
}

/// The click report of the API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Report {
    /// The filter in canonical form.
    pub filter: String,
    /// The opened files.
    pub files: Vec<FileReport>,
    /// The headline numbers.
    pub totals: Totals,
    /// Oldest click of the selection, ISO 8601 UTC.
    pub from: Option<String>,
    /// Newest click of the selection, ISO 8601 UTC.
    pub to: Option<String>,
    /// Names of the columns of `rows`.
    pub columns: Vec<String>,
    /// First page of clicks, newest first.
    pub rows: Vec<Vec<Value>>,
    /// Clicks in all under the filter.
    pub total: u64,
    /// Parts of the filter that had no effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
}

/// What is known about the opened files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Trust {
    /// One entry a file, in the order opened.
    pub files: Vec<FileReport>,
    /// Clicks after duplicates were counted once.
    pub clicks: u64,
    /// Rows that were identical to another and counted once.
    pub duplicates: u64,
    /// Sentences to read before the numbers.
    pub notes: Vec<Note>,
    /// How the engine runs: `worker` or `page`; filled in by the host.
    pub engine: Option<String>,
}

/// What happened to one file. The short form of it is what `open(files)` resolves to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FileReport {
    /// File name.
    pub name: String,
    /// What it was recognised as: `hunting-csv`, `graph-json`, `log-analytics-csv`, `streaming-jsonl`, ….
    pub kind: String,
    /// That, in words: "Advanced hunting results (CSV)".
    pub kind_label: String,
    /// Why: the signs that decided.
    pub why: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Records read in all, header not counted.
    pub records: u64,
    /// Clicks of this file that are counted. Records are these, duplicates, refused and skipped ones.
    pub rows: u64,
    /// Records that should have been clicks and could not be used.
    pub refused: u64,
    /// Records of other tables, left out and counted.
    pub skipped: u64,
    /// Records identical to another one, of this or another file, and not counted again.
    pub duplicates: u64,
    /// Words for what happened that the format does not know.
    pub unknown_actions: Vec<UnknownAction>,
    /// Clicks that lack what is needed to say who, from where, to whom.
    pub without: Without,
    /// Oldest click, ISO 8601 UTC.
    pub from: Option<String>,
    /// Newest click, ISO 8601 UTC.
    pub to: Option<String>,
    /// Whether the times are known to be UTC: `utc`, `assumed` or `local`.
    pub zone_certainty: String,
    /// Why, in words.
    pub zone_why: String,
    /// Text encoding found: `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, …
    pub encoding: String,
    /// Delimiter, JSON shape and the like, in words.
    pub container: String,
    /// Columns of the report that this export does not have.
    pub absent: Vec<String>,
    /// Why records were refused or left out, with the first line numbers.
    pub reasons: Vec<Reason>,
    /// Sentences to read before the numbers.
    pub notes: Vec<Note>,
}

/// A word for what happened that is not documented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UnknownAction {
    /// The word: attacker text.
    pub word: String,
    /// Clicks that have it.
    pub clicks: u64,
}

/// Clicks of a file without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Without {
    /// Nobody is named.
    pub user: u64,
    /// No address.
    pub ip: u64,
    /// The URL has no host.
    pub host: u64,
    /// No report id: each is an attempt of its own.
    pub report_id: u64,
}

/// One reason why records were not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reason {
    /// Stable word for programs: `bad-time`, `no-url`, `other-table`, `broken-json`, …
    pub code: String,
    /// The reason in words.
    pub text: String,
    /// Refused (should have been a click) or skipped (is none).
    pub refused: bool,
    /// How many records.
    pub count: u64,
    /// The first line numbers, from 1.
    pub lines: Vec<u64>,
    /// What was found in the first of them, shortened: attacker text.
    pub example: Option<String>,
}

/// How far a load has come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Progress {
    /// Index of the file being read, from 0.
    pub file: u32,
    /// How many files there are.
    pub files: u32,
    /// Its name.
    pub name: String,
    /// What it was recognised as, once known.
    pub kind_label: Option<String>,
    /// Bytes read of this file.
    pub bytes: u64,
    /// Size of this file.
    pub bytes_total: u64,
    /// Clicks kept so far, of all files.
    pub rows: u64,
}

/// What `open(files)` resolves to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Opened {
    /// Clicks that can be queried: duplicates counted once.
    pub rows: u64,
    /// One entry a file.
    pub files: Vec<FileReport>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_kind_in_json_is_its_name() {
        for kind in FailureKind::ALL {
            assert_eq!(serde_json::json!(kind), serde_json::json!(kind.name()));
        }
    }
}
