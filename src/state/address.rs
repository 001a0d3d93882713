//! The address of the view: page and filter in the URL hash, one history entry a change.
//!
//! The hash is the filter's canonical text, with `page=` before it when the page is not the first one, and behind it what
//! somebody said about files that do not say it themselves.

use clicks::import::ReadAs;
use clicks::query::{Filter, Key};
use leptos::prelude::*;

use super::AppState;
use crate::platform::{hash, zone};

/// A page of the report, by what it is called in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageId(pub &'static str);

impl PageId {
    /// The page with everybody who clicked.
    pub const PEOPLE: PageId = PageId("people");
    /// The page with every click, the proof behind all others.
    pub const CLICKS: PageId = PageId("clicks");
    /// The page that other pages send a reader to who doubts.
    pub const TRUST: PageId = PageId("trust");
}

/// Reads and writes addresses. Knows which pages there are; the first one is left out.
#[derive(Clone, Debug)]
pub struct Codec(Vec<PageId>);

impl Codec {
    /// A codec for these pages, of which there is at least one.
    pub fn new(pages: Vec<PageId>) -> Codec {
        Codec(pages)
    }

    fn first(&self) -> PageId {
        self.0.first().copied().unwrap_or(PageId(""))
    }

    /// Page and filter of a hash, with or without its `#`, and how files are to be read.
    pub fn parse(&self, hash: &str) -> (PageId, Filter, ReadAs) {
        let text = hash.trim_start_matches('#');
        let mut page = self.first();
        let mut rest = Vec::new();
        let mut read_as = Vec::new();
        for part in text.split('&') {
            match part.strip_prefix("page=") {
                Some(name) => {
                    page = self.0.iter().copied().find(|p| p.0 == name).unwrap_or(self.first());
                }
                None if ReadAs::is_part(part) => read_as.push(part),
                None => rest.push(part),
            }
        }
        (page, Filter::parse(&rest.join("&")), ReadAs::parse(&read_as.join("&")))
    }

    /// The hash of a page and a filter, and of how files are read, without `#`.
    pub fn text(&self, page: PageId, filter: &Filter, read_as: &ReadAs) -> String {
        let page = if page == self.first() { String::new() } else { format!("page={}", page.0) };
        let parts = [page, filter.to_string(), read_as.to_string()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }
}

/// Keeps the address and the state together, both ways.
pub fn keep(state: AppState, codec: Codec) {
    let back = codec.clone();
    Effect::new(move |before: Option<(PageId, Filter)>| {
        let now = (state.page.get(), state.filter.get());
        let hash = codec.text(now.0, &now.1, &state.read_as.read());
        let (page_there, filter_there, read_as_there) = codec.parse(&hash::current());
        if hash != codec.text(page_there, &filter_there, &read_as_there) {
            // Typing is one change, not one a letter.
            match before {
                Some(before) if only_text_differs(&before, &now) => hash::replace(&hash),
                _ => hash::push(&hash),
            }
        }
        now
    });
    hash::on_change(move || {
        let (page, filter, read_as) = back.parse(&hash::current());
        let (read_as, misread) = understood(read_as, &hash::current());
        state.misread.set(misread);
        state.go(page);
        state.refine(|f| *f = filter);
        state.set_read_as(read_as, || {});
    });
}

/// What an address says of files, without what cannot be meant; and that.
pub(super) fn understood(read_as: ReadAs, hash: &str) -> (ReadAs, Vec<String>) {
    let mut misread = ReadAs::not_understood(hash);
    let mut read_as = read_as;
    if !read_as.zone.is_empty() && !zone::is_known(&read_as.zone) {
        misread.push(format!("times={}", read_as.zone));
        read_as.zone.clear();
    }
    (read_as, misread)
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
        Codec::new(vec![PageId("overview"), PageId("clicks"), PageId::TRUST])
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
            let (page, filter, read_as) = codec().parse(hash);
            assert_eq!(codec().text(page, &filter, &read_as), hash);
        }
    }

    #[test]
    fn address_unknown_page_is_the_first() {
        assert_eq!(codec().parse("#page=nowhere&q=a").0, PageId("overview"));
    }
}
