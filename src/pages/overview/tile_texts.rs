//! What each tile says: a number, and what it is a part of.

use clicks::query::{Dashboard, Totals};

use super::tile::TileText;
use crate::ui::words;

fn tile(n: u64, of: String) -> TileText {
    TileText { value: words::number(n), of, quiet: n == 0 }
}

/// A number that cannot be given, and why.
fn not_exported(of: String) -> TileText {
    TileText { value: "–".to_owned(), of, quiet: true }
}

/// A number that is only part of the whole, for not every file can say what it counts.
fn at_least(n: u64, of: &str, what: &str) -> TileText {
    TileText {
        value: format!("≥ {}", words::number(n)),
        of: format!("{of} · {what} not in every export"),
        quiet: false,
    }
}

/// Whether files lack the column that a note speaks of.
pub fn lacks(d: &Dashboard, note: &str) -> bool {
    d.notes.iter().any(|n| n.code == note)
}

/// Nothing was found, and not every file could say it.
fn not_everywhere(d: &Dashboard, what: &str) -> TileText {
    let where_to = if d.files > 1 { "not in every export" } else { "not in this export" };
    not_exported(format!("{what} {where_to}"))
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
    tile(t.clicks, of)
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
    if t.malicious == 0 && t.clicks > 0 && lacks(d, "no-threats") {
        return not_everywhere(d, "threats");
    }
    let of = match t.clicks {
        0 => "no click in view".to_owned(),
        // A share of what somebody chose to export is no rate.
        all if lacks(d, "no-allowed") => {
            format!("of {} exported", words::number(all))
        }
        all => format!("{} of clicks", words::percent(t.malicious, all)),
    };
    match lacks(d, "no-threats") {
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
    if t.clicks > 0 && lacks(d, "no-threats") {
        return match t.reached_unsafe {
            0 => not_everywhere(d, "threats"),
            n => at_least(n, &people, "threats"),
        };
    }
    tile(t.reached_unsafe, format!("{people} · {} malicious", words::number(t.reached_malicious)))
}

pub fn overrides(d: &Dashboard, t: &Totals) -> TileText {
    if has_no_action(d) {
        return not_exported(match t.overridden {
            0 => "no action in this export".to_owned(),
            n => format!("{}; warnings not in this export", words::counted(n, "override", "overrides")),
        });
    }
    if t.warned_attempts == 0 {
        return not_exported(match t.clicks {
            0 => "no click in view".to_owned(),
            _ => "no warning was shown".to_owned(),
        });
    }
    if t.overridden == 0 && lacks(d, "no-click-through") {
        return not_everywhere(d, "click-throughs");
    }
    // The door opens clicks, the rate is of attempts: where they differ both are said.
    let clicks = match t.overridden {
        n if n == t.overridden_attempts => String::new(),
        n => format!(" · {}", words::counted(n, "click", "clicks")),
    };
    let warnings = words::counted(t.warned_attempts, "warning", "warnings");
    let rate = words::percent(t.overridden_attempts, t.warned_attempts);
    let of = format!("{} of {warnings}{clicks}", words::number(t.overridden_attempts));
    let somewhere = lacks(d, "no-click-through");
    TileText {
        value: if somewhere { format!("≥ {rate}") } else { rate },
        of: if somewhere { format!("{of} · click-throughs not in every export") } else { of },
        quiet: t.overridden_attempts == 0,
    }
}

pub fn blocked(d: &Dashboard, t: &Totals) -> TileText {
    if has_no_action(d) {
        return not_exported("no action in this export".to_owned());
    }
    let of = match t.malicious {
        0 if lacks(d, "no-threats") => match d.files {
            1 => "threats not in this export".to_owned(),
            _ => "threats not in every export".to_owned(),
        },
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
    let all: u64 = action(d, 3).iter().sum();
    let waiting = words::counted(all.saturating_sub(t.errors), "waiting", "waiting");
    tile(all, format!("{waiting} · {}", words::counted(t.errors, "error", "errors")))
}

/// One action's course; the place is that of [`clicks::model::Action::ALL`].
pub fn action(d: &Dashboard, at: usize) -> Vec<u64> {
    d.over_time.by_action.get(at).cloned().unwrap_or_default()
}

pub fn sum(series: &[Vec<u64>]) -> Vec<u64> {
    let buckets = series.first().map_or(0, Vec::len);
    (0..buckets).map(|at| series.iter().filter_map(|s| s.get(at)).sum()).collect()
}
