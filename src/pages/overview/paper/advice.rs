//! What is recommended: short sentences that follow from the numbers alone. What an export cannot say, no sentence says.

use clicks::import::{Gap, Level};
use clicks::model::Field;
use clicks::query::{Dashboard, Filter, Key, RankEntry};
use insights::Worklist;

use crate::ui::words;

/// Hosts that are named at the most.
const HOSTS: usize = 3;

/// The sentences, what is most urgent first; none where nothing is in view. `list`: who needs action, of the same clicks.
pub(super) fn of(d: &Dashboard, list: &Worklist) -> Vec<String> {
    if d.totals.clicks == 0 {
        return Vec::new();
    }
    let mut all: Vec<String> = [people(d, list), others(d)].into_iter().flatten().collect();
    all.extend(hosts(d));
    all.extend(warnings(d));
    all.extend(gaps(d));
    if all.is_empty() { vec![nothing(d, list)] } else { all }
}

/// Whoever reached a page that is not safe, as is known today, may have entered something there.
fn people(d: &Dashboard, list: &Worklist) -> Option<String> {
    let t = &d.totals;
    let who = match (list.total, list.machines, list.nameless) {
        (0, 0, 0) => return None,
        (0, 0, _) => {
            return Some(
                "Find out who reached the pages that are not safe: the clicks name no user.".to_owned(),
            );
        }
        (0, ..) => {
            return Some("Look at the clicks on pages that are not safe that no person made, as far as can be told: who made them, and whether the page was opened again.".to_owned());
        }
        (1, ..) => "the person".to_owned(),
        (n, ..) => format!("the {} people", words::number(n)),
    };
    let first = match t.reached_malicious {
        n if n == 0 || n == t.reached_unsafe => String::new(),
        1 => " Begin with the click on a malicious page.".to_owned(),
        n => format!(" Begin with the {} clicks on malicious pages.", words::number(n)),
    };
    let machines = match list.machines {
        0 => String::new(),
        1 => " Look at the sign-ins of one more, whose click looks automated: an attacker’s does too."
            .to_owned(),
        n => format!(
            " Look at the sign-ins of {} more, whose clicks look automated: an attacker’s do too.",
            words::number(n)
        ),
    };
    Some(format!(
        "Ask {who} who reached a page that is not safe what was entered there, and check their sign-ins.{first}{machines}"
    ))
}

/// Pages of the block list, or not scanned yet: what they were is not known.
fn others(d: &Dashboard) -> Option<String> {
    let t = &d.totals;
    let other = if t.reached_malicious > 0 { "other " } else { "" };
    match t.reached_unsafe.saturating_sub(t.reached_malicious) {
        0 => None,
        1 => Some(format!(
            "Look at the page behind the {other}click: it was on the block list or not yet scanned."
        )),
        n => Some(format!(
            "Look at the pages behind the {other}{} clicks: they were on the block list or not yet scanned.",
            words::number(n)
        )),
    }
}

/// Hosts whose pages were reached. One that has clicks of other verdicts too may be needed.
fn hosts(d: &Dashboard) -> Vec<String> {
    // Among clicks chosen by what the scan said or what came of them, the safe ones of a host are out of view.
    let filter = Filter::parse(&d.filter);
    let chosen = filter.bends_rates()
        || [Key::Is(Field::Verdict), Key::Is(Field::Threat), Key::Without]
            .into_iter()
            .any(|key| filter.has_key(key));
    let mut hosts: Vec<&RankEntry> = d.top_hosts.entries.iter().filter(|e| e.reached_unsafe > 0).collect();
    hosts.sort_by_key(|e| std::cmp::Reverse(e.reached_unsafe));
    let sentence = |e: &RankEntry| {
        let (host, reached) = (e.value.shown_url(), words::number(e.reached_unsafe));
        let clicks = words::counted(e.clicks, "click", "clicks");
        if chosen {
            return format!(
                "Look at {host}: {reached} of its {clicks} in view reached a page that is not safe. Its other clicks are not in view: look at them before it is blocked."
            );
        }
        if e.malicious < e.clicks {
            return format!(
                "Look at {host} before you block it: {} of its {clicks} {} malicious, {reached} reached a page that is not safe.",
                words::number(e.malicious),
                if e.malicious == 1 { "was" } else { "were" }
            );
        }
        let people = match e.people {
            0 => String::new(),
            n => format!("{} clicked it, ", words::counted(n, "person", "people")),
        };
        format!("Block {host}: {people}{reached} of {clicks} reached the page.")
    };
    hosts.into_iter().take(HOSTS).map(sentence).collect()
}

/// Warnings can be clicked through. Said of the clicks in view alone, not of those that the rate has beside them.
fn warnings(d: &Dashboard) -> Option<String> {
    let rate = d.override_rate;
    if rate.overridden == 0 || d.lacks(Gap::Action) || d.is_rate_unbent() {
        return None;
    }
    let least = if d.lacks(Gap::ClickThrough) { "at least " } else { "" };
    Some(format!(
        "Decide whether people may click through warnings: {least}{} of {} {} clicked through.",
        words::number(rate.overridden),
        words::counted(rate.warned, "warning or waiting page", "warnings or waiting pages"),
        if rate.overridden == 1 { "was" } else { "were" }
    ))
}

/// Columns and rows without which the question of this page has no whole answer: what they are, what to get, what cannot be read without.
const GAPS: [(Gap, &str, &str); 4] = [
    (Gap::Threats, "the column ThreatTypes", "which pages were malicious"),
    (Gap::Action, "the column ActionType", "who reached a page"),
    (Gap::ClickThrough, "the column IsClickedThrough", "who went past a warning"),
    (Gap::Allowed, "the allowed clicks", "who was let through"),
];

fn gaps(d: &Dashboard) -> impl Iterator<Item = String> {
    let (get, this) = if d.files > 1 {
        ("exports that all have", "these do not all say")
    } else {
        ("an export with", "this one does not say")
    };
    let missing = GAPS.into_iter().filter(|(gap, ..)| d.lacks(*gap));
    missing.map(move |(_, what, unsaid)| format!("Get {get} {what}: {this} {unsaid}."))
}

/// Nobody reached anything: nothing to do only where nothing stands in the way of knowing.
fn nothing(d: &Dashboard, list: &Worklist) -> String {
    let unknown_actions = d.over_time.by_action.last().is_some_and(|of| of.iter().any(|n| *n > 0));
    if unknown_actions || !list.unsaid.is_empty() || d.notes.iter().any(|n| n.level > Level::Info) {
        return "As far as the data tell, nobody in view reached a page that is not safe.".to_owned();
    }
    let filtered = !clicks::query::Filter::parse(&d.filter).is_empty();
    let clicks = if filtered { " about the clicks in view" } else { "" };
    format!("Nothing to do{clicks}: nobody reached a page that is not safe.")
}

#[cfg(test)]
mod tests {
    use clicks::import::Note;
    use clicks::query::{Ranking, TimeSeries, Totals};

    use super::*;

    fn of_totals(totals: &Totals) -> Dashboard {
        Dashboard { totals: Totals { clicks: 100, ..totals.clone() }, files: 1, ..Dashboard::default() }
    }

    fn note(code: &str, level: Level) -> Note {
        Note { level, code: code.to_owned(), ..Note::default() }
    }

    fn host(value: &str, clicks: u64, malicious: u64, reached_unsafe: u64, people: u64) -> RankEntry {
        RankEntry { value: value.into(), clicks, people, malicious, reached_unsafe, ..RankEntry::default() }
    }

    #[test]
    fn nobody_reached_anything_and_all_is_known() {
        let mut d = of_totals(&Totals::default());
        assert_eq!(of(&d, &Worklist::default()), ["Nothing to do: nobody reached a page that is not safe."]);
        d.notes = vec![note("duplicates", Level::Info)];
        d.filter = "source=email".to_owned();
        assert_eq!(
            of(&d, &Worklist::default()),
            ["Nothing to do about the clicks in view: nobody reached a page that is not safe."]
        );
        d.totals.clicks = 0;
        assert!(of(&d, &Worklist::default()).is_empty());
    }

    #[test]
    fn nobody_is_known_to_have_reached_anything_where_data_are_missing() {
        let as_far = "As far as the data tell, nobody in view reached a page that is not safe.";
        let mut d = of_totals(&Totals::default());
        d.notes = vec![note("probably-truncated", Level::Warn)];
        assert_eq!(of(&d, &Worklist::default()), [as_far]);
        d.notes.clear();
        let by_action = vec![vec![1], vec![0], vec![0], vec![0], vec![2]];
        d.over_time = TimeSeries { by_action, ..TimeSeries::default() };
        assert_eq!(of(&d, &Worklist::default()), [as_far]);
    }

    #[test]
    fn missing_column_is_asked_for_and_nothing_is_claimed() {
        let mut d = of_totals(&Totals::default());
        d.notes = vec![note(Gap::Threats.code(), Level::Warn)];
        assert_eq!(
            of(&d, &Worklist::default()),
            ["Get an export with the column ThreatTypes: this one does not say which pages were malicious."]
        );
        d.files = 2;
        assert_eq!(
            of(&d, &Worklist::default()),
            [
                "Get exports that all have the column ThreatTypes: these do not all say which pages were malicious."
            ]
        );
    }

    #[test]
    fn people_who_reached_a_page_are_asked_the_malicious_first() {
        let totals = |reached_unsafe, reached_malicious| {
            of_totals(&Totals { reached_unsafe, reached_malicious, ..Totals::default() })
        };
        let list = |total, machines, nameless| Worklist { total, machines, nameless, ..Worklist::default() };
        let ask = "who reached a page that is not safe what was entered there, and check their sign-ins.";
        assert_eq!(
            of(&totals(56, 43), &list(63, 2, 0)),
            [
                format!("Ask the 63 people {ask} Begin with the 43 clicks on malicious pages. Look at the sign-ins of 2 more, whose clicks look automated: an attacker’s do too."),
                "Look at the pages behind the other 13 clicks: they were on the block list or not yet scanned."
                    .to_owned(),
            ]
        );
        // Found out later: by the verdict at the click nobody did.
        assert_eq!(of(&totals(0, 0), &list(1, 0, 0)), [format!("Ask the person {ask}")]);
        assert!(of(&totals(0, 0), &list(0, 1, 0))[0].starts_with("Look at the clicks on pages"));
        assert_eq!(
            of(&totals(1, 0), &list(0, 0, 1)),
            [
                "Find out who reached the pages that are not safe: the clicks name no user.",
                "Look at the page behind the click: it was on the block list or not yet scanned.",
            ]
        );
    }

    #[test]
    fn host_is_blocked_only_when_all_its_clicks_were_malicious() {
        let mut d = of_totals(&Totals::default());
        d.top_hosts = Ranking {
            entries: vec![
                host("stopped.example", 90, 90, 0, 50),
                host("evil.example", 61, 61, 2, 1),
                host("shared.example", 900, 5, 4, 300),
            ],
            total: 3,
        };
        assert_eq!(
            hosts(&d),
            [
                "Look at shared[.]example before you block it: 5 of its 900 clicks were malicious, 4 reached a page that is not safe.",
                "Block evil[.]example: 1 person clicked it, 2 of 61 clicks reached the page.",
            ]
        );
    }

    #[test]
    fn warnings_clicked_through_are_said_only_of_the_clicks_in_view() {
        let mut d = of_totals(&Totals::default());
        assert_eq!(warnings(&d), None);
        d.override_rate.overridden = 38;
        d.override_rate.warned = 452;
        let rest = "38 of 452 warnings or waiting pages were clicked through.";
        assert_eq!(warnings(&d), Some(format!("Decide whether people may click through warnings: {rest}")));
        d.notes = vec![note(Gap::ClickThrough.code(), Level::Warn)];
        assert_eq!(
            warnings(&d),
            Some(format!("Decide whether people may click through warnings: at least {rest}"))
        );
        d.filter = "reached=unsafe".to_owned();
        assert_eq!(warnings(&d), None);
    }
}
