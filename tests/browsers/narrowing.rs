//! Everything on the page that filters, filters everything on the page.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

use crate::agreement::everything_shows;

async fn open_sample(page: &Page) -> u64 {
    page.open(&file_url(&packed())).await;
    page.click("sample-button").await;
    page.find("report").await;
    everything_shows(page, "").await
}

#[test]
fn time_buttons_narrow_every_number() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        let mut before = 0;
        for range in ["7d", "30d", "90d"] {
            page.click("period").await;
            page.click(&format!("range-{range}")).await;
            page.until("whole days", async || {
                page.js("return /from=.*&to=/.test(location.hash)").await == true
            })
            .await;
            page.click("period").await;
            let hash = page.js("return location.hash.slice(1)").await;
            let clicks = everything_shows(&page, hash.as_str().expect("a hash")).await;
            assert!(clicks > before && clicks <= all, "{clicks} clicks in {range}, {before} in fewer days");
            before = clicks;
        }
        page.click("period").await;
        page.click("range-all").await;
        assert_eq!(everything_shows(&page, "").await, all);
    });
}

#[test]
fn first_and_last_day_narrow_every_number() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        let days = page.ask("clickglass.query({groupBy: ['day'], orderBy: ['day']})").await;
        let days = days["rows"].as_array().expect("days");
        let day = |at: usize| days[at][0].as_str().expect("a day").to_owned();
        let (first, last) = (day(5), day(9));
        page.click("period").await;
        for (field, value) in [("from", &first), ("to", &last)] {
            page.js(&format!(
                "const field = document.querySelector('[data-testid={field}]'); field.value = '{value}';
                 field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
            ))
            .await;
        }
        let clicks = everything_shows(&page, &format!("from={first}&to={}", day(10))).await;
        let expected: u64 = days[5..10].iter().filter_map(|row| row[1].as_u64()).sum();
        assert_eq!(clicks, expected, "both days and those between are in view");
        assert!(clicks < all);
    });
}

#[test]
fn search_narrows_every_number() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        page.type_into("search", "teams").await;
        let clicks = everything_shows(&page, "q=teams").await;
        assert!(clicks < all, "{clicks} of {all}");
        page.js("const field = document.querySelector('[data-testid=search]'); field.value = '';
                 field.dispatchEvent(new Event('input', { bubbles: true }))")
            .await;
        assert_eq!(everything_shows(&page, "").await, all);
    });
}

#[test]
fn search_without_a_match_shows_zeros_and_says_so() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.type_into("search", "no such thing anywhere").await;
        assert_eq!(everything_shows(&page, "q=no%20such%20thing%20anywhere").await, 0);
        page.until("the words", async || page.text("clicks-table").await.contains("No click passes")).await;
    });
}

#[test]
fn bar_of_every_ranking_is_a_filter() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        for (ranking, key) in
            [("top-hosts", "host"), ("top-reached", "user"), ("top-urls", "urlIs"), ("top-blocked", "user")]
        {
            let first =
                format!("return document.querySelector('[data-testid={ranking}] .bars-n')?.textContent");
            // Panels are drawn one after the other: what is read is what stays.
            let mut counted = page.js(&first).await;
            loop {
                page.js("return new Promise((done) => setTimeout(done, 250))").await;
                let now = page.js(&first).await;
                if std::mem::replace(&mut counted, now.clone()) == now {
                    break;
                }
            }
            page.click_inside(ranking, "li button").await;
            page.find("chip").await;
            let hash = page.js("return location.hash.slice(1)").await;
            let hash = hash.as_str().expect("a hash");
            assert!(hash.contains(&format!("{key}=")), "{ranking}: {hash}");
            let clicks = everything_shows(&page, hash).await;
            assert!(clicks > 0 && clicks < all, "{ranking}: {clicks} of {all}");
            assert_eq!(Some(clicks.to_string().as_str()), counted.as_str(), "{ranking} opens what it counts");
            page.click("clear-all").await;
            assert_eq!(everything_shows(&page, "").await, all);
        }
    });
}

#[test]
fn bar_of_clicks_without_a_value_opens_them() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/workload-empty-in-some.csv")).await;
        page.find("report").await;
        let counted = "clickglass.dashboard().then((d) => d.facets.find((f) => f.key === 'source').values.find((v) => v.value === '').clicks)";
        let counted = page.ask(counted).await;
        page.click_inside("facet-source", "[title^='no value']").await;
        assert_eq!(Some(everything_shows(&page, "without=source").await), counted.as_u64());
    });
}

#[test]
fn heatmap_cell_is_a_filter_of_its_weekday_and_hour() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        // The keys walk from Monday at midnight; the ninth arrow is at eight o'clock.
        let canvas = page.find("chart-heatmap").await;
        canvas.send_keys(&"\u{e014}".repeat(9)).await.expect("the chart takes keys");
        canvas.send_keys("\u{e007}").await.expect("the chart takes keys");
        let clicks = everything_shows(&page, "weekday=1&hour=8").await;
        assert!(clicks > 0 && clicks < all, "{clicks} of {all}");
    });
}

#[test]
fn heatmap_click_filters_by_what_the_tip_names() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        page.click("chart-heatmap").await;
        page.find("chip").await;
        let hash = page.js("return location.hash.slice(1)").await;
        let hash = hash.as_str().expect("a hash");
        assert!(hash.contains("weekday=") && hash.contains("hour="), "{hash}");
        let clicks = everything_shows(&page, hash).await;
        assert!(clicks < all, "{clicks} of {all}");
    });
}

#[test]
fn tiles_are_doors_to_their_rows() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        for (tile, total, filter) in [
            ("tile-malicious", "malicious", "verdict=malicious"),
            ("tile-reached", "reachedUnsafe", "reached=unsafe"),
            ("tile-overrides", "overridden", "action=useroverride"),
            ("tile-blocked", "blocked", "action=blocked"),
            // No action of the sample is unknown: what is left of the clicks.
            (
                "tile-pending",
                "clicks - r.totals.allowed - r.totals.blocked - r.totals.overridden",
                "action=none",
            ),
        ] {
            let said = page.ask(&format!("clickglass.report('').then((r) => r.totals.{total})")).await;
            page.click(tile).await;
            let clicks = everything_shows(&page, filter).await;
            assert_eq!(Some(clicks), said.as_u64(), "{tile}");
            page.click("clear-all").await;
            assert_eq!(everything_shows(&page, "").await, all);
        }
    });
}

#[test]
fn override_rate_stays_a_rate_under_its_own_filter() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        let rate = "return document.querySelector('[data-testid=tile-overrides] .tile-value').textContent";
        let before = page.js(rate).await;
        page.click("tile-overrides").await;
        everything_shows(&page, "action=useroverride").await;
        assert_eq!(page.js(rate).await, before);
    });
}

#[test]
fn value_in_the_table_is_a_filter_by_its_menu() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        let all = open_sample(&page).await;
        let cell = "document.querySelector(\"[data-row='0'] [data-column='1']\")";
        page.js(&format!(
            "{cell}.dispatchEvent(new MouseEvent('contextmenu', {{ bubbles: true, cancelable: true }}))"
        ))
        .await;
        page.click_inside("value-menu", "button").await;
        page.find("chip").await;
        let hash = page.js("return location.hash.slice(1)").await;
        let hash = hash.as_str().expect("a hash");
        assert!(hash.starts_with("user="), "{hash}");
        assert!(everything_shows(&page, hash).await < all);
    });
}

#[test]
fn reload_keeps_page_and_filter_of_the_address() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&format!("{}#page=clicks&action=blocked", file_url(&packed()))).await;
        for round in ["opened", "reloaded"] {
            page.choose_file(&sample("hunting-csv/plain.csv")).await;
            page.find("report").await;
            page.until("two rows", async || page.count("row").await == 2).await;
            assert_eq!(page.count("chart-time").await, 0, "the table alone, {round}");
            assert!(page.url().await.ends_with("#page=clicks&action=blocked"), "{round}");
            page.reload().await;
        }
    });
}

#[test]
fn pressed_bar_keeps_the_focus_in_its_list() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        let focused = "return document.activeElement.closest('[data-testid=top-reached]') !== null
                         && document.activeElement.ariaPressed === 'true'";
        page.click_inside("top-reached", "li:nth-child(3) .bars-one").await;
        page.until("a chip", async || page.count("chip").await > 0).await;
        page.until("the focus on the bar", async || page.js(focused).await == true).await;
    });
}

#[test]
fn enter_in_a_searched_menu_takes_the_first_value() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.click("filter-user").await;
        page.type_into("suggest-user", "carla.ruiz").await;
        let found = "return document.querySelectorAll('.facet_menu li').length";
        page.until("one value", async || page.js(found).await == 1).await;
        page.type_into("suggest-user", "\u{e007}").await;
        page.until("the filter", async || {
            page.js("return location.hash")
                .await
                .as_str()
                .is_some_and(|hash| hash.contains("user=carla.ruiz@contoso.com"))
        })
        .await;
    });
}
