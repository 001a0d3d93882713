//! Queries to take back into Defender: the guide has them word for word, what they give is read here, and a view as a query
//! judges a row as the engine does.

#[path = "../../clicks/tests/common/mod.rs"]
mod common;

use std::fmt::Write as _;

use clicks::query::{AskRows, AskTrust, Filter, Key, RowsAnswer, RowsParams, Trust};
use clicks::session::Session;
use common::{answer, session_in, session_of};
use insights::kql::{READY, of_filter, sign_ins_around, sign_ins_around_in_sentinel};

const GUIDE: &str = include_str!("../../../docs/kql.md");

#[test]
fn guide_has_every_ready_query_word_for_word() {
    for ready in READY {
        assert!(
            GUIDE.contains(&format!("```kusto\n{}\n```\n", ready.text)),
            "{}:\n{}",
            ready.title,
            ready.text
        );
        assert!(GUIDE.contains(&format!("### {}\n", ready.title)), "{}", ready.title);
    }
}

#[test]
fn guide_has_a_line_for_every_key_of_a_filter() {
    for key in Key::all() {
        let name = format!("`{}`", key.name());
        assert!(GUIDE.lines().any(|line| line.starts_with("| ") && line.contains(&name)), "{name}");
    }
}

/// What a query gives for one click, as the portal exports it: the columns of its last `project`.
fn export(query: &str) -> String {
    let (_, columns) = query.rsplit_once("| project ").expect("columns");
    let columns = columns.split("\n|").next().unwrap_or_default();
    let columns: Vec<&str> = columns.split(',').map(str::trim).collect();
    let cells: Vec<String> =
        columns.iter().map(|column| format!("\"{}\"", cell(column).replace('"', "\"\""))).collect();
    format!("{}\r\n{}\r\n", columns.join(","), cells.join(","))
}

fn cell(column: &str) -> &'static str {
    match column {
        "Timestamp" | "TimeGenerated" | "Clicked" => "2026-05-04T09:12:33Z",
        "Url" => "https://evil.example/a",
        "ActionType" => "ClickAllowed",
        "AccountUpn" | "UserPrincipalName" | "RecipientEmailAddress" => "ana@contoso.com",
        "Workload" => "Email",
        "NetworkMessageId" | "ReportId" => "b1805299-1a63-4c53-fe55-08dc022fc6cc",
        "ThreatTypes" => "Phish",
        "IPAddress" => "203.0.113.7",
        "IsClickedThrough" | "ErrorCode" | "ResultType" => "0",
        "Subject" => "Invoice",
        "SenderFromAddress" => "mallory@evil.example",
        "DeliveryAction" => "Delivered",
        "LatestDeliveryLocation" => "Inbox/folder",
        "OSPlatform" => "Windows 10",
        "DeviceDetail" => "{\"operatingSystem\":\"Windows 10\"}",
        "DetectionMethods"
        | "UrlChain"
        | "Country"
        | "City"
        | "Location"
        | "Application"
        | "AppDisplayName"
        | "LogonType"
        | "Browser"
        | "UserAgent"
        | "SessionId"
        | "RiskLevelAggregated"
        | "RiskLevelDuringSignIn" => "",
        other => panic!("no cell for {other}"),
    }
}

fn open(exports: &[String]) -> Session {
    let files: Vec<(&str, &[u8])> = exports.iter().map(|text| ("export.csv", text.as_bytes())).collect();
    session_in(Box::new(|_, _, _| None), &files).expect("clicks")
}

fn kinds(session: &mut Session) -> Vec<String> {
    let trust: Trust = answer(session, &AskTrust {}, &[]);
    trust.files.into_iter().map(|file| file.kind).collect()
}

fn rows(session: &mut Session, columns: &[&str]) -> Vec<Vec<String>> {
    let params = RowsParams {
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        order_by: vec!["time".to_owned()],
        limit: Some(1_000),
        ..RowsParams::default()
    };
    let rows: RowsAnswer = answer(session, &AskRows(params), &[]);
    let text = |cell: serde_json::Value| cell.as_str().unwrap_or_default().to_owned();
    rows.rows.into_iter().map(|cells| cells.into_iter().map(text).collect()).collect()
}

#[test]
fn ready_queries_opened_together_are_one_click_with_all_that_is_known_of_it() {
    let exports: Vec<String> = READY.iter().map(|ready| export(ready.text)).collect();
    let mut session = open(&exports);
    assert_eq!(
        kinds(&mut session),
        ["hunting-csv", "hunting-csv", "email-events", "hunting-csv", "sign-ins-hunting"]
    );
    let told =
        rows(&mut session, &["user", "verdict", "action", "source", "ip", "subject", "sender", "device"]);
    assert_eq!(
        told,
        [[
            "ana@contoso.com",
            "Malicious",
            "Allowed",
            "Email",
            "203.0.113.7",
            "Invoice",
            "mallory@evil.example",
            "Desktop, Windows 10"
        ]]
    );
}

#[test]
fn messages_of_clicked_links_beside_plain_clicks_give_subject_and_sender() {
    let mut session = open(&[export(READY[0].text), export(READY[2].text)]);
    assert_eq!(rows(&mut session, &["subject", "sender"]), [["Invoice", "mallory@evil.example"]]);
}

#[test]
fn sign_ins_around_clicks_are_read_as_sign_ins() {
    let people = [("ana@contoso.com".to_owned(), 1_777_885_953_000)];
    for (query, kind) in [
        (sign_ins_around(&people, 60), "sign-ins-hunting"),
        (sign_ins_around_in_sentinel(&people, 60), "sign-ins-log-analytics"),
    ] {
        let mut session = open(&[export(READY[0].text), export(&query)]);
        assert_eq!(kinds(&mut session), ["hunting-csv", kind]);
        assert_eq!(rows(&mut session, &["device"]), [["Desktop, Windows 10"]]);
    }
}

/// What stands in quotes in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

/// Whether a word is one of those in quotes in the line of a query that begins so.
fn is_listed(query: &str, begin: &str, word: &str) -> bool {
    let (_, rest) = query.split_once(begin).expect(begin);
    words(rest.lines().next().unwrap_or_default()).any(|listed| listed.eq_ignore_ascii_case(word))
}

/// What the `case` of a column in a query gives for a row.
fn judged(query: &str, column: &str, action: &str, threat: bool, through: bool) -> String {
    let holds = |test: &str| {
        test.split(" and ").all(|part| match part {
            "Through" => through,
            "Threat" => threat,
            part => words(part).any(|word| word.eq_ignore_ascii_case(action)),
        })
    };
    let (_, cases) = query.split_once(&format!("{column} = case(\n")).expect(column);
    for line in cases.lines() {
        match line.trim().rsplit_once(", \"") {
            Some((test, word)) if holds(test) => return word.trim_end_matches("\",").to_owned(),
            Some(_) => {}
            None => return words(line).next().unwrap_or_default().to_owned(),
        }
    }
    panic!("{column} has no last word")
}

#[test]
fn view_as_query_judges_every_kind_of_row_as_the_engine_does() {
    let actions = [
        "ClickAllowed",
        "ClickBlocked",
        "clickblockedbytenantpolicy",
        "UrlErrorPage",
        "UrlScanInProgress",
        "DpapiAccessed",
        "",
    ];
    let mut csv = "Timestamp,Url,ActionType,AccountUpn,Workload,ThreatTypes,IsClickedThrough\n".to_owned();
    let mut cells = Vec::new();
    for action in actions {
        for threat in ["", "NoThreatsFound", "Phish", "Malware, Spam"] {
            for through in ["0", "1", "False", "true", ""] {
                let at = cells.len();
                writeln!(
                    csv,
                    "2026-05-04T{:02}:{:02}:00.5Z,https://a.example/{at},{action},ana@contoso.com,Email,\"{threat}\",{through}",
                    at / 60,
                    at % 60
                )
                .expect("a string");
                cells.push((action, threat, through));
            }
        }
    }
    let query = of_filter(&Filter::parse("reached=yes"), None).text;
    let mut session = session_of("clicks.csv", csv.as_bytes()).expect("clicks");
    let told = rows(&mut session, &["verdict", "action"]);
    assert_eq!(told.len(), cells.len());
    for ((action, threat, through), told) in cells.into_iter().zip(told) {
        let is_through = is_listed(&query, "Through = ", through);
        let is_threat = !is_listed(&query, "Threat = ", threat);
        let asked = ["Verdict", "Action"].map(|column| judged(&query, column, action, is_threat, is_through));
        assert_eq!(told, asked, "{action:?} {threat:?} {through:?}");
    }
}
