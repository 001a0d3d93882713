//! Two views side by side: files in, differences out.

#[expect(dead_code, reason = "other tests open one file")]
#[path = "../../clicks/tests/common/mod.rs"]
mod common;

use std::fmt::Write as _;

use clicks::session::Session;
use common::{answer, session_in};
use insights::{AskCompare, Comparison};

const HEAD: &str = "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,ThreatTypes,IPAddress,IsClickedThrough,ReportId\n";

/// One click of a made-up export.
#[derive(Clone)]
struct Click {
    time: String,
    user: String,
    url: &'static str,
    action: &'static str,
    threat: &'static str,
    ip: &'static str,
    through: u8,
    report: usize,
}

/// A click that was let through, at an hour of a day of April 2026.
fn plain(day: usize, hour: usize, user: &str) -> Click {
    Click {
        time: format!("2026-04-{day:02}T{hour:02}:00:00Z"),
        user: format!("{user}@contoso.com"),
        url: "https://fine.example/",
        action: "ClickAllowed",
        threat: "",
        ip: "203.0.113.7",
        through: 0,
        report: 0,
    }
}

fn phish(day: usize, hour: usize, user: &str) -> Click {
    Click { url: "https://evil.example/", threat: "Phish", ..plain(day, hour, user) }
}

fn stopped(day: usize, hour: usize, user: &str) -> Click {
    Click { action: "ClickBlocked", ..phish(day, hour, user) }
}

fn past(day: usize, hour: usize, user: &str) -> Click {
    Click { through: 1, ..stopped(day, hour, user) }
}

fn export(clicks: &[Click]) -> String {
    let mut csv = HEAD.to_owned();
    for (at, c) in (1_001..).zip(clicks) {
        let report = if c.report == 0 { at } else { c.report };
        writeln!(
            csv,
            "{},{},{},{},Email,,{},{},{},{report:08x}-2222-4222-8333-444455556666",
            c.time, c.url, c.action, c.user, c.threat, c.ip, c.through
        )
        .expect("a string");
    }
    csv
}

fn session(files: &[(&str, &str)]) -> Session {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    session_in(Box::new(|_, _, _| None), &files).expect("clicks")
}

fn compare(clicks: &[Click], before: &str, after: &str) -> Comparison {
    let csv = export(clicks);
    let ask = AskCompare { before: before.to_owned(), after: after.to_owned() };
    answer(&mut session(&[("clicks.csv", &csv)]), &ask, &[])
}

/// The numbers as `before | after | change`.
fn told(found: &Comparison) -> Vec<String> {
    let line = |one: &insights::Delta| format!("{} | {} | {}", one.before_said, one.after_said, one.change);
    found.numbers.iter().map(line).collect()
}

/// A list as `name: said`.
fn listed(changes: &[insights::Change]) -> Vec<String> {
    changes.iter().map(|one| format!("{}: {}", one.name.original(), one.said)).collect()
}

/// Four clicks a day from 6 to 25 April, of forty people who click once in each half; of the first half every second one is
/// malicious and stopped, of the second every tenth.
fn two_halves() -> Vec<Click> {
    let one = |n: usize| {
        let (day, hour, user) = (6 + n / 4, 9 + n % 4, format!("user{}", n % 40));
        if n.is_multiple_of(if n < 40 { 2 } else { 10 }) {
            stopped(day, hour, &user)
        } else {
            plain(day, hour, &user)
        }
    };
    (0..80).map(one).collect()
}

#[test]
fn numbers_of_two_halves_say_how_many_and_what_is_not_by_chance() {
    let found = compare(&two_halves(), "to=2026-04-16", "from=2026-04-16");
    assert_eq!(found.before.said, "40 clicks of 40 people in 10 days, 2026-04-06 to 2026-04-15");
    assert_eq!(found.after.said, "40 clicks of 40 people in 10 days, 2026-04-16 to 2026-04-25");
    assert_eq!((found.before.filter.as_str(), found.before.to_ms), ("to=2026-04-16", found.after.from_ms));
    assert_eq!(
        told(&found),
        [
            "40 in 10 days · 4.0 a day (2.9–5.4) | 40 in 10 days · 4.0 a day (2.9–5.4) | no difference beyond chance",
            "40 people in 10 days | 40 people in 10 days | no difference beyond chance",
            "20 of 40 · 50.0 % (35.2–64.8 %) | 4 of 40 · 10.0 % (4.0–23.1 %) | −40.0 points, lower, and not by chance",
            "0 of 40 · 0.0 % (0.0–8.8 %) | 0 of 40 · 0.0 % (0.0–8.8 %) | no difference beyond chance",
            "0 of 20 · 0.0 % (0.0–16.1 %) | 0 of 4 | too few to tell",
            "20 of 20 · 100.0 % (83.9–100.0 %) | 4 of 4 | too few to tell",
            "0 of 40 · 0.0 % (0.0–8.8 %) | 0 of 40 · 0.0 % (0.0–8.8 %) | no difference beyond chance",
        ]
    );
    let malicious = &found.numbers[2];
    assert_eq!((malicious.trend, malicious.worse), (-1, Some(false)));
    assert_eq!((malicious.before, malicious.after), (Some(0.5), Some(0.1)));
    assert_eq!((found.numbers[0].trend, found.numbers[0].worse), (0, None));
    assert!(found.notes.is_empty() && found.new_hosts.is_empty(), "{found:?}");
}

#[test]
fn warning_and_the_way_past_it_are_one_attempt() {
    let mut clicks = Vec::new();
    for n in 0..5 {
        let user = format!("user{n}");
        clicks.push(Click { report: 100 + n, ..stopped(6, 9 + n, &user) });
        clicks.push(Click { report: 200 + n, ..stopped(16, 9 + n, &user) });
        let time = format!("2026-04-16T{:02}:01:00Z", 9 + n);
        clicks.push(Click { report: 200 + n, time, ..past(16, 9 + n, &user) });
    }
    let found = compare(&clicks, "to=2026-04-11", "from=2026-04-11");
    let line = "0 of 5 · 0.0 % (0.0–43.4 %) | 5 of 5 · 100.0 % (56.6–100.0 %) | +100.0 points, higher, and not by chance";
    assert_eq!((told(&found)[3].as_str(), told(&found)[4].as_str()), (line, line));
    assert_eq!(found.numbers[4].worse, Some(true));
    let first = listed(&found.new_offenders).into_iter().next();
    assert_eq!(first.as_deref(), Some("user0@contoso.com: 1 time, 1 click before"));
}

#[test]
fn people_are_new_recovered_or_gone_and_machines_are_nobody() {
    let found = compare(
        &[
            phish(6, 9, "ana"),
            past(6, 10, "bo"),
            phish(6, 11, "cy"),
            plain(6, 12, "di"),
            plain(8, 9, "ana"),
            phish(8, 10, "cy"),
            phish(8, 11, "di"),
            phish(8, 12, "ed"),
            Click { ip: "52.112.103.113", ..phish(8, 13, "fi") },
        ],
        "to=2026-04-08",
        "from=2026-04-08",
    );
    assert_eq!(
        listed(&found.new_offenders),
        ["di@contoso.com: 1 time, 1 click before", "ed@contoso.com: 1 time, 0 clicks before"]
    );
    assert_eq!(listed(&found.recovered), ["ana@contoso.com: 1 time, 1 click after"]);
    assert_eq!((found.new_offenders_total, found.newcomers, found.recovered_total, found.gone), (2, 1, 1, 1));
    assert_eq!((found.after.clicks, found.after.people), (5, 4));
    assert!(
        told(&found)[6].ends_with("0 of 4 | 1 of 5 · 20.0 % (3.6–62.4 %) | too few to tell"),
        "{found:?}"
    );
}

#[test]
fn host_is_new_where_nobody_clicked_it_before_and_it_is_bad() {
    let at = |url: &'static str, click: Click| Click { url, ..click };
    let machine = Click { ip: "52.112.103.113", ..phish(8, 14, "cy") };
    let found = compare(
        &[
            at("https://old.example/", stopped(6, 9, "ana")),
            at("https://turned.example/", plain(6, 10, "bo")),
            at("https://old.example/", stopped(8, 9, "ana")),
            at("https://turned.example/", stopped(8, 10, "bo")),
            at("https://new.example/", stopped(8, 11, "bo")),
            at("https://new.example/", stopped(8, 12, "cy")),
            at("https://calm.example/", plain(8, 13, "ana")),
            at("https://trap.example/", machine),
        ],
        "to=2026-04-08",
        "from=2026-04-08",
    );
    assert_eq!(
        listed(&found.new_hosts),
        ["new.example: 2 people, 2 clicks", "trap.example: 0 people, 1 click"]
    );
    assert_eq!((found.new_hosts_total, found.new_hosts[0].bad), (2, 2));
}

#[test]
fn groups_of_one_period_are_compared_as_periods_are() {
    let clicks = two_halves();
    let users = |from: usize| {
        let names: Vec<String> = (from..from + 20).map(|n| format!("user{n}@contoso.com")).collect();
        format!("user={}", names.join(","))
    };
    let found = compare(&clicks, &users(0), &users(20));
    assert_eq!((found.before.clicks, found.after.clicks), (40, 40));
    assert_eq!((found.before.days, found.after.days), (20.0, 20.0));
    assert!(told(&found)[1].starts_with("20 people in 20 days | 20 people in 20 days"), "{found:?}");
}

#[test]
fn what_stands_against_comparing_is_said() {
    let clicks = two_halves();
    let notes = |before: &str, after: &str| compare(&clicks, before, after).notes;
    assert_eq!(notes("", ""), ["80 clicks are in both."]);
    assert_eq!(notes("", "from=2027-01-01"), ["There is no click after."]);
    let lengths = compare(&clicks, "to=2026-04-08", "from=2026-04-16");
    assert!(lengths.notes[0].starts_with("The periods differ in length, 2 days and 10 days"), "{lengths:?}");
    assert_eq!(lengths.numbers[1].change, "periods of different length");
    let bent = compare(&clicks, "to=2026-04-16&action=blocked", "from=2026-04-16&action=blocked");
    assert!(
        bent.numbers[4].change.starts_with("not counted") && bent.numbers[4].before.is_none(),
        "{bent:?}"
    );
}

#[test]
fn export_that_knows_no_threats_is_no_drop_of_malicious_clicks() {
    let mut old =
        "Timestamp,Url,ActionType,AccountUpn,Workload,IPAddress,IsClickedThrough,ReportId\n".to_owned();
    for n in 0..9 {
        writeln!(
            old,
            "2026-04-06T{n:02}:00:00Z,https://evil.example/,ClickBlocked,u{n}@contoso.com,Email,203.0.113.7,0,{n:08x}-3333-4222-8333-444455556666"
        )
        .expect("a string");
    }
    let new: Vec<Click> = (0..9).map(|n| stopped(8, 9 + n, &format!("u{n}"))).collect();
    let new = export(&new);
    let ask = AskCompare { before: "to=2026-04-08".to_owned(), after: "from=2026-04-08".to_owned() };
    let found: Comparison = answer(&mut session(&[("old.csv", &old), ("new.csv", &new)]), &ask, &[]);
    assert_eq!(told(&found)[2], "0 of 0 | 9 of 9 · 100.0 % (70.1–100.0 %) | too few to tell");
    assert!(found.notes.iter().any(|note| note.contains("different exports")), "{found:?}");
}

#[test]
fn views_with_clicks_in_common_are_shown_and_not_tested() {
    let clicks: Vec<Click> = (1..20).flat_map(|day| [plain(day, 9, "ana"), phish(day, 10, "bo")]).collect();
    let found = compare(&clicks, "", "user=bo@contoso.com");
    assert!(found.notes.iter().any(|note| note.contains("in both")), "{:?}", found.notes);
    assert!(found.numbers.iter().all(|one| one.trend == 0 && one.worse.is_none()), "{:?}", found.numbers);
}
