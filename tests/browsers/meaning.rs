//! What the clicks mean, on the page: the first read, who needs action, profiles, sweep, texts for other tools.

use harness::{Browser, Launch, Page, drive, file_url, packed};

async fn open_sample(page: &Page, hash: &str) {
    page.open(&format!("{}#{hash}", file_url(&packed()))).await;
    page.click("sample-button").await;
    page.find("report").await;
}

async fn number(page: &Page, body: &str) -> u64 {
    page.js(body).await.as_u64().unwrap_or_default()
}

#[test]
fn numbers_of_the_first_read_lead_to_lists_that_count_the_same() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "").await;
        page.until("the first read", async || page.text("first-read").await.contains("In 60 days")).await;
        let said = page.text("first-read").await;
        assert!(said.contains("reached a page that is known today not to be safe"), "{said}");
        let people = number(
            &page,
            "return Number([...document.querySelectorAll('[data-testid=first-read] .link')].find((b) => b.nextSibling?.textContent.includes('reached a page')).textContent.split(' ')[0])",
        )
        .await;
        page.js("[...document.querySelectorAll('[data-testid=first-read] .link')].find((b) => b.nextSibling?.textContent.includes('reached a page')).click()").await;
        page.until("as many people", async || {
            page.text("list-count").await.starts_with(&format!("{people} of"))
        })
        .await;
        // What needs action is as many as the navigation says.
        let badge = page
            .js("return document.querySelector('[data-testid=nav-todo] .header-count').textContent")
            .await;
        assert_eq!(badge, people.to_string().as_str());
    });
}

#[test]
fn what_was_done_is_counted_kept_and_loaded_again() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=todo").await;
        page.until("people", async || page.count("todo-one").await > 10).await;
        let all = page.text("todo-count").await;
        page.click("passwordReset").await;
        page.until("one fewer to do", async || page.text("todo-count").await != all).await;
        page.type_into("todo-note", "called").await;
        page.click("todo-keep").await;
        let (_, kept) = page.download("handled.json").await;
        let kept = String::from_utf8(kept).expect("UTF-8");
        assert!(kept.contains("\"passwordReset\"") && kept.contains("\"called\""), "{kept}");
        page.click("todo-csv").await;
        let (_, csv) = page.download("needs-action.csv").await;
        let csv = String::from_utf8(csv).expect("UTF-8");
        assert!(csv.contains("password reset") && csv.contains("[.]") && !csv.contains("https://"), "{csv}");
        page.click("todo-open").await;
        page.until("only those to do", async || {
            page.js("return [...document.querySelectorAll('[data-testid=passwordReset]')].every((box) => !box.checked)").await == true
        })
        .await;
    });
}

#[test]
fn person_and_campaign_have_a_page_of_their_own_with_their_story() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=campaigns").await;
        page.until("campaigns", async || page.count("group").await > 5).await;
        page.js("location.hash = 'page=campaigns&campaign=short.test'").await;
        page.find("profile").await;
        page.until("its story", async || page.text("profile").await.contains("within the 48 hours")).await;
        page.until("its people", async || page.visible("profile-user").await).await;
        page.js("location.hash = 'page=people&user=carla.ruiz@contoso.com'").await;
        page.until("her story", async || page.text("profile").await.contains("carla.ruiz@contoso.com")).await;
        page.click("profile-close").await;
        page.until("everybody", async || page.count("profile").await == 0).await;
    });
}

#[test]
fn indicators_are_swept_and_their_number_opens_the_clicks() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=sweep").await;
        page.type_into("sweep-text", "short[.]test, nobody.example").await;
        page.click("sweep-go").await;
        page.until("both", async || page.count("sweep-line").await == 2).await;
        assert!(page.text("sweep-said").await.starts_with("1 of 2 indicators were clicked."));
        let clicks =
            page.js("return document.querySelector('[data-testid=sweep-line] .link').textContent").await;
        page.js("document.querySelector('[data-testid=sweep-line] .link').click()").await;
        let clicks = clicks.as_str().unwrap_or_default().to_owned();
        page.until("the clicks", async || page.text("scope").await.starts_with(&format!("{clicks} of")))
            .await;
    });
}

#[test]
fn view_is_copied_as_a_query_and_that_is_said() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "verdict=malicious").await;
        page.js("window.copied = ''; navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }").await;
        for (item, part) in [
            ("copy-kql", "UrlClickEvents"),
            ("copy-sign-ins", "EntraIdSignInEvents"),
            ("copy-indicators", "short.test"),
        ] {
            page.click("export").await;
            page.click(item).await;
            page.until(item, async || {
                page.js("return window.copied").await.as_str().is_some_and(|text| text.contains(part))
            })
            .await;
            page.until("said", async || page.text("copied-kql").await.contains("copied")).await;
        }
    });
}

#[test]
fn detail_says_what_a_click_means_and_what_its_url_shows() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page, "page=todo").await;
        page.until("people", async || page.count("todo-one").await > 10).await;
        page.js("document.querySelector('.todo-click').click()").await;
        page.until("its meaning", async || page.text("meaning").await.contains("past the warning")).await;
        page.click("detail-campaign").await;
        page.find("profile").await;
    });
}
