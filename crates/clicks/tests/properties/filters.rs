//! Filters and requests that somebody may make up: of values that are in the data, of values that are not, and of
//! anything at all.
//!
//! Owns the words. Must not know what passes.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::made_up::{IPS, RAW_ACTIONS, SOURCES, TENANTS, URLS, USERS};

/// Keys that take several values, with some of them.
const KEYS: [(&str, &[&str]); 16] = [
    ("verdict", &["safe", "Malicious", "blocked", "pending", "unknown"]),
    ("action", &["allowed", "Blocked", "override", "useroverride", "none", "unknown"]),
    ("rawAction", RAW_ACTIONS),
    ("source", SOURCES),
    ("user", USERS),
    ("tenant", TENANTS),
    (
        "host",
        &["evil.example", "EVIL[.]example", "münchen.example", "0xc0000207", "[2001:DB8::1]", "nowhere"],
    ),
    ("ip", IPS),
    ("threat", &["phish", "none", "Malware", "spam", "nothing"]),
    ("reached", &["yes", "no", "unsafe", "waiting", "1"]),
    ("urlIs", URLS),
    ("url", &["evil", "A", "%41", "=", "ä", "/"]),
    ("q", &["ana", "Invoice", "10.0", "é", "İ", "ss", "k", "example"]),
    ("without", &["user", "ip", "host", "threat", "reportId", "subject", "group", "device", "tenant"]),
    ("weekday", &["0", "1", "6"]),
    ("hour", &["9", "0", "23", "12"]),
];
/// Keys that take one value. Not all of these bounds are in order, nor need they be.
const SINGLE: [(&str, &[&str]); 4] = [
    ("from", &["2026-05-04", "2026-05-05T00:00:00Z", "20260504 09:12:33", "2026-06-01T05:45+05:45"]),
    ("to", &["2026-05-05", "2026-06-01T00:00:00.001Z", "2026-05-04T09:12:33.250", "2020-01-01"]),
    ("range", &["1h", "30d", "3w", "24h"]),
    ("tz", &["+02:00", "UTC", "Test/Jumps", "-09:30", "+14:00"]),
];

/// One value of a key that takes several, or its opposite.
pub fn term() -> impl Strategy<Value = (String, String)> {
    select(&KEYS[..]).prop_flat_map(|(key, values)| {
        let filled: Vec<&str> = values.iter().copied().filter(|value| !value.is_empty()).collect();
        select(filled).prop_map(move |value| (key.to_owned(), value.to_owned()))
    })
}

fn part() -> impl Strategy<Value = (String, Value)> {
    let several = select(&KEYS[..]).prop_flat_map(|(key, values)| {
        let filled: Vec<&str> = values.iter().copied().filter(|value| !value.is_empty()).collect();
        vec((select(filled), prop::bool::weighted(0.3)), 1..3).prop_map(move |terms| {
            let signed = |(value, out): (&str, bool)| format!("{}{value}", if out { "!" } else { "" });
            (key.to_owned(), json!(terms.into_iter().map(signed).collect::<Vec<_>>()))
        })
    });
    let single = select(&SINGLE[..])
        .prop_flat_map(|(key, values)| select(values).prop_map(move |value| (key.to_owned(), json!(value))));
    prop_oneof![3 => several, 1 => single]
}

/// A filter that is understood, as an object.
pub fn filter() -> impl Strategy<Value = Map<String, Value>> {
    vec(part(), 0..4).prop_map(|parts| parts.into_iter().collect())
}

/// A text that may stand anywhere in a request.
pub fn word() -> impl Strategy<Value = String> {
    const WORDS: [&str; 34] = [
        "",
        "time",
        "-time",
        "user",
        "url",
        "clicks",
        "-clicks",
        "day",
        "hour",
        "people",
        "attempts",
        "verdict",
        "csv",
        "json",
        "range=7d",
        "range=99999w",
        "from=2026-13-01",
        "from=0000-01-01",
        "to=9999-12-31T23:59:60",
        "verdict=malicious,!safe",
        "tz=Test/Jumps",
        "tz=+99",
        "q=%",
        "q=%e9%C3",
        "user=!",
        "user=!!a&&=&",
        "without=!user",
        "hour=24",
        "weekday=-1",
        "#q=a",
        "?",
        "urlIs=",
        "group=x",
        "nonsense=1",
    ];
    prop_oneof![4 => select(&WORDS[..]).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[a-z=&,!%#+.0-9-]{0,20}"]
}

/// JSON that is like a request, or like nothing.
pub fn request() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 14] = [
        "filter", "columns", "orderBy", "limit", "offset", "groupBy", "measures", "format", "defang",
        "download", "queries", "text", "key", "row",
    ];
    let leaf = prop_oneof![
        2 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        2 => any::<i32>().prop_map(Value::from),
        3 => (0..20_u32).prop_map(Value::from),
        1 => any::<f64>().prop_map(|number| json!(number)),
        8 => word().prop_map(Value::from),
        4 => filter().prop_map(Value::from),
    ];
    let name = prop_oneof![9 => select(&NAMES[..]).prop_map(str::to_owned), 1 => word()];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..4).prop_map(Value::from),
            4 => vec((name.clone(), inner), 0..5).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}
