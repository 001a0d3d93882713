//! One person: who, why, what happened, what was done.

use clicks::model::Field;
use clicks::query::Key;
use insights::{DONE, Handled, Happened, ToDo, reached_bad};
use leptos::prelude::*;

use crate::state::{OpenedClick, PageId, Place, use_state};
use crate::ui::{Url, rescue_focus_at, words};

/// Clicks that are told one by one: the list is of people.
const FIRST: usize = 3;

/// The person.
#[component]
pub fn Entry(
    /// Who, and what happened
    one: ToDo,
) -> impl IntoView {
    let state = use_state();
    let ToDo { user, group, urgency, reason, happened, more, .. } = one;
    let class = match urgency {
        3.. => "bad",
        1 | 2 => "warn",
        _ => "plain",
    };
    let more = more + happened.len().saturating_sub(FIRST) as u64;
    let name = if user.is_empty() { "no user".to_owned() } else { words::defanged_inside(user.original()) };
    let user = StoredValue::new(user);
    let handled = Memo::new(move |_| user.with_value(|user| state.handled.read().of(user)));
    let all = move |_| {
        state.refine(|f| f.set(Key::Is(Field::User), &user.with_value(|user| user.original().to_owned())));
        state.go(PageId::PEOPLE);
    };
    // All that reached a page that is not safe, by what is known today.
    let reached = move |_| {
        state.refine(|f| {
            f.set(Key::Is(Field::User), &user.with_value(|user| user.original().to_owned()));
            *f = reached_bad(f);
        });
        state.go(PageId::CLICKS);
    };
    let done = (0_u8..).zip(DONE).map(move |(bit, (name, label))| {
        view! {
            <label>
                <input type="checkbox" data-testid=name
                    prop:checked=move || handled.read().done & (1 << bit) != 0
                    on:change=move |_| {
                        state.handle(user, move |one| one.done ^= 1 << bit);
                        // Of a list of what is to do the person goes with the mark: the next one is near.
                        rescue_focus_at("todo-open");
                    }/>
                {label}
            </label>
        }
    });
    let about = format!("Note on {name}");
    view! {
        <li class="todo-one" class:done=move || !handled.read().is_open() data-testid="todo-one">
            <div class="todo-who">
                <button class="todo-name" type="button" title="Everything about this person" on:click=all>{name}</button>
                {(!group.is_empty()).then(|| view! { <span class="panel-sub">{group.shown()}</span> })}
                <span class=format!("todo-why {class}")>{reason}</span>
            </div>
            <ul class="todo-what">
                {happened.into_iter().take(FIRST).map(|click| view! { <Click click/> }).collect_view()}
                {(more > 0).then(|| view! {
                    <li>
                        <button class="link todo-all" type="button" on:click=reached>{format!("and {} more", words::number(more))}</button>
                    </li>
                })}
            </ul>
            <div class="todo-done">
                {done.collect_view()}
                <input type="text" aria-label=about placeholder="Note" data-testid="todo-note"
                    prop:value=move || handled.read().note.clone()
                    on:input:target=move |ev| {
                        let note = ev.target().value();
                        state.handle(user, move |one: &mut Handled| one.note = note);
                    }/>
            </div>
        </li>
    }
}

/// What happened once; it opens the click.
#[component]
fn Click(
    /// The click
    click: Happened,
) -> impl IntoView {
    let state = use_state();
    let Happened { row, time_ms, url, said, .. } = click;
    let time = move || words::time_in(&time_ms.to_string(), &state.zone());
    let open = move |_| state.detail.set(Some(OpenedClick { row, place: Place::Unknown, takes_focus: true }));
    let said = words::defanged_inside(&said.join("; "));
    view! {
        <li>
            <button class="todo-click" type="button" title="Open this click" on:click=open>
                <span class="todo-time">{time}</span>
                <Url value=url field=Field::Url/>
                <span class="todo-said">{said}</span>
            </button>
        </li>
    }
}
