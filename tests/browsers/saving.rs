//! What is in view can be saved.

use harness::{Browser, Launch, drive, file_url, packed};
use serde_json::Value;

use crate::union;

#[test]
fn csv_export_has_the_rows_in_view_after_a_byte_order_mark() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&format!("{}#action=blocked", file_url(&packed()))).await;
        let path = union::export().expect("asked for before");
        page.choose_file(&path).await;
        union::clicks_in_view(&page, "2").await;
        page.click("export-csv").await;
        let (name, bytes) = page.download(".csv").await;
        assert!(bytes.starts_with(b"\xef\xbb\xbf"), "{name} begins with a byte order mark");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text.lines().count(), 3, "a header and two clicks:\n{text}");
        assert!(!text.contains("http://") && !text.contains("https://"), "URLs are defanged:\n{text}");
    });
}

#[test]
fn json_export_is_a_list_of_the_rows_in_view() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        union::open(&page).await;
        page.click("export-json").await;
        let (name, bytes) = page.download(".json").await;
        let rows: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(rows.as_array().map(Vec::len), Some(6), "{name}: {rows}");
    });
}
