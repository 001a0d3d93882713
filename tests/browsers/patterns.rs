//! Patterns of the overview: hours and days, warnings; and what is concluded as columns.

use harness::{Browser, Launch, Page, drive, file_url, packed};

async fn open_sample(page: &Page) {
    page.open(&file_url(&packed())).await;
    page.click("sample-button").await;
    page.find("off-hours").await;
}

async fn choose(page: &Page, control: &str, value: &str) {
    page.js(&format!(
        "const control = document.querySelector('[data-testid={control}]');
         control.value = '{value}';
         control.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await;
}

#[test]
fn hours_count_people_when_asked_and_say_what_is_outside_of_work() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        let when = page.ask("clickglass.when()").await;
        let said = page.text("off-hours").await;
        assert!(said.starts_with(&format!("{} of 4,000 (", when["offHours"])), "{said}");
        choose(&page, "heat-by", "people").await;
        page.until("people", async || {
            let label =
                "return document.querySelector('[data-testid=chart-heatmap]').getAttribute('aria-label')";
            page.js(label)
                .await
                .as_str()
                .is_some_and(|text| text.starts_with("People by hour and weekday, UTC: "))
        })
        .await;
        let people = page.ask("clickglass.when({ by: 'people' })").await;
        page.until("their off hours", async || {
            page.text("off-hours")
                .await
                .starts_with(&format!("{} of {} (", people["offHours"], people["total"]))
        })
        .await;
    });
}

#[test]
fn hour_of_what_is_counted_opens_exactly_these_clicks() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        for (by, filter) in [
            ("clicks", ""),
            ("malicious", ""),
            ("reached", ""),
            ("reached", "reached=unsafe"),
            ("malicious", "action=blocked"),
        ] {
            page.js(&format!("location.hash = '{filter}'")).await;
            choose(&page, "heat-by", by).await;
            let asked = format!("clickglass.when({{ by: '{by}', filter: '{filter}' }})");
            let hours = page.ask(&asked).await["grid"][1].clone();
            let hours: Vec<u64> = hours
                .as_array()
                .expect("hours of Monday")
                .iter()
                .filter_map(serde_json::Value::as_u64)
                .collect();
            let (hour, most) = hours.iter().enumerate().max_by_key(|(_, n)| **n).expect("an hour");
            page.until("its off hours", async || page.count("off-hours").await > 0).await;
            // The grid answers to keys: Monday is its first line.
            page.js("document.querySelector('[data-testid=chart-heatmap]').focus()").await;
            let press = |key: &str| {
                format!(
                    "document.querySelector('[data-testid=chart-heatmap]').dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
                )
            };
            page.until("the cell", async || {
                page.js(&press("Home")).await;
                for _ in 0..hour {
                    page.js(&press("ArrowRight")).await;
                }
                page.js(&press("Enter")).await;
                page.js("return location.hash.includes('hour=')").await == true
            })
            .await;
            page.until(&format!("{most} clicks of {by} under `{filter}`"), async || {
                page.text("scope").await.starts_with(&format!("{most} of "))
            })
            .await;
            page.js("location.hash = ''").await;
            page.until("all", async || page.text("scope").await.starts_with("4,000 of ")).await;
        }
    });
}

#[test]
fn source_past_warnings_opens_its_overrides_under_a_filter_of_it_too() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        for filter in ["", "source=email", "action=blocked", "source=email&attempt=safe"] {
            page.js(&format!("location.hash = '{filter}'")).await;
            let first = "[data-testid=panel-warnings] section:nth-child(2) .bars-one";
            let said =
                format!("const bar = document.querySelector('{first}'); return bar ? bar.innerText : ''");
            page.until("Email", async || {
                page.js(&said).await.as_str().is_some_and(|text| text.starts_with("Email"))
            })
            .await;
            page.js(&format!("document.querySelector('{first}').click()")).await;
            page.until(&format!("its overrides under `{filter}`"), async || {
                let hash = page.js("return location.hash").await;
                let hash = hash.as_str().unwrap_or_default().to_lowercase();
                hash.contains("action=useroverride")
                    && hash.contains("source=email")
                    && page.text("scope").await.starts_with("28 of ")
            })
            .await;
            // Pressed again, what was there before comes back.
            page.until("the bar", async || {
                page.js(&said).await.as_str().is_some_and(|text| text.starts_with("Email"))
            })
            .await;
            page.js(&format!("document.querySelector('{first}').click()")).await;
            page.until(&format!("`{filter}` again"), async || {
                let hash = page.js("return location.hash").await;
                hash.as_str().unwrap_or("?").trim_start_matches('#') == filter
            })
            .await;
        }
    });
}

#[test]
fn day_that_stands_out_opens_its_clicks() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.find("odd-days").await;
        let first = "return document.querySelector('[data-testid=odd-days] li').innerText";
        let told = page.js(first).await;
        let told = told.as_str().unwrap_or_default().to_owned();
        page.js("document.querySelector('[data-testid=odd-days] li button').click()").await;
        page.until("only its clicks", async || {
            let n = page.text("tile-clicks").await;
            let clicks = told.lines().nth(1).and_then(|line| line.split(' ').next()).unwrap_or("?");
            n.lines().any(|line| line == clicks)
        })
        .await;
    });
}

#[test]
fn person_past_warnings_opens_exactly_these_clicks() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.until("the people", async || page.text("panel-warnings").await.contains("stands out")).await;
        let warnings = page.ask("clickglass.warnings()").await;
        let all = &warnings["all"];
        let said = page.text("panel-warnings").await;
        assert!(
            said.contains(&format!("{} of {} warned attempts went past", all["count"], all["of"])),
            "{said}"
        );
        let people = &warnings["parts"].as_array().expect("parts").last().expect("people")["values"];
        let first = "const all = document.querySelectorAll('[data-testid=panel-warnings] section');
                     all[all.length - 1].querySelector('button').click()";
        page.js(first).await;
        page.until("their overrides", async || {
            let hash = page.js("return decodeURIComponent(location.hash)").await;
            let user = people[0]["value"].as_str().unwrap_or("?");
            hash.as_str()
                .is_some_and(|hash| hash.contains(&format!("user={user}")) && hash.contains("useroverride"))
        })
        .await;
    });
}

#[test]
fn ready_query_is_on_the_first_page_and_is_copied_as_it_is() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let text = page.text("ready-queries").await;
        assert!(text.contains("Clicks of the last 30 days") && text.contains("Clicks in parts"), "{text}");
        let shown = "const one = document.querySelector('[data-testid=ready-queries] details');
                     one.open = true; return one.querySelector('pre').textContent";
        let shown = page.js(shown).await;
        assert!(
            shown
                .as_str()
                .is_some_and(|text| text.starts_with("UrlClickEvents\n| where Timestamp > ago(30d)"))
        );
    });
}

#[test]
fn conclusions_are_columns_of_the_table_and_of_its_file() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        open_sample(&page).await;
        page.click("columns-button").await;
        for column in ["automation", "campaign", "attempt"] {
            page.click(&format!("column-{column}")).await;
        }
        page.until("the columns", async || {
            let heads = "return document.querySelector('[data-testid=clicks-table] thead').textContent";
            let heads = page.js(heads).await;
            let heads = heads.as_str().unwrap_or_default();
            ["Clicked By", "Campaign", "What Came Of It"].iter().all(|head| heads.contains(head))
        })
        .await;
        // Some of them are beyond the edge of the window.
        page.until("their cells", async || {
            let text = "return document.querySelector('[data-testid=clicks-table]').textContent";
            page.js(text).await.as_str().is_some_and(|text| text.contains("Past a warning"))
        })
        .await;
        let rows = page
            .ask("clickglass.rows({ columns: ['automation', 'campaign', 'attempt'], orderBy: ['attempt'], limit: 1 })")
            .await;
        assert_eq!(rows["rows"][0][2], "overridden", "{rows}");
        let file = page
            .ask("clickglass.export({ format: 'csv', columns: ['user', 'automation', 'attempt'], filter: 'attempt=overridden' })")
            .await;
        let text = file["text"].as_str().expect("a file").trim_start_matches('\u{feff}');
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("User,Clicked By,What Came Of It"));
        assert!(lines.clone().count() > 0 && lines.all(|line| line.ends_with(",Past a warning")), "{text}");
    });
}
