//! For everyone: no rule of axe is broken on any page in any state, and what a screen reader is told stays as it is.
//!
//! axe-core comes from npm, fetched by `cargo xtask test e2e`, which says where it is in the variable `AXE`.

use std::fmt::Write as _;

use harness::{Browser, Launch, Page, drive, file_url, packed, sample};
use serde_json::{Value, json};

/// The text of axe-core; none where nobody has fetched it.
fn axe() -> Option<String> {
    let Some(path) = std::env::var_os("AXE") else {
        println!("skipped: AXE is not set; `cargo xtask test e2e` fetches axe-core and sets it");
        return None;
    };
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("AXE names no file: {error}")))
}

/// A window, and what has been found in it.
struct Visit<'a> {
    page: &'a Page,
    axe: &'a str,
    look: &'static str,
    states: usize,
    found: String,
}

impl Visit<'_> {
    /// Looks at what is there now.
    async fn check(&mut self, state: &str) {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        self.page.js(self.axe).await;
        let broken = self
            .page
            .ask(
                "axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
                    .then((r) => r.violations.map((v) => [v.impact, v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))",
            )
            .await;
        self.states += 1;
        for rule in broken.as_array().into_iter().flatten() {
            writeln!(self.found, "{}, {state}: {rule}", self.look).expect("a string takes text");
        }
    }

    async fn go(&mut self, hash: &str, state: &str) {
        self.page.js(&format!("location.hash = '{hash}'")).await;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        self.check(state).await;
    }

    async fn press(&mut self, testid: &str, state: &str) {
        self.page.click(testid).await;
        self.check(state).await;
    }

    async fn key(&self, key: &str, ctrl: bool) {
        let event = format!(
            "(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: {ctrl}, bubbles: true, cancelable: true }}))"
        );
        self.page.js(&event).await;
    }

    /// Presses a menu, looks, and presses it again.
    async fn menu(&mut self, testid: &str) {
        self.press(testid, testid).await;
        self.page.click(testid).await;
    }

    async fn every_page(&mut self) {
        self.page.open(&file_url(&packed())).await;
        self.check("landing").await;
        self.page.choose_file(&sample("invalid/zip-magic.xlsx")).await;
        self.page.find("error-message").await;
        self.check("a refused file").await;
        self.page.click("sample-button").await;
        self.page.find("report").await;
        for page in pages(self.page).await {
            self.go(&format!("page={page}"), &page).await;
        }
        self.go("page=clicks&q=zzz&verdict=safe", "nothing in view").await;
        self.go("page=clicks&tz=Nowhere/Here", "a question that failed").await;
        self.go("page=clicks&verdict=malicious&hour=8&without=!user", "chips").await;
    }

    async fn dialogs(&mut self) {
        for (key, ctrl, state) in [("k", true, "palette"), ("?", false, "help")] {
            // A field of a dialog that was closed keeps the focus until the next frame, and takes the key for a letter.
            let free =
                "!document.querySelector('dialog[open]') && !document.activeElement?.closest('dialog')";
            self.page
                .until("no dialog", async || self.page.js(&format!("return {free}")).await == true)
                .await;
            self.key(key, ctrl).await;
            let open = "return !!document.querySelector('dialog[open]')";
            self.page.until("a dialog", async || self.page.js(open).await == true).await;
            self.check(state).await;
            self.page.js("document.querySelector('dialog[open]').close()").await;
        }
    }
}

/// The pages of the report, as the navigation has them.
async fn pages(page: &Page) -> Vec<String> {
    let ids = "return [...document.querySelectorAll('[data-testid^=nav-]')].map((nav) => nav.dataset.testid.slice(4))";
    let ids = page.js(ids).await;
    ids.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn look(page: &Page, width: u32, height: u32, scheme: &str) {
    let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500});
    page.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
    page.cdp("Emulation.setEmulatedMedia", features).await;
}

fn wide(look_is: &'static str, scheme: &'static str) {
    let Some(axe) = axe() else { return };
    drive(&Launch::new(Browser::Chromium), async move |page| {
        look(&page, 1440, 900, scheme).await;
        let mut visit = Visit { page: &page, axe: &axe, look: look_is, states: 0, found: String::new() };
        visit.every_page().await;
        page.js("location.hash = 'page=clicks'").await;
        for menu in [
            "period",
            "filter-verdict",
            "filter-user",
            "add-filter",
            "export",
            "zone",
            "columns-button",
            "more",
        ] {
            visit.menu(menu).await;
        }
        page.click("row-open").await;
        page.find("row-detail").await;
        visit.check("detail").await;
        visit.press("dots-url", "menu of a value").await;
        page.js("document.querySelector('.popover-veil').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))").await;
        visit.dialogs().await;
        assert!(visit.found.is_empty(), "{}", visit.found);
        assert!(visit.states >= 20, "{} states", visit.states);
    });
}

#[test]
fn every_state_of_a_wide_light_page_breaks_no_rule() {
    wide("wide, light", "light");
}

#[test]
fn every_state_of_a_wide_dark_page_breaks_no_rule() {
    wide("wide, dark", "dark");
}

#[test]
fn every_state_of_a_phone_breaks_no_rule() {
    let Some(axe) = axe() else { return };
    drive(&Launch::new(Browser::Chromium), async move |page| {
        look(&page, 390, 844, "light").await;
        let mut visit = Visit { page: &page, axe: &axe, look: "phone", states: 0, found: String::new() };
        visit.every_page().await;
        page.js("location.hash = 'page=clicks'").await;
        visit.menu("filters-button").await;
        visit.menu("more").await;
        page.until("cards", async || page.count("row").await > 5).await;
        page.click_inside("clicks-table", "[data-row='1'] td").await;
        page.find("row-detail").await;
        visit.check("detail").await;
        page.click("detail-close").await;
        visit.dialogs().await;
        assert!(visit.found.is_empty(), "{}", visit.found);
        assert!(visit.states >= 14, "{} states", visit.states);
    });
}

/// What a screen reader says of, in the words of the standard; versions of a browser differ in the rest.
const SAID: [&str; 27] = [
    "alert",
    "banner",
    "button",
    "checkbox",
    "columnheader",
    "combobox",
    "complementary",
    "contentinfo",
    "dialog",
    "grid",
    "gridcell",
    "group",
    "heading",
    "image",
    "link",
    "main",
    "menu",
    "menuitem",
    "navigation",
    "note",
    "region",
    "row",
    "rowheader",
    "searchbox",
    "status",
    "table",
    "textbox",
];

/// The tree that is given to a screen reader: role and name, indented.
async fn tree(page: &Page) -> String {
    let answer = page.cdp("Accessibility.getFullAXTree", json!({})).await;
    let nodes = answer["nodes"].as_array().expect("nodes");
    let find = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
    let mut out = String::new();
    let mut open: Vec<(&Value, usize)> = vec![(&nodes[0], 0)];
    while let Some((node, depth)) = open.pop() {
        let role = node["role"]["value"].as_str().unwrap_or_default();
        let said = node["ignored"] != true && SAID.contains(&role);
        if said {
            let name = node["name"]["value"].as_str().unwrap_or_default();
            writeln!(out, "{}{role} \"{name}\"", "  ".repeat(depth)).expect("a string takes text");
        }
        let children = node["childIds"].as_array().into_iter().flatten().rev();
        open.extend(children.filter_map(find).map(|child| (child, depth + usize::from(said))));
    }
    out
}

#[test]
fn screen_reader_is_told_the_same_as_before() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        look(&page, 1440, 900, "light").await;
        page.open(&file_url(&packed())).await;
        insta::assert_snapshot!("landing", tree(&page).await);
        page.choose_file(&sample("hunting-csv/plain.csv")).await;
        page.find("report").await;
        for name in pages(&page).await {
            page.js(&format!("location.hash = 'page={name}'")).await;
            tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
            insta::assert_snapshot!(name, tree(&page).await);
        }
        page.js("location.hash = 'page=clicks'").await;
        page.click("row-open").await;
        page.until("the record", async || page.text("row-detail").await.contains("ReportId")).await;
        insta::assert_snapshot!("detail", tree(&page).await);
    });
}
