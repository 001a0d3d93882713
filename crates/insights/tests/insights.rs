//! What the clicks mean: files in, conclusions out.

#[expect(dead_code, reason = "other tests open one file")]
#[path = "../../clicks/tests/common/mod.rs"]
mod common;
mod made_up;

use std::fmt::Write as _;

use clicks::session::Session;
use common::{answer, session_in};
use insights::{AskFirstRead, AskWorklist, FirstRead, Worklist};
use made_up::{Click, export};

const PLAIN: Click<'_> = Click {
    time: "2026-04-06T09:00:00",
    user: "ana@contoso.com",
    url: "https://evil.example/",
    action: "ClickAllowed",
    threat: "",
    ip: "203.0.113.7",
    through: 0,
    report: 0,
    message: 0,
};
const STOPPED: Click<'_> = Click { action: "ClickBlocked", threat: "Phish", ..PLAIN };
const PHISH: Click<'_> = Click { threat: "Phish", ..PLAIN };
const PAST: Click<'_> = Click { action: "ClickBlocked", threat: "Phish", through: 1, ..PLAIN };

fn sign_ins(rows: &[(&str, &str, &str)]) -> String {
    let mut csv =
        "TimeGenerated,UserPrincipalName,IPAddress,ResultType,AppDisplayName,UserAgent\n".to_owned();
    for (time, user, ip) in rows {
        writeln!(csv, "{time}Z,{user},{ip},0,Office 365,Edge").expect("a string");
    }
    csv
}

fn session(files: &[(&str, &str)]) -> Session {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    session_in(Box::new(|_, _, _| None), &files).expect("clicks")
}

fn worklist(files: &[(&str, &str)]) -> Worklist {
    answer(&mut session(files), &AskWorklist::default(), &[])
}

/// The list as `urgency user: what; what | what`.
fn told(list: &Worklist) -> Vec<String> {
    let said = |entry: &insights::ToDo| {
        let happened: Vec<String> = entry.happened.iter().map(|one| one.said.join("; ")).collect();
        format!("{} {}: {}", entry.urgency, entry.user.original(), happened.join(" | "))
    };
    list.entries.iter().map(said).collect()
}

fn first_read(clicks: &[Click<'_>]) -> Vec<String> {
    let csv = export(clicks);
    let ask = AskFirstRead::default();
    let read: FirstRead = answer(&mut session(&[("clicks.csv", &csv)]), &ask, &[]);
    let text = |s: &insights::Sentence| s.0.iter().map(|part| part.text.original()).collect::<String>();
    read.sentences.iter().map(text).collect()
}

#[test]
fn people_are_listed_by_what_happened_then_by_time() {
    let csv = export(&[
        Click { user: "early@contoso.com", url: "https://late.example/x", ..PLAIN },
        Click {
            user: "stopped@contoso.com",
            time: "2026-04-06T12:00:00",
            url: "https://late.example/x",
            ..STOPPED
        },
        Click { user: "past@contoso.com", time: "2026-04-06T10:00:07", report: 7, ..PAST },
        Click { user: "past@contoso.com", time: "2026-04-06T10:00:00", report: 7, ..STOPPED },
        Click { user: "let@contoso.com", time: "2026-04-06T11:00:00", ..PHISH },
        Click { user: "fine@contoso.com", url: "https://fine.example/", ..PLAIN },
    ]);
    let list = worklist(&[("clicks.csv", &csv)]);
    assert_eq!(
        told(&list),
        [
            "3 past@contoso.com: past the warning of a malicious page after 7 s",
            "2 let@contoso.com: let through, malicious",
            "2 early@contoso.com: let through 3 h before it was found to be bad",
        ]
    );
    assert_eq!((list.total, list.machines, list.nameless), (3, 0, 0));
    assert!(list.sign_ins.starts_with("No sign-in log"));
}

#[test]
fn machine_that_reached_a_malicious_page_stays_and_comes_last() {
    let csv = export(&[
        Click { ip: "52.112.103.113", time: "2026-04-06T12:00:00", ..PHISH },
        Click { user: "bo@contoso.com", ..PHISH },
    ]);
    let list = worklist(&[("clicks.csv", &csv)]);
    assert_eq!(
        told(&list),
        [
            "2 bo@contoso.com: let through, malicious",
            "0 ana@contoso.com: let through, malicious; looks automated"
        ]
    );
    assert_eq!((list.total, list.machines), (1, 1));
}

#[test]
fn sign_in_after_an_override_from_a_network_never_seen_comes_first() {
    let csv = export(&[
        Click { user: "bo@contoso.com", time: "2026-04-06T12:00:00", ip: "203.0.113.90", ..PHISH },
        Click { time: "2026-04-06T09:00:00", ..PAST },
    ]);
    let log = sign_ins(&[
        ("2026-04-05T08:00:00", "ana@contoso.com", "203.0.113.7"),
        ("2026-04-06T09:05:00", "ana@contoso.com", "203.0.113.99"),
        ("2026-04-06T09:41:00", "ANA@contoso.com", "198.51.100.7"),
        ("2026-04-06T10:30:00", "ana@contoso.com", "192.0.2.7"),
        ("2026-04-05T08:00:00", "bo@contoso.com", "203.0.113.90"),
        ("2026-04-06T12:10:00", "bo@contoso.com", "203.0.113.91"),
    ]);
    let list = worklist(&[("clicks.csv", &csv), ("sign-ins.csv", &log)]);
    assert_eq!(
        told(&list),
        [
            "4 ana@contoso.com: past the warning of a malicious page; 41 min later a sign-in from 198.51.100.7, a network not seen before",
            "2 bo@contoso.com: let through, malicious; no sign-in from anywhere new within an hour",
        ]
    );
}

#[test]
fn sign_in_with_nothing_before_it_to_compare_is_no_alarm() {
    let csv = export(&[PAST]);
    let log = sign_ins(&[("2026-04-06T09:41:00", "ana@contoso.com", "198.51.100.7")]);
    let list = worklist(&[("clicks.csv", &csv), ("sign-ins.csv", &log)]);
    assert_eq!(
        told(&list),
        [
            "3 ana@contoso.com: past the warning of a malicious page; a sign-in followed, and none before to compare it with"
        ]
    );
}

#[test]
fn first_read_says_what_happened_and_what_to_do() {
    let at = |minute: u32, user: &'static str, what: Click<'static>| (minute, user, what);
    let all = [at(0, "ana", PHISH), at(4, "bo", PAST), at(9, "cy", STOPPED), at(14, "di", STOPPED)];
    let lines: Vec<(String, String, Click<'_>)> = all
        .iter()
        .map(|(minute, user, what)| {
            (format!("2026-04-06T09:{minute:02}:00"), format!("{user}@contoso.com"), *what)
        })
        .collect();
    let clicks: Vec<Click<'_>> =
        lines.iter().map(|(time, user, what)| Click { time, user, ..*what }).collect();
    assert_eq!(
        first_read(&clicks),
        [
            "In 1 day 4 people clicked 1 link in 4 clicks.",
            "2 people reached a page that is known today not to be safe: 1 past a warning, 1 with nothing in the way.",
            "2 people need action.",
            "The largest campaign, evil[.]example, was clicked by 4 people in 14 min; the first click was stopped after 9 min; 2 people had clicked by then.",
        ]
    );
}

#[test]
fn first_read_of_clicks_that_are_all_safe_says_so() {
    assert_eq!(
        first_read(&[Click { url: "https://fine.example/", ..PLAIN }]),
        [
            "In 1 day 1 person clicked 1 link in 1 click.",
            "No person in view reached a page that is known not to be safe.",
        ]
    );
}

#[test]
fn numbers_of_the_first_read_lead_to_what_they_count() {
    let csv = export(&[
        PHISH,
        Click { user: "bo@contoso.com", ..PAST },
        Click { user: "cy@contoso.com", ..STOPPED },
    ]);
    let mut session = session(&[("clicks.csv", &csv)]);
    let read: FirstRead = answer(&mut session, &AskFirstRead::default(), &[]);
    let doors: Vec<_> = read
        .sentences
        .iter()
        .flat_map(|s| &s.0)
        .filter(|part| part.page.as_deref() == Some("people"))
        .collect();
    assert!(doors.len() >= 3, "{doors:?}");
    for door in doors {
        let dashboard = answer(
            &mut session,
            &clicks::query::AskDashboard { filter: door.filter.clone(), quick: false },
            &[],
        );
        let number = door.text.original().split(' ').next().and_then(|n| n.parse::<u64>().ok());
        assert_eq!(number, Some(dashboard.totals.people), "{}", door.filter);
    }
}

#[test]
fn sign_in_log_of_somebody_else_or_that_ends_early_is_no_all_clear() {
    let csv = export(&[PAST, Click { user: "bo@contoso.com", ..PAST }]);
    let log = sign_ins(&[
        ("2026-04-05T08:00:00", "ana@contoso.com", "203.0.113.7"),
        ("2026-04-06T09:10:00", "cy@contoso.com", "203.0.113.7"),
    ]);
    let list = worklist(&[("clicks.csv", &csv), ("sign-ins.csv", &log)]);
    for entry in &list.entries {
        assert_eq!(entry.happened[0].said, ["past the warning of a malicious page"]);
    }
    assert!(list.sign_ins.ends_with("Where nothing is said of them, they do not cover the click."));
}

#[test]
fn machine_that_a_sign_in_followed_is_no_person_in_either_number() {
    let csv = export(&[Click { ip: "52.112.103.113", ..PHISH }]);
    let log = sign_ins(&[
        ("2026-04-05T08:00:00", "ana@contoso.com", "203.0.113.7"),
        ("2026-04-06T09:40:00", "ana@contoso.com", "198.51.100.7"),
    ]);
    let list = worklist(&[("clicks.csv", &csv), ("sign-ins.csv", &log)]);
    assert_eq!((list.total, list.machines, list.entries[0].urgency), (0, 1, 0));
}

#[test]
fn export_of_blocks_alone_claims_nothing_of_who_was_let_through() {
    let all: Vec<Click<'_>> = (0..30).map(|_| STOPPED).collect();
    let csv = export(&all);
    let list = worklist(&[("clicks.csv", &csv)]);
    assert!(list.unsaid.contains("who was let through"), "{}", list.unsaid);
    let said = first_read(&all);
    assert!(!said.iter().any(|sentence| sentence.starts_with("No person")), "{said:?}");
}

#[test]
fn clicks_that_name_nobody_are_said_and_not_denied() {
    let said = first_read(&[Click { user: "", ..PHISH }]);
    assert!(
        said[1].starts_with("1 click reached a page that is not safe, and no person is known"),
        "{said:?}"
    );
}

#[test]
fn story_of_a_campaign_is_told_from_the_first_person_on() {
    let csv = export(&[
        Click { user: "early@contoso.com", ip: "52.112.103.113", time: "2026-04-01T09:00:00", ..STOPPED },
        Click { user: "ana@contoso.com", time: "2026-04-06T09:00:00", ..PHISH },
        Click { user: "bo@contoso.com", time: "2026-04-06T09:04:00", ..PHISH },
        Click { user: "cy@contoso.com", time: "2026-04-06T09:09:00", ..STOPPED },
    ]);
    let ask = insights::AskStory { filter: "campaign=evil.example".to_owned() };
    let story: insights::Story = answer(&mut session(&[("clicks.csv", &csv)]), &ask, &[]);
    assert_eq!(story.curve, [0, 240_000, 540_000]);
    assert_eq!(story.sentences[0], "3 of 3 people clicked within 9 min of the first click.");
    assert_eq!(story.sentences[1], "The first click was stopped after 9 min; 2 people had clicked by then.");
}

#[test]
fn click_on_a_link_of_a_simulation_is_a_test_and_nobody_is_said_to_be_unknown() {
    let test = Click { url: "https://www.attemplate.com/login", ..PHISH };
    let said = first_read(&[test]);
    assert!(said[1].ends_with("on a link of a phishing simulation."), "{said:?}");
    let said = first_read(&[test, Click { user: "", ..PHISH }]);
    assert!(said[1].contains("1 on a link of a phishing simulation, 1 that no person"), "{said:?}");
    let said = first_read(&[test, Click { user: "bo@contoso.com", ..PHISH }]);
    assert!(
        said[1].contains("1 person reached")
            && said[1].contains("(2 by the verdict at the click, 1 of them in a"),
        "{said:?}"
    );
}

#[test]
fn first_read_under_a_filter_of_machines_speaks_of_no_person() {
    let csv = export(&[Click { ip: "52.112.103.113", ..PHISH }]);
    let mut session = session(&[("clicks.csv", &csv)]);
    let ask = AskFirstRead { filter: "automation=automated,likely".to_owned() };
    let read: FirstRead = answer(&mut session, &ask, &[]);
    let said: Vec<String> =
        read.sentences.iter().map(|s| s.0.iter().map(|part| part.text.shown()).collect()).collect();
    assert!(
        said[0].ends_with("1 person clicked 1 link in 1 click, all made by machines, as far as can be told."),
        "{said:?}"
    );
    assert!(said[1].contains("no person is known to have made any of them"), "{said:?}");
}

#[test]
fn clicks_of_nobody_are_counted_as_such_and_nobody_is_cleared_by_them() {
    let nameless = Click { user: "", ..PLAIN };
    let said = first_read(&[nameless]);
    assert!(said[0].starts_with("In 1 day 1 link was clicked in 1 click that names nobody"), "{said:?}");
    // Let through before the page was found to be bad.
    let early = Click { user: "", time: "2026-04-06T08:00:00", ..PLAIN };
    let said = first_read(&[early, Click { user: "bo@contoso.com", ..STOPPED }]);
    assert!(
        said.iter()
            .any(|one| one.starts_with("1 click that names nobody reached a page that is known today")),
        "{said:?}"
    );
    assert!(!said.iter().any(|one| one.starts_with("No person in view")), "{said:?}");
}
