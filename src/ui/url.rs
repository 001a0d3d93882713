//! A URL or a host: whose it is stands out, what an attacker may have written around it stands back.
//!
//! The text is there once, in one piece, so that a screen reader, a search and a selection find what is shown; where
//! there is little room the stylesheet cuts the path first and never the registrable domain.

use clicks::model::{Field, Part, ShownUrl, Untrusted};
use leptos::prelude::*;

/// Texts of so many bytes fit into every column.
const SHORT: usize = 12;

/// More characters than these do not fit into three lines of the detail.
const LONG: usize = 130;

/// Whether a field holds URLs or hosts.
pub fn is_url(field: Field) -> bool {
    matches!(field, Field::Url | Field::Host)
}

/// A value of such a field, in parts.
pub fn parts(value: &Untrusted, field: Field) -> ShownUrl {
    if field == Field::Host { value.host_parts() } else { value.url_parts() }
}

/// On one line.
#[component]
pub fn Url(
    /// The value
    value: Untrusted,
    /// What it is: a URL or a host
    field: Field,
    /// A class beside its own; none
    #[prop(optional)]
    class: &'static str,
    /// Whether what stands around it tells the whole; it does not
    #[prop(optional)]
    told: bool,
) -> impl IntoView {
    let shown = parts(&value, field);
    // A component owns what it is given.
    drop(value);
    // Only what can be cut short, or is not what it seems, needs to be told again.
    let again = !told && (shown.text().len() > SHORT || shown.opens().is_some());
    let title = again.then(|| shown.told().into_owned());
    view! { <span class=format!("url {class}") title=title>{pieces(&shown)}</span> }
}

/// On as many lines as it takes; a very long one on three, until somebody wants all.
#[component]
pub fn LongUrl(
    /// The value
    value: Untrusted,
    /// What it is: a URL or a host
    field: Field,
) -> impl IntoView {
    let shown = parts(&value, field);
    // A component owns what it is given.
    drop(value);
    let is_long = shown.text().chars().count() > LONG;
    let is_cut = RwSignal::new(is_long);
    let opens = shown.opens().map(|host| format!("A browser opens {host}"));
    let label = move || if is_cut.get() { "show all" } else { "show less" };
    view! {
        <span class="url url-long" class:url-cut=is_cut>{pieces(&shown)}</span>
        {is_long.then(|| view! {
            <button class="link" type="button" data-testid="url-all" on:click=move |_| is_cut.update(|cut| *cut = !*cut)>
                {label}
            </button>
        })}
        {opens.map(|opens| view! { <span class="detail-note url-opens">{opens}</span> })}
    }
}

fn pieces(shown: &ShownUrl) -> impl IntoView + use<> {
    let before = |part: Part, class: &'static str| {
        let text = shown.part(part);
        // In an element of its own, because what is cut at its start runs from right to left.
        (!text.is_empty()).then(|| view! { <span class=class><bdi>{text.to_owned()}</bdi></span> })
    };
    let piece = |part: Part, class: &'static str| {
        let text = shown.part(part);
        (!text.is_empty()).then(|| view! { <span class=class>{text.to_owned()}</span> })
    };
    (
        piece(Part::Scheme, "url-scheme"),
        before(Part::User, "url-before url-user"),
        before(Part::Subdomain, "url-before"),
        piece(Part::Domain, "url-domain"),
        piece(Part::Rest, "url-rest"),
    )
}
