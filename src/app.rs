//! The root: puts the state in place, listens to the window, and shows the page that fits.

use clicks::model::Untrusted;
use leptos::prelude::*;

use crate::commands;
use crate::help::Help;
use crate::pages::{self, HEADING, Landing, LoadingPage, PageDef, Report};
use crate::palette::Palette;
use crate::platform::engine::EngineClient;
use crate::platform::page::{self, KeyboardEvent};
use crate::platform::{files, page::set_title, paper};
use crate::state::{AppState, LoadState, Outcome};
use crate::ui::{ColumnsDialog, DropOverlay, FileInput, PasteDialog, RemovalNotice, rescue_focus};

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
    paper::on_print(move |printing| state.printing.set(printing));
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
    // What was pressed goes with what it stood on: the focus goes to where one goes on.
    Effect::new(move |before: Option<Shown>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            set_timeout(move || rescue_focus_within(now), std::time::Duration::from_millis(150));
        }
        now
    });
    view! {
        <FileInput/>
        {move || match shown.get() {
            Shown::Landing => view! { <Landing/> }.into_any(),
            Shown::Loading => view! { <LoadingPage/> }.into_any(),
            Shown::Report => view! { <Report/> }.into_any(),
        }}
        <RemovalNotice/>
        <DropOverlay/>
        <Help/>
        <Palette/>
        <PasteDialog/>
        <ColumnsDialog/>
    }
}

/// Puts the focus, where it is nowhere, on the first thing to do with what is shown.
fn rescue_focus_within(shown: Shown) {
    if page::has_no_focus() {
        match shown {
            Shown::Landing => page::focus_testid("open-button"),
            Shown::Loading => page::focus_testid("cancel-button"),
            Shown::Report => page::focus_id(HEADING),
        }
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

/// Closes what was opened or said last.
fn escape(state: AppState) {
    if state.detail.read_untracked().is_some() {
        return state.detail.set(None);
    }
    if state.failure.read_untracked().is_some() {
        state.failure.set(None);
    } else if matches!(*state.load.read_untracked(), LoadState::Failed { .. }) {
        state.dismiss_failure();
    } else {
        state.outcome.set(Outcome::default());
        state.misread.set(Vec::new());
    }
    rescue_focus();
}

/// The digits are the first pages that are there, in the order of the navigation.
fn page_of_key(state: AppState, key: &str) -> Option<&'static PageDef> {
    let at: usize = key.parse().ok()?;
    pages::PAGES.iter().filter(|def| (def.is_there)(state)).nth(at.checked_sub(1)?)
}

fn on_key(state: AppState, event: &KeyboardEvent, in_text: bool) {
    let ctrl = event.ctrl_key() || event.meta_key();
    // What is open over the page has the keys.
    let covered = state.value_menu.read_untracked().is_some() || state.dialog.get_untracked().is_some();
    if covered && event.key() != "Escape" {
        return;
    }
    if let Some(command) = commands::of_key(state, event, in_text) {
        event.prevent_default();
        return (command.run)(state);
    }
    let page = page_of_key(state, &event.key()).filter(|_| !in_text && !ctrl && !event.alt_key());
    if let (Some(page), true) = (page, state.data().is_some()) {
        return state.go(page.id);
    }
    match event.key().as_str() {
        "j" | "k"
            if !in_text && !ctrl && !event.default_prevented() && state.detail.read_untracked().is_some() =>
        {
            event.prevent_default();
            state.walk(if event.key() == "j" { 1 } else { -1 });
        }
        "Escape" if !event.default_prevented() && state.dialog.get_untracked().is_none() => {
            if matches!(*state.load.read_untracked(), LoadState::Loading(_)) {
                state.engine.cancel();
            }
            escape(state);
        }
        _ => {}
    }
}
