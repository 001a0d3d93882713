//! Light and dark.

use harness::{Browser, Launch, Page, drive, file_url, packed};
use serde_json::Value;

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
fn theme_chosen_is_remembered_by_a_reload() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        assert_eq!(theme(&page).await, Value::Null, "at first as the system is");
        page.click("more").await;
        page.click("theme-light").await;
        page.until("light colours", async || theme(&page).await == "light").await;
        let light = background(&page).await;
        page.click("more").await;
        page.click("theme-dark").await;
        page.until("dark colours", async || theme(&page).await == "dark").await;
        page.until("another background", async || background(&page).await != light).await;
        page.reload().await;
        assert_eq!(theme(&page).await, "dark", "after a reload");
    });
}
