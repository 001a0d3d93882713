//! Who clicked: the switch, the reasons, lists of people without machines, and what somebody knows better.

use harness::{Browser, Launch, Page, drive, file_url, packed};

async fn open_sample(page: &Page, hash: &str) {
    page.open(&format!("{}#{hash}", file_url(&packed()))).await;
    page.click("sample-button").await;
    page.find("report").await;
    page.find("whom-machines").await;
}

async fn scope(page: &Page) -> String {
    page.text("scope").await
}

#[test]
fn switch_counts_people_or_machines_and_the_address_says_it() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        assert!(scope(&page).await.starts_with("4,000 of 4,000"), "nothing is left out unasked");
        assert_eq!(page.text("whom-machines").await, "Machines 69");
        for (button, clicks, hash) in [
            ("whom-machines", "69 of 4,000", "#automation=likely,automated"),
            ("whom-people", "3,931 of 4,000", "#automation=human,review"),
            ("whom-all", "4,000 of 4,000", ""),
        ] {
            page.click(button).await;
            page.until(clicks, async || scope(&page).await.starts_with(clicks)).await;
            assert_eq!(page.js("return location.hash").await, hash);
            let pressed = format!("return document.querySelector('[data-testid={button}]').ariaPressed");
            assert_eq!(page.js(&pressed).await, "true");
        }
    });
}

#[test]
fn list_of_people_leaves_machines_out_and_its_doors_open_what_they_count() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=people").await;
        page.until("what is left out", async || {
            page.text("list-left-out").await == "69 clicks of machines left out"
        })
        .await;
        let asked = page
            .ask("clickglass.query({filter: 'user=wanda.ivanova@contoso.com', groupBy: 'automation'})")
            .await;
        assert_eq!(asked["rows"][1][0], "automated");
        let people = asked["rows"][0][1].as_u64().unwrap_or_default();
        page.type_into("list-find", "wanda.ivanova").await;
        page.until("her row", async || page.texts("group").await.len() == 1).await;
        page.js("document.querySelector('[data-testid=group] td:last-child .value').click()").await;
        let wanted = format!("{people} of 4,000");
        page.until("her own clicks", async || scope(&page).await.starts_with(&wanted)).await;
    });
}

#[test]
fn detail_says_who_clicked_and_why_and_believes_who_knows_better() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=clicks&automation=automated&verdict=malicious").await;
        page.until("the clicks", async || {
            page.js("return document.querySelectorAll('[data-row]').length").await != 0
        })
        .await;
        page.js("document.querySelector('[data-row=\"0\"] td:nth-child(3)').click()").await;
        page.until("why", async || {
            page.text("who").await.contains("belongs to Microsoft Teams (52.112.0.0/14, list of 2026-07-01)")
        })
        .await;
        let rows = "return document.querySelectorAll('.who-reasons li').length";
        assert!(page.js(rows).await.as_u64().is_some_and(|rows| rows > 1), "the burst is a reason too");
        page.js("navigator.clipboard.writeText = async (text) => { globalThis.evidence = text }").await;
        page.click("copy-evidence").await;
        page.until("the evidence", async || {
            let text = page.js("return globalThis.evidence ?? ''").await;
            text.as_str().is_some_and(|text| {
                text.contains("Original URL: hxxps://")
                    && text.contains("- Address 52.112.103.113 belongs to")
            })
        })
        .await;
        page.click("say-human").await;
        page.until("what was said", async || {
            let hash = page.js("return location.hash").await;
            hash.as_str().is_some_and(|hash| hash.contains("lens=human:52.112.103.113"))
        })
        .await;
    });
}

#[test]
fn trust_page_shows_what_the_lens_learned_and_takes_settings() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=overview").await;
        page.js("location.hash = 'page=trust'").await;
        page.until("what it found", async || {
            page.text("lens-said").await == "Of 4,000 clicks 69 look automated."
        })
        .await;
        assert!(page.text("lens").await.contains("Learned as your company’s own way out"));
        page.type_into("lens-range", "203.0.113.0/24").await;
        page.click("lens-machine").await;
        page.until("more machines", async || {
            page.text("lens-said").await != "Of 4,000 clicks 69 look automated."
        })
        .await;
        assert!(page.text("lens").await.contains("203.0.113.0/24: a machine"));
        page.click("lens-strict").await;
        page.until("the address", async || {
            let hash = page.js("return decodeURIComponent(location.hash)").await;
            hash.as_str().is_some_and(|hash| hash.contains("lens=strict,automated:203.0.113.0/24"))
        })
        .await;
        page.type_into("lens-range", " and more").await;
        page.click("lens-human").await;
        page.until("what is wrong", async || page.text("lens").await.contains("Write an address or a range"))
            .await;
    });
}
