//! The most targeted URLs and the users with the most blocked clicks: two tables of the public API, which are
//! aggregations with an order and a length of their own.

use serde::{Deserialize, Serialize};

use super::aggregate::{QueryParams, Table, table};
use super::{Ask, Cx, RowsParams};
use crate::failure::Failure;

/// Places of a ranking when nobody says how many.
const TOP_ROWS: u32 = 10;

/// Asks for the most targeted URLs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AskTopUrls(pub RowsParams);

/// Asks for the users with the most blocked clicks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AskTopUsers(pub RowsParams);

impl Ask for AskTopUrls {
    const NAME: &'static str = "topUrls";
    type Answer = Table;

    fn answer(&self, cx: &mut Cx) -> Result<Table, Failure> {
        top(cx, &self.0, "url", ["-malicious", "-clicks", "url"])
    }
}

impl Ask for AskTopUsers {
    const NAME: &'static str = "topUsers";
    type Answer = Table;

    fn answer(&self, cx: &mut Cx) -> Result<Table, Failure> {
        top(cx, &self.0, "user", ["-blocked", "-overridden", "user"])
    }
}

fn top(cx: &mut Cx, params: &RowsParams, group: &str, order: [&str; 3]) -> Result<Table, Failure> {
    let measures = ["clicks", "people", "malicious", "reached", "blocked", "overridden"];
    let order_by =
        if params.order_by.is_empty() { order.map(str::to_owned).to_vec() } else { params.order_by.clone() };
    let params = QueryParams {
        filter: params.filter.clone(),
        group_by: vec![group.to_owned()],
        measures: measures.map(str::to_owned).to_vec(),
        find: String::new(),
        order_by,
        limit: Some(params.limit.unwrap_or(TOP_ROWS)),
        offset: params.offset,
    };
    table(cx, &params)
}
