//! Every number of an answer, held against the plainest way to count it: one click after the other.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use clicks::engine::{DataToken, Engine};
use clicks::export::Order;
use clicks::import::Loader;
use clicks::model::{Action, Dataset, Field, NONE, Untrusted, Verdict};
use clicks::query::{
    AskDashboard, AskDetail, AskQuery, AskRows, Dashboard, Detail, QueryParams, RowsAnswer, RowsParams,
    Table, values,
};
use serde_json::{Value, json};

fn engine() -> Engine {
    let bytes = clicks::sample::sample_csv();
    let mut loader = Loader::default();
    loader.start_file("sample.csv", bytes.len() as u64);
    bytes.chunks(65_536).for_each(|piece| loader.push(piece));
    loader.end_file().expect("the sample is an export");
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    engine.install(loader, DataToken(1));
    engine
}

fn dashboard(engine: &mut Engine, filter: &str) -> Dashboard {
    let answer = engine.ask(&AskDashboard { filter: filter.to_owned(), quick: false });
    answer.unwrap_or_else(|failure| panic!("{filter}: {failure:?}"))
}

fn query(engine: &mut Engine, params: Value) -> Table {
    let params: QueryParams = serde_json::from_value(params).expect("parameters");
    engine.ask(&AskQuery { queries: vec![params] }).expect("an answer").remove(0)
}

fn rows(engine: &mut Engine, params: RowsParams) -> RowsAnswer {
    engine.ask(&AskRows(params)).expect("an answer")
}

/// A filter and the same thing in Rust.
type Case = (&'static str, fn(&Dataset, usize) -> bool);

const CASES: [Case; 15] = [
    ("", |_, _| true),
    ("verdict=malicious", |d, r| d.kind_of(r).verdict == Verdict::Malicious),
    ("verdict=!safe", |d, r| d.kind_of(r).verdict != Verdict::Safe),
    ("action=blocked,useroverride", |d, r| {
        matches!(d.kind_of(r).action, Action::Blocked | Action::UserOverride)
    }),
    ("source=teams&verdict=malicious", |d, r| {
        text(d, r, Field::Source) == "Teams" && d.kind_of(r).verdict == Verdict::Malicious
    }),
    ("threat=phish", |d, r| text(d, r, Field::Threat).contains("Phish")),
    ("reached=unsafe", |d, r| {
        d.kind_of(r).action.reached() && !matches!(d.kind_of(r).verdict, Verdict::Safe | Verdict::Unknown)
    }),
    ("reached=waiting", |d, r| {
        d.kind_of(r).verdict == Verdict::Pending || d.kind_of(r).action == Action::None
    }),
    ("range=7d", |d, r| d.time[r] >= d.time[d.len() - 1] - 7 * 86_400_000),
    ("from=2026-10-01&to=2026-10-02", |d, r| text(d, r, Field::Time).starts_with("2026-10-01")),
    ("url=LOGIN", |d, r| text(d, r, Field::Url).to_lowercase().contains("login")),
    ("q=contoso-login", |d, r| {
        [Field::Url, Field::User, Field::Ip]
            .iter()
            .any(|c| text(d, r, *c).to_lowercase().contains("contoso-login"))
    }),
    ("host=!contoso-login.example&verdict=malicious", |d, r| {
        text(d, r, Field::Host) != "contoso-login.example" && d.kind_of(r).verdict == Verdict::Malicious
    }),
    ("ip=52.112.103.113", |d, r| text(d, r, Field::Ip) == "52.112.103.113"),
    ("weekday=1&hour=9,10", |d, r| {
        let hour = d.time[r].div_euclid(3_600_000);
        (hour.div_euclid(24) + 4).rem_euclid(7) == 1 && matches!(hour.rem_euclid(24), 9 | 10)
    }),
];

fn text(d: &Dataset, row: usize, column: Field) -> String {
    values::text(d, row, column)
}

fn passing(engine: &Engine, case: Case) -> Vec<usize> {
    (0..engine.data().len()).filter(|row| (case.1)(engine.data(), *row)).collect()
}

#[test]
fn totals_under_every_filter_are_those_of_counting() {
    let mut engine = engine();
    for case in CASES {
        let rows = passing(&engine, case);
        assert!(!rows.is_empty(), "{}: the sample has nothing to count", case.0);
        let answer = dashboard(&mut engine, case.0);
        let d = engine.data();
        let count = |test: &dyn Fn(Verdict, Action) -> bool| {
            rows.iter().filter(|r| test(d.kind_of(**r).verdict, d.kind_of(**r).action)).count() as u64
        };
        let t = &answer.totals;
        let distinct =
            |column| rows.iter().map(|r| text(d, *r, column)).collect::<BTreeSet<_>>().len() as u64;
        assert_eq!(t.clicks, rows.len() as u64, "{}", case.0);
        assert_eq!(t.people, distinct(Field::User), "{}", case.0);
        assert_eq!(t.urls, distinct(Field::Url), "{}", case.0);
        assert_eq!(t.malicious, count(&|v, _| v == Verdict::Malicious), "{}", case.0);
        assert_eq!(t.reached, count(&|_, a| a.reached()), "{}", case.0);
        assert_eq!(t.reached_unsafe, count(&|v, a| a.reached() && v != Verdict::Safe), "{}", case.0);
        assert_eq!(t.blocked, count(&|_, a| a == Action::Blocked), "{}", case.0);
        assert_eq!(t.overridden, count(&|_, a| a == Action::UserOverride), "{}", case.0);
        assert_eq!(t.pending, count(&|v, _| v == Verdict::Pending), "{}", case.0);
        let attempts: BTreeSet<(String, String)> =
            rows.iter().map(|r| (text(d, *r, Field::ReportId), text(d, *r, Field::User))).collect();
        assert_eq!(t.attempts, attempts.len() as u64, "{}", case.0);
        let over_time: u64 = answer.over_time.by_action.iter().flatten().sum();
        let heat: u64 = answer.heatmap.clicks.iter().flatten().sum();
        assert_eq!((over_time, heat), (t.clicks, t.clicks), "{}: every chart obeys the filter", case.0);
    }
}

#[test]
fn attempts_with_a_warning_are_the_denominator_of_overrides() {
    let mut engine = engine();
    let t = dashboard(&mut engine, "").totals;
    let d = engine.data();
    let mut warned = BTreeMap::new();
    for row in 0..d.len() {
        let kind = d.kind_of(row);
        if matches!(kind.action, Action::Blocked | Action::UserOverride) || kind.verdict == Verdict::Pending {
            let attempt = (text(d, row, Field::ReportId), d.user.at(row));
            *warned.entry(attempt).or_insert(false) |= kind.action == Action::UserOverride;
        }
    }
    assert_eq!(t.warned_attempts, warned.len() as u64);
    assert_eq!(t.overridden_attempts, warned.values().filter(|o| **o).count() as u64);
    assert!(t.warned_attempts < t.blocked + t.overridden + t.pending, "some attempts have two rows");
}

#[test]
fn facets_are_counted_without_their_own_part_of_the_filter() {
    let mut engine = engine();
    let both = dashboard(&mut engine, "verdict=malicious&source=teams");
    let facet = |answer: &Dashboard, key: &str| {
        let facet = answer.facets.iter().find(|f| f.key == key).expect(key).clone();
        facet.values.into_iter().map(|v| (v.value, v.clicks)).collect::<BTreeMap<_, _>>()
    };
    let without_verdict = dashboard(&mut engine, "source=teams");
    let without_source = dashboard(&mut engine, "verdict=malicious");
    assert_eq!(facet(&both, "verdict"), facet(&without_verdict, "verdict"));
    assert_eq!(facet(&both, "source"), facet(&without_source, "source"));
    assert_ne!(facet(&both, "action"), facet(&without_source, "action"));
}

#[test]
fn rankings_are_those_of_sorting_everything() {
    let mut engine = engine();
    for case in CASES {
        let rows = passing(&engine, case);
        let answer = dashboard(&mut engine, case.0);
        let d = engine.data();
        let mut hosts: BTreeMap<String, (u64, u64, BTreeSet<String>)> = BTreeMap::new();
        for row in &rows {
            let entry = hosts.entry(text(d, *row, Field::Host)).or_default();
            entry.1 += 1;
            entry.0 += u64::from(d.kind_of(*row).verdict == Verdict::Malicious);
            entry.2.insert(text(d, *row, Field::User));
        }
        hosts.retain(|_, (malicious, _, _)| *malicious > 0);
        assert_eq!(answer.top_hosts.total, hosts.len() as u64, "{}", case.0);
        let best = hosts.values().map(|(m, c, _)| (*m, *c)).max();
        assert_eq!(answer.top_hosts.entries.first().map(|e| (e.malicious, e.clicks)), best, "{}", case.0);
        for entry in &answer.top_hosts.entries {
            let (malicious, clicks, people) = &hosts[entry.value.original()];
            assert_eq!(
                (entry.malicious, entry.clicks, entry.people),
                (*malicious, *clicks, people.len() as u64)
            );
        }
    }
}

#[test]
fn pages_in_any_order_are_cut_from_the_sorted_whole() {
    let mut engine = engine();
    let orders: [&[&str]; 7] = [
        &["user", "time"],
        &["-url"],
        &["verdict", "-user"],
        &["time"],
        &["-time"],
        &["ip", "host"],
        &["-reportId"],
    ];
    for order in orders {
        for filter in ["", "verdict=!safe", "q=login"] {
            let params = |limit: Option<u32>, offset| RowsParams {
                filter: filter.to_owned(),
                order_by: order.iter().map(|o| (*o).to_owned()).collect(),
                limit: Some(limit.unwrap_or(1_000_000)),
                offset,
                ..RowsParams::default()
            };
            let whole = rows(&mut engine, params(None, 0));
            let mut paged = Vec::new();
            while paged.len() < whole.ids.len() {
                paged.extend(rows(&mut engine, params(Some(257), paged.len() as u32)).ids);
            }
            assert_eq!(paged, whole.ids, "{order:?} {filter}");
            let distinct: BTreeSet<u32> = whole.ids.iter().copied().collect();
            assert_eq!(distinct.len() as u64, whole.total, "{order:?} {filter}");
            let column = Field::column_of_name(order[0].trim_start_matches('-')).expect("a column");
            if matches!(column, Field::User | Field::Url) {
                let mut keys: Vec<String> = whole
                    .ids
                    .iter()
                    .map(|id| text(engine.data(), *id as usize, column).to_lowercase())
                    .collect();
                if order[0].starts_with('-') {
                    keys.reverse();
                }
                assert!(keys.is_sorted(), "{order:?} {filter}");
            }
        }
    }
}

#[test]
fn groups_are_those_of_counting() {
    let mut engine = engine();
    for (names, columns) in [
        (vec!["user"], vec![Field::User]),
        (vec!["host", "verdict"], vec![Field::Host, Field::Verdict]),
        (vec!["rawAction", "source"], vec![Field::RawAction, Field::Source]),
        (vec!["url", "ip", "user"], vec![Field::Url, Field::Ip, Field::User]),
    ] {
        let table = query(
            &mut engine,
            json!({"groupBy": names, "measures": ["clicks", "people", "urls", "malicious", "reached", "blocked", "overridden", "attempts"], "filter": "verdict=!pending"}),
        );
        let d = engine.data();
        let mut expected: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for row in (0..d.len()).filter(|r| d.kind_of(*r).verdict != Verdict::Pending) {
            expected.entry(columns.iter().map(|c| text(d, row, *c)).collect()).or_default().push(row);
        }
        assert_eq!(table.total, expected.len() as u64, "{names:?}");
        for cells in &table.rows {
            let key: Vec<String> =
                cells[..names.len()].iter().map(|c| c.as_str().unwrap_or_default().to_owned()).collect();
            let rows = &expected[&key];
            let distinct =
                |of: &dyn Fn(usize) -> String| rows.iter().map(|r| of(*r)).collect::<BTreeSet<_>>().len();
            let count = |test: &dyn Fn(Verdict, Action) -> bool| {
                rows.iter().filter(|r| test(d.kind_of(**r).verdict, d.kind_of(**r).action)).count()
            };
            let measures = json!([
                rows.len(),
                distinct(&|r| text(d, r, Field::User)),
                distinct(&|r| text(d, r, Field::Url)),
                count(&|v, _| v == Verdict::Malicious),
                count(&|_, a| a.reached()),
                count(&|_, a| a == Action::Blocked),
                count(&|_, a| a == Action::UserOverride),
                distinct(&|r| text(d, r, Field::ReportId) + "|" + &text(d, r, Field::User)),
            ]);
            assert_eq!(json!(cells[names.len()..]), measures, "{key:?}");
        }
    }
}

#[test]
fn days_hours_and_weekdays_follow_the_zone_of_the_filter() {
    let mut engine = engine();
    let by_day = |engine: &mut Engine, tz: &str| {
        query(engine, json!({"groupBy": ["day", "weekday"], "filter": format!("tz={tz}")})).rows
    };
    for (tz, minutes) in [("UTC", 0), ("%2B05:30", 330), ("-08:00", -480)] {
        let rows = by_day(&mut engine, tz);
        let d = engine.data();
        let mut expected: BTreeMap<(String, i64), u64> = BTreeMap::new();
        for time in &d.time {
            let wall = time + minutes * 60_000;
            let weekday = (wall.div_euclid(86_400_000) + 4).rem_euclid(7);
            *expected.entry((clicks::model::iso_date_of_ms(wall), weekday)).or_default() += 1;
        }
        let expected: Vec<Value> =
            expected.into_iter().map(|((day, weekday), n)| json!([day, weekday, n])).collect();
        assert_eq!(json!(rows), json!(expected), "{tz}");
    }
}

#[test]
fn query_words_that_are_not_known_are_named() {
    let mut engine = engine();
    for (params, word) in [
        (json!({"groupBy": ["colour"]}), "colour"),
        (json!({"measures": ["weight"]}), "weight"),
        (json!({"groupBy": ["user"], "orderBy": ["host"]}), "host"),
        (json!({"filter": "tz=Mars/Olympus"}), "Mars/Olympus"),
    ] {
        let params: QueryParams = serde_json::from_value(params).expect("parameters");
        let failure = engine.ask(&AskQuery { queries: vec![params] }).expect_err(word);
        assert!(failure.message.original().contains(word), "{failure:?}");
    }
}

#[test]
fn question_without_groups_and_without_clicks_is_answered_with_zero() {
    let mut engine = Engine::new(Box::new(|_, _, _| None));
    engine.install(Loader::default(), DataToken(1));
    let table = query(&mut engine, json!({"measures": ["clicks", "people"]}));
    assert_eq!(json!(table.rows), json!([[0, 0]]));
    assert_eq!(dashboard(&mut engine, "range=7d").totals.clicks, 0);
    assert_eq!(NONE, u32::MAX);
}

#[test]
fn detail_reads_the_record_again_and_names_all_three_states() {
    let bytes = clicks::sample::sample_csv();
    let mut engine = engine();
    let newest = rows(
        &mut engine,
        RowsParams { limit: Some(1), filter: "verdict=malicious".into(), ..RowsParams::default() },
    );
    let row = newest.ids[0];
    let mut session = common::session_of("sample.csv", &bytes).expect("an export");
    let detail: Detail = common::answer(&mut session, &AskDetail { row, ..AskDetail::default() }, &[&bytes]);
    let plain =
        |(name, cell): &(Untrusted, Untrusted)| (name.original().to_owned(), cell.original().to_owned());
    let raw: BTreeMap<String, String> = detail.raw.iter().map(plain).collect();
    assert_eq!(raw["Url"], text(engine.data(), row as usize, Field::Url));
    assert_eq!(detail.chain.first().map(Untrusted::original), Some(raw["Url"].as_str()));
    let state =
        |name: &str| format!("{:?}", detail.fields.iter().find(|f| f.name == name).expect(name).state);
    assert_eq!((state("url").as_str(), state("device").as_str()), ("Value", "Absent"));
    let from = String::from_utf8_lossy(&bytes);
    let line = from.lines().nth(detail.line as usize - 1).expect("a line");
    assert!(line.contains(&raw["Url"]) && line.contains(&raw["ReportId"]), "{line}");
}

#[test]
fn export_writes_what_is_in_view_and_nothing_live() {
    let mut engine = engine();
    let params = RowsParams { filter: "verdict=malicious".into(), ..RowsParams::default() };
    let total = rows(&mut engine, params.clone()).total as usize;
    for format in ["csv", "json"] {
        let order = Order { format: format.to_owned(), params: params.clone(), defang: true };
        let mut export = engine.export(&order).expect("a format");
        assert_eq!(export.manifest().rows, total as u64);
        let mut bytes = Vec::new();
        while let Some(piece) = export.next(100) {
            bytes.extend(piece);
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains("http://") && !text.contains("https://"), "{format} holds a live link");
        match format {
            "csv" => {
                assert!(
                    text.starts_with("\u{feff}Date,User,Original URL,Verdict,Action,Click Source,IP Address")
                );
                assert_eq!(text.matches("\r\n").count(), total + 1);
            }
            _ => {
                let rows: Vec<Value> = serde_json::from_str(&text).expect("JSON");
                assert_eq!(rows.len(), total);
                assert!(rows[0].get("device").is_none(), "a column that is not in the export is not made up");
            }
        }
    }
}
