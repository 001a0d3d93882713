//! Everything about one click: docked beside the page where there is room, over it where there is none.

mod head;
mod meaning;
mod parts;
mod pivots;
mod who;

use std::sync::Arc;

use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::{AskDetail, Detail, FieldState};
use leptos::html;
use leptos::prelude::*;

use self::head::{Sentence, Walk};
use self::meaning::What;
use self::parts::{Chain, Field as OneField, Raw};
use self::pivots::Pivots;
use self::who::Who;
use crate::platform::page;
use crate::state::asked::Newest;
use crate::state::use_state;

/// The dock; it is there while a click is open.
#[component]
pub fn DetailDock() -> impl IntoView {
    let state = use_state();
    let detail = RwSignal::new(None::<Arc<Detail>>);
    let newest = Newest::default();
    let row = Memo::new(move |_| state.detail.read().map(|click| click.row));
    let lens = Memo::new(move |_| state.filter.read().lens.clone().unwrap_or_default());
    Effect::new(move || {
        let (Some(row), Some(data)) = (row.get(), state.load.read_untracked().askable()) else {
            newest.begin();
            return detail.set(None);
        };
        newest.ask(state, data.token, &AskDetail { row, lens: lens.get() }, move |answer| match answer {
            Ok(found) => detail.set(Some(Arc::new(found))),
            Err(failure) => {
                state.failure.set(Some(failure));
                state.detail.set(None);
            }
        });
    });
    // Until the next click has come the one before stays: a page that blinks cannot be read.
    let is_there = Memo::new(move |_| row.get().is_some() && detail.read().is_some());
    view! {
        <Show when=move || is_there.get()>
            <Dock detail/>
        </Show>
    }
}

/// The dock around one click after another.
#[component]
fn Dock(
    /// The click
    detail: RwSignal<Option<Arc<Detail>>>,
) -> impl IntoView {
    let state = use_state();
    let whole = NodeRef::<html::Aside>::new();
    // Once: from one click to the next the focus stays on what was pressed.
    let takes_focus = Memo::new(move |_| state.detail.read().is_some_and(|click| click.takes_focus));
    Effect::new(move || {
        if let (true, Some(element)) = (takes_focus.get(), whole.get()) {
            page::focus(&element);
        }
    });
    view! {
        <aside
            class="detail"
            node_ref=whole
            tabindex="-1"
            aria-label="Every field of one click"
            data-testid="row-detail"
        >
            <div class="detail-head">
                <Walk/>
                <button class="btn" type="button" data-testid="detail-close" title="Close (Esc)" on:click=move |_| state.detail.set(None)>
                    "Close"
                </button>
            </div>
            {move || detail.get().map(|detail| view! { <Click detail/> })}
        </aside>
    }
}

/// One click.
#[component]
fn Click(
    /// The click
    detail: Arc<Detail>,
) -> impl IntoView {
    let said = Said::of(&detail);
    let verdict = said.verdict;
    let place = format!("{}, line {}", detail.file.shown(), detail.line);
    let (absent, there): (Vec<_>, Vec<_>) =
        detail.fields.iter().cloned().partition(|field| field.state == FieldState::Absent);
    let absent: Vec<String> = absent.into_iter().map(|field| field.label).collect();
    view! {
        <Sentence said/>
        <What row=detail.row/>
        <Pivots pivots=detail.pivots.clone()/>
        <Who detail=detail.clone()/>
        <dl class="detail-fields">
            {there.into_iter().map(|field| view! { <OneField field verdict/> }).collect_view()}
        </dl>
        {(!absent.is_empty()).then(|| view! {
            <p class="detail-note detail-absent">"Not in this export: " {absent.join(", ")}</p>
        })}
        <Chain chain=detail.chain.clone() hops=detail.hops.clone() state=detail.chain_state/>
        <Raw record=detail.raw.clone() missing=detail.raw_missing.clone() place also_in=detail.also_in.clone()/>
    }
}

/// What a click says in one sentence.
struct Said {
    verdict: Verdict,
    action: Action,
    user: Option<Untrusted>,
    /// The host, or the URL where it has none.
    place: Option<(Field, Untrusted)>,
    /// As the engine writes it.
    time: Option<Untrusted>,
    source: Option<Untrusted>,
    /// It was blocked, and the file does not say what came then.
    is_open_ended: bool,
}

impl Said {
    fn of(detail: &Detail) -> Said {
        let value = |field: Field| {
            let found = detail.fields.iter().find(|f| f.name == field.name() && f.state == FieldState::Value);
            found.map(|f| f.value.clone())
        };
        let word = |field| value(field).unwrap_or_default();
        let host = value(Field::Host).map(|host| (Field::Host, host));
        Said {
            verdict: Verdict::from_word(word(Field::Verdict).original()).unwrap_or_default(),
            action: Action::from_word(word(Field::Action).original()).unwrap_or_default(),
            user: value(Field::User),
            place: host.or_else(|| value(Field::Url).map(|url| (Field::Url, url))),
            time: value(Field::Time),
            source: value(Field::Source),
            is_open_ended: detail.lacks_click_through,
        }
    }
}
