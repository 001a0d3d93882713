//! The automation lens: files in, classes out.

mod common;

use std::fmt::Write as _;

use clicks::lens::Class;
use clicks::query::{AskDashboard, AskDetail, AskQuery, AskRows, Detail, QueryParams, RowsParams};
use clicks::session::Session;
use common::{answer, session_of};

const HEAD: &str = "Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,ThreatTypes,IPAddress,IsClickedThrough,ReportId\n";

/// One click of a made-up export.
struct Click<'a> {
    time: &'a str,
    url: &'a str,
    action: &'a str,
    user: &'a str,
    message: u32,
    ip: &'a str,
    through: u8,
}

impl Default for Click<'_> {
    fn default() -> Self {
        Click {
            time: "2026-04-06T09:00:00Z",
            url: "https://a.example/",
            action: "ClickAllowed",
            user: "ana@contoso.com",
            message: 1,
            ip: "203.0.113.7",
            through: 0,
        }
    }
}

fn export(clicks: &[Click<'_>]) -> Vec<u8> {
    let mut csv = HEAD.to_owned();
    for (at, c) in clicks.iter().enumerate() {
        let message = match c.message {
            0 => String::new(),
            id => format!("{id:08x}-1111-4222-8333-{id:012x}"),
        };
        writeln!(
            csv,
            "{},{},{},{},Email,{message},,{},{},{at:08x}-2222-4222-8333-{at:012x}",
            c.time, c.url, c.action, c.user, c.ip, c.through
        )
        .expect("a string");
    }
    csv.into_bytes()
}

/// The clicks of an export, oldest first, each as its class and the names of its signals.
fn classes(bytes: &[u8], lens: &str) -> Vec<String> {
    let mut session = session_of("clicks.csv", bytes).expect("clicks");
    let params =
        RowsParams { order_by: vec!["time".to_owned()], limit: Some(10_000), ..RowsParams::default() };
    let rows = answer(&mut session, &AskRows(params), &[bytes]);
    let detail = |row: &u32| detail(&mut session, bytes, *row, lens);
    let details: Vec<Detail> = rows.ids.iter().map(detail).collect();
    details
        .iter()
        .map(|detail| {
            let signals: Vec<&str> = detail.who.reasons.iter().map(|r| r.signal.as_str()).collect();
            format!("{} {}", detail.who.class, signals.join(" ")).trim().to_owned()
        })
        .collect()
}

fn detail(session: &mut Session, bytes: &[u8], row: u32, lens: &str) -> Detail {
    answer(session, &AskDetail { row, lens: lens.to_owned() }, &[bytes])
}

fn counts(bytes: &[u8], filter: &str) -> Vec<(String, u64)> {
    let mut session = session_of("clicks.csv", bytes).expect("clicks");
    let params = QueryParams {
        filter: filter.to_owned(),
        group_by: vec!["automation".to_owned()],
        ..QueryParams::default()
    };
    let table = answer(&mut session, &AskQuery { queries: vec![params] }, &[bytes]).remove(0);
    let row = |row: &Vec<serde_json::Value>| {
        (row[0].as_str().unwrap_or("null").to_owned(), row[1].as_u64().unwrap_or_default())
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn malicious_click_allowed_from_a_teams_address_is_automated_and_says_why() {
    let bytes = export(&[Click { ip: "52.112.103.113", ..Click::default() }]);
    let mut session = session_of("clicks.csv", &bytes).expect("clicks");
    let who = detail(&mut session, &bytes, 0, "").who;
    assert_eq!((who.class.as_str(), who.label.as_str()), ("automated", "Automated"));
    assert_eq!(
        who.reasons[0].text,
        "Address 52.112.103.113 belongs to Microsoft Teams (52.112.0.0/14, list of 2026-07-01): no user’s device is there."
    );
    assert!(who.reasons[0].decides);
}

#[test]
fn click_through_from_a_service_address_is_for_review() {
    let click = Click { ip: "40.94.20.11", action: "ClickBlocked", through: 1, ..Click::default() };
    assert_eq!(classes(&export(&[click]), ""), ["review service continued"]);
}

#[test]
fn click_through_from_the_cloud_stays_a_person() {
    let click = Click { ip: "20.42.65.92", action: "ClickBlocked", through: 1, ..Click::default() };
    assert_eq!(classes(&export(&[click]), ""), ["human microsoftCloud continued"]);
}

#[test]
fn scanner_that_follows_a_person_is_told_apart_and_the_person_stays_one() {
    let (home, scanner) = ("2001:db8:4::10", "198.51.100.133");
    let bytes = export(&[
        Click { time: "2026-03-30T10:00:00Z", ip: home, ..Click::default() },
        Click { time: "2026-03-30T10:00:12Z", ip: scanner, ..Click::default() },
        Click {
            time: "2026-03-30T10:00:12Z",
            ip: scanner,
            url: "https://a.example/help",
            ..Click::default()
        },
        Click { time: "2026-03-30T10:00:13Z", ip: scanner, url: "https://a.example/off", ..Click::default() },
        Click { time: "2026-03-31T10:00:00Z", user: "bo@contoso.com", message: 2, ..Click::default() },
    ]);
    assert_eq!(
        classes(&bytes, ""),
        ["human", "automated burst echo", "automated burst", "automated burst", "human"]
    );
}

#[test]
fn pair_of_error_pages_from_two_scanners_is_automated_and_likely() {
    let error = |time, ip| Click { time, ip, action: "UrlErrorPage", ..Click::default() };
    let bytes = export(&[
        error("2026-03-30T10:00:00Z", "52.202.23.14"),
        error("2026-03-30T10:00:12Z", "67.231.155.249"),
    ]);
    assert_eq!(
        classes(&bytes, ""),
        ["automated cloud errorAbroad echo", "automated vendor errorAbroad echo"]
    );
}

#[test]
fn shared_mailbox_is_no_machine_and_may_be_somebody_else() {
    let opened = |time, ip| Click { time, ip, user: "helpdesk@contoso.com", ..Click::default() };
    let bytes = export(&[
        opened("2026-04-06T09:31:00Z", "203.0.113.80"),
        opened("2026-04-06T09:33:00Z", "198.51.100.81"),
    ]);
    assert_eq!(classes(&bytes, ""), ["human maybeSomebodyElse", "human maybeSomebodyElse"]);
}

/// A message that six people open within a minute from one address, on so many days; `others`: each also opens a link of their
/// own from there, hours later.
fn mass_mail(days: u32, ip: &str, others: bool) -> Vec<u8> {
    let mut csv = HEAD.to_owned();
    let mut add = |day: u32, time: String, user: u32, url: &str, message: u32| {
        let id = day * 100 + message;
        writeln!(
            csv,
            "2026-04-{:02}T{time}Z,{url},ClickAllowed,u{user}@contoso.com,Email,{id:08x}-1111-4222-8333-00000000000d,,{ip},0,{:08x}-2222-4222-8333-00000000000d",
            day + 1,
            id * 10 + user + 1
        )
        .expect("a string");
    };
    for day in 0..days {
        for user in 0..6 {
            add(day, format!("09:00:{:02}", user * 8 + 1), user, "https://a.example/", 1);
        }
        for user in 0..if others { 6 } else { 0 } {
            add(day, format!("1{user}:17:03"), user, &format!("https://own.example/{day}/{user}"), user + 2);
        }
    }
    csv.into_bytes()
}

#[test]
fn office_behind_one_address_in_a_mass_mail_stays_people() {
    for days in [1, 2, 3] {
        let classes = classes(&mass_mail(days, "203.0.113.7", true), "");
        assert!(
            classes.iter().all(|class| class.starts_with("human") && class.contains("egress")),
            "{classes:?}"
        );
    }
}

#[test]
fn address_that_does_nothing_but_walk_through_recipients_is_automated() {
    let walk = classes(&mass_mail(4, "198.51.100.9", false), "");
    assert!(walk.iter().all(|class| class.starts_with("automated walk")), "{walk:?}");
}

#[test]
fn walk_in_too_few_days_to_know_the_company_is_a_hint_and_no_more() {
    let walk = classes(&mass_mail(1, "198.51.100.9", false), "");
    assert!(walk.iter().all(|class| class == "human fewRecipients"), "{walk:?}");
}

#[test]
fn company_that_surfs_through_a_cloud_stays_people_and_so_does_one_without_addresses() {
    for ip in ["52.202.23.14", "10.0.0.5", "REDACTED"] {
        let classes = classes(&mass_mail(4, ip, false), "");
        assert!(classes.iter().all(|class| class.starts_with("human")), "{ip}: {classes:?}");
    }
}

#[test]
fn times_without_seconds_tell_nothing_of_what_is_at_once() {
    let link = |url| Click { time: "2026-04-06T09:00:00Z", url, ..Click::default() };
    let bytes =
        export(&[link("https://a.example/1"), link("https://a.example/2"), link("https://a.example/3")]);
    let and_one = export(&[
        link("https://a.example/1"),
        link("https://a.example/2"),
        link("https://a.example/3"),
        Click { time: "2026-04-06T11:11:07Z", user: "bo@contoso.com", ..Click::default() },
    ]);
    for preset in ["strict", "", "lenient"] {
        assert_eq!(classes(&bytes, preset), ["human"; 3], "{preset}");
        assert_eq!(classes(&and_one, preset), ["human"; 4], "{preset}: one row with seconds changes nothing");
    }
}

#[test]
fn strict_finds_whatever_balanced_finds_and_balanced_what_lenient_finds() {
    let file = mass_mail(4, "198.51.100.9", false);
    let machines = |preset| classes(&file, preset).iter().filter(|class| !class.starts_with("human")).count();
    assert!(machines("strict") >= machines("") && machines("") >= machines("lenient") && machines("") > 0);
}

#[test]
fn office_with_a_new_address_whose_people_do_other_things_there_too_stays_people() {
    let mut days = mass_mail(4, "203.0.113.7", true);
    // The last day from another address, as after a change of provider.
    let moved = String::from_utf8(days.clone())
        .expect("text")
        .lines()
        .map(|line| match line.starts_with("2026-04-04") {
            true => line.replace("203.0.113.7", "198.51.100.20") + "\n",
            false => line.to_owned() + "\n",
        })
        .collect::<String>();
    days = moved.into_bytes();
    let classes = classes(&days, "");
    assert!(classes.iter().all(|class| class.starts_with("human")), "{classes:?}");
}

#[test]
fn reason_that_does_not_count_has_no_points_and_who_knows_better_decides_alone() {
    let mut session =
        session_of("c.csv", &export(&[Click { ip: "52.112.103.113", ..Click::default() }])).expect("clicks");
    let bytes = export(&[Click { ip: "52.112.103.113", ..Click::default() }]);
    let who = detail(&mut session, &bytes, 0, "human:52.112.103.113").who;
    let said: Vec<(&str, bool)> = who.reasons.iter().map(|r| (r.signal.as_str(), r.decides)).collect();
    assert_eq!(said, [("human", true)]);
    let sums = |lens: &str, session: &mut Session| {
        let who = detail(session, &bytes, 0, lens).who;
        (who.points, who.reasons.iter().map(|r| r.points).sum::<i32>())
    };
    let (sum, of_reasons) = sums("", &mut session);
    assert_eq!(sum, of_reasons);
}

#[test]
fn clock_that_is_wrong_for_all_makes_nobody_a_machine() {
    clock_is_wrong_for(20);
    clock_is_wrong_for(3);
}

fn clock_is_wrong_for(people: u32) {
    let mut clicks = HEAD.to_owned();
    let mut messages =
        "Timestamp,NetworkMessageId,RecipientEmailAddress,Subject,SenderFromAddress\n".to_owned();
    for at in 1..=people {
        let id = format!("{at:08x}-1111-4222-8333-{at:012x}");
        writeln!(clicks, "2026-04-{at:02}T09:00:07Z,https://a.example/{at},ClickAllowed,u{at}@contoso.com,Email,{id},,203.0.113.{at},0,")
            .expect("a string");
        writeln!(messages, "2026-04-{at:02}T10:00:00Z,{id},u{at}@contoso.com,Offer,x@example.net")
            .expect("a string");
    }
    let files: [(&str, &[u8]); 2] =
        [("clicks.csv", clicks.as_bytes()), ("messages.csv", messages.as_bytes())];
    let mut session = common::session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    let asked = AskDashboard { filter: String::new(), quick: false };
    let dashboard = answer(&mut session, &asked, &[clicks.as_bytes(), messages.as_bytes()]);
    assert_eq!((dashboard.totals.clicks, dashboard.totals.automated), (people.into(), Some(0)));
}

#[test]
fn habitual_address_in_the_cloud_stays_a_person_and_an_echo_from_there_does_not() {
    let mut clicks: Vec<String> = (1..=6).map(|day| format!("2026-04-{day:02}T09:00:00Z")).collect();
    clicks.push("2026-04-07T15:30:00Z".to_owned());
    let own: Vec<Click<'_>> = (1..)
        .zip(&clicks)
        .map(|(message, time)| Click { time, ip: "20.42.65.92", message, ..Click::default() })
        .collect();
    let classes = classes(&export(&own), "");
    assert!(classes.iter().all(|class| class == "human microsoftCloud habitual"), "{classes:?}");
}

#[test]
fn somebody_who_knows_an_address_better_is_believed() {
    let click = || Click { ip: "52.112.103.113", ..Click::default() };
    assert_eq!(classes(&export(&[click()]), "human:52.112.103.0/24"), ["human human"]);
    let office = || Click { ip: "203.0.113.7", ..Click::default() };
    assert_eq!(classes(&export(&[office()]), "automated:203.0.113.7"), ["automated automated"]);
    assert_eq!(classes(&export(&[office()]), ""), ["human"]);
}

#[test]
fn presets_differ_in_how_many_links_at_once_are_a_burst() {
    let time = "2026-04-06T09:00:01Z";
    let two = [
        Click { time, ..Click::default() },
        Click { time, url: "https://a.example/b", ..Click::default() },
        Click { time, user: "bo@contoso.com", url: "https://a.example/c", ..Click::default() },
    ];
    let bytes = export(&two);
    assert_eq!(classes(&bytes, "strict")[0], "automated burst");
    assert_eq!(classes(&bytes, "")[0], "human fewAtOnce");
    assert_eq!(classes(&bytes, "fewAtOnce:4")[0], "likely fewAtOnce");
}

#[test]
fn clicks_at_one_interval_are_marked_and_alone_stay_a_person() {
    let times: Vec<String> = (0..6).map(|n| format!("2026-04-06T09:{:02}:01Z", n * 5)).collect();
    let clicks: Vec<Click<'_>> =
        (1..).zip(&times).map(|(message, time)| Click { time, message, ..Click::default() }).collect();
    let classes = classes(&export(&clicks), "");
    assert!(classes.iter().all(|class| class == "human interval habitual"), "{classes:?}");
}

#[test]
fn click_without_a_usable_address_says_so_and_is_a_person() {
    let bytes = export(&[
        Click { ip: "", ..Click::default() },
        Click { ip: "10.0.0.7", message: 2, ..Click::default() },
    ]);
    assert_eq!(classes(&bytes, ""), ["human noAddress", "human noAddress"]);
}

#[test]
fn classes_are_grouped_filtered_and_counted_alike() {
    let bytes = export(&[
        Click { ip: "52.112.103.113", action: "ClickBlocked", ..Click::default() },
        Click { ip: "40.94.20.11", action: "ClickBlocked", message: 2, through: 1, ..Click::default() },
        Click { message: 3, ..Click::default() },
        Click { message: 4, action: "ClickBlocked", user: "bo@contoso.com", ..Click::default() },
    ]);
    let owned = |pairs: &[(&str, u64)]| pairs.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(counts(&bytes, ""), owned(&[("human", 2), ("review", 1), ("automated", 1)]));
    assert_eq!(counts(&bytes, "automation=automated,likely"), owned(&[("automated", 1)]));
    assert_eq!(counts(&bytes, "automation=!human"), owned(&[("review", 1), ("automated", 1)]));
    assert_eq!(counts(&bytes, "automation=human&lens=automated:203.0.113.7"), owned(&[]));
    let mut session = session_of("clicks.csv", &bytes).expect("clicks");
    let mut dashboard = |filter: &str| {
        answer(&mut session, &AskDashboard { filter: filter.to_owned(), quick: false }, &[&bytes])
    };
    let all = dashboard("");
    assert_eq!((all.totals.clicks, all.totals.automated, all.left_out.clicks), (4, Some(1), 1));
    let blocked: Vec<(&str, u64)> =
        all.top_blocked.entries.iter().map(|e| (e.value.original(), e.clicks)).collect();
    assert_eq!(blocked, [("bo@contoso.com", 1)], "the machine's block makes nobody a target");
    let said = dashboard("automation=automated");
    assert_eq!((said.totals.clicks, said.left_out.clicks, said.top_blocked.total), (1, 0, 1));
    let facet = all.facets.iter().find(|facet| facet.key == "automation").expect("who clicked");
    let values: Vec<(&str, u64)> = facet.values.iter().map(|v| (v.value.original(), v.clicks)).collect();
    assert_eq!(values, [("human", 2), ("review", 1), ("automated", 1)]);
    for class in Class::ALL {
        assert_eq!(Class::from_token(class.token()), Some(class));
    }
}

#[test]
fn click_seconds_after_or_before_delivery_is_told_by_the_messages_beside_it() {
    let click = |time, message, user| Click { time, message, user, ..Click::default() };
    let clicks = export(&[
        click("2026-04-06T09:00:03Z", 1, "ana@contoso.com"),
        click("2026-04-06T08:59:01Z", 2, "bo@contoso.com"),
        click("2026-04-06T10:00:01Z", 3, "cy@contoso.com"),
    ]);
    let mut messages =
        "Timestamp,NetworkMessageId,RecipientEmailAddress,Subject,SenderFromAddress\n".to_owned();
    for (id, user) in [(1, "ana"), (2, "bo"), (3, "cy")] {
        writeln!(
            messages,
            "2026-04-06T09:00:00Z,{id:08x}-1111-4222-8333-{id:012x},{user}@contoso.com,Offer,x@example.net"
        )
        .expect("a string");
    }
    let files: [(&str, &[u8]); 2] = [("clicks.csv", &clicks), ("messages.csv", messages.as_bytes())];
    let mut session = common::session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    let mut who = |row: u32| {
        let asked = AskDetail { row, ..AskDetail::default() };
        answer(&mut session, &asked, &[&clicks, messages.as_bytes()]).who
    };
    let early = who(0);
    assert_eq!((early.class.as_str(), early.after_delivery_ms), ("automated", Some(-59_000)));
    assert_eq!(early.reasons[0].text, "The link was opened 59 seconds before the message was delivered.");
    let at_once = who(1);
    assert_eq!((at_once.class.as_str(), at_once.after_delivery_ms), ("human", Some(3_000)));
    assert_eq!(at_once.reasons[0].text, "3 seconds after the message was delivered.");
    assert_eq!((who(2).reasons.len(), who(2).after_delivery_ms), (0, Some(3_601_000)));
}
