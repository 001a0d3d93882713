//! The list: the rule, who is left out, and the people; or what to change where there is nobody.

use clicks::model::Field;
use clicks::query::Key;
use insights::{APART, AskOffenders, Offender, TRIGGERS, offender_said};
use leptos::prelude::*;

use super::Found;
use crate::state::{AppState, PageId};
use crate::ui::{Url, words};

/// What the clicks of a rate are, and of how many, in the order of [`TRIGGERS`].
const RATES: [&str; 3] =
    ["Reached, of bad links clicked", "Went past, of warnings shown", "Malicious, of all clicks"];

/// All of it, with at most so many people.
pub fn list(state: AppState, found: &Found, most: usize) -> impl IntoView + use<> {
    let answer = &found.answer;
    let about: Vec<&str> = [&answer.rule, &answer.left_out, &answer.unsaid]
        .into_iter()
        .map(String::as_str)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let about = about.join(" ");
    let people = &answer.people;
    let trigger = TRIGGERS.iter().position(|(name, _)| *name == found.asked.trigger);
    let rate = RATES[trigger.unwrap_or(0)];
    let has_groups = people.iter().any(|one| !one.group.is_empty());
    let zone = state.zone();
    let rows = people.iter().take(most).map(|one| row(state, one, rate, has_groups, &zone)).collect_view();
    let cut = people.len().saturating_sub(most) as u64;
    view! {
        <p class="panel-sub training-about" data-testid="training-about">{about}</p>
        {people.is_empty().then(|| {
            view! { <p class="training-none" data-testid="training-none">{what_to_change(&found.asked)}</p> }
        })}
        {(!people.is_empty()).then(|| view! {
            <table class="plain_table training-list">
                <thead><tr>
                    <th scope="col">"Person"</th>
                    {has_groups.then(|| view! { <th scope="col">"Group"</th> })}
                    <th scope="col" class="num">"Times"</th>
                    <th scope="col">{rate}</th>
                    <th scope="col">"Campaigns"</th>
                    <th scope="col">"Newest"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        })}
        {(cut > 0).then(|| view! { <p class="panel-sub">{format!("{} more are in the files.", words::number(cut))}</p> })}
    }
}

/// One person.
fn row(
    state: AppState,
    one: &Offender,
    rate: &'static str,
    has_groups: bool,
    zone: &str,
) -> impl IntoView + use<> {
    let user = one.user.original().to_owned();
    let open = move |_| {
        state.refine(|f| f.set(Key::Is(Field::User), &user));
        state.go(PageId::PEOPLE);
    };
    let hosts = one.where_.iter().filter(|host| !host.is_empty()).cloned();
    let hosts = hosts.map(|value| view! { <li><Url value field=Field::Host/></li> }).collect_view();
    let more = (one.more > 0).then(|| {
        view! { <li class="panel-sub">{format!("and {} more", words::number(one.more))}</li> }
    });
    view! {
        <tr data-testid="training-one">
            <th scope="row">
                <button class="training-name" type="button" title="Everything about this person" data-testid="training-name" on:click=open>{one.user.shown()}</button>
            </th>
            {has_groups.then(|| view! { <td class="training-group">{one.group.shown()}</td> })}
            <td class="num" data-label="times">{words::number(one.times)}</td>
            <td class="training-rate" data-label=rate>{offender_said(one)}</td>
            <td><ul class="training-where">{hosts}{more}</ul></td>
            <td class="training-newest">{words::time_in(&one.last_ms.to_string(), zone)}</td>
        </tr>
    }
}

/// Nobody is on the list: what would put somebody there.
fn what_to_change(asked: &AskOffenders) -> String {
    let mut ways: Vec<&str> = Vec::new();
    if asked.times > 1 {
        ways.push("ask for fewer times");
    }
    if asked.times > 1 && asked.apart != APART[2].0 {
        ways.push("count clicks in the place of campaigns or days");
    }
    if asked.trigger != TRIGGERS[2].0 {
        ways.push("count malicious links that were stopped too");
    }
    if !asked.everybody {
        ways.push("take guests, shared and service accounts in");
    }
    if !asked.filter.is_empty() {
        ways.push("widen the filter");
    }
    match ways.is_empty() {
        true => "Nobody.".to_owned(),
        false => format!("Nobody. To see somebody {}.", ways.join(", or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::training::rule::at_first;

    #[test]
    fn empty_list_says_what_to_change_and_never_what_is_so_already() {
        assert_eq!(
            what_to_change(&at_first()),
            "Nobody. To see somebody ask for fewer times, or count clicks in the place of campaigns or days, \
             or count malicious links that were stopped too, or take guests, shared and service accounts in."
        );
        let widest = AskOffenders {
            times: 1,
            trigger: "clicked".to_owned(),
            everybody: true,
            filter: "range=7d".to_owned(),
            ..at_first()
        };
        assert_eq!(what_to_change(&widest), "Nobody. To see somebody widen the filter.");
        assert_eq!(what_to_change(&AskOffenders { filter: String::new(), ..widest }), "Nobody.");
    }
}
