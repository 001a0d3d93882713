//! Who keeps doing it: files in, people for a training out.

#[path = "../../clicks/tests/common/mod.rs"]
mod common;
mod made_up;

use clicks::ask::Written;
use clicks::engine::DataToken;
use clicks::model::{Untrusted, iso_of_ms};
use clicks::session::Session;
use common::{answer, read_all, session_in, session_of};
use insights::{APART, AskOffenders, Offender, Offenders, TRIGGERS, offender_said};
use made_up::{Click, export};

/// The address that has been seen to fetch links in people's names.
const SCANNER: &str = "52.112.103.113";

/// A click that is let through to a malicious page, at a whole minute: of those nothing is concluded about machines.
const PHISH: Click<'_> = Click {
    time: "2026-04-06T09:00",
    user: "ana@contoso.com",
    url: "https://evil.example/",
    action: "ClickAllowed",
    threat: "Phish",
    ip: "203.0.113.7",
    through: 0,
    report: 0,
    message: 0,
};
const FINE: Click<'_> = Click { url: "https://fine.example/", threat: "", ..PHISH };
const STOPPED: Click<'_> = Click { action: "ClickBlocked", ..PHISH };
const PAST: Click<'_> = Click { through: 1, ..STOPPED };

fn session(clicks: &[Click<'_>]) -> Session {
    session_of("clicks.csv", export(clicks).as_bytes()).expect("clicks")
}

/// A rule, as `trigger times apart`.
fn rule(text: &str) -> AskOffenders {
    let mut words = text.split(' ').map(str::to_owned);
    let trigger = words.next().unwrap_or_default();
    let times = words.next().and_then(|times| times.parse().ok()).unwrap_or_default();
    AskOffenders { trigger, times, apart: words.next().unwrap_or_default(), ..AskOffenders::default() }
}

fn found(clicks: &[Click<'_>], rule: &AskOffenders) -> Offenders {
    answer(&mut session(clicks), rule, &[])
}

/// Everybody on the list, as `user times: rate`.
fn told(found: &Offenders) -> Vec<String> {
    let line = |one: &Offender| format!("{} {}: {}", one.user.original(), one.times, offender_said(one));
    found.people.iter().map(line).collect()
}

fn users(found: &Offenders) -> Vec<&str> {
    found.people.iter().map(|one| one.user.original()).collect()
}

#[test]
fn two_clicks_on_one_mail_are_one_campaign_and_two_clicks() {
    let clicks = [
        Click { message: 1, ..PHISH },
        // Another link of the same mail.
        Click { message: 1, time: "2026-04-06T10:00", url: "https://bad.example/", ..PHISH },
    ];
    assert!(found(&clicks, &AskOffenders::default()).people.is_empty());
    assert!(found(&clicks, &rule("reached 2 days")).people.is_empty());
    assert_eq!(
        told(&found(&clicks, &rule("reached 2 clicks"))),
        ["ana@contoso.com 2: 2 of 2, too few for a rate"]
    );
}

#[test]
fn two_campaigns_make_a_repeat_offender_and_are_named_newest_first() {
    let clicks = [
        Click { message: 1, ..PHISH },
        Click { message: 2, time: "2026-04-08T10:00", url: "https://bad.example/", ..PHISH },
        Click { message: 2, time: "2026-04-08T11:00", url: "https://bad.example/", ..PHISH },
        Click { message: 1, time: "2026-04-06T12:00", user: "bo@contoso.com", ..PHISH },
    ];
    let found = found(&clicks, &AskOffenders::default());
    assert_eq!(told(&found), ["ana@contoso.com 2: 3 of 3, too few for a rate"]);
    let named: Vec<&str> = found.people[0].where_.iter().map(Untrusted::original).collect();
    assert_eq!((named.as_slice(), found.people[0].more), (["bad.example", "evil.example"].as_slice(), 0));
    assert_eq!(iso_of_ms(found.people[0].last_ms), "2026-04-08T11:00:00Z");
    assert_eq!((found.total, found.left_out.as_str(), found.unsaid.as_str()), (1, "", ""));
    assert!(
        found.rule.starts_with(
            "People who reached a page that is not safe at least 2 times in different campaigns"
        ),
        "{}",
        found.rule
    );
    assert!(found.people[0].happened.is_empty(), "nobody asked for the clicks");
}

#[test]
fn clicks_of_a_scanner_make_nobody_a_repeat_offender_and_are_counted() {
    let clicks = [
        PHISH,
        Click { time: "2026-04-07T10:00", url: "https://bad.example/", ip: SCANNER, ..PHISH },
        Click { time: "2026-04-08T10:00", url: "https://worse.example/", ip: SCANNER, ..PHISH },
    ];
    let reached = found(&clicks, &AskOffenders::default());
    assert!(reached.people.is_empty() && reached.total == 0);
    assert_eq!(reached.left_out, "Left out: 2 clicks of machines.");
    let once = found(&clicks, &rule("reached 1 clicks"));
    assert_eq!(told(&once), ["ana@contoso.com 1: 1 of 1, too few for a rate"]);
}

#[test]
fn rate_of_fewer_than_five_is_too_few_and_of_five_has_a_lower_bound() {
    let urls = ["https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/"];
    let times = ["2026-04-07T09:00", "2026-04-08T09:00", "2026-04-09T09:00", "2026-04-10T09:00"];
    let more = urls.iter().zip(times).map(|(url, time)| Click { url, time, ..PHISH });
    let mut clicks: Vec<Click<'_>> = more.collect();
    clicks.push(PHISH);
    clicks.push(Click { user: "one@contoso.com", time: "2026-04-06T15:00", ..PHISH });
    assert_eq!(
        told(&found(&clicks, &rule("reached 1"))),
        ["ana@contoso.com 5: 5 of 5, at least 56 %", "one@contoso.com 1: 1 of 1, too few for a rate"]
    );
}

#[test]
fn guest_is_left_out_by_name_and_counted_and_in_with_everybody() {
    let guest = Click { user: "vendor_fabrikam.example#EXT#@contoso.com", ..PHISH };
    let clicks = [guest, Click { time: "2026-04-07T10:00", url: "https://bad.example/", ..guest }];
    let without = found(&clicks, &AskOffenders::default());
    assert!(without.people.is_empty());
    assert_eq!(without.left_out, "Left out: 2 clicks of 1 guest, shared or service account.");
    let all = found(&clicks, &AskOffenders { everybody: true, ..AskOffenders::default() });
    assert_eq!(users(&all), ["vendor_fabrikam.example#EXT#@contoso.com"]);
    assert_eq!(all.left_out, "");
    assert!(all.rule.contains("Guests, shared and service accounts and clicks"), "{}", all.rule);
}

#[test]
fn shared_mailbox_of_one_directory_is_left_out_although_another_calls_it_a_member() {
    let shared = Click { user: "Helpdesk@contoso.com", ..PHISH };
    let clicks = export(&[
        shared,
        Click { time: "2026-04-07T10:00", url: "https://bad.example/", ..shared },
        Click { time: "2026-04-06T11:00", ..PHISH },
        Click { time: "2026-04-07T11:00", url: "https://bad.example/", ..PHISH },
    ]);
    let mailboxes = "DisplayName,PrimarySmtpAddress,UserPrincipalName,RecipientTypeDetails\n\
        Helpdesk,helpdesk@contoso.com,helpdesk@contoso.com,SharedMailbox\n\
        Ana,ana@contoso.com,ana@contoso.com,UserMailbox\n";
    let users_of_entra = "userPrincipalName,department,userType\n\
        helpdesk@contoso.com,IT,Member\n\
        ana@contoso.com,Finance,Member\n";
    let files = [("clicks.csv", clicks.as_str()), ("a.csv", mailboxes), ("b.csv", users_of_entra)];
    let files = files.map(|(name, text)| (name, text.as_bytes()));
    let mut session = session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    let found = answer(&mut session, &AskOffenders::default(), &[]);
    assert_eq!(users(&found), ["ana@contoso.com"]);
    assert_eq!(found.people[0].group.original(), "Finance");
    assert_eq!(found.left_out, "Left out: 2 clicks of 1 guest, shared or service account.");
    let all = AskOffenders { everybody: true, ..AskOffenders::default() };
    assert_eq!(answer(&mut session, &all, &[]).total, 2);
}

#[test]
fn warning_and_the_click_past_it_are_one_time_for_every_trigger() {
    let pair = [
        Click { report: 7, time: "2026-04-06T23:59", ..STOPPED },
        Click { report: 7, time: "2026-04-07T00:01", ..PAST },
    ];
    for (trigger, _) in TRIGGERS {
        for (apart, _) in APART {
            assert!(
                found(&pair, &rule(&format!("{trigger} 2 {apart}"))).people.is_empty(),
                "{trigger} {apart}"
            );
            assert_eq!(
                told(&found(&pair, &rule(&format!("{trigger} 1 {apart}")))),
                ["ana@contoso.com 1: 1 of 1, too few for a rate"],
                "{trigger} {apart}"
            );
        }
    }
}

#[test]
fn triggers_count_what_they_say_and_the_rate_is_of_the_same_kind() {
    let clicks = [
        FINE,
        Click { time: "2026-04-06T10:00", ..STOPPED },
        Click { time: "2026-04-06T11:00", url: "https://bad.example/", ..STOPPED },
        Click { time: "2026-04-06T12:00", url: "https://worse.example/", ..PAST },
        Click { time: "2026-04-06T13:00", url: "https://worst.example/", ..PHISH },
    ];
    for (rule_of, wanted) in [
        ("reached 1", "ana@contoso.com 2: 2 of 4, too few for a rate"),
        ("overridden 1", "ana@contoso.com 1: 1 of 3, too few for a rate"),
        ("clicked 1", "ana@contoso.com 4: 4 of 5, at least 37 %"),
    ] {
        assert_eq!(told(&found(&clicks, &rule(rule_of))), [wanted], "{rule_of}");
    }
}

#[test]
fn days_are_those_of_the_clock_in_view() {
    let clicks = [
        Click { time: "2026-04-06T22:30", ..PHISH },
        Click { time: "2026-04-06T23:30", url: "https://bad.example/", ..PHISH },
    ];
    let days = rule("reached 2 days");
    assert!(found(&clicks, &days).people.is_empty());
    let there = found(&clicks, &AskOffenders { filter: "tz=+01:00".to_owned(), ..days });
    assert_eq!(users(&there), ["ana@contoso.com"]);
}

#[test]
fn simulations_and_clicks_without_a_user_are_left_out_and_counted() {
    let clicks = [
        Click { url: "https://www.bankmenia.com/a", ..STOPPED },
        Click { url: "https://www.bankmenia.com/b", time: "2026-04-07T09:00", ..STOPPED },
        Click { user: "", time: "2026-04-07T10:00", ..PHISH },
        Click { user: "bo@contoso.com", time: "2026-04-07T11:00", ..PHISH },
    ];
    let found = found(&clicks, &rule("clicked 1 clicks"));
    assert_eq!(users(&found), ["bo@contoso.com"]);
    assert_eq!(found.left_out, "Left out: 2 clicks of phishing simulations, 1 click without a user.");
}

#[test]
fn unknown_trigger_is_refused_with_the_words_there_are() {
    let refused = |ask: &AskOffenders| {
        let mut session = session(&[PHISH]);
        let question = insights::ask::read(&Written::of(ask)).unwrap_or_else(|failure| panic!("{failure:?}"));
        let mut asking = session.ask(DataToken(1), question).unwrap_or_else(|failure| panic!("{failure:?}"));
        read_all(&mut asking, &[]);
        let failure = session.answer(asking).expect_err("no answer");
        failure.message.original().to_owned()
    };
    assert_eq!(
        refused(&rule("often")),
        "“often” is not known for trigger; there are reached, overridden, clicked."
    );
    assert_eq!(
        refused(&rule("reached 2 weeks")),
        "“weeks” is not known for apart; there are campaigns, days, clicks."
    );
}

#[test]
fn number_by_chance_is_near_what_a_calculation_by_hand_gives() {
    let names: Vec<String> = (0..6).map(|user| format!("u{user}@contoso.com")).collect();
    let times: Vec<String> =
        (0..24).map(|at| format!("2026-04-06T{:02}:{:02}", 8 + at / 6, at % 6 * 10)).collect();
    let mut clicks: Vec<Click<'_>> =
        names.iter().cycle().zip(&times).map(|(user, time)| Click { user, time, ..FINE }).collect();
    for (at, url) in [(0, "https://evil.example/"), (6, "https://bad.example/"), (1, "https://evil.example/")]
    {
        clicks[at] = Click { url, threat: "Phish", ..clicks[at] };
    }
    let found = found(&clicks, &AskOffenders::default());
    assert_eq!(users(&found), ["u0@contoso.com"]);
    // Three times among 24 clicks, four clicks each: half a time is expected of everybody, and of six people
    // 6 × (1 − 1.5 × e^−0.5) would have two or more.
    let by_chance = found.by_chance.expect("a number");
    assert!((by_chance - 0.541_224).abs() < 1e-4, "{by_chance}");
}

#[test]
fn number_by_chance_is_not_said_where_nothing_can_be_compared() {
    let few = [PHISH, Click { time: "2026-04-07T09:00", ..FINE }];
    assert_eq!(found(&few, &AskOffenders::default()).by_chance, None, "one person");
    let names: Vec<String> = (0..6).map(|user| format!("u{user}@contoso.com")).collect();
    let times: Vec<String> = (0..6).map(|at| format!("2026-04-06T09:{at}0")).collect();
    let bad: Vec<Click<'_>> =
        names.iter().zip(&times).map(|(user, time)| Click { user, time, ..PHISH }).collect();
    assert_eq!(found(&bad, &AskOffenders::default()).by_chance, None, "every click counts");
}

#[test]
fn clicks_that_count_are_told_where_somebody_asks_for_evidence() {
    let clicks = [
        Click { report: 7, ..STOPPED },
        Click { report: 7, time: "2026-04-06T09:01", ..PAST },
        Click { time: "2026-04-07T10:00", url: "https://bad.example/", ..STOPPED },
    ];
    let ask = AskOffenders { evidence: true, ..rule("clicked 2") };
    let found = found(&clicks, &ask);
    let lines: Vec<String> = found.people[0]
        .happened
        .iter()
        .map(|click| {
            format!(
                "{} {} {}: {}",
                iso_of_ms(click.time_ms),
                click.url.original(),
                click.campaign.original(),
                click.said.join("; ")
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2026-04-07T10:00:00Z https://bad.example/ bad.example: stopped",
            "2026-04-06T09:00:00Z https://evil.example/ evil.example: past the warning of a malicious page",
        ]
    );
}

#[test]
fn what_the_export_does_not_say_is_said() {
    let csv = "Timestamp,Url,ActionType,AccountUpn,IPAddress\n\
        2026-04-06T09:00:00Z,https://evil.example/,ClickAllowed,ana@contoso.com,203.0.113.7\n";
    let mut session = session_of("clicks.csv", csv.as_bytes()).expect("clicks");
    assert_eq!(
        answer(&mut session, &rule("clicked"), &[]).unsaid,
        "The export does not say what was malicious: people may be missing here."
    );
    assert_eq!(
        answer(&mut session, &rule("overridden"), &[]).unsaid,
        "The export does not say who went past a warning: people may be missing here."
    );
}

#[test]
fn waiting_page_and_malicious_page_of_one_host_are_one_lure() {
    let twice = [
        PAST,
        Click {
            action: "UrlScanInProgress",
            threat: "",
            through: 1,
            url: "https://evil.example/other",
            time: "2026-04-07T09:00",
            ..PHISH
        },
    ];
    let list = found(&twice, &rule("overridden 1 campaigns"));
    assert_eq!((list.people[0].times, list.people[0].clicks), (1, 2), "{:?}", list.people[0].where_);
    let two = [PAST, Click { url: "https://other.example/", time: "2026-04-07T09:00", ..PAST }];
    assert_eq!(found(&two, &rule("overridden 1 campaigns")).people[0].times, 2);
}

#[test]
fn pages_of_a_platform_that_everybody_uses_are_lures_of_their_own() {
    let on = |url: &'static str, time: &'static str, what: Click<'static>| Click { url, time, ..what };
    let waiting = Click { action: "UrlScanInProgress", threat: "", through: 1, ..PHISH };
    let twice = [
        on("https://docs.google.com/a", "2026-04-06T09:00", PAST),
        on("https://sites.google.com/b", "2026-04-07T09:00", waiting),
    ];
    assert_eq!(found(&twice, &rule("overridden 1 campaigns")).people[0].times, 2);
}
