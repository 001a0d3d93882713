//! Since when a URL is known to be bad: judged itself, or others of its form, or its domain.
//!
//! Owns the grounds and when they hold. Must not know people or campaigns.

use std::borrow::Cow;
use std::collections::HashSet;

use super::shape::{form_of, page_of};
use super::shared_domains::SharedDomains;
use super::simulators::is_simulation_host;
use crate::model::ids::Id as _;
use crate::model::{
    DAY_MS, Dataset, HOUR_MS, NONE, Texts, Verdict, bare, bare_of, host_of_url, registrable_domain, wraps,
};

/// On what ground a URL is known to be bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Nothing is known.
    #[default]
    None,
    /// It is on a block list of the tenant, and nothing more is known: it is forbidden, for whatever reason.
    Listed,
    /// The URL itself was judged, by Safe Links or by an alert.
    Url,
    /// URLs of the same form on the same domain were.
    Form,
    /// Its domain was.
    Domain,
}

impl Ground {
    /// The word of the API.
    pub const fn token(self) -> &'static str {
        match self {
            Ground::None => "none",
            Ground::Listed => "listed",
            Ground::Url => "url",
            Ground::Form => "form",
            Ground::Domain => "domain",
        }
    }
}

/// How far Microsoft itself looks back from a verdict for clicks that were let through. Source: the alert “A potentially
/// malicious URL click was detected” as blog-en.topedia.com describes it, March 2026.
pub const LOOK_BACK_MS: i64 = 48 * HOUR_MS;

/// What was clicked this long before anything on it was bad was another page then: a partner's site that was broken into, a
/// site that a policy forbids since. No source: lures live for hours and days.
pub const NEW_FOR_MS: i64 = 14 * DAY_MS;

/// A form is bad where one click in so many is: links for each recipient are mostly clicked before one of them is judged, and
/// an article that is one of hundreds says nothing of the others. No source.
const FORM_OF: u64 = 10;
/// A domain is bad where one click in so many is. No source.
const DOMAIN_OF: u64 = 4;

/// What is put for the instant of a verdict that nobody says: later than all clicks.
pub const SOME_TIME: i64 = i64::MAX - 1;

/// What is known of all clicks on one page, form or domain.
#[derive(Clone, Copy)]
struct Seen {
    first: i64,
    bad_since: i64,
    /// Something of it was malicious, not only on a block list.
    is_malicious: bool,
    /// Clicks.
    all: u32,
    /// The bad ones: of a candidate those since `bad_since`, of all others all of them, which may be more.
    bad: u32,
    /// Clicks since then, of a candidate.
    since: u32,
}

impl Seen {
    const NOTHING: Seen =
        Seen { first: i64::MAX, bad_since: i64::MAX, is_malicious: false, all: 0, bad: 0, since: 0 };

    fn add(&mut self, url: &Seen) {
        self.first = self.first.min(url.first);
        self.bad_since = self.bad_since.min(url.bad_since);
        self.is_malicious |= url.is_malicious;
        self.all += url.all;
        self.bad += url.bad;
    }

    /// Whether all that has its form is bad: it is new, something of it malicious, from the first bad click on most clicks
    /// were, and of all clicks one in [`FORM_OF`].
    const fn is_bad_form(&self) -> bool {
        self.may_be_bad_form() && self.is_mostly_bad()
    }

    /// The same of a domain, which says less of a page: more than one bad click, and of all clicks one in [`DOMAIN_OF`].
    const fn is_bad_domain(&self) -> bool {
        self.may_be_bad_domain() && self.is_mostly_bad()
    }

    const fn may_be_bad_form(&self) -> bool {
        self.is_new_and_malicious() && self.bad > 0 && self.bad as u64 * FORM_OF >= self.all as u64
    }

    const fn may_be_bad_domain(&self) -> bool {
        self.is_new_and_malicious() && self.bad > 1 && self.bad as u64 * DOMAIN_OF >= self.all as u64
    }

    const fn is_mostly_bad(&self) -> bool {
        self.bad as u64 * 2 >= self.since as u64
    }

    const fn is_new_and_malicious(&self) -> bool {
        self.is_malicious && self.is_new()
    }

    const fn is_new(&self) -> bool {
        self.bad_since.saturating_sub(self.first) <= NEW_FOR_MS
    }

    /// Whether the page itself counts as judged. A block list alone says what is forbidden: of a page in use for long,
    /// nothing else.
    const fn is_judged(&self) -> bool {
        self.bad_since != i64::MAX && (self.is_malicious || self.is_new())
    }
}

/// What is known of all URLs.
pub(super) struct KnownBad {
    /// Of each URL since when, and on what ground.
    pub since: Vec<(i64, Ground)>,
    /// Of each URL the number that it shares with those that are bad for the same reason; [`NONE`] for URLs that are not.
    pub unit: Vec<u32>,
    /// How many of these numbers there are.
    pub units: usize,
    /// Domains by number, and that of each URL.
    pub domains: Texts,
    pub domain_of_url: Vec<u32>,
    /// Forms with their domain in front, and that of each URL of a domain with anything bad.
    pub forms: Texts,
    pub form_of_url: Vec<u32>,
    /// Of each kind whether it is bad.
    pub is_bad: Vec<bool>,
    /// Of each host whether it is one of Microsoft's simulator; empty where none is.
    pub is_simulation: Vec<bool>,
    /// Of each domain whether it is of everybody, or of the tenant.
    pub is_platform: Vec<bool>,
}

/// Numbers of pages, forms and domains of all URLs whose domain has anything bad.
struct Keys {
    pages: Texts,
    page_of_url: Vec<u32>,
    forms: Texts,
    form_of_url: Vec<u32>,
}

impl KnownBad {
    /// `own`: domains of the tenant, lower case.
    pub fn new(data: &Dataset, own: &HashSet<String>) -> KnownBad {
        let is_bad: Vec<bool> = data
            .kinds
            .iter()
            .map(|kind| matches!(kind.verdict, Verdict::Malicious | Verdict::Blocked))
            .collect();
        let mut is_simulation: Vec<bool> = data.hosts.iter().map(is_simulation_host).collect();
        if !is_simulation.contains(&true) {
            is_simulation.clear();
        }
        let is_test = |url: usize| is_simulation.get(data.host_of_url.at(url).raw() as usize) == Some(&true);
        let mut of_url = seen_of_urls(data, &is_bad);
        for (_, seen) in of_url.iter_mut().enumerate().filter(|(url, _)| is_test(*url)) {
            (seen.bad_since, seen.is_malicious) = (i64::MAX, false);
        }
        let mut domains = Texts::default();
        let domain_of_url = domains_of_urls(data, &mut domains);
        let domain_of = |url: usize| domain_of_url.get(url).copied().unwrap_or(NONE) as usize;
        let mut is_touched = vec![false; domains.len()];
        for (url, _) in of_url.iter().enumerate().filter(|(_, seen)| seen.bad_since != i64::MAX) {
            if let Some(touched) = is_touched.get_mut(domain_of(url)) {
                *touched = true;
            }
        }
        let keys = Keys::new(data, &of_url, |url| {
            let domain = domain_of(url);
            is_touched.get(domain).copied().unwrap_or(false).then(|| domains.get(domain as u32))
        });
        let (mut pages, mut forms, mut of_domain) = (
            vec![Seen::NOTHING; keys.pages.len()],
            vec![Seen::NOTHING; keys.forms.len()],
            vec![Seen::NOTHING; domains.len()],
        );
        let places = |url: usize| [keys.page_of_url[url], keys.form_of_url[url], domain_of(url) as u32];
        for (url, seen) in of_url.iter().enumerate().filter(|(url, _)| keys.page_of_url[*url] != NONE) {
            let [page, form, domain] = places(url);
            for (all, place) in [(&mut pages, page), (&mut forms, form), (&mut of_domain, domain)] {
                if let Some(all) = all.get_mut(place as usize) {
                    all.add(seen);
                }
            }
        }
        count_since(data, &is_bad, &mut forms, &keys.form_of_url, Seen::may_be_bad_form);
        count_since(data, &is_bad, &mut of_domain, &domain_of_url, Seen::may_be_bad_domain);
        let shared = SharedDomains::new(own);
        let is_platform: Vec<bool> = domains.iter().map(|domain| shared.has(domain)).collect();
        let at = |all: &[Seen], place: u32| all.get(place as usize).copied().unwrap_or(Seen::NOTHING);
        let mut since = vec![(i64::MAX, Ground::None); data.urls.len()];
        let mut unit = vec![NONE; data.urls.len()];
        for url in 0..data.urls.len() {
            let [page, form, domain] = places(url);
            if page == NONE {
                continue;
            }
            let (of_page, of_form, of_domain) = (at(&pages, page), at(&forms, form), at(&of_domain, domain));
            let is_own = !is_platform.get(domain as usize).copied().unwrap_or(false);
            let (by_form, by_domain) = (is_own && of_form.is_bad_form(), is_own && of_domain.is_bad_domain());
            since[url] = match (of_page.is_judged(), by_form, by_domain) {
                (true, ..) if of_page.is_malicious => (of_page.bad_since, Ground::Url),
                (_, true, _) => (of_form.bad_since, Ground::Form),
                (_, _, true) => (of_domain.bad_since, Ground::Domain),
                (true, ..) => (of_page.bad_since, Ground::Listed),
                _ => continue,
            };
            unit[url] = match (by_form, by_domain) {
                (_, true) => domain,
                (true, _) => domains.len() as u32 + form,
                _ => (domains.len() + forms.len()) as u32 + page,
            };
        }
        let units = domains.len() + forms.len() + pages.len();
        KnownBad {
            since,
            unit,
            units,
            domains,
            domain_of_url,
            forms: keys.forms,
            form_of_url: keys.form_of_url,
            is_bad,
            is_simulation,
            is_platform,
        }
    }
}

/// What is known of each URL alone: one pass, and little is asked of a row that is not bad.
fn seen_of_urls(data: &Dataset, is_bad: &[bool]) -> Vec<Seen> {
    let mut of_url = vec![Seen::NOTHING; data.urls.len()];
    for (row, (url, kind)) in data.url.raw().iter().zip(&data.kind).enumerate() {
        let Some(seen) = of_url.get_mut(*url as usize) else { continue };
        let n = data.weight_of(row);
        // Rows are in the order of time.
        if seen.first == i64::MAX {
            seen.first = data.time[row];
        }
        seen.all += n;
        if is_bad[*kind as usize] {
            seen.bad += n;
            seen.bad_since = seen.bad_since.min(data.time[row]);
            seen.is_malicious |= data.kinds[*kind as usize].verdict == Verdict::Malicious;
        }
    }
    for (url, at) in &data.found_malicious {
        if let Some(seen) = of_url.get_mut(*url as usize) {
            seen.bad_since = seen.bad_since.min(*at);
            seen.is_malicious = true;
        }
    }
    of_url
}

/// Counts, of those that may be bad, the clicks and bad clicks since the first bad one: of nearly all others it is not asked.
fn count_since(
    data: &Dataset,
    is_bad: &[bool],
    all: &mut [Seen],
    place_of_url: &[u32],
    may_be_bad: fn(&Seen) -> bool,
) {
    let is_candidate: Vec<bool> = all.iter().map(may_be_bad).collect();
    if !is_candidate.contains(&true) {
        return;
    }
    for (seen, _) in all.iter_mut().zip(&is_candidate).filter(|(_, is_candidate)| **is_candidate) {
        seen.bad = 0;
    }
    let is_asked = |place: &u32| is_candidate.get(*place as usize) == Some(&true);
    let is_asked: Vec<bool> = place_of_url.iter().map(is_asked).collect();
    for (row, url) in data.url.raw().iter().enumerate() {
        if is_asked.get(*url as usize) != Some(&true) {
            continue;
        }
        let Some(seen) = all.get_mut(place_of_url[*url as usize] as usize) else { continue };
        if data.time[row] >= seen.bad_since {
            let n = data.weight_of(row);
            seen.since += n;
            seen.bad += n * u32::from(is_bad[data.kind[row] as usize]);
        }
    }
}

/// The domain of each URL; of one that a scanner has wrapped that of the page inside.
fn domains_of_urls(data: &Dataset, domains: &mut Texts) -> Vec<u32> {
    let of_host: Vec<(u32, bool)> = data
        .hosts
        .iter()
        .map(|host| (domains.intern(registrable_domain(host).as_bytes()), wraps(host).is_some()))
        .collect();
    let of_url = |(url, host): (&str, &u32)| match of_host.get(*host as usize) {
        Some((_, true)) => domains.intern(registrable_domain(&host_of_url(&bare(url))).as_bytes()),
        Some((domain, false)) => *domain,
        None => NONE,
    };
    data.urls.iter().zip(data.host_of_url.raw()).map(of_url).collect()
}

impl Keys {
    /// `touched`: the domain of a URL, where anything on it is bad. A judged URL without a host is looked at too.
    fn new<'a>(data: &Dataset, of_url: &[Seen], touched: impl Fn(usize) -> Option<&'a str>) -> Keys {
        let mut keys = Keys {
            pages: Texts::default(),
            page_of_url: vec![NONE; data.urls.len()],
            forms: Texts::default(),
            form_of_url: vec![NONE; data.urls.len()],
        };
        let mut text = String::new();
        let wraps: Vec<bool> = data.hosts.iter().map(|host| wraps(host).is_some()).collect();
        for (url, written) in data.urls.iter().enumerate() {
            let domain = touched(url);
            if domain.is_none() && of_url[url].bad_since == i64::MAX {
                continue;
            }
            // A link and its twin that is wrapped or defanged are one.
            let host = data.host_of_url.at(url);
            let inside = bare_of(written, wraps.get(host.raw() as usize) == Some(&true));
            let host = match inside {
                Cow::Borrowed(_) => Cow::Borrowed(data.hosts.text(host)),
                Cow::Owned(_) => host_of_url(&inside),
            };
            let page = if domain.is_some() { page_of(&inside) } else { &inside };
            text.clear();
            text.push_str(&host);
            text.push_str(if page.starts_with(['/', '?', '\\']) { "" } else { "/" });
            text.push_str(page);
            keys.page_of_url[url] = keys.pages.intern(text.as_bytes());
            if let Some(domain) = domain {
                text.clear();
                text.push_str(domain);
                form_of(&inside, &mut text);
                keys.form_of_url[url] = keys.forms.intern(text.as_bytes());
            }
        }
        keys
    }
}
