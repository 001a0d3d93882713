//! How the lists of people, hosts and URLs are sorted.

use leptos::prelude::*;

use super::PageId;

/// How one list is sorted: by a measure, or by the field itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupOrder {
    /// The page of the list.
    pub page: PageId,
    /// Name of a measure, or of the field.
    pub by: &'static str,
    /// Largest first.
    pub descending: bool,
}

/// The orders that somebody chose, one a list at the most.
#[derive(Clone, Copy)]
pub struct GroupOrders(RwSignal<Vec<GroupOrder>>);

impl GroupOrders {
    /// Nobody has chosen anything.
    pub(super) fn new() -> GroupOrders {
        GroupOrders(RwSignal::new(Vec::new()))
    }

    /// How the list of a page is sorted: by `first`, most first, until somebody chooses.
    pub fn of(self, page: PageId, first: &'static str) -> GroupOrder {
        let chosen = self.0.read().iter().copied().find(|order| order.page == page);
        chosen.unwrap_or(GroupOrder { page, by: first, descending: true })
    }

    /// Sorts a list.
    pub fn set(self, order: GroupOrder) {
        self.0.update(|orders| {
            orders.retain(|other| other.page != order.page);
            orders.push(order);
        });
    }
}
