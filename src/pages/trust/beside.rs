//! What stands beside the clicks, and what came of joining it with them.

use clicks::beside::{Joins, Policy};
use clicks::query::Trust;
use leptos::prelude::*;

use crate::ui::words;

/// One line for each thing that is open beside the clicks; nothing where there is none.
#[component]
pub fn BesideClicks(
    /// What is known
    trust: Trust,
) -> impl IntoView {
    let Trust { joins, policies, simulated, .. } = trust;
    let mut facts: Vec<(&'static str, String, String)> = joined(&joins);
    if simulated > 0 {
        facts.push((
            "Simulations",
            format!("{} in a table of their own", words::counted(simulated, "person", "people")),
            "A click on a test is no incident: it is in no number of the clicks.".to_owned(),
        ));
    }
    facts.extend(policies.into_iter().map(policy));
    let there = !facts.is_empty();
    let facts = facts.into_iter().map(|(label, text, why)| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{text} {(!why.is_empty()).then(|| view! { <span class="trust-why">{why}</span> })}</dd>
            </div>
        }
    });
    let facts = facts.collect_view();
    there.then(|| {
        view! {
            <section class="panel trust-panel" data-testid="beside">
                <div class="panel-head"><h2>"Joined with the clicks"</h2></div>
                <dl class="trust-facts">{facts}</dl>
            </section>
        }
    })
}

fn joined(joins: &Joins) -> Vec<(&'static str, String, String)> {
    let clicks = |n: u64| words::counted(n, "click", "clicks");
    let mut facts = Vec::new();
    if let Some(m) = &joins.messages {
        let mut text = format!(
            "{}; {} open",
            words::counted(m.joined + m.by_url, "click has its message", "clicks have their message"),
            words::counted(m.messages, "message is", "messages are")
        );
        if m.by_url > 0 {
            text.push_str(&format!(", {} of them by the URL alone", words::number(m.by_url)));
        }
        if m.removed_later > 0 {
            text.push_str(&format!("; {} in messages that were removed later", clicks(m.removed_later)));
        }
        let why = list(&[
            (m.no_id, "names no message (Teams, Office, drafts)", "name no message (Teams, Office, drafts)"),
            (
                m.not_in_files,
                "is of a message that is in no open file",
                "are of messages that are in no open file",
            ),
            (
                m.unclear,
                "is of a message whose rows disagree, none of them that person's",
                "are of messages whose rows disagree, none of them that person's",
            ),
        ]);
        facts.push(("Messages", text, why));
    }
    if let Some(d) = &joins.devices {
        let text = format!(
            "{} a device; {} open that can tell one",
            words::counted(d.joined, "click got", "clicks got"),
            words::counted(d.sign_ins, "sign-in is", "sign-ins are")
        );
        let rule =
            "Same person, same address, at most twelve hours apart; the nearest counts, failed ones do not.";
        let why = list(&[
            (d.none_near, "click has no such sign-in", "clicks have no such sign-in"),
            (d.no_key, "names no user or no address", "name no user or no address"),
            (d.had_one, "had a device already", "had a device already"),
            (d.failed, "sign-in failed and is not looked at", "sign-ins failed and are not looked at"),
        ]);
        facts.push(("Devices", text, format!("{rule} {why}")));
    }
    if let Some(v) = &joins.verdicts {
        let text = format!(
            "{} named in alerts of malicious clicks and in investigations of changed verdicts; {} of these",
            words::counted(v.urls, "URL is", "URLs are"),
            words::counted(v.clicks, "click is", "clicks are")
        );
        let why = list(&[
            (
                v.not_known,
                "of these clicks was neither malicious nor blocked by its export",
                "of these clicks were neither malicious nor blocked by their export",
            ),
            (v.not_in_files, "of these URLs is in no open file", "of these URLs are in no open file"),
        ]);
        facts.push(("Alerts", text, why));
    }
    if let Some(p) = &joins.people {
        let by = p.by.map_or("no group".to_owned(), |by| words::group_label(by).to_lowercase());
        let text = format!(
            "{} of {} who clicked are in the directory, in {} by {by}",
            words::number(p.known),
            words::counted(p.clicked, "person", "people"),
            words::counted(p.groups, "group", "groups"),
        );
        let text = match p.priority {
            0 => text,
            n => format!("{text}; {}", words::counted(n, "is a priority account", "are priority accounts")),
        };
        let why = match p.in_several {
            0 => String::new(),
            1 => "1 person has several: the one named last is taken.".to_owned(),
            many => format!("{} people have several: the one named last is taken.", words::number(many)),
        };
        facts.push(("People", text, why));
    }
    facts
}

/// `120 clicks name no message; 3 …`: parts that are none are left out.
fn list(parts: &[(u64, &str, &str)]) -> String {
    let said: Vec<String> =
        parts.iter().filter(|(n, _, _)| *n > 0).map(|(n, one, many)| words::counted(*n, one, many)).collect();
    if said.is_empty() { String::new() } else { format!("{}.", said.join("; ")) }
}

fn policy(policy: Policy) -> (&'static str, String, String) {
    let Policy {
        name,
        track_clicks,
        allow_click_through,
        email,
        teams,
        office,
        not_rewritten,
        list_lost,
        ..
    } = policy;
    let said = |what: Option<bool>, yes: &str, no: &str, open: &str| match what {
        Some(true) => yes.to_owned(),
        Some(false) => no.to_owned(),
        None => open.to_owned(),
    };
    let parts = [
        said(
            track_clicks,
            "clicks are recorded",
            "clicks are not recorded",
            "whether clicks are recorded is not said",
        ),
        said(
            allow_click_through,
            "a warning can be clicked through",
            "nobody gets through a warning",
            "whether a warning can be clicked through is not said",
        ),
    ];
    let places: Vec<&str> = [(email, "mail"), (teams, "Teams"), (office, "Office")]
        .iter()
        .filter(|(on, _)| *on == Some(true))
        .map(|(_, place)| *place)
        .collect();
    let mut why = if places.is_empty() { String::new() } else { format!("Protects {}. ", places.join(", ")) };
    if list_lost {
        why.push_str("Which URLs are not rewritten is not in this file: save it with ConvertTo-Json.");
    } else if !not_rewritten.is_empty() {
        why.push_str(&format!(
            "{} not rewritten, so clicks there leave no trace.",
            words::counted(not_rewritten.len() as u64, "URL is", "URLs are")
        ));
    }
    let name = name.shown();
    ("Policy", format!("{name}: {}", parts.join(", ")), why)
}
