//! When people click: files in, hours and days out.

#[expect(dead_code, reason = "other tests open one file")]
#[path = "../../clicks/tests/common/mod.rs"]
mod common;
mod made_up;

use clicks::engine::DataToken;
use clicks::session::Session;
use common::{answer, session_in};
use insights::{AskWhen, When};
use made_up::{Click, export};

const PLAIN: Click<'_> = Click {
    time: "2026-04-06T09:00",
    user: "ana@contoso.com",
    url: "https://fine.example/",
    action: "ClickAllowed",
    threat: "",
    ip: "203.0.113.7",
    through: 0,
    report: 0,
    message: 0,
};

fn when(clicks: &[Click<'_>], by: &str) -> When {
    let csv = export(clicks);
    let mut session: Session =
        session_in(Box::new(|_, _, _| None), &[("clicks.csv", csv.as_bytes())]).expect("clicks");
    answer(&mut session, &AskWhen { by: by.to_owned(), ..AskWhen::default() }, &[])
}

/// A click each weekday of three weeks from Monday, 6 April 2026 on, two more on Wednesday, 22 April.
fn three_weeks() -> Vec<String> {
    let days = (6..25).filter(|day| !matches!(day % 7, 4 | 5));
    days.map(|day| format!("2026-04-{day:02}T09:00")).collect()
}

#[test]
fn hours_of_work_end_when_they_end_and_weekends_have_none() {
    let clicks = [
        Click { time: "2026-04-06T07:59", ..PLAIN },
        Click { time: "2026-04-06T08:00", ..PLAIN },
        Click { time: "2026-04-06T17:59", ..PLAIN },
        Click { time: "2026-04-06T18:00", ..PLAIN },
        Click { time: "2026-04-11T12:00", ..PLAIN },
    ];
    let found = when(&clicks, "");
    assert_eq!((found.total, found.off_hours), (5, 3));
    assert_eq!(found.grid[1][7..9], [1, 1]);
    assert_eq!((found.grid[1][17], found.grid[1][18], found.grid[6][12]), (1, 1, 1));
    assert_eq!(found.rule, "Working hours are Monday to Friday, 08:00 to 18:00, UTC.");
}

#[test]
fn people_are_counted_once_an_hour_of_the_week_and_once_in_all() {
    let clicks = [
        PLAIN,
        Click { time: "2026-04-06T09:30", ..PLAIN },
        Click { time: "2026-04-13T09:10", ..PLAIN },
        Click { time: "2026-04-13T20:10", ..PLAIN },
        Click { time: "2026-04-14T21:10", ..PLAIN },
        Click { user: "bo@contoso.com", ..PLAIN },
        Click { user: "", time: "2026-04-06T09:45", ..PLAIN },
    ];
    let found = when(&clicks, "people");
    assert_eq!((found.total, found.off_hours), (2, 1), "ana and bo; ana in the evening");
    assert_eq!((found.grid[1][9], found.grid[1][20], found.grid[2][21]), (2, 1, 1));
}

#[test]
fn malicious_and_reached_clicks_have_hours_of_their_own() {
    let clicks = [
        PLAIN,
        Click { url: "https://evil.example/", threat: "Phish", time: "2026-04-06T10:00", ..PLAIN },
        Click {
            url: "https://evil.example/",
            threat: "Phish",
            action: "ClickBlocked",
            time: "2026-04-06T11:00",
            ..PLAIN
        },
    ];
    let malicious = when(&clicks, "malicious");
    assert_eq!((malicious.total, malicious.grid[1][10], malicious.grid[1][11]), (2, 1, 1));
    let reached = when(&clicks, "reached");
    assert_eq!((reached.total, reached.grid[1][10], reached.grid[1][11]), (1, 1, 0));
}

#[test]
fn day_that_stands_out_is_told_with_what_most_of_it_was() {
    let times = three_weeks();
    let mut clicks: Vec<Click<'_>> = times.iter().map(|time| Click { time, ..PLAIN }).collect();
    let people: Vec<String> = (0..20).map(|n| format!("person{n}@contoso.com")).collect();
    clicks.extend(people.iter().map(|user| Click {
        user,
        time: "2026-04-22T10:00",
        url: "https://offer.example/x",
        ..PLAIN
    }));
    let found = when(&clicks, "");
    let told: Vec<_> = found.days.iter().map(|day| (day.day.as_str(), day.n, day.usual)).collect();
    assert_eq!(told, [("2026-04-22", 21, 1)]);
    assert_eq!(found.days[0].why[0].original(), "20 of 21 clicks on offer[.]example");
    assert_eq!(found.odd_days, 1);
}

#[test]
fn quiet_weeks_and_few_days_have_no_day_that_stands_out() {
    let times = three_weeks();
    let clicks: Vec<Click<'_>> = times.iter().map(|time| Click { time, ..PLAIN }).collect();
    let found = when(&clicks, "");
    assert!(found.days.is_empty() && found.odd_rule.starts_with("A day stands out"), "{}", found.odd_rule);
    let found = when(&clicks[..4], "");
    assert!(found.odd_rule.starts_with("Which days stand out is told from 10"), "{}", found.odd_rule);
}

#[test]
fn what_cannot_be_counted_is_said_and_nothing_in_view_is_empty() {
    let csv = export(&[PLAIN]);
    let mut session =
        session_in(Box::new(|_, _, _| None), &[("clicks.csv", csv.as_bytes())]).expect("clicks");
    let ask = AskWhen { filter: "user=nobody@contoso.com".to_owned(), ..AskWhen::default() };
    let found: When = answer(&mut session, &ask, &[]);
    assert_eq!((found.total, found.grid.len()), (0, 0));
    for wrong in [
        AskWhen { by: "moons".to_owned(), ..AskWhen::default() },
        AskWhen { work_from: Some(18), work_to: Some(8), ..AskWhen::default() },
        AskWhen { work_to: Some(25), ..AskWhen::default() },
    ] {
        let asked = session.ask(DataToken(1), Box::new(wrong.clone())).expect("a question");
        assert!(session.answer(asked).is_err(), "{wrong:?}");
    }
}
