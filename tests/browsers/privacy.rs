//! The promise: nothing is sent anywhere. Proved from outside, by a proxy that sees every connection, and from
//! inside, by the browser's own log.

use std::sync::Arc;

use harness::{Browser, Launch, Page, Recorder, Server, drive, file_url, packed, sample};
use serde_json::Value;

/// Everything a person does with a report.
async fn use_all_of_it(page: &Page, url: &str) {
    // What the browser loads for its own first tab is not ours.
    page.go("about:blank").await;
    page.log("performance").await;
    page.open(url).await;
    page.click("sample-button").await;
    page.find("report").await;
    page.choose_file(&sample("hunting-csv/plain.csv")).await;
    page.until("the rows of the file", async || page.count("row").await == 6).await;
    page.click("filter-verdict").await;
    page.click("option-verdict-malicious").await;
    page.find("chip").await;
    // A press outside of the menu would only close it.
    page.click("filter-verdict").await;
    page.click("header-user").await;
    page.type_into("search", "contoso").await;
    page.save_clicks("csv").await;
    page.download(".csv").await;
    page.save_clicks("json").await;
    page.download(".json").await;
    page.click("export-png").await;
    page.download(".png").await;
    page.click("export-svg").await;
    page.download(".svg").await;
    page.ask("clickglass.export({format: 'csv'})").await;
    page.ask("clickglass.query({groupBy: ['day', 'action']})").await;
    page.click("row-open").await;
    page.until("the record", async || page.text("row-detail").await.contains("ReportId")).await;
    page.click("detail-close").await;
    page.click("nav-trust").await;
    page.find("trust").await;
}

/// Addresses that the page asked for, but for those that never leave it.
async fn requests(page: &Page) -> Vec<String> {
    page.log("performance")
        .await
        .iter()
        .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
        .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
        .filter_map(|entry| entry["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
        .filter(|url| !["file:", "blob:", "data:"].iter().any(|inside| url.starts_with(inside)))
        .collect()
}

/// What the console complains of.
async fn complaints(page: &Page) -> Vec<String> {
    page.log("browser")
        .await
        .iter()
        .filter(|entry| entry["level"] == "SEVERE")
        .map(Value::to_string)
        .collect()
}

#[test]
fn page_from_disk_makes_no_request_and_breaks_no_policy() {
    let recorder = Arc::new(Recorder::start(None));
    let launch = Launch { proxy: Some(recorder.address()), ..Launch::new(Browser::Chromium) };
    let witness = Arc::clone(&recorder);
    drive(&launch, async move |page| {
        use_all_of_it(&page, &file_url(&packed())).await;
        assert_eq!(requests(&page).await, [""; 0], "requests in the browser's log");
        assert_eq!(complaints(&page).await, [""; 0], "complaints in the console");
        assert_eq!(witness.seen(), [""; 0], "connections at the proxy");
    });
}

#[test]
fn page_from_a_host_asks_for_itself_alone() {
    let server = Server::start(&packed());
    let recorder = Arc::new(Recorder::start(Some(server.address())));
    let launch = Launch { proxy: Some(recorder.address()), ..Launch::new(Browser::Chromium) };
    let url = server.url();
    let own = format!("GET {url} HTTP/1.1");
    let witness = Arc::clone(&recorder);
    drive(&launch, async move |page| {
        use_all_of_it(&page, &url).await;
        assert_eq!(requests(&page).await, [url], "requests in the browser's log");
        assert_eq!(complaints(&page).await, [""; 0], "complaints in the console");
        assert_eq!(witness.seen(), [own], "connections at the proxy");
    });
}

#[test]
fn fetch_from_the_page_is_refused_by_its_policy() {
    // The witness of the tests above is awake: a request that is tried is seen to be refused.
    let server = Server::start(&packed());
    let target = format!("fetch('http://{}/beacon').then(() => 'sent', () => 'refused')", server.address());
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        assert_eq!(page.ask(&target).await, "refused");
    });
    assert_eq!(server.asked(), [""; 0], "the host was not asked");
}
