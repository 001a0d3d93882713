//! How the lens tells people from machines in this data: what it found, what it learned, and its screws.

use clicks::lens::{AUTOMATED, Class, Config, LIKELY, MOST_POINTS, OwnRange, Preset, Signal, SignalDef};
use clicks::query::{AskLens, Filter, LensAnswer, SharedAddress};
use leptos::html;
use leptos::prelude::*;

use crate::state::asked::Newest;
use crate::state::use_state;
use crate::ui::later::NOT_YET;
use crate::ui::{rescue_focus_at, words};

/// The panel.
#[component]
pub fn WhoClicked() -> impl IntoView {
    let state = use_state();
    let answer = RwSignal::new(None::<LensAnswer>);
    let newest = Newest::default();
    let settings = Memo::new(move |_| state.filter.read().lens.clone());
    Effect::new(move || {
        let mut filter = Filter::default();
        filter.set_single("lens", settings.get().as_deref().unwrap_or(""));
        let Some(data) = state.load.read().askable() else { return };
        newest.ask(state, data.token, &AskLens { filter: filter.to_string() }, move |found| match found {
            Ok(found) => answer.set(Some(found)),
            Err(failure) => state.failure.set(Some(failure)),
        });
    });
    let said = move || match &*answer.read() {
        Some(answer) => summary(answer),
        None => NOT_YET.to_owned(),
    };
    view! {
        <section class="panel lens" data-testid="lens">
            <div class="panel-head">
                <h2>"Who clicked"</h2>
                <span class="panel-sub">"Nothing is taken away: lists of people leave machines out, and say how many. Settings are part of the address."</span>
            </div>
            <p data-testid="lens-said">{said}</p>
            <Strictness/>
            {move || answer.get().map(|answer| view! { <SelfCheck answer=answer.clone()/> <OwnRanges/> <Signals answer/> })}
        </section>
    }
}

fn summary(answer: &LensAnswer) -> String {
    let of = |class: Class| answer.classes.get(class as usize).copied().unwrap_or_default();
    let (likely, review) = (of(Class::Likely), of(Class::Review));
    let mut parts = vec![format!(
        "Of {} {} look automated",
        words::counted(answer.classes.iter().sum(), "click", "clicks"),
        words::number(of(Class::Automated))
    )];
    if likely > 0 {
        parts.push(format!("{} likely so", words::number(likely)));
    }
    if review > 0 {
        parts.push(format!(
            "of {} strong signals disagree, and they count as people’s",
            words::number(review)
        ));
    }
    format!("{}.", parts.join("; "))
}

/// How soon something is called automated.
#[component]
fn Strictness() -> impl IntoView {
    let state = use_state();
    let one = move |(preset, name): (Preset, &'static str)| {
        let (label, means) = match preset {
            Preset::Strict => {
                ("Strict", "Two links at once are a machine’s; rather a person too many left out")
            }
            Preset::Balanced => ("Balanced", "Three links within a second, five recipients within a minute"),
            Preset::Lenient => ("Lenient", "Three links in the same second, ten recipients within a minute"),
        };
        view! {
            <button class="whom-one" type="button" title=means data-testid=format!("lens-{name}")
                aria-pressed=move || (state.lens().preset == preset).to_string()
                on:click=move |_| state.set_lens(|config| config.preset = preset)>{label}</button>
        }
    };
    view! { <div class="whom" role="group" aria-label="How strict">{Preset::ALL.map(one).collect_view()}</div> }
}

/// How far the lens can be believed in this data.
#[component]
fn SelfCheck(
    /// What it found
    answer: LensAnswer,
) -> impl IntoView {
    let mut lines: Vec<String> = Vec::new();
    for shared in &answer.cloud_proxies {
        lines.push(format!(
            "More than half of all users come from {}: this looks like your company’s cloud proxy. If it is, say so below.",
            address_text(shared)
        ));
    }
    let without = answer.signals.get(Signal::NoAddress as usize).copied().unwrap_or_default();
    if without > 0 {
        lines.push(format!(
            "{} have no address that could be looked at, and are told by time alone.",
            words::counted(without, "click", "clicks")
        ));
    }
    if answer.ambiguous > 0 {
        lines.push(format!(
            "{} come from a cloud, and nothing else is known: they count as people’s.",
            words::counted(answer.ambiguous, "click", "clicks")
        ));
    }
    if !answer.egress.is_empty() {
        let first: Vec<String> = answer.egress.iter().take(5).map(address_text).collect();
        let rest = match answer.egress.len().saturating_sub(5) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        lines.push(format!(
            "Learned as your company’s own way out, for many users click from there on several days: {}{rest}.",
            first.join(", ")
        ));
    }
    view! { <ul class="lens-check">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
}

fn address_text(shared: &SharedAddress) -> String {
    let owner = shared.owner.as_ref().map(|owner| format!(", {owner}")).unwrap_or_default();
    format!("{} ({} users, {} days{owner})", shared.address.shown(), shared.users, shared.days)
}

/// Addresses that somebody knows better than any list.
#[component]
fn OwnRanges() -> impl IntoView {
    let state = use_state();
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(false);
    let say = move |is_human: bool| {
        let Some(field) = field.get_untracked() else { return };
        let text = field.value().trim().to_owned();
        let mut known = Config::default();
        known.say(&text, Some(is_human));
        wrong.set(known.ranges.is_empty());
        if !known.ranges.is_empty() {
            field.set_value("");
        }
        state.set_lens(|config| config.say(&text, Some(is_human)));
    };
    let line = move |said: OwnRange| {
        let range = said.text();
        let what = if said.is_human { "people" } else { "a machine" };
        let text = format!("{range}: {what}");
        view! {
            <li>
                <span>{text.clone()}</span>
                <button class="link" type="button" aria-label=format!("Forget: {text}")
                    on:click=move |_| {
                        state.set_lens(|config| config.say(&range, None));
                        rescue_focus_at("lens-range");
                    }>"Forget"</button>
            </li>
        }
    };
    view! {
        <div class="lens-own">
            <label>
                "Your VPN, your proxy, your scanner: "
                <input type="text" placeholder="203.0.113.7 or 203.0.113.0/24" aria-label="Address or range" node_ref=field data-testid="lens-range"/>
            </label>
            <button class="btn" type="button" data-testid="lens-human" on:click=move |_| say(true)>"People"</button>
            <button class="btn" type="button" data-testid="lens-machine" on:click=move |_| say(false)>"A machine"</button>
            <span role="status" class="error">{move || wrong.get().then_some("Write an address or a range, as 203.0.113.0/24.")}</span>
        </div>
        <ul class="lens-said">{move || state.lens().ranges.into_iter().map(line).collect_view()}</ul>
    }
}

/// Every signal, what it is worth, and how often it is there.
#[component]
fn Signals(
    /// What was found
    answer: LensAnswer,
) -> impl IntoView {
    let state = use_state();
    let row = move |(def, clicks): (SignalDef, u64)| {
        let points = match def.points {
            0 if Config::decides(def.signal) => "decides".into_any(),
            0 => "".into_any(),
            _ => view! {
                <input type="number" min=-MOST_POINTS max=MOST_POINTS aria-label=format!("Points: {}", def.label)
                    prop:value=move || state.lens().points(def.signal).to_string()
                    on:change:target=move |ev| {
                        let points = ev.target().value().parse().unwrap_or(def.points);
                        state.set_lens(|config| config.set_points(def.signal, points));
                    }/>
            }
            .into_any(),
        };
        view! {
            <tr>
                <th scope="row">{def.label}</th>
                <td>{points}</td>
                <td class="num">{words::number(clicks)}</td>
            </tr>
        }
    };
    view! {
        <details class="lens-signals" data-testid="lens-signals">
            <summary>{format!("The signals and their points: from {LIKELY} likely automated, from {AUTOMATED} automated")}</summary>
            <table>
                <thead><tr><th scope="col">"Signal"</th><th scope="col">"Points"</th><th scope="col" class="num">"Clicks"</th></tr></thead>
                <tbody>{Signal::ALL.into_iter().zip(answer.signals).map(row).collect_view()}</tbody>
            </table>
            <button class="link" type="button" on:click=move |_| state.set_lens(|config| *config = Default::default())>"All settings as at first"</button>
        </details>
    }
}
