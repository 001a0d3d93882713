//! The table of clicks: its columns, and everything about one row.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

const HEADERS: &str = "return [...document.querySelectorAll('[data-testid^=\"header-\"]')]
  .map((header) => header.dataset.testid.slice(7))";

async fn headers(page: &Page) -> Vec<String> {
    let names = page.js(HEADERS).await;
    names.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

async fn open_plain(page: &Page) {
    page.open(&file_url(&packed())).await;
    page.choose_file(&sample("hunting-csv/plain.csv")).await;
    page.until("six rows", async || page.count("row").await == 6).await;
}

#[test]
fn column_unticked_leaves_the_table_and_its_export() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        assert!(headers(&page).await.iter().any(|name| name == "source"));
        page.click("columns-button").await;
        page.click("column-source").await;
        page.until("the column to go", async || headers(&page).await.iter().all(|name| name != "source"))
            .await;
        let left = headers(&page).await;
        // Another press of the button closes the menu.
        page.click("columns-button").await;
        page.save_clicks("csv").await;
        let (_, bytes) = page.download(".csv").await;
        let text = String::from_utf8(bytes).expect("UTF-8");
        let head = text.lines().next().expect("a header");
        assert_eq!(head.split(',').count(), left.len(), "{head} {left:?}");
        assert!(!head.contains("Source"), "{head}");
    });
}

#[test]
fn column_moved_to_the_left_changes_places() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let before = headers(&page).await;
        let at = before.iter().position(|name| name == "url").expect("a URL column");
        page.click("columns-button").await;
        page.click_inside(
            "clicks-table",
            "li:has([data-testid='column-url']) button[aria-label$='to the left']",
        )
        .await;
        let mut after = before.clone();
        after.swap(at - 1, at);
        page.until("the other order", async || headers(&page).await == after).await;
    });
}

#[test]
fn columns_of_a_report_missing_in_the_export_say_so() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_plain(&page).await;
        let names = headers(&page).await;
        for name in ["time", "user", "url", "verdict", "action", "source", "ip"] {
            assert!(names.iter().any(|there| there == name), "no {name} in {names:?}");
        }
        // What no file has takes no room, and is said: beside the table, in its menu, in the detail.
        assert!(names.iter().all(|name| name != "device" && name != "subject"), "{names:?}");
        assert!(page.text("clicks-table").await.contains("columns not in this export"));
        page.click("columns-button").await;
        let device =
            "return document.querySelector('[data-testid=column-device]').closest('label').innerText";
        assert!(page.js(device).await.as_str().is_some_and(|text| text.contains("not in this export")));
        // Somebody who wants to see it all the same.
        page.click("column-device").await;
        page.until("the column", async || headers(&page).await.iter().any(|name| name == "device")).await;
        assert!(page.text("clicks-table").await.contains("not in this export"));
    });
}

#[test]
fn row_detail_names_file_and_line_and_holds_the_record_of_that_line() {
    let path = sample("hunting-csv/plain.csv");
    let lines: Vec<String> =
        std::fs::read_to_string(&path).expect("a sample").lines().map(str::to_owned).collect();
    drive(&Launch::new(Browser::Chromium), async move |page| {
        open_plain(&page).await;
        page.click("row-open").await;
        page.until("the record", async || page.text("row-detail").await.contains("ReportId")).await;
        let text = page.text("row-detail").await;
        let (_, after) = text.split_once("plain.csv, line ").expect("file and line");
        let line: usize =
            after.split_whitespace().next().and_then(|n| n.parse().ok()).expect("the number of a line");
        let record = &lines[line - 1];
        for cell in [&record[..16], record.split(',').find(|cell| cell.contains('@')).expect("a user")] {
            assert!(text.contains(cell), "`{cell}` of line {line} is not in:\n{text}");
        }
        assert!(!text.contains("https://"), "URLs are defanged:\n{text}");
    });
}
