//! A short list of values with quiet bars; every bar is a filter.

use clicks::query::Key;
use leptos::prelude::*;

use super::tile::Tone;
use crate::state::use_state;
use crate::ui::words;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bar {
    /// The value as a filter takes it; empty for the clicks without one.
    pub value: String,
    /// What to call it; safe to look at.
    pub label: String,
    /// Number beside the bar.
    pub n: u64,
    /// Length of the bar; none at 0.
    pub length: u64,
    /// A few words after the number; may be empty.
    pub note: String,
    /// Colour.
    pub tone: Tone,
    /// What else the clicks have that it counts: its door opens exactly these.
    pub also: Option<(Key, &'static str)>,
}

/// The list. A click takes the value in, shift-click leaves it out.
#[component]
pub fn Bars(
    /// Filter key of the values
    key: Key,
    /// The bars, longest first
    bars: Signal<Vec<Bar>>,
    /// What to say when there are none
    #[prop(into)]
    none: Signal<&'static str>,
) -> impl IntoView {
    let longest = Memo::new(move |_| bars.read().iter().map(|b| b.length).max().unwrap_or(1).max(1));
    view! {
        <Show when=move || !bars.read().is_empty() fallback=move || view! { <p class="absent">{move || none.get()}</p> }>
            <ol class="bars">
                <For each=move || bars.get() key=|b| b.clone() let:bar>
                    <OneBar key bar longest/>
                </For>
            </ol>
        </Show>
    }
}

/// One bar.
#[component]
fn OneBar(
    /// Filter key of the value
    key: Key,
    /// The bar
    bar: Bar,
    /// What a full bar stands for
    longest: Memo<u64>,
) -> impl IntoView {
    let state = use_state();
    let Bar { value, label, n, length, note, tone, also } = bar;
    // Clicks without a value are asked for by the name of the field.
    let (key, value) = if value.is_empty() { (Key::Without, key.name().to_owned()) } else { (key, value) };
    let value = StoredValue::new(value);
    let width = move || match length {
        0 => "0".to_owned(),
        _ => format!("{:.1}%", (length as f64 * 100.0 / longest.get() as f64).max(1.5)),
    };
    let pressed = move || value.with_value(|v| state.filter.read().includes(key, v)).to_string();
    let press = move |exclude: bool| {
        value.with_value(|v| match also {
            Some((what, of)) if !exclude => state.refine(|f| {
                // A second time takes both back, as far as they are still there.
                let was_there = f.includes(key, v);
                f.toggle(key, v);
                let alone = f.includes(what, of) && f.terms(what).count() == 1;
                if !was_there {
                    f.set(what, of);
                } else if alone {
                    f.set(what, "");
                }
            }),
            _ => state.pick(key, v, exclude),
        });
    };
    view! {
        <li>
            <button
                class=format!("bars-one {}", tone.class())
                type="button"
                title=format!("{label}\nClick: only these. Shift-click: all but these")
                aria-pressed=pressed
                on:click=move |ev| press(ev.shift_key())
            >
                <span class="bars-label">{label.clone()}</span>
                <span class="bars-track" aria-hidden="true"><i style:width=width></i></span>
                <span class="bars-n">{words::number(n)}</span>
                <span class="bars-note">{note}</span>
            </button>
        </li>
    }
}
