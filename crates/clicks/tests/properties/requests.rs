//! Any request on any data is answered or refused with a reason, and never ends the engine; the same one is
//! answered the same way again.
//!
//! Owns the ways in: methods of the API, exports, questions as they travel, the text of a filter.

use clicks::ask::{self, Written};
use clicks::engine::DataToken;
use clicks::query::{AskSuggest, Filter};
use clicks::session::Session;
use clicks::{Failure, FailureKind, api};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::filters::{request, word};
use crate::made_up::files;
use crate::open::{ask, cases, exported, session};

const METHODS: [&str; 9] =
    ["query", "rows", "report", "topUrls", "topUsers", "dashboard", "trust", "export", "fly"];

/// The answer to a call as text, whatever it is.
fn call(session: &mut Session, method: &str, params: &Value) -> Result<String, Failure> {
    match method {
        "export" => exported(session, params),
        method => ask::<Value>(session, method, params).map(|answer| answer.to_string()),
    }
}

fn is_said(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::BadRequest | FailureKind::TooLarge) && !failure.message.is_empty()
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn api_call_with_any_json_is_answered_the_same_twice_or_refused_with_a_reason(
        files in files(),
        calls in vec((select(&METHODS[..]), request()), 1..12),
    ) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        for (method, params) in &calls {
            let answer = call(&mut session, method, params);
            if let Err(failure) = &answer {
                prop_assert!(is_said(failure), "{} {}: {:?}", method, params, failure);
            }
            prop_assert_eq!(call(&mut session, method, params), answer, "{} {}", method, params);
        }
    }

    #[test]
    fn question_of_any_json_is_answered_or_refused_with_a_reason(
        files in files(),
        questions in vec((select(ask::NAMES), request()), 1..12),
    ) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        for (name, body) in questions {
            let written = Written { name: name.to_owned(), body: body.to_string() };
            let Ok(question) = ask::read(&written) else { continue };
            let asking = session.ask(DataToken(1), question).expect("data");
            if let Err(failure) = session.answer(asking) {
                prop_assert!(is_said(&failure), "{:?}: {:?}", written, failure);
            }
        }
    }

    #[test]
    fn suggestion_for_any_text_is_answered_or_refused_with_a_reason(
        files in files(),
        (key, text, filter) in (word(), word(), word()),
        limit in any::<u32>(),
    ) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        for key in [key.as_str(), "user", "url", "ip", "threat", "group", "q"] {
            let question = AskSuggest { key: key.to_owned(), text: text.clone(), filter: filter.clone(), limit };
            let question = ask::read(&Written::of(&question)).expect("a question");
            let asking = session.ask(DataToken(1), question).expect("data");
            if let Err(failure) = session.answer(asking) {
                prop_assert!(is_said(&failure), "{}: {:?}", key, failure);
            }
        }
    }

    #[test]
    fn filter_of_any_text_has_one_form_that_means_the_same(parts in vec(word(), 0..4), join in "[&,=%!]{0,2}") {
        let filter = Filter::parse(&parts.join(&join));
        let text = filter.to_string();
        let again = Filter::parse(&text);
        prop_assert_eq!(again.to_string(), text.clone());
        prop_assert_eq!(again.check(), filter.check(), "{}", text);
        prop_assert_eq!(again.ignored(), filter.ignored(), "{}", text);
        prop_assert_eq!(again.chips(), filter.chips(), "{}", text);
        let as_text = api::question("dashboard", &Value::from(text.clone()));
        let as_member = api::question("dashboard", &serde_json::json!({ "filter": text }));
        prop_assert_eq!(as_text, as_member);
    }
}
