//! A list of indicators against the clicks: text in, who clicked out.

#[path = "../../clicks/tests/common/mod.rs"]
mod common;

use common::{answer, session_of};
use insights::{AskSweep, Sweep};

const CLICKS: &str = "Timestamp,Url,ActionType,AccountUpn,ThreatTypes,NetworkMessageId,IPAddress\n\
2026-04-06T09:00:00Z,https://login.evil.example/a?x=1,ClickAllowed,ana@contoso.com,Phish,11111111-2222-3333-4444-555555555555,203.0.113.7\n\
2026-04-06T09:01:00Z,https://evil.example/,ClickBlocked,bo@contoso.com,Phish,,203.0.113.8\n\
2026-04-06T09:02:00Z,\"https://list.example/a,b;c\",ClickAllowed,bo@contoso.com,,,203.0.113.8\n\
2026-04-06T09:03:00Z,https://fine.example/x,ClickAllowed,cy@contoso.com,,,2001:db8::7\n";

fn swept(text: &str) -> Sweep {
    let mut session = session_of("clicks.csv", CLICKS.as_bytes()).expect("clicks");
    answer(&mut session, &AskSweep { filter: String::new(), text: text.to_owned() }, &[])
}

/// Lines as `kind indicator: clicks people reached`.
fn lines(text: &str) -> Vec<String> {
    let line = |line: &insights::SweepLine| {
        format!(
            "{} {}: {} {} {}",
            line.kind,
            line.indicator.original(),
            line.clicks,
            line.people,
            line.reached
        )
    };
    swept(text).lines.iter().map(line).collect()
}

#[test]
fn host_is_found_with_all_under_it_and_one_nobody_clicked_is_said() {
    assert_eq!(
        lines("evil[.]example\nnobody.example"),
        ["host evil.example: 2 2 1", "host nobody.example: 0 0 0"]
    );
}

#[test]
fn url_is_found_defanged_wrapped_and_without_its_slash() {
    assert_eq!(
        lines("hxxps://login[.]evil[.]example/a?x=1"),
        ["url https://login.evil.example/a?x=1: 1 1 1"]
    );
    assert_eq!(
        lines("https://evil.example:8080"),
        ["host evil.example: 2 2 1"],
        "without a page it is the host"
    );
    let wrapped = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2F&data=05";
    assert_eq!(lines(wrapped).len(), 1);
    assert_eq!(lines(wrapped), ["host evil.example: 2 2 1"]);
}

#[test]
fn list_of_other_kinds_is_told_apart_by_what_words_are() {
    assert_eq!(
        lines(
            "type,value\nip,203.0.113.8;{11111111-2222-3333-4444-555555555555}\nuser \"CY@contoso.com\" 2001:DB8:0::7"
        ),
        [
            "message 11111111-2222-3333-4444-555555555555: 1 1 1",
            "address 203.0.113.8: 2 1 0",
            "user cy@contoso.com: 1 1 0",
            "address 2001:db8::7: 1 1 0",
        ]
    );
    assert_eq!(swept("type,value").not_understood, 2);
}

#[test]
fn url_that_holds_commas_is_one_where_somebody_clicked_it() {
    assert_eq!(lines("https://list.example/a,b;c"), ["url https://list.example/a,b;c: 1 1 0"]);
    assert_eq!(lines("x,https://fine.example/x,phish"), ["url https://fine.example/x: 1 1 0"]);
}

#[test]
fn same_indicator_in_two_spellings_is_one_line() {
    assert_eq!(lines("EVIL.example evil[.]example evil.example.").len(), 1);
    let sweep = swept("evil.example nobody.example");
    assert_eq!((sweep.total, sweep.found), (2, 1));
    assert!(sweep.span.is_some());
}

#[test]
fn door_of_a_line_lets_through_what_it_counts() {
    let sweep = swept("evil.example");
    let mut session = session_of("clicks.csv", CLICKS.as_bytes()).expect("clicks");
    let filter = sweep.lines[0].filter.clone();
    let dashboard = answer(&mut session, &clicks::query::AskDashboard { filter, quick: false }, &[]);
    assert_eq!(dashboard.totals.clicks, sweep.lines[0].clicks);
}

#[test]
fn range_of_addresses_is_found_and_has_its_door() {
    let sweep = swept("203.0.113.0/24 198.51.100.0/24");
    let said: Vec<(&str, u64)> = sweep.lines.iter().map(|line| (line.kind.as_str(), line.clicks)).collect();
    assert_eq!(said, [("range", 3), ("range", 0)]);
    assert!(sweep.lines[0].filter.starts_with("ip="), "{}", sweep.lines[0].filter);
}

#[test]
fn host_inside_a_wrapped_click_is_found_and_a_parent_of_two_indicators_has_both() {
    let csv = "Timestamp,Url,ActionType,AccountUpn\n\
        2026-04-06T09:00:00Z,https://urldefense.com/v3/__https://a.evil.example/x__;!!y$,ClickAllowed,ana@contoso.com\n";
    let mut session = session_of("clicks.csv", csv.as_bytes()).expect("clicks");
    let text = "evil.example a.evil.example other.example".to_owned();
    let sweep: Sweep = answer(&mut session, &AskSweep { filter: String::new(), text }, &[]);
    assert_eq!(sweep.lines.iter().map(|line| line.clicks).collect::<Vec<u64>>(), [1, 1, 0]);
}
