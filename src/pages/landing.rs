//! Before anything is open: what this is, and every way to open an export.

use clicks::engine::DataToken;
use insights::kql::{READY, Ready};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::{Dialog, LoadState, use_state};
use crate::ui::{Brand, CopyButton, FailureMessage, OpeningNotice, ThemeButton, rescue_focus, words};

/// An export that is understood, and where it comes from.
type Accepted = (&'static str, &'static str, &'static str);

/// Exports of clicks.
const CLICKS: [Accepted; 8] = [
    (
        "Advanced hunting",
        "CSV, JSON",
        "security.microsoft.com → Hunting → Advanced hunting → run UrlClickEvents → Export; or the answer of Graph runHuntingQuery",
    ),
    (
        "Sentinel, Log Analytics",
        "CSV, JSON",
        "Logs → run UrlClickEvents → Export → CSV, all columns; or the answer of the query API",
    ),
    (
        "Streaming API",
        "JSON lines",
        "Event Hub or storage account: PT1H.json files, other tables among them are fine",
    ),
    (
        "Get-SafeLinksDetailReport",
        "CSV, JSON",
        "Exchange Online PowerShell: … | Export-Csv, or | ConvertTo-Json, in any language",
    ),
    (
        "URL protection report",
        "CSV",
        "security.microsoft.com → Reports → URL protection report → Export, all actions",
    ),
    ("Threat Explorer, URL clicks", "CSV", "security.microsoft.com → Explorer → URL clicks → Export"),
    (
        "Audit log",
        "CSV, JSON",
        "Purview audit search, Search-UnifiedAuditLog, Management Activity API, CloudAppEvents",
    ),
    ("Proofpoint, Mimecast, Trend Micro", "JSON, CSV, CEF", "TAP SIEM API, TTP URL logs, URL click tracking"),
];

/// What can be opened together with them.
const BESIDE: [Accepted; 6] = [
    (
        "EmailEvents, message trace",
        "CSV, JSON",
        "subject and sender of each click, and what was removed after delivery",
    ),
    ("Entra users, any list of people", "CSV, JSON", "departments and other groups, to filter and rank by"),
    ("Sign-in logs", "CSV, JSON", "the device behind a click, by person and address"),
    ("Phishing simulations", "CSV, JSON", "Attack simulation, GoPhish, KnowBe4: kept apart from real clicks"),
    ("Get-SafeLinksPolicy", "CSV, JSON", "whether clicks are recorded and warnings can be clicked through"),
    ("Alerts in the audit log", "CSV, JSON", "which of the clicked URLs were named malicious later"),
];

/// The page.
#[component]
pub fn Landing() -> impl IntoView {
    let state = use_state();
    let failure = move || match &*state.load.read() {
        LoadState::Failed { failure, again, .. } => Some((failure.clone(), *again)),
        _ => None,
    };
    let way_out = move |again: Option<DataToken>| {
        let load = again?;
        Some(("Read them again, without filters", Callback::new(move |()| state.read_again(load))))
    };
    view! {
        <main class="landing" data-testid="landing">
            <div class="landing-top"><Brand/><ThemeButton/></div>
            <h1>"Who clicked what, who got through, and what to do now"</h1>
            <p class="landing-lead">
                "Clickglass opens an export of Safe Links URL clicks from Microsoft Defender for Office 365 and turns it into a report, in this page."
            </p>
            {move || failure().map(|(failure, again)| view! {
                <FailureMessage failure way_out=way_out(again) on_close=Callback::new(move |()| {
                    state.dismiss_failure();
                    rescue_focus();
                })/>
            })}
            <OpeningNotice/>
            <Waiting/>
            <Drop/>
            <p class="landing-promise">
                <b>"Opened here, and nothing leaves this page: "</b>
                "its own policy forbids every load from a network. Works offline, from disk, in any current browser."
            </p>
            <section class="landing-accepted" aria-label="What it opens">
                <h2>"What it opens, and how to export it"</h2>
                {listed(&CLICKS)}
                <h2>"What can be opened together with them"</h2>
                {listed(&BESIDE)}
                <h2>"Queries that give the best input"</h2>
                <Queries/>
                <p class="landing-more">
                    "Any number of files at once, also inside gzip, zip and Excel workbooks. With and without BOM, UTF-8 or UTF-16, any order of columns, union and projected queries. Up to 10 million clicks."
                </p>
            </section>
        </main>
    }
}

fn listed(exports: &[Accepted]) -> impl IntoView + use<> {
    let row = |(name, format, how): &Accepted| {
        view! { <div><dt>{*name} " " <span class="tag">{*format}</span></dt><dd>{*how}</dd></div> }
    };
    let rows = exports.iter().map(row).collect_view();
    view! { <dl>{rows}</dl> }
}

/// Queries for advanced hunting, to be copied.
#[component]
fn Queries() -> impl IntoView {
    let one = |ready: &'static Ready| {
        view! {
            <details>
                <summary><b>{ready.title}</b> " " {ready.means}</summary>
                <CopyButton safe=Signal::stored(ready.text.to_owned())/>
                <pre tabindex="0" aria-label=ready.title>{ready.text}</pre>
            </details>
        }
    };
    view! { <div class="landing-queries" data-testid="ready-queries">{READY.iter().map(one).collect_view()}</div> }
}

/// The address brought a view: what is opened will be seen through it.
#[component]
fn Waiting() -> impl IntoView {
    let state = use_state();
    let waiting = move || {
        let text = words::filter_text(&state.filter.read());
        (!text.is_empty()).then(|| format!("A view is waiting for a file: {text}. "))
    };
    view! {
        <Show when=move || waiting().is_some()>
            <p class="landing-waiting" data-testid="waiting-view">
                {waiting}
                <button class="link" type="button" on:click=move |_| state.refine(clicks::query::Filter::clear)>"Clear"</button>
            </p>
        </Show>
    }
}

/// Where files are let go; so is the rest of the window.
#[component]
fn Drop() -> impl IntoView {
    let state = use_state();
    let sample = move |_| {
        spawn_local(async move {
            // The outcome is in `load`, which this page shows.
            drop(state.open_sample().await);
        });
    };
    view! {
        <div class="landing-drop" data-testid="drop-zone">
            <p class="landing-drop-title">"Drop export files here"</p>
            <p class="landing-drop-sub">"anywhere on the window, one or many"</p>
            <div class="landing-buttons">
                <button class="btn primary big" type="button" data-testid="open-button" on:click=move |_| state.pick_files()>
                    "Open files"
                </button>
                <button
                    class="btn big"
                    type="button"
                    data-testid="paste-button"
                    on:click=move |_| state.dialog.set(Some(Dialog::Paste))
                >
                    "Paste"
                </button>
                <button class="btn big" type="button" data-testid="sample-button" on:click=sample>"Open the sample"</button>
            </div>
            <p class="landing-drop-sub">"No export at hand? The sample is a made-up company with made-up clicks."</p>
        </div>
    }
}
