//! The click report of the public API: totals, where they come from, and the first clicks.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dashboard::{Totals, totals_of};
use super::rows::{RowsParams, rows};
use super::{Ask, Cx, values};
use crate::failure::Failure;
use crate::import::FileReport;
use crate::model::Field;

/// Asks for the click report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AskReport(pub RowsParams);

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

impl Ask for AskReport {
    const NAME: &'static str = "report";
    type Answer = Report;

    fn answer(&self, cx: &mut Cx) -> Result<Report, Failure> {
        let (filter, selection) = cx.select(&self.0.filter)?;
        let rows = rows(cx, &self.0)?;
        let data = cx.data();
        let first = selection.iter(data).next();
        let last = selection.iter(data).next_back();
        let iso = |row: Option<usize>| row.map(|row| values::text(data, row, Field::Time));
        Ok(Report {
            filter: filter.to_string(),
            files: cx.files().to_vec(),
            totals: totals_of(data, &selection),
            from: iso(first),
            to: iso(last),
            columns: rows.columns,
            rows: rows.rows,
            total: rows.total,
            ignored: rows.ignored,
        })
    }
}
