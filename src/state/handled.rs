//! What was done for the people of the worklist: kept by the page while it is open, and in a file where somebody saves it.

use clicks::model::Untrusted;
use insights::Handled;
use leptos::prelude::*;

use super::AppState;
use crate::platform::page;

impl AppState {
    /// Changes what was done for a user.
    pub fn handle(&self, user: StoredValue<Untrusted>, change: impl FnOnce(&mut Handled)) {
        // What is written while its place goes away is of nobody any more.
        let known = user.try_with_value(|user| self.handled.update(|all| all.change(user, change)));
        if known.is_some() {
            page::guard_leaving(true);
        }
    }

    /// How many people in view need action and have nothing done for them. Those that are not listed are among them.
    pub fn to_do(&self) -> u64 {
        let (list, handled) = (self.worklist.read(), self.handled.read());
        let Some(list) = list.as_ref() else { return 0 };
        let done = list.entries.iter().filter(|one| one.urgency > 0 && !handled.of(&one.user).is_open());
        list.total.saturating_sub(done.count() as u64)
    }
}
