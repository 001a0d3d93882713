//! Files of all kinds, opened together: what is joined, what counts once, what a person has to say, what can be proved.

use std::path::PathBuf;
use std::time::Duration;

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

async fn opened(page: &Page, names: &[&str]) {
    page.open(&file_url(&packed())).await;
    let paths: Vec<PathBuf> = names.iter().map(|name| sample(name)).collect();
    page.choose_files(&paths).await;
    page.find("report").await;
}

async fn trust(page: &Page) {
    page.js("location.hash = '#page=trust'").await;
    page.find("trust").await;
    page.find("coverage").await;
}

#[test]
fn messages_people_and_policies_are_joined_and_said() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(
            &page,
            &[
                "hunting-csv/plain.csv",
                "messages/emailevents-one-row-a-recipient.csv",
                "people/mail-department-manager.csv",
                "policy/convertto-json-array.json",
                "simulation/knowbe4-44-columns-failure-ignored.csv",
            ],
        )
        .await;
        let rows = page.ask("clickglass.rows({columns: ['user', 'subject'], limit: 100})").await;
        assert_eq!(rows["total"], 6, "nothing beside clicks makes a click");
        let subjects = rows["rows"].as_array().expect("rows").iter().filter(|row| row[1].is_string()).count();
        assert!(subjects >= 2, "{rows}");
        let groups = page.ask("clickglass.query({groupBy: ['group'], measures: ['clicks']})").await;
        assert!(groups["rows"].to_string().contains("Finance"), "{groups}");
        let filtered = page.ask("clickglass.query({filter: 'group=IT', measures: ['clicks']})").await;
        assert!(filtered["rows"][0][0].as_u64().is_some_and(|n| n > 0 && n < 6), "{filtered}");
        trust(&page).await;
        let said = page.text("beside").await;
        for word in ["Messages", "People", "Simulations", "Policy", "clicks are not recorded"] {
            assert!(said.contains(word), "{word} is missing in {said}");
        }
        assert!(page.text("wording").await.contains("ClickAllowed"));
    });
}

#[test]
fn archive_and_workbook_give_their_clicks_and_a_record_inside_is_shown_again() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["packed/two-exports-and-junk.zip", "packed/second-sheet-has-the-rows.xlsx"]).await;
        let report = page.ask("clickglass.report('')").await;
        assert_eq!(report["totals"]["clicks"], 6, "{report}");
        // The newest click stands in the second file of the archive.
        page.js("location.hash = '#page=clicks'").await;
        page.find("row").await;
        while !page.appears("row-detail", Duration::from_secs(2)).await {
            page.click("row").await;
        }
        page.find("row-detail").await;
        page.until("the record", async || page.text("row-detail").await.contains("ReportId")).await;
    });
}

#[test]
fn table_of_no_known_kind_is_opened_once_its_columns_are_named() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("mapped/ticket-list.csv")).await;
        page.find("error-message").await;
        page.click("name-columns").await;
        page.find("columns-open").await;
        page.until("the dialog", async || page.visible("columns-open").await).await;
        page.click("columns-open").await;
        page.find("report").await;
        let report = page.ask("clickglass.report('')").await;
        assert_eq!(report["totals"]["clicks"], 5, "{report}");
        // The address remembers it: the same file opens at once.
        assert!(page.url().await.contains("columns=time:When;url:Link;user:Who"), "{}", page.url().await);
        page.reload().await;
        page.choose_file(&sample("mapped/ticket-list.csv")).await;
        page.find("report").await;
    });
}

#[test]
fn order_of_dates_and_the_clock_can_be_said() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/numeric-date-ambiguous.csv"]).await;
        let first =
            "clickglass.rows({columns: ['time'], orderBy: ['time'], limit: 1}).then((r) => r.rows[0][0])";
        let before = page.ask(first).await;
        trust(&page).await;
        page.js("const s = document.querySelector('[data-testid=date-order]'); s.value = 'day'; s.dispatchEvent(new Event('change', {bubbles: true}))").await;
        page.until("other dates", async || page.ask(first).await != before).await;
        assert!(page.url().await.contains("dates=day-first"));
        let said = page.ask(first).await;
        page.find("clock-zone").await;
        page.js("const i = document.querySelector('[data-testid=clock-zone]'); i.value = 'asia/tokyo'; i.dispatchEvent(new Event('change', {bubbles: true}))").await;
        page.until("another clock", async || page.ask(first).await != said).await;
        assert!(page.url().await.contains("times=Asia/Tokyo"), "{}", page.url().await);
    });
}

#[test]
fn file_is_removed_and_its_sum_and_its_refused_records_are_given() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/bad-rows.csv", "hunting-csv/plain.csv"]).await;
        trust(&page).await;
        page.click("digest").await;
        assert!(page.appears("digest-value", Duration::from_secs(10)).await);
        let sum = page.text("digest-value").await;
        assert_eq!(sum.len(), 64, "{sum}");
        page.click("save-left").await;
        let (name, bytes) = page.download(".csv").await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(name.starts_with("clickglass-not-taken"), "{name}");
        assert!(text.lines().count() > 1 && text.contains("refused"), "{text}");
        let files = "clickglass.report('').then((r) => r.files.map((f) => f.name))";
        page.js("document.querySelector('.trust-remove').click()").await;
        page.until("one file", async || page.ask(files).await == serde_json::json!(["plain.csv"])).await;
    });
}

#[test]
fn zero_says_what_was_searched() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv"]).await;
        page.js("location.hash = '#user=nobody@nowhere.example'").await;
        page.find("nothing-in-view").await;
        page.until("what was searched", async || page.text("searched").await.contains("Searched: 6 clicks"))
            .await;
    });
}

#[test]
fn word_means_what_somebody_says_and_clicks_are_of_the_tenant_that_is_typed() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv"]).await;
        let blocked = "clickglass.query([{groupBy: [], measures: ['blocked']}]).then((r) => r[0].rows[0][0])";
        let before = page.ask(blocked).await.as_u64().expect("a number");
        trust(&page).await;
        page.js("const s = document.querySelector('[aria-label^=\"Action of ClickAllowed\"]'); s.value = 'Blocked'; s.dispatchEvent(new Event('change', {bubbles: true}))").await;
        page.click("apply-meanings").await;
        page.until("more are blocked", async || page.ask(blocked).await.as_u64() > Some(before)).await;
        assert!(page.url().await.contains("meanings=ClickAllowed:/Blocked"), "{}", page.url().await);
        page.until("it is said whose word it is", async || {
            page.text("wording").await.contains("as you said")
        })
        .await;
        page.js("const s = document.querySelector('[aria-label^=\"Action of ClickAllowed\"]'); s.value = ''; s.dispatchEvent(new Event('change', {bubbles: true}))").await;
        page.click("apply-meanings").await;
        page.until("as before", async || page.ask(blocked).await.as_u64() == Some(before)).await;
        page.find("tenant").await;
        page.js("const i = document.querySelector('[data-testid=tenant]'); i.value = 'Contoso'; i.dispatchEvent(new Event('change', {bubbles: true}))").await;
        let tenants =
            "clickglass.query([{groupBy: ['tenant'], measures: ['clicks']}]).then((r) => r[0].rows)";
        page.until("the tenant", async || page.ask(tenants).await == serde_json::json!([["Contoso", 6]]))
            .await;
    });
}

#[test]
fn only_file_is_removed_and_the_page_asks_for_another() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv"]).await;
        trust(&page).await;
        page.js("document.querySelector('.trust-remove').click()").await;
        assert!(page.appears("landing", Duration::from_secs(5)).await, "the landing page");
        let asked = page.api("clickglass.query([{groupBy: [], measures: ['clicks']}])").await;
        assert!(asked.to_string().contains("no-data"), "nothing is open any more: {asked}");
        page.choose_file(&sample("hunting-csv/bad-rows.csv")).await;
        page.find("report").await;
    });
}

#[test]
fn file_that_is_added_counts_with_those_that_are_open_and_its_records_are_read_again() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv"]).await;
        page.click("add-button").await;
        page.choose_file(&sample("packed/two-exports-and-junk.zip")).await;
        let files = "clickglass.report('').then((r) => r.files.length)";
        page.until("three files", async || page.ask(files).await == serde_json::json!(3)).await;
        let clicks = page
            .ask("clickglass.query([{groupBy: [], measures: ['clicks']}]).then((r) => r[0].rows[0][0])")
            .await;
        assert_eq!(clicks, serde_json::json!(12));
    });
}
