//! Who clicked, why that is thought, and a way to know better.

use clicks::model::Untrusted;
use clicks::query::WhoClicked;
use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::words;

/// The part of the detail.
#[component]
pub fn Who(
    /// Who it was
    who: WhoClicked,
    /// The address of the click; empty where it has none
    address: Untrusted,
) -> impl IntoView {
    let state = use_state();
    let WhoClicked { class, label, points: sum, reasons, after_delivery_ms } = who;
    let is_person = class == "human" || class == "review";
    let is_doubted = !reasons.is_empty();
    let decided = reasons.iter().any(|reason| reason.decides);
    let points = (is_doubted && !decided).then(|| format!("{} of {} points", sum, clicks::lens::LIKELY));
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
            {has_address.then(|| view! {
                <p class="who-say">
                    {said.then(|| view! {
                        <button class="link" type="button" on:click=move |_| say(None)>"Forget what I said of this address"</button>
                    })}
                    {(!said && !is_person).then(|| view! {
                        <button class="link" type="button" data-testid="say-human" on:click=move |_| say(Some(true))>"People are behind this address"</button>
                    })}
                    {(!said && is_person).then(|| view! {
                        <button class="link" type="button" data-testid="say-automated" on:click=move |_| say(Some(false))>"A machine is behind this address"</button>
                    })}
                </p>
            })}
        </section>
    }
}
