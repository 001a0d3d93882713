//! Narrowing, sorting, going back: the page and its address agree at every step.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

use crate::union;

async fn open_and_filter_blocked(page: &Page) {
    page.open(&file_url(&packed())).await;
    union::open(page).await;
    page.click("filter-action").await;
    page.click("option-action-blocked").await;
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
fn trust_page_names_the_rows_left_out() {
    if union::export().is_none() {
        return;
    }
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        union::open(&page).await;
        page.click("nav-trust").await;
        page.until("123 rows left out", async || page.text("trust").await.contains("123")).await;
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
        page.type_into("zone-custom", "Europe/Berlin\n").await;
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
                !hash.starts_with("range") || page.text("chip").await.contains("4 May 2026 – 5 May 2026")
            })
            .await;
        }
    });
}
