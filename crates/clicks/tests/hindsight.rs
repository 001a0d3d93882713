//! What all clicks together say: files in, campaigns and outcomes of attempts out.

mod common;

use std::fmt::Write as _;

use clicks::query::{AskQuery, QueryParams};
use common::{answer, session_in, session_of};
use serde_json::Value;

const HEAD: &str =
    "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,ThreatTypes,IsClickedThrough,ReportId\n";

/// Lines of an export: time of 6 April 2026, user, URL, what happened (`allowed`, `blocked`, `phish` for allowed and
/// malicious, `through`), message, and report where it is shared.
fn export(lines: &[(&str, &str, &str, &str, u32)]) -> Vec<u8> {
    let mut csv = HEAD.to_owned();
    for (at, (time, user, url, what, message)) in lines.iter().enumerate() {
        let (action, threat, through) = match *what {
            "allowed" => ("ClickAllowed", "", 0),
            "blocked" => ("ClickBlocked", "Phish", 0),
            "phish" => ("ClickAllowed", "Phish", 0),
            "through" => ("ClickBlocked", "Phish", 1),
            "listed" => ("ClickBlockedByTenantPolicy", "", 0),
            other => (other, "", 0),
        };
        let message =
            if *message == 0 { String::new() } else { format!("{message:08x}-1111-4222-8333-444455556666") };
        let day = if time.len() > 8 { String::new() } else { "2026-04-06T".to_owned() };
        writeln!(
            csv,
            "{day}{time}Z,{url},{action},{user}@contoso.com,Email,{message},{threat},{through},{at:08x}-2222-4222-8333-444455556666"
        )
        .expect("a string");
    }
    csv.into_bytes()
}

/// Groups with the measures asked for, as `name n n`.
fn table(bytes: &[u8], group: &str, measures: &[&str], filter: &str) -> Vec<String> {
    let mut session = session_of("clicks.csv", bytes).expect("clicks");
    table_in(&mut session, bytes, group, measures, filter)
}

fn table_in(
    session: &mut clicks::session::Session,
    bytes: &[u8],
    group: &str,
    measures: &[&str],
    filter: &str,
) -> Vec<String> {
    let params = QueryParams {
        filter: filter.to_owned(),
        group_by: vec![group.to_owned()],
        measures: measures.iter().map(|m| (*m).to_owned()).collect(),
        order_by: vec![group.to_owned()],
        ..QueryParams::default()
    };
    let table = answer(session, &AskQuery { queries: vec![params] }, &[bytes]).remove(0);
    let cell = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
    table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<String>>().join(" ")).collect()
}

#[test]
fn links_made_for_each_recipient_are_one_campaign_by_people() {
    let bytes = export(&[
        ("09:00:00", "ana", "https://evil.example/r/a8f3c2?e=1", "allowed", 1),
        ("09:04:00", "bo", "https://evil.example/r/b7d9e1?e=2", "allowed", 2),
        ("09:10:00", "cy", "https://evil.example/r/c1c2c3?e=3", "blocked", 3),
        ("09:11:00", "cy", "https://evil.example/r/c1c2c3?e=3", "blocked", 3),
        ("10:00:00", "di", "https://fine.example/r/a8f3c2?e=1", "allowed", 4),
    ]);
    assert_eq!(table(&bytes, "campaign", &["people", "clicks"], ""), ["evil.example 3 4", "null 1 1"]);
    assert_eq!(
        table(&bytes, "user", &["clicks"], "campaign=evil.example&attempt=exposed"),
        ["ana@contoso.com 1", "bo@contoso.com 1"]
    );
}

#[test]
fn clicks_before_and_after_the_verdict_are_told_apart() {
    let bytes = export(&[
        ("09:00:00", "ana", "https://evil.example/login", "allowed", 0),
        ("09:10:00", "bo", "https://evil.example/login", "blocked", 0),
        ("09:20:00", "bo", "https://evil.example/login", "through", 0),
        ("09:30:00", "cy", "https://evil.example/login", "phish", 0),
        // The service looked again and let it through: that is its decision.
        ("11:00:00", "di", "https://evil.example/login", "allowed", 0),
        ("12:00:00", "di", "https://fine.example/", "allowed", 0),
        ("12:01:00", "di", "https://fine.example/", "UrlErrorPage", 0),
    ]);
    assert_eq!(
        table(&bytes, "attempt", &["clicks"], ""),
        ["overridden 1", "reached 1", "exposed 1", "stopped 1", "waiting 1", "safe 2"]
    );
}

#[test]
fn block_and_override_of_one_report_are_one_attempt_past_a_warning() {
    let mut csv = HEAD.to_owned();
    let report = "aaaaaaaa-2222-4222-8333-444455556666";
    for (time, through) in [("09:00:00", 0), ("09:00:07", 1)] {
        writeln!(
            csv,
            "2026-04-06T{time}Z,https://evil.example/,ClickBlocked,ana@contoso.com,Email,,Phish,{through},{report}"
        )
        .expect("a string");
    }
    let bytes = csv.into_bytes();
    assert_eq!(table(&bytes, "attempt", &["clicks", "attempts"], ""), ["overridden 2 1"]);
}

#[test]
fn forms_on_a_platform_of_everybody_say_nothing_of_each_other() {
    let bytes = export(&[
        ("08:00:00", "ana", "https://docs.google.com/forms/d/e/1FAIpQLSa1b2/viewform", "allowed", 0),
        ("08:10:00", "bo", "https://docs.google.com/forms/d/e/1FAIpQLSc3d4/viewform", "blocked", 0),
        ("07:00:00", "cy", "https://docs.google.com/forms/d/e/1FAIpQLSc3d4/viewform", "allowed", 0),
    ]);
    assert_eq!(table(&bytes, "user", &["clicks"], "attempt=exposed"), ["cy@contoso.com 1"]);
    assert_eq!(table(&bytes, "campaign", &["clicks"], ""), ["google.com 2", "null 1"]);
}

#[test]
fn site_that_was_used_long_before_it_was_bad_is_not_all_bad() {
    let bytes = export(&[
        ("2026-03-01T08:00:00", "ana", "https://partner.example/news/today", "allowed", 0),
        ("2026-04-06T08:00:00", "bo", "https://partner.example/x/login.php", "blocked", 0),
    ]);
    assert_eq!(table(&bytes, "attempt", &["clicks"], ""), ["stopped 1", "safe 1"]);
}

#[test]
fn page_in_use_that_a_policy_forbids_later_is_no_campaign() {
    let bytes = export(&[
        ("2026-03-01T08:00:00", "ana", "https://chess.example/play", "allowed", 0),
        ("2026-04-05T08:00:00", "ana", "https://chess.example/play", "allowed", 0),
        ("2026-04-06T08:00:00", "bo", "https://chess.example/play", "listed", 0),
    ]);
    assert_eq!(table(&bytes, "attempt", &["clicks"], ""), ["stopped 1", "safe 2"]);
    assert_eq!(table(&bytes, "campaign", &["clicks"], ""), ["null 3"]);
}

#[test]
fn clicks_weeks_before_the_verdict_are_no_exposure() {
    let bytes = export(&[
        ("2026-03-01T08:00:00", "ana", "https://partner.example/x", "allowed", 0),
        ("2026-04-05T08:00:00", "bo", "https://partner.example/x", "allowed", 0),
        ("2026-04-06T08:00:00", "cy", "https://partner.example/x", "blocked", 0),
    ]);
    assert_eq!(table(&bytes, "user", &["clicks"], "attempt=exposed"), ["bo@contoso.com 1"]);
}

#[test]
fn domain_that_is_mostly_let_through_since_is_not_all_bad() {
    let bytes = export(&[
        ("08:00:00", "ana", "https://news.example/a", "allowed", 0),
        ("08:10:00", "bo", "https://news.example/ad/9", "blocked", 0),
        ("08:20:00", "cy", "https://news.example/b", "allowed", 0),
        ("08:30:00", "di", "https://news.example/c", "allowed", 0),
    ]);
    assert_eq!(table(&bytes, "attempt", &["clicks"], ""), ["stopped 1", "safe 3"]);
}

#[test]
fn bad_links_of_one_message_are_one_campaign_and_its_other_links_none() {
    let bytes = export(&[
        ("09:00:00", "ana", "https://one.example/a", "blocked", 7),
        ("09:01:00", "ana", "https://two.example/b", "blocked", 7),
        ("09:02:00", "ana", "https://privacy.microsoft.com/", "allowed", 7),
        ("09:03:00", "bo", "https://two.example/b", "blocked", 8),
    ]);
    assert_eq!(table(&bytes, "campaign", &["people", "clicks"], ""), ["two.example 2 3", "null 1 1"]);
}

#[test]
fn message_with_links_of_many_campaigns_joins_few_of_them() {
    let lines: Vec<(String, String)> =
        (0..30).map(|n| (format!("09:00:{n:02}"), format!("https://evil{n}.example/"))).collect();
    let lines: Vec<(&str, &str, &str, &str, u32)> =
        lines.iter().map(|(time, url)| (time.as_str(), "soc", url.as_str(), "blocked", 9)).collect();
    assert!(table(&export(&lines), "campaign", &["clicks"], "").len() > 20);
}

#[test]
fn wildcard_subdomains_of_a_new_domain_are_one_campaign() {
    let bytes = export(&[
        ("09:00:00", "ana", "https://a1b2.evil.example/", "allowed", 0),
        ("09:01:00", "bo", "https://c3d4.evil.example/x", "blocked", 0),
        ("09:02:00", "cy", "https://e5f6.evil.example/y", "blocked", 0),
    ]);
    assert_eq!(table(&bytes, "campaign", &["people"], ""), ["evil.example 3"]);
    assert_eq!(table(&bytes, "user", &["clicks"], "attempt=exposed"), ["ana@contoso.com 1"]);
}

#[test]
fn alert_of_a_later_verdict_shows_who_was_let_through_before() {
    let clicks = export(&[("09:00:00", "ana", "https://evil.example/login", "allowed", 0)]);
    let alert = br#"{"CreationTime":"2026-04-07T08:00:00","Operation":"AlertEntityGenerated","RecordType":40,"AlertId":"a1","AlertEntityId":"https://evil.example/login","Name":"A user clicked through to a potentially malicious URL"}"#;
    let files: [(&str, &[u8]); 2] = [("clicks.csv", &clicks), ("alerts.jsonl", alert)];
    let mut session = session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    assert_eq!(table_in(&mut session, &clicks, "attempt", &["clicks"], ""), ["exposed 1"]);
}

#[test]
fn campaign_that_nobody_is_in_is_an_empty_view() {
    let bytes = export(&[("09:00:00", "ana", "https://fine.example/", "allowed", 0)]);
    assert!(table(&bytes, "user", &["clicks"], "campaign=evil.example").is_empty());
    assert_eq!(table(&bytes, "campaign", &["clicks"], "campaign=!evil.example"), ["null 1"]);
}

#[test]
fn wrapped_and_defanged_twins_of_a_link_are_one() {
    let wrapped =
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Flogin&data=05";
    let bytes = export(&[
        ("09:00:00", "ana", wrapped, "allowed", 0),
        ("09:05:00", "bo", "hxxps://evil[.]example/login", "allowed", 0),
        ("09:10:00", "cy", "https://evil.example/login", "blocked", 0),
    ]);
    assert_eq!(table(&bytes, "campaign", &["people", "exposed"], ""), ["evil.example 3 2"]);
}

#[test]
fn link_of_a_simulation_is_no_campaign_and_nobody_is_exposed() {
    let bytes = export(&[
        ("09:00:00", "ana", "https://www.bankmenia.com/x", "phish", 0),
        ("09:05:00", "bo", "https://www.bankmenia.com/x", "allowed", 0),
    ]);
    assert_eq!(table(&bytes, "attempt", &["clicks", "reachedBad"], ""), ["simulation 2 0"]);
    assert_eq!(table(&bytes, "campaign", &["clicks"], ""), ["null 2"]);
}

#[test]
fn one_bad_click_at_the_end_makes_no_site_and_no_form_bad() {
    let mut lines: Vec<(String, String, &str)> = (0..40)
        .map(|n| (format!("09:{n:02}:00"), format!("https://news.example/article/{}", 70_000 + n), "allowed"))
        .collect();
    lines.push(("10:00:00".to_owned(), "https://news.example/article/99999".to_owned(), "blocked"));
    let lines: Vec<(&str, &str, &str, &str, u32)> =
        lines.iter().map(|(time, url, what)| (time.as_str(), "ana", url.as_str(), *what, 0)).collect();
    assert_eq!(table(&export(&lines), "attempt", &["clicks"], ""), ["stopped 1", "safe 40"]);
}

#[test]
fn page_of_a_block_list_is_a_campaign_and_exposes_nobody() {
    let bytes = export(&[
        ("08:00:00", "ana", "https://chess.example/play", "allowed", 0),
        ("09:00:00", "bo", "https://chess.example/play", "listed", 0),
        ("09:30:00", "bo", "https://chess.example/other", "listed", 0),
    ]);
    assert_eq!(table(&bytes, "attempt", &["clicks"], ""), ["stopped 2", "safe 1"]);
    assert!(table(&bytes, "campaign", &["clicks"], "").len() >= 2);
}

#[test]
fn links_that_a_scanner_hides_are_not_one_domain() {
    let bytes = export(&[
        ("08:00:00", "ana", "https://protect-us.mimecast.com/s/a1B2c3D4e5?domain=fine.example", "allowed", 0),
        ("08:10:00", "bo", "https://protect-us.mimecast.com/s/f6G7h8I9j0?domain=evil.example", "blocked", 0),
        ("08:20:00", "cy", "https://protect-us.mimecast.com/s/k1L2m3N4o5?domain=evil.example", "blocked", 0),
    ]);
    assert_eq!(table(&bytes, "user", &["clicks"], "attempt=exposed"), Vec::<String>::new());
    assert_eq!(table(&bytes, "campaign", &["clicks"], "").len(), 3, "each is one of its own");
}

#[test]
fn page_of_the_tenant_itself_says_nothing_of_its_domain() {
    let bytes = export(&[
        ("08:00:00", "ana", "https://www.contoso.com/news", "allowed", 0),
        ("08:10:00", "bo", "https://www.contoso.com/x", "blocked", 0),
        ("08:20:00", "cy", "https://www.contoso.com/y", "blocked", 0),
    ]);
    assert_eq!(table(&bytes, "attempt", &["clicks"], ""), ["stopped 2", "safe 1"]);
}

#[test]
fn link_let_through_after_others_like_it_were_stopped_is_missed_and_not_early() {
    let bytes = export(&[
        ("09:00:00", "ana", "https://evil.example/r/a8f3c2", "blocked", 0),
        ("09:10:00", "bo", "https://evil.example/r/b7d9e1", "blocked", 0),
        ("09:20:00", "cy", "https://evil.example/r/c1c2c3", "allowed", 0),
    ]);
    assert_eq!(
        table(&bytes, "attempt", &["clicks", "reachedBad", "exposed"], ""),
        ["missed 1 1 0", "stopped 2 0 0"]
    );
}

#[test]
fn attempt_that_waited_and_was_let_through_is_let_through() {
    let mut csv = HEAD.to_owned();
    for (time, action) in [("09:00:00", "UrlScanInProgress"), ("09:00:07", "ClickAllowed")] {
        writeln!(
            csv,
            "2026-04-06T{time}Z,https://fine.example/,{action},ana@contoso.com,Email,,,0,aaaaaaaa-2222-4222-8333-444455556666"
        )
        .expect("a string");
    }
    assert_eq!(table(&csv.into_bytes(), "attempt", &["attempts"], ""), ["safe 1"]);
}

#[test]
fn pages_that_a_program_tells_apart_behind_the_hash_are_two() {
    let bytes = export(&[
        ("2026-03-01T09:00:00", "zoe", "https://a.example/", "allowed", 0),
        ("08:20:00", "cy", "https://a.example/#/first", "allowed", 0),
        ("08:30:00", "di", "https://a.example/#/second", "blocked", 0),
        ("08:40:00", "di", "https://b.example/#one", "blocked", 0),
        ("08:10:00", "ed", "https://b.example/#two", "allowed", 0),
    ]);
    assert_eq!(table(&bytes, "user", &["clicks"], "attempt=exposed"), ["ed@contoso.com 1"]);
}
