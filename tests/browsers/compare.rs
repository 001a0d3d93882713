//! Two views side by side: halves of the view, a day that somebody chose, a view that was pinned.

use harness::{Browser, Launch, Page, drive, file_url, packed};

async fn open_sample(page: &Page, hash: &str) {
    page.open(&format!("{}#page=compare{hash}", file_url(&packed()))).await;
    page.click("sample-button").await;
    page.find("compare-numbers").await;
}

/// What one of the two views is called, and how much it is.
async fn side_has(page: &Page, side: &str, text: &str) {
    let content = format!("return document.querySelector('[data-testid={side}]')?.textContent ?? ''");
    page.until(text, async || {
        let found = page.js(&content).await;
        found.as_str().is_some_and(|found| found.contains(text))
    })
    .await;
}

async fn day(page: &Page) -> String {
    let day = page.js("return document.querySelector('[data-testid=compare-day]').value").await;
    day.as_str().unwrap_or_default().to_owned()
}

#[test]
fn view_is_parted_in_its_middle_or_at_a_day_and_says_what_each_part_has() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        for chosen in ["", "2026-10-05"] {
            if !chosen.is_empty() {
                page.js(&format!(
                    "const field = document.querySelector('[data-testid=compare-day]'); field.value = '{chosen}';
                     field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
                ))
                .await;
            }
            let day = day(&page).await;
            for (side, key) in [("compare-before", "to"), ("compare-after", "from")] {
                let clicks = page
                    .ask(&format!(
                        "clickglass.report('{key}={day}').then((r) => r.totals.clicks.toLocaleString('en-US'))"
                    ))
                    .await;
                side_has(&page, side, &format!("{} clicks of", clicks.as_str().unwrap_or("?"))).await;
            }
        }
        let rows = "return document.querySelectorAll('[data-testid=compare-numbers] tbody tr').length";
        assert_eq!(page.js(rows).await, 7);
        side_has(&page, "compare-before", "Before 5 Oct 2026").await;
    });
}

#[test]
fn pinned_view_is_compared_with_whatever_is_in_view_later() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "&source=teams").await;
        page.click("compare-pin").await;
        page.until("the pin", async || page.text("compare-pin").await == "Unpin").await;
        page.js("location.hash = 'page=compare&source=email'").await;
        side_has(&page, "compare-before", "Source Teams").await;
        side_has(&page, "compare-after", "Source Email").await;
        let is_off = "return document.querySelector('[data-testid=compare-day]').disabled";
        assert_eq!(page.js(is_off).await, true);
        page.click("compare-pin").await;
        side_has(&page, "compare-before", "Source Email").await;
        assert_eq!(page.js(is_off).await, false);
    });
}

#[test]
fn comparison_is_copied_and_its_lists_are_doors() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        page.js("navigator.clipboard.writeText = async (text) => { globalThis.copied = text }").await;
        page.click("compare-copy").await;
        page.until("the text", async || {
            let text = page.js("return globalThis.copied ?? ''").await;
            text.as_str()
                .is_some_and(|text| text.contains("| Clicks a day |") && text.contains("New hosts: "))
        })
        .await;
        let day = day(&page).await;
        page.click_inside("compare-new", "li button").await;
        page.until("the person", async || {
            let hash = page.js("return location.hash").await;
            hash.as_str().is_some_and(|hash| hash.starts_with(&format!("#page=people&from={day}&user=")))
        })
        .await;
        page.find("profile").await;
    });
}
