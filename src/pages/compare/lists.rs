//! Who and what is in one of the two views and not in the other; each is a door to the clicks that say so.

use clicks::model::Field;
use clicks::query::{Filter, Key};
use insights::{Change, Comparison};
use leptos::prelude::*;

use crate::state::{AppState, PageId};
use crate::ui::{Url, words};

/// One list.
struct List<'a> {
    title: &'static str,
    testid: &'static str,
    /// What it is of.
    field: Field,
    /// Who is in it.
    rule: String,
    entries: &'a [Change],
    total: u64,
    /// The view that holds what is listed.
    filter: &'a str,
}

/// The three lists.
pub fn lists(state: AppState, found: &Comparison) -> impl IntoView + use<> {
    let newcomers = match found.newcomers {
        0 => String::new(),
        n => format!(" {} of them did not click before at all.", words::number(n)),
    };
    let gone = match found.gone {
        0 => String::new(),
        n => format!(
            " {} did not click after: whether they recovered cannot be said.",
            words::counted(n, "more", "more")
        ),
    };
    [
        List {
            title: "New offenders",
            testid: "compare-new",
            field: Field::User,
            rule: format!("Reached a page that is not safe after, and none before.{newcomers}"),
            entries: &found.new_offenders,
            total: found.new_offenders_total,
            filter: &found.after.filter,
        },
        List {
            title: "Recovered",
            testid: "compare-recovered",
            field: Field::User,
            rule: format!("Reached one before, clicked after and reached none.{gone}"),
            entries: &found.recovered,
            total: found.recovered_total,
            filter: &found.before.filter,
        },
        List {
            title: "New hosts",
            testid: "compare-hosts",
            field: Field::Host,
            rule: "Malicious, or reached and not safe after; clicked by nobody before.".to_owned(),
            entries: &found.new_hosts,
            total: found.new_hosts_total,
            filter: &found.after.filter,
        },
    ]
    .into_iter()
    .map(|list| panel(state, list))
    .collect_view()
}

fn panel(state: AppState, list: List<'_>) -> impl IntoView + use<> {
    let List { title, testid, field, rule, entries, total, filter } = list;
    let rest = total.saturating_sub(entries.len() as u64);
    let last = match (total, rest) {
        (0, _) if field == Field::Host => "no host".to_owned(),
        (0, _) => "nobody".to_owned(),
        (_, 0) => String::new(),
        _ => format!("and {} more", words::number(rest)),
    };
    let filter = StoredValue::new(filter.to_owned());
    view! {
        <section class="panel" data-testid=testid aria-label=title>
            <div class="panel-head">
                <h2>{title}</h2>
                <span class="panel-sub">{words::number(total)}</span>
            </div>
            <p class="panel-sub">{rule}</p>
            <ul>{entries.iter().map(|one| entry(state, field, filter, one)).collect_view()}</ul>
            {(!last.is_empty()).then(|| view! { <p class="absent">{last}</p> })}
        </section>
    }
}

/// One of the list: it opens their page, under the view that it was counted in.
fn entry(state: AppState, field: Field, filter: StoredValue<String>, one: &Change) -> impl IntoView + use<> {
    let name = one.name.clone();
    let shown = match field {
        Field::Host => view! { <Url value=name.clone() field/> }.into_any(),
        _ => name.shown().into_any(),
    };
    let open = move |_| {
        state.refine(|f| {
            *f = filter.with_value(|filter| Filter::parse(filter));
            f.set(Key::Is(field), name.original());
        });
        state.go(PageId::of_list(field).unwrap_or(PageId::CLICKS));
    };
    view! {
        <li>
            <button class="link" type="button" on:click=open>{shown}</button>
            <span class="panel-sub">{one.said.clone()}</span>
        </li>
    }
}
