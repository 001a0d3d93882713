//! What came of the simulations: people against their real clicks, one simulation after the other, groups.

use clicks::model::Field;
use insights::SimulationsAnswer;
use insights::simulated::{SimulatedGroup, SimulationOutcome};
use leptos::prelude::*;

use super::quadrant::{Chosen, quadrant};
use super::table::{Row, table};
use crate::state::AppState;
use crate::ui::words;

const OVER_TIME: [&str; 9] = [
    "Simulation",
    "Date",
    "Delivered",
    "Clicked",
    "Gave data away",
    "Reported",
    "Reported ÷ clicked",
    "False clicks removed",
    "Why",
];

const GROUPS: [&str; 5] = [
    "Group",
    "People",
    "Simulations clicked, of those received",
    "People with a real malicious click",
    "Note",
];

/// The panels, in the order in which they are read.
pub fn results(state: AppState, found: &SimulationsAnswer, chosen: Chosen) -> AnyView {
    let tests = view! {
        <p class="simulations-said" data-testid="simulations-said">{said(found)}</p>
        {quadrant(state, found, chosen)}
        {notes(untold(found))}
    };
    [
        panel("simulations-people", "Tests and real clicks", tests.into_any()),
        panel("simulations-time", "Simulations over time", over_time(state, found)),
        panel("simulations-groups", "Groups", groups(state, found)),
    ]
    .collect_view()
    .into_any()
}

fn panel(testid: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="panel" data-testid=testid aria-label=title>
            <div class="panel-head"><h2>{title}</h2></div>
            {body}
        </section>
    }
    .into_any()
}

/// Small text under the numbers.
fn notes(lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="simulations-notes">{lines}</ul> }.into_any()
}

/// “120 people tested; 14 of them (12 %) also clicked real malicious links. Fewer clicked in the last …”
fn said(found: &SimulationsAnswer) -> String {
    // Fail both, and fail for real alone.
    let bad: u64 = [0_usize, 2].iter().filter_map(|at| found.quadrant.get(*at)).map(|list| list.people).sum();
    format!(
        "{} tested; {} of them ({}) also clicked real malicious links. {}",
        words::counted(found.tested, "person", "people"),
        words::number(bad),
        words::percent(bad, found.tested),
        found.trend
    )
}

/// Who is in no part of the quadrant.
fn untold(found: &SimulationsAnswer) -> Vec<String> {
    let mut lines = vec![
        "To fail a simulation is to click in it. Real clicks are those in view, without those of machines."
            .to_owned(),
    ];
    if found.not_received > 0 {
        lines.push(format!(
            "{} named in simulations received none.",
            words::counted(found.not_received, "person", "people")
        ));
    }
    if found.out_of_scope > 0 {
        lines.push(format!(
            "{} left out.",
            words::counted(
                found.out_of_scope,
                "guest, shared or service account is",
                "guests, shared or service accounts are"
            )
        ));
    }
    if found.not_tested > 0 {
        lines.push(format!(
            "{} with real clicks received no simulation; with a malicious click: {}.",
            words::counted(found.not_tested, "person", "people"),
            words::number(found.not_tested_bad)
        ));
    }
    lines
}

fn over_time(state: AppState, found: &SimulationsAnswer) -> AnyView {
    let zone = state.zone();
    let row = |one: &SimulationOutcome| {
        let name = if one.name.is_empty() {
            "no name".to_owned()
        } else {
            words::defanged_inside(one.name.original())
        };
        let date = match one.first_ms {
            Some(ms) => words::short_date(&words::time_in(&ms.to_string(), &zone)),
            None => "no time".to_owned(),
        };
        let rate = one.clicked;
        let mut clicked = part(rate.count, rate.of, rate.low.zip(rate.high));
        if one.by_code > 0 {
            clicked.push_str(&format!(", {} by QR code", words::number(one.by_code)));
        }
        let [submitted, reported] = [one.submitted, one.reported].map(|rate| match rate {
            Some(rate) => part(rate.count, rate.of, rate.low.zip(rate.high)),
            None => "not said".to_owned(),
        });
        let per_click = one.reported_per_click.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        let cells = vec![
            name,
            date,
            words::number(one.delivered),
            clicked,
            submitted,
            reported,
            per_click,
            words::number(one.false_clicks),
            one.why.clone(),
        ];
        Row { door: None, cells }
    };
    let mut rule = found.rule.clone();
    if found.more_campaigns > 0 {
        let older = words::counted(found.more_campaigns, "older simulation is", "older simulations are");
        rule.push(format!("{older} left out of this table."));
    }
    view! {
        {table(state, "Simulations over time", &OVER_TIME, found.campaigns.iter().map(row).collect())}
        {notes(rule)}
    }
    .into_any()
}

fn groups(state: AppState, found: &SimulationsAnswer) -> AnyView {
    if found.groups.is_empty() {
        return notes(vec![
            "No group of anybody is known: open a list of people together with these files.".to_owned(),
        ]);
    }
    let row = |one: &SimulatedGroup| {
        let [clicked, bad] = [one.clicked, one.bad].map(|rate| {
            // Of too few a share says nothing.
            if one.too_few {
                format!("{} of {}", words::number(rate.count), words::number(rate.of))
            } else {
                part(rate.count, rate.of, rate.low.zip(rate.high))
            }
        });
        let note = if one.too_few { "too few to compare" } else { "" };
        let (door, name) = if one.group.is_empty() {
            (None, "no group known".to_owned())
        } else {
            (Some((Field::Group, one.group.clone())), one.group.shown())
        };
        Row { door, cells: vec![name, words::number(one.people), clicked, bad, note.to_owned()] }
    };
    let mut lines = vec![
        "First those of whom it is most certain that they click. In brackets: where the true share lies, 95 times in 100."
            .to_owned(),
    ];
    if found.more_groups > 0 {
        let more = words::counted(found.more_groups, "more group is", "more groups are");
        lines.push(format!("{more} left out."));
    }
    view! {
        {table(state, "Groups in simulations", &GROUPS, found.groups.iter().map(row).collect())}
        {notes(lines)}
    }
    .into_any()
}

/// “14 · 12 % (8–17 %)”; without the brackets where there is no interval.
fn part(count: u64, of: u64, interval: Option<(f64, f64)>) -> String {
    let share = format!("{} · {}", words::number(count), words::percent(count, of));
    match interval {
        Some((low, high)) => format!("{share} ({:.0}–{:.0} %)", low * 100.0, high * 100.0),
        None => share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_is_said_with_its_interval_where_there_is_one() {
        assert_eq!(part(3, 6, Some((0.188, 0.812))), "3 · 50 % (19–81 %)");
        assert_eq!(part(0, 40, Some((0.0, 0.088))), "0 · 0 % (0–9 %)");
        assert_eq!(part(1, 3, None), "1 · 33 %");
        assert_eq!(part(0, 0, None), "0 · –");
    }
}
