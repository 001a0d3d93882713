//! The words of the public API for the questions of this crate. What a caller may leave out or write in another way,
//! [`clicks::api`] says.

use clicks::Failure;
use clicks::api::{self, filter_named, object_of};
use clicks::ask::Written;
use serde_json::{Map, Value};

/// The methods, each with the parameters that it knows.
pub const METHODS: [(&str, &[&str]); 12] = [
    ("compare", &["before", "after"]),
    ("firstRead", &["filter"]),
    ("kql", &["filter", "what"]),
    ("meaning", &["row"]),
    ("offenders", &["filter", "trigger", "times", "apart", "everybody", "evidence"]),
    ("signs", &["filter"]),
    ("simulations", &["filter", "run"]),
    ("story", &["filter"]),
    ("sweep", &["filter", "text"]),
    ("warnings", &["filter"]),
    ("when", &["filter", "by", "workFrom", "workTo"]),
    ("worklist", &["filter", "limit"]),
];

/// The question of a method: one of these, or one of [`clicks::api::question`].
pub fn question(method: &str, params: &Value) -> Result<Written, Failure> {
    let Some((name, known)) = METHODS.iter().find(|(name, _)| *name == method) else {
        return api::question(method, params);
    };
    let given = object_of(params, known)?;
    let mut body = Map::new();
    for member in known.iter().copied() {
        if matches!(member, "filter" | "before" | "after") {
            body.insert(member.to_owned(), filter_named(params, &given, member)?.into());
        } else if let Some(value) = given.get(member).filter(|value| !value.is_null()) {
            body.insert(member.to_owned(), value.clone());
        }
    }
    let written = Written { name: (*name).to_owned(), body: Value::Object(body).to_string() };
    // What is of a wrong kind is said now, not by whoever answers.
    crate::ask::read(&written).map(|_question| written)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ask::TABLE;

    #[test]
    fn every_question_has_a_method_and_is_read_from_its_fewest_words() {
        assert_eq!(METHODS.map(|(name, _)| name), TABLE.map(|(name, _)| name));
        for (name, known) in METHODS {
            let params = if known.contains(&"row") { json!({ "row": 3 }) } else { Value::Null };
            assert!(question(name, &params).is_ok(), "{name}");
        }
    }

    #[test]
    fn words_that_are_not_understood_are_said() {
        assert!(question("offenders", &json!({ "time": 3 })).is_err());
        assert!(question("offenders", &json!({ "times": "often" })).is_err());
        assert!(question("worklist", &json!("verdict=nothing")).is_err());
        assert!(question("fly", &Value::Null).is_err());
        let written = question("worklist", &json!({ "filter": { "verdict": ["Malicious"] }, "limit": 5 }));
        assert_eq!(written.map(|w| w.body), Ok(r#"{"filter":"verdict=Malicious","limit":5}"#.to_owned()));
    }
}
