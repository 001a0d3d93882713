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
        page.js("document.querySelector('[data-testid=nav-groups]').click()").await;
        page.until("a ranking of groups", async || page.text("list-group").await.contains("Finance")).await;
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
        // What needs care comes first, and is unfolded by its name.
        page.click("file-row").await;
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
        page.click("undo-removal").await;
        page.until("both files", async || {
            page.ask(files).await == serde_json::json!(["bad-rows.csv", "plain.csv"])
        })
        .await;
    });
}

#[test]
fn points_of_all_files_are_listed_once_and_counted_as_many() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/bad-rows.csv", "mapped/ticket-list.csv", "hunting-csv/plain.csv"]).await;
        trust(&page).await;
        let listed =
            page.js("return document.querySelectorAll('[data-testid=trust-points] > li').length").await;
        let badge = page
            .js("return Number(document.querySelector('[data-testid=nav-trust] .header-count').textContent)")
            .await;
        assert_eq!(listed, badge);
        assert!(page.text("trust-answer").await.starts_with("Not all of the data is in here"));
        let rows =
            page.js("return [...document.querySelectorAll('.trust-name')].map((b) => b.textContent)").await;
        assert_eq!(rows[2], "plain.csv", "those that need care come first: {rows}");
        let lost = "return document.activeElement === document.body";
        // The file is named where the point is, and its row has the focus then.
        page.js("[...document.querySelectorAll('.trust-of .link')].find((b) => b.textContent === 'ticket-list.csv').click()").await;
        page.until("its details", async || {
            page.js("return document.activeElement.getAttribute('aria-expanded') === 'true'").await == true
        })
        .await;
        page.click("name-columns").await;
        page.until("the dialog", async || page.visible("columns-open").await).await;
        page.click("columns-open").await;
        page.until("more clicks", async || {
            page.ask("clickglass.report('').then((r) => r.files.filter((f) => f.rows > 0).length)").await == 3
        })
        .await;
        page.find("said").await;
        assert!(page.text("said").await.contains("is When"));
        page.until("the focus is somewhere", async || page.js(lost).await == false).await;
        page.js("document.querySelector('[data-testid=said] .link').click()").await;
        page.until("nothing is said", async || !page.url().await.contains("columns=")).await;
    });
}

#[test]
fn number_beside_a_word_opens_as_many_clicks() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv", "audit/purview-search.csv"]).await;
        trust(&page).await;
        let words = page
            .js("return [...document.querySelectorAll('.trust-words td.num button')].map((b) => Number(b.textContent))")
            .await;
        let words = words.as_array().expect("numbers").clone();
        assert!(words.len() > 4, "{words:?}");
        for (place, clicks) in words.into_iter().enumerate() {
            trust(&page).await;
            page.js(&format!("document.querySelectorAll('.trust-words td.num button')[{place}].click()"))
                .await;
            let filter = page.js("return location.hash.slice(1)").await;
            let filter = filter.as_str().unwrap_or_default().replace("page=clicks&", "");
            let asked = format!("clickglass.query({{filter: '{filter}', measures: ['clicks']}})");
            assert_eq!(page.ask(&asked).await["rows"][0][0], clicks, "{filter}");
        }
    });
}

#[test]
fn address_that_says_nothing_that_could_be_meant_is_told() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&format!("{}#dates=banana&meanings=ClickAllowed:Nonsense/", file_url(&packed()))).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("opening-notice").await;
        let told = page.text("opening-notice").await;
        assert!(told.contains("dates=banana") && told.contains("Nonsense"), "{told}");
    });
}

#[test]
fn click_of_two_files_names_the_other_and_leads_to_it() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv", "packed/two-exports-and-junk.zip", "packed/nested.zip"])
            .await;
        page.js("location.hash = '#page=clicks&from=2026-04-30&to=2026-05-01'").await;
        page.find("row").await;
        while !page.appears("row-detail", Duration::from_secs(2)).await {
            page.click("row").await;
        }
        page.find("also-in").await;
        assert!(page.text("also-in").await.contains("May.csv"), "{}", page.text("also-in").await);
        page.js("document.querySelector('[data-testid=also-in] .link').click()").await;
        page.until("its row", async || {
            page.js("return document.activeElement.textContent.includes('May.csv')").await == true
        })
        .await;
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
fn last_file_with_clicks_is_removed_and_the_page_asks_for_another() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv", "people/mail-department-manager.csv"]).await;
        trust(&page).await;
        page.js("document.querySelector('[aria-label=\"Remove plain.csv\"]').click()").await;
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

#[test]
fn going_back_takes_back_nothing_that_was_said_of_files_and_is_never_a_trap() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("mapped/ticket-list.csv")).await;
        page.click("name-columns").await;
        page.until("the dialog", async || page.visible("columns-open").await).await;
        page.click("columns-open").await;
        page.find("report").await;
        let entries = page.js("return history.length").await;
        for place in ["trust", "clicks"] {
            page.js(&format!("document.querySelector('[data-testid=nav-{place}]').click()")).await;
            page.until("the page", async || page.url().await.contains(&format!("page={place}"))).await;
        }
        for there in ["page=trust", "columns=time"] {
            page.back().await;
            page.until("the page before", async || page.url().await.contains(there)).await;
            assert!(page.url().await.contains("columns=time"), "{}", page.url().await);
            assert!(!page.visible("error-message").await, "nothing is read again");
        }
        let clicks = "clickglass.query([{groupBy: [], measures: ['clicks']}]).then((r) => r[0].rows[0][0])";
        assert_eq!(page.ask(clicks).await, serde_json::json!(5));
        let now = page.js("return history.length").await.as_u64();
        assert!(now <= entries.as_u64().map(|n| n + 2), "no entry was made by going back");
    });
}

#[test]
fn tenant_goes_with_the_file_that_it_was_said_of() {
    drive(&Launch::new(Browser::Chromium), async move |page| {
        opened(&page, &["hunting-csv/plain.csv"]).await;
        trust(&page).await;
        page.find("tenant").await;
        page.js("const i = document.querySelector('[data-testid=tenant]'); i.value = 'Contoso'; i.dispatchEvent(new Event('change', {bubbles: true}))").await;
        page.until("the tenant", async || page.url().await.contains("tenants=plain.csv:Contoso")).await;
        // Another customer's export is called the same.
        page.js("HTMLInputElement.prototype.click = () => {}").await;
        page.click("open-button").await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.until("no tenant", async || !page.url().await.contains("tenants=")).await;
    });
}
