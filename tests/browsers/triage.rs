//! From one click to the next, and on to what it shares with others.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};
use serde_json::{Value, json};

async fn open_clicks(page: &Page, filter: &str) {
    page.open(&format!("{}#page=clicks&{filter}", file_url(&packed()))).await;
    page.click("sample-button").await;
    page.until("rows", async || page.count("row").await > 5).await;
}

async fn press_cell(page: &Page, row: u32, column: u32) {
    page.click_inside("clicks-table", &format!("[data-row='{row}'] [data-column='{column}']")).await;
}

async fn hash(page: &Page) -> String {
    page.js("return location.hash.slice(1)").await.as_str().unwrap_or_default().to_owned()
}

async fn focused(page: &Page) -> Value {
    page.js("return document.activeElement.className || document.activeElement.tagName").await
}

async fn keys(page: &Page, keys: &str) {
    let field = page.find("clicks-table").await;
    let grid = field.find(fantoccini::Locator::Css("[role=grid]")).await.expect("a grid");
    grid.send_keys(keys).await.expect("the grid takes keys");
}

#[test]
fn press_on_a_cell_previews_its_click_and_filters_nothing() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "verdict=malicious").await;
        let before = hash(&page).await;
        press_cell(&page, 3, 2).await;
        page.until("the preview", async || page.text("detail-place").await == "4 of 409").await;
        assert_eq!(hash(&page).await, before, "nothing is filtered");
        assert_eq!(focused(&page).await, "click_table-grid", "the keys stay in the table");
        // The sentence comes first, and says who and where.
        let sentence = page.text("detail-sentence").await;
        assert!(sentence.contains("@contoso.com ") && sentence.contains("[.]"), "{sentence}");
    });
}

#[test]
fn text_of_a_cell_can_be_selected() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "").await;
        let at = page
            .js("const r = document.querySelector(\"[data-row='2'] [data-column='1'] span\").getBoundingClientRect();
                 return [r.left + 2, r.right - 4, r.top + r.height / 2]")
            .await;
        let mouse = |kind: &'static str, x: Value, buttons: u8| json!({"type": kind, "x": x, "y": at[2], "button": "left", "buttons": buttons, "clickCount": 1});
        for (kind, x, buttons) in
            [("mousePressed", &at[0], 1), ("mouseMoved", &at[1], 1), ("mouseReleased", &at[1], 0)]
        {
            page.cdp("Input.dispatchMouseEvent", mouse(kind, x.clone(), buttons)).await;
        }
        let selected = page.js("return getSelection().toString()").await;
        assert!(selected.as_str().is_some_and(|text| text.len() > 8), "{selected}");
        assert_eq!(page.count("row-detail").await, 0, "dragging is no press");
        assert!(!hash(&page).await.contains("user"), "nothing is filtered");
    });
}

#[test]
fn keys_walk_from_click_to_click_and_the_focus_comes_back() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "verdict=malicious").await;
        keys(&page, "\u{e007}").await;
        page.until("the first click", async || page.text("detail-place").await == "1 of 409").await;
        page.until("the focus in it", async || focused(&page).await == "detail").await;
        let first = page.text("detail-sentence").await;
        let detail = page.find("row-detail").await;
        detail.send_keys("jj").await.expect("the detail takes keys");
        page.until("the third", async || page.text("detail-place").await == "3 of 409").await;
        page.until("another sentence", async || page.text("detail-sentence").await != first).await;
        page.click("detail-before").await;
        page.until("the second", async || page.text("detail-place").await == "2 of 409").await;
        page.find("row-detail").await.send_keys("\u{e00c}").await.expect("the detail takes keys");
        page.until("it to close", async || page.count("row-detail").await == 0).await;
        assert_eq!(focused(&page).await, "click_table-grid");
        // Far down: rows that have not come yet are waited for.
        keys(&page, "\u{e009}\u{e010}").await;
        keys(&page, "\u{e000}\u{e007}").await;
        page.until("the last", async || page.text("detail-place").await == "409 of 409").await;
        // At the end it does nothing, and keeps the focus.
        page.click("detail-next").await;
        let next = "const next = document.querySelector('[data-testid=detail-next]');
                    return next.ariaDisabled === 'true' && next === document.activeElement";
        page.until("the end", async || page.js(next).await == true).await;
        assert_eq!(page.text("detail-place").await, "409 of 409");
        page.click("detail-close").await;
        page.until("the keys in the table", async || focused(&page).await == "click_table-grid").await;
    });
}

#[test]
fn pivots_open_exactly_the_clicks_that_they_count() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "verdict=malicious&range=30d").await;
        for door in 0..5 {
            page.js("location.hash = 'page=clicks&verdict=malicious&range=30d'").await;
            page.until("the rows", async || page.text("scope").await.contains(" of 4,000")).await;
            press_cell(&page, 1, 1).await;
            page.until("doors", async || {
                page.js("return document.querySelectorAll('[data-testid=pivots] button').length").await == 5
            })
            .await;
            let counted = page
                .js(&format!(
                    "const door = document.querySelectorAll('[data-testid=pivots] button')[{door}];
                     door.click(); return [door.textContent, Number(door.querySelector('b').textContent), door.disabled]"
                ))
                .await;
            if counted[2] == true {
                continue;
            }
            page.until(&format!("{counted}"), async || {
                page.text("scope").await.starts_with(&format!("{} of 4,000", counted[1]))
            })
            .await;
            let asked =
                page.ask("clickglass.report(location.hash.slice(1).replace('page=clicks&', ''))").await;
            assert_eq!(asked["totals"]["clicks"], counted[1], "{counted}");
        }
    });
}

#[test]
fn menu_of_a_value_filters_leaves_out_sorts_and_hides() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "").await;
        press_cell(&page, 0, 1).await;
        for (item, expected) in [
            ("Only this user", "user="),
            ("All but this user", "user=!"),
            ("Sort by user, descending", "page=clicks"),
            ("Hide this column", "page=clicks"),
        ] {
            page.js("location.hash = 'page=clicks'").await;
            page.until("all rows", async || page.text("scope").await.starts_with("4,000 of 4,000")).await;
            keys(&page, "m").await;
            page.find("value-menu").await;
            page.js(&format!(
                "[...document.querySelectorAll('[data-testid=value-menu] button')].find((b) => b.textContent.startsWith('{item}')).click()"
            ))
            .await;
            page.until(item, async || hash(&page).await.contains(expected)).await;
            page.until("the menu to go", async || page.count("value-menu").await == 0).await;
            assert_eq!(focused(&page).await, "click_table-grid", "after {item}");
        }
        page.until("the column to go", async || page.count("header-user").await == 0).await;
    });
}

#[test]
fn column_pulled_wider_stays_so() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "").await;
        let width = "return document.querySelector('[data-testid=header-user]').closest('th').getBoundingClientRect().width";
        let before = page.js(width).await.as_f64().expect("a width");
        let grip = "const r = document.querySelector('[data-testid=header-user]').closest('th').querySelector('.click_table-grip').getBoundingClientRect(); return [r.left + 5, r.top + 6]";
        let at = page.js(grip).await;
        let x = at[0].as_f64().expect("a place");
        for (kind, x, buttons) in
            [("mousePressed", x, 1), ("mouseMoved", x + 80.0, 1), ("mouseReleased", x + 80.0, 0)]
        {
            page.cdp("Input.dispatchMouseEvent", json!({"type": kind, "x": x, "y": at[1], "button": "left", "buttons": buttons, "clickCount": 1})).await;
        }
        page.until("a wider column", async || {
            page.js(width).await.as_f64().is_some_and(|now| (now - before - 80.0).abs() < 3.0)
        })
        .await;
        page.reload().await;
        page.click("sample-button").await;
        page.until("rows", async || page.count("row").await > 5).await;
        page.until("the same width", async || {
            page.js(width).await.as_f64().is_some_and(|now| (now - before - 80.0).abs() < 3.0)
        })
        .await;
    });
}

#[test]
fn click_that_is_open_says_when_its_list_is_another() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_clicks(&page, "verdict=malicious").await;
        press_cell(&page, 0, 1).await;
        page.until("its place", async || page.text("detail-place").await == "1 of 409").await;
        page.js("location.hash = 'page=clicks&verdict=safe'").await;
        page.until("no place", async || page.text("detail-place").await == "place not known").await;
        // Where all rows of a list have come it is known, and there is nowhere to go.
        page.js("location.hash = 'page=clicks&q=zzz'").await;
        page.until("no view", async || page.text("detail-place").await == "not in view").await;
        assert_eq!(
            page.js("return document.querySelector('[data-testid=detail-next]').ariaDisabled").await,
            "true"
        );
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("it to close with its data", async || page.count("row-detail").await == 0).await;
    });
}
