//! Rows and tables in any order, held against a plain stable sort that is written here from
//! `docs/words.md` and `docs/api.md` alone.
//!
//! Owns that second order. Must not know how the engine orders: no place, no rank, no id.

use std::cmp::Ordering;

use clicks::query::{RowsAnswer, Table};
use clicks::session::Session;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::made_up::files;
use crate::open::{answer, cases, session};

const COLUMNS: [&str; 16] = [
    "time",
    "user",
    "url",
    "verdict",
    "action",
    "source",
    "ip",
    "device",
    "subject",
    "sender",
    "tenant",
    "rawAction",
    "threat",
    "host",
    "messageId",
    "reportId",
];
const GROUPS: [&str; 15] = [
    "day",
    "hour",
    "weekday",
    "user",
    "host",
    "url",
    "verdict",
    "action",
    "rawAction",
    "source",
    "tenant",
    "group",
    "ip",
    "threat",
    "automation",
];
const MEASURES: [&str; 8] =
    ["clicks", "people", "urls", "malicious", "reached", "blocked", "overridden", "attempts"];
const VERDICTS: [&str; 5] = ["Malicious", "Blocked", "Pending", "Safe", "Unknown"];
const ACTIONS: [&str; 5] = ["Allowed", "Blocked", "UserOverride", "None", "Unknown"];

/// "Texts by lower case, then by code point."
fn by_text(a: &str, b: &str) -> Ordering {
    (a.to_lowercase(), a).cmp(&(b.to_lowercase(), b))
}

/// "Addresses by number, version 4 before 6, after them what is no address." A zone stays, and is no number.
fn by_address(a: &str, b: &str) -> Ordering {
    let number = |text: &str| -> (u8, u128) {
        match text.split('%').next().and_then(|bare| bare.parse().ok()) {
            Some(std::net::IpAddr::V4(v4)) => (4, u32::from(v4).into()),
            Some(std::net::IpAddr::V6(v6)) => (6, v6.into()),
            None => (9, 0),
        }
    };
    number(a).cmp(&number(b)).then_with(|| by_text(a, b))
}

/// A time as written, with milliseconds and without a zone: then the order of texts is that of time.
fn clock(text: &str) -> String {
    let bare = text.trim_end_matches('Z');
    if bare.contains('.') { bare.to_owned() } else { format!("{bare}.000") }
}

/// Two values of a column or group that are there.
fn by_value(column: &str, a: &Value, b: &Value) -> Ordering {
    let (Some(x), Some(y)) = (a.as_str(), b.as_str()) else { return a.as_u64().cmp(&b.as_u64()) };
    let word = |all: &[&str], text| all.iter().position(|word| *word == text);
    match column {
        "verdict" => word(&VERDICTS, x).cmp(&word(&VERDICTS, y)),
        "action" => word(&ACTIONS, x).cmp(&word(&ACTIONS, y)),
        "ip" => by_address(x, y),
        "time" => clock(x).cmp(&clock(y)),
        _ => by_text(x, y),
    }
}

/// "Rows without a value come last, both ways."
fn by_cell(column: &str, down: bool, a: &Value, b: &Value) -> Ordering {
    let values = by_value(column, a, b);
    match (a.is_null(), b.is_null()) {
        (false, false) if down => values.reverse(),
        (false, false) => values,
        (a, b) => a.cmp(&b),
    }
}

/// Sorts rows of named columns by one order after the other.
fn sort(rows: &mut [Vec<Value>], columns: &[String], orders: &[String]) {
    let keys: Vec<(usize, &str, bool)> = orders
        .iter()
        .map(|order| {
            let name = order.trim_start_matches('-');
            let place = columns.iter().position(|column| column == name).expect("a column of the answer");
            (place, name, order.starts_with('-'))
        })
        .collect();
    rows.sort_by(|a, b| {
        let by_key = keys.iter().map(|(at, name, down)| by_cell(name, *down, &a[*at], &b[*at]));
        by_key.fold(Ordering::Equal, Ordering::then)
    });
}

/// Rows with the places of `orders` alone.
fn cut(rows: &[Vec<Value>], columns: &[String], orders: &[String]) -> Vec<Vec<Value>> {
    let place = |order: &String| columns.iter().position(|c| c == order.trim_start_matches('-'));
    let places: Vec<usize> = orders.iter().filter_map(place).collect();
    rows.iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect()
}

/// A list of one query has a list of one table.
fn table(session: &mut Session, params: &Value) -> Table {
    let tables: Vec<Table> = answer(session, "query", params);
    tables.into_iter().next().unwrap_or_default()
}

fn order_of(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(names), any::<bool>())
        .prop_map(|(name, down)| if down { format!("-{name}") } else { name.to_owned() })
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn rows_in_any_order_are_those_of_a_stable_sort(
        files in files(),
        orders in vec(vec(order_of(&COLUMNS), 1..4), 1..6),
        filter in select(&["", "verdict=!safe", "q=a", "without=!user"][..]),
    ) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        let params = |orders: &[String]| json!({"filter": filter, "orderBy": orders, "limit": 1000});
        let newest_first: RowsAnswer = answer(&mut session, "rows", &params(&[]));
        let mut expected = newest_first.rows.clone();
        sort(&mut expected, &newest_first.columns, &["-time".to_owned()]);
        prop_assert_eq!(&newest_first.rows, &expected, "without an order the newest come first");
        let single = COLUMNS.iter().flat_map(|name| [vec![(*name).to_owned()], vec![format!("-{name}")]]);
        for orders in single.chain(orders) {
            let found: RowsAnswer = answer(&mut session, "rows", &params(&orders));
            let mut expected = newest_first.rows.clone();
            sort(&mut expected, &found.columns, &orders);
            if orders.iter().any(|order| order.ends_with("time")) {
                // Clicks of one millisecond may stand in any order; it is the same every time.
                let keys = |rows| cut(rows, &found.columns, &orders);
                prop_assert_eq!(keys(&found.rows), keys(&expected), "{:?}", orders);
                let again: RowsAnswer = answer(&mut session, "rows", &params(&orders));
                prop_assert_eq!(&again.ids, &found.ids, "{:?}", orders);
            } else {
                prop_assert_eq!(&found.rows, &expected, "{:?}", orders);
            }
            let mut ids = found.ids.clone();
            ids.sort_unstable();
            prop_assert!(ids.windows(2).all(|two| two[0] != two[1]), "a row comes twice: {:?}", orders);
            prop_assert_eq!(found.total, newest_first.total);
        }
    }

    #[test]
    fn table_in_any_order_is_that_of_a_stable_sort(
        files in files(),
        groups in vec(select(&GROUPS[..]), 0..3),
        measures in vec(select(&MEASURES[..]), 0..3),
        picks in vec((any::<prop::sample::Index>(), any::<bool>()), 0..3),
    ) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        let mut params = json!({"groupBy": groups, "measures": measures});
        let by_group = table(&mut session, &params);
        let columns = by_group.columns.clone();
        let mut expected = by_group.rows.clone();
        let groups: Vec<String> = groups.iter().map(|name| (*name).to_owned()).collect();
        sort(&mut expected, &columns, &groups);
        prop_assert_eq!(&by_group.rows, &expected, "without an order by the groups");
        let orders: Vec<String> = picks
            .iter()
            .map(|(at, down)| format!("{}{}", if *down { "-" } else { "" }, at.get(&columns)))
            .collect();
        params["orderBy"] = json!(orders);
        sort(&mut expected, &columns, &orders);
        prop_assert_eq!(table(&mut session, &params).rows, expected, "{:?}", orders);
    }
}
