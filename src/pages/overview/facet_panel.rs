//! How the clicks in view divide by one field.

use clicks::model::{Action, Field, Verdict};
use clicks::query::Key;
use leptos::prelude::*;

use crate::ui::later::{NOT_YET, dashboard_later};
use crate::ui::{Bar, Bars, Panel, Tone, words};

/// The values of a field as bars, each counted without the field's own filter.
#[component]
pub fn FacetPanel(
    /// The field
    key: Key,
    /// Heading
    title: &'static str,
) -> impl IntoView {
    let dashboard = dashboard_later(7);
    let facet = Memo::new(move |_| {
        let dashboard = dashboard.read();
        dashboard.as_ref().and_then(|d| d.facets.iter().find(|f| f.key == key.name()).cloned())
    });
    let bars = move || {
        let facet = facet.read();
        let values = facet.as_ref().map_or(&[][..], |f| &f.values);
        let all = facet.as_ref().map_or(0, |f| f.clicks);
        let bar = |v: &clicks::query::FacetValue| Bar {
            label: label(key, v),
            n: v.clicks,
            length: v.clicks,
            note: words::percent(v.clicks, all),
            tone: tone(key, v.value.original()),
            value: v.value.original().to_owned(),
            also: None,
            is_unbent: false,
        };
        values.iter().filter(|v| v.clicks > 0).take(8).map(bar).collect::<Vec<_>>()
    };
    let absent = move || facet.read().as_ref().is_some_and(|f| f.absent);
    let none = move || if dashboard.read().is_some() { "none in view" } else { NOT_YET };
    view! {
        <Panel title testid=format!("facet-{}", key.name()) place="third">
            <Show when=move || !absent() fallback=|| view! { <p class="absent">"not in this export"</p> }>
                <Bars key bars=Signal::derive(bars) none=Signal::derive(none)/>
            </Show>
        </Panel>
    }
}

fn label(key: Key, value: &clicks::query::FacetValue) -> String {
    if value.value.is_empty() {
        "no value".to_owned()
    } else {
        words::value_label(key.name(), value.value.original())
    }
}

/// Findings have a colour, the rest is neutral.
fn tone(key: Key, value: &str) -> Tone {
    match key {
        Key::Is(Field::Verdict) => match Verdict::from_word(value) {
            Some(Verdict::Malicious) => Tone::Bad,
            Some(Verdict::Blocked) => Tone::Good,
            Some(Verdict::Pending) => Tone::Pending,
            _ => Tone::Plain,
        },
        Key::Is(Field::Action) => match Action::from_word(value) {
            Some(Action::Blocked) => Tone::Good,
            Some(Action::UserOverride) => Tone::Warn,
            Some(Action::None) => Tone::Pending,
            _ => Tone::Plain,
        },
        Key::Is(Field::Threat) if !value.is_empty() && value != "none" => Tone::Bad,
        _ => Tone::Plain,
    }
}
