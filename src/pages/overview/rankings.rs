//! The four rankings of the overview.

use clicks::import::Gap;
use clicks::model::Field;
use clicks::query::Key;
use clicks::query::RankEntry;

use super::ranking::RankingOf;
use crate::ui::{Tone, words};

/// In the order shown.
pub const RANKINGS: [RankingOf; 4] = [
    RankingOf {
        title: "Most clicked malicious hosts",
        sub: "By malicious clicks. People: all who clicked; reached: not safe at the click",
        testid: "top-hosts",
        place: "two-thirds",
        key: Key::Is(Field::Host),
        of: |d| &d.top_hosts,
        measure: |e| e.malicious,
        counted: (Key::Is(Field::Verdict), "malicious"),
        note: of_clicks,
        tone: |_| Tone::Bad,
        none: "no malicious click in view",
        placed: Some((Key::Is(Field::Verdict), "malicious")),
        by: "malicious",
        needs: Gap::Threats,
    },
    RankingOf {
        title: "Reached, not safe",
        sub: "People, by the verdict at the click",
        testid: "top-reached",
        place: "third",
        key: Key::Is(Field::User),
        of: |d| &d.top_reached,
        measure: |e| e.reached_unsafe,
        counted: (Key::Reached, "unsafe"),
        note: overrides,
        tone: |_| Tone::Bad,
        none: "nobody in view",
        placed: Some((Key::Reached, "unsafe")),
        by: "reachedBad",
        needs: Gap::Threats,
    },
    RankingOf {
        title: "Top URLs",
        sub: "By malicious clicks, then by clicks; reached: not safe at the click",
        testid: "top-urls",
        place: "two-thirds",
        key: Key::Is(Field::Url),
        of: |d| &d.top_urls,
        measure: |e| e.malicious,
        counted: (Key::Is(Field::Verdict), "malicious"),
        note: of_clicks,
        tone: |e| {
            if e.malicious > 0 { Tone::Bad } else { Tone::Plain }
        },
        none: "no click in view",
        placed: None,
        by: "malicious",
        needs: Gap::Threats,
    },
    RankingOf {
        title: "Most blocked clicks",
        sub: "People by clicks that were stopped",
        testid: "top-blocked",
        place: "third",
        key: Key::Is(Field::User),
        of: |d| &d.top_blocked,
        measure: |e| e.blocked,
        counted: (Key::Is(Field::Action), "blocked"),
        note: overrides,
        tone: |_| Tone::Good,
        none: "no blocked click in view",
        placed: Some((Key::Is(Field::Action), "blocked")),
        by: "blocked",
        needs: Gap::Action,
    },
];

/// Reads on from the number: malicious clicks, or clicks where none is known to be.
fn of_clicks(entry: &RankEntry) -> String {
    let mut parts = vec![match (entry.malicious, entry.clicks) {
        // What none of them was found to be is not said: threats may not be in the export.
        (0, 1) => "click".to_owned(),
        (0, _) => "clicks".to_owned(),
        (_, all) => format!("of {}", words::counted(all, "click", "clicks")),
    }];
    parts.push(words::counted(entry.people, "person", "people"));
    // A safe page that was reached is no news.
    if entry.reached_unsafe > 0 {
        parts.push(format!("{} reached", words::number(entry.reached_unsafe)));
    }
    parts.join(" · ")
}

fn overrides(entry: &RankEntry) -> String {
    match entry.overridden {
        0 => String::new(),
        n => words::counted(n, "override", "overrides"),
    }
}
