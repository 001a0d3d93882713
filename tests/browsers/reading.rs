//! Where a file is read, and where the engine runs: a browser may refuse the worker, or the worker the file.

use harness::{Browser, Launch, MadeExport, Page, Server, drive, file_url, packed, sample};

/// More than one piece, so that reading goes on after it has begun.
const ROWS: u64 = 80_000;

/// Counts the slices that the page itself cuts off a file: it does so only when the worker may not read.
const COUNT_SLICES: &str = "globalThis.slices = 0;
  const slice = Blob.prototype.slice;
  Blob.prototype.slice = function (...range) { globalThis.slices += 1; return slice.apply(this, range); };";

async fn loads_all(page: &Page, export: &std::path::Path) {
    page.allow_seconds(120).await;
    page.choose_file(export).await;
    page.find("report").await;
    let report = page.ask("clickglass.report('')").await;
    let file = &report["files"][0];
    assert_eq!(file["records"], ROWS, "rows of the file, {file}");
    assert_eq!(file["refused"], 0, "unusable rows, {file}");
    let kept = report["totals"]["clicks"].as_u64().expect("clicks")
        + file["duplicates"].as_u64().expect("duplicates");
    assert_eq!(kept, ROWS, "{file}");
}

/// Loads an export of 30 MB and says whether the page cut it into slices for the worker.
fn page_reads(browser: Browser, url: String, expected: bool) {
    let export = MadeExport::of(ROWS);
    drive(&Launch::new(browser), async move |page| {
        page.open(&url).await;
        page.js(COUNT_SLICES).await;
        loads_all(&page, &export.path).await;
        let slices = page.js("return globalThis.slices").await;
        assert_eq!(slices.as_u64().is_some_and(|slices| slices > 1), expected, "{slices} slices on the page");
        let trust = page.ask("clickglass.trust()").await;
        assert_eq!(trust["engine"], "worker", "the engine is in the worker either way");
    });
}

#[test]
fn webkit_from_disk_reads_on_the_page_for_the_worker() {
    page_reads(Browser::WebKit, file_url(&packed()), true);
}

/// The page reads for the worker there, so it must not lose hold of what is open to a load that fails.
#[test]
fn webkit_from_disk_reads_the_record_of_the_open_file_after_another_was_refused() {
    drive(&Launch::new(Browser::WebKit), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("six rows", async || page.count("row").await == 6).await;
        page.choose_file(&sample("invalid/zip-magic.xlsx")).await;
        page.find("error-message").await;
        // The message moves the table down, and a press may meet the page on its way.
        while !page.appears("row-detail", std::time::Duration::from_secs(2)).await {
            page.click("row-open").await;
        }
        page.until("the record", async || page.text("row-detail").await.contains("ReportId")).await;
    });
}

#[test]
fn webkit_from_a_host_reads_in_the_worker() {
    page_reads(Browser::WebKit, Server::start(&packed()).url(), false);
}

#[test]
fn firefox_from_disk_reads_in_the_worker() {
    page_reads(Browser::Firefox, file_url(&packed()), false);
}

#[test]
fn chromium_from_disk_reads_in_the_worker() {
    page_reads(Browser::Chromium, file_url(&packed()), false);
}

/// A browser that refuses workers.
const NO_WORKER: &str =
    "globalThis.Worker = class { constructor() { throw new Error('no workers here'); } };";

#[test]
fn engine_runs_on_the_page_where_workers_are_refused() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.before_start(NO_WORKER).await;
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("six rows", async || page.count("row").await == 6).await;
        page.click("row-open").await;
        page.until("the record", async || page.text("row-detail").await.contains("ReportId")).await;
        page.click("detail-close").await;
        page.save_clicks("json").await;
        page.download(".json").await;
        page.click("nav-trust").await;
        page.until("the word about the engine", async || {
            page.text("trust").await.contains("The engine runs on the page")
        })
        .await;
        assert_eq!(page.ask("clickglass.trust()").await["engine"], "page");
        let export = MadeExport::of(ROWS);
        loads_all(&page, &export.path).await;
    });
}

#[test]
fn engine_runs_in_a_worker_where_there_is_one() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        page.click("nav-trust").await;
        page.until("the word about the engine", async || {
            page.text("trust").await.contains("The engine runs in a worker")
        })
        .await;
    });
}
