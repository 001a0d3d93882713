//! Can I believe this file? What was read, what was not, and why.

mod beside;
mod coverage;
mod evidence;
mod file;
mod files;
mod lens;
mod points;
mod reading;
mod said;
mod show_all;
mod wording;

use clicks::query::Trust;
use leptos::prelude::*;

use self::beside::BesideClicks;
use self::files::Files;
use self::lens::WhoClicked;
use self::points::Answer;
use self::said::WhatWasSaid;
use self::wording::WordTable;
use crate::state::use_state;

/// The page.
#[component]
pub fn TrustPage() -> impl IntoView {
    let state = use_state();
    let engine = move || match state.trust.read().as_ref().and_then(|t| t.engine.clone()).as_deref() {
        Some("page") => {
            "The engine runs on the page, because this browser refused a worker: large files make it stutter."
        }
        Some("worker") => "The engine runs in a worker beside the page.",
        _ => "",
    };
    let together = move || {
        let trust = state.trust.read();
        trust.as_ref().map(|trust| {
            view! {
                <Answer trust=trust.clone()/>
                <WhatWasSaid/>
                <Files trust=trust.clone()/>
                <WhoClicked/>
                <BesideClicks trust=Trust::clone(trust)/>
                <WordTable words=trust.words.clone()/>
            }
        })
    };
    view! {
        <div class="trust" data-testid="trust">
            <h1>"Can I believe this?"</h1>
            {together}
            <section class="trust-limits">
                <h2>"What no export can say"</h2>
                <ul>
                    <li>"A click is a request, not always a person: scanners, previews and gateways click too."</li>
                    <li>"No click in the export is not no click: links that were not rewritten, or policies that do not record, leave no trace."</li>
                    <li>"Allowed means that the page was reached, not that anything was entered there."</li>
                </ul>
                <p class="trust-engine">{engine}</p>
            </section>
        </div>
    }
}
