//! Aggregations as they are asked for, and the one shape of their answers.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{NoAnswer, aggregate};
use crate::failure::{Failure, FailureKind};
use crate::query::{Ask, Cx};

/// Asks for one or many aggregations, answered in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AskQuery {
    /// The aggregations.
    pub queries: Vec<QueryParams>,
}

/// One aggregation. JSON: `{"filter": "", "groupBy": ["day", "rawAction"], "measures": ["clicks"]}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QueryParams {
    /// Canonical text of a filter.
    pub filter: String,
    /// Any of `day hour weekday user host url verdict action rawAction source tenant group ip threat automation campaign`.
    pub group_by: Vec<String>,
    /// Any of `clicks people urls malicious reached reachedUnsafe blocked overridden attempts warnedAttempts
    /// overriddenAttempts`; empty means `clicks`.
    pub measures: Vec<String>,
    /// Names of groups or measures, `-` before one for descending. Empty: the groups, ascending.
    pub order_by: Vec<String>,
    /// Only groups with a value of a field that contains this, in any case; empty: all.
    pub find: String,
    /// How many groups at the most; without it all.
    pub limit: Option<u32>,
    /// How many groups to skip.
    pub offset: u32,
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

impl Ask for AskQuery {
    const NAME: &'static str = "query";
    /// One table a query.
    type Answer = Vec<Table>;

    fn answer(&self, cx: &mut Cx) -> Result<Vec<Table>, Failure> {
        self.queries.iter().map(|query| table(cx, query)).collect()
    }
}

/// The table of one aggregation.
pub(in crate::query) fn table(cx: &mut Cx, params: &QueryParams) -> Result<Table, Failure> {
    let (_, selection) = cx.select(&params.filter)?;
    aggregate(cx.data(), &selection, cx.ranks(), params).map_err(|none| match none {
        NoAnswer::Word(message) => Failure::bad_request(message),
        NoAnswer::TooMany(message) => Failure::new(FailureKind::TooLarge, message),
    })
}
