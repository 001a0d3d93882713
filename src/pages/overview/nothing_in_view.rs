//! Said once for the whole page: the filters let nothing through.

use leptos::prelude::*;

use crate::state::use_state;
use crate::ui::WhyZero;

/// The sentence with its way out; nothing while there are clicks in view.
#[component]
pub fn NothingInView() -> impl IntoView {
    let state = use_state();
    let nothing = Memo::new(move |_| {
        state.dashboard.read().as_ref().is_some_and(|d| d.totals.clicks == 0 && d.all_clicks > 0)
    });
    view! {
        <Show when=move || nothing.get()>
            <div class="nothing_in_view" data-testid="nothing-in-view">
                <p>
                    "No click passes these filters. "
                    <button class="link" type="button" on:click=move |_| state.refine(clicks::query::Filter::clear)>
                        "Clear all"
                    </button>
                </p>
                <WhyZero/>
            </div>
        </Show>
    }
}
