//! `window.clickglass` as docs/api.md describes it.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};
use serde_json::{Value, json};

async fn open_plain(page: &Page) {
    page.open(&file_url(&packed())).await;
    page.choose_file(&sample("hunting-csv/plain.csv")).await;
    page.find("report").await;
}

#[test]
fn export_gives_csv_and_json_as_text() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let csv = page.ask("clickglass.export({format: 'csv', filter: 'verdict=malicious'})").await;
        let text = csv["text"].as_str().expect("text");
        assert_eq!(csv["format"], "csv");
        assert!(csv["name"].as_str().is_some_and(|name| name.ends_with(".csv")), "{csv}");
        assert!(text.starts_with('\u{feff}'), "byte for byte what is saved, with its mark: {text}");
        assert!(!text.contains("https://"), "URLs are defanged: {text}");
        let asked = page.ask("clickglass.report('verdict=malicious').then((report) => report.total)").await;
        assert_eq!(Value::from(text.lines().count() - 1), asked, "{text}");

        let json =
            page.ask("clickglass.export({format: 'json', columns: ['user', 'url'], defang: false})").await;
        let rows: Value = serde_json::from_str(json["text"].as_str().expect("text")).expect("JSON");
        assert_eq!(rows.as_array().map(Vec::len), Some(6), "{rows}");
        let members: Vec<&String> = rows[0].as_object().expect("an object").keys().collect();
        assert_eq!(members.len(), 2, "{members:?}");
        assert!(rows.to_string().contains("https://"), "URLs as they were: {rows}");
    });
}

#[test]
fn top_lists_rank_by_malicious_and_by_blocked_clicks() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        page.find("report").await;
        for (call, first, measure) in [("topUrls", "url", "malicious"), ("topUsers", "user", "blocked")] {
            let table = page.ask(&format!("clickglass.{call}('range=30d')")).await;
            assert_eq!(table["columns"][0], first, "{table}");
            let columns = table["columns"].as_array().expect("columns");
            let place = columns.iter().position(|name| name == measure).expect("the measure");
            let rows = table["rows"].as_array().expect("rows");
            let numbers: Vec<u64> = rows.iter().filter_map(|row| row[place].as_u64()).collect();
            assert_eq!(numbers.len(), 10, "{call} gives ten rows: {table}");
            assert!(numbers.is_sorted_by(|a, b| a >= b) && numbers[0] > 0, "{call}: {numbers:?}");
            // The same number, asked for on its own.
            let name = rows[0][0].as_str().expect("a name");
            let filter = json!({"range": "30d", first: name});
            let alone = page
                .ask(&format!(
                    "clickglass.query({{filter: {filter}, measures: ['{measure}'], groupBy: ['{first}']}})"
                ))
                .await;
            let group = alone["rows"].as_array().into_iter().flatten().find(|row| row[0] == name);
            assert_eq!(group.map(|row| &row[1]), Some(&json!(numbers[0])), "{call}: {alone}");
        }
    });
}

#[test]
fn query_with_a_list_gives_a_list_of_tables() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let tables = page
            .ask("clickglass.query([{groupBy: ['action'], orderBy: ['action']}, {measures: ['people', 'clicks']}])")
            .await;
        assert_eq!(tables.as_array().map(Vec::len), Some(2), "{tables}");
        assert_eq!(tables[0]["columns"], json!(["action", "clicks"]));
        assert_eq!(tables[1]["columns"], json!(["people", "clicks"]));
        assert_eq!(tables[1]["rows"][0][1], 6, "{tables}");
        let sum: u64 =
            tables[0]["rows"].as_array().into_iter().flatten().filter_map(|row| row[1].as_u64()).sum();
        assert_eq!(sum, 6, "{tables}");
    });
}

#[test]
fn rows_follow_columns_order_limit_and_offset() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let all = page.ask("clickglass.rows({columns: ['time', 'user'], orderBy: ['user', '-time']})").await;
        assert_eq!(all["columns"], json!(["time", "user"]));
        assert_eq!(all["total"], 6);
        let rows = all["rows"].as_array().expect("rows");
        let keys: Vec<(&str, &str)> =
            rows.iter().map(|row| (row[1].as_str().unwrap_or(""), row[0].as_str().unwrap_or(""))).collect();
        assert!(keys.is_sorted_by(|a, b| a.0 < b.0 || (a.0 == b.0 && a.1 >= b.1)), "{keys:?}");
        let page_of_two = page
            .ask("clickglass.rows({columns: ['time', 'user'], orderBy: ['user', '-time'], limit: 2, offset: 3})")
            .await;
        assert_eq!(page_of_two["rows"], json!(rows[3..5]), "{page_of_two}");
        assert_eq!(page_of_two["total"], 6);
    });
}

#[test]
fn refused_open_rejects_with_kind_message_file_and_line() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let answer = page.api("clickglass.open([new File(['{\"value\": [1,\\n 2'], 'cut.json')])").await;
        let error = &answer["error"];
        assert_eq!(error["kind"], "broken", "{answer}");
        assert_eq!(error["file"], "cut.json", "{answer}");
        assert!(error["line"].as_u64().is_some_and(|line| line > 0), "{answer}");
        assert!(error["message"].as_str().is_some_and(|text| text.len() > 20), "{answer}");
        let still = page.ask("clickglass.report('').then((report) => report.total)").await;
        assert_eq!(still, 6, "what was open before stays");
    });
}

#[test]
fn question_that_cannot_be_answered_rejects_with_bad_request() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let answer = page.api("clickglass.query({groupBy: ['colour']})").await;
        assert_eq!(answer["error"]["kind"], "bad-request", "{answer}");
        assert!(answer["error"]["message"].as_str().is_some_and(|m| m.contains("colour")), "{answer}");
    });
}

#[test]
fn open_of_what_is_no_file_rejects_with_bad_request() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        for given in ["", "null", "undefined", "'x'", "{}", "[]", "['x']", "[new File(['a'], 'a'), 7]", "42"]
        {
            let call = format!(
                "try {{ clickglass.open({given}).catch(() => {{}}); return false; }} catch {{ return true; }}"
            );
            assert_eq!(page.js(&call).await, false, "open({given}) throws");
            let answer = page.api(&format!("clickglass.open({given})")).await;
            assert_eq!(answer["error"]["kind"], "bad-request", "open({given}): {answer}");
        }
        assert!(page.visible("landing").await, "nothing happened on the page");
    });
}

/// A browser whose longest text is short.
const SHORT_TEXTS: &str = "{ const parse = JSON.parse;
  JSON.parse = (text, reviver) => {
    if (String(text).length > 500) throw new RangeError('Invalid string length');
    return parse(text, reviver);
  }; }";

#[test]
fn answer_too_long_for_the_browser_rejects_with_too_large() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        page.js(SHORT_TEXTS).await;
        let answer = page.api("clickglass.rows({})").await;
        assert_eq!(answer["error"]["kind"], "too-large", "{answer}");
        let short = page.ask("clickglass.query({})").await;
        assert_eq!(short["rows"][0][0], 6, "what fits is answered: {short}");
    });
}
