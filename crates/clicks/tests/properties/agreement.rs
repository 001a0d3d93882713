//! Answers about one filter agree, whoever asks: sums of groups, facets, buckets and pages are the total, exports
//! have its rows, and a value that is let through and one that is kept out make all.
//!
//! Owns what must be equal. Must not know how anything is counted.

use clicks::query::{AskSuggest, Dashboard, Facet, FacetValue, Report, RowsAnswer, Suggested, Table};
use clicks::session::Session;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::common;
use crate::filters::{filter, term};
use crate::made_up::files;
use crate::open::{answer, cases, exported, session};
use crate::plain_csv;

type Parts = Map<String, Value>;
type Checked = Result<(), TestCaseError>;

fn with(filter: &Parts, key: &str, value: &str) -> Parts {
    let mut filter = filter.clone();
    filter.insert(key.to_owned(), json!([value]));
    filter
}

fn without(filter: &Parts, key: &str) -> Parts {
    let mut filter = filter.clone();
    filter.retain(|name, _| name != key);
    filter
}

/// Rows that pass.
fn total(session: &mut Session, filter: &Parts) -> u64 {
    answer::<RowsAnswer>(session, "rows", &json!({"filter": filter, "limit": 0})).total
}

fn table(session: &mut Session, params: &Value) -> Table {
    answer::<Vec<Table>>(session, "query", params).remove(0)
}

/// The sum of one column of a table.
fn sum(table: &Table, column: &str) -> u64 {
    let place = table.columns.iter().rposition(|name| name == column).expect("a column");
    table.rows.iter().filter_map(|row| row[place].as_u64()).sum()
}

/// Every way to group has all clicks once, and the counts of clicks add up.
fn groups_agree(session: &mut Session, filter: &Parts, report: &Report) -> Checked {
    let names = ["day", "hour", "weekday", "user", "host", "url", "verdict", "action", "rawAction", "source"];
    let more = ["tenant", "group", "ip", "threat", "automation", "campaign"];
    let totals = &report.totals;
    for name in names.into_iter().chain(more) {
        for by in [vec![name], vec!["verdict", name], vec![name, "user", "day"]] {
            let measures = ["clicks", "malicious", "reached", "blocked", "overridden"];
            let found = table(session, &json!({"filter": filter, "groupBy": by, "measures": measures}));
            let sums = measures.map(|measure| sum(&found, measure));
            let expected =
                [totals.clicks, totals.malicious, totals.reached, totals.blocked, totals.overridden];
            prop_assert_eq!(sums, expected, "{:?}", by);
            prop_assert_eq!(found.total as usize, found.rows.len());
        }
    }
    let all =
        table(session, &json!({"filter": filter, "measures": ["people", "urls", "attempts", "clicks"]}));
    let expected = json!([totals.people, totals.urls, totals.attempts, totals.clicks]);
    prop_assert_eq!(json!(all.rows), json!([expected]));
    for (group, expected) in [("user", totals.people), ("url", totals.urls)] {
        let found = table(session, &json!({"filter": filter, "groupBy": group}));
        let named = found.rows.iter().filter(|row| !row[0].is_null()).count() as u64;
        prop_assert_eq!(named, expected, "{}", group);
    }
    Ok(())
}

fn totals_agree(session: &mut Session, report: &Report, dashboard: &Dashboard, rows: &RowsAnswer) -> Checked {
    let totals = &report.totals;
    prop_assert_eq!(&dashboard.totals, totals);
    prop_assert_eq!(&dashboard.filter, &report.filter);
    prop_assert_eq!((report.total, rows.total), (totals.clicks, totals.clicks));
    prop_assert_eq!(rows.rows.len() as u64, totals.clicks);
    prop_assert_eq!(totals.reached, totals.allowed + totals.overridden);
    prop_assert!(
        totals.reached_unsafe <= totals.reached && totals.overridden_attempts <= totals.warned_attempts
    );
    prop_assert!(totals.warned_attempts <= totals.attempts && totals.attempts <= totals.clicks);
    let time = rows.columns.iter().position(|name| name == "time").expect("a time");
    let newest = rows.rows.first().map(|row| row[time].clone());
    let oldest = rows.rows.last().map(|row| row[time].clone());
    prop_assert_eq!((json!(report.from), json!(report.to)), (json!(oldest), json!(newest)));
    // The filter in its one form is the same filter.
    let again: RowsAnswer = answer(session, "rows", &json!({"filter": report.filter, "limit": 1000}));
    prop_assert_eq!(&again, rows);
    Ok(())
}

fn series_agree(session: &mut Session, filter: &Parts, dashboard: &Dashboard) -> Checked {
    let (totals, time) = (&dashboard.totals, &dashboard.over_time);
    let all: u64 = time.by_action.iter().flatten().sum();
    prop_assert_eq!(all, totals.clicks);
    prop_assert_eq!(time.malicious.iter().sum::<u64>(), totals.malicious);
    prop_assert_eq!(time.reached_unsafe.iter().sum::<u64>(), totals.reached_unsafe);
    let by = |place: usize| time.by_action.get(place).map_or(0, |bars| bars.iter().sum::<u64>());
    if totals.clicks > 0 {
        prop_assert_eq!([by(0), by(1), by(2)], [totals.allowed, totals.blocked, totals.overridden]);
        prop_assert!(time.by_action.iter().all(|bars| bars.len() + 1 == time.bounds.len()));
    }
    // Where a clock goes back in the middle of an hour, one bucket has no length.
    prop_assert!(time.bounds.is_sorted(), "{:?}", time.bounds);
    let hours = table(session, &json!({"filter": filter, "groupBy": ["weekday", "hour"]}));
    let mut heat = vec![vec![0_u64; 24]; if totals.clicks > 0 { 7 } else { 0 }];
    for row in &hours.rows {
        let at = |place: usize| row[place].as_u64().unwrap_or_default();
        heat[at(0) as usize][at(1) as usize] += at(2);
    }
    prop_assert_eq!(json!(dashboard.heatmap)["clicks"].clone(), json!(heat));
    Ok(())
}

/// Each value of a facet has as many clicks as there are when it is chosen.
fn facet_agrees(session: &mut Session, filter: &Parts, facet: &Facet) -> Checked {
    let others = without(filter, &facet.key);
    prop_assert_eq!(facet.clicks, if facet.absent { facet.clicks } else { total(session, &others) });
    let sum: u64 = facet.values.iter().map(|value| value.clicks).sum();
    // A click may have several threats, and at least one of the facet's values.
    let sums_up = if facet.key == "threat" { sum >= facet.clicks } else { sum == facet.clicks };
    prop_assert!(facet.absent || sums_up, "{}: {} of {}", facet.key, sum, facet.clicks);
    for value in facet.values.iter().filter(|_| !facet.absent) {
        let chosen = match value.value.original() {
            "" if others.contains_key("without") => continue,
            "" => with(&others, "without", &facet.key),
            text => with(&others, &facet.key, text),
        };
        prop_assert_eq!(total(session, &chosen), value.clicks, "{}={}", facet.key, value.value.original());
    }
    Ok(())
}

fn rankings_agree(session: &mut Session, filter: &Parts, dashboard: &Dashboard) -> Checked {
    let rankings = [
        ("urlIs", &dashboard.top_urls),
        ("host", &dashboard.top_hosts),
        ("user", &dashboard.top_blocked),
        ("user", &dashboard.top_reached),
    ];
    prop_assert_eq!(dashboard.top_urls.total, dashboard.totals.urls);
    for (key, ranking) in rankings.into_iter().filter(|(key, _)| !filter.contains_key(*key)) {
        prop_assert!(ranking.entries.len() as u64 == ranking.total.min(10), "{}", key);
        for entry in &ranking.entries {
            let one: Report =
                answer(session, "report", &json!({"filter": with(filter, key, entry.value.original())}));
            let found = &one.totals;
            prop_assert_eq!(
                [
                    found.clicks,
                    found.people,
                    found.malicious,
                    found.reached,
                    found.reached_unsafe,
                    found.blocked
                ],
                [
                    entry.clicks,
                    entry.people,
                    entry.malicious,
                    entry.reached,
                    entry.reached_unsafe,
                    entry.blocked
                ],
                "{}={}",
                key,
                entry.value.original()
            );
        }
    }
    Ok(())
}

fn suggestions_agree(session: &mut Session, filter: &Parts, text: &str) -> Checked {
    for key in ["user", "host", "ip", "source", "tenant", "rawAction"] {
        let question = AskSuggest {
            key: key.to_owned(),
            filter: text.to_owned(),
            limit: 1_000,
            ..AskSuggest::default()
        };
        let found: Suggested = common::answer(session, &question, &[]);
        let others = without(filter, key);
        if !others.contains_key("without") {
            let named = total(session, &with(&others, "without", &format!("!{key}")));
            prop_assert_eq!(found.values.iter().map(|value| value.clicks).sum::<u64>(), named, "{}", key);
        }
        for value in &found.values {
            // What is no address keeps its spellings, and a filter takes any case: it finds all of them.
            let same = |other: &&FacetValue| {
                other.value.original().to_lowercase() == value.value.original().to_lowercase()
            };
            let clicks: u64 = found.values.iter().filter(same).map(|value| value.clicks).sum();
            prop_assert_eq!(
                total(session, &with(&others, key, value.value.original())),
                clicks,
                "{}={}",
                key,
                value.value.original()
            );
        }
    }
    Ok(())
}

fn exports_agree(session: &mut Session, filter: &Parts, rows: &RowsAnswer, page: u32) -> Checked {
    for defang in [true, false] {
        let json =
            exported(session, &json!({"filter": filter, "format": "json", "defang": defang})).expect("rows");
        let list: Vec<Parts> = serde_json::from_str(&json).expect("a list");
        prop_assert_eq!(list.len() as u64, rows.total);
        let csv =
            exported(session, &json!({"filter": filter, "format": "csv", "defang": defang})).expect("rows");
        let lines = plain_csv::read(csv.as_bytes(), 1, 16);
        prop_assert_eq!(lines.len() as u64, rows.total + 1);
        prop_assert!(lines.iter().all(|line| !line.torn && line.cells.len() == 16), "{}", csv);
        if !defang {
            let column = rows.columns.iter().position(|name| name == "url").expect("a URL");
            let expected: Vec<&Value> = rows.rows.iter().map(|row| &row[column]).collect();
            let found: Vec<&Value> = list.iter().filter_map(|click| click.get("url")).collect();
            prop_assert_eq!(found, expected);
        }
    }
    let mut ids = Vec::new();
    let mut objects = Vec::new();
    for offset in (0..=rows.total as u32).step_by(page as usize) {
        let params = json!({"filter": filter, "limit": page, "offset": offset});
        ids.extend(answer::<RowsAnswer>(session, "rows", &params).ids);
        let params = json!({"filter": filter, "limit": page, "offset": offset, "format": "json"});
        let part: Vec<Parts> =
            serde_json::from_str(&exported(session, &params).expect("rows")).expect("a list");
        objects.extend(part);
    }
    prop_assert_eq!(&ids, &rows.ids);
    let whole = exported(session, &json!({"filter": filter, "format": "json"})).expect("rows");
    prop_assert_eq!(json!(objects), serde_json::from_str::<Value>(&whole).expect("a list"));
    let mut query = json!({"filter": filter, "groupBy": ["user", "threat"], "orderBy": "-clicks"});
    let all = table(session, &query);
    let mut pages = Vec::new();
    query["limit"] = json!(page);
    for offset in (0..=all.total as u32).step_by(page as usize) {
        query["offset"] = json!(offset);
        pages.extend(table(session, &query).rows);
    }
    prop_assert_eq!(pages, all.rows);
    Ok(())
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn answers_about_one_filter_agree(files in files(), filter in filter(), page in 1..5_u32) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        let params = json!({"filter": filter, "limit": 1000});
        let rows: RowsAnswer = answer(&mut session, "rows", &params);
        let report: Report = answer(&mut session, "report", &params);
        let dashboard: Dashboard = answer(&mut session, "dashboard", &json!({"filter": filter}));
        totals_agree(&mut session, &report, &dashboard, &rows)?;
        groups_agree(&mut session, &filter, &report)?;
        series_agree(&mut session, &filter, &dashboard)?;
        for facet in &dashboard.facets {
            facet_agrees(&mut session, &filter, facet)?;
        }
        rankings_agree(&mut session, &filter, &dashboard)?;
        suggestions_agree(&mut session, &filter, &report.filter)?;
        exports_agree(&mut session, &filter, &rows, page)?;
    }

    #[test]
    fn value_let_through_and_value_kept_out_make_all(
        files in files(),
        filter in filter(),
        (key, value) in term(),
        time in proptest::sample::select(crate::made_up::TIMES),
    ) {
        let Some(mut session) = session(&files) else { return Ok(()) };
        let others = without(&filter, &key);
        let all = total(&mut session, &others);
        let inside = total(&mut session, &with(&others, &key, &value));
        let outside = total(&mut session, &with(&others, &key, &format!("!{value}")));
        prop_assert_eq!(inside + outside, all, "{}={}", key, value);
        let mut open = filter;
        open.retain(|key, _| !["from", "to", "range"].contains(&key.as_str()));
        let single = |key: &str| {
            let mut filter = open.clone();
            filter.insert(key.to_owned(), json!(time));
            filter
        };
        let halves = [single("from"), single("to")].map(|half| total(&mut session, &half));
        prop_assert_eq!(halves.iter().sum::<u64>(), total(&mut session, &open), "at {}", time);
    }
}

/// A column that is there without a single value once had a facet of no clicks.
#[test]
fn facet_of_a_column_without_values_has_all_clicks_without_one() {
    let file = "Date,User,Original URL,Verdict,Action,Tenant\n2026-05-04T09:12:33Z,ana,https://a.example/,Safe,Allowed,\n";
    let mut session = session(&[file.to_owned()]).expect("a click");
    let dashboard: Dashboard = answer(&mut session, "dashboard", &json!(""));
    let tenant = dashboard.facets.iter().find(|facet| facet.key == "tenant").expect("a facet");
    let values: Vec<(&str, u64)> = tenant.values.iter().map(|v| (v.value.original(), v.clicks)).collect();
    assert_eq!((tenant.absent, tenant.clicks, values), (false, 1, vec![("", 1)]));
}
