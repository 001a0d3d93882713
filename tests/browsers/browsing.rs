//! Narrowing, sorting, going back: the page and its address agree at every step.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

use crate::union;

async fn open_and_filter_blocked(page: &Page) {
    page.open(&file_url(&packed())).await;
    union::open(page).await;
    page.click("filter-action").await;
    page.click("option-action-blocked").await;
    // Another press of the button closes the menu; a press outside of it would do nothing else.
    page.click("filter-action").await;
    union::clicks_in_view(page, "2").await;
}

#[test]
fn action_filter_narrows_tiles_table_and_address() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        open_and_filter_blocked(&page).await;
        assert!(page.url().await.ends_with("#action=blocked"), "{}", page.url().await);
        assert_eq!(page.count("chip").await, 1);
        page.until("two rows", async || page.count("row").await == 2).await;
        page.click("clear-all").await;
        union::clicks_in_view(&page, "6").await;
        page.until("six rows", async || page.count("row").await == 6).await;
    });
}

#[test]
fn back_takes_the_filter_away() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        open_and_filter_blocked(&page).await;
        page.back().await;
        union::clicks_in_view(&page, "6").await;
        assert_eq!(page.count("chip").await, 0);
    });
}

#[test]
fn reload_keeps_the_filter_of_the_address() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        open_and_filter_blocked(&page).await;
        page.reload().await;
        let path = union::export().expect("asked for before");
        page.choose_file(&path).await;
        union::clicks_in_view(&page, "2").await;
        assert_eq!(page.count("chip").await, 1);
    });
}

#[test]
fn header_click_sorts_and_a_second_one_turns_the_order() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        union::open(&page).await;
        page.until("six rows", async || page.count("row").await == 6).await;
        // At first the gravest stand on top; by time, that is the newest first.
        let sorted =
            "return document.querySelector('th[aria-sort=descending]')?.textContent.startsWith('Date')";
        for _press in 0..2 {
            if page.js(sorted).await != true {
                page.click("header-time").await;
                tokio::time::sleep(std::time::Duration::from_millis(600)).await;
            }
        }
        assert_eq!(page.js(sorted).await, true);
        let before = page.texts("row").await;
        page.click("header-time").await;
        let turned: Vec<String> = before.iter().rev().cloned().collect();
        page.until("the rows in the other order", async || page.texts("row").await == turned).await;
        page.click("header-time").await;
        page.until("the rows as before", async || page.texts("row").await == before).await;
    });
}

#[test]
fn row_opens_with_its_raw_record() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        union::open(&page).await;
        page.click("row-open").await;
        page.find("row-detail").await;
        page.until("the raw record", async || page.text("row-detail").await.contains("ReportId")).await;
        page.click("detail-close").await;
        page.until("the drawer to close", async || !page.visible("row-detail").await).await;
    });
}

#[test]
fn trust_page_names_the_records_skipped() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        union::open(&page).await;
        page.click("nav-trust").await;
        page.until("123 records skipped", async || page.text("trust").await.contains("123")).await;
    });
}

#[test]
fn zone_alone_is_kept_in_the_address_on_every_page() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&format!("{}#page=clicks&tz=Asia/Tokyo", file_url(&packed()))).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("clicks-table").await;
        assert!(page.url().await.ends_with("#page=clicks&tz=Asia/Tokyo"), "{}", page.url().await);
        for (nav, hash) in [
            ("nav-trust", "#page=trust&tz=Asia/Tokyo"),
            ("nav-overview", "#tz=Asia/Tokyo"),
            ("nav-clicks", "#page=clicks&tz=Asia/Tokyo"),
        ] {
            page.click(nav).await;
            page.until(hash, async || page.url().await.ends_with(hash)).await;
        }
        // Chosen on that page, and taken back there.
        page.click("zone").await;
        // In any case of letters; written is the name.
        page.type_into("zone-custom", "europe/berlin\n").await;
        page.until("the other zone", async || page.url().await.ends_with("#page=clicks&tz=Europe/Berlin"))
            .await;
    });
}

#[test]
fn range_after_a_period_without_an_end_shows_its_days() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        for hash in ["from=2026-05-05", "range=1d", "to=2026-05-05", "range=1d"] {
            page.js(&format!("location.hash = '{hash}'")).await;
            page.until("one chip", async || page.count("chip").await == 1).await;
            page.until("its days", async || {
                !hash.starts_with("range") || page.text("chip").await.contains("4 May 2026")
            })
            .await;
        }
    });
}

#[test]
fn view_from_before_is_said_over_a_new_file_and_can_be_left() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&format!("{}#action=blocked", file_url(&packed()))).await;
        assert!(page.text("waiting-view").await.contains("Action Blocked"));
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("kept-view").await;
        page.click_inside("kept-view", "button").await;
        page.until("everything", async || page.count("row").await == 6).await;
        assert_eq!(page.count("kept-view").await, 0);
    });
}

#[test]
fn press_outside_a_menu_only_closes_it() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        page.find("tile-malicious").await;
        page.click("filter-verdict").await;
        page.until("a panel", async || {
            page.js("return !!document.querySelector('.popover-panel')").await == true
        })
        .await;
        let there = "const r = document.querySelector('[data-testid=tile-blocked]').getBoundingClientRect();
                     return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2).className";
        assert_eq!(page.js(there).await, "popover-veil", "nothing under it is hit");
        page.js("document.querySelector('.popover-veil').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))").await;
        page.until("no panel", async || {
            page.js("return !!document.querySelector('.popover-panel')").await == false
        })
        .await;
        assert_eq!(page.js("return location.hash").await, "");
    });
}

#[test]
fn digit_shows_a_page_and_the_focus_is_never_lost() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        page.find("tile-people").await;
        page.click("tile-people").await;
        page.until("the list", async || page.js("return location.hash").await == "#page=people").await;
        let focused = "return document.activeElement.id";
        page.until("the heading", async || page.js(focused).await == "page-heading").await;
        page.js("dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }))").await;
        page.until("the first page", async || page.js("return location.hash").await == "").await;
    });
}
