//! Any request is answered or refused with a reason, and answers about one filter do not contradict each other.
//! An input is the name of a method, a line end, and JSON.
#![no_main]

use clickglass_fuzz::{call, exported, with_session};
use clicks::ask::Written;
use clicks::engine::DataToken;
use clicks::session::Session;
use insights::ask;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// What everybody says about one filter, once it was understood.
fn check_agreement(session: &mut Session, filter: &Value) {
    let mut ask = |method: &str, params: Value| call(session, method, &params);
    let Ok(report) = ask("report", json!({"filter": filter, "limit": 0})) else { return };
    let clicks = &report["totals"]["clicks"];
    let dashboard = ask("dashboard", json!({"filter": filter})).expect("a filter that is understood");
    assert_eq!(&dashboard["totals"], &report["totals"]);
    let rows = ask("rows", json!({"filter": filter, "limit": 100_000})).expect("rows");
    assert_eq!(
        (&rows["total"], rows["rows"].as_array().map(|rows| json!(rows.len()))),
        (clicks, Some(clicks.clone()))
    );
    for group in ["user", "threat", "day", "host", "hour"] {
        let table = ask("query", json!({"filter": filter, "groupBy": group})).expect("a table");
        let counts = table[0]["rows"].as_array().into_iter().flatten();
        let sum: u64 = counts.filter_map(|row| row[1].as_u64()).sum();
        assert_eq!(&json!(sum), clicks, "{group}");
    }
    let list = exported(session, &json!({"filter": filter, "format": "json"})).expect("rows");
    let list: Vec<Value> = serde_json::from_slice(&list).expect("a list");
    assert_eq!(&json!(list.len()), clicks);
}

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Some((method, body)) = text.split_once('\n') else { return };
    let Ok(params) = serde_json::from_str::<Value>(body) else { return };
    with_session(|session| {
        let answer = match method {
            "export" => exported(session, &params).map(drop),
            method => call(session, method, &params).map(drop),
        };
        if let Err(failure) = &answer {
            assert!(!failure.message.is_empty() && failure.kind.name() != "crashed", "{failure:?}");
        }
        // The same JSON as a question, as the page sends it.
        if let Ok(question) = ask::read(&Written { name: method.to_owned(), body: body.to_owned() }) {
            let asking = session.ask(DataToken(1), question).expect("data");
            session.answer(asking).map(drop).unwrap_or_default();
        }
        if let Some(filter) = params.get("filter").filter(|_| answer.is_ok()) {
            check_agreement(session, filter);
        }
    });
});
