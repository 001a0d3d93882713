//! What each tile says: a number, and what it is a part of.

use clicks::import::Gap;
use clicks::model::Action;
use clicks::query::{Dashboard, Totals};

use super::tile::{Known, TileText};
use crate::ui::words;

fn tile(n: u64, of: String) -> TileText {
    TileText { value: words::number(n), of, quiet: n == 0, ..TileText::default() }
}

/// A number that cannot be given, and why.
fn not_exported(of: String) -> TileText {
    TileText { value: "–".to_owned(), of, quiet: true, known: Known::Not, ..TileText::default() }
}

/// A number that is only part of the whole, for not every file can say what it counts.
fn at_least(n: u64, of: &str, what: &str) -> TileText {
    TileText {
        value: format!("≥ {}", words::number(n)),
        of: of.to_owned(),
        unsaid: format!("{what} not in every export"),
        known: Known::AtLeast,
        quiet: false,
    }
}

/// Nothing was found, and not every file could say it.
fn not_everywhere(d: &Dashboard, what: &str) -> TileText {
    not_exported(format!("{what} {}", words::absent_from(d)))
}

/// No file says what happened to a click: what the engine could not read is no zero. Only click-throughs may
/// be known.
fn has_no_action(d: &Dashboard) -> bool {
    d.facets.iter().any(|f| f.key == "rawAction" && f.absent)
}

pub fn all_clicks(d: &Dashboard, t: &Totals) -> TileText {
    let of = if t.clicks == d.all_clicks {
        "all of the data".to_owned()
    } else {
        format!("of {}", words::number(d.all_clicks))
    };
    match t.automated {
        Some(n) if n > 0 && n < t.clicks => {
            tile(t.clicks, format!("{of} · {} by machines", words::number(n)))
        }
        _ => tile(t.clicks, of),
    }
}

pub fn people(d: &Dashboard, t: &Totals) -> TileText {
    let of = if t.people == d.all_people {
        "all in the data".to_owned()
    } else {
        format!("of {}", words::number(d.all_people))
    };
    tile(t.people, of)
}

pub fn malicious(d: &Dashboard, t: &Totals) -> TileText {
    if t.malicious == 0 && t.clicks > 0 && d.lacks(Gap::Threats) {
        return not_everywhere(d, "threats");
    }
    let of = match t.clicks {
        0 => "no click in view".to_owned(),
        // A share of what somebody chose to export is no rate.
        all if d.lacks(Gap::Allowed) => {
            format!("of {} exported", words::number(all))
        }
        all => format!("{} of clicks", words::percent(t.malicious, all)),
    };
    match d.lacks(Gap::Threats) {
        true => {
            at_least(t.malicious, &format!("of {}", words::counted(t.clicks, "click", "clicks")), "threats")
        }
        false => tile(t.malicious, of),
    }
}

fn people_of(t: &Totals) -> String {
    words::counted(t.reached_unsafe_people, "person", "people")
}

pub fn reached(d: &Dashboard, t: &Totals) -> TileText {
    if has_no_action(d) {
        return match t.reached_unsafe {
            0 => not_exported("no action in this export".to_owned()),
            n => at_least(n, &people_of(t), "actions"),
        };
    }
    let people = people_of(t);
    if t.clicks > 0 && d.lacks(Gap::Threats) {
        return match t.reached_unsafe {
            0 => not_everywhere(d, "threats"),
            n => at_least(n, &people, "threats"),
        };
    }
    tile(t.reached_unsafe, format!("{people} · {} malicious", words::number(t.reached_malicious)))
}

/// Malicious clicks that reached the page, of all malicious ones.
pub fn reached_malicious(d: &Dashboard, t: &Totals) -> TileText {
    let of = format!("of {}", words::counted(t.malicious, "malicious click", "malicious clicks"));
    match (has_no_action(d), d.lacks(Gap::Threats) && t.clicks > 0) {
        (true, _) if t.reached_malicious == 0 => not_exported("no action in this export".to_owned()),
        (true, _) => at_least(t.reached_malicious, &of, "actions"),
        (_, true) if t.reached_malicious == 0 => not_everywhere(d, "threats"),
        (_, true) => at_least(t.reached_malicious, &of, "threats"),
        _ if t.malicious == 0 => tile(0, "no malicious click in view".to_owned()),
        _ => tile(t.reached_malicious, of),
    }
}

pub fn overrides(d: &Dashboard, t: &Totals) -> TileText {
    if has_no_action(d) {
        return not_exported(match t.overridden {
            0 => "no action in this export".to_owned(),
            n => format!("{}; warnings not in this export", words::counted(n, "override", "overrides")),
        });
    }
    let rate = d.override_rate;
    if rate.warned == 0 || t.clicks == 0 {
        return not_exported(match t.clicks {
            0 => "no click in view".to_owned(),
            _ => "no warning was shown".to_owned(),
        });
    }
    if rate.overridden == 0 && d.lacks(Gap::ClickThrough) {
        return not_everywhere(d, "click-throughs");
    }
    // The door opens clicks, the rate is of attempts: where they differ both are said.
    let clicks = match t.overridden {
        n if n == rate.overridden => String::new(),
        n => format!(" · {} in view", words::counted(n, "click", "clicks")),
    };
    // The number does not follow the filter that the one beside it follows.
    let whatever = if d.is_rate_unbent() { ", whatever came of them" } else { "" };
    let warnings = words::counted(rate.warned, "warning or waiting page", "warnings or waiting pages");
    let share = words::percent(rate.overridden, rate.warned);
    let of = format!("{} of {warnings}{whatever}{clicks}", words::number(rate.overridden));
    let quiet = rate.overridden == 0;
    match d.lacks(Gap::ClickThrough) {
        true => TileText {
            value: format!("≥ {share}"),
            of,
            unsaid: words::not_said(d, Gap::ClickThrough).to_owned(),
            known: Known::AtLeast,
            quiet,
        },
        false => TileText { value: share, of, quiet, ..TileText::default() },
    }
}

pub fn blocked(d: &Dashboard, t: &Totals) -> TileText {
    if has_no_action(d) {
        return not_exported("no action in this export".to_owned());
    }
    let of = match t.malicious {
        0 if d.lacks(Gap::Threats) => words::not_said(d, Gap::Threats).to_owned(),
        0 => "no malicious click in view".to_owned(),
        // Clicks on the block list are in the number but not in the share, so both of its ends are said.
        all => format!("{} of {} malicious", words::number(t.blocked_malicious), words::number(all)),
    };
    tile(t.blocked, of)
}

pub fn pending(d: &Dashboard, t: &Totals) -> TileText {
    if has_no_action(d) {
        return not_exported("no action in this export".to_owned());
    }
    // As many as the chart and the bar of the action have: waiting pages that were clicked through are
    // overrides.
    let all: u64 = d.over_time.of(Action::None).iter().sum();
    let waiting = words::counted(all.saturating_sub(t.errors), "waiting", "waiting");
    tile(all, format!("{waiting} · {}", words::counted(t.errors, "error", "errors")))
}

pub fn sum(series: &[Vec<u64>]) -> Vec<u64> {
    let buckets = series.first().map_or(0, Vec::len);
    (0..buckets).map(|at| series.iter().filter_map(|s| s.get(at)).sum()).collect()
}
