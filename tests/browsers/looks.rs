//! Light, dark and paper.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};
use serde_json::{Value, json};

async fn background(page: &Page) -> Value {
    page.js("return getComputedStyle(document.body).backgroundColor").await
}

async fn theme(page: &Page) -> Value {
    page.js("return document.documentElement.dataset.theme ?? null").await
}

async fn open_sample(page: &Page) {
    page.open(&file_url(&packed())).await;
    page.click("sample-button").await;
    page.find("report").await;
}

#[test]
fn theme_button_goes_round_and_a_reload_remembers() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        assert_eq!(theme(&page).await, Value::Null, "at first as the system is");
        page.click("theme-toggle").await;
        page.until("light colours", async || theme(&page).await == "light").await;
        let light = background(&page).await;
        page.click("theme-toggle").await;
        page.until("dark colours", async || theme(&page).await == "dark").await;
        page.until("another background", async || background(&page).await != light).await;
        page.reload().await;
        assert_eq!(theme(&page).await, "dark", "after a reload");
    });
}

#[test]
fn printed_report_is_dark_on_white_with_a_head_and_nothing_to_press() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.click("theme-toggle").await;
        page.click("theme-toggle").await;
        page.until("dark colours", async || theme(&page).await == "dark").await;
        // What the browser says before it prints, and then does.
        page.js("dispatchEvent(new Event('beforeprint'))").await;
        page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        page.until("a white page", async || background(&page).await == "rgb(255, 255, 255)").await;
        for control in ["open-button", "filter-action", "export-csv", "export-png", "search", "theme-toggle"]
        {
            assert!(!page.visible(control).await, "{control} is printed");
        }
        for part in ["tile-clicks", "chart-time", "top-hosts"] {
            assert!(page.visible(part).await, "{part} is not printed");
        }
        for word in ["period", "filters", "files"] {
            page.until(&format!("`{word}` in the head of the print"), async || {
                let text = page.js("return document.body.innerText").await;
                text.as_str().is_some_and(|text| text.to_lowercase().contains(word))
            })
            .await;
        }
        let printed = page.cdp("Page.printToPDF", json!({})).await;
        assert!(printed["data"].as_str().is_some_and(|pdf| pdf.starts_with("JVBERi")), "no PDF");
    });
}

#[test]
fn printed_period_says_its_sides_in_the_zone_and_ends_on_its_last_day() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        for (filter, period) in [
            ("", "4 May 2026 to 5 May 2026, times in UTC"),
            ("from=2026-05-05", "from 5 May 2026, times in UTC"),
            ("to=2026-05-05", "until 4 May 2026, times in UTC"),
            ("from=2026-05-04&to=2026-05-05", "4 May 2026 to 4 May 2026, times in UTC"),
            ("from=2026-05-05&tz=Asia/Tokyo", "from 5 May 2026, times in Asia/Tokyo"),
            ("range=1h", "5 May 2026 to 5 May 2026, times in UTC"),
        ] {
            page.js(&format!("location.hash = '{filter}'")).await;
            page.until(&format!("the period of `{filter}`"), async || {
                page.text("print-head").await.contains(period)
            })
            .await;
        }
    });
}
