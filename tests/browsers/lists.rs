//! The lists of people, hosts and URLs in full.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

/// Text of the cell of a row and a column.
async fn cell(page: &Page, row: u32, column: u32) -> String {
    let script = format!(
        "const cell = document.querySelector('[data-row=\"{row}\"] [data-column=\"{column}\"] span');
         return cell ? cell.textContent : ''"
    );
    page.js(&script).await.as_str().unwrap_or_default().to_owned()
}

async fn open(page: &Page, list: &str) {
    page.open(&file_url(&packed())).await;
    page.click("sample-button").await;
    page.find("report").await;
    page.click(&format!("nav-{list}")).await;
    page.until("rows", async || page.count("group").await > 5).await;
}

async fn clicks_in_view(page: &Page) -> String {
    page.text("scope").await.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn number_of_every_column_opens_exactly_the_clicks_it_counts() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        for list in ["people", "hosts", "urls"] {
            open(&page, list).await;
            let columns = page.js("return document.querySelectorAll('.group_list thead th').length").await;
            for column in 1..columns.as_u64().expect("a number") as u32 {
                let head = format!(".group_list thead th:nth-child({})", column + 1);
                let what =
                    page.js(&format!("return document.querySelector('{head} button').dataset.testid")).await;
                let what = what.as_str().expect("a test id").to_owned();
                // Attempts and people are no clicks.
                if matches!(what.as_str(), "sort-overriddenAttempts" | "sort-people") {
                    continue;
                }
                let sorted = format!("return document.querySelector('{head}').ariaSort");
                if page.js(&sorted).await != "descending" {
                    page.click(&what).await;
                }
                page.until("the order", async || page.js(&sorted).await == "descending").await;
                page.until("a number", async || {
                    !matches!(cell(&page, 0, column).await.as_str(), "…" | "0" | "")
                })
                .await;
                // The heading turns before the rows do: what is read is what stays.
                let mut first = (cell(&page, 0, 0).await, cell(&page, 0, column).await);
                loop {
                    page.js("return new Promise((done) => setTimeout(done, 250))").await;
                    let now = (cell(&page, 0, 0).await, cell(&page, 0, column).await);
                    if std::mem::replace(&mut first, now.clone()) == now {
                        break;
                    }
                }
                let (name, counted) = first;
                page.js(&format!(
                    "document.querySelector('[data-row=\"0\"] [data-column=\"{column}\"] span').click()"
                ))
                .await;
                let on_clicks = "return location.hash.startsWith('#page=clicks')";
                page.until("the clicks", async || page.js(on_clicks).await == true).await;
                page.until(&format!("{counted} clicks of {what} of {name}"), async || {
                    clicks_in_view(&page).await == counted
                })
                .await;
                assert!(!page.text("chips").await.is_empty(), "{name}");
                page.click("clear-all").await;
                page.click(&format!("nav-{list}")).await;
                page.until("rows", async || page.count("group").await > 5).await;
            }
        }
    });
}

#[test]
fn list_searched_is_copied_and_saved_as_it_is_shown() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open(&page, "people").await;
        let all = page.text("list-count").await;
        page.type_into("list-find", "CARLA").await;
        page.until("fewer", async || page.text("list-count").await != all).await;
        let count = page.text("list-count").await;
        let shown: usize = count.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
        assert!(count.contains(" of 320 people"), "{count}");
        page.click("list-csv").await;
        let (_, bytes) = page.download(".csv").await;
        let text = String::from_utf8(bytes).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), shown + 1, "a heading, and every person of the list");
        assert!(lines[0].starts_with("\u{feff}User,Reached,Bad later,Overrides,Warnings,"), "{}", lines[0]);
        assert!(lines[1..].iter().all(|line| line.contains("carla")), "{text}");
    });
}

#[test]
fn list_of_an_export_without_threats_states_no_zero() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/no-threat-types.csv")).await;
        page.click("nav-hosts").await;
        page.until("rows", async || page.count("group").await > 0).await;
        assert_eq!(cell(&page, 0, 2).await, "–", "malicious clicks are not known");
    });
}

#[test]
fn ranking_leads_to_the_list_of_exactly_those_it_counts() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        for ranking in ["top-blocked", "top-reached", "top-hosts", "top-urls"] {
            page.find(ranking).await;
            let text = |inside: &str| {
                format!(
                    "return document.querySelector('[data-testid={ranking}] {inside}')?.textContent ?? ''"
                )
            };
            page.until("bars", async || page.js(&text(".bars-label")).await != "").await;
            let (first, door) =
                (page.js(&text(".bars-label")).await, page.js(&text(".panel-tools button")).await);
            let counted = door.as_str().and_then(|d| d.split(' ').nth(2)).expect("a number").to_owned();
            page.click_inside(ranking, ".panel-tools button").await;
            page.until("the list", async || first.as_str() == Some(cell(&page, 0, 0).await.as_str())).await;
            let listed = page.text("list-count").await;
            assert_eq!(listed.split(' ').next(), Some(counted.as_str()), "{ranking}: {listed}");
            page.js("location.hash = ''").await;
        }
    });
}

#[test]
fn number_of_people_of_a_host_opens_their_list() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open(&page, "hosts").await;
        page.until("a number", async || !matches!(cell(&page, 0, 5).await.as_str(), "…" | "0" | "")).await;
        let people = cell(&page, 0, 5).await;
        page.js("document.querySelector('[data-row=\"0\"] [data-column=\"5\"] span').click()").await;
        let on_people = "return location.hash.startsWith('#page=people&host=')";
        page.until("the people", async || page.js(on_people).await == true).await;
        page.until("as many", async || page.text("list-count").await.starts_with(&format!("{people} ")))
            .await;
    });
}

#[test]
fn copied_addresses_are_those_that_somebody_can_be_written_to() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let users = [
            "ana@contoso.com",
            "eve_fabrikam.com#EXT#@contoso.onmicrosoft.com",
            "5f1c0a52-8d1b-4c1e-9f62-0d6f9a7b1c11",
        ];
        let rows = users.map(|user| format!("2026-05-04T09:12:00Z,https://a.example/,ClickAllowed,{user}"));
        let csv = format!("Timestamp,Url,ActionType,AccountUpn\n{}\n", rows.join("\n"));
        page.js("globalThis.copied = ''; navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }").await;
        page.ask(&format!("clickglass.open([new File([{csv:?}], 'people.csv')])")).await;
        page.js("location.hash = 'page=people'").await;
        page.until("three", async || page.text("list-count").await == "3 people").await;
        page.click("list-copy").await;
        page.until("what was left out", async || {
            page.text("list-user").await.contains("1 person copied, 2 without an address left out")
        })
        .await;
        assert_eq!(page.js("return globalThis.copied").await, "ana@contoso.com");
    });
}

#[test]
fn shift_click_leaves_a_group_out_though_it_selects_text() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open(&page, "people").await;
        page.until("a name", async || cell(&page, 0, 0).await.contains('@')).await;
        let name = cell(&page, 0, 0).await;
        page.js("getSelection().selectAllChildren(document.querySelector('[data-testid=list-count]'));
                 document.querySelector('[data-row=\"0\"] [data-column=\"0\"] .value').dispatchEvent(
                   new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true }))")
            .await;
        page.until("all but this one", async || {
            page.js("return location.hash")
                .await
                .as_str()
                .is_some_and(|hash| hash.contains(&format!("user=!{name}")))
        })
        .await;
    });
}

#[test]
fn name_opens_its_page_and_its_menu_leads_to_its_clicks() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open(&page, "people").await;
        let name = cell(&page, 0, 0).await;
        page.js("document.querySelector('[data-row=\"0\"] [data-column=\"0\"] .value').click()").await;
        page.find("profile-numbers").await;
        assert!(page.text("profile").await.contains(&name), "{name}");
        let reached = page.ask(&format!(
            "clickglass.query({{ measures: ['reachedBad'], filter: 'automation=human,review&user={name}' }})"
        ))
        .await["rows"][0][0]
            .to_string();
        page.until("its number", async || page.text("profile-numbers").await.contains(&reached)).await;
        page.click("profile-close").await;
        page.until("rows", async || page.count("group").await > 5).await;
        page.js(
            "const at = document.querySelector('[data-row=\"0\"] [data-column=\"0\"]');
             at.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 200, clientY: 250 }))",
        )
        .await;
        let menu = page.text("value-menu").await;
        for line in
            ["Only this user", "All but this user", "About this person", "All clicks of this user", "Copy"]
        {
            assert!(menu.contains(line), "{line} is not in {menu}");
        }
    });
}

#[test]
fn people_of_a_campaign_are_those_that_its_line_counts() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        // Of five clicks three are of machines.
        let Some(corpus) = std::env::var_os("CORPUS") else { return println!("skipped: CORPUS is not set") };
        let field = std::path::PathBuf::from(corpus).join("field");
        let all = std::fs::read_dir(&field).expect("a folder").flatten().map(|file| file.path());
        let file = all.into_iter().find(|path| path.to_string_lossy().contains("/11-")).expect("a sample");
        page.open(&file_url(&packed())).await;
        page.choose_file(&file).await;
        page.click("nav-campaigns").await;
        page.until("rows", async || page.count("group").await > 0).await;
        page.until("people", async || cell(&page, 0, 1).await == "2").await;
        page.js("document.querySelector('[data-row=\"0\"] [data-column=\"1\"] span').click()").await;
        page.until("two people", async || {
            page.js("return location.hash").await.as_str().is_some_and(|hash| hash.contains("page=people"))
                && page.count("group").await == 2
        })
        .await;
    });
}

#[test]
fn page_about_a_host_states_no_zero_that_the_export_cannot_tell() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/no-threat-types.csv")).await;
        page.click("nav-hosts").await;
        page.until("rows", async || page.count("group").await > 0).await;
        page.js("const grid = document.querySelector('.group_list-grid');
             grid.focus();
             grid.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))")
            .await;
        page.until("its numbers", async || {
            page.text("profile-numbers").await.contains("Malicious clicks\n–")
        })
        .await;
        let focused = "return document.activeElement.dataset.testid ?? ''";
        page.until("the focus is near", async || page.js(focused).await == "profile-close").await;
    });
}
