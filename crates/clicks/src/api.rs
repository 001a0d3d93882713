//! The words of the public API: parameters as plain JSON.
//!
//! Owns what a caller may leave out or write in another way, and says what it does not understand: a word that
//! is passed over quietly gives another answer than the one asked for. The JavaScript API and the command line
//! are thin: both come through here. Must not know where the JSON comes from.

use serde_json::{Map, Value};

use crate::ask::Written;
use crate::export::Order;
use crate::failure::Failure;
use crate::query::{
    AskDashboard, AskQuery, AskReport, AskRows, AskTopUrls, AskTopUsers, AskTrust, Filter, Key, QueryParams,
    RowsParams,
};

const OF_ROWS: [&str; 5] = ["filter", "columns", "orderBy", "limit", "offset"];
const OF_QUERY: [&str; 7] = ["filter", "groupBy", "measures", "find", "orderBy", "limit", "offset"];
const OF_EXPORT: [&str; 8] =
    ["format", "defang", "download", "filter", "columns", "orderBy", "limit", "offset"];

/// An export as a caller asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOrder {
    /// The export.
    pub order: Order,
    /// Whether a file is saved too.
    pub download: bool,
    /// Keys of the filter that have no effect.
    pub ignored: Vec<String>,
}

/// The question of a method (`report`, `topUrls`, `topUsers`, `query`, `rows`, `dashboard`, `trust`).
/// `params` is a filter text, or an object with `filter` and more, or nothing.
pub fn question(method: &str, params: &Value) -> Result<Written, Failure> {
    Ok(match method {
        "query" => Written::of(&AskQuery {
            queries: match params {
                Value::Array(queries) => queries.iter().map(query_params).collect::<Result<_, _>>()?,
                one => vec![query_params(one)?],
            },
        }),
        "rows" => Written::of(&AskRows(rows_params(params, &OF_ROWS)?)),
        "report" => Written::of(&AskReport(rows_params(params, &OF_ROWS)?)),
        "topUrls" => Written::of(&AskTopUrls(rows_params(params, &OF_ROWS)?)),
        "topUsers" => Written::of(&AskTopUsers(rows_params(params, &OF_ROWS)?)),
        "dashboard" => {
            Written::of(&AskDashboard { filter: rows_params(params, &["filter"])?.filter, quick: false })
        }
        "trust" => {
            rows_params(params, &[])?;
            Written::of(&AskTrust {})
        }
        _ => return Err(Failure::bad_request(format!("There is no method “{method}”."))),
    })
}

/// The parameters of an export.
pub fn export_order(params: &Value) -> Result<ExportOrder, Failure> {
    let flag = |name: &str, default: bool| match params.get(name) {
        None => Ok(default),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Failure::bad_request(format!("“{name}” is true or false."))),
    };
    let format = match params.get("format") {
        None => "csv".to_owned(),
        Some(Value::String(format)) => format.clone(),
        Some(_) => return Err(Failure::bad_request("“format” is csv or json.".to_owned())),
    };
    let rows = rows_params(params, &OF_EXPORT)?;
    Ok(ExportOrder {
        download: flag("download", false)?,
        ignored: Filter::parse(&rows.filter).ignored(),
        order: Order { format, defang: flag("defang", true)?, params: rows },
    })
}

/// Parameters of a page of rows, from anything a caller may give.
fn rows_params(params: &Value, known: &[&str]) -> Result<RowsParams, Failure> {
    let object = object_of(params, known)?;
    Ok(RowsParams {
        filter: filter_text(params, &object)?,
        columns: texts(&object, "columns")?,
        order_by: texts(&object, "orderBy")?,
        limit: number(&object, "limit")?,
        offset: number(&object, "offset")?.unwrap_or(0),
    })
}

fn query_params(params: &Value) -> Result<QueryParams, Failure> {
    let object = object_of(params, &OF_QUERY)?;
    Ok(QueryParams {
        filter: filter_text(params, &object)?,
        group_by: texts(&object, "groupBy")?,
        measures: texts(&object, "measures")?,
        find: text(&object, "find")?,
        order_by: texts(&object, "orderBy")?,
        limit: number(&object, "limit")?,
        offset: number(&object, "offset")?.unwrap_or(0),
    })
}

/// The members of parameters, all of which must be known.
pub fn object_of(params: &Value, known: &[&str]) -> Result<Map<String, Value>, Failure> {
    let object = match params {
        Value::Object(object) => object.clone(),
        Value::Null | Value::String(_) => Map::new(),
        _ => return Err(Failure::bad_request("Parameters are a filter text or an object.".to_owned())),
    };
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(object),
        Some(name) if known.is_empty() => {
            Err(Failure::bad_request(format!("“{name}” is not known: this call has no parameters.")))
        }
        Some(name) => {
            Err(Failure::bad_request(format!("“{name}” is not known here; there are {}.", known.join(" "))))
        }
    }
}

/// The filter of a call: the parameters themselves when they are a text, else their `filter`, text or object.
pub fn filter_text(params: &Value, object: &Map<String, Value>) -> Result<String, Failure> {
    filter_named(params, object, "filter")
}

/// [`filter_text`] of a member of another name.
pub fn filter_named(params: &Value, object: &Map<String, Value>, name: &str) -> Result<String, Failure> {
    let filter = match (params, object.get(name)) {
        (Value::String(text), _) | (_, Some(Value::String(text))) => Filter::parse(text),
        (_, None | Some(Value::Null)) => Filter::default(),
        (_, Some(Value::Object(parts))) => filter_of_object(parts)?,
        _ => {
            return Err(Failure::bad_request(format!(
                "“{name}” is a text such as verdict=malicious&range=30d, or an object."
            )));
        }
    };
    filter.check().map_err(Failure::bad_request)?;
    Ok(filter.to_string())
}

/// `{"verdict": ["malicious"], "user": "!ana@contoso.com", "range": "30d"}` as a filter. A list without values
/// fails: an empty watch list must not show everybody.
fn filter_of_object(parts: &Map<String, Value>) -> Result<Filter, Failure> {
    let mut filter = Filter::default();
    for (name, value) in parts {
        let values: Vec<String> = match value {
            Value::Array(values) if !values.is_empty() => {
                values.iter().map(|value| plain(name, value)).collect::<Result<_, _>>()?
            }
            one => vec![plain(name, one)?],
        };
        match Key::from_name(name) {
            Some(key) => {
                let terms = values.iter().map(|value| match value.strip_prefix('!') {
                    Some(excluded) => (excluded.to_owned(), true),
                    None => (value.clone(), false),
                });
                filter.add_all(key, terms);
            }
            None if values.len() == 1 => filter.set_single(name, &values[0]),
            None => return Err(Failure::bad_request(format!("“{name}” takes one value."))),
        }
    }
    Ok(filter)
}

/// A value of an object filter as the text form writes it.
fn plain(name: &str, value: &Value) -> Result<String, Failure> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    if text.trim_start_matches('!').is_empty() {
        return Err(Failure::bad_request(format!(
            "“{name}” has no value. Leave it out for no filter; for clicks without one use “without”."
        )));
    }
    Ok(text)
}

/// A list of names; one name stands for a list of one.
fn texts(object: &Map<String, Value>, name: &str) -> Result<Vec<String>, Failure> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one.clone()]),
        Some(Value::Array(many)) => many
            .iter()
            .map(|one| one.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .ok_or_else(|| names_wanted(name)),
        Some(_) => Err(names_wanted(name)),
    }
}

fn text(object: &Map<String, Value>, name: &str) -> Result<String, Failure> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(Failure::bad_request(format!("“{name}” is a text."))),
    }
}

fn names_wanted(name: &str) -> Failure {
    Failure::bad_request(format!("“{name}” is a name or a list of names."))
}

fn number(object: &Map<String, Value>, name: &str) -> Result<Option<u32>, Failure> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        // JavaScript has one kind of number: 100 may come as 100.0.
        Some(value) => value
            .as_f64()
            .filter(|n| *n >= 0.0 && n.fract() == 0.0)
            .map(|n| Some(n.min(f64::from(u32::MAX)) as u32))
            .ok_or_else(|| Failure::bad_request(format!("“{name}” is a whole number of at least 0."))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn question_parameters_in_any_form_mean_the_same() {
        let expected = Written::of(&AskRows(RowsParams {
            filter: "range=30d&verdict=malicious,blocked&user=!ana@contoso.com".to_owned(),
            ..RowsParams::default()
        }));
        for params in [
            json!("range=30d&verdict=malicious,blocked&user=!ana@contoso.com"),
            json!({"filter": "user=!ana@contoso.com&verdict=malicious,blocked&range=30d"}),
            json!({"filter": {"range": "30d", "verdict": ["malicious", "blocked"], "user": "!ana@contoso.com"}}),
            json!({"filter": {"RANGE": "30d", "Verdict": ["malicious", "blocked", "malicious"], "USER": "!ana@contoso.com"}}),
        ] {
            assert_eq!(question("rows", &params), Ok(expected.clone()), "{params}");
        }
    }

    #[test]
    fn question_filter_values_given_twice_are_given_once() {
        let twice = question("dashboard", &json!({"filter": {"user": ["a", "a"]}}));
        assert_eq!(twice, Ok(Written::of(&AskDashboard { filter: "user=a".to_owned(), quick: false })));
    }

    #[test]
    fn question_limit_of_zero_is_not_the_default() {
        for (limit, expected) in [(json!(0), Some(0)), (json!(null), None), (json!(7.0), Some(7))] {
            let params = RowsParams { limit: expected, ..RowsParams::default() };
            assert_eq!(question("rows", &json!({ "limit": limit })), Ok(Written::of(&AskRows(params))));
        }
    }

    #[test]
    fn question_wrong_parameters_say_what_is_wrong() {
        for (method, params, word) in [
            ("rows", json!({"limit": -1}), "limit"),
            ("rows", json!({"columns": [1]}), "columns"),
            ("rows", json!(7), "Parameters"),
            ("rows", json!({"filters": "user=a"}), "filters"),
            ("query", json!({"groupby": ["user"]}), "groupby"),
            ("trust", json!({"filter": ""}), "filter"),
            ("dashboard", json!({"filter": {"user": []}}), "user"),
            ("dashboard", json!({"filter": {"user": null}}), "user"),
            ("dashboard", json!({"filter": {"user": ""}}), "user"),
            ("dashboard", json!({"filter": {"user": {"a": 1}}}), "user"),
            ("dashboard", json!({"filter": {"range": ["7d", "8d"]}}), "range"),
            ("dashboard", json!("range=7x"), "range"),
            ("dashboard", json!({"filter": {"from": "2024-02-30"}}), "from"),
            ("dashboard", json!("verdict=junk"), "verdict"),
            ("fly", json!(null), "fly"),
        ] {
            let failure = question(method, &params).expect_err(method);
            assert!(failure.message.original().contains(word), "{params}: {failure:?}");
        }
        assert!(export_order(&json!({"format": "csv", "colour": 1})).is_err());
        assert!(export_order(&json!({"defang": "no"})).is_err());
    }
}
