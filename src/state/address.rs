//! The address of the view: page and filter in the URL hash, one history entry a change.
//!
//! The hash is the filter's canonical text, with `page=` before it when the page is not the first one, and behind it what
//! somebody said about files that do not say it themselves.

use clicks::import::ReadAs;
use clicks::model::Field;
use clicks::query::{Filter, Key};
use leptos::prelude::*;

use super::AppState;
use crate::platform::hash;

/// A page of the report, by what it is called in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageId(pub &'static str);

impl PageId {
    /// The page with those who need action.
    pub const TODO: PageId = PageId("todo");
    /// The page with everybody who clicked.
    pub const PEOPLE: PageId = PageId("people");
    /// The page with every campaign.
    pub const CAMPAIGNS: PageId = PageId("campaigns");
    /// The page with every click, the proof behind all others.
    pub const CLICKS: PageId = PageId("clicks");
    /// The page with every host.
    pub const HOSTS: PageId = PageId("hosts");
    /// The page with every URL.
    pub const URLS: PageId = PageId("urls");
    /// The page with every group of people.
    pub const GROUPS: PageId = PageId("groups");
    /// The page that other pages send a reader to who doubts.
    pub const TRUST: PageId = PageId("trust");

    /// The page with every value of a field.
    pub fn of_list(field: Field) -> Option<PageId> {
        Some(match field {
            Field::User => PageId::PEOPLE,
            Field::Campaign => PageId::CAMPAIGNS,
            Field::Host => PageId::HOSTS,
            Field::Url => PageId::URLS,
            Field::Group => PageId::GROUPS,
            _ => return None,
        })
    }
}

/// What an address says.
#[derive(Clone, Debug)]
pub struct View {
    /// The page.
    pub page: PageId,
    /// The filter.
    pub filter: Filter,
    /// How files are to be read.
    pub read_as: ReadAs,
    /// What is said of files that cannot be meant, as it is written there.
    pub misread: Vec<String>,
}

/// Reads and writes addresses. Knows which pages there are; the first one is left out.
#[derive(Clone, Debug)]
pub struct Codec {
    pages: Vec<PageId>,
    is_zone: fn(&str) -> bool,
}

impl Codec {
    /// A codec for these pages, of which there is at least one. Only a browser knows which time zones there are.
    pub fn new(pages: Vec<PageId>, is_zone: fn(&str) -> bool) -> Codec {
        Codec { pages, is_zone }
    }

    fn first(&self) -> PageId {
        self.pages.first().copied().unwrap_or(PageId(""))
    }

    /// What a hash says, with or without its `#`.
    pub fn parse(&self, hash: &str) -> View {
        let text = hash.trim_start_matches('#');
        let mut page = self.first();
        let mut rest = Vec::new();
        let mut read_as = Vec::new();
        for part in text.split('&') {
            match part.strip_prefix("page=") {
                Some(name) => {
                    page = self.pages.iter().copied().find(|p| p.0 == name).unwrap_or(self.first());
                }
                None if ReadAs::is_part(part) => read_as.push(part),
                None => rest.push(part),
            }
        }
        let (mut read_as, mut misread) = ReadAs::parse_all(&read_as.join("&"));
        if !read_as.zone.is_empty() && !(self.is_zone)(&read_as.zone) {
            misread.push(format!("times={}", read_as.zone));
            read_as.zone.clear();
        }
        View { page, filter: Filter::parse(&rest.join("&")), read_as, misread }
    }

    /// The hash of a page and a filter, and of how files are read, without `#`.
    pub fn text(&self, page: PageId, filter: &Filter, read_as: &ReadAs) -> String {
        let page = if page == self.first() { String::new() } else { format!("page={}", page.0) };
        let parts = [page, filter.to_string(), read_as.to_string()];
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        // Addresses are pasted into tickets and messages, where a URL inside would become a link.
        text.replace("://", "%3A//")
    }
}

/// Keeps the address and the state together, both ways.
pub fn keep(state: AppState, codec: Codec) {
    let back = codec.clone();
    Effect::new(move |before: Option<(PageId, Filter)>| {
        let now = (state.page.get(), state.filter.get());
        let hash = codec.text(now.0, &now.1, &state.read_as.read());
        let current = hash::current();
        let there = codec.parse(&current);
        if hash != codec.text(there.page, &there.filter, &there.read_as) {
            // What is said of files is no view to come back to.
            let same_view = there.page == now.0 && there.filter == now.1;
            // Typing is one change, not one a letter.
            if same_view || before.as_ref().is_some_and(|before| only_text_differs(before, &now)) {
                hash::replace(&hash);
            } else {
                hash::push(&hash);
            }
        } else if before.is_none() {
            hash::replace(&current);
        }
        now
    });
    hash::on_change(move || {
        let View { page, filter, read_as, misread } = back.parse(&hash::current());
        state.go(page);
        state.refine(|f| *f = filter);
        // Who goes back wants to see another view of the same clicks: not to take back what was said of files, of which
        // others may be open by now.
        if hash::is_of_page() {
            let now = (state.page.get_untracked(), state.filter.get_untracked());
            return hash::replace(&back.text(now.0, &now.1, &state.read_as.read_untracked()));
        }
        hash::replace(&hash::current());
        state.misread.set(misread);
        state.set_read_as(read_as, || {});
    });
}

/// Both have a search text and nothing else differs.
fn only_text_differs(before: &(PageId, Filter), now: &(PageId, Filter)) -> bool {
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

    fn codec() -> Codec {
        let zones = |name: &str| name == "Europe/Berlin";
        Codec::new(vec![PageId("overview"), PageId("clicks"), PageId::TRUST], zones)
    }

    #[test]
    fn address_round_trip_keeps_page_filter_and_unknown_keys() {
        for hash in [
            "",
            "page=clicks",
            "verdict=malicious",
            "page=trust&range=7d&q=a&later=1",
            "tz=Asia/Tokyo",
            "page=clicks&tz=Asia/Tokyo",
            "dates=day-first",
            "page=clicks&q=a&columns=time:When;url:Link;user:Who&times=Europe/Berlin",
        ] {
            let view = codec().parse(hash);
            assert_eq!(codec().text(view.page, &view.filter, &view.read_as), hash);
        }
    }

    #[test]
    fn address_holds_no_url_that_could_be_followed() {
        let view = codec().parse("page=clicks&urlIs=https://evil.example/x");
        let text = codec().text(view.page, &view.filter, &view.read_as);
        assert_eq!(text, "page=clicks&urlIs=https%3A//evil.example/x");
        assert_eq!(codec().parse(&text).filter, view.filter);
    }

    #[test]
    fn address_what_cannot_be_meant_is_left_out_and_told() {
        let view = codec().parse("#page=clicks&times=Mars/Base&dates=maybe&meanings=:Safe/;b");
        assert_eq!(view.read_as.to_string(), "meanings=:Safe/");
        assert_eq!(view.misread, ["dates=maybe", "meanings=b", "times=Mars/Base"]);
    }

    #[test]
    fn address_unknown_page_is_the_first() {
        assert_eq!(codec().parse("#page=nowhere&q=a").page, PageId("overview"));
    }
}
