//! The four rankings of the overview.

use clicks::protocol::RankEntry;
use clicks::query::Key;

use crate::ui::{RankingOf, Tone, words};

/// In the order shown.
pub const RANKINGS: [RankingOf; 4] = [
    RankingOf {
        title: "Most clicked malicious hosts",
        sub: "Malicious clicks and the people behind them",
        testid: "top-hosts",
        place: "two-thirds",
        key: Key::Host,
        of: |d| &d.top_hosts,
        measure: |e| e.malicious,
        note: people_and_reached,
        tone: |_| Tone::Bad,
        none: "no malicious click in view",
    },
    RankingOf {
        title: "Reached a page not known safe",
        sub: "Let through, or clicked past the warning",
        testid: "top-reached",
        place: "third",
        key: Key::User,
        of: |d| &d.top_reached,
        measure: |e| e.reached_unsafe,
        note: overrides,
        tone: |_| Tone::Bad,
        none: "nobody in view",
    },
    RankingOf {
        title: "Most clicked URLs",
        sub: "Malicious first, then by clicks",
        testid: "top-urls",
        place: "two-thirds",
        key: Key::Url,
        of: |d| &d.top_urls,
        measure: |e| e.clicks,
        note: malicious_and_people,
        tone: |e| {
            if e.malicious > 0 { Tone::Bad } else { Tone::Plain }
        },
        none: "no click in view",
    },
    RankingOf {
        title: "Most blocked clicks",
        sub: "People by clicks that were stopped",
        testid: "top-blocked",
        place: "third",
        key: Key::User,
        of: |d| &d.top_blocked,
        measure: |e| e.blocked,
        note: overrides,
        tone: |_| Tone::Good,
        none: "no blocked click in view",
    },
];

fn people_and_reached(entry: &RankEntry) -> String {
    let people = words::counted(entry.people, "person", "people");
    match entry.reached_unsafe {
        0 => people,
        n => format!("{people}, {} reached", words::number(n)),
    }
}

fn malicious_and_people(entry: &RankEntry) -> String {
    match entry.malicious {
        0 => people_and_reached(entry),
        n => format!("{} malicious, {}", words::number(n), people_and_reached(entry)),
    }
}

fn overrides(entry: &RankEntry) -> String {
    match entry.overridden {
        0 => String::new(),
        n => words::counted(n, "override", "overrides"),
    }
}
