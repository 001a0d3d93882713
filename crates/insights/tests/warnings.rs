//! Who goes past warnings: files in, rates out.

#[expect(dead_code, reason = "other tests open one file")]
#[path = "../../clicks/tests/common/mod.rs"]
mod common;
mod made_up;

use common::{answer, session_in};
use insights::{AskWarnings, Warned, Warnings};
use made_up::{Click, export};

const STOPPED: Click<'_> = Click {
    time: "2026-04-06T09:00:00",
    user: "ana@contoso.com",
    url: "https://evil.example/",
    action: "ClickBlocked",
    threat: "Phish",
    ip: "203.0.113.7",
    through: 0,
    report: 0,
    message: 0,
};

fn warnings(files: &[(&str, &str)], filter: &str) -> Warnings {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut session = session_in(Box::new(|_, _, _| None), &files).expect("clicks");
    answer(&mut session, &AskWarnings { filter: filter.to_owned() }, &[])
}

/// Values with their rates: `ana@contoso.com 1/2`, with `!` where one stands out.
fn told(values: &[Warned]) -> Vec<String> {
    let said = |one: &Warned| {
        let mark = if one.stands_out { "!" } else { "" };
        format!("{} {}/{}{mark}", one.value.original(), one.rate.count, one.rate.of)
    };
    values.iter().map(said).collect()
}

fn part<'a>(found: &'a Warnings, field: &str) -> &'a [Warned] {
    found.parts.iter().find(|part| part.field == field).map_or(&[], |part| &part.values)
}

#[test]
fn block_and_override_are_one_warning_and_the_time_between_is_told() {
    let csv = export(&[
        Click { report: 7, ..STOPPED },
        Click { report: 7, time: "2026-04-06T09:00:12", through: 1, ..STOPPED },
        Click { user: "bo@contoso.com", ..STOPPED },
    ]);
    let found = warnings(&[("clicks.csv", &csv)], "");
    assert_eq!((found.all.count, found.all.of, found.pause_s), (1, 2, Some(12)));
    assert_eq!(told(part(&found, "user")), ["ana@contoso.com 1/1"]);
    assert_eq!(told(part(&found, "source")), ["Email 1/2"]);
    assert!(part(&found, "group").is_empty(), "no directory, no groups");
}

#[test]
fn pause_before_each_click_past_a_warning_counts_from_the_page_that_was_shown_for_it() {
    let at = |time: &'static str, through: u8| Click { report: 7, time, through, ..STOPPED };
    let found = |clicks: &[Click<'_>]| warnings(&[("clicks.csv", &export(clicks))], "").pause_s;
    // An hour later the page is shown anew: 10 and 8 seconds, not 10 and an hour.
    let twice = [
        at("2026-04-06T09:00:01", 0),
        at("2026-04-06T09:00:11", 1),
        at("2026-04-06T10:00:01", 0),
        at("2026-04-06T10:00:09", 1),
    ];
    assert_eq!(found(&twice), Some(8), "the lower one of two");
    // Whoever goes past twice is shown one page as far as the export tells.
    let without = [at("2026-04-06T09:00:01", 0), at("2026-04-06T09:00:11", 1), at("2026-04-06T10:00:09", 1)];
    assert_eq!(found(&without), Some(10));
}

#[test]
fn pause_in_an_export_that_has_lost_its_seconds_is_not_told() {
    let csv = export(&[Click { report: 7, ..STOPPED }, Click { report: 7, through: 1, ..STOPPED }]);
    let found = warnings(&[("clicks.csv", &csv)], "");
    assert_eq!((found.all.count, found.all.of, found.pause_s), (1, 1, None));
}

#[test]
fn pause_from_a_page_whose_file_has_lost_its_seconds_is_not_told() {
    let block = export(&[Click { report: 7, ..STOPPED }, Click { user: "bo@contoso.com", ..STOPPED }]);
    let past = export(&[Click { report: 7, time: "2026-04-06T09:00:40", through: 1, ..STOPPED }]);
    let found = warnings(&[("minutes.csv", &block), ("seconds.csv", &past)], "user=ana@contoso.com");
    assert_eq!((found.all.count, found.all.of, found.pause_s), (1, 1, None));
}

#[test]
fn attempt_over_midnight_is_one_of_its_week() {
    let csv = export(&[
        Click { report: 7, time: "2026-04-07T23:59:50", ..STOPPED },
        Click { report: 7, time: "2026-04-08T00:00:05", through: 1, ..STOPPED },
        Click { time: "2026-04-28T09:00:01", user: "bo@contoso.com", ..STOPPED },
    ]);
    let found = warnings(&[("clicks.csv", &csv)], "");
    assert_eq!(told(&found.over_time).first().map(String::as_str), Some("2026-04-06 1/1"));
    assert_eq!(found.pause_s, Some(15));
}

#[test]
fn of_many_people_it_is_said_how_many_would_stand_out_by_chance() {
    let people: Vec<String> = (0..40).map(|n| format!("person{n}@contoso.com")).collect();
    let urls: Vec<String> = (0..10).map(|n| format!("https://evil{n}.example/")).collect();
    let click = |user, url, at: usize| Click { user, url, through: u8::from(at == 0), ..STOPPED };
    let of_one = |user| urls.iter().enumerate().map(move |(at, url)| click(user, url.as_str(), at));
    let clicks: Vec<Click<'_>> = people.iter().flat_map(|user| of_one(user.as_str())).collect();
    let found = warnings(&[("clicks.csv", &export(&clicks))], "");
    // One in ten of each: of ten 3 and more are above, a probability of 0.0702 in the tables of the binomial distribution.
    assert!(found.rule.ends_with("; of 40 people with so many 2.8 would by chance."), "{}", found.rule);
    assert!(part(&found, "user").iter().all(|one| !one.stands_out));
}

#[test]
fn rate_stays_one_under_a_filter_of_what_came_of_clicks() {
    let csv = export(&[Click { through: 1, ..STOPPED }, Click { user: "bo@contoso.com", ..STOPPED }]);
    let found = warnings(&[("clicks.csv", &csv)], "action=useroverride");
    assert_eq!((found.all.count, found.all.of), (1, 2));
}

#[test]
fn person_who_overrides_often_stands_out_and_one_of_one_does_not() {
    let people: Vec<String> = (0..30).map(|n| format!("person{n}@contoso.com")).collect();
    let mut clicks: Vec<Click<'_>> = people.iter().map(|user| Click { user, ..STOPPED }).collect();
    clicks.extend([Click { user: "once@contoso.com", through: 1, ..STOPPED }]);
    let urls: Vec<String> = (0..6).map(|n| format!("https://evil{n}.example/")).collect();
    clicks.extend(urls.iter().map(|url| Click { user: "often@contoso.com", url, through: 1, ..STOPPED }));
    let found = warnings(&[("clicks.csv", &export(&clicks))], "");
    assert_eq!(told(part(&found, "user")), ["often@contoso.com 6/6!", "once@contoso.com 1/1"]);
}

#[test]
fn weeks_begin_on_monday_and_one_without_a_warning_is_there() {
    let csv = export(&[
        Click { time: "2026-04-08T09:00:00", through: 1, ..STOPPED },
        Click { time: "2026-04-09T09:00:00", ..STOPPED },
        Click { time: "2026-04-22T09:00:00", user: "bo@contoso.com", ..STOPPED },
        Click { time: "2026-04-30T09:00:00", user: "cy@contoso.com", ..STOPPED },
    ]);
    let found = warnings(&[("clicks.csv", &csv)], "");
    assert_eq!(found.days_each, 7);
    assert_eq!(
        told(&found.over_time),
        ["2026-04-06 1/2", "2026-04-13 0/0", "2026-04-20 0/1", "2026-04-27 0/1"]
    );
}

#[test]
fn policy_that_lets_nobody_through_is_named() {
    let csv = export(&[STOPPED]);
    let policy = r#"[{"Name":"Strict","EnableSafeLinksForEmail":true,"EnableSafeLinksForTeams":true,"EnableSafeLinksForOffice":true,"TrackClicks":true,"AllowClickThrough":false,"ScanUrls":true,"DoNotRewriteUrls":[]}]"#;
    let found = warnings(&[("clicks.csv", &csv), ("policy.json", policy)], "");
    let names: Vec<&str> = found.closed.iter().map(clicks::model::Untrusted::original).collect();
    assert_eq!(names, ["Strict"]);
}

#[test]
fn view_without_a_warning_has_no_rate() {
    let csv = export(&[Click { action: "ClickAllowed", threat: "", ..STOPPED }]);
    let found = warnings(&[("clicks.csv", &csv)], "");
    assert_eq!((found.all.of, found.parts.len(), found.over_time.len()), (0, 0, 0));
}
