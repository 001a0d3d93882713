//! The parts of a click in full: its fields, the redirects, the record of the file.

use clicks::model::text::shown as shown_text;
use clicks::model::{Action, Field, Untrusted, Verdict};
use clicks::query::{DetailField, FieldState, Hop};
use leptos::html;
use leptos::prelude::*;

use crate::platform::{page, zone};
use crate::state::{ValueMenu, use_state};
use crate::ui::marks::{ActionTag, VerdictMark};
use crate::ui::{CopyButton, LongUrl, Url, is_url, words};

/// Columns of a record that are shown, of those with a value and of those without. A file can be made to have
/// hundreds of thousands, and a page of so many would not answer any more.
const SHOWN: usize = 200;

/// One field that the export has.
#[component]
pub fn Field(
    /// The field
    field: DetailField,
    /// Verdict of the click
    verdict: Verdict,
) -> impl IntoView {
    let state = use_state();
    let DetailField { name, label, value, state: there, note } = field;
    let column = Field::column_of_name(&name);
    let groups = state.groups().filter(|_| name == Field::Group.name());
    let label = groups.map_or_else(|| shown_text(&label), |by| words::group_label(by).to_owned());
    let is_mono = column.is_some_and(is_url) || value.original().contains("://");
    let action = Action::from_word(value.original());
    let shown = {
        let value = value.clone();
        match (column, action) {
            (Some(Field::Verdict), _) => view! { <VerdictMark verdict/> }.into_any(),
            (Some(field), _) if is_url(field) => view! { <LongUrl value field/> }.into_any(),
            (Some(Field::Action), Some(action)) => view! { <ActionTag action verdict/> }.into_any(),
            (Some(Field::Time), _) => (move || in_zone(value.original(), &state.zone())).into_any(),
            _ => words::defanged_inside(value.original()).into_any(),
        }
    };
    let body = match there {
        FieldState::Value => {
            view! { <span class="detail-value" class:mono=is_mono>{shown}</span> }.into_any()
        }
        _ => view! { <span class="empty">"empty in this row"</span> }.into_any(),
    };
    let menu = column.map(|field| {
        let value = (!value.is_empty()).then_some(value);
        view! { <Dots field value/> }
    });
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{body} {menu} {note.map(|n| view! { <p class="detail-note">{n.shown()}</p> })}</dd>
        </div>
    }
}

/// The button of a value's menu.
#[component]
fn Dots(
    /// What the value is
    field: Field,
    /// The value; none where the cell is empty
    value: Option<Untrusted>,
) -> impl IntoView {
    let state = use_state();
    let button = NodeRef::<html::Button>::new();
    let back = Callback::new(move |()| {
        if let Some(button) = button.get_untracked() {
            page::focus(&button);
        }
    });
    let open = move |ev: page::MouseEvent| {
        let at = button.get_untracked().map_or_else(|| page::place_of(&ev), |b| page::under(&b));
        let menu = ValueMenu { at, field, value: value.clone(), open: None, in_column: false, back };
        state.value_menu.set(Some(menu));
    };
    view! {
        <button
            class="detail-dots"
            type="button"
            node_ref=button
            aria-haspopup="menu"
            aria-label=format!("Filter or copy {}", field.label())
            title="Filter, copy"
            data-testid=format!("dots-{}", field.name())
            on:click=open
        >
            "⋯"
        </button>
    }
}

/// A time in the zone of the page, and in UTC when that is another.
pub(super) fn in_zone(value: &str, tz: &str) -> String {
    let ms = zone::unix_ms(value);
    if !ms.is_nan() && !value.ends_with('Z') {
        return format!("{}, a local time of the export", zone::date_time(ms, "UTC"));
    }
    match (ms.is_nan(), tz == "UTC") {
        (true, _) => shown_text(value),
        (false, true) => format!("{} UTC", zone::date_time(ms, "UTC")),
        (false, false) => {
            format!("{} {} ({} UTC)", zone::date_time(ms, tz), shown_text(tz), zone::date_time(ms, "UTC"))
        }
    }
}

/// From the link to the page it ends on, step by step.
#[component]
pub fn Chain(
    /// The steps
    chain: Vec<Untrusted>,
    /// What each of them shows
    hops: Vec<Hop>,
    /// What it is when there are none
    state: FieldState,
) -> impl IntoView {
    let last = chain.len().saturating_sub(1);
    let sites: std::collections::BTreeSet<&str> =
        hops.iter().map(|hop| hop.domain.original()).filter(|domain| !domain.is_empty()).collect();
    let sites = sites.len();
    let summary = (last > 0).then(|| {
        format!(
            "{} over {}",
            words::counted(last as u64, "redirect", "redirects"),
            words::counted(sites as u64, "site", "sites")
        )
    });
    let steps = chain.into_iter().zip(hops).enumerate().map(|(at, (url, hop))| {
        let safe = url.shown_url();
        let role = match at {
            0 => "link",
            _ if at == last => "landing page",
            _ => "redirect",
        };
        view! {
            <li>
                <span class="detail-step">{role}</span>
                <span class="detail-value mono"><LongUrl value=url.clone() field=Field::Url/></span>
                <CopyButton safe=Signal::stored(safe) original=url.into_original()/>
                {hop.moves.then(|| view! { <span class="detail-hop">"on to " <Url value=hop.domain field=Field::Host/></span> })}
                {(!hop.signs.is_empty()).then(|| view! { <span class="detail-hop">{hop.signs.join(", ")}</span> })}
            </li>
        }
    });
    let steps = steps.collect_view();
    let none = match (steps.is_empty(), state) {
        (false, _) => None,
        (true, FieldState::Absent) => Some(("absent", "not in this export")),
        (true, _) => Some(("empty", "empty in this row")),
    };
    view! {
        <section class="detail-section">
            <h3>"URL chain"</h3>
            {none.map(|(class, text)| view! { <p class=class>{text}</p> })}
            {summary.map(|text| view! { <p class="detail-note">{text}</p> })}
            <ol class="detail-chain">{steps}</ol>
        </section>
    }
}

/// The record as it stands in the file.
#[component]
pub fn Raw(
    /// Header and cell
    record: Vec<(Untrusted, Untrusted)>,
    /// Why it is not here
    missing: Option<Untrusted>,
    /// Where it stands
    place: String,
    /// The other files that tell of the same click
    also_in: Vec<(u32, Untrusted)>,
) -> impl IntoView {
    let state = use_state();
    let others = also_in.into_iter().map(|(file, name)| {
        let open = move |_| state.show_file(file);
        let nth = state.nth_of_name(file);
        let which = (nth > 1).then(|| format!(" ({nth})"));
        view! {
            <button class="link" type="button" on:click=open>{words::defanged_inside(name.original())} {which}</button> " "
        }
    });
    let others = others.collect_view();
    let is_told_again = !others.is_empty();
    let original = record
        .iter()
        .map(|(name, value)| format!("{}: {}", name.original(), value.original()))
        .collect::<Vec<_>>()
        .join("\n");
    let safe = record
        .iter()
        .map(|(name, value)| format!("{}: {}", name.shown(), words::defanged_inside(value.original())))
        .collect::<Vec<_>>();
    let safe = safe.join("\n");
    let there = !record.is_empty();
    // A union of tables has a hundred columns, most of them empty here: those are named, not listed.
    let (empty, filled): (Vec<_>, Vec<_>) = record.into_iter().partition(|(_, value)| value.is_empty());
    let (left_out, no_more_names) = (filled.len().saturating_sub(SHOWN), empty.len().saturating_sub(SHOWN));
    let rows = filled.into_iter().take(SHOWN).map(|(name, value)| {
        view! { <tr><th scope="row">{name.shown()}</th><td>{words::defanged_inside(value.original())}</td></tr> }
    });
    let mut empty: Vec<String> = empty.iter().take(SHOWN).map(|(name, _)| name.shown()).collect();
    if no_more_names > 0 {
        empty.push(format!("{} more", words::number(no_more_names as u64)));
    }
    view! {
        <details class="detail-section" open>
            <summary>"Record in the file"</summary>
            <p class="detail-note">{place}</p>
            {is_told_again.then(|| view! {
                <p class="detail-note" data-testid="also-in">"The same click, counted once, is also in: " {others}</p>
            })}
            {missing.map(|m| view! { <p class="absent">{m.shown()}</p> })}
            {there.then(|| view! { <CopyButton safe=Signal::stored(safe) original/> })}
            <table class="detail-raw"><tbody>{rows.collect_view()}</tbody></table>
            {(left_out > 0).then(|| view! {
                <p class="detail-note" data-testid="record-more">
                    {words::number(left_out as u64)} " more columns; copying takes them all"
                </p>
            })}
            {(!empty.is_empty()).then(|| view! {
                <p class="detail-note">"Empty in this row: " {empty.join(", ")}</p>
            })}
        </details>
    }
}
