//! A short list of values with quiet bars; every bar is a filter.

use clicks::model::{Field, Untrusted};
use clicks::query::{Key, Whom};
use leptos::html;
use leptos::prelude::*;

use crate::platform::page;
use crate::state::use_state;
use crate::ui::{Url, parts, rescue_focus, words};

/// How a number is coloured: only findings have a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Neutral.
    #[default]
    Plain,
    /// Malicious or reached.
    Bad,
    /// Clicked past a warning.
    Warn,
    /// Blocked.
    Good,
    /// Being analysed.
    Pending,
}

impl Tone {
    /// Its class.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Bad => "bad",
            Tone::Warn => "warn",
            Tone::Good => "good",
            Tone::Pending => "pending",
        }
    }
}

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
    /// It was counted whatever the filter says of what came of clicks.
    pub is_unbent: bool,
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
    let list = NodeRef::<html::Ol>::new();
    // One stop of the Tab key a list; within it the arrows move.
    let on_key = move |ev: page::KeyboardEvent| {
        let by = match ev.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        if let Some(list) = list.get_untracked() {
            ev.prevent_default();
            page::step_focus(&list, ".bars-one", by);
        }
    };
    // A bar that was pressed is drawn anew with what it counts now, perhaps elsewhere; the focus stays in the list.
    let pressed = StoredValue::new(false);
    Effect::new(move || {
        bars.track();
        if !pressed.get_value() {
            return;
        }
        pressed.set_value(false);
        set_timeout(
            move || match list.try_get_untracked().flatten() {
                _ if !page::has_no_focus() => {}
                Some(list) => page::focus_first(&list, &[".bars-one[aria-pressed=true]", ".bars-one"]),
                None => rescue_focus(),
            },
            std::time::Duration::ZERO,
        );
    });
    let longest = Memo::new(move |_| bars.read().iter().map(|b| b.length).max().unwrap_or(1).max(1));
    view! {
        <Show when=move || !bars.read().is_empty() fallback=move || view! { <p class="absent">{move || none.get()}</p> }>
            <ol class="bars" node_ref=list on:keydown=on_key>
                <For each=move || bars.get().into_iter().enumerate() key=|b| b.clone() let:bar>
                    <OneBar key at=bar.0 bar=bar.1 longest pressed/>
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
    /// Place in the list, from 0
    at: usize,
    /// The bar
    bar: Bar,
    /// What a full bar stands for
    longest: Memo<u64>,
    /// Set by a bar that is pressed
    pressed: StoredValue<bool>,
) -> impl IntoView {
    let state = use_state();
    let Bar { value, label, n, length, note, tone, also, is_unbent } = bar;
    let url = match key {
        Key::Is(field @ (Field::Url | Field::Host)) if !value.is_empty() => {
            Some((Untrusted::from(&*value), field))
        }
        _ => None,
    };
    let whole =
        url.as_ref().map_or_else(|| label.clone(), |(url, field)| parts(url, *field).told().into_owned());
    // Clicks without a value are asked for by the name of the field.
    let (key, value) = if value.is_empty() { (Key::Without, key.name().to_owned()) } else { (key, value) };
    let value = StoredValue::new(value);
    let width = move || match length {
        0 => "0".to_owned(),
        _ => format!("{:.1}%", (length as f64 * 100.0 / longest.get() as f64).max(1.5)),
    };
    let is_pressed = move || value.with_value(|v| state.filter.read().includes(key, v)).to_string();
    let press = move |exclude: bool| {
        value.with_value(|v| match also {
            Some((what, of)) if !exclude => state.refine(|f| {
                // Pressed again, what was there before comes back.
                let before = state.before_press;
                if let Some((old, _)) =
                    before.get_value().filter(|(_, made)| *made == *f && f.includes(key, v))
                {
                    before.set_value(None);
                    *f = old;
                    return;
                }
                let old = f.clone();
                if key == Key::Is(Field::User) {
                    // Another filter than that in view may leave machines out where this one does not.
                    if is_unbent && !f.has_key(Key::Is(Field::Automation)) {
                        Whom::People.set(f);
                    }
                    state.narrow_to_people(f);
                }
                let was_there = f.includes(key, v);
                let is_alone = f.includes(what, of) && f.terms(what).count() == 1;
                if !was_there || !is_alone {
                    if is_unbent {
                        *f = std::mem::take(f).unbent();
                    }
                    if was_there {
                        f.set(key, v);
                    } else {
                        f.toggle(key, v);
                    }
                    f.set(what, of);
                    before.set_value(Some((old, f.clone())));
                    return;
                }
                // Where nobody knows what was there before, both are taken back.
                f.toggle(key, v);
                f.set(what, "");
                if key == Key::Is(Field::User) && Whom::of(f) == Some(Whom::People) {
                    Whom::All.set(f);
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
                tabindex=if at == 0 { "0" } else { "-1" }
                title=format!("{whole}\nClick: only these. Shift-click: all but these")
                aria-pressed=is_pressed
                on:click=move |ev| {
                    pressed.set_value(true);
                    press(ev.shift_key());
                }
            >
                <span class="bars-label">
                    {match url {
                        Some((value, field)) => view! { <Url value field told=true/> }.into_any(),
                        None => label.into_any(),
                    }}
                </span>
                <span class="bars-track" aria-hidden="true"><i style:width=width></i></span>
                <span class="bars-n">{words::number(n)}</span>
                <span class="bars-note">{note}</span>
            </button>
        </li>
    }
}
