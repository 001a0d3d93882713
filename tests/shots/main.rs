//! Pictures of every view, to be looked at: `cargo xtask shots [html]` writes them into `target/shots/`.
//!
//! A view that does not come up is said and left out, so that one run shows all that is there.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use harness::{Browser, Launch, Page, drive, file_url, packed, scratch, workspace};
use serde_json::{Value, json};

const WIDE: (u32, u32) = (1440, 1000);
const NARROW: (u32, u32) = (390, 844);

fn main() {
    let html = std::env::args_os().nth(1).map_or_else(packed, |named| {
        let path = PathBuf::from(named);
        std::path::absolute(&path).unwrap_or(path)
    });
    let url = file_url(&html);
    drive(&Launch::new(Browser::Chromium), async move |page| {
        Studio { page, url }.take_all().await;
    });
}

struct Studio {
    page: Page,
    url: String,
}

impl Studio {
    async fn take_all(&self) {
        self.page.cdp("Emulation.setScrollbarsHidden", json!({"hidden": true})).await;
        self.look(WIDE, "light").await;
        self.page.hold_workers().await;
        self.page.open(&self.url).await;
        self.in_all_looks("landing").await;

        self.bad_file().await;

        self.page.open(&self.url).await;
        self.page.click("sample-button").await;
        if !self.comes("report").await {
            return;
        }
        // The charts are drawn a moment after the numbers.
        tokio::time::sleep(Duration::from_millis(800)).await;
        self.in_all_looks("report").await;
        self.print().await;
        self.view("nav-clicks", "row", "clicks").await;
        self.row_detail().await;
        for list in ["people", "hosts", "urls"] {
            self.view(&format!("nav-{list}"), "group", list).await;
        }
        self.view("nav-trust", "trust", "trust").await;
        self.over_the_page().await;
        self.in_all_widths().await;
        self.engine().await;
    }

    /// Menus and dialogs, and a view with nothing in it.
    async fn over_the_page(&self) {
        self.press("nav-overview").await;
        for menu in ["period", "filter-verdict", "filter-user", "add-filter", "zone", "export", "more"] {
            if self.press(menu).await {
                tokio::time::sleep(Duration::from_millis(400)).await;
                self.take(&format!("menu-{menu}")).await;
                self.press(menu).await;
            }
        }
        for (item, name) in [("palette", "palette"), ("help", "help")] {
            if self.press("more").await && self.press(item).await {
                self.in_all_looks(name).await;
                self.page.js("document.querySelector('dialog[open]')?.close()").await;
            }
        }
        self.page.js("location.hash = 'q=nothing-has-this'").await;
        if self.comes("nothing-in-view").await {
            self.in_all_looks("empty").await;
        }
        self.page.js("location.hash = ''").await;
    }

    /// The widths of windows that people have, alone and with a click beside the page.
    async fn in_all_widths(&self) {
        for (width, height) in [(768, 1024), (1024, 768), (1366, 768), (1440, 900), (1920, 1080)] {
            self.look((width, height), "light").await;
            for page in ["overview", "hosts", "clicks"] {
                self.page.js(&format!("location.hash = 'page={page}'")).await;
                tokio::time::sleep(Duration::from_millis(900)).await;
                self.take(&format!("{page}-{width}")).await;
            }
            self.page.js("document.querySelector(\"[data-row='2'] td\")?.click()").await;
            if self.comes("row-detail").await {
                self.take(&format!("row-detail-{width}")).await;
                self.press("detail-close").await;
            }
        }
        self.look(WIDE, "light").await;
    }

    /// What is said of an engine that stops, stops again, and no longer answers.
    async fn engine(&self) {
        self.page.click("nav-overview").await;
        self.page.swallow(&["sample"]).await;
        self.page.crash_engine().await;
        if self.comes("loading-why").await {
            self.in_all_looks("engine-reading-again").await;
        }
        self.page.open(&self.url).await;
        self.page.click("sample-button").await;
        if !self.comes("report").await {
            return;
        }
        self.page.crash_engine().await;
        if self.comes("engine-restarted").await && self.comes("report").await {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            self.in_all_looks("engine-restarted").await;
        }
        self.page.crash_engine().await;
        if self.comes("landing").await {
            self.in_all_looks("engine-stopped-twice").await;
        }
        self.page.hurry().await;
        self.page.open(&self.url).await;
        self.page.click("sample-button").await;
        if self.comes("report").await {
            self.page.swallow(&["ask", "ping"]).await;
            self.page.js("clickglass.report('').catch(() => null)").await;
            if self.comes("engine-silent").await {
                self.in_all_looks("engine-silent").await;
            }
        }
    }

    async fn view(&self, link: &str, content: &str, name: &str) {
        if self.press(link).await && self.comes(content).await {
            self.in_all_looks(name).await;
        }
    }

    async fn row_detail(&self) {
        if self.press("row-open").await && self.comes("row-detail").await {
            self.in_all_looks("row-detail").await;
            self.press("detail-close").await;
        }
    }

    async fn bad_file(&self) {
        let path = scratch("bad").join("photo.csv");
        std::fs::write(&path, b"PK\x03\x04 this is a zip archive that only looks like a table")
            .expect("a scratch file");
        self.page.choose_file(&path).await;
        if self.comes("error-message").await {
            self.in_all_looks("bad-file").await;
        }
    }

    async fn print(&self) {
        self.page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        self.take("report-print").await;
        let pdf = self.page.cdp("Page.printToPDF", json!({"printBackground": true})).await;
        keep(&target("report-print.pdf"), &pdf);
        self.look(WIDE, "light").await;
    }

    async fn in_all_looks(&self, name: &str) {
        for (look, size, scheme) in [
            ("light", WIDE, "light"),
            ("dark", WIDE, "dark"),
            ("narrow", NARROW, "light"),
            ("narrow-dark", NARROW, "dark"),
        ] {
            self.look(size, scheme).await;
            self.take(&format!("{name}-{look}")).await;
        }
        self.look(WIDE, "light").await;
    }

    async fn look(&self, (width, height): (u32, u32), scheme: &str) {
        self.page
            .cdp(
                "Emulation.setDeviceMetricsOverride",
                json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
            )
            .await;
        self.page
            .cdp(
                "Emulation.setEmulatedMedia",
                json!({"media": "", "features": [{"name": "prefers-color-scheme", "value": scheme}]}),
            )
            .await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }

    /// The whole page, also what is below the window; but a drawer belongs to the window.
    async fn take(&self, name: &str) {
        let whole = !name.starts_with("row-detail");
        let picture = self
            .page
            .cdp("Page.captureScreenshot", json!({"format": "png", "captureBeyondViewport": whole}))
            .await;
        keep(&target(&format!("{name}.png")), &picture);
    }

    async fn press(&self, id: &str) -> bool {
        self.comes(id).await && {
            self.page.click(id).await;
            true
        }
    }

    async fn comes(&self, id: &str) -> bool {
        let came = self.page.appears(id, Duration::from_secs(10)).await;
        if !came {
            println!("there is no `{id}`");
        }
        came
    }
}

fn target(name: &str) -> PathBuf {
    workspace().join("target").join("shots").join(name)
}

fn keep(path: &Path, answer: &Value) {
    let bytes = answer["data"].as_str().and_then(|data| STANDARD.decode(data).ok()).unwrap_or_default();
    if let Some(folder) = path.parent() {
        drop(std::fs::create_dir_all(folder));
    }
    match std::fs::write(path, bytes) {
        Ok(()) => println!("wrote {}", path.display()),
        Err(error) => println!("cannot write {}: {error}", path.display()),
    }
}
