//! What stands on paper.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};
use serde_json::json;

async fn open_sample(page: &Page) {
    page.open(&file_url(&packed())).await;
    page.click("sample-button").await;
    page.find("report").await;
}

/// Shows the page as it will be on paper.
async fn to_paper(page: &Page) {
    page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
}

/// Waits until the paper has the rows of this filter.
async fn rows_of(page: &Page, filter: &str, rows: usize) {
    page.js(&format!("location.hash = '{filter}'")).await;
    page.until(&format!("{rows} rows of `{filter}`"), async || page.count("paper-row").await == rows).await;
}

#[test]
fn printed_overview_begins_with_a_page_that_says_what_to_do() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        rows_of(&page, "", 56).await;
        assert!(!page.visible("paper-numbers").await, "on screen there are the tiles");
        to_paper(&page).await;
        for (part, texts) in [
            (
                "paper-numbers",
                &["63\nof 320 people in view", "43\nof 409 malicious clicks", "38 of 452", "366 of 409"][..],
            ),
            (
                "paper-people",
                &["10 of 63 people", "carla.ruiz@contoso.com Past the warning of a malicious page 11"],
            ),
            ("paper-advice", &["Ask the 63 people", "Block prize-draw[.]example: 34 people clicked it"]),
            (
                "paper-rows",
                &["56 of 4,000 clicks reached a page that was not safe by the verdict at the click."],
            ),
        ] {
            let text = page.text(part).await;
            for expected in texts {
                assert!(text.contains(expected), "{part} does not say `{expected}`: {text}");
            }
        }
        for part in ["tile-clicks", "clicks-table", "top-reached"] {
            assert!(!page.visible(part).await, "{part} is printed");
        }
    });
}

#[test]
fn printed_rows_are_exactly_those_that_reached_a_page_that_is_not_safe() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        // A filter that says itself what was reached has no room for another such term.
        for filter in ["action=useroverride", "reached=waiting", "reached=!unsafe", "verdict=pending,safe"] {
            let asked = format!("clickglass.dashboard('{filter}').then((d) => d.totals.reachedUnsafe)");
            let reached = page.ask(&asked).await.as_u64().expect("a number");
            rows_of(&page, filter, usize::try_from(reached).expect("few")).await;
        }
    });
}

#[test]
fn printed_overview_says_that_nobody_reached_a_page_or_that_it_is_not_known() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        to_paper(&page).await;
        // By the verdict at the click nobody, as is known today some.
        rows_of(&page, "verdict=safe", 0).await;
        page.until("the sentence", async || {
            page.text("paper-rows").await.contains("0 of 3,464 clicks reached")
                && page.text("paper-advice").await.contains("Ask the ")
        })
        .await;
        assert!(!page.text("paper-people").await.contains("Nobody"));
        rows_of(&page, "action=blocked", 0).await;
        page.until("nobody", async || {
            page.text("paper-people").await.contains("Nobody in view, as is known today.")
        })
        .await;
        assert!(page.text("paper-advice").await.contains("Nothing to do about the clicks in view"));

        page.js("location.hash = ''").await;
        page.choose_file(&sample("hunting-csv/no-threat-types.csv")).await;
        let unknown = "Not known: threats not in this export.";
        page.until("other clicks", async || page.text("paper-rows").await.contains(unknown)).await;
        // Of a warning that somebody went past it is not known what it warned of.
        let one = "Reached a page that may be malicious";
        page.until("whoever did", async || page.text("paper-people").await.contains(one)).await;
        assert!(page.text("paper-advice").await.contains("Get an export with the column ThreatTypes"));
    });
}

#[test]
fn printed_tables_are_free_of_what_would_cut_them_or_hide_their_heads() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        rows_of(&page, "", 56).await;
        to_paper(&page).await;
        for (path, table) in [
            ("", ".paper_rows table"),
            ("page=clicks", ".click_table-grid"),
            ("page=people", ".group_list-grid"),
            ("page=urls", ".group_list-grid"),
        ] {
            page.js(&format!("location.hash = '{path}'")).await;
            page.until(&format!("the table of `{path}`"), async || {
                page.js(&format!("return document.querySelectorAll('{table} tbody tr').length > 20")).await
                    == true
            })
            .await;
            let wrong = page
                .js(&format!(
                    "const table = document.querySelector('{table}'), wrong = [];
                     if (getComputedStyle(table.tHead).display !== 'table-header-group') wrong.push('head');
                     for (let e = table; e; e = e.parentElement) {{
                       const s = getComputedStyle(e);
                       if (!/^visible/.test(s.overflow) || s.contain !== 'none') wrong.push(e.className);
                       if (/flex|grid/.test(s.display)) wrong.push(e.className + ' ' + s.display);
                     }}
                     for (const cell of table.querySelectorAll('td, th'))
                       if (cell.scrollWidth > cell.clientWidth + 1) wrong.push(cell.textContent);
                     return wrong.join('; ')"
                ))
                .await;
            assert_eq!(wrong, "", "`{path}`");
        }
    });
}

#[test]
fn printed_sample_is_few_sheets_on_either_paper() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        rows_of(&page, "", 56).await;
        for (name, width, height) in [("A4", 8.27, 11.69), ("Letter", 8.5, 11.0)] {
            let paper = json!({"paperWidth": width, "paperHeight": height, "preferCSSPageSize": true});
            let printed = page.cdp("Page.printToPDF", paper).await;
            let pdf = printed["data"].as_str().expect("a PDF");
            let count = format!("return atob('{pdf}').match(/\\/Type\\s*\\/Page\\b(?!s)/g).length");
            let sheets = page.js(&count).await.as_u64().expect("a number");
            assert!((4..=5).contains(&sheets), "{name}: {sheets} sheets");
        }
    });
}

#[test]
fn printed_report_is_dark_on_white_with_a_head_and_nothing_to_press() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.click("more").await;
        page.click("theme-dark").await;
        let theme = "return document.documentElement.dataset.theme";
        page.until("dark colours", async || page.js(theme).await == "dark").await;
        // What the browser says before it prints, and then does.
        page.js("dispatchEvent(new Event('beforeprint'))").await;
        page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        let background = "return getComputedStyle(document.body).backgroundColor";
        page.until("a white page", async || page.js(background).await == "rgb(255, 255, 255)").await;
        for control in ["open-button", "filter-action", "export", "export-png", "search", "more"] {
            assert!(!page.visible(control).await, "{control} is printed");
        }
        for part in ["paper-numbers", "chart-time", "top-hosts"] {
            assert!(page.visible(part).await, "{part} is not printed");
        }
        for word in ["period", "filters", "files"] {
            page.until(&format!("`{word}` in the head of the print"), async || {
                let text = page.js("return document.body.innerText").await;
                text.as_str().is_some_and(|text| text.to_lowercase().contains(word))
            })
            .await;
        }
        let printed = page.cdp("Page.printToPDF", json!({})).await;
        assert!(printed["data"].as_str().is_some_and(|pdf| pdf.starts_with("JVBERi")), "no PDF");
    });
}

#[test]
fn printed_period_says_its_sides_in_the_zone_and_ends_on_its_last_day() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        for (filter, period) in [
            ("", "4 May 2026 to 5 May 2026, times in UTC"),
            ("from=2026-05-05", "from 5 May 2026, times in UTC"),
            ("to=2026-05-05", "until 4 May 2026, times in UTC"),
            ("from=2026-05-04&to=2026-05-05", "4 May 2026 to 4 May 2026, times in UTC"),
            ("from=2026-05-05&tz=Asia/Tokyo", "from 5 May 2026, times in Asia/Tokyo"),
            ("range=1h", "5 May 2026 to 5 May 2026, times in UTC"),
        ] {
            page.js(&format!("location.hash = '{filter}'")).await;
            page.until(&format!("the period of `{filter}`"), async || {
                page.text("print-head").await.contains(period)
            })
            .await;
        }
    });
}

#[test]
fn printed_charts_are_light_where_no_media_query_says_that_it_prints() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.js("document.documentElement.dataset.theme = 'dark'").await;
        page.click("sample-button").await;
        page.find("report").await;
        // Dots of the bars of allowed clicks as they are on paper, #7d94bf.
        let dots = "const canvas = document.querySelector('canvas');
                    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                    let n = 0;
                    for (let i = 0; i < data.length; i += 4) n += data[i] === 125 && data[i + 1] === 148 && data[i + 2] === 191;
                    return canvas.width > 300 && [n, data.some((v) => v > 0)]";
        let is_light = async || {
            let dots = page.js(dots).await;
            (dots[1] == true).then(|| dots[0].as_u64() > Some(100))
        };
        page.until("a dark chart", async || is_light().await == Some(false)).await;
        // At once, in the same task: Firefox has its copy of the page as soon as the event is over.
        let at_once = page.js(&format!("dispatchEvent(new Event('beforeprint')); {dots}")).await;
        assert!(at_once[0].as_u64() > Some(100), "{at_once}");
        page.js("dispatchEvent(new Event('afterprint'))").await;
        page.until("a dark chart again", async || is_light().await == Some(false)).await;
    });
}

#[test]
fn print_that_is_refused_leaves_the_page_as_it_was() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.js("globalThis.tried = 0; window.print = () => { globalThis.tried += 1; if (tried === 1) throw new Error('no'); }")
            .await;
        let rows = "return document.querySelectorAll('[data-testid=row]').length";
        page.until("rows", async || page.js(rows).await.as_u64() > Some(5)).await;
        let on_screen = page.js(rows).await;
        for tried in 1..=2 {
            page.click("export").await;
            page.click("print").await;
            page.until("it was tried", async || page.js("return globalThis.tried").await == tried).await;
            // A browser that does nothing says nothing either: the next press finds out.
            page.js("document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))").await;
            page.until("the rows of the screen", async || page.js(rows).await == on_screen).await;
        }
    });
}
