//! The recorded export that most tests open: a union of nine tables, six rows of which are clicks.

use std::path::PathBuf;

use harness::{Page, corpus};
use serde_json::Value;

/// Where the export is, when recorded samples are on this machine.
pub fn export() -> Option<PathBuf> {
    corpus("hunting/portal-union-129-rows.csv")
}

/// Opens it as the file dialog would, and waits for the report.
pub async fn open(page: &Page) {
    let path = export().expect("asked for before");
    page.choose_file(&path).await;
    page.find("report").await;
    clicks_in_view(page, "6").await;
}

/// Waits until the first tile shows that many clicks.
pub async fn clicks_in_view(page: &Page, clicks: &str) {
    page.until(&format!("{clicks} clicks in view"), async || {
        // Drivers do not agree on what stands between two lines of a button.
        let tile = page.text("tile-clicks").await;
        let number: String = tile
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        number == clicks
    })
    .await;
}

/// The report of the JavaScript interface is the one that a person can count by hand.
pub async fn check_report(page: &Page) {
    let report = page.ask("clickglass.report('')").await;
    let totals = &report["totals"];
    for (name, expected) in [("clicks", 6), ("allowed", 2), ("blocked", 2), ("errors", 2)] {
        assert_eq!(totals[name], expected, "{name} of {totals}");
    }
    let file: &Value = &report["files"][0];
    assert_eq!(file["records"], 129, "rows of the file, {file}");
    assert_eq!(file["skipped"], 123, "rows of other tables, {file}");
    assert_eq!(file["refused"], 0, "unusable rows, {file}");
}
