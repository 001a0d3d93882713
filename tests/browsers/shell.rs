//! What stands around every page: the bar of filters, the menus, the palette.

use harness::{Browser, Launch, MadeExport, Page, drive, file_url, packed, sample};

async fn open_sample(page: &Page, hash: &str) {
    page.open(&format!("{}#{hash}", file_url(&packed()))).await;
    page.click("sample-button").await;
    page.find("report").await;
    page.until("numbers", async || page.text("scope").await.contains("of 4,000")).await;
}

async fn press_key(page: &Page, key: &str, ctrl: bool) {
    let event = format!(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: {ctrl}, bubbles: true, cancelable: true }}))"
    );
    page.js(&event).await;
}

#[test]
fn palette_understands_a_typed_filter() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "tz=Asia/Tokyo").await;
        press_key(&page, "k", true).await;
        page.type_into("palette-field", "user:carla !safe\u{e007}").await;
        page.until("its clicks", async || {
            page.js("return decodeURIComponent(location.hash).startsWith('#page=clicks&verdict=!safe&user=carla.')").await == true
        })
        .await;
        let asked = page
            .ask("clickglass.query({filter: 'verdict=!safe&tz=Asia/Tokyo', groupBy: 'user', find: 'carla'})")
            .await;
        let clicks: u64 =
            asked["rows"].as_array().into_iter().flatten().filter_map(|row| row[1].as_u64()).sum();
        page.until("as many as contain the name", async || {
            page.text("scope").await.starts_with(&format!("{clicks} of 4,000"))
        })
        .await;
        assert!(page.url().await.ends_with("tz=Asia/Tokyo"), "the zone stays");
    });
}

#[test]
fn palette_goes_to_pages_and_people_and_takes_any_text() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        for (typed, expected) in [
            ("go to hosts", "#page=hosts"),
            // Down at once, before the names have come: it counts when they do.
            ("carla.ruiz\u{e015}", "#page=clicks&user=carla.ruiz@contoso.com"),
            ("verdict=malicious", "#page=clicks&verdict=malicious"),
            ("<img src=x onerror=alert(1)>", "#page=clicks&q="),
        ] {
            press_key(&page, "k", true).await;
            page.type_into("palette-field", typed).await;
            let wanted = if typed.starts_with("go") { "Go to Hosts" } else { "Clicks:" };
            page.until("lines", async || page.text("palette-lines").await.contains(wanted)).await;
            if typed.starts_with("carla") {
                page.until("people", async || {
                    page.text("palette-lines").await.contains("carla.ruiz@contoso.com")
                })
                .await;
            }
            if typed.starts_with("go") {
                // A filter comes first: what was typed could be looked for.
                page.type_into("palette-field", "\u{e015}").await;
            }
            page.type_into("palette-field", "\u{e007}").await;
            page.until(expected, async || {
                let hash = page.js("return location.hash").await;
                hash.as_str().is_some_and(|hash| hash.starts_with(expected))
            })
            .await;
        }
        assert_eq!(page.js("return document.querySelectorAll('img[src=x]').length").await, 0);
    });
}

#[test]
fn nothing_in_view_says_which_part_keeps_the_clicks_away() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=clicks&verdict=malicious&q=zzz").await;
        page.until("the parts", async || {
            page.text("why-zero").await.contains("Without Search zzz: 409 clicks")
        })
        .await;
        page.click_inside("why-zero", "button").await;
        page.until("the clicks", async || page.text("scope").await.starts_with("409 of 4,000")).await;
    });
}

#[test]
fn dates_the_wrong_way_round_are_said_and_can_be_swapped() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        page.click("period").await;
        for (field, value) in [("to", "2026-10-02"), ("from", "2026-10-05")] {
            page.js(&format!(
                "const field = document.querySelector('[data-testid={field}]'); field.value = '{value}';
                 field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
            ))
            .await;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
        page.click("swap-days").await;
        page.until("both days", async || page.url().await.ends_with("#from=2026-10-02&to=2026-10-06")).await;
        page.until("one chip for them", async || {
            page.text("period").await == "2 – 5 Oct 2026" || page.text("period").await == "2 Oct – 5 Oct 2026"
        })
        .await;
        assert_eq!(page.count("chip").await, 1);
    });
}

#[test]
fn number_says_how_it_was_counted_and_gives_the_question() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "verdict=malicious").await;
        page.click("counted-reached-not-safe").await;
        let said = page.js("return document.querySelector('.counted-text').innerText").await;
        let said = said.as_str().unwrap_or_default();
        for part in
            ["Verdict Malicious", "409 of 4,000 clicks in 1 file", "clickglass.report(\"verdict=malicious\")"]
        {
            assert!(said.contains(part), "no `{part}` in {said}");
        }
        let totals =
            page.ask("clickglass.report('verdict=malicious').then((r) => r.totals.reachedUnsafe)").await;
        assert_eq!(
            page.js("return document.querySelector('[data-testid=tile-reached] .tile-value').textContent")
                .await
                .as_str(),
            Some(totals.to_string().as_str())
        );
    });
}

#[test]
fn export_says_its_size_before_and_can_be_cancelled() {
    let export = MadeExport::of(120_000);
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.allow_seconds(120).await;
        page.open(&file_url(&packed())).await;
        page.choose_file(&export.path).await;
        page.find("report").await;
        page.click("export").await;
        page.until("a size", async || page.text("export-csv").await.contains("MB")).await;
        page.click("export-csv").await;
        page.click("saving-cancel").await;
        page.until("the notice to go", async || page.count("saving").await == 0).await;
        assert_eq!(page.count("error-message").await, 0, "who cancels needs no message");
        // The engine goes on, and so does the next file.
        page.save_clicks("json").await;
        let (name, _) = page.download(".json").await;
        assert!(name.starts_with("clickglass-clicks"), "{name}");
    });
}

#[test]
fn filter_added_from_the_list_is_a_menu_of_the_bar() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        page.add_filter("host").await;
        page.type_into("suggest-host", "fabrikam").await;
        page.click("option-host-fabrikam-invoice.test").await;
        page.until("its chip", async || page.text("chip").await.contains("Host: fabrikam-invoice[.]test"))
            .await;
        page.click("filter-host").await;
        page.click_inside("chip", "[aria-label^='Remove']").await;
        page.until("all of it", async || page.text("scope").await.starts_with("4,000 of")).await;
    });
}

#[test]
fn phone_shows_cards_and_nothing_is_missing() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.cdp(
            "Emulation.setDeviceMetricsOverride",
            serde_json::json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true}),
        )
        .await;
        page.open(&format!("{}#page=clicks", file_url(&packed()))).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("six cards", async || page.count("row").await == 6).await;
        let card = page.js("return document.querySelector('[data-row=\"0\"]').innerText").await;
        let card = card.as_str().unwrap_or_default();
        for part in ["@contoso.com", "[.]", "2026-05-0"] {
            assert!(card.contains(part), "no `{part}` on the card: {card}");
        }
        page.click_inside("clicks-table", "[data-row='0'] td").await;
        page.until("its record", async || page.text("row-detail").await.contains("ReportId")).await;
        page.click("dots-user").await;
        page.click_inside("value-menu", "button").await;
        page.click("detail-close").await;
        page.until("the filter", async || page.text("filters-button").await == "Filters (1)").await;
        page.click("more").await;
        let more = page.js("return document.querySelector('.header .popover-panel').innerText").await;
        for part in ["Add files", "CSV of", "JSON of", "Print", "Keys and words", "Dark"] {
            assert!(more.as_str().is_some_and(|more| more.contains(part)), "no `{part}` in {more}");
        }
        // Nothing is wider than the screen.
        assert_eq!(page.js("return document.documentElement.scrollWidth").await, 390);
    });
}

#[test]
fn slash_reaches_the_search_on_a_narrow_window_and_from_a_page_without_filters() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        page.find("report").await;
        let slash = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))";
        let in_search = "return document.activeElement?.id === 'search'";
        page.click("nav-trust").await;
        page.js(slash).await;
        page.until("the search from Trust", async || page.js(in_search).await == true).await;
        page.js("document.activeElement.blur()").await;
        let metrics =
            serde_json::json!({"width": 850, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        page.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        page.until("the button", async || page.visible("filters-button").await).await;
        page.js(slash).await;
        page.until("the search behind its button", async || page.js(in_search).await == true).await;
    });
}
