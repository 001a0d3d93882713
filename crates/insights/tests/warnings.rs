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
