//! What a file leaves open, and somebody may say: day or month first, whose clock it is, whose clicks they are.

use clicks::import::{FileReport, ReadAs};
use clicks::model::Field;
use leptos::prelude::*;

use crate::platform::zone;
use crate::state::use_state;
use crate::ui::{rescue_focus_at, words};

/// The questions that a file leaves open; nothing where it leaves none.
#[component]
pub fn Reading(
    /// The file
    report: FileReport,
    /// Which of the files of its name it is
    nth: u32,
) -> impl IntoView {
    let FileReport { reads_both_ways, zone_certainty, rows, name, absent, .. } = report;
    let both_ways = reads_both_ways > 0;
    let of_a_place = matches!(zone_certainty.as_str(), "local" | "assumed" | "told");
    let name = name.into_original();
    let state = use_state();
    let is_of_files = state.is_of_files();
    let of_nobody = is_of_files
        && absent.iter().any(|column| Field::column_of_name(column) == Some(Field::Tenant))
        || state.read_as.with_untracked(|said| said.tenant_of(&name, nth).is_some());
    (rows > 0 && (both_ways || of_a_place || of_nobody)).then(|| {
        view! {
            <div class="trust-reading">
                {both_ways.then(|| view! { <Dates/> })}
                {of_a_place.then(|| view! { <Clock/> })}
                {of_nobody.then(|| view! { <Tenant file=name nth/> })}
            </div>
        }
    })
}

/// Day or month first.
#[component]
fn Dates() -> impl IntoView {
    let state = use_state();
    let now = move || state.read_as.read().day_first;
    let choose = move |chosen: String| {
        let day_first = match chosen.as_str() {
            "day" => Some(true),
            "month" => Some(false),
            _ => None,
        };
        state.set_read_as(ReadAs { day_first, ..state.read_as.get_untracked() }, || {
            rescue_focus_at("date-order");
        });
    };
    view! {
        <label>
            "Dates that read both ways "
            <select class="control" data-testid="date-order" on:change:target=move |ev| choose(ev.target().value())>
                <option value="" selected=move || now().is_none()>"as the files let conclude"</option>
                <option value="day" selected=move || now() == Some(true)>"day before month"</option>
                <option value="month" selected=move || now() == Some(false)>"month before day"</option>
            </select>
        </label>
    }
}

/// Whose clock wrote the times.
#[component]
fn Clock() -> impl IntoView {
    let state = use_state();
    let unknown = RwSignal::new(false);
    let names = StoredValue::new(zone::names());
    let choose = move |typed: String| {
        let typed = typed.trim();
        let known = typed.is_empty() || zone::is_known(typed);
        unknown.set(!known);
        if known {
            let written = names.with_value(|all| all.iter().find(|n| n.eq_ignore_ascii_case(typed)).cloned());
            let zone = written.unwrap_or_else(|| typed.to_owned());
            state.set_read_as(ReadAs { zone, ..state.read_as.get_untracked() }, || {
                rescue_focus_at("clock-zone");
            });
        }
    };
    view! {
        <label>
            "Times without a zone are the clock of "
            <input
                class="control"
                type="text"
                placeholder="UTC"
                spellcheck="false"
                autocomplete="off"
                list="clock-zones"
                data-testid="clock-zone"
                prop:value=move || state.read_as.read().zone.clone()
                on:change:target=move |ev| choose(ev.target().value())
            />
        </label>
        <datalist id="clock-zones">
            {names.with_value(|all| all.iter().map(|name| view! { <option value=name.clone()/> }).collect_view())}
        </datalist>
        <Show when=move || unknown.get()>
            <p class="error" role="alert">"No such zone. Write it as in Europe/Madrid or +02:00."</p>
        </Show>
    }
}

/// Whose clicks they are, of a file that does not say it.
#[component]
fn Tenant(
    /// The name of the file
    file: String,
    /// Which of the files of that name it is
    nth: u32,
) -> impl IntoView {
    let state = use_state();
    let from_name = tenant_in(&file);
    let said = {
        let file = file.clone();
        move || state.read_as.read().tenant_of(&file, nth).unwrap_or_default().to_owned()
    };
    let choose = move |typed: &str| {
        let mut read_as = state.read_as.get_untracked();
        read_as.say_tenant(&file, nth, typed);
        state.set_read_as(read_as, || rescue_focus_at("tenant"));
    };
    let take_name = {
        let (choose, from_name, said) = (choose.clone(), from_name.clone(), said.clone());
        let label = format!("Take “{}” from its name", words::defanged_inside(&from_name));
        move || {
            let (choose, from_name) = (choose.clone(), from_name.clone());
            (!from_name.is_empty() && said().is_empty()).then(|| view! {
                <button class="link" type="button" data-testid="tenant-of-name" on:click=move |_| choose(&from_name)>
                    {label.clone()}
                </button>
            })
        }
    };
    view! {
        <label>
            "Tenant, where it names none "
            <input
                class="control"
                type="text"
                placeholder="not said"
                spellcheck="false"
                autocomplete="off"
                data-testid="tenant"
                prop:value=said
                on:change:target=move |ev| choose(&ev.target().value())
            />
        </label>
        {take_name}
    }
}

/// The domain or the id that a name of a file begins with: exports of many tenants are called after them. Of a file inside
/// an archive the folder it stands in, where there is one. Empty where it is neither.
fn tenant_in(name: &str) -> String {
    let inner = name.rsplit(" › ").next().unwrap_or(name);
    let mut folders = inner.rsplit(['/', '\\']);
    let own = folders.next().unwrap_or(inner);
    let called = folders.next().filter(|folder| !folder.is_empty()).unwrap_or(own);
    let end = called.find(['_', ' ', '(']).unwrap_or(called.len());
    let first = &called[..end];
    let bare = [".csv", ".json", ".jsonl", ".ndjson", ".xlsx", ".gz", ".zip", ".log", ".txt"]
        .iter()
        .find_map(|ending| {
            first
                .len()
                .checked_sub(ending.len())
                .filter(|at| first.is_char_boundary(*at) && first[*at..].eq_ignore_ascii_case(ending))
        })
        .map_or(first, |at| &first[..at]);
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = bare.rsplit('.').next().unwrap_or_default();
    let is_domain = bare.contains('.')
        && bare.split('.').all(is_label)
        && last.len() >= 2
        && last.chars().all(char::is_alphabetic);
    let is_id = bare.len() == 36 && bare.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    if is_domain || is_id { bare.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenant_is_what_the_name_of_a_file_begins_with() {
        let cases = [
            ("contoso.onmicrosoft.com_2026-05.csv", "contoso.onmicrosoft.com"),
            ("Fabrikam May.xlsx", ""),
            ("fabrikam.example.CSV", "fabrikam.example"),
            ("c0470501-0000-4000-8000-00000000e27a.json", "c0470501-0000-4000-8000-00000000e27a"),
            ("all.zip › contoso.com/clicks.csv", "contoso.com"),
            ("all.zip › clicks.csv", ""),
            ("clicks.2026.csv", ""),
            ("_.csv", ""),
        ];
        for (name, tenant) in cases {
            assert_eq!(tenant_in(name), tenant, "{name}");
        }
    }
}
