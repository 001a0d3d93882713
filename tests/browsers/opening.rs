//! A file goes in, a report comes out.

use harness::{Browser, Launch, Server, drive, file_url, packed, sample};

use crate::union;

fn opens_from(url: String) {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&url).await;
        union::open(&page).await;
        union::check_report(&page).await;
    });
}

#[test]
fn union_export_from_disk_has_six_clicks_of_129_rows() {
    if union::export().is_some() {
        opens_from(file_url(&packed()));
    }
}

#[test]
fn union_export_from_a_host_has_six_clicks_of_129_rows() {
    if union::export().is_some() {
        opens_from(Server::start(&packed()).url());
    }
}

#[test]
fn sample_button_opens_a_report_with_every_tile() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        assert!(page.visible("landing").await, "the page begins with the landing");
        page.click("sample-button").await;
        page.find("report").await;
        let totals = page.ask("clickglass.report('').then((report) => report.totals)").await;
        for name in ["clicks", "people", "malicious", "reached", "blocked", "overridden", "pending"] {
            assert!(totals[name].as_u64().is_some_and(|n| n > 0), "no {name} in {totals}");
        }
        for tile in ["clicks", "people", "malicious", "reached", "blocked", "overrides", "pending"] {
            assert!(page.visible(&format!("tile-{tile}")).await, "tile-{tile} is missing");
        }
        for part in ["chart-time", "chart-heatmap", "top-hosts", "top-urls", "top-blocked", "top-reached"] {
            assert!(page.visible(part).await, "{part} is missing");
        }
    });
}

#[test]
fn javascript_open_resolves_to_rows_and_files() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        let opened = page.ask(OPEN_TWO_CLICKS).await;
        assert_eq!(opened["rows"], 2, "{opened}");
        assert_eq!(opened["files"][0]["name"], "two.csv");
        let counted = page
            .ask("clickglass.query({groupBy: ['rawAction'], measures: ['clicks'], orderBy: ['rawAction']})")
            .await;
        assert_eq!(
            counted,
            serde_json::json!({
                "columns": ["rawAction", "clicks"],
                "rows": [["ClickAllowed", 1], ["ClickBlocked", 1]],
                "total": 2,
            })
        );
        let both = page.ask("clickglass.query([{filter: 'action=blocked'}, {}])").await;
        assert_eq!(both[0]["rows"][0][0], 1, "{both}");
        assert_eq!(both[1]["rows"][0][0], 2, "{both}");
    });
}

const OPEN_TWO_CLICKS: &str = r#"clickglass.open([new File([[
  "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,IPAddress,ThreatTypes,DetectionMethods,IsClickedThrough,UrlChain,ReportId",
  '2026-01-02T03:04:05.0000000Z,https://a.example/x,ClickAllowed,ana@contoso.example,Email,,192.0.2.1,,,0,"[""https://a.example/x""]",r1',
  '2026-01-02T04:04:05.0000000Z,https://b.example/y,ClickBlocked,bo@contoso.example,Teams,,192.0.2.2,Phish,,0,"[""https://b.example/y""]",r2',
  "",
].join("\r\n")], "two.csv")])"#;

#[test]
fn files_added_are_opened_beside_those_that_are_open() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("six rows", async || page.text("scope").await.starts_with("6 of 6 clicks · 1 file")).await;
        // The browser's dialog cannot be driven: the button says what the next choice means.
        page.js("HTMLInputElement.prototype.click = () => {}").await;
        page.click("add-button").await;
        page.choose_file(&sample("hunting-csv/no-threat-types.csv")).await;
        page.until("both", async || page.text("scope").await.contains("2 files")).await;
        page.click("open-button").await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("one again", async || page.text("scope").await.starts_with("6 of 6 clicks · 1 file"))
            .await;
    });
}
