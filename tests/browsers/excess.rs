//! More of everything than anybody needs: the page stays usable.

use harness::{Browser, Launch, drive, file_url, packed, sample, scratch};

#[test]
fn address_of_very_many_values_is_one_chip_and_goes_with_one_press() {
    let users: Vec<String> = (0..3_000).map(|n| format!("u{n}")).collect();
    let url = format!("{}#action=blocked&user={}", file_url(&packed()), users.join(","));
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&url).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        page.until("the chips", async || page.count("chip").await == 2).await;
        let texts = page.texts("chip").await.join(" / ");
        assert!(texts.contains("User: 3,000 values"), "{texts}");
        page.click_inside("chips", "[aria-label^='Remove User']").await;
        page.until("the address without them", async || page.url().await.ends_with("#action=blocked")).await;
    });
}

#[test]
fn record_of_very_many_columns_shows_the_first_and_says_how_many_more() {
    let path = scratch("wide").join("wide.csv");
    let (mut head, mut row) = (
        "Timestamp,Url,ActionType,AccountUpn".to_owned(),
        "2026-05-04T09:12:33Z,https://a.example/,ClickAllowed,ana@contoso.com".to_owned(),
    );
    for n in 0..20_000 {
        head.push_str(&format!(",Extra{n}"));
        row.push_str(if n % 2 == 0 { ",x" } else { "," });
    }
    std::fs::write(&path, format!("{head}\r\n{row}\r\n")).expect("a scratch file");
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&path).await;
        page.until("its row", async || page.count("row").await == 1).await;
        page.click("row-open").await;
        let more = page.text("record-more").await;
        assert!(more.contains("9,804 more columns"), "{more}");
        let text = page.text("row-detail").await;
        assert!(text.contains("Extra0") && text.contains("9,800 more"), "{text}");
        let nodes = page.js("return document.querySelectorAll('[data-testid=row-detail] *').length").await;
        assert!(nodes.as_u64().is_some_and(|n| n < 2_000), "{nodes}");
    });
}

#[test]
fn column_that_no_file_has_is_said_to_be_missing_in_its_menu() {
    let path = scratch("few").join("few.csv");
    std::fs::write(
        &path,
        "Timestamp,Url,ActionType,AccountUpn\r\n2026-05-04T09:12:33Z,https://a.example/,ClickAllowed,ana@contoso.com\r\n",
    )
    .expect("a scratch file");
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&path).await;
        page.find("report").await;
        page.click("add-filter").await;
        let choice = page.text("add-ip").await;
        assert!(choice.contains("not in this export"), "{choice}");
        assert_eq!(page.js("return document.querySelector('[data-testid=add-ip]').disabled").await, true);
        // A menu that is always there says so inside.
        page.click("filter-source").await;
        page.until("the word", async || {
            page.js("return [...document.querySelectorAll('.popover-panel')].some((p) => p.innerText.includes('not in this export'))")
                .await
                == true
        })
        .await;
    });
}

#[test]
fn suggestions_that_fail_say_why() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        page.js("location.hash = 'tz=Nowhere/At%20all'").await;
        page.find("error-message").await;
        page.click("filter-user").await;
        page.until("the reason in the menu", async || {
            let menu = page
                .js("return document.querySelector('[data-testid=suggest-user]')?.parentElement.innerText ?? ''")
                .await;
            menu.as_str().is_some_and(|menu| menu.contains("Nowhere"))
        })
        .await;
    });
}
