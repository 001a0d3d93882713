//! The words of the public API: parameters as plain JSON.
//!
//! Owns what a caller may leave out or write in another way. The JavaScript API and the command line are
//! thin: both come through here. Must not know where the JSON comes from.

use serde_json::{Map, Value};

use crate::engine::bad_request;
use crate::protocol::{Failure, QueryParams, Request, RowsParams};
use crate::query::{Filter, Key};

/// The request of a method (`report`, `topUrls`, `topUsers`, `query`, `rows`, `dashboard`, `trust`).
/// `params` is a filter text, or an object with `filter` and more, or nothing.
pub fn request(method: &str, params: &Value) -> Result<Request, Failure> {
    Ok(match method {
        "query" => Request::Query {
            queries: match params {
                Value::Array(queries) => queries.iter().map(query_params).collect::<Result<_, _>>()?,
                one => vec![query_params(one)?],
            },
        },
        "rows" => Request::Rows(rows_params(params)?),
        "report" => Request::Report(rows_params(params)?),
        "topUrls" => Request::TopUrls(rows_params(params)?),
        "topUsers" => Request::TopUsers(rows_params(params)?),
        "dashboard" => Request::Dashboard { filter: rows_params(params)?.filter },
        "trust" => Request::Trust,
        _ => return Err(bad_request(format!("There is no method “{method}”."))),
    })
}

/// Parameters of a page of rows, from anything a caller may give.
pub fn rows_params(params: &Value) -> Result<RowsParams, Failure> {
    let object = object_of(params)?;
    Ok(RowsParams {
        filter: filter_text(params, &object)?,
        columns: texts(&object, "columns")?,
        order_by: texts(&object, "orderBy")?,
        limit: number(&object, "limit")?,
        offset: number(&object, "offset")?,
    })
}

fn query_params(params: &Value) -> Result<QueryParams, Failure> {
    let object = object_of(params)?;
    Ok(QueryParams {
        filter: filter_text(params, &object)?,
        group_by: texts(&object, "groupBy")?,
        measures: texts(&object, "measures")?,
        order_by: texts(&object, "orderBy")?,
        limit: number(&object, "limit")?,
        offset: number(&object, "offset")?,
    })
}

fn object_of(params: &Value) -> Result<Map<String, Value>, Failure> {
    match params {
        Value::Object(object) => Ok(object.clone()),
        Value::Null | Value::String(_) => Ok(Map::new()),
        _ => Err(bad_request("Parameters are a filter text or an object.".to_owned())),
    }
}

/// The filter of a call: the parameters themselves when they are a text, else their `filter`, text or object.
fn filter_text(params: &Value, object: &Map<String, Value>) -> Result<String, Failure> {
    match (params, object.get("filter")) {
        (Value::String(text), _) | (_, Some(Value::String(text))) => Ok(Filter::parse(text).to_string()),
        (_, None | Some(Value::Null)) => Ok(String::new()),
        (_, Some(Value::Object(parts))) => Ok(filter_of_object(parts).to_string()),
        _ => Err(bad_request(
            "“filter” is a text such as verdict=malicious&range=30d, or an object.".to_owned(),
        )),
    }
}

/// `{"verdict": ["malicious"], "user": "!ana@contoso.com", "range": "30d"}` as a filter.
fn filter_of_object(parts: &Map<String, Value>) -> Filter {
    let mut filter = Filter::default();
    for (name, value) in parts {
        let values: Vec<String> = match value {
            Value::Array(values) => values.iter().map(plain).collect(),
            one => vec![plain(one)],
        };
        let single = || values.first().cloned().filter(|v| !v.is_empty());
        match name.as_str() {
            "from" => filter.from = single(),
            "to" => filter.to = single(),
            "range" => filter.range = single(),
            "tz" => filter.tz = single(),
            _ => {
                let Some(key) = Key::from_name(name) else { continue };
                for value in values.iter().filter(|v| !v.is_empty()) {
                    match value.strip_prefix('!') {
                        Some(value) => filter.toggle_exclude(key, value),
                        None => filter.toggle(key, value),
                    }
                }
            }
        }
    }
    filter
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A list of names; one name stands for a list of one.
fn texts(object: &Map<String, Value>, name: &str) -> Result<Vec<String>, Failure> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one.clone()]),
        Some(Value::Array(many)) if many.iter().all(Value::is_string) => Ok(many.iter().map(plain).collect()),
        Some(_) => Err(bad_request(format!("“{name}” is a name or a list of names."))),
    }
}

fn number(object: &Map<String, Value>, name: &str) -> Result<u32, Failure> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(0),
        // JavaScript has one kind of number: 100 may come as 100.0.
        Some(value) => value
            .as_f64()
            .filter(|n| *n >= 0.0 && n.fract() == 0.0)
            .map(|n| n.min(f64::from(u32::MAX)) as u32)
            .ok_or_else(|| bad_request(format!("“{name}” is a whole number of at least 0."))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn request_parameters_in_any_form_mean_the_same() {
        let expected = Request::Rows(RowsParams {
            filter: "range=30d&verdict=malicious,blocked&user=!ana@contoso.com".to_owned(),
            ..RowsParams::default()
        });
        for params in [
            json!("range=30d&verdict=malicious,blocked&user=!ana@contoso.com"),
            json!({"filter": "user=!ana@contoso.com&verdict=malicious,blocked&range=30d"}),
            json!({"filter": {"range": "30d", "verdict": ["malicious", "blocked"], "user": "!ana@contoso.com"}}),
        ] {
            assert_eq!(request("rows", &params), Ok(expected.clone()), "{params}");
        }
    }

    #[test]
    fn request_wrong_parameters_say_what_is_wrong() {
        for (method, params, word) in [
            ("rows", json!({"limit": -1}), "limit"),
            ("rows", json!({"columns": [1]}), "columns"),
            ("rows", json!(7), "Parameters"),
            ("fly", json!(null), "fly"),
        ] {
            let failure = request(method, &params).expect_err(method);
            assert!(failure.message.contains(word), "{failure:?}");
        }
    }
}
