//! An export made to attack whoever looks at it: markup, scripts, formulas, characters that lie.

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};

/// What a link or a source made of data would look like; the page's own icon is in the head.
const ALIVE: &str =
    "return [...document.body.querySelectorAll('[href], [src], iframe, object, embed, base, form[action]')]
  .map((element) => element.outerHTML.slice(0, 200))";

const TRAPS: &str = "globalThis.pwned = [];
  for (const name of ['alert', 'confirm', 'prompt', 'open'])
    globalThis[name] = (...rest) => globalThis.pwned.push([name, ...rest]);
  document.addEventListener('securitypolicyviolation', (event) => globalThis.pwned.push(event.blockedURI));";

async fn nothing_is_alive(page: &Page, place: &str) {
    assert_eq!(page.js(ALIVE).await, serde_json::json!([]), "links or sources on {place}");
    assert_eq!(page.js("return globalThis.pwned").await, serde_json::json!([]), "something ran on {place}");
}

#[test]
fn hostile_export_is_shown_and_stays_dead() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.js(TRAPS).await;
        page.choose_file(&sample("hunting-csv/hostile.csv")).await;
        page.until("eleven rows", async || page.count("row").await == 11).await;
        nothing_is_alive(&page, "the overview").await;
        let table = page.text("clicks-table").await;
        assert!(table.contains("⟨U+202E⟩"), "the turned writing direction is written out:\n{table}");
        assert!(table.contains("<img src=x onerror=alert(1)>"), "markup is text:\n{table}");

        for row in 0..11 {
            page.click_inside("clicks-table", &format!("[data-row='{row}'] [data-testid='row-open']")).await;
            page.until("its record", async || page.text("row-detail").await.contains("ReportId")).await;
            nothing_is_alive(&page, "the detail of a row").await;
            page.click("detail-close").await;
            page.until("the drawer to close", async || !page.visible("row-detail").await).await;
        }
        page.click("nav-trust").await;
        page.find("trust").await;
        nothing_is_alive(&page, "the trust page").await;
        let shown = page.js("return document.body.innerText").await;
        let lying = ['\u{202e}', '\u{200b}', '\u{200d}', '\u{2066}', '\u{1}', '\u{7}', '\u{1b}'];
        assert!(!shown.as_str().expect("text").contains(lying), "no character that lies is shown");
    });
}

#[test]
fn hostile_export_saved_as_csv_has_no_formula() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/hostile.csv")).await;
        page.until("eleven rows", async || page.count("row").await == 11).await;
        page.save_clicks("csv").await;
        let (_, bytes) = page.download(".csv").await;
        let text = String::from_utf8(bytes).expect("UTF-8");
        let cells = cells(text.trim_start_matches('\u{feff}'));
        assert!(cells.iter().any(|cell| cell.contains("cmd|")), "the formulas are there, disarmed");
        for cell in cells {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "a formula: {cell}");
        }
    });
}

/// The cells of a CSV text, quotes taken off.
fn cells(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cells.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(String::new()),
            '\r' if !quoted => {}
            c => cells.last_mut().expect("a cell").push(c),
        }
    }
    cells
}
