//! What can be taken along: the clicks in view as a file, each with its size before it is made.

use leptos::prelude::*;

use super::menu_item::CommandItem;
use super::{MenuItem, Popover, words};
use crate::commands::PRINT;
use crate::platform::engine::ExportFormat;
use crate::state::asked::Newest;
use crate::state::use_state;

/// The menu.
#[component]
pub fn ExportMenu() -> impl IntoView {
    view! {
        <Popover label=Signal::stored("Export".to_owned()) testid="export" about="Take along">
            <ExportItems/>
        </Popover>
    }
}

/// How far a file has come, and the way to stop it; over every page while one is written.
#[component]
pub fn SavingNotice() -> impl IntoView {
    let state = use_state();
    let is_saving = Memo::new(move |_| state.saving.read().is_some());
    let text = move || {
        let saving = state.saving.read();
        let (clicks, bytes) = saving.as_ref().map_or((0, 0), |s| s.written);
        format!("Saving {} · {}", words::counted(clicks, "click", "clicks"), words::bytes(bytes))
    };
    view! {
        <Show when=move || is_saving.get()>
            <div class="saving" data-testid="saving">
                <span role="status">{text}</span>
                <button class="btn" type="button" data-testid="saving-cancel" on:click=move |_| state.engine.cancel_saving()>
                    "Cancel"
                </button>
            </div>
        </Show>
        // Always there, so that what it says is heard when it comes.
        <div role="status" data-testid="copied-kql">
            {move || Some(state.notice.get()).filter(|said| !said.is_empty()).map(|said| view! { <p class="saving">{said}</p> })}
        </div>
    }
}

/// The formats of the clicks in view, and paper.
#[component]
pub fn ExportItems() -> impl IntoView {
    let state = use_state();
    let formats = [("export-csv", "CSV", ExportFormat::Csv), ("export-json", "JSON", ExportFormat::Json)];
    let items = formats.map(|(testid, label, format)| view! { <ExportItem testid label format/> });
    view! {
        <div class="menu">{items}</div>
        <hr class="menu-rule"/>
        <div class="menu">
            {COPIES.map(|(testid, label, what)| view! {
                <MenuItem label=Signal::stored(label.to_owned()) testid on_press=Callback::new(move |()| state.copy_kql(what))/>
            })}
        </div>
        <hr class="menu-rule"/>
        <div class="menu"><CommandItem command=&PRINT testid="print"/></div>
    }
}

/// Texts for other tools: test id, what they are called, and what the engine calls them.
const COPIES: [(&str, &str, &str); 3] = [
    ("copy-kql", "Copy this view as KQL", "view"),
    ("copy-sign-ins", "Copy KQL of sign-ins around", "signIns"),
    ("copy-indicators", "Copy malicious hosts and URLs", "indicators"),
];

/// One format.
#[component]
fn ExportItem(
    /// Test id
    testid: &'static str,
    /// What the format is called
    label: &'static str,
    /// The format
    format: ExportFormat,
) -> impl IntoView {
    let state = use_state();
    let total = Memo::new(move |_| state.dashboard.read().as_ref().map(|d| d.totals.clicks));
    let size = RwSignal::new(None::<u64>);
    let newest = Newest::default();
    Effect::new(move || {
        state.columns.track();
        state.filter.track();
        size.set(None);
        if let Some(clicks) = total.get() {
            state.size_of(format, clicks, newest.begin(), size);
        }
    });
    let said = move || match total.get() {
        Some(clicks) => format!("{label} of {}", words::counted(clicks, "click", "clicks")),
        None => label.to_owned(),
    };
    let note = move || size.get().map_or_else(String::new, |bytes| format!("about {}", words::bytes(bytes)));
    view! {
        <MenuItem
            label=Signal::derive(said)
            testid
            note=Signal::derive(note)
            disabled=Signal::derive(move || state.saving.read().is_some())
            on_press=Callback::new(move |()| state.save_clicks(format))
        />
    }
}
