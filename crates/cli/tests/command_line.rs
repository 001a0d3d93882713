//! The program as somebody runs it: files in, an answer and an exit code out.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own, which goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("clickglass-cli-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    fn sample(&self) -> PathBuf {
        self.file("clicks.csv", &clicks::sample::sample_csv())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn run(args: &[&str], files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clickglass"))
        .args(args)
        .args(files)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

#[test]
fn report_of_the_sample_has_its_totals() {
    let folder = Folder::new("report");
    let sample = folder.sample();
    let output = run(&["report", "--limit", "2"], &[&sample]);
    assert_eq!(code(&output), 0, "{output:?}");
    let report = json(&output);
    assert_eq!(report["totals"]["clicks"], 4_000);
    assert_eq!(report["rows"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["files"][0]["name"], "clicks.csv");
}

#[test]
fn options_and_the_text_of_a_filter_mean_the_same() {
    let folder = Folder::new("filter");
    let sample = folder.sample();
    let by_text =
        run(&["report", "--filter", "verdict=malicious,blocked&range=30d&user=!ana@contoso.com"], &[&sample]);
    let options =
        ["report", "--verdict", "malicious,blocked", "--range", "30d", "--user", "!ana@contoso.com"];
    let by_options = run(&options, &[&sample]);
    assert_eq!(code(&by_text), 0);
    assert_eq!(text(&by_text), text(&by_options));
    assert_ne!(json(&by_text)["totals"], json(&run(&["report"], &[&sample]))["totals"]);
}

#[test]
fn standard_input_is_a_file_like_any() {
    let folder = Folder::new("stdin");
    let sample = folder.sample();
    let mut child = Command::new(env!("CARGO_BIN_EXE_clickglass"))
        .args(["query", "--group-by", "verdict", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("an input").write_all(&clicks::sample::sample_csv()).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 0);
    assert_eq!(text(&output), text(&run(&["query", "--group-by", "verdict"], &[&sample])));
}

#[test]
fn exit_codes_say_how_it_ended() {
    let folder = Folder::new("codes");
    let sample = folder.sample();
    let no_clicks = folder.file("no-clicks.csv", b"a,b\n1,2\n");
    let missing = folder.0.join("missing.csv");
    for (args, file, wanted) in [
        (&["report"][..], &sample, 0),
        (&["report", "--user", "nobody@nowhere.example"], &sample, 3),
        (&["sweep", "--indicator", "nobody.clicked.this.example"], &sample, 3),
        (&["needs-action"], &sample, 4),
        (&["needs-action", "--verdict", "safe", "--attempt", "safe"], &sample, 3),
        (&["report"], &missing, 1),
        (&["report"], &no_clicks, 1),
        (&["report", "--verdict", "junk"], &sample, 2),
        (&["report", "--user", ""], &sample, 2),
        (&["query", "--group-by", "shoe-size"], &sample, 2),
        (&["report", "--colour", "red"], &sample, 2),
        (&["fly"], &sample, 2),
    ] {
        let output = run(args, &[file]);
        assert_eq!(code(&output), wanted, "{args:?}: {output:?}");
        let is_said = !output.stderr.is_empty();
        assert_eq!(is_said, wanted == 1 || wanted == 2, "{args:?}: {output:?}");
    }
}

#[test]
fn who_was_handled_needs_no_action() {
    let folder = Folder::new("handled");
    let sample = folder.sample();
    let list = json(&run(&["needs-action"], &[&sample]));
    let people: Vec<Value> = list["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| serde_json::json!({"user": entry["user"], "done": ["passwordReset"], "note": ""}))
        .collect();
    let handled = serde_json::json!({"clickglass": "handled", "version": 1, "people": people}).to_string();
    let handled = folder.file("handled.json", handled.as_bytes());
    let output =
        run(&["needs-action", "-f", "table", "--handled", handled.to_str().expect("a path")], &[&sample]);
    assert_eq!(code(&output), 0, "{output:?}");
    assert!(text(&output).contains("password reset"), "{}", text(&output));
}

#[test]
fn sweep_says_who_clicked_and_what_nobody_did() {
    let folder = Folder::new("sweep");
    let sample = folder.sample();
    let hosts =
        json(&run(&["query", "--group-by", "host", "--order-by", "-clicks", "--limit", "1"], &[&sample]));
    let host = hosts["rows"][0][0].as_str().expect("a host").to_owned();
    let list =
        folder.file("iocs.txt", format!("{}\nnobody[.]example\n", host.replace('.', "[.]")).as_bytes());
    let output = run(&["sweep", "--indicators", list.to_str().expect("a path")], &[&sample]);
    assert_eq!(code(&output), 0, "{output:?}");
    let sweep = json(&output);
    assert_eq!((&sweep["total"], &sweep["found"]), (&2.into(), &1.into()));
    assert_eq!(sweep["lines"][0]["clicks"], hosts["rows"][0][1]);
}

#[test]
fn folders_are_tenants_where_they_are_said_to_be() {
    let folder = Folder::new("tenants");
    folder.file("all/contoso/a.csv", &clicks::sample::sample_csv());
    folder.file("all/fabrikam/2026/b.csv", &clicks::sample::sample_csv());
    folder.file("all/.hidden/c.csv", &clicks::sample::sample_csv());
    let all = folder.0.join("all");
    // Together the second is a copy of the first.
    assert_eq!(json(&run(&["report"], &[&all]))["totals"]["clicks"], 4_000);
    let output = run(&["report", "--tenant-from-path"], &[&all]);
    assert_eq!(code(&output), 0, "{output:?}");
    let answers = json(&output);
    let told: Vec<(&str, u64)> = answers
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            (one["tenant"].as_str().expect("a name"), one["answer"]["totals"]["clicks"].as_u64().unwrap_or(0))
        })
        .collect();
    assert_eq!(told, [("contoso", 4_000), ("fabrikam", 4_000)]);
    let csv = text(&run(&["top-users", "--tenant-from-path", "-f", "csv"], &[&all]));
    assert!(csv.starts_with("\u{feff}tenant,user,"), "{csv}");
    // One that cannot be read is said, and the others are answered.
    folder.file("all/broken/x.csv", b"a,b\n1,2\n");
    let output = run(&["report", "--tenant-from-path"], &[&all]);
    assert_eq!(code(&output), 1, "{output:?}");
    assert!(json(&output)[0]["error"].is_string(), "{}", text(&output));
    assert_eq!(json(&output)[1]["answer"]["totals"]["clicks"], 4_000);
}

#[test]
fn export_is_that_of_the_page() {
    let folder = Folder::new("export");
    let sample = folder.sample();
    let out = folder.0.join("out.csv");
    let output = run(&["export", "--verdict", "malicious", "-o", out.to_str().expect("a path")], &[&sample]);
    assert_eq!(code(&output), 0, "{output:?}");
    let csv = std::fs::read_to_string(&out).expect("a file");
    assert!(
        csv.starts_with('\u{feff}') && csv.contains("hxxps://") && !csv.contains("https://"),
        "{csv:.400}"
    );
    let lines = csv.lines().count() as u64 - 1;
    assert_eq!(json(&run(&["report", "--verdict", "malicious"], &[&sample]))["totals"]["clicks"], lines);
    assert_eq!(text(&run(&["export", "--verdict", "malicious"], &[&sample])), csv);
    let raw = text(&run(&["export", "--raw", "--verdict", "malicious", "-f", "json"], &[&sample]));
    assert!(raw.contains("https://"), "{raw:.400}");
}

#[test]
fn nothing_of_an_export_reaches_a_terminal_as_it_is() {
    let folder = Folder::new("hostile");
    let csv = "Timestamp,AccountUpn,ActionType,Url,IPAddress,Workload,ThreatTypes\n\
        2026-03-01T08:00:00Z,\u{1b}]0;owned\u{7}ana@contoso.com,ClickAllowed,https://evil.example/\u{1b}[2J\u{202e}fdp,192.0.2.1,Email,Phish\n\
        2026-03-01T08:01:00Z,=cmd@contoso.com,ClickAllowed,https://evil.example/\u{9b}31m,192.0.2.1,Email,Phish\n";
    let hostile = folder.file("\u{1b}[31mclicks.csv", csv.as_bytes());
    for command in ["report", "top-urls", "top-users", "needs-action", "inspect"] {
        for form in ["table", "csv"] {
            let output = run(&[command, "-f", form], &[&hostile]);
            let written = text(&output) + &String::from_utf8_lossy(&output.stderr);
            let is_odd = |c: char| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}';
            assert!(!written.contains(is_odd), "{command} {form}: {written:?}");
            assert!(!written.contains("https://evil"), "{command} {form}: {written}");
            assert!(form == "table" || !written.contains(",=cmd"), "{command}: {written}");
        }
    }
}

#[test]
fn inspect_says_what_a_file_was_taken_for_and_why() {
    let folder = Folder::new("inspect");
    let sample = folder.sample();
    let other = folder.file("notes.txt", b"nothing to see");
    let opened = json(&run(&["inspect"], &[&sample, &other]));
    assert_eq!(opened["rows"], 4_000);
    assert_eq!(opened["files"][0]["kind"], "hunting-csv");
    assert_eq!(opened["files"][1]["rows"], 0);
    assert!(opened["files"][1]["why"].as_str().is_some_and(|why| !why.is_empty()));
}

#[test]
fn zones_are_those_of_a_browser() {
    let folder = Folder::new("zones");
    let csv = "Timestamp,AccountUpn,ActionType,Url,IPAddress,Workload\n\
        2026-03-29T00:30:00Z,ana@contoso.com,ClickAllowed,https://a.example/,192.0.2.1,Email\n\
        2026-03-29T01:30:00Z,ana@contoso.com,ClickAllowed,https://a.example/,192.0.2.1,Email\n";
    let file = folder.file("clicks.csv", csv.as_bytes());
    let hours = json(&run(&["query", "--group-by", "hour", "--tz", "europe/berlin"], &[&file]));
    let of = |place: usize| hours["rows"][place][0].to_string();
    // The clock goes from two to three between them.
    assert!(of(0).contains('1') && of(1).contains('3'), "{hours}");
    assert_eq!(code(&run(&["report", "--tz", "Moon/Base"], &[&file])), 2);
}

#[test]
fn completions_and_man_page_are_written() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(text(&run(&["completions", shell], &[])).contains("needs-action"), "{shell}");
    }
    assert!(text(&run(&["man"], &[])).contains(".TH clickglass"));
}
