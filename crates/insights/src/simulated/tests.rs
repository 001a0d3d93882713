use super::*;
use clicks::beside::{Simulated, Stage, Stamp};

/// 2026-04-02T08:00:00Z.
const START: i64 = 1_775_116_800_000;
const DAY: i64 = 86_400;
const NOBODY: Rules<'static> = Rules { soon_ms: 5_000, run: RUN, behind: &|_, _| Behind::Unknown };

/// Something that happened so many seconds after the start.
fn event(campaign: &str, person: &str, stage: Stage, at: Option<i64>) -> Simulated {
    Simulated {
        is_guest: false,
        campaign: campaign.to_owned(),
        person: person.to_owned(),
        stage,
        at: at.map(|at| Stamp { ms: START + at * 1_000, either: false }),
        ip: String::new(),
        device: String::new(),
        how: String::new(),
        file: 0,
        list: Some("attack-simulation"),
    }
}

fn click(campaign: &str, person: &str, at: Option<i64>, ip: &str) -> Simulated {
    Simulated { ip: ip.to_owned(), ..event(campaign, person, Stage::Clicked, at) }
}

fn answer(real: &[RealPerson<'_>], events: &[Simulated], rules: &Rules<'_>) -> SimulationsAnswer {
    simulated(real, &Simulations { events: events.to_vec() }, rules)
}

fn person<'a>(name: &'a str, group: &'a str, bad_clicks: u32) -> RealPerson<'a> {
    RealPerson { name, group, bad_clicks, reached: 0 }
}

fn names(list: &TestedList) -> Vec<&str> {
    list.list.iter().map(|one| one.person.original()).collect()
}

/// What `tests/samples/simulation/attack-simulation-guest-qr-click-after-3s.csv` says.
fn sample() -> Vec<Simulated> {
    use Stage::{Clicked, Delivered, Failed, Opened, Reported, Submitted};
    let mut events = Vec::new();
    for name in ["ana", "ben", "carla", "vendor", "dario", "eva"] {
        events.push(event("", name, Delivered, Some(0)));
    }
    events.push(event("", "ana", Opened, Some(1_740)));
    events.push(click("", "ana", Some(1_811), "203.0.113.7"));
    events.push(event("", "ana", Submitted, Some(1_860)));
    events.push(Simulated { how: "QRCode".to_owned(), ..click("", "ben", Some(3_600), "2001:db8::9") });
    events.push(event("", "ben", Reported, Some(3_000)));
    events.push(click("", "carla", Some(3), "198.51.100.99"));
    events.push(event("", "invoices", Failed, Some(0)));
    events.push(event("", "dario", Reported, Some(7_200)));
    events.push(event("", "eva", Clicked, Some(10_800)));
    events.push(event("", "eva", Clicked, Some(10_820)));
    events
}

#[test]
fn simulation_counts_people_without_the_click_of_a_machine() {
    let answer = answer(&[], &sample(), &NOBODY);
    let [one] = answer.campaigns.as_slice() else { panic!("{:?}", answer.campaigns) };
    assert_eq!((one.first_ms, one.delivered), (Some(START), 6));
    assert_eq!((one.clicked.count, one.clicked.of), (3, 6));
    let thousandths = |share: Option<f64>| share.map(|share| (share * 1_000.0).round() as u64);
    assert_eq!((thousandths(one.clicked.low), thousandths(one.clicked.high)), (Some(188), Some(812)));
    assert_eq!(one.submitted.map(|rate| rate.count), Some(1));
    assert_eq!(one.reported.map(|rate| rate.count), Some(2));
    assert_eq!(thousandths(one.reported_per_click), Some(667));
    assert_eq!((one.by_code, one.false_clicks), (1, 1));
    assert_eq!(one.why, "1 within 5 seconds of delivery");
    assert_eq!((answer.tested, answer.not_received), (6, 1));
    assert_eq!(answer.rule.len(), 2);
}

#[test]
fn click_of_a_scanner_before_that_of_a_person_is_a_click_of_the_person() {
    let mut events = sample();
    events.push(click("", "carla", Some(1_800), "203.0.113.7"));
    let one = &answer(&[], &events, &NOBODY).campaigns[0];
    assert_eq!((one.clicked.count, one.false_clicks), (4, 0));
}

#[test]
fn data_given_away_later_is_a_person_and_said_to_be_only_follows_from_the_click() {
    for (at, count) in [(Some(60), 4), (Some(4), 3), (None, 3)] {
        let mut events = sample();
        events.push(event("", "carla", Stage::Submitted, at));
        let one = &answer(&[], &events, &NOBODY).campaigns[0];
        assert_eq!(one.clicked.count, count, "{at:?}");
        assert_eq!(one.submitted.map(|rate| rate.count), Some(count - 2), "{at:?}");
    }
    // Without any click that could be judged it is what the export says.
    let mut events = sample();
    events.push(event("", "vendor", Stage::Submitted, None));
    let answer = answer(&[], &events, &NOBODY);
    assert_eq!(answer.campaigns[0].clicked.count, 4);
    assert!(answer.rule[2].starts_with("1 click with neither"), "{:?}", answer.rule);
}

#[test]
fn address_of_a_machine_is_told_at_any_time_and_that_of_people_too() {
    let behind = |ip: &str, _: Option<i64>| match ip {
        "203.0.113.7" => Behind::Machine("a scanner"),
        "198.51.100.99" => Behind::Person,
        _ => Behind::Unknown,
    };
    let rules = Rules { behind: &behind, ..NOBODY };
    let mut events = sample();
    events.retain(|event| event.stage != Stage::Submitted);
    let one = &answer(&[], &events, &rules).campaigns[0];
    assert_eq!((one.clicked.count, one.false_clicks), (3, 1));
    assert_eq!(one.why, "1 from a scanner");
    assert_eq!(one.submitted, None, "no export says that anybody did");
}

#[test]
fn clicks_before_delivery_are_those_of_machines_unless_clocks_differ() {
    let with_early = |early: i64, late: i64| {
        let mut events = Vec::new();
        for n in 0..early + late {
            let name = format!("p{n}");
            events.push(event("Parcel", &name, Stage::Delivered, Some(100)));
            events.push(click("Parcel", &name, Some(if n < early { 7 } else { 900 + n }), ""));
        }
        answer(&[], &events, &NOBODY)
    };
    let few = with_early(1, 3);
    assert_eq!((few.campaigns[0].clicked.count, few.campaigns[0].false_clicks), (3, 1));
    assert_eq!(few.campaigns[0].why, "1 before delivery");
    let many = with_early(3, 1);
    assert_eq!((many.campaigns[0].clicked.count, many.campaigns[0].false_clicks), (4, 0));
    assert!(many.rule[2].contains("clocks differ"), "{:?}", many.rule);
}

#[test]
fn times_without_seconds_tell_nothing_of_seconds() {
    let events =
        [event("Parcel", "ana", Stage::Delivered, Some(0)), click("Parcel", "ana", Some(0), "203.0.113.7")];
    let coarse = answer(&[], &events, &NOBODY);
    assert_eq!(coarse.campaigns[0].clicked.count, 1);
    assert!(coarse.rule[2].starts_with("1 click of files"), "{:?}", coarse.rule);
    let fine = [events[0].clone(), events[1].clone(), event("Parcel", "ben", Stage::Delivered, Some(1))];
    assert_eq!(answer(&[], &fine, &NOBODY).campaigns[0].false_clicks, 1);
}

#[test]
fn quadrant_sets_simulations_against_real_clicks() {
    let real = [
        person("ana", "", 2),
        person("dario", "", 1),
        person("ben", "", 0),
        person("zoe", "", 3),
        person("invoices", "", 0),
    ];
    let answer = answer(&real, &sample(), &NOBODY);
    let [both, simulations, real, neither] = answer.quadrant.as_slice() else { panic!("four lists") };
    assert_eq!(names(both), ["ana"]);
    assert_eq!(names(simulations), ["ben", "eva"]);
    assert_eq!(names(real), ["dario"]);
    assert_eq!(names(neither), ["carla", "vendor"]);
    assert_eq!(neither.list[0].false_clicks, 1);
    assert_eq!((answer.not_tested, answer.not_tested_bad), (2, 1));
    assert!(answer.groups.is_empty(), "nobody's group is known");
}

#[test]
fn list_names_the_first_and_counts_the_rest() {
    let names: Vec<String> = (0..250).map(|n| format!("p{n:03}")).collect();
    let events: Vec<Simulated> =
        names.iter().map(|name| event("Parcel", name, Stage::Delivered, Some(0))).collect();
    let neither = &answer(&[], &events, &NOBODY).quadrant[3];
    assert_eq!((neither.people, neither.list.len()), (250, 200));
    assert_eq!(neither.list[0].person, "p000");
}

#[test]
fn group_of_few_people_has_no_interval_and_comes_last() {
    let real = [
        person("ana", "Finance", 1),
        person("ben", "Finance", 0),
        person("carla", "Finance", 0),
        person("dario", "Finance", 0),
        person("eva", "Finance", 0),
        person("vendor", "Guests", 1),
    ];
    let groups = answer(&real, &sample(), &NOBODY).groups;
    let [finance, guests] = groups.as_slice() else { panic!("{groups:?}") };
    assert_eq!(finance.group, "Finance");
    assert_eq!((finance.people, finance.too_few), (5, false));
    assert_eq!(finance.clicked, Rate::new(3, 5));
    assert_eq!(finance.bad, Rate::new(1, 5));
    assert_eq!((guests.too_few, guests.bad), (true, Rate::bare(1, 1)));
}

/// Three simulations, a day each; who received and was compromised in which.
fn three(people: &[(&str, &[i64], &[i64])]) -> Vec<Simulated> {
    let mut events = Vec::new();
    for (name, received, compromised) in people {
        for day in *received {
            let campaign = (9 - day).to_string();
            events.push(event(&campaign, name, Stage::Delivered, Some(day * DAY)));
            if compromised.contains(day) {
                events.push(event(&campaign, name, Stage::Submitted, Some(day * DAY + 90)));
            }
        }
    }
    events
}

#[test]
fn repeat_offender_is_compromised_in_consecutive_simulations_that_they_received() {
    let events = three(&[
        ("ana", &[1, 2, 3], &[1, 2]),
        ("ben", &[1, 3], &[1, 3]),
        ("carla", &[1, 2, 3], &[]),
        ("dario", &[1, 2, 3], &[]),
    ]);
    let answer = answer(&[], &events, &NOBODY);
    assert_eq!(names(&answer.repeat), ["ana", "ben"]);
    assert_eq!(answer.repeat.list[1].in_a_row, 2);
    // By the rates 2/4, 1/3, 1/4: 5/24 for each of three people, 1/8 for ben.
    assert!((answer.repeat_by_chance - 0.75).abs() < 1e-9, "{}", answer.repeat_by_chance);
    let in_order: Vec<&str> = answer.campaigns.iter().map(|one| one.name.original()).collect();
    assert_eq!(in_order, ["8", "7", "6"]);
    let apart = three(&[("ana", &[1, 2, 3], &[1, 3])]);
    assert_eq!(super::simulated(&[], &Simulations { events: apart }, &NOBODY).repeat.people, 0);
}

#[test]
fn click_counts_for_repeat_offenders_where_no_export_knows_more() {
    let mut events = three(&[("ana", &[1, 2], &[])]);
    events.push(click("8", "ana", Some(DAY + 60), ""));
    events.push(click("7", "ana", Some(2 * DAY + 60), ""));
    let by_click = answer(&[], &events, &NOBODY);
    assert_eq!(names(&by_click.repeat), ["ana"]);
    assert!(by_click.repeat_rule.contains("In 2 simulations"), "{}", by_click.repeat_rule);
    events.push(event("7", "ben", Stage::Submitted, Some(2 * DAY + 60)));
    assert_eq!(answer(&[], &events, &NOBODY).repeat.people, 0);
}

#[test]
fn simulation_without_any_time_is_last_and_in_no_row() {
    let mut events = three(&[("ana", &[2], &[2])]);
    events.push(event("1", "ana", Stage::Submitted, None));
    let answer = answer(&[], &events, &NOBODY);
    assert_eq!(answer.campaigns.iter().map(|one| one.first_ms.is_some()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(answer.repeat.people, 0);
    assert!(answer.repeat_rule.contains("1 simulation without"), "{}", answer.repeat_rule);
}

#[test]
fn lists_without_a_name_are_simulations_of_their_own() {
    let of_file = |file: u16, list: Option<&'static str>| {
        sample().into_iter().map(move |event| Simulated { file, list, ..event })
    };
    let two: Vec<Simulated> =
        of_file(0, Some("gophish-results")).chain(of_file(1, Some("gophish-results"))).collect();
    let counts = |events: &[Simulated]| {
        let answer = answer(&[], events, &NOBODY);
        answer.campaigns.iter().map(|one| (one.delivered, one.clicked.count)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&two), [(6, 3), (6, 3)]);
    // Events are of the one list there is.
    let merged: Vec<Simulated> = of_file(0, Some("gophish-results")).chain(of_file(1, None)).collect();
    assert_eq!(counts(&merged), [(6, 3)]);
}

#[test]
fn trend_is_said_only_where_intervals_are_apart() {
    let with = |first: i64, last: i64| {
        let mut events = Vec::new();
        for n in 0..100 {
            let name = format!("p{n}");
            for (campaign, day, clicks) in [("June", 30, last), ("May", 1, first)] {
                events.push(event(campaign, &name, Stage::Delivered, Some(day * DAY)));
                if n < clicks {
                    events.push(click(campaign, &name, Some(day * DAY + 61), ""));
                }
            }
        }
        answer(&[], &events, &NOBODY).trend
    };
    assert!(with(40, 10).starts_with("Fewer"));
    assert!(with(10, 40).starts_with("More"));
    assert!(with(10, 14).contains("no more than chance"));
    assert_eq!(answer(&[], &sample(), &NOBODY).trend, "");
}

#[test]
fn nothing_to_compare_says_nothing() {
    let answer = answer(&[person("ana", "", 1)], &[], &NOBODY);
    assert_eq!((answer.tested, answer.not_tested, answer.campaigns.len()), (0, 1, 0));
    assert_eq!(answer.quadrant.len(), QUADRANT.len());
}
