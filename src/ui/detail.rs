//! Everything about one click, beside the table.

use std::sync::Arc;

use clicks::model::{Field, Verdict};
use clicks::query::{AskDetail, Detail};
use leptos::html;
use leptos::prelude::*;

use super::detail_parts::{Chain, Field, Raw};
use crate::platform::page;
use crate::state::asked::Newest;
use crate::state::use_state;

/// The drawer; it is there while a click is open.
#[component]
pub fn DetailDrawer() -> impl IntoView {
    let state = use_state();
    let detail = RwSignal::new(None::<Arc<Detail>>);
    let newest = Newest::default();
    Effect::new(move || {
        let row = state.detail.get();
        let open = state.load.read_untracked().askable();
        let (Some(row), Some(data)) = (row, open) else {
            newest.begin();
            return detail.set(None);
        };
        newest.ask(state, data.token, &AskDetail { row }, move |answer| match answer {
            Ok(found) => detail.set(Some(Arc::new(found))),
            Err(failure) => {
                state.failure.set(Some(failure));
                state.detail.set(None);
            }
        });
    });
    view! {
        {move || {
            detail.get().filter(|_| state.detail.read().is_some()).map(|detail| view! { <Drawer detail/> }.into_any())
        }}
    }
}

/// The drawer around one click.
#[component]
fn Drawer(
    /// The click
    detail: Arc<Detail>,
) -> impl IntoView {
    let state = use_state();
    let whole = NodeRef::<html::Aside>::new();
    Effect::new(move || {
        if let Some(element) = whole.get() {
            page::focus(&element);
        }
    });
    let place = format!("{}, line {}", detail.file.shown(), detail.line);
    let fields = detail.fields.clone();
    let verdict = fields.iter().find(|f| Field::column_of_name(&f.name) == Some(Field::Verdict));
    let verdict = verdict.and_then(|f| Verdict::from_word(f.value.original())).unwrap_or_default();
    view! {
        <aside
            class="detail"
            node_ref=whole
            tabindex="-1"
            role="dialog"
            aria-label="Every field of one click"
            data-testid="row-detail"
        >
            <div class="detail-head">
                <div>
                    <h2>"Click"</h2>
                    <p class="panel-sub">{place}</p>
                </div>
                <button
                    class="btn"
                    type="button"
                    data-testid="detail-close"
                    title="Close (Esc)"
                    on:click=move |_| state.detail.set(None)
                >
                    "Close"
                </button>
            </div>
            <dl class="detail-fields">
                {fields.into_iter().map(|field| view! { <Field field verdict/> }).collect_view()}
            </dl>
            <Chain chain=detail.chain.clone() state=detail.chain_state/>
            <Raw record=detail.raw.clone() missing=detail.raw_missing.clone()/>
        </aside>
    }
}
