//! Any text of a filter has one form that means the same, and passes the same clicks.
#![no_main]

use clickglass_fuzz::{call, with_session};
use clicks::query::Filter;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    let filter = Filter::parse(text);
    let canonical = filter.to_string();
    let again = Filter::parse(&canonical);
    assert_eq!(again.to_string(), canonical);
    assert_eq!(again.chips(), filter.chips());
    assert_eq!(again.check(), filter.check());
    assert_eq!(again.ignored(), filter.ignored());
    with_session(|session| {
        let mut rows = |filter: &str| call(session, "rows", &json!({"filter": filter, "limit": 100_000}));
        assert_eq!(rows(text), rows(&canonical));
        let mut less = filter;
        for chip in less.chips() {
            less.remove_chip(&chip);
        }
        assert!(less.is_empty() && less.chips().is_empty(), "{less}");
    });
});
