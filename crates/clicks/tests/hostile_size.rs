//! A hundred megabytes that somebody wrote to hurt: each kind is read to its end, or refused, within a gigabyte.
//!
//! Takes minutes, so it is run by `cargo xtask fuzz` alone. The peak is that of the whole process, as Linux counts it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use clicks::import::Loader;

const SIZE: usize = 100_000_000;
const MOST_MEMORY: u64 = 1 << 30;
/// No work on so few bytes may look endless. A hundred megabytes of an honest export take two seconds here.
const LONGEST: Duration = Duration::from_secs(120);

/// What one input is made of: something before, then numbered pieces, then something after.
type Piece = fn(&mut String, u64);

const CSV: &str = "Timestamp,Url,ActionType,AccountUpn,NetworkMessageId,IPAddress,Subject,ReportId\n";

fn unique_clicks(out: &mut String, n: u64) {
    added(writeln!(
        out,
        "2026-05-04T09:{:02}:{:02}Z,https://h{n}.example/{n:x}?{},ClickBlocked,u{n}@c{n}.example,{n},2001:db8::{:x}:{:x},Subject {n},{n}",
        n / 60 % 60,
        n % 60,
        n.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        n >> 16 & 0xffff,
        n & 0xffff
    ));
}

fn json_click(out: &mut String, n: u64) {
    added(write!(
        out,
        r#"{{"Timestamp":"2026-05-04T09:12:33Z","Url":"https://a.example/{n}","ActionType":"w{n}","AccountUpn":"u{n}@a.example","k{n}":"{n}"}}"#
    ));
}

const KINDS: &[(&str, &str, Piece, &str)] = &[
    ("clicks of which nothing repeats", CSV, unique_clicks, ""),
    (
        "a cell without an end",
        "Timestamp,Url,ActionType,AccountUpn\n2026-05-04T09:12:33Z,\"",
        |out, _| out.push('a'),
        "",
    ),
    (
        "quotes without an end on every line",
        CSV,
        |out, n| added(writeln!(out, "2026-05-04T09:12:33Z,\"https://a.example/{n},x")),
        "",
    ),
    (
        "rows that are all refused",
        CSV,
        |out, n| added(writeln!(out, "noon,https://a.example/{n},ClickBlocked,u@a.example,,,,{n}")),
        "",
    ),
    ("one separator a byte", CSV, |out, _| out.push(','), ""),
    ("line ends alone", CSV, |out, _| out.push('\n'), ""),
    ("blanks alone", "", |out, _| out.push(' '), ""),
    ("a header without an end", "Url,Timestamp,", |out, n| added(write!(out, "c{n},")), "\n"),
    (
        "words of actions that never repeat",
        CSV,
        |out, n| added(writeln!(out, "2026-05-04T09:12:33Z,https://a.example/,w{n},u@a.example,,,s,{n}")),
        "",
    ),
    (
        "keys that never repeat",
        "",
        |out, n| {
            json_click(out, n);
            out.push('\n');
        },
        "",
    ),
    (
        "an array of clicks",
        "[",
        |out, n| {
            json_click(out, n);
            out.push(',');
        },
        "{}]",
    ),
    ("brackets without an end", "", |out, _| out.push('['), ""),
    ("objects one in the other", "", |out, _| out.push_str("{\"a\":"), ""),
    ("one object of all keys", "{", |out, n| added(write!(out, "\"k{n}\":{n},")), "\"z\":0}"),
    (
        "one document of unknown objects",
        "{\"d\":[",
        |out, n| added(write!(out, "{{\"url\":\"https://a.example/{n}\",\"t\":\"2026-05-04T09:12:33Z\"}},")),
        "{}]}",
    ),
    (
        "texts that hold objects",
        "",
        |out, n| {
            added(writeln!(
                out,
                r#"{{"m":"{{\"Url\":\"https://a.example/{n}\",\"Timestamp\":\"2026-05-04T09:12:33Z\",\"ActionType\":\"ClickBlocked\",\"AccountUpn\":\"u@a.example\"}}"}}"#
            ));
        },
        "",
    ),
    ("escapes alone", "{\"Url\":\"", |out, _| out.push_str("\\u0041"), "\"}"),
    (
        "messages of many recipients",
        "[",
        |out, n| {
            added(write!(
                out,
                r#"{{"NetworkMessageId":"{n}","Subject":"s{n}","RecipientEmailAddress":"r@a.example","SenderFromAddress":"s@a.example","Timestamp":"2026-05-04T09:12:33Z"}},"#
            ));
        },
        "{}]",
    ),
    (
        "sign-ins",
        "[",
        |out, n| {
            added(write!(
                out,
                r#"{{"userPrincipalName":"u{n}@a.example","ipAddress":"203.0.113.7","createdDateTime":"2026-05-04T09:12:33Z","deviceDetail":{{"operatingSystem":"w{n}"}},"status":{{"errorCode":0}},"appDisplayName":"x"}},"#
            ));
        },
        "{}]",
    ),
    ("people", "UserPrincipalName,Department\n", |out, n| added(writeln!(out, "u{n}@a.example,d{n}")), ""),
    (
        "lines of an appliance",
        "",
        |out, n| {
            added(writeln!(
                out,
                "CEF:0|Trend Micro|Email|1|{n}|click|3|rt=May 04 2026 09:12:33 request=https://a.example/{n} suser=u{n}@a.example k{n}=v"
            ));
        },
        "",
    ),
    (
        "cells of the audit log",
        "CreationDate,UserIds,AuditData\n",
        |out, n| {
            added(writeln!(
                out,
                r#"2026-05-04T09:12:33Z,u,"{{""Id"":""{n}"",""Operation"":""TIUrlClickData"",""RecordType"":41,""UserId"":""u{n}@a.example"",""Url"":""https://a.example/{n}"",""TimeOfClick"":""2026-05-04T09:12:33"",""UrlClickAction"":{n}}}""#
            ));
        },
        "",
    ),
];

/// Texts have room.
fn added(written: std::fmt::Result) {
    written.expect("room in a text");
}

#[test]
#[ignore = "minutes long: cargo xtask fuzz"]
fn hundred_megabytes_of_any_kind_take_less_than_a_gigabyte() {
    if peak().is_none() {
        println!("skipped: only Linux says how much memory a process took at most");
        return;
    }
    let mut found = Vec::new();
    for (name, before, piece, after) in KINDS {
        let read = read(before, *piece, after);
        println!("{:>5} MB {:>7.1} s  {name}: {}", read.peak >> 20, read.took.as_secs_f64(), read.said);
        if read.peak > MOST_MEMORY || read.took > LONGEST {
            found.push(*name);
        }
    }
    assert!(found.is_empty(), "too much memory or time for: {}", found.join("; "));
}

struct Read {
    peak: u64,
    took: Duration,
    said: String,
}

fn read(before: &str, piece: Piece, after: &str) -> Read {
    forget_peak();
    let mut loader = Loader::with_key(7);
    let mut took = Duration::ZERO;
    loader.start_file("hostile", SIZE as u64);
    let (mut text, mut given, mut n) = (before.to_owned(), 0, 0);
    while given < SIZE {
        while text.len() < 1 << 18 {
            piece(&mut text, n);
            n += 1;
        }
        given += text.len();
        let started = Instant::now();
        loader.push(text.as_bytes());
        took += started.elapsed();
        text.clear();
        if loader.is_refused() || took > LONGEST {
            break;
        }
    }
    let started = Instant::now();
    loader.push(after.as_bytes());
    let said = match loader.end_file() {
        Ok(report) => format!("{} records, {} refused", report.records, report.refused),
        Err(failure) => failure.message.original().chars().take(80).collect(),
    };
    let rows = loader.finish().data.len();
    took += started.elapsed();
    Read { peak: peak().unwrap_or_default(), took, said: format!("{rows} clicks; {said}") }
}

/// The most memory that the process has had, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? << 10)
}

/// From here on the peak is that of what comes.
fn forget_peak() {
    // Where it is not allowed the peaks of what was read before stay, and the test is harder.
    std::fs::write("/proc/self/clear_refs", "5").ok();
}
