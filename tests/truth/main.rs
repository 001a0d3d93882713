//! Asks the packed page what it is told to ask: `cargo xtask truth` runs it under the second counting engine.
//!
//! A job a line comes in, an answer a line goes out, both JSON. Must not know what an answer should be.
//!
//! A job, all of it optional: `fresh` loads the page again, `files` are opened as a drop would open them, `urls` are
//! read by the browser's own parser, `questions` are `[method, parameters]` for `window.clickglass`. The answer has
//! `opened`, `hosts`, `answers`, and `console`: what the page complained about meanwhile.

use std::io::{BufRead as _, Write as _};

use harness::{Browser, Launch, Page, drive, file_url, packed};
use serde_json::{Map, Value, json};

/// Questions that go to the page in one command.
const AT_A_TIME: usize = 25;

/// URLs that the browser reads in one command.
const URLS_AT_A_TIME: usize = 2_000;

/// The slowest command that is still waited for.
const SECONDS: u64 = 180;

const INPUT: &str = "truth-files";

fn main() {
    let url = file_url(&packed());
    drive(&Launch::new(Browser::Chromium), async move |page| {
        page.allow_seconds(SECONDS).await;
        page.open(&url).await;
        while let Some(line) = next_line().await {
            if line.trim().is_empty() {
                continue;
            }
            let job: Value = serde_json::from_str(&line).expect("a job is JSON");
            let answer = work(&page, &job).await;
            let mut out = std::io::stdout().lock();
            writeln!(out, "{answer}").and_then(|()| out.flush()).expect("somebody reads the answers");
        }
    });
}

/// The next job, waited for beside the runtime: connections to the driver go on living meanwhile.
async fn next_line() -> Option<String> {
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map(|read| (read > 0).then_some(line))
    });
    read.await.expect("the reader ends").expect("jobs can be read")
}

async fn work(page: &Page, job: &Value) -> Value {
    let mut answer = Map::new();
    if job["fresh"] == true {
        page.reload().await;
    }
    if let Some(files) = job["files"].as_array() {
        answer.insert("opened".to_owned(), open(page, files).await);
    }
    if let Some(urls) = job["urls"].as_array() {
        answer.insert("hosts".to_owned(), hosts(page, urls).await);
    }
    if let Some(questions) = job["questions"].as_array() {
        answer.insert("answers".to_owned(), ask(page, questions).await);
    }
    let console: Vec<Value> =
        page.log("browser").await.into_iter().filter(|entry| entry["level"] == "SEVERE").collect();
    answer.insert("console".to_owned(), Value::Array(console));
    Value::Object(answer)
}

/// Opens files through an input of our own, which hands over real `File`s.
async fn open(page: &Page, files: &[Value]) -> Value {
    page.js(&format!(
        "document.getElementById('{INPUT}')?.remove();\n\
         const input = document.createElement('input');\n\
         input.type = 'file'; input.multiple = true; input.id = input.dataset.testid = '{INPUT}';\n\
         document.body.append(input);"
    ))
    .await;
    let paths: Vec<&str> = files.iter().filter_map(Value::as_str).collect();
    page.type_into(INPUT, &paths.join("\n")).await;
    let mut opened =
        page.api(&format!("clickglass.open([...document.getElementById('{INPUT}').files])")).await;
    page.js(&format!("document.getElementById('{INPUT}').remove();")).await;
    if opened.get("error").is_some() { opened } else { opened["ok"].take() }
}

async fn hosts(page: &Page, urls: &[Value]) -> Value {
    let mut hosts = Vec::with_capacity(urls.len());
    for some in urls.chunks(URLS_AT_A_TIME) {
        let read = page
            .ask(&format!(
                "{}.map((url) => {{ try {{ return new URL(url).hostname; }} catch {{ return null; }} }})",
                json!(some)
            ))
            .await;
        hosts.extend(read.as_array().cloned().unwrap_or_default());
    }
    Value::Array(hosts)
}

/// Every question gets its answer or `{"error": …}` with what a failure carries.
async fn ask(page: &Page, questions: &[Value]) -> Value {
    let mut answers = Vec::with_capacity(questions.len());
    for some in questions.chunks(AT_A_TIME) {
        let asked = page
            .ask(&format!(
                "(async () => {{\n\
                   const answers = [];\n\
                   for (const [method, parameters] of {}) {{\n\
                     try {{ answers.push(await clickglass[method](parameters)); }}\n\
                     catch (error) {{ answers.push({{error: {{kind: error.kind ?? null, message: String(error.message ?? error)}}}}); }}\n\
                   }}\n\
                   return answers;\n\
                 }})()",
                json!(some)
            ))
            .await;
        answers.extend(asked.as_array().cloned().unwrap_or_default());
    }
    Value::Array(answers)
}
