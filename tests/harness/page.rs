//! What a person does with the page, and what its JavaScript interface answers. Things on the page are found by
//! `data-testid` alone, so that looks can change without a test.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::task::Poll;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

/// Longest wait for anything that a person would wait for.
const PATIENCE: Duration = Duration::from_secs(20);

/// The page in a running browser. Cheap to clone; there is one page a browser.
#[derive(Clone, Debug)]
pub struct Page {
    client: Client,
    downloads: PathBuf,
    driver: u32,
}

impl Page {
    pub(crate) fn new(client: Client, downloads: PathBuf, driver: u32) -> Page {
        Page { client, downloads, driver }
    }

    /// Goes to an address and waits until the app has started.
    pub async fn open(&self, url: &str) {
        self.go(url).await;
        self.started().await;
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.expect("the browser goes there");
    }

    /// Waits until the app has replaced the boot notice and its interface is there.
    pub async fn started(&self) {
        self.until("the app to start", async || {
            let state = self
                .js("return [!!window.clickglass, document.getElementById('boot-text')?.textContent ?? '']")
                .await;
            assert!(
                !state[1].as_str().is_some_and(|text| text.contains("could not")),
                "the boot notice says: {}",
                state[1]
            );
            state[0] == true
        })
        .await;
        let ready = self.api("clickglass.ready").await;
        assert!(ready.get("error").is_none(), "the app is not ready: {ready}");
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the browser reloads");
        self.started().await;
    }

    /// The browser's Back button.
    pub async fn back(&self) {
        self.client.back().await.expect("the browser goes back");
    }

    /// The address in force, with its hash.
    pub async fn url(&self) -> String {
        self.client.current_url().await.expect("an address").to_string()
    }

    /// The first element with this `data-testid`, when there is one.
    pub async fn try_find(&self, id: &str) -> Option<Element> {
        let selector = format!("[data-testid=\"{id}\"]");
        self.client.find(Locator::Css(&selector)).await.ok()
    }

    /// The first element with this `data-testid`; waits for it.
    pub async fn find(&self, id: &str) -> Element {
        let started = Instant::now();
        loop {
            if let Some(element) = self.try_find(id).await {
                return element;
            }
            assert!(started.elapsed() < PATIENCE, "there is no `{id}` on the page");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits so long for an element with this `data-testid`, and says whether it came.
    pub async fn appears(&self, id: &str, patience: Duration) -> bool {
        let started = Instant::now();
        while self.try_find(id).await.is_none() {
            if started.elapsed() > patience {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        true
    }

    /// How many elements have this `data-testid` now.
    pub async fn count(&self, id: &str) -> usize {
        let selector = format!("[data-testid=\"{id}\"]");
        self.client.find_all(Locator::Css(&selector)).await.map_or(0, |found| found.len())
    }

    /// Whether the element is there and can be seen.
    pub async fn visible(&self, id: &str) -> bool {
        match self.try_find(id).await {
            Some(element) => element.is_displayed().await.unwrap_or(false),
            None => false,
        }
    }

    /// Clicks it, once it is there and can be clicked. The page may draw it anew at any moment.
    pub async fn click(&self, id: &str) {
        self.click_css(&format!("[data-testid=\"{id}\"]")).await;
    }

    /// Clicks what has no id of its own: the first element inside the one with this `data-testid` that matches.
    pub async fn click_inside(&self, id: &str, selector: &str) {
        self.click_css(&format!("[data-testid=\"{id}\"] {selector}")).await;
    }

    async fn click_css(&self, selector: &str) {
        let started = Instant::now();
        loop {
            let outcome = match self.client.find(Locator::Css(selector)).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            let Err(error) = outcome else { return };
            assert!(started.elapsed() < PATIENCE, "`{selector}` cannot be clicked: {error}");
            // Something that stays at the top may lie over it: a person would scroll.
            let to_middle = format!(
                "document.querySelector({})?.scrollIntoView({{ block: 'center', behavior: 'instant' }})",
                json!(selector)
            );
            drop(self.client.execute(&to_middle, Vec::new()).await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Saves the clicks in view in a format, as somebody does who uses the menu.
    pub async fn save_clicks(&self, format: &str) {
        self.click("export").await;
        self.click(&format!("export-{format}")).await;
    }

    /// Opens the menu of a filter that is not always there.
    pub async fn add_filter(&self, key: &str) {
        self.click("add-filter").await;
        self.click(&format!("add-{key}")).await;
    }

    /// Its text as shown.
    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.unwrap_or_default()
    }

    /// Texts of all elements with this `data-testid`.
    pub async fn texts(&self, id: &str) -> Vec<String> {
        let selector = format!("[data-testid=\"{id}\"]");
        let mut texts = Vec::new();
        for element in self.client.find_all(Locator::Css(&selector)).await.unwrap_or_default() {
            texts.push(element.text().await.unwrap_or_default());
        }
        texts
    }

    /// Types into it.
    pub async fn type_into(&self, id: &str, text: &str) {
        self.find(id)
            .await
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("`{id}` takes no keys: {error}"));
    }

    /// Gives files to the page as its file dialog would.
    pub async fn choose_file(&self, path: &Path) {
        self.type_into("file-input", &path.display().to_string()).await;
    }

    /// Gives several files at once.
    pub async fn choose_files(&self, paths: &[PathBuf]) {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        self.type_into("file-input", &paths.join("\n")).await;
    }

    /// Waits until something holds. A check that fails, as where what it reads was just taken away to be drawn
    /// again, has not held yet.
    pub async fn until<Check, Answer>(&self, what: &str, mut check: Check)
    where
        Check: FnMut() -> Answer,
        Answer: Future<Output = bool>,
    {
        let started = Instant::now();
        loop {
            let outcome = caught(check()).await;
            if matches!(outcome, Ok(true)) {
                return;
            }
            if started.elapsed() >= PATIENCE {
                println!("waited in vain for {what}");
                match outcome {
                    Ok(_) => panic!("waited in vain for {what}"),
                    Err(failure) => std::panic::resume_unwind(failure),
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits for a finished download whose name ends so, and reads it.
    pub async fn download(&self, ending: &str) -> (String, Vec<u8>) {
        self.download_of("", ending).await
    }

    /// The same for a file whose name has this part too.
    pub async fn download_of(&self, part: &str, ending: &str) -> (String, Vec<u8>) {
        let started = Instant::now();
        loop {
            let finished = std::fs::read_dir(&self.downloads)
                .expect("the folder of downloads")
                .flatten()
                .map(|entry| entry.path())
                .find(|path| {
                    path.file_name().is_some_and(|name| {
                        let name = name.to_string_lossy();
                        name.contains(part) && name.ends_with(ending)
                    })
                });
            if let Some(path) = finished {
                let bytes = std::fs::read(&path).expect("a finished download");
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if !bytes.is_empty() {
                    return (name.into_owned(), bytes);
                }
            }
            assert!(started.elapsed() < PATIENCE, "no file `…{ending}` was saved");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Runs a function body in the page.
    pub async fn js(&self, body: &str) -> Value {
        self.client.execute(body, Vec::new()).await.unwrap_or_else(|error| panic!("`{body}` failed: {error}"))
    }

    /// Awaits an expression in the page: `{"ok": value}` or `{"error": {kind, message, …}}`.
    pub async fn api(&self, expression: &str) -> Value {
        let body = format!(
            "const done = arguments[arguments.length - 1];\n\
             (async () => ({expression}))().then(\n\
               (ok) => done({{ok: ok === undefined ? null : JSON.parse(JSON.stringify(ok))}}),\n\
               (error) => done({{error: {{kind: error.kind ?? null, message: error.message ?? String(error), file: error.file ?? null, line: error.line ?? null}}}}));"
        );
        self.client
            .execute_async(&body, Vec::new())
            .await
            .unwrap_or_else(|error| panic!("`{expression}` failed: {error}"))
    }

    /// The value of an expression in the page, which must not reject.
    pub async fn ask(&self, expression: &str) -> Value {
        let mut answer = self.api(expression).await;
        assert!(answer.get("error").is_none(), "`{expression}` rejects: {answer}");
        answer["ok"].take()
    }

    /// Longest time that one expression may take.
    pub async fn allow_seconds(&self, seconds: u64) {
        let mut timeouts = fantoccini::wd::TimeoutConfiguration::default();
        timeouts.set_script(Some(Duration::from_secs(seconds)));
        self.client.update_timeouts(timeouts).await.expect("the driver takes timeouts");
    }

    /// Writes a picture of what can be seen.
    pub async fn keep_picture(&self, path: &Path) {
        if let Some(folder) = path.parent() {
            drop(std::fs::create_dir_all(folder));
        }
        match self.client.screenshot().await {
            Ok(png) => match std::fs::write(path, png) {
                Ok(()) => println!("wrote {}", path.display()),
                Err(error) => println!("cannot write {}: {error}", path.display()),
            },
            Err(error) => println!("no picture could be taken: {error}"),
        }
    }

    /// One command of Chromium's own protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.own_command("goog/cdp/execute", json!({"cmd": command, "params": parameters}))
            .await
            .unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    /// What Chromium logged since it was asked last: `browser` for the console, `performance` for the network.
    pub async fn log(&self, kind: &str) -> Vec<Value> {
        match self.own_command("se/log", json!({"type": kind})).await {
            Ok(Value::Array(entries)) => entries,
            Ok(other) => panic!("the log is not a list: {other}"),
            Err(error) => panic!("there is no log: {error}"),
        }
    }

    /// The driver that started the browser.
    pub fn driver_process(&self) -> u32 {
        self.driver
    }

    async fn own_command(&self, path: &'static str, body: Value) -> Result<Value, CmdError> {
        self.client.issue_cmd(OwnCommand { path, body }).await
    }
}

/// A command that only one driver has.
#[derive(Debug)]
struct OwnCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for OwnCommand {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

/// What a future comes to, also where it panics.
async fn caught<Done>(steps: impl Future<Output = Done>) -> std::thread::Result<Done> {
    let mut steps = std::pin::pin!(steps);
    std::future::poll_fn(|context| {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| steps.as_mut().poll(context))) {
            Ok(polled) => polled.map(Ok),
            Err(failure) => Poll::Ready(Err(failure)),
        }
    })
    .await
}
