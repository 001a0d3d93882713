//! All the ways in which a person gives the page an export, and how a load is followed and stopped.

use harness::{Browser, Launch, MadeExport, Page, drive, file_url, packed, sample};

/// A `DataTransfer` with a file of this text, as a drag or a copied file carries it.
fn carried(name: &str, text: &str) -> String {
    let (name, text) = (serde_json::json!(name), serde_json::json!(text));
    format!("const carried = new DataTransfer(); carried.items.add(new File([{text}], {name}));\n")
}

fn plain_text() -> String {
    std::fs::read_to_string(sample("hunting-csv/plain.csv")).expect("a sample")
}

async fn clicks(page: &Page) -> u64 {
    let report = page.ask("clickglass.report('')").await;
    report["totals"]["clicks"].as_u64().expect("a number of clicks")
}

async fn opens(page: &Page, name: &str) {
    page.find("report").await;
    let report = page.ask("clickglass.report('')").await;
    assert_eq!(report["totals"]["clicks"], 6, "{report}");
    assert_eq!(report["files"][0]["name"], name, "{report}");
}

#[test]
fn dropped_file_opens_and_the_window_says_it_takes_it() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let carried = carried("dropped.csv", &plain_text());
        let event = "{ bubbles: true, cancelable: true, dataTransfer: carried }";
        let over = format!(
            "{carried} return document.body.dispatchEvent(new DragEvent('dragover', {event})) === false"
        );
        assert_eq!(page.js(&over).await, true, "the window takes files");
        page.until("the words over the window", async || {
            page.js("return document.body.innerText.includes('Drop to open')").await == true
        })
        .await;
        let drop =
            format!("{carried} return document.body.dispatchEvent(new DragEvent('drop', {event})) === false");
        assert_eq!(page.js(&drop).await, true, "the browser does not open the file itself");
        opens(&page, "dropped.csv").await;
        page.until("the words to go", async || {
            page.js("return document.body.innerText.includes('Drop to open')").await == false
        })
        .await;
    });
}

#[test]
fn dropped_file_replaces_the_open_report() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("sample-button").await;
        page.find("report").await;
        let drop = format!(
            "{} document.querySelector('[data-testid=report]').dispatchEvent(
               new DragEvent('drop', {{ bubbles: true, cancelable: true, dataTransfer: carried }}))",
            carried("second.csv", &plain_text())
        );
        page.js(&drop).await;
        page.until("six clicks in the place of the sample", async || clicks(&page).await == 6).await;
        opens(&page, "second.csv").await;
    });
}

#[test]
fn text_pasted_into_the_dialog_opens() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.click("paste-button").await;
        page.until("the field", async || page.visible("paste-text").await).await;
        let text = serde_json::json!(plain_text());
        page.js(&format!("document.querySelector('[data-testid=paste-text]').value = {text}")).await;
        page.click("paste-open").await;
        opens(&page, "pasted.csv").await;
    });
}

#[test]
fn text_pasted_on_the_page_opens() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let text = serde_json::json!(plain_text());
        page.js(&format!(
            "const carried = new DataTransfer(); carried.setData('text/plain', {text});
             document.body.dispatchEvent(new ClipboardEvent('paste',
               {{ bubbles: true, cancelable: true, clipboardData: carried }}))"
        ))
        .await;
        opens(&page, "pasted.csv").await;
    });
}

#[test]
fn several_files_are_added_up_and_the_refused_one_is_named() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let names = ["hunting-csv/plain.csv", "hunting-csv/unknown-action.csv", "invalid/zip-magic.xlsx"];
        page.choose_files(&names.map(sample)).await;
        page.find("report").await;
        let report = page.ask("clickglass.report('')").await;
        let kept = |name: &str| {
            report["files"].as_array().into_iter().flatten().find(|file| file["name"] == name).cloned()
        };
        assert_eq!(kept("plain.csv").expect("its report")["rows"], 6, "{report}");
        assert_eq!(kept("unknown-action.csv").expect("its report")["rows"], 7, "{report}");
        let trust = page.ask("clickglass.trust()").await;
        let duplicates = trust["duplicates"].as_u64().expect("a number of duplicates");
        assert_eq!(clicks(&page).await + duplicates, 6 + 7, "{trust}");
        page.click("nav-trust").await;
        page.until("the refused file with its reason", async || {
            let text = page.text("trust").await;
            text.contains("zip-magic.xlsx") && text.to_lowercase().contains("zip")
        })
        .await;
    });
}

#[test]
fn files_added_to_the_sample_take_its_place_and_the_refused_one_is_said_on_every_page() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&format!("{}#page=clicks", file_url(&packed()))).await;
        page.click("sample-button").await;
        page.find("report").await;
        page.js("HTMLInputElement.prototype.click = () => {}").await;
        page.click("add-button").await;
        page.choose_files(&["hunting-csv/plain.csv", "invalid/zip-magic.xlsx"].map(sample)).await;
        page.until("six clicks", async || clicks(&page).await == 6).await;
        let notice = page.text("opening-notice").await;
        for said in ["The sample made way", "1 of 2 files was not taken in", "zip-magic.xlsx: "] {
            assert!(notice.contains(said), "`{said}` is not in: {notice}");
        }
    });
}

/// Notes what the page says of the load, and presses Cancel as soon as it has counted a click: no clock decides.
const CANCEL_AT_THE_FIRST_CLICKS: &str = r#"
globalThis.followed = { said: "", cancelled: false };
new MutationObserver(() => {
  const progress = document.querySelector("[data-testid=progress]");
  if (!progress || globalThis.followed.cancelled) return;
  const said = progress.querySelector("[role=status]")?.textContent ?? "";
  if (!/^[1-9]/.test(said)) return;
  globalThis.followed = { said, cancelled: true };
  document.querySelector("[data-testid=cancel-button]").click();
}).observe(document, { subtree: true, childList: true, characterData: true });
"#;

#[test]
fn cancelled_load_tells_rows_and_bytes_and_keeps_what_was_open() {
    // Large enough that it is still being read when its first clicks are told, however fast the machine is.
    let big = MadeExport::of(1_000_000);
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.open(&file_url(&packed())).await;
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        opens(&page, "plain.csv").await;
        page.js(CANCEL_AT_THE_FIRST_CLICKS).await;
        page.choose_file(&big.path).await;
        page.until("the load to be cancelled", async || {
            page.js("return globalThis.followed.cancelled").await == true
        })
        .await;
        opens(&page, "plain.csv").await;
        let said = page.js("return globalThis.followed.said").await;
        let said = said.as_str().expect("words");
        let (rows, bytes) = said.split_once(" · ").expect("rows and bytes");
        assert!(rows.ends_with("clicks"), "{said}");
        assert!(bytes.contains(" of ") && bytes.ends_with("MB"), "{said}");
        assert!(!page.visible("error-message").await, "what a person asked for is no failure");
        // The next load is not cancelled with it.
        page.choose_file(&sample("hunting-csv/unknown-action.csv")).await;
        page.until("seven clicks", async || clicks(&page).await == 7).await;
    });
}

#[test]
fn javascript_open_shows_the_report_like_a_drop() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        let text = serde_json::json!(plain_text());
        page.ask(&format!("clickglass.open([new File([{text}], 'by-script.csv')])")).await;
        opens(&page, "by-script.csv").await;
        page.until("six rows", async || page.count("row").await == 6).await;
    });
}
