//! Many files at once, and one more beside what is open.

use std::path::PathBuf;
use std::time::Duration;

use harness::Page;
use serde_json::json;

use crate::exports::Export;
use crate::questions::{self, Loaded};

/// Opens the page anew and gives it all files at once.
pub async fn load(page: &Page, html: &str, parts: &[Export]) -> Loaded {
    let paths: Vec<PathBuf> = parts.iter().map(|part| part.path.clone()).collect();
    questions::load_files(page, html, &paths).await
}

/// Seconds from choosing one more file until its clicks are counted with those that are open.
pub async fn add(page: &Page, export: &Export) -> f64 {
    page.js(WATCH).await;
    page.click("add-button").await;
    // The choice of files is not made by hand.
    tokio::time::sleep(Duration::from_millis(200)).await;
    page.choose_file(&export.path).await;
    let figure = page.ask("globalThis.bench.added").await;
    assert_ne!(figure["clicks"], json!(0), "the clicks of the added file are there");
    figure["ms"].as_f64().unwrap_or(f64::NAN) / 1000.0
}

/// Starts the clock when the page gets the file, and stops it when the number of clicks is another one.
const WATCH: &str = r#"
const counted = async () =>
  (await clickglass.query([{ groupBy: [], measures: ["clicks"] }]))[0].rows[0][0];
const input = document.querySelector("[data-testid='file-input']");
globalThis.bench.added = new Promise((resolve) => {
  counted().then((before) => {
    input.addEventListener("change", () => {
      const started = performance.now();
      const look = async () => {
        const clicks = await counted().catch(() => before);
        if (clicks === before) return setTimeout(look, 5);
        resolve({ ms: performance.now() - started, clicks: clicks - before });
      };
      setTimeout(look, 5);
    }, { capture: true, once: true });
  });
});
"#;
