//! What each tile says: a number, and what it is a part of.

use clicks::protocol::{Dashboard, Totals};

use crate::ui::{TileText, words};

fn tile(n: u64, of: String) -> TileText {
    TileText { value: words::number(n), of, quiet: n == 0 }
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

pub fn malicious(_: &Dashboard, t: &Totals) -> TileText {
    let of = match t.clicks {
        0 => "no click in view".to_owned(),
        all => format!("{} of clicks", words::percent(t.malicious, all)),
    };
    tile(t.malicious, of)
}

pub fn reached(_: &Dashboard, t: &Totals) -> TileText {
    let people = words::counted(t.reached_unsafe_people, "person", "people");
    tile(t.reached_unsafe, format!("{people} · {} known malicious", words::number(t.reached_malicious)))
}

pub fn overrides(_: &Dashboard, t: &Totals) -> TileText {
    if t.warned_attempts == 0 {
        return TileText {
            value: "–".to_owned(),
            of: "not possible to say: no warnings shown".to_owned(),
            quiet: true,
        };
    }
    TileText {
        value: words::percent(t.overridden_attempts, t.warned_attempts),
        of: format!(
            "{} of {}",
            words::number(t.overridden_attempts),
            words::counted(t.warned_attempts, "warning shown", "warnings shown")
        ),
        quiet: t.overridden_attempts == 0,
    }
}

pub fn blocked(_: &Dashboard, t: &Totals) -> TileText {
    let of = match t.malicious {
        0 => "no malicious click in view".to_owned(),
        all => format!("{} of malicious clicks", words::percent(t.blocked_malicious, all)),
    };
    tile(t.blocked, of)
}

pub fn pending(_: &Dashboard, t: &Totals) -> TileText {
    tile(
        t.pending + t.errors,
        format!("{} pending · {} error pages", words::number(t.pending), words::number(t.errors)),
    )
}

/// One action's course; the place is that of [`clicks::model::Action::ALL`].
pub fn action(d: &Dashboard, at: usize) -> Vec<u64> {
    d.over_time.by_action.get(at).cloned().unwrap_or_default()
}

pub fn sum(series: &[Vec<u64>]) -> Vec<u64> {
    let buckets = series.first().map_or(0, Vec::len);
    (0..buckets).map(|at| series.iter().filter_map(|s| s.get(at)).sum()).collect()
}
