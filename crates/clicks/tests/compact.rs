//! A data set of some rows, held against the same rows of the whole by the questions themselves.

use std::path::Path;

use clicks::beside::{Joins, Tables};
use clicks::import::{Loaded, Loader};
use clicks::model::{Dataset, Field, compact};
use clicks::query::{Around, Ask, AskDashboard, AskQuery, AskRows, Cx, Dashboard, QueryParams, RowsParams};

const FILTERS: [&str; 6] =
    ["", "action=blocked", "reached=unsafe", "source=teams", "q=login", "verdict=!safe"];

fn load(names: &[&str]) -> Loaded {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples");
    let mut loader = Loader::default();
    for name in names {
        let bytes = std::fs::read(samples.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        loader.start_file(name, bytes.len() as u64);
        loader.push(&bytes);
        loader.end_file().unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
    }
    loader.finish()
}

fn cx_of(loaded: Loaded) -> Cx {
    let mut cx = Cx::new(Around::new(Box::new(|_, _, _| None)));
    cx.replace(loaded);
    cx
}

/// The rows under a filter.
fn rows_of(cx: &mut Cx, filter: &str) -> Vec<u32> {
    let params = RowsParams { filter: filter.to_owned(), limit: Some(10_000), ..RowsParams::default() };
    let mut rows = AskRows(params).answer(cx).expect("rows").ids;
    rows.sort_unstable();
    rows
}

/// What a filter gives: every cell of every row, the numbers of the overview, clicks and people by each group.
fn facts(cx: &mut Cx, filter: &str) -> (Vec<Vec<serde_json::Value>>, Dashboard, Vec<String>) {
    let columns = Field::columns().map(|c| c.name().to_owned()).collect();
    let params =
        RowsParams { filter: filter.to_owned(), columns, limit: Some(10_000), ..RowsParams::default() };
    let rows = AskRows(params).answer(cx).expect("rows").rows;
    let dashboard = AskDashboard { filter: filter.to_owned(), quick: false }.answer(cx).expect("a dashboard");
    let groups =
        ["user", "url", "host", "ip", "tenant", "threat", "rawAction", "source", "verdict", "action"];
    let query = |group: &&str| QueryParams {
        filter: filter.to_owned(),
        group_by: vec![(*group).to_owned()],
        measures: ["clicks", "people", "attempts"].map(str::to_owned).to_vec(),
        order_by: vec![(*group).to_owned()],
        ..QueryParams::default()
    };
    let queries = groups.iter().map(query).collect();
    let tables = AskQuery { queries }.answer(cx).expect("tables");
    (rows, dashboard, tables.iter().map(|t| format!("{:?}", t.rows)).collect())
}

const SAMPLES: [&[&str]; 4] = [
    &["hunting-csv/plain.csv"],
    &["hunting-csv/clickthrough-same-report.csv", "hunting-csv/accounts-empty-guest-case.csv"],
    &["hunting-csv/threat-lists-chain-cut.csv", "hunting-csv/hosts-of-every-script.csv"],
    &["hunting-csv/hostile.csv", "hunting-csv/hostile.csv"],
];

#[test]
fn rows_kept_give_what_a_filter_of_them_gives() {
    let mut kept_some = 0;
    for names in SAMPLES {
        let mut whole = cx_of(load(names));
        for filter in FILTERS {
            let rows = rows_of(&mut whole, filter);
            let part = compact(whole.data(), &rows, &mut |_, text| text.to_owned());
            let mut part = cx_of(Loaded {
                data: part,
                files: whole.files().to_vec(),
                sources: Vec::new(),
                left: Vec::new(),
                tables: Tables::default(),
                joins: Joins::default(),
            });
            let ((of_whole, one, groups), (of_part, other, again)) =
                (facts(&mut whole, filter), facts(&mut part, ""));
            let at = format!("{names:?} under {filter:?}");
            assert_eq!(of_part, of_whole, "{at}");
            assert_eq!(again, groups, "{at}");
            assert_eq!(other.totals, one.totals, "{at}");
            assert_eq!((&other.top_hosts, &other.top_urls), (&one.top_hosts, &one.top_urls), "{at}");
            assert_eq!(
                (&other.top_blocked, &other.top_reached),
                (&one.top_blocked, &one.top_reached),
                "{at}"
            );
            kept_some += usize::from(!rows.is_empty() && rows.len() < whole.data().len());
        }
    }
    assert!(kept_some > 5, "{kept_some} times a part of the rows");
}

/// Every text of a data set.
fn texts(data: &Dataset) -> Vec<String> {
    let fields = Field::columns().filter_map(|field| data.column(field));
    let texts = fields.flat_map(|column| column.texts.iter().map(str::to_owned).collect::<Vec<_>>());
    texts.chain(data.odd_ids.iter().map(str::to_owned)).collect()
}

#[test]
fn rows_left_out_leave_no_text_behind() {
    let data = load(&["hunting-csv/plain.csv", "hunting-csv/hostile.csv"]).data;
    for row in 0..data.len() as u32 {
        let one = compact(&data, &[row], &mut |_, text| text.to_owned());
        let of_row = |field| data.column(field).map(|c| c.texts.get(c.ids.at(row as usize)).to_owned());
        let own: Vec<String> = Field::columns().filter_map(of_row).collect();
        let id = |field| data.numbers(field).map(|c| data.id_text(c.at(row as usize)));
        let ids = [id(Field::MessageId), id(Field::ReportId)];
        for text in texts(&one) {
            let known = own.contains(&text) || ids.contains(&Some(text.clone()));
            assert!(known || is_enum(&one, &text), "row {row} keeps {text:?}");
        }
    }
}

fn is_enum(data: &Dataset, text: &str) -> bool {
    [Field::Verdict, Field::Action]
        .into_iter()
        .filter_map(|f| data.column(f))
        .any(|c| c.texts.iter().any(|t| t == text))
}

#[test]
fn users_renamed_alike_are_one_person() {
    let data = load(&["hunting-csv/plain.csv"]).data;
    let rows: Vec<u32> = (0..data.len() as u32).collect();
    let mut cx = cx_of(Loaded {
        data: compact(&data, &rows, &mut |field, text| match field {
            Field::User => "somebody".to_owned(),
            Field::Subject | Field::Url => String::new(),
            _ => text.to_owned(),
        }),
        files: Vec::new(),
        sources: Vec::new(),
        left: Vec::new(),
        tables: Tables::default(),
        joins: Joins::default(),
    });
    let totals = AskDashboard::default().answer(&mut cx).expect("a dashboard").totals;
    assert_eq!((totals.clicks, totals.people, totals.urls), (data.clicks(), 1, 1));
    assert!((0..data.len()).all(|row| !cx.data().has_value(Field::Subject)(row)));
}
