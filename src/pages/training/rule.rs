//! The rule as a sentence that is filled in: who is on the list.

use insights::{APART, AskOffenders, TRIGGERS};
use leptos::prelude::*;

/// More often than this within one period is no rule that anybody needs.
const MOST: u32 = 99;

/// The rule that a list begins with: the first choice of each control.
pub fn at_first() -> AskOffenders {
    AskOffenders {
        trigger: TRIGGERS[0].0.to_owned(),
        times: 2,
        apart: APART[0].0.to_owned(),
        ..AskOffenders::default()
    }
}

/// The sentence with its controls.
#[component]
pub fn Rule(
    /// The rule, without its filter
    rule: RwSignal<AskOffenders>,
) -> impl IntoView {
    view! {
        <div class="training-rule" role="group" aria-label="Who is on the list">
            "People who "
            {choice(rule, "What they did", "training-trigger", &TRIGGERS, |rule, chosen| rule.trigger = chosen)}
            " at least "
            <input class="control" type="number" min="1" max=MOST value="2" aria-label="How often at least" data-testid="training-times"
                on:input:target=move |ev| {
                    // What is being typed may be nothing yet.
                    if let Ok(times @ 1..=MOST) = ev.target().value().parse::<u32>() {
                        rule.update(|rule| rule.times = times);
                    }
                }
                // What stands there afterwards is the rule.
                on:change:target=move |ev| ev.target().set_value(&rule.read_untracked().times.to_string())/>
            " times in different "
            {choice(rule, "Different what", "training-apart", &APART, |rule, chosen| rule.apart = chosen)}
            <label class="training-everybody">
                <input type="checkbox" data-testid="training-everybody" on:change:target=move |ev| {
                    let everybody = ev.target().checked();
                    rule.update(|rule| rule.everybody = everybody);
                }/>
                "guests, shared and service accounts too"
            </label>
        </div>
    }
}

/// One of some words; the first is chosen at first.
fn choice(
    rule: RwSignal<AskOffenders>,
    label: &'static str,
    testid: &'static str,
    words: &'static [(&'static str, &'static str)],
    choose: fn(&mut AskOffenders, String),
) -> impl IntoView {
    let option = |(name, word): &(&'static str, &'static str)| view! { <option value=*name>{*word}</option> };
    view! {
        <select class="control" aria-label=label data-testid=testid on:change:target=move |ev| {
            let chosen = ev.target().value();
            rule.update(|rule| choose(rule, chosen));
        }>
            {words.iter().map(option).collect_view()}
        </select>
    }
}
