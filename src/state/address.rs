//! The address of the view: page and filter in the URL hash, one history entry a change.
//!
//! The hash is the filter's canonical text, with `page=` before it when the page is not the overview.

use clicks::query::{Filter, Key};
use leptos::prelude::*;

use super::AppState;
use crate::platform::hash;

/// A page of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Tiles, charts and rankings, then the table.
    #[default]
    Overview,
    /// The table alone.
    Clicks,
    /// Can I believe this file?
    Trust,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Page; 3] = [Page::Overview, Page::Clicks, Page::Trust];

    /// The page as written in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Page::Overview => "overview",
            Page::Clicks => "clicks",
            Page::Trust => "trust",
        }
    }

    /// What to call it on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Page::Overview => "Overview",
            Page::Clicks => "Clicks",
            Page::Trust => "Trust",
        }
    }

    /// Whether the page shows the clicks in view, and so the filters.
    pub const fn shows_filters(self) -> bool {
        !matches!(self, Page::Trust)
    }
}

/// Page and filter of a hash, with or without its `#`.
pub fn parse(hash: &str) -> (Page, Filter) {
    let text = hash.trim_start_matches('#');
    let mut page = Page::default();
    let mut rest = Vec::new();
    for part in text.split('&') {
        match part.strip_prefix("page=") {
            Some(name) => {
                page = Page::ALL.into_iter().find(|p| p.name() == name).unwrap_or_default();
            }
            None => rest.push(part),
        }
    }
    (page, Filter::parse(&rest.join("&")))
}

/// The hash of a page and a filter, without `#`.
pub fn text(page: Page, filter: &Filter) -> String {
    let filter = filter.to_string();
    match (page, filter.is_empty()) {
        (Page::Overview, _) => filter,
        (page, true) => format!("page={}", page.name()),
        (page, false) => format!("page={}&{filter}", page.name()),
    }
}

/// Keeps the address and the state together, both ways.
pub fn keep(state: AppState) {
    Effect::new(move |before: Option<(Page, Filter)>| {
        let now = (state.page.get(), state.filter.get());
        let hash = text(now.0, &now.1);
        let (page_there, filter_there) = parse(&hash::current());
        if hash != text(page_there, &filter_there) {
            // Typing is one change, not one a letter.
            match before {
                Some(before) if only_text_differs(&before, &now) => hash::replace(&hash),
                _ => hash::push(&hash),
            }
        }
        now
    });
    hash::on_change(move || {
        let (page, filter) = parse(&hash::current());
        state.go(page);
        state.refine(|f| *f = filter);
    });
}

/// Both have a search text and nothing else differs.
fn only_text_differs(before: &(Page, Filter), now: &(Page, Filter)) -> bool {
    let without_text = |filter: &Filter| {
        let mut filter = filter.clone();
        filter.remove_key(Key::Text);
        filter
    };
    before.0 == now.0
        && before.1.has_key(Key::Text)
        && now.1.has_key(Key::Text)
        && without_text(&before.1) == without_text(&now.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_round_trip_keeps_page_filter_and_unknown_keys() {
        for hash in [
            "",
            "page=clicks",
            "verdict=malicious",
            "page=trust&range=7d&q=a&later=1",
            "page=clicks&tz=Asia/Tokyo",
        ] {
            let (page, filter) = parse(hash);
            assert_eq!(text(page, &filter), hash);
        }
    }

    #[test]
    fn address_unknown_page_is_the_overview() {
        assert_eq!(parse("#page=nowhere&q=a").0, Page::Overview);
    }
}
