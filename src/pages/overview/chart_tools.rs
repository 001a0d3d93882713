//! What can be done with a chart: save it as a picture, or read it as a table.

use std::sync::Arc;

use clicks::model::text::shown;
use clicks::query::Dashboard;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::charts::{Frame, Picture};
use crate::platform::download::{self, Blob};
use crate::platform::zone;
use crate::state::AppState;
use crate::ui::words;

/// PNG, SVG, table.
#[component]
pub fn ChartTools(
    /// Which chart, after "of": the words on the buttons are the same for all
    of: &'static str,
    /// The table is shown
    as_table: RwSignal<bool>,
    /// Saves the picture
    on_save: Callback<Picture>,
) -> impl IntoView {
    view! {
        <button class="link" type="button" data-testid="export-png" aria-label=format!("PNG of {of}") on:click=move |_| on_save.run(Picture::Png)>"PNG"</button>
        <button class="link" type="button" data-testid="export-svg" aria-label=format!("SVG of {of}") on:click=move |_| on_save.run(Picture::Svg)>"SVG"</button>
        <button
            class="link"
            type="button"
            data-testid="chart-table-toggle"
            aria-label=move || format!("{} of {of}", if as_table.get() { "chart" } else { "table" })
            aria-pressed=move || as_table.get().to_string()
            on:click=move |_| as_table.update(|t| *t = !*t)
        >
            {move || if as_table.get() { "chart" } else { "table" }}
        </button>
    }
}

/// What a chart shows, and when: `Clicks a day, 22 Sep – 20 Nov 2026, UTC`.
pub fn sub(what: &str, answer: &Option<Arc<Dashboard>>) -> String {
    match answer {
        Some(d) => format!("{what}, {}", period(d)),
        None => what.to_owned(),
    }
}

fn period(d: &Dashboard) -> String {
    let (period, zone) = (charts::words::period(&d.over_time), shown(&d.zone));
    if period.is_empty() { zone } else { format!("{period}, {zone}") }
}

/// Title, period and caption of a picture: what is in view, so that it can be believed without the page.
pub fn frame(state: AppState, title: &str) -> Frame {
    let text = words::filter_text(&untrack(|| state.answered_filter()));
    let caption = if text.is_empty() { "All clicks".to_owned() } else { text };
    let period = state.dashboard.with_untracked(|answer| answer.as_deref().map(period).unwrap_or_default());
    Frame { title: title.to_owned(), period, caption }
}

/// Saves a picture once it is drawn.
pub fn save(name: &'static str, picture: Picture, drawn: impl Future<Output = Option<Blob>> + 'static) {
    spawn_local(async move {
        if let Some(blob) = drawn.await {
            download::save(&format!("clickglass-{name}-{}.{}", zone::today(), picture.extension()), &blob);
        }
    });
}
