//! The page and the command line answer alike: one engine, whatever runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use harness::{Browser, Launch, Page, drive, file_url, packed};
use serde_json::Value;

/// The program, where `cargo xtask test` has built it.
fn program() -> PathBuf {
    let built = std::env::var_os("CLICKGLASS_CLI").map(PathBuf::from);
    built.unwrap_or_else(|| harness::workspace().join("target").join("debug").join("clickglass"))
}

/// All files below a folder, but those that say what is in it.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, files);
        } else if !path.extension().is_some_and(|extension| extension == "md" || extension == "py") {
            files.push(path);
        }
    }
}

/// The text of an answer of the page, without how long it took; a failure as its kind.
async fn on_the_page(page: &Page, file: &Path, ask: &str) -> Result<String, String> {
    let bytes = base64::engine::general_purpose::STANDARD.encode(std::fs::read(file).expect("a sample"));
    let name = Value::from(file.file_name().expect("a name").to_string_lossy().into_owned());
    let answer = page
        .api(&format!(
            "await (async () => {{
              const bytes = Uint8Array.from(atob('{bytes}'), (c) => c.charCodeAt(0));
              await clickglass.open([new File([bytes], {name})]);
              return JSON.stringify(await {ask}, (key, value) => key === 'engineMs' ? undefined : value);
            }})()"
        ))
        .await;
    match answer.get("error") {
        Some(error) => Err(error["kind"].as_str().unwrap_or_default().to_owned()),
        None => Ok(answer["ok"].as_str().expect("a text").to_owned()),
    }
}

fn on_the_command_line(file: &Path, args: &[&str]) -> Result<String, Option<i32>> {
    let run = Command::new(program()).args(args).arg(file).stdin(Stdio::null()).output();
    let output = run.expect("cargo build --package clickglass-cli comes first");
    match output.status.code() {
        Some(0 | 3 | 4) => Ok(String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()),
        code => Err(code),
    }
}

#[test]
fn report_of_every_sample_is_that_of_the_command_line_byte_for_byte() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.ask("await clickglass.ready").await;
        let mut files = Vec::new();
        files_below(&harness::workspace().join("tests").join("samples"), &mut files);
        match std::env::var_os("CORPUS") {
            Some(corpus) => files_below(Path::new(&corpus), &mut files),
            None => println!("skipped: CORPUS is not set"),
        }
        let mut alike = 0;
        for file in &files {
            let here = on_the_page(&page, file, "clickglass.report()").await;
            let there = on_the_command_line(file, &["report", "--quiet", "--format", "json"]);
            match (here, there) {
                (Ok(here), Ok(there)) => {
                    assert_eq!(here, there, "{}", file.display());
                    alike += 1;
                }
                (Err(_kind), Err(Some(1))) => {}
                (here, there) => {
                    panic!("{}: {here:?} on the page, {there:?} on the command line", file.display())
                }
            }
        }
        println!("{alike} of {} samples give clicks, and the same report", files.len());
        assert!(alike > 100, "{alike} of {}", files.len());
    });
}

#[test]
fn conclusions_in_a_zone_are_those_of_the_command_line() {
    drive(&Launch::new(Browser::Chromium), async |page| {
        page.open(&file_url(&packed())).await;
        page.ask("await clickglass.ready").await;
        let file = std::env::temp_dir().join(format!("clickglass-alike-{}.csv", std::process::id()));
        std::fs::write(&file, clicks::sample::sample_csv()).expect("a file");
        let filter = "range=30d&tz=Europe/Berlin";
        for (ask, args) in [
            (format!("clickglass.worklist('{filter}')"), vec!["needs-action"]),
            (format!("clickglass.topUrls('{filter}')"), vec!["top-urls"]),
            (format!("clickglass.topUsers('{filter}')"), vec!["top-users"]),
            (
                format!(
                    "clickglass.query({{filter: '{filter}', groupBy: ['day', 'hour', 'automation', 'attempt'], measures: ['clicks', 'people']}})"
                ),
                vec!["query", "--group-by", "day,hour,automation,attempt", "--measures", "clicks,people"],
            ),
            (
                format!(
                    "clickglass.sweep({{filter: '{filter}', text: 'login.microsoftonline.com\\nnobody.example\\n'}})"
                ),
                vec!["sweep", "--indicator", "login.microsoftonline.com", "--indicator", "nobody.example"],
            ),
        ] {
            let here = on_the_page(&page, &file, &ask).await;
            let args = [args.as_slice(), &["--filter", filter, "--format", "json"]].concat();
            assert_eq!(here, on_the_command_line(&file, &args).map_err(|code| format!("{code:?}")), "{ask}");
        }
        std::fs::remove_file(&file).ok();
    });
}
