//! Simulations against real clicks: who is where, who again and again, and what is said where no results are open.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

/// Real clicks, of which two on a malicious link are those of ben.hoff; and two simulations. In the first three of five click,
/// ben.hoff among them, and a scanner for a fourth; ana.ruiz gives data away in both. A guest is left out.
const FILES: [&str; 3] = [
    "hunting-csv/plain.csv",
    "simulation/attack-simulation-guest-qr-click-after-3s.csv",
    "simulation/attack-simulation-resaved-true-false.csv",
];

async fn opened(page: &Page, names: &[&str]) {
    page.open(&format!("{}#page=simulations", file_url(&packed()))).await;
    let paths: Vec<_> = names.iter().map(|name| sample(name)).collect();
    page.choose_files(&paths).await;
    page.find("report").await;
}

#[test]
fn quadrant_counts_everybody_tested_and_its_names_are_doors() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        opened(&page, &FILES).await;
        page.until("who was tested", async || {
            page.text("simulations-said")
                .await
                .starts_with("5 people tested; 1 of them (20 %) also clicked real malicious links.")
        })
        .await;
        let numbers = "return [...document.querySelectorAll('.simulations-number')].map((n) => n.textContent).join(' ')";
        assert_eq!(page.js(numbers).await, "1 2 0 2");
        assert!(
            page.text("simulations-list").await.contains("ben.hoff@contoso.com"),
            "who fails both is open"
        );
        assert!(
            page.text("simulations-people").await.contains("1 person named in simulations received none.")
        );
        let times = page.text("simulations-time").await;
        for expected in
            ["2 Apr 2026", "3 · 60 % (23–88 %), 1 by QR code", "0.67", "1 within 5 seconds of delivery"]
        {
            assert!(times.contains(expected), "`{expected}` is missing in {times}");
        }
        page.click("quadrant-simulations").await;
        page.until("the others", async || {
            page.text("simulations-list").await.contains("eva.moss@contoso.com")
        })
        .await;
        // Who gave data away comes first.
        page.click_inside("simulations-list", "tbody button").await;
        page.until("her page", async || {
            let hash = page.js("return decodeURIComponent(location.hash)").await;
            hash.as_str().is_some_and(|hash| {
                hash.contains("page=people") && hash.contains("user=ana.ruiz@contoso.com")
            })
        })
        .await;
    });
}

#[test]
fn repeat_offenders_follow_the_chosen_run_and_are_saved_for_the_training() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        opened(&page, &FILES).await;
        for (button, said) in [
            ("run-3", "0 people, where 0.0 would be by chance."),
            ("run-2", "1 person, where 0.2 would be by chance."),
        ] {
            page.click(button).await;
            page.until(said, async || page.text("repeat-said").await == said).await;
            let focused = page.js("return document.activeElement.dataset.testid").await;
            assert_eq!(focused, button, "the focus stays where it was");
        }
        assert!(page.text("simulations-repeat").await.contains("in 2 or more simulations in a row"));
        page.click("repeat-addresses").await;
        let (_, bytes) = page.download_of("training-addresses", ".csv").await;
        assert_eq!(String::from_utf8_lossy(&bytes), "ana.ruiz@contoso.com\r\n");
        page.click("repeat-csv").await;
        let (_, bytes) = page.download_of("repeat-offenders", ".csv").await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.starts_with("\u{feff}Person,Compromised in a row,"), "{text}");
        assert!(text.contains("\r\nana.ruiz@contoso.com,2,2,2,2,0,0,0,0,"), "{text}");
    });
}

#[test]
fn page_without_results_says_which_files_help_and_takes_them() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        opened(&page, &["hunting-csv/plain.csv"]).await;
        let said = page.text("simulations-none").await;
        for word in ["Attack simulation training", "GoPhish", "KnowBe4", "Audit log"] {
            assert!(said.contains(word), "{word} is missing in {said}");
        }
        page.click("simulations-add").await;
        page.choose_file(&sample("simulation/knowbe4-44-columns-failure-ignored.csv")).await;
        page.until("the results", async || {
            page.appears("simulations-said", std::time::Duration::from_secs(1)).await
        })
        .await;
        assert!(page.text("simulations-said").await.starts_with("3 people tested;"));
        let times = page.text("simulations-time").await;
        assert!(times.contains("Parcel waits") && times.contains("Payroll"), "{times}");
        let report = page.ask("clickglass.report('')").await;
        assert_eq!(report["totals"]["clicks"], 6, "nothing beside clicks makes a click");
    });
}
