//! What can be taken away: addresses as the training tool reads them, and the list with its evidence.

use clicks::export::table_csv;
use clicks::model::iso_of_ms;
use clicks::model::text::defanged;
use insights::{AskOffenders, Happened, Offenders};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::Shown;
use crate::pages::addresses;
use crate::platform::{clipboard, download};
use crate::state::asked::Newest;
use crate::state::use_state;
use crate::ui::later::NOT_YET;

/// The tools.
#[component]
pub fn Tools(
    /// The list, and its rule
    found: Shown,
) -> impl IntoView {
    let state = use_state();
    let said = RwSignal::new(String::new());
    let newest = Newest::default();
    let save = move |name: &str, text: &str, media: &str, done: String| {
        let saved = download::save_text(name, text, media);
        said.try_set(if saved { done } else { "not allowed here".to_owned() });
    };
    // The name of a file, the addresses, and what is said of them; of none that alone.
    let take = move || {
        let found = found.get_untracked()?;
        let (text, note) = addresses::lines(found.answer.people.iter().map(|one| &one.user));
        if text.is_empty() {
            said.set(note);
            return None;
        }
        Some((file_name(&found.asked, "txt"), text, note))
    };
    let save_addresses = move |_| {
        if let Some((name, text, note)) = take() {
            save(&name, &text, "text/plain;charset=utf-8", note);
        }
    };
    let save_csv = move |_| {
        let Some(found) = found.get_untracked() else { return };
        let asked = AskOffenders { evidence: true, ..found.asked.clone() };
        let name = file_name(&asked, "csv");
        said.set(NOT_YET.to_owned());
        newest.ask(state, found.about, &asked, move |answer| match answer {
            Ok(answer) => save(&name, &csv(&answer), "text/csv;charset=utf-8", String::new()),
            Err(failure) => {
                said.try_set(String::new());
                state.failure.set(Some(failure));
            }
        });
    };
    let copy = move |_| {
        let Some((_, text, note)) = take() else { return };
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            said.try_set(if done { note } else { "not allowed here".to_owned() });
        });
    };
    view! {
        <div class="panel-tools training-tools">
            <span role="status" class="panel-sub" data-testid="training-said">{said}</span>
            <button class="link" type="button" data-testid="training-addresses" title="A text file with one address a line and no heading, as training tools take it"
                on:click=save_addresses>"Addresses for the training tool"</button>
            <button class="link" type="button" data-testid="training-csv" title="Everybody with the clicks that count, URLs defanged; the rule is in the name of the file"
                on:click=save_csv>"CSV"</button>
            <button class="link" type="button" data-testid="training-copy" on:click=copy>"Copy addresses"</button>
        </div>
    }
}

/// The name of a file, with the rule in it.
fn file_name(asked: &AskOffenders, ending: &str) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let everybody = if asked.everybody { "-everybody" } else { "" };
    let (trigger, apart) = (plain(&asked.trigger), plain(&asked.apart));
    format!("clickglass-training-{trigger}-{}-{apart}{everybody}.{ending}", asked.times)
}

/// Everybody with a line for each click that counts.
fn csv(answer: &Offenders) -> String {
    let headings = [
        "User",
        "Group",
        "Times",
        "Clicks that count",
        "Of",
        "Rate at least (%)",
        "Date (UTC)",
        "URL",
        "Campaign",
        "What happened",
        "Rule",
    ];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for one in &answer.people {
        let newest = Happened { time_ms: one.last_ms, ..Happened::default() };
        // Of the last ones of a very long list the clicks are not told.
        let told =
            if one.happened.is_empty() { std::slice::from_ref(&newest) } else { one.happened.as_slice() };
        for click in told {
            rows.push(vec![
                one.user.original().into(),
                one.group.original().into(),
                one.times.into(),
                one.clicks.into(),
                one.of.into(),
                one.at_least.map_or_else(|| "too few".into(), |low| ((low * 1_000.0).floor() / 10.0).into()),
                iso_of_ms(click.time_ms).into(),
                defanged(click.url.original()).into(),
                defanged(click.campaign.original()).into(),
                click.said.join("; ").into(),
                answer.rule.as_str().into(),
            ]);
        }
    }
    table_csv(&headings, &rows)
}

#[cfg(test)]
mod tests {
    use insights::Offender;

    use super::*;

    fn person(user: &str) -> Offender {
        Offender { user: user.into(), times: 2, clicks: 3, of: 7, ..Offender::default() }
    }

    #[test]
    fn name_of_a_file_says_the_rule_and_nothing_else() {
        let asked = AskOffenders {
            trigger: "reached/../x".to_owned(),
            times: 3,
            apart: "days".to_owned(),
            everybody: true,
            ..AskOffenders::default()
        };
        assert_eq!(file_name(&asked, "csv"), "clickglass-training-reachedx-3-days-everybody.csv");
    }

    #[test]
    fn csv_has_a_line_a_click_defanged_and_runs_nothing() {
        let click = Happened {
            time_ms: 1_777_885_953_000,
            url: "https://evil.example/a".into(),
            campaign: "evil.example".into(),
            said: vec!["stopped".to_owned()],
            ..Happened::default()
        };
        let told = Offender { at_least: Some(0.387_9), happened: vec![click], ..person("=1@contoso.com") };
        let silent = Offender { last_ms: 1_777_885_953_000, ..person("bo@contoso.com") };
        let answer =
            Offenders { people: vec![told, silent], rule: "The rule.".to_owned(), ..Offenders::default() };
        let text = csv(&answer);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1..],
            [
                "\"'=1@contoso.com\",,2,3,7,38.7,2026-05-04T09:12:33Z,hxxps://evil[.]example/a,evil[.]example,stopped,The rule.",
                "bo@contoso.com,,2,3,7,too few,2026-05-04T09:12:33Z,,,,The rule.",
            ]
        );
    }
}
