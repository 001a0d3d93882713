//! The root: puts the state in place, listens to the window, and shows the page that fits.

use clicks::model::Untrusted;
use leptos::prelude::*;

use crate::pages::{self, Landing, LoadingPage, Report};
use crate::platform::engine::EngineClient;
use crate::platform::page::{self, KeyboardEvent};
use crate::platform::{files, page::set_title};
use crate::state::{AppState, Dialog, LoadState};
use crate::ui::{DropOverlay, FileInput, Help, PasteDialog};

/// Mounts the app in place of the boot notice; gives the state, for the JavaScript API.
pub fn mount(engine: EngineClient) -> AppState {
    let handed_out = StoredValue::new(None);
    let app = move || {
        let state = AppState::new(engine, pages::ids());
        handed_out.set_value(Some(state));
        view! { <App state/> }
    };
    page::mount_in_app(app);
    handed_out.get_value().expect("mounting runs the app once")
}

/// What is shown: one page by what is open, and the parts that every page has.
#[component]
fn App(
    /// The one state
    state: AppState,
) -> impl IntoView {
    provide_context(state);
    files::on_paste(move |files| state.open_in_background(files));
    page::on_key(move |event, in_text| on_key(state, event, in_text));
    page::on_print(move |printing| state.printing.set(printing));
    Effect::new(move || {
        set_title(&match &*state.load.read() {
            LoadState::Ready(data) => {
                title_of(&data.opened.files.iter().map(|f| f.name.clone()).collect::<Vec<_>>())
            }
            _ => "Clickglass".to_owned(),
        });
    });

    // Progress must not draw the page again: what to show is compared first.
    let shown = Memo::new(move |_| match &*state.load.read() {
        LoadState::Loading(_) => Shown::Loading,
        load if load.data().is_some() => Shown::Report,
        _ => Shown::Landing,
    });
    view! {
        <FileInput/>
        {move || match shown.get() {
            Shown::Landing => view! { <Landing/> }.into_any(),
            Shown::Loading => view! { <LoadingPage/> }.into_any(),
            Shown::Report => view! { <Report/> }.into_any(),
        }}
        <DropOverlay/>
        <Help/>
        <PasteDialog/>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Landing,
    Loading,
    Report,
}

fn title_of(names: &[Untrusted]) -> String {
    match names {
        [] => "Clickglass".to_owned(),
        [one] => format!("{} – Clickglass", one.shown()),
        [first, rest @ ..] => {
            format!("{} and {} more – Clickglass", first.shown(), rest.len())
        }
    }
}

fn on_key(state: AppState, event: &KeyboardEvent, in_text: bool) {
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "o" if command && !event.shift_key() && !event.alt_key() => {
            event.prevent_default();
            state.pick_files();
        }
        "/" if !in_text && !command && state.data().is_some() => {
            event.prevent_default();
            page::focus_id("search");
        }
        "?" if !in_text && !command => state.dialog.set(Some(Dialog::Help)),
        "Escape" if !event.default_prevented() && state.dialog.get_untracked().is_none() => {
            state.detail.set(None);
        }
        _ => {}
    }
}
