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
        page.save_clicks("csv").await;
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
        page.save_clicks("json").await;
        let (name, bytes) = page.download(".json").await;
        let rows: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(rows.as_array().map(Vec::len), Some(6), "{name}: {rows}");
    });
}

#[test]
fn charts_are_saved_as_png_and_svg() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        page.find("report").await;
        for (panel, name) in [("panel-time", "over-time"), ("panel-heatmap", "hours")] {
            // One after the other: browsers ask before they save two files after one click.
            page.click_inside(panel, "[data-testid='export-png']").await;
            let (_, png) = page.download_of(name, ".png").await;
            assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{name} is no PNG");
            assert!(png.len() > 5_000, "{name} has {} bytes: hardly a picture", png.len());
            page.click_inside(panel, "[data-testid='export-svg']").await;
            let (_, svg) = page.download_of(name, ".svg").await;
            let svg = String::from_utf8(svg).expect("UTF-8");
            assert!(svg.starts_with("<svg"), "{}", svg.get(..80).unwrap_or(&svg));
            assert!(svg.contains("</text>"), "an SVG has words");
            assert!(svg.contains("22 Sep – 20 Nov 2026, UTC"), "{name} says when, with year and zone");
            let links = svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            assert!(!links.contains("http"), "an SVG asks for nothing");
            assert!(!links.contains("<script") && !links.contains("href"), "an SVG runs nothing");
        }
    });
}
