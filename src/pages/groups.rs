//! The groups of people that a directory names, ranked like people are.

use leptos::prelude::*;

use super::lists::GROUPS;
use crate::state::use_state;
use crate::ui::GroupList;

/// The page.
#[component]
pub fn Groups() -> impl IntoView {
    let state = use_state();
    let is_there = Memo::new(move |_| state.groups().is_some());
    move || {
        if is_there.get() {
            return view! { <GroupList def=&GROUPS/> }.into_any();
        }
        view! {
            <section class="panel" data-testid="no-groups">
                <div class="panel-head"><h2>"Groups"</h2></div>
                <p>
                    "No open file says who is in which group. Add an export of Entra users, or any list of people with their addresses and departments. "
                    <button class="link" type="button" on:click=move |_| state.pick_more_files()>"Add files"</button>
                </p>
            </section>
        }
        .into_any()
    }
}
