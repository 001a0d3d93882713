//! Who clicked, why that is thought, and a way to know better.

use std::sync::Arc;

use clicks::model::Field;
use clicks::query::{Detail, DetailField, WhoClicked};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::clipboard;

use crate::state::use_state;
use crate::ui::{rescue_focus_at, words};

/// The part of the detail.
#[component]
pub fn Who(
    /// The click
    detail: Arc<Detail>,
) -> impl IntoView {
    let state = use_state();
    let Detail { fields, who, .. } = Arc::unwrap_or_clone(detail);
    let is_ip = |field: &&DetailField| field.name == Field::Ip.name();
    let address = fields.iter().find(is_ip).map(|field| field.value.clone()).unwrap_or_default();
    let evidence = StoredValue::new(evidence(&fields, &who));
    let WhoClicked { class, label, points: sum, reasons, after_delivery_ms } = who;
    let is_person = class == "human" || class == "review";
    let is_doubted = !reasons.is_empty();
    let decided = reasons.iter().any(|reason| reason.decides);
    let points = (is_doubted && !decided).then(|| {
        let sum = if sum < 0 { format!("−{}", sum.unsigned_abs()) } else { sum.to_string() };
        format!("{sum} points; from {} on likely automated", clicks::lens::LIKELY)
    });
    let reason = |reason: &clicks::lens::Reason| {
        let weight = match (reason.decides, reason.points) {
            (true, _) => "decides".to_owned(),
            (false, 0) => String::new(),
            (false, points) if points > 0 => format!("+{points}"),
            (false, points) => format!("−{}", points.unsigned_abs()),
        };
        view! { <li><span class="who-points">{weight}</span><span>{words::defanged_inside(&reason.text)}</span></li> }
    };
    let delivered = after_delivery_ms.filter(|_| !reasons.iter().any(|r| r.signal.ends_with("elivery")));
    let address = StoredValue::new(address.into_original());
    let said = reasons.iter().any(|reason| matches!(reason.signal.as_str(), "human" | "automated"));
    let say = move |is_human: Option<bool>| {
        state.set_lens(|config| address.with_value(|address| config.say(address, is_human)));
        rescue_focus_at("copy-evidence");
    };
    let copied = RwSignal::new("");
    let copy = move |_| {
        spawn_local(async move {
            let done = clipboard::copy(&evidence.get_value()).await;
            copied.try_set(if done { "copied" } else { "not allowed here" });
        });
    };
    let has_address = address.with_value(|address| address.parse::<std::net::IpAddr>().is_ok());
    view! {
        <section class="who" data-testid="who" aria-label="Who clicked">
            <p class="who-head">
                <span class="who-class" class:machine=!is_person>{label}</span>
                {points.map(|points| view! { <span class="who-note">{points}</span> })}
                {(!is_doubted).then(|| view! { <span class="who-note">"nothing speaks against it"</span> })}
            </p>
            {is_doubted.then(|| view! { <ul class="who-reasons">{reasons.iter().map(reason).collect_view()}</ul> })}
            {delivered.map(|ms| view! { <p class="who-note">{format!("{} after the message was delivered", words::span(ms))}</p> })}
            <p class="who-say">
                <button class="link" type="button" data-testid="copy-evidence" title="Time, user, URL, address and its owner, message and reasons as text, for a support case" on:click=copy>"Copy evidence"</button>
                <span role="status" class="who-note">{copied}</span>
                {has_address.then(|| view! {
                    {said.then(|| view! {
                        <button class="link" type="button" on:click=move |_| say(None)>"Forget what I said of this address"</button>
                    })}
                    {(!said && !is_person).then(|| view! {
                        <button class="link" type="button" data-testid="say-human" on:click=move |_| say(Some(true))>"People are behind this address"</button>
                    })}
                    {(!said && is_person).then(|| view! {
                        <button class="link" type="button" data-testid="say-automated" on:click=move |_| say(Some(false))>"A machine is behind this address"</button>
                    })}
                })}
            </p>
        </section>
    }
}

/// What speaks for and against a person, as text for a support case; URLs defanged.
fn evidence(fields: &[DetailField], who: &WhoClicked) -> String {
    const SAID: [Field; 7] =
        [Field::Time, Field::User, Field::Url, Field::Action, Field::Ip, Field::MessageId, Field::ReportId];
    let is_said = |field: &&DetailField| SAID.iter().any(|said| said.name() == field.name);
    let fields = fields.iter().filter(is_said).filter(|field| !field.value.is_empty());
    let lines = fields.map(|field| format!("{}: {}", field.label, field.value.original()));
    let reasons = who.reasons.iter().map(|reason| format!("- {}", reason.text));
    let all = lines.chain([format!("Clicked by: {}", who.label)]).chain(reasons);
    all.map(|line| words::defanged_inside(&line)).collect::<Vec<_>>().join("\n")
}
