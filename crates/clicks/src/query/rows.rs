//! One page of clicks: which rows, in which order, with which columns.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::order::page;
use super::{Ask, Conclusions, Cx, OrderBy};
use crate::failure::Failure;
use crate::model::{Field, FileFacts};

/// Rows of a page when nobody says how many.
const PAGE_ROWS: u32 = 100;

/// Parameters of a page of rows. JSON: `{"filter": "", "columns": ["time"], "orderBy": ["-time"], "limit": 100, "offset": 0}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RowsParams {
    /// Canonical text of a filter.
    pub filter: String,
    /// Column names; empty means those of exports, in the order of [`Field::columns`]. What is concluded is there for those who
    /// ask for it by name: see [`Field::table_columns`].
    pub columns: Vec<String>,
    /// Column or measure names, `-` before one for descending. Empty: the answer's own default.
    pub order_by: Vec<String>,
    /// How many at the most; without it the answer's own default.
    pub limit: Option<u32>,
    /// How many to skip.
    pub offset: u32,
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
    /// The number of each row, for [`super::AskDetail`].
    pub ids: Vec<u32>,
    /// For each row, the index of its file in [`super::Trust::files`].
    pub files: Vec<u32>,
    /// For each file in the order of [`super::Trust::files`], the columns that its export does not have; none for a
    /// file that gave no click.
    pub absent: Vec<Vec<String>>,
    /// Parts of the filter that had no effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
}

/// Asks for one page of clicks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AskRows(pub RowsParams);

impl Ask for AskRows {
    const NAME: &'static str = "rows";
    type Answer = RowsAnswer;

    fn answer(&self, cx: &mut Cx) -> Result<RowsAnswer, Failure> {
        rows(cx, &self.0)
    }
}

/// One page of clicks.
pub(super) fn rows(cx: &mut Cx, params: &RowsParams) -> Result<RowsAnswer, Failure> {
    let columns = columns_of(&params.columns)?;
    let (ids, total) = rows_of(cx, params, params.limit.unwrap_or(PAGE_ROWS))?;
    let (_, selection) = cx.select(&params.filter)?;
    let data = cx.data();
    let absent = |facts: &FileFacts| {
        let columns = facts.fields.missing().filter(|d| d.column);
        columns.map(|d| d.name.to_owned()).collect()
    };
    let listed: Vec<u32> = cx.taken_files().map(|(place, _)| place).collect();
    let mut absent_of_files = vec![Vec::new(); cx.files().len()];
    for (place, facts) in listed.iter().zip(&data.files) {
        absent_of_files[*place as usize] = absent(facts);
    }
    let file_of = |row: &u32| {
        let file = data.origin.at(*row as usize).file() as usize;
        listed.get(file).copied().unwrap_or(0)
    };
    let told = Conclusions::of(&selection);
    let cells = |row: &u32| columns.iter().map(|c| told.json(data, *row as usize, *c)).collect();
    Ok(RowsAnswer {
        columns: columns.iter().map(|c| c.name().to_owned()).collect(),
        rows: ids.iter().map(cells).collect(),
        files: ids.iter().map(file_of).collect(),
        absent: absent_of_files,
        ids,
        total,
        ignored: selection.ignored.clone(),
    })
}

/// The columns of these names; without any, all.
pub fn columns_of(names: &[String]) -> Result<Vec<Field>, Failure> {
    if names.is_empty() {
        return Ok(Field::columns().collect());
    }
    let column = |name: &String| {
        Field::column_of_name(name).ok_or_else(|| {
            let known: Vec<&str> = Field::table_columns().map(Field::name).collect();
            Failure::bad_request(format!("There is no column “{name}”; there are {}.", known.join(" ")))
        })
    };
    names.iter().map(column).collect()
}

/// The numbers of the rows of a page of `limit` rows, in order, and how many there are in all.
pub fn rows_of(cx: &mut Cx, params: &RowsParams, limit: u32) -> Result<(Vec<u32>, u64), Failure> {
    let by = |name: &String| {
        OrderBy::parse(name)
            .ok_or_else(|| Failure::bad_request(format!("There is no column “{name}” to order by.")))
    };
    let by: Vec<OrderBy> = params.order_by.iter().map(by).collect::<Result<_, _>>()?;
    let (_, selection) = cx.select(&params.filter)?;
    Ok(page(cx.data(), &selection, cx.ranks(), &by, params.offset as usize, limit as usize))
}
