//! A URL on the screen: where the parts of it stand that say whose it is.
//!
//! Owns the places of scheme, user information, subdomain and registrable domain in the defanged text. What the
//! host is, [`super::host_of_url`] says: the text is divided by the same standard, and a division that comes to
//! another host is thrown away. Must not know how the parts look.

use std::borrow::Cow;

use super::text::{SHOWN_MAX, defanged, defanged_with, made_visible};
use super::{host_of_url, registrable_domain};

/// A part of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Scheme and slashes, and what stands before them.
    Scheme,
    /// User information, with its `@`.
    User,
    /// Labels before the registrable domain, with the dot behind them.
    Subdomain,
    /// The registrable domain; the whole host where it cannot be told from the rest by looking at it.
    Domain,
    /// Port, path, query, fragment. The whole text where there is no host.
    Rest,
}

/// The parts, in their order.
const PARTS: [Part; 5] = [Part::Scheme, Part::User, Part::Subdomain, Part::Domain, Part::Rest];

/// A URL or a host to look at: the text of [`super::text::shown_url`], in parts. What is too long loses the middle of its
/// user information and of its subdomain, and the end of its path, never the domain.
///
/// ```
/// use model::{Part, Untrusted};
/// let url = Untrusted::from("https://login.contoso.com@a.evil.co.uk:8443/x").url_parts();
/// assert_eq!(url.text(), "hxxps://login[.]contoso[.]com@a[.]evil[.]co[.]uk:8443/x");
/// assert_eq!(url.part(Part::User), "login[.]contoso[.]com@");
/// assert_eq!(url.part(Part::Subdomain), "a[.]");
/// assert_eq!(url.part(Part::Domain), "evil[.]co[.]uk");
/// let number = Untrusted::from("https://0xC0000207/").url_parts();
/// assert_eq!((number.part(Part::Domain), number.opens()), ("0xC0000207", Some("192[.]0[.]2[.]7")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ShownUrl {
    text: String,
    /// Where the parts end in the text; the last ends with it.
    ends: [usize; 4],
    opens: Option<String>,
}

impl ShownUrl {
    /// Of a URL as an export has it.
    pub fn of_url(url: &str) -> ShownUrl {
        let host = host_of_url(url);
        if host.is_empty() {
            return ShownUrl::new(url, [0; 4], None);
        }
        // What stands before a colon may be a scheme, or a name without one.
        let mut divisions = [true, false].into_iter().filter_map(|schemed| divide(url, schemed));
        let division = divisions.find(|division| division.comes_to(&host));
        let Some(mut division) = division else {
            // Divided by no rule of ours: it is all host, and what it opens is said.
            return ShownUrl::new(url, [0, 0, 0, url.len()], Some(&host));
        };
        division.leave_out_dot(&host);
        let (domain, is_plain) = division.domain_at(&host);
        let ends = [division.authority, division.host.0, domain, division.host.1];
        ShownUrl::new(url, ends, (!is_plain).then_some(&*host))
    }

    /// Of a host as [`host_of_url`] gives it.
    pub fn of_host(host: &str) -> ShownUrl {
        let domain = host.len() - registrable_domain(host).len();
        ShownUrl::new(host, [0, 0, domain, host.len()], None)
    }

    fn new(raw: &str, mut ends: [usize; 4], opens: Option<&str>) -> ShownUrl {
        let text = defanged_with(raw, &mut ends);
        let whole = ShownUrl { text, ends, opens: opens.map(defanged) };
        if whole.text.len() <= SHOWN_MAX { whole } else { whole.cut() }
    }

    /// As [`ShownUrl::text`], cut part by part.
    fn cut(&self) -> ShownUrl {
        let mut cut = ShownUrl { opens: self.opens.clone(), ..ShownUrl::default() };
        for (at, part) in PARTS.into_iter().enumerate() {
            let whole = self.part(part);
            match part {
                Part::User | Part::Subdomain | Part::Scheme => {
                    push_cut(whole, SHOWN_MAX / 8, SHOWN_MAX / 16, &mut cut.text);
                }
                Part::Domain => push_cut(whole, SHOWN_MAX / 4, SHOWN_MAX / 4, &mut cut.text),
                Part::Rest => push_cut(whole, SHOWN_MAX.saturating_sub(cut.text.len()), 0, &mut cut.text),
            }
            if let Some(end) = cut.ends.get_mut(at) {
                *end = cut.text.len();
            }
        }
        cut
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// One part; may be empty.
    pub fn part(&self, part: Part) -> &str {
        let at = part as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let end = self.ends.get(at).copied().unwrap_or(self.text.len());
        &self.text[start..end]
    }

    /// The host that a browser opens, defanged, when the text says another to whoever reads it.
    pub fn opens(&self) -> Option<&str> {
        self.opens.as_deref()
    }

    /// All of it in words: the text, and what it opens.
    pub fn told(&self) -> Cow<'_, str> {
        match &self.opens {
            Some(host) => Cow::Owned(format!("{}\nOpens {host}", self.text)),
            None => Cow::Borrowed(&self.text),
        }
    }
}

/// The text without its middle when it has more than `first` and `last` characters.
fn push_cut(text: &str, first: usize, last: usize, out: &mut String) {
    let count = text.chars().count();
    // What says how many are left out takes room itself.
    if count <= first + last + 32 {
        return out.push_str(text);
    }
    out.extend(text.chars().take(first));
    out.push_str(&format!("… ({} more characters)", count - first - last));
    if last > 0 {
        out.push('…');
        out.extend(text.chars().skip(count - last));
    }
}

/// Where a URL has its parts: places in the text of the export.
struct Division {
    /// Where the scheme and its slashes end.
    authority: usize,
    /// Where the host begins and ends.
    host: (usize, usize),
    /// The host as it is written: characters and where they begin, without what browsers leave out.
    written: Vec<(char, usize)>,
}

impl Division {
    /// Whether a browser would open this host for what is marked as host.
    fn comes_to(&self, host: &str) -> bool {
        self.is_alone(0, host)
    }

    /// A dot at the end belongs to no label, unless the host has one there itself.
    fn leave_out_dot(&mut self, host: &str) {
        if let Some((dot, place)) = self.written.pop() {
            if is_dot(dot) && self.comes_to(host) {
                self.host.1 = place;
            } else {
                self.written.push((dot, place));
            }
        }
    }

    /// Whether what is written from a character on is this host when it stands alone.
    fn is_alone(&self, from: usize, host: &str) -> bool {
        let written = self.written.iter().skip(from).map(|(c, _)| *c);
        host_of_url(&"http://".chars().chain(written).collect::<String>()) == host
    }

    /// Where the registrable domain begins, and whether what is read is what is opened.
    fn domain_at(&self, host: &str) -> (usize, bool) {
        let domain = registrable_domain(host);
        let written = &self.written;
        let before = host.len() - domain.len();
        let place = |at: usize| self.written.get(at).map_or(self.host.1, |(_, place)| *place);
        let same = |(a, b): (&(char, usize), u8)| a.0.to_ascii_lowercase() == char::from(b);
        if written.len() == host.len() && written.iter().zip(host.bytes()).all(same) {
            return (place(before), true);
        }
        // Written otherwise, but label by label: the last ones alone come to the domain.
        let dots = written.iter().enumerate().filter(|(_, (c, _))| is_dot(*c)).map(|(at, _)| at + 1);
        let labels = [0].into_iter().chain(dots).collect::<Vec<_>>();
        let (all, wanted) = (host.split('.').count(), domain.split('.').count());
        let start = labels.len().checked_sub(wanted).filter(|_| labels.len() == all).map(|at| labels[at]);
        (start.filter(|at| self.is_alone(*at, domain)).map_or(self.host.0, place), false)
    }
}

/// What separates labels.
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡')
}

/// Divides as the URL standard does for the schemes of the web. None where there is no host.
fn divide(url: &str, schemed: bool) -> Option<Division> {
    // Tabs and line ends are left out wherever they stand.
    let mut chars = Refanged { url, at: 0 }.filter(|(c, _)| !matches!(c, '\t' | '\n' | '\r')).peekable();
    while chars.next_if(|(c, _)| *c <= ' ' || c.is_whitespace()).is_some() {}
    let start = chars.peek().map_or(url.len(), |(_, place)| *place);
    let mut read: Vec<(char, usize)> = Vec::with_capacity(64);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    while let Some(next) = chars.next_if(|(c, _)| is_scheme(*c)) {
        read.push(next);
    }
    let mut authority = start;
    if chars.next_if(|(c, _)| schemed && *c == ':').is_some() {
        while chars.next_if(|(c, _)| matches!(c, '/' | '\\')).is_some() {}
        authority = chars.peek().map_or(url.len(), |(_, place)| *place);
        read.clear();
    }
    let mut end = url.len();
    for (c, place) in chars {
        if matches!(c, '/' | '\\' | '?' | '#') {
            end = place;
            break;
        }
        if c == '@' {
            // Everything up to the last one.
            read.clear();
        } else {
            read.push((c, place));
        }
    }
    let is_address = read.first().is_some_and(|(c, _)| *c == '[');
    let name = read.iter().position(|(c, _)| *c == if is_address { ']' } else { ':' });
    let name = name.map_or(read.len(), |at| at + usize::from(is_address));
    if let Some((_, port)) = read.get(name) {
        end = *port;
    }
    read.truncate(name);
    let first = read.first()?.1;
    Some(Division { authority, host: (first, end), written: read })
}

/// The characters of a URL as [`super::text::refanged`] reads them, and where each begins.
struct Refanged<'a> {
    url: &'a str,
    at: usize,
}

impl Iterator for Refanged<'_> {
    type Item = (char, usize);

    fn next(&mut self) -> Option<(char, usize)> {
        /// What stands for one character; the slashes behind a colon are read by themselves.
        const WRITTEN: [(&str, char); 4] = [("[.]", '.'), ("(.)", '.'), ("[:]", ':'), ("[://]", ':')];
        let rest = &self.url[self.at..];
        let first = rest.chars().next()?;
        let written = WRITTEN.iter().find(|(text, _)| rest.starts_with(text));
        let written = written.map(|(text, c)| (*c, text.len())).or_else(|| made_visible(rest));
        let (c, len) = written.unwrap_or((first, first.len_utf8()));
        let place = self.at;
        self.at += len;
        Some((c, place))
    }
}
